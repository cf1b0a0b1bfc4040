"""Text to sections: finds the tables inside a log, and accounts for every line.

A section begins with a title, with headings, or with a row whose shape no other text has. What is neither row, heading
nor blank is foreign, or unparsed where it stands inside a table and the grammar could not read it.
"""

import re
from collections.abc import Generator, Iterable, Iterator
from typing import NamedTuple

from netstat_parse import log
from netstat_parse.grammar import Section, Table, Taken
from netstat_parse.snapshots import Rows, Snapshots
from netstat_parse.tables import Opening, Tables

BROKEN = 2
"""Columns that must be readable before a line that is no row counts as a broken one."""

PENDING = 6
"""Lines that may stand between two rows of one table and still be lines of that table."""

_DIGIT = re.compile(r"\d")


class Pending(NamedTuple):
    """A line that only what follows can explain."""

    line: int
    text: str


class Reader:
    """Reads blocks of text into rows; after the last one, `lines` says what every line was."""

    def __init__(self, tables: Tables, snapshots: Snapshots) -> None:
        self.tables = tables
        self.snapshots = snapshots
        self.lines = {"total": 0, "records": 0, "headings": 0, "blank": 0, "foreign": 0, "unparsed": 0}
        self.line = 1
        self.section: Section | None = None
        self.title: tuple[Opening, int] | None = None
        self.pending: list[Pending] = []
        self.apart = False
        """Whether a blank line has come since the last row."""

    def read(self, blocks: Iterable[str]) -> Iterator[Rows]:
        """Read text, in blocks of whole lines, as it comes."""
        for text in blocks:
            yield from self._block(text)
        yield from self._leave()
        yield from self.snapshots.end()

    def _block(self, text: str) -> Iterator[Rows]:
        at = 0
        while at < len(text):
            section = self.section
            taken = section.layout.take(text, at, section) if section else None
            if section and taken:
                yield from self._settle("foreign" if self.apart else "unparsed")
                yield from self._rows(section, taken, text[at : taken.end])
                at = taken.end
                continue
            end = text.find("\n", at) + 1 or len(text)
            is_row = yield from self._line(text[at:end])
            if not is_row:
                self.line += 1
                self.lines["total"] += 1
                at = end

    def _rows(self, section: Section, taken: Taken, text: str) -> Iterator[Rows]:
        count = len(taken.lines)
        yield Rows(
            section.table.kind,
            {
                "snapshot": [self.snapshots.index] * count,
                "line": [self.line + line for line in taken.lines],
                **taken.columns,
            },
        )
        for row, code, message in section.notes:
            line = taken.lines[row]
            yield diagnostic(self.line + line, code, message, text.split("\n", line + 1)[line])
        section.notes.clear()
        self.apart = False
        self.line += taken.height
        self.lines["total"] += taken.height
        self.lines["records"] += taken.height - taken.headings
        self.lines["headings"] += taken.headings
        self.snapshots.reach(self.line - 1)
        self.snapshots.tell(section.snapshot)

    def _line(self, text: str) -> Generator[Rows, None, bool]:
        """Explain one line; true where it is the first row of a section, to be read as such."""
        line = text.strip()
        if not line:
            self.lines["blank"] += 1
            self.apart = True
        elif heading := self._heading(line):
            yield from self._open_by_heading(heading, line)
        elif self._is_row_of_section(text):
            return True
        elif opening := self.tables.row(text, self.title[0] if self.title else None):
            yield from self._open(opening, printed=self.title is not None)
            return True
        else:
            yield from self._text(text)
        return False

    def _heading(self, line: str) -> Opening | None:
        if not _DIGIT.search(line):
            headings = self.tables.headings(line, self.title[0] if self.title else None)
            if headings:
                return headings
        return self.tables.title(line)

    def _open_by_heading(self, heading: Opening, line: str) -> Iterator[Rows]:
        yield from self._settle("foreign")
        if heading.layout is None:
            yield from self._leave()
            self.title = (heading, self.line)
        else:
            yield from self._open(heading, printed=True, header=line)
        self.lines["headings"] += 1
        self.snapshots.reach(self.line)

    def _is_row_of_section(self, text: str) -> bool:
        """Whether this is a row of the same table with another choice of columns than its headings say."""
        if self.section is None or not self.section.table.layout().is_row(text):
            return False
        self.section.layout = self.section.table.layout()
        return True

    def _open(self, opening: Opening, *, printed: bool, header: str = "") -> Iterator[Rows]:
        table = opening.tables[0]
        first, languages = self.line, opening.languages
        if self.title and table in self.title[0].tables:
            first, languages = self.title[1], (*languages, *self.title[0].languages)
        elif self.title:
            yield from self._leave()
        self.title = None
        yield from self._explain_unknown_headings()
        yield from self.snapshots.open(opening.system, table.name, first, languages, printed=printed)
        words = self.snapshots.words
        if words is not None:
            self.section = Section(table, opening.layout or table.layout(), words, header=header)

    def _explain_unknown_headings(self) -> Iterator[Rows]:
        """Before the first row of a table whose headings nobody knows: the text right above it is its heading."""
        while self.pending and len(self.pending) > 2:
            self._count(self.pending.pop(0), "foreign")
        headings = [pending for pending in self.pending if not _DIGIT.search(pending.text)]
        for pending in self.pending:
            self._count(pending, "headings" if pending in headings else "foreign")
        self.pending = []
        return
        yield

    def _text(self, text: str) -> Iterator[Rows]:
        """A line that is neither row nor heading."""
        line = text.rstrip("\n")
        if (command := log.command(line)) is not None:
            yield from self._leave()
            self.snapshots.line_of_command(command.netstat)
            self.lines["foreign"] += 1
        elif log.is_message(line):
            self.lines["foreign"] += 1
            yield diagnostic(self.line, "netstat-message", f"netstat says: {line.strip()}", line)
        elif log.is_ruler(line):
            self.lines["foreign"] += 1
        elif self.section and (broken := _broken_row(self.section.table, line)):
            yield from self._settle("unparsed")
            self.lines["unparsed"] += 1
            yield diagnostic(self.line, *broken, line)
        else:
            self.pending.append(Pending(self.line, line))
            if len(self.pending) > PENDING:
                yield from self._settle("foreign")
                self.section = None

    def _settle(self, kind: str) -> Iterator[Rows]:
        """Decide what the pending lines were."""
        if self.pending and kind == "foreign" and self.section and not self.section.rows:
            kind = "unparsed" if self.section.header else kind
        for pending in self.pending:
            self._count(pending, kind)
            if kind == "unparsed":
                yield diagnostic(pending.line, "unparsed-line", "not a row of this table", pending.text)
        self.pending = []

    def _count(self, pending: Pending, kind: str) -> None:
        self.lines[kind] += 1

    def _leave(self) -> Iterator[Rows]:
        """The section ends here; a title without rows was a table all the same."""
        yield from self._settle("foreign")
        self.section = None
        if self.title:
            opening, line = self.title
            self.title = None
            table = opening.tables[0]
            yield from self.snapshots.open(opening.system, table.name, line, opening.languages, printed=True)


def _broken_row(table: Table, line: str) -> tuple[str, str] | None:
    """Why a line is a broken row of the table, as code and message; none where it is no row at all."""
    read, heading, at = table.mishap(line)
    if read < BROKEN:
        return None
    if at >= len(line.rstrip()):
        return "truncated-row", f"row cut short: expected {heading or 'the end'} at column {at + 1}"
    return "unparsed-line", f"expected {heading or 'the end of the row'} at column {at + 1}"


def diagnostic(line: int, code: str, message: str, text: str, severity: str = "warning") -> Rows:
    """One diagnostic, as a record."""
    return Rows(
        "diagnostics",
        {"line": [line], "severity": [severity], "code": [code], "message": [message], "text": [text]},
    )
