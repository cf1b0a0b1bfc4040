"""Text to sections: finds the tables inside a log, and accounts for every line.

A section begins with a title, with headings, or with a row whose shape no other text has. What is neither row, heading
nor blank is foreign, or unparsed where it stands inside a table and the grammar could not read it.
"""

import re
from collections.abc import Generator, Iterable, Iterator
from typing import Any, NamedTuple

from netstat_parse import log
from netstat_parse.grammar import Section, Table, Taken
from netstat_parse.snapshots import Rows, Snapshots
from netstat_parse.tables import Opening, Tables
from netstat_parse.text import Block

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
        self.titles: list[Opening] = []
        """What the last title may stand over, as long as neither headings nor a row have come."""
        self.title_line = 0
        self.pending: list[Pending] = []
        self.said: str | None = None
        """The first thing that netstat said beside its tables."""
        self.apart = False
        """Whether a blank line has come since the last row."""

    def read(self, blocks: Iterable[Block]) -> Iterator[Rows]:
        """Read text, in blocks of whole lines, as it comes."""
        rest = ""
        for block in blocks:
            yield from _damage(block)
            rest = yield from self._block(rest + block.text)
        yield from self._block(rest, is_last=True)
        yield from self._leave()
        yield from self.snapshots.end()

    def _block(self, text: str, *, is_last: bool = False) -> Generator[Rows, None, str]:
        """Read a block; what is left over is a record that the next block may go on with."""
        at = 0
        while at < len(text):
            section = self.section
            if section:
                section.is_last = is_last
                taken = section.layout.take(text, at, section)
                if taken:
                    yield from self._settle("foreign" if self.apart else "unparsed")
                    yield from self._rows(section, taken, text[at : taken.end])
                    at = taken.end
                    if taken.waits:
                        break
                    continue
            end = text.find("\n", at) + 1 or len(text)
            is_row = yield from self._line(text[at:end])
            if not is_row:
                self.line += 1
                self.lines["total"] += 1
                at = end
        return text[at:]

    def _rows(self, section: Section, taken: Taken, text: str) -> Iterator[Rows]:
        count = len(taken.lines)
        if not count:
            return
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
            yield diagnostic(self.line + line, text.split("\n", line + 1)[line], code=code, message=message)
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
        elif not _DIGIT.search(line) and (headings := self.tables.headings(line, self.titles)):
            yield from self._settle("foreign")
            yield from self._open(headings, printed=True, header=text.rstrip("\n"))
            self.lines["headings"] += 1
            self.snapshots.reach(self.line)
        elif titles := self.tables.title(line):
            yield from self._leave()
            self.titles, self.title_line = titles, self.line
            self.lines["headings"] += 1
        elif self._is_row_of_section(text):
            return True
        elif opening := self.tables.row(text, self.titles):
            yield from self._open(opening, printed=bool(self.titles))
            return True
        else:
            yield from self._text(text)
        return False

    def _is_row_of_section(self, text: str) -> bool:
        """Whether this is a row of the same table with another choice of columns than its headings say."""
        if self.section is None or not self.section.table.layout().is_row(text):
            return False
        self.section.layout = self.section.table.layout()
        return True

    def _open(self, opening: Opening, *, printed: bool, header: str = "") -> Iterator[Rows]:
        table = opening.tables[0]
        first, languages = self.line, opening.languages
        for title in self.titles:
            if table in title.tables:
                first, languages = self.title_line, (*languages, *title.languages)
                self.titles = []
        if self.titles:
            yield from self._leave()
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
            self.said = self.said or line.strip()
            yield diagnostic(self.line, line, code="netstat-message", message=f"netstat says: {line.strip()}")
        elif log.is_ruler(line):
            self.lines["foreign"] += 1
        elif self.section and (broken := _broken_row(self.section.table, line)):
            yield from self._settle("unparsed")
            self.lines["unparsed"] += 1
            yield diagnostic(self.line, line, **broken)
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
                yield diagnostic(pending.line, pending.text, code="unparsed-line", message="not a row of this table")
        self.pending = []

    def _count(self, pending: Pending, kind: str) -> None:
        self.lines[kind] += 1

    def _leave(self) -> Iterator[Rows]:
        """The section ends here; a title without rows was a table all the same."""
        yield from self._settle("foreign")
        self.section = None
        if self.titles:
            opening = self.titles[0]
            self.titles = []
            table = opening.tables[0]
            yield from self.snapshots.open(opening.system, table.name, self.title_line, opening.languages, printed=True)


def _damage(block: Block) -> Iterator[Rows]:
    """What decoding has lost."""
    for code, message, lines in (
        ("undecodable-bytes", "bytes that the encoding cannot read stand as U+FFFD", block.undecodable),
        ("line-cut", "the line was too long; what is more was left out", block.cut),
    ):
        for line in lines:
            text = block.text.split("\n", line - block.line + 1)[line - block.line]
            yield diagnostic(line, text, code=code, message=message)


def _broken_row(table: Table, line: str) -> dict[str, Any] | None:
    """Why a line is a broken row of the table, for a diagnostic; none where it is no row at all."""
    read, heading, at = table.mishap(line)
    if read < BROKEN:
        return None
    expected = f"expected {heading}" if heading else "expected nothing more"
    if at >= len(line.rstrip()):
        return {"code": "truncated-row", "message": f"row cut short: {expected}", "column": at + 1}
    return {"code": "unparsed-line", "message": f"not a row of this table: {expected}", "column": at + 1}


def diagnostic(line: int, text: str, *, code: str, message: str, column: int | None = None) -> Rows:
    """One diagnostic, as a record: an error where what was printed is in no record."""
    severity = "error" if code in ("unparsed-line", "truncated-row") else "warning"
    record = {"line": line, "severity": severity, "code": code, "message": message, "column": column, "text": text}
    return Rows("diagnostics", {name: [value] for name, value in record.items()})
