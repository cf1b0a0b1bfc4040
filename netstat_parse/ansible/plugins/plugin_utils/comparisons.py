# SPDX-License-Identifier: MIT
"""Compare and judge documents, as ``netstat-parse compare`` and ``check`` do."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from .documents import InvalidInputError

if TYPE_CHECKING:
    from netstat_parse import Comparison, Dump


def compare_documents(before: Mapping[str, Any], after: Mapping[str, Any], seconds: object = None) -> dict[str, Any]:
    """Return what changed from one document to another.

    Raises:
        InvalidInputError: the seconds are no number above 0, or a document was changed by the playbook.
    """
    comparison = _compare(before, _make_dump(after), seconds)
    return {"has_changes": comparison.has_changes, **comparison.model_dump(mode="json")}


def judge_document(
    document: Mapping[str, Any],
    before: Mapping[str, Any] | None = None,
    *,
    seconds: object = None,
    rules: object = None,
    baseline: Mapping[str, Any] | list[str] | None = None,
) -> list[dict[str, Any]]:
    """Return what is wrong in a document, or in what changed since an earlier one.

    Args:
        document: what to judge.
        before: the earlier document; None to judge the document by itself.
        seconds: the time between them.
        rules: the path of a file of rules.
        baseline: the listeners that should be there: a document, or a list of lines.

    Raises:
        InvalidInputError: as `compare_documents`; the rules or the baseline are wrong.
    """
    from netstat_parse import check

    later = _make_dump(document)
    subject = later if before is None else _compare(before, later, seconds)
    expected = _make_dump(baseline) if isinstance(baseline, Mapping) else baseline
    try:
        found = check(subject, rules=None if rules is None else str(rules), baseline=expected)
    except (OSError, ValueError) as error:
        raise InvalidInputError(str(error)) from None
    return [finding.model_dump(mode="json") for finding in found]


def _compare(before: Mapping[str, Any], after: Dump, seconds: object) -> Comparison:
    from netstat_parse import compare

    earlier = _make_dump(before)
    try:
        return compare(earlier, after, seconds=None if seconds is None else str(seconds))
    except ValueError as error:
        raise InvalidInputError(str(error)) from None


def _make_dump(document: Mapping[str, Any]) -> Dump:
    from netstat_parse import Dump

    try:
        return Dump.model_validate(_make_plain(document))
    except ValueError as error:
        raise InvalidInputError(f"not a document of from_netstat: {str(error).splitlines()[0]}") from None


def _make_plain(value: object) -> object:
    """Return plain dictionaries and lists: the values in Ansible's own are only made when they are asked for."""
    if isinstance(value, Mapping):
        return {str(key): _make_plain(item) for key, item in value.items()}
    return [_make_plain(item) for item in value] if isinstance(value, list) else value
