"""Read the lines of each origin by themselves: those of several hosts or containers may be mixed in one log."""

from collections.abc import Iterator, Mapping
from heapq import heappop, heappush
from typing import TYPE_CHECKING, Any

from netstat_parse.escapes.line_block import LineBlock
from netstat_parse.grammar.protocol import ParsedRows
from netstat_parse.reading.line_counts import LineCounts
from netstat_parse.reading.recognizer import TableRecognizer
from netstat_parse.reading.sections import OpenPlace, SectionReader
from netstat_parse.reading.sieve import NONE_KNOWN, KnownForeign
from netstat_parse.reading.snapshots import Snapshots
from netstat_parse.records.rows import Rows

if TYPE_CHECKING:
    from netstat_parse.reading.other_outputs import OpenOutput

MAX_READERS = 256
"""Origins whose lines are read at the same time. The one that has had no line for longest ends for a further one."""


class OriginReaders:
    """Reads blocks of lines, each with the reader of its origin."""

    def __init__(self, recognizer: TableRecognizer) -> None:
        self._recognizer = recognizer
        self._readers: dict[str | None, SectionReader] = {}
        """The reader of each origin; the one with the last line is last."""
        self._snapshots = _SnapshotQueue()
        self._ended: list[Rows] = []
        """Rows of readers that a command line has ended."""
        self.snapshot_count = 0
        """The number of snapshots that have begun."""
        self.first_message: str | None = None
        """The first message of netstat itself, in English."""
        self.first_other: OpenOutput | None = None
        """The first output of another system or command."""
        self._counts = LineCounts()

    @property
    def lines(self) -> dict[str, int]:
        """The number of lines by outcome, as far as it is decided."""
        return {str(outcome): count for outcome, count in self._counts.counts.items()}

    @property
    def latest_origin(self) -> str | None:
        """The origin of the last line."""
        return next(reversed(self._readers), None)

    def find_open_place(self, origin: str | None) -> OpenPlace | None:
        """Return `SectionReader.open_place` for a next block of this origin."""
        is_latest = origin in self._readers and origin == self.latest_origin
        return self._readers[origin].open_place if is_latest else None

    def read(
        self, block: LineBlock, early: ParsedRows | None = None, foreign: KnownForeign = NONE_KNOWN
    ) -> Iterator[Rows]:
        """Read a block; the records of snapshots come in the order of their indexes.

        A command line without an origin ends the snapshots of all origins: another command has printed what follows.
        The arguments are those of `SectionReader.read`.
        """
        if self._readers and (latest := self.latest_origin) != block.origin:
            yield from self._snapshots.order(self._readers[latest].interrupt())
        reader = self._readers.pop(block.origin, None)
        if reader is None:
            if len(self._readers) >= MAX_READERS:
                yield from self._end_reader(next(iter(self._readers)))
            reader = self._new_reader(block.origin)
        self._readers[block.origin] = reader
        for rows in self._snapshots.order(reader.read(block, early, foreign)):
            yield from self._take_ended()
            yield rows
        yield from self._take_ended()

    def _new_reader(self, origin: str | None) -> SectionReader:
        snapshots = Snapshots(self._next_index, origin)
        if origin is None:
            snapshots = Snapshots(self._next_index, origin, self._end_others)
        return SectionReader(self._recognizer, snapshots, self._counts)

    def end(self) -> Iterator[Rows]:
        """Read what is left, as no more blocks follow."""
        for origin in sorted(self._readers, key=bool):  # that of no name first: it may end the others
            if origin in self._readers:
                yield from self._end_reader(origin)
                yield from self._take_ended()

    def end_early(self) -> Iterator[Rows]:
        """End all snapshots, after an error while reading, and return their records."""
        for reader in self._readers.values():
            yield from self._snapshots.order(reader.state.snapshots.end())

    def describe_snapshot(self, index: int) -> Mapping[str, Any]:
        """Return the known fields of a snapshot that is being read; none if it has ended."""
        for reader in self._readers.values():
            snapshots = reader.state.snapshots
            if snapshots.index == index and snapshots.words is not None:
                return snapshots.facts
        return {}

    def _end_others(self) -> None:
        """End the readers of all names: a command line without an origin is above what another command printed."""
        for origin in [origin for origin in self._readers if origin is not None]:
            self._ended += self._end_reader(origin)

    def _take_ended(self) -> list[Rows]:
        ended, self._ended = self._ended, []
        return ended

    def _end_reader(self, origin: str | None) -> Iterator[Rows]:
        reader = self._readers[origin]
        yield from self._snapshots.order(reader.end())
        self.first_message = self.first_message or reader.state.account.first_message
        if other := reader.state.others.first:
            self.first_other = self.first_other or other
        del self._readers[origin]

    def _next_index(self) -> int:
        self.snapshot_count += 1
        return self.snapshot_count - 1


class _SnapshotQueue:
    """Records of snapshots that wait until all snapshots before theirs have ended."""

    def __init__(self) -> None:
        self._waiting: list[tuple[int, Rows]] = []
        self._next = 0

    def order(self, blocks: Iterator[Rows]) -> Iterator[Rows]:
        """Return all rows at once, but the records of snapshots in the order of their indexes."""
        for rows in blocks:
            if rows.kind != "snapshots":
                yield rows
                continue
            heappush(self._waiting, (rows.columns["index"][0], rows))
            while self._waiting and self._waiting[0][0] == self._next:
                yield heappop(self._waiting)[1]
                self._next += 1
