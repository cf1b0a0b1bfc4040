# SPDX-License-Identifier: MIT
"""What playbooks ask of a document of netstat_parse: who listens, which process has what, what was counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .documents import UnusableError

Document = Mapping[str, Any]
Row = Mapping[str, Any]

PEER = ("remote_address", "remote_host", "remote_port", "remote_service")

STATELESS = frozenset({"udp", "udplite"})
"""Protocols whose sockets receive from anybody as long as they have no peer."""

STATEFUL = frozenset({"tcp", "sctp", "dccp", "networkdirect"})
"""Protocols whose sockets have no peer while they wait for one; a word for that may be in no vocabulary."""


def listeners(document: Document, snapshot: object = None) -> list[Row]:
    """The connections on which somebody waits to be spoken to."""
    return [record for record in _records(document, "connections", snapshot) if _is_listening(record)]


def _is_listening(record: Row) -> bool:
    if record.get("state") is not None:
        return bool(record["state"] == "listen")
    return record.get("protocol") in STATELESS | STATEFUL and all(record.get(field) is None for field in PEER)


def by_process(document: Document, snapshot: object = None) -> list[dict[str, Any]]:
    """The sockets of each process, in the order in which the processes come; last those of unknown processes."""
    processes: dict[tuple[Any, Any], dict[str, Any]] = {}
    for table in ("connections", "unix_sockets"):
        for record in _records(document, table, snapshot):
            pid, program = record.get("pid"), record.get("program")
            empty: dict[str, Any] = {"pid": pid, "program": program, "connections": [], "unix_sockets": []}
            processes.setdefault((pid, program), empty)[table].append(record)
    unknown = processes.pop((None, None), None)
    return [*processes.values(), *([unknown] if unknown else [])]


def counters(document: Document, snapshot: object = None) -> dict[str, dict[str, Any]]:
    """The figures by protocol and name; the text of those that are none. What is counted again later, counts."""
    groups: dict[str, dict[str, Any]] = {}
    for record in _records(document, "counters", snapshot):
        group = record["protocol"] + ("6" if record.get("family") == "ipv6" else "")
        value = record.get("value")
        groups.setdefault(group, {})[record["name"]] = record.get("text") if value is None else value
    return groups


def _records(document: Document, table: str, snapshot: object) -> Iterator[Row]:
    wanted = _index(len(document["snapshots"]), snapshot)
    return (record for record in document[table] if wanted is None or record["snapshot"] == wanted)


def _index(count: int, snapshot: object) -> int | None:
    """Which snapshot is asked for; None for all of them."""
    if snapshot is None:
        return None
    if not isinstance(snapshot, int) or isinstance(snapshot, bool):
        raise UnusableError(f"snapshot is to be a number, not {type(snapshot).__name__}")
    if not -count <= snapshot < count:
        raise UnusableError(f"there is no snapshot {snapshot}: this has {count}, 0 is the first and -1 the last")
    return snapshot % count
