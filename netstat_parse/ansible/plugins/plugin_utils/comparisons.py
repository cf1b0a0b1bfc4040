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
        dumps = [Dump.model_validate(_make_plain(document)) for document in (before, after)]
    except ValueError as error:
        raise InvalidInputError(f"not a document of from_netstat: {str(error).splitlines()[0]}") from None
    return compare(*dumps, seconds=duration).model_dump(mode="json")


def _make_plain(value: object) -> object:
    """Return plain dictionaries and lists: the values in Ansible's own are only made when they are asked for."""
    if isinstance(value, Mapping):
        return {str(key): _make_plain(item) for key, item in value.items()}
    return [_make_plain(item) for item in value] if isinstance(value, list) else value
