"""The usual questions about an input: who listens, who talks to this host, and how many connections are in each state.

A question takes the rows of one input block by block, and keeps only what its answer needs. Each snapshot has records
of its own in the answer, as a socket that two snapshots list is not two sockets.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from itertools import repeat
from typing import Any, ClassVar, NamedTuple

from netstat_parse.insight.facts.listening import find_listening
from netstat_parse.records.answers import Answer
from netstat_parse.records.rows import Columns, Rows
from netstat_parse.records.selection import Selection, select

NO_SOCKETS = "it has no table of network sockets; netstat prints it without -r, -i and -s"

MOMENT = ("snapshot", "captured_at", "origin")
"""Fields that say which run of netstat a record is from."""

SEVERAL_MOMENTS = {"Snapshot": ("snapshot",), "Captured": ("captured_at",), "Origin": ("origin",)}
"""Columns for people if the input has several snapshots."""


class Socket(NamedTuple):
    """The fields of a connection that the questions ask for."""

    line: int
    protocol: str
    family: str | None
    local_address: str | None
    local_zone: str | None
    local_host: str | None
    local_port: int | None
    local_service: str | None
    more_local_addresses: list[str] | None
    remote_address: str | None
    remote_zone: str | None
    remote_host: str | None
    remote_port: int | None
    remote_service: str | None
    state: str | None
    state_text: str | None
    user: str | None
    uid: int | None
    pid: int | None
    program: str | None
    components: list[str] | None
    ownership: str | None
    truncated: list[str] | None

    @property
    def local_end(self) -> int | str | None:
        """The local port, or its name."""
        return self.local_service if self.local_port is None else self.local_port

    @property
    def remote_end(self) -> int | str | None:
        """The remote port, or its name."""
        return self.remote_service if self.remote_port is None else self.remote_port

    @property
    def has_peer(self) -> bool:
        """True if the socket is connected."""
        return self.remote_address is not None or self.remote_host is not None


def list_sockets(columns: Columns) -> Iterator[Socket]:
    """Yield the connections of a block."""
    return map(Socket._make, zip(*(columns.get(name) or repeat(None) for name in Socket._fields), strict=False))


class Moment(NamedTuple):
    """A snapshot, with its sockets that a question is about."""

    number: int
    facts: Mapping[str, Any]
    sockets: list[Socket]

    @property
    def values(self) -> tuple[Any, ...]:
        """Values of the fields `MOMENT`."""
        return self.number, self.facts.get("captured_at") or self.facts.get("started_at"), self.facts.get("origin")


class Question:
    """A question about the connections of one input."""

    table: ClassVar[str]

    def __init__(self, selection: Selection | None = None) -> None:
        """Ask about the connections that a selection keeps; None for all."""
        self._selection = selection
        self._sockets: dict[int, list[Socket]] = {}
        self._facts: dict[int, Mapping[str, Any]] = {}
        self._has_sockets = self._has_listeners = False

    def add(self, rows: Rows) -> None:
        """Take a block of rows of the input."""
        if rows.kind == "snapshots":
            for values in zip(*rows.columns.values(), strict=True):
                facts = dict(zip(rows.columns, values, strict=True))
                self._facts[facts["index"]] = facts
                self.end_snapshot(facts["index"])
        elif rows.kind == "connections":
            self._has_sockets = True
            is_listening = find_listening(rows.columns)
            self._has_listeners |= any(is_listening)
            self.add_connections(rows.columns, is_listening)

    def add_connections(self, columns: Columns, is_listening: list[bool]) -> None:
        """Take a block of connections, and which of them listen."""
        raise NotImplementedError

    def end_snapshot(self, index: int) -> None:
        """Note that no more rows of a snapshot follow."""

    def answer(self) -> Answer:
        """Return the answer, after the last row."""
        raise NotImplementedError

    def explain_silence(self) -> str | None:
        """Return why the input cannot answer the question; None if it can."""
        return None if self._has_sockets or self._scopes else NO_SOCKETS

    @property
    def snapshots(self) -> set[int]:
        """The snapshots of the input."""
        return {*self._facts}

    @property
    def excluding(self) -> int:
        """Number of snapshots without listening sockets because of netstat's options."""
        return self._scopes["excluded"]

    @property
    def _scopes(self) -> Counter[str]:
        return Counter(scope for facts in self._facts.values() if (scope := facts.get("listeners")))

    def _keep(self, columns: Columns) -> None:
        """Keep the sockets that the selection keeps."""
        blocks = [Rows("connections", columns)]
        if self._selection:
            blocks = list(select(blocks, self._selection, None))
        for block in blocks:
            self._sockets.setdefault(block.columns["snapshot"][0], []).extend(list_sockets(block.columns))

    def _moments(self) -> Iterator[Moment]:
        for index, sockets in sorted(self._sockets.items()):
            yield Moment(index, self._facts.get(index, {}), sockets)

    def _headings(self, headings: Mapping[str, tuple[str, ...]]) -> Mapping[str, tuple[str, ...]]:
        return {**SEVERAL_MOMENTS, **headings} if len(self._facts) > 1 else headings
