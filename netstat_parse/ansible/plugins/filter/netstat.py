# SPDX-License-Identifier: MIT
"""The filters of the collection netstat.parse. The YAML files beside this one document them for ansible-doc."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from ansible.errors import AnsibleFilterError

from ..plugin_utils import tables
from ..plugin_utils.comparisons import compare_documents, judge_document
from ..plugin_utils.documents import InvalidInputError, describe_missing, document, read


@contextmanager
def _filter_errors() -> Iterator[None]:
    try:
        yield
    except InvalidInputError as error:
        raise AnsibleFilterError(str(error)) from None
    except ImportError as error:  # of pydantic, which is imported on use
        raise AnsibleFilterError(describe_missing(error)) from None


def from_netstat(text: object, **options: object) -> dict[str, Any]:
    """Parse the output of netstat into a document."""
    with _filter_errors():
        return read(text, **options)


def listeners(netstat: object, *, snapshot: object = None, **options: object) -> list[tables.Record]:
    """Select the connections that wait for a peer."""
    with _filter_errors():
        return tables.select_listeners(document(netstat, **options), snapshot)


def by_process(netstat: object, *, snapshot: object = None, **options: object) -> list[dict[str, Any]]:
    """Group the sockets by process."""
    with _filter_errors():
        return tables.group_by_process(document(netstat, **options), snapshot)


def counters(netstat: object, *, snapshot: object = None, **options: object) -> dict[str, dict[str, Any]]:
    """Index the counters by protocol and name."""
    with _filter_errors():
        return tables.index_counters(document(netstat, **options), snapshot)


def changes(before: object, after: object, *, seconds: object = None, **options: object) -> dict[str, Any]:
    """Return what changed from one output of netstat to a later one."""
    with _filter_errors():
        return compare_documents(document(before, **options), document(after, **options), seconds)


def findings(
    netstat: object,
    *,
    before: object = None,
    seconds: object = None,
    rules: object = None,
    baseline: object = None,
    **options: object,
) -> list[dict[str, Any]]:
    """Return what is wrong in the output of netstat, or in what changed since an earlier output."""
    with _filter_errors():
        earlier = None if before is None else document(before, **options)
        return judge_document(
            document(netstat, **options), earlier, seconds=seconds, rules=rules, baseline=_read_baseline(baseline)
        )


def _read_baseline(baseline: object) -> Mapping[str, Any] | list[str] | str | None:
    """Return a text or the lines of a list unchanged, and check a document.

    Raises:
        InvalidInputError: it is none of them.
    """
    if isinstance(baseline, list):
        return list(map(str, baseline))
    if baseline is None or isinstance(baseline, str):
        return baseline
    try:
        return document(baseline)
    except InvalidInputError as error:
        raise InvalidInputError(f"baseline: {error}") from None


class FilterModule:
    """The class that Ansible looks up in a filter plugin."""

    def filters(self) -> Mapping[str, Callable[..., Any]]:
        """Return the filters by name."""
        return {
            "from_netstat": from_netstat,
            "listeners": listeners,
            "by_process": by_process,
            "counters": counters,
            "changes": changes,
            "findings": findings,
        }
