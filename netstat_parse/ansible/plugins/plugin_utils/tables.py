# SPDX-License-Identifier: MIT
"""Views of a document: listening sockets, sockets by process, counters by protocol and name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .documents import InvalidInputError, import_package

Document = Mapping[str, Any]
Record = Mapping[str, Any]


def select_listeners(document: Document, snapshot: object = None) -> list[Record]:
    """Select the connections that wait for a peer.

    Raises:
        InvalidInputError: there is none, and the document does not show that there was none.
    """
    index = _snapshot_index(len(document["snapshots"]), snapshot)
    listeners = import_package().listeners
    try:
        return list(listeners(document, snapshot=index))
    except ValueError as error:
        raise InvalidInputError(f"{document.get('source') or 'the output of netstat'}: {error}") from None


def group_by_process(document: Document, snapshot: object = None) -> list[dict[str, Any]]:
    """Group the sockets by process, in the order of the document; sockets of unknown processes come last."""
    processes: dict[tuple[Any, Any], dict[str, Any]] = {}
    for table in ("connections", "unix_sockets"):
        for record in _select(document, table, snapshot):
            pid, program = record.get("pid"), record.get("program")
            empty: dict[str, Any] = {"pid": pid, "program": program, "connections": [], "unix_sockets": []}
            processes.setdefault((pid, program), empty)[table].append(record)
    unknown = processes.pop((None, None), None)
    return [*processes.values(), *([unknown] if unknown else [])]


def index_counters(document: Document, snapshot: object = None) -> dict[str, dict[str, Any]]:
    """Index the values of counters by protocol and name; a counter of a later snapshot replaces an earlier one."""
    protocols: dict[str, dict[str, Any]] = {}
    for record in _select(document, "counters", snapshot):
        protocol = record["protocol"] + ("6" if record.get("family") == "ipv6" else "")
        value = record.get("value")
        protocols.setdefault(protocol, {})[record["name"]] = record.get("text") if value is None else value
    return protocols


def _select(document: Document, table: str, snapshot: object) -> Iterator[Record]:
    """Yield the records of a table, of one snapshot or of all."""
    index = _snapshot_index(len(document["snapshots"]), snapshot)
    return (record for record in document[table] if index is None or record["snapshot"] == index)


def _snapshot_index(count: int, snapshot: object) -> int | None:
    """Return the index of the selected snapshot, or None for all snapshots."""
    if snapshot is None:
        return None
    if not isinstance(snapshot, int) or isinstance(snapshot, bool):
        raise InvalidInputError(f"snapshot must be a number, not {type(snapshot).__name__}")
    if not -count <= snapshot < count:
        raise InvalidInputError(f"no snapshot {snapshot} (number of snapshots: {count}; 0 is the first, -1 the last)")
    return snapshot % count
