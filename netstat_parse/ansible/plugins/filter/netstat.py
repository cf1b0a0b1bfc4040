# SPDX-License-Identifier: MIT
"""The filters of netstat.parse; the YAML files beside this one describe them to ansible-doc."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from ansible.errors import AnsibleFilterError

from ..plugin_utils import tables
from ..plugin_utils.documents import UnusableError, document, read


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except UnusableError as error:
        raise AnsibleFilterError(str(error)) from None


def from_netstat(text: object, **reading: object) -> dict[str, Any]:
    """The document of what netstat printed."""
    with _told():
        return read(text, **reading)


def listeners(netstat: object, *, snapshot: object = None, **reading: object) -> list[tables.Row]:
    """The connections on which somebody waits to be spoken to."""
    with _told():
        return tables.listeners(document(netstat, **reading), snapshot)


def by_process(netstat: object, *, snapshot: object = None, **reading: object) -> list[dict[str, Any]]:
    """The sockets of each process."""
    with _told():
        return tables.by_process(document(netstat, **reading), snapshot)


def counters(netstat: object, *, snapshot: object = None, **reading: object) -> dict[str, dict[str, Any]]:
    """The figures of the statistics by protocol and name."""
    with _told():
        return tables.counters(document(netstat, **reading), snapshot)


class FilterModule:
    """What Ansible looks for."""

    def filters(self) -> Mapping[str, Callable[..., Any]]:
        """The filters by name."""
        return {
            "from_netstat": from_netstat,
            "listeners": listeners,
            "by_process": by_process,
            "counters": counters,
        }
