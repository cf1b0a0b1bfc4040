# SPDX-License-Identifier: MIT
"""Compare two documents, as ``netstat-parse compare --format json`` does."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .documents import InvalidInputError


def compare_documents(before: Mapping[str, Any], after: Mapping[str, Any], seconds: object = None) -> dict[str, Any]:
    """Return what changed from one document to another.

    Raises:
        InvalidInputError: the seconds are no number above 0, or a document was changed by the playbook.
    """
    from netstat_parse import Dump, compare

    try:
        duration = None if seconds is None else float(str(seconds))
    except ValueError:
        duration = -1.0
    if duration is not None and not 0 < duration < float("inf"):
        raise InvalidInputError(f"seconds must be a number above 0, not {seconds}")
    try:
        dumps = [Dump.model_validate(document) for document in (before, after)]
    except ValueError as error:
        raise InvalidInputError(f"not a document of from_netstat: {str(error).splitlines()[0]}") from None
    return compare(*dumps, seconds=duration).model_dump(mode="json")
