# SPDX-License-Identifier: MIT
"""Views of a document: listening sockets, sockets by process, counters by protocol and name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .documents import InvalidInputError

Document = Mapping[str, Any]
Record = Mapping[str, Any]

PEER_FIELDS = ("remote_address", "remote_host", "remote_port", "remote_service")

CONNECTIONLESS = frozenset({"udp", "udplite"})
"""Protocols whose sockets receive from any peer unless they are connected to one."""

CONNECTION_ORIENTED = frozenset({"tcp", "sctp", "dccp", "networkdirect"})
"""Protocols whose listening sockets have no peer; the word for their state may be in no vocabulary."""


def select_listeners(document: Document, snapshot: object = None) -> list[Record]:
    """Select the connections that wait for a peer."""
    return [record for record in _select(document, "connections", snapshot) if _is_listener(record)]


def _is_listener(record: Record) -> bool:
    if record.get("state") is not None:
        return bool(record["state"] == "listen")
    has_peer = any(record.get(field) is not None for field in PEER_FIELDS)
    return record.get("protocol") in CONNECTIONLESS | CONNECTION_ORIENTED and not has_peer


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
