"""Divide the tables of an input into snapshots."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import Any

from netstat_parse.logs.line_kinds import is_before_output
from netstat_parse.logs.timestamps import TimestampTracker
from netstat_parse.precompiled import compile_pattern
from netstat_parse.reading.listener_scope import SOCKET_TABLES, find_by_command
from netstat_parse.records.rows import Columns, Rows
from netstat_parse.systems.vocabularies import Tags
from netstat_parse.systems.words import Words

MAX_TEXT_BELOW_COMMAND = 2
"""Lines of text between a command and a row that may be title and headings in an unknown language."""

_DIGIT = compile_pattern(r"\d")


class Snapshots:
    """Numbers the snapshots of one origin and collects the facts about the current one.

    A snapshot ends when one of its tables is printed again, at a command line, and at a table of another system.
    """

    def __init__(
        self, next_index: Callable[[], int], origin: str | None = None, end_others: Callable[[], None] = lambda: None
    ) -> None:
        """Prepare for the snapshots of an origin.

        Args:
            next_index: gives the index of a new snapshot; all origins of an input share the numbers.
            origin: the host, container, process or file that the snapshots come from.
            end_others: called at a command line, to end the snapshots of other origins.
        """
        self.timestamps = TimestampTracker()
        self.origin = origin
        self.index = -1
        """The index of the current snapshot."""
        self._next_index = next_index
        self._end_others = end_others
        self.words: Words | None = None
        """The words of the current snapshot; None if there is none."""
        self.facts: dict[str, Any] = {}
        self.tables: set[str] = set()
        self.command: str | None = None
        self.is_ended_by_command = False
        self._text_below_command: list[str] = []
        self._listeners: str | None = None
        """Scope of listening sockets by the last title, until its table begins."""
        self._has_sockets = False
        """True if the current snapshot has a record of a socket."""

    @property
    def seen(self) -> set[str]:
        """The names of the tables that the current snapshot has."""
        return set() if self.is_ended_by_command or self.words is None else self.tables

    def pass_command(self, command: str | None) -> None:
        """Note a command line, whose output is a snapshot of its own."""
        self.command = command
        self._end_others()
        self.is_ended_by_command = True
        self._text_below_command.clear()

    def pass_text(self, text: str) -> None:
        """Note a line of text that may be foreign: a command belongs to the table right below it."""
        if self.is_near_command and not is_before_output(text):
            self._text_below_command.append(text)

    @property
    def is_near_command(self) -> bool:
        """True below a command as long as a table may be its output."""
        return self.command is not None and len(self._text_below_command) <= MAX_TEXT_BELOW_COMMAND

    def pass_title(self, number: int, listeners: str | None = None) -> None:
        """Note a title in this line: the command and the time stamp of its table are above it.

        Args:
            number: the number of the line.
            listeners: the title's word for listening sockets (`schema.Snapshot.listeners`).
        """
        self._listeners = listeners
        self.timestamps.mark(number)
        self._forget_distant_command(max_headings=0)

    def _forget_distant_command(self, *, max_headings: int) -> None:
        """Forget the command if other text than so many lines of unknown headings is between it and the table."""
        texts = self._text_below_command
        headings = takewhile(lambda text: not _DIGIT.search(text), reversed(texts[-max_headings:]))
        if len(texts) > (len(list(headings)) if max_headings else 0):
            self.command = None
        self._text_below_command.clear()

    def begin_table(  # noqa: PLR0913 - the facts about a table
        self, system: str, table: str, line: int, languages: Tags = (), *, is_printed: bool, original: str = ""
    ) -> tuple[Sequence[Rows], Words]:
        """Note that a table begins.

        Args:
            system: the system of the table.
            table: its name.
            line: the number of its first line.
            languages: the languages that its title and headings may be in.
            is_printed: true if it begins with a title or headings, false if with a row.
            original: the line as it was before prefixes were stripped, which may have a time stamp.

        Returns:
            The record of the snapshot that ends here, if one does, and the words of the snapshot with the table.
        """
        ended: Sequence[Rows] = ()
        words = self.words
        is_repeated = is_printed and table in self.tables
        if words is None or self.is_ended_by_command or system != words.system or is_repeated:
            if words is not None:  # a ruler between two snapshots belongs to the second one
                self.facts["last_line"] = max(self.facts["first_line"], min(self.facts["last_line"], line - 1))
            ended = list(self.end())
            words = self.words = self._begin(system, line, original)
        self.tables.add(table)
        self.facts["listeners"] = self.facts.get("listeners") or self._listeners
        self._listeners = None
        words.language_counts.update(languages)
        return ended, words

    def _begin(self, system: str, line: int, original: str) -> Words:
        self.index = self._next_index()
        self.tables = set()
        self._has_sockets = False
        self._forget_distant_command(max_headings=MAX_TEXT_BELOW_COMMAND)
        captured_at = self.timestamps.take(line, original)
        log_facts = {"command": self.command, "captured_at": captured_at, "origin": self.origin}
        self.facts = {"system": system, **log_facts, "first_line": line, "last_line": line}
        self.command = None
        self.is_ended_by_command = False
        return Words(system)

    def index_rows(self, kind: str, count: int, columns: Columns) -> Rows:
        """Add the snapshot's index to rows."""
        self._has_sockets |= kind in SOCKET_TABLES
        return Rows(kind, {"snapshot": [self.index] * count, **columns})

    def extend_to(self, line: int) -> None:
        """Note that the snapshot continues up to this line."""
        if self.words is not None:
            self.facts["last_line"] = line

    def add_facts(self, facts: Mapping[str, Any]) -> None:
        """Add facts about the snapshot that the rows of a table identify."""
        self.facts.update(facts)

    def end(self) -> Iterator[Rows]:
        """End the snapshot and return its record."""
        if self.words is None:
            return
        language_facts = {"tool": self.facts.get("tool") or self.words.program, "language": self.words.language}
        record = {"index": self.index, **self.facts, **language_facts}
        if self._has_sockets and not record["listeners"]:
            record["listeners"] = find_by_command(record["system"], record["command"])
        yield Rows("snapshots", {name: [value] for name, value in record.items()})
        self.words = None
