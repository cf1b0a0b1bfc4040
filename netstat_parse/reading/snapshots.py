"""Where one snapshot ends and the next begins."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from netstat_parse.logs.timestamps import TimestampTracker
from netstat_parse.records.rows import Rows
from netstat_parse.systems.vocabularies import Tags
from netstat_parse.systems.words import Words


class Snapshots:
    """Counts the snapshots of an input.

    One ends where a table that it has is printed again, where another command line shows, or where another system's
    table begins.
    """

    def __init__(self, known: Callable[[], Mapping[str, Any]] = dict) -> None:
        self.known = known
        """What is true of every snapshot of this input, asked for when one ends."""
        self.clock = TimestampTracker()
        self.originals: Mapping[int, str] = {}
        """What stood in lines before they were cleaned: a title may have had a time stamp before it."""
        self.index = -1
        self.words: Words | None = None
        self.facts: dict[str, Any] = {}
        self.tables: set[str] = set()
        self.command: str | None = None
        self.boundary = False

    @property
    def any(self) -> bool:
        """Whether there was any table."""
        return self.index >= 0

    @property
    def seen(self) -> set[str]:
        """The tables that the snapshot has already."""
        return set() if self.boundary or self.words is None else self.tables

    def line_of_command(self, command: str | None) -> None:
        """Take note of a command line; what it printed is a snapshot of its own."""
        self.command = command
        self.boundary = True

    def open(self, system: str, table: str, line: int, languages: Tags = (), *, printed: bool) -> Iterable[Rows]:
        """A table begins in this line, with a title or headings (`printed`) or with a bare row."""
        ended: Iterable[Rows] = ()
        if self.words is None or self.boundary or system != self.words.system or (printed and table in self.tables):
            if self.words is not None:  # a ruler between two snapshots is of the second
                self.facts["last_line"] = max(self.facts["first_line"], min(self.facts["last_line"], line - 1))
            ended = list(self.end())
            self._begin(system, line)
        assert self.words is not None  # noqa: S101 - _begin has just set it
        self.tables.add(table)
        self.words.heard.update(languages)
        return ended

    def _begin(self, system: str, line: int) -> None:
        self.index += 1
        self.words = Words(system)
        self.tables = set()
        self.boundary = False
        self.clock.hear(self.originals.get(line, ""), line)
        told = {"command": self.command, "captured_at": self.clock.take(line)}
        self.facts = {"system": system, **told, "first_line": line, "last_line": line}
        self.command = None

    def reach(self, line: int) -> None:
        """The snapshot goes on to this line."""
        if self.words is not None:
            self.facts["last_line"] = line

    def tell(self, facts: dict[str, Any]) -> None:
        """Add what a table's rows have told about the snapshot."""
        self.facts.update(facts)

    def end(self) -> Iterator[Rows]:
        """End the snapshot and give its record."""
        if self.words is None:
            return
        told = {"tool": self.facts.get("tool") or self.words.program, "language": self.words.language}
        record = {"index": self.index, **self.facts, **told, **self.known()}
        yield Rows("snapshots", {name: [value] for name, value in record.items()})
        self.words = None
