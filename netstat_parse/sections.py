"""Text to sections: finds the tables inside a log, and accounts for every line.

A section begins with a title, with headings, or with a row whose shape no other text has. What is neither row, heading
nor blank is foreign, or unparsed where it stands inside a table and the grammar could not read it.
"""

import re
from collections.abc import Generator, Iterable, Iterator
from operator import itemgetter
from typing import NamedTuple

from netstat_parse import log, messages
from netstat_parse.diagnostics import UNREAD, broken_row, damage, diagnostic
from netstat_parse.figures import Ahead
from netstat_parse.grammar import Section, Taken
from netstat_parse.snapshots import Rows, Snapshots
from netstat_parse.tables import Opening, Tables, is_framed
from netstat_parse.text import Block

PENDING = 6
"""Lines that may stand between two rows of one table and still be lines of that table."""

BELOW_RULER = 2
"""Lines of text right below a ruler that are its own: a title, and headings or the word for an empty table."""

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
        self.framed = False
        """Whether the last table is one of those that rulers stand around."""
        self.ruled = False
        """Whether a ruler has come since the last row."""
        self.below_ruler = False
        """Whether no blank line has come since then."""

    def read(self, blocks: Iterable[Block]) -> Iterator[Rows]:
        """Read text, in blocks of whole lines, as it comes."""
        rest = ""
        for block in blocks:
            yield from damage(block)
            rest = yield from self._block(rest + block.text)
        yield from self._block(rest, is_last=True)
        yield from self._leave()
        yield from self.snapshots.end()

    def _block(self, text: str, *, is_last: bool = False) -> Generator[Rows, None, str]:
        """Read a block; what is left over is a record that the next block may go on with."""
        at = 0
        while at < len(text):
            if self.pending or self.section is None:
                above = [pending.text for pending in self.pending[-2:]]
                block = self.tables.ahead(text, at, above, self.titles, is_last=is_last)
                if block is Ahead.WAIT:
                    break
                if isinstance(block, Opening):
                    yield from self._open(block, printed=True)
            section = self.section
            if section:
                section.is_last, section.apart = is_last, self.apart
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
        if not taken.height:
            return
        if taken.title and self.snapshots.words:
            words = self.snapshots.words
            yield from self.snapshots.open(words.system, taken.title, self.line, tuple(words.heard), printed=True)
            section.words = self.snapshots.words
        if count := len(taken.lines):
            lines = [self.line + line for line in taken.lines]
            snapshot = [self.snapshots.index] * count
            yield Rows(section.table.kind, {"snapshot": snapshot, "line": lines, **taken.columns})
        if section.notes or taken.unread:
            yield from self._remarks(section, taken, text.split("\n"))
        self.apart = taken.blank > 0 and not text[text.rfind("\n", 0, -1) + 1 :].strip()
        self.ruled = self.below_ruler = False
        self.line += taken.height
        self.lines["total"] += taken.height
        self.lines["records"] += taken.height - taken.headings - taken.blank - len(taken.unread)
        self.lines["headings"] += taken.headings
        self.lines["blank"] += taken.blank
        self.lines["unparsed"] += len(taken.unread)
        self.snapshots.reach(self.line - 1 - self.apart)
        self.snapshots.tell(section.snapshot)

    def _remarks(self, section: Section, taken: Taken, texts: list[str]) -> Iterator[Rows]:
        """What is to be said of a run's rows, and of lines of theirs that could not be read."""
        remarks: list[tuple[int, dict[str, Any]]] = [
            (taken.lines[row], {"code": code, "message": message}) for row, code, message in sorted(section.notes)
        ]
        remarks += [(line, broken_row(section.table, texts[line]) or UNREAD) for line in taken.unread]
        section.notes.clear()
        for line, remark in sorted(remarks, key=itemgetter(0)):
            yield diagnostic(self.line + line, texts[line], **remark)

    def _line(self, text: str) -> Generator[Rows, None, bool]:
        """Explain one line; true where it is the first row of a section, to be read as such."""
        line = text.strip()
        if not line:
            self.lines["blank"] += 1
            self.apart = True
            if self.below_ruler:
                yield from self._settle("foreign")
                self.below_ruler = False
        elif (self.titles or not _DIGIT.search(line)) and (headings := self.tables.headings(line, self.titles)):
            yield from self._settle("foreign")
            yield from self._open(headings, printed=True, header=text.rstrip("\n"))
            self.lines["headings"] += 1
            self.snapshots.reach(self.line)
        elif titles := self.tables.title(line):
            yield from self._title(titles)
            self.lines["headings"] += 1
        elif self.pending and (opening := self.tables.below(self.pending[-1].text, text)):
            yield from self._below_title(opening)
            return True
        elif self._is_row_of_section(text):
            return True
        elif opening := self.tables.row(text, self.titles, self.snapshots.seen if self.ruled else frozenset()):
            is_framed_anew = self.ruled and is_framed(opening.tables[0])
            yield from self._open(opening, printed=bool(self.titles) or is_framed_anew)
            return True
        else:
            yield from self._text(text)
        return False

    def _title(self, titles: list[Opening]) -> Iterator[Rows]:
        """A title below another one may say more of the same table, as "Active Routes" below "IPv4 Route Table"."""
        before = [table for opening in self.titles for table in opening.tables]
        narrower = [o._replace(tables=[table for table in o.tables if table in before]) for o in titles]
        if before and 0 < sum(len(opening.tables) for opening in narrower) < len(before):
            self.titles = narrower
        else:
            self.framed |= self.below_ruler and any(is_framed(table) for o in titles for table in o.tables)
            line = self.pending[0].line if self.framed and self.pending else self.line
            yield from self._leave()
            self.titles, self.title_line = titles, line

    def _below_title(self, opening: Opening) -> Iterator[Rows]:
        """The last line of text was a title, as tells what stands below it."""
        title, table = self.pending.pop(), opening.tables[0]
        yield from self._leave()
        yield from self.snapshots.open(opening.system, opening.title, title.line, printed=True)
        self.lines["headings"] += 1
        self.apart = self.framed = False
        if self.snapshots.words:
            self.section = Section(table, table.layout(), self.snapshots.words, header=title.text)

    def _is_row_of_section(self, text: str) -> bool:
        """Whether this is a row of the same table with another choice of columns than its headings say."""
        if self.section is None:
            return False
        layout = self.section.table.layout()
        if layout is self.section.layout or not layout.is_row(text):  # what is no row of the same layout never will be
            return False
        self.section.layout = layout
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
        self.framed = is_framed(table)
        while opening.above is not None and len(self.pending) > opening.above:
            self._count(self.pending.pop(0), "foreign")
        if self.pending and (self.framed or opening.above):
            first = min(first, self.pending[0].line)
        if self.framed or opening.above:
            yield from self._settle("headings")
        self._explain_unknown_headings()
        yield from self.snapshots.open(opening.system, table.name, first, languages, printed=printed)
        words = self.snapshots.words
        if words is not None:
            self.section = Section(table, opening.layout or table.layout(), words, header=header)

    def _explain_unknown_headings(self) -> None:
        """Before the first row of a table whose headings nobody knows: the text right above it is its heading."""
        while self.pending and len(self.pending) > 2:
            self._count(self.pending.pop(0), "foreign")
        headings = [pending for pending in self.pending if not _DIGIT.search(pending.text)]
        for pending in self.pending:
            self._count(pending, "headings" if pending in headings else "foreign")
        self.pending = []

    def _text(self, text: str) -> Iterator[Rows]:
        """A line that is neither row nor heading."""
        line = text.rstrip("\n")
        if (command := log.command(line)) is not None:
            yield from self._leave()
            self.snapshots.line_of_command(command.netstat)
            self.lines["foreign"] += 1
        elif (said := messages.said(line)) is not None:
            self.lines["foreign"] += 1
            self.said = self.said or said
            yield diagnostic(self.line, line, code="netstat-message", message=f"netstat says: {said}")
        elif messages.is_usage(line):
            self.lines["foreign"] += 1
        elif log.is_frame(line) and (self.framed or self.section is None):
            yield from self._frame(line)
        elif log.is_ruler(line):
            is_below_headings = self.section is not None and self.section.header and not self.section.rows
            self.lines["headings" if is_below_headings else "foreign"] += 1
        elif self.section and (broken := broken_row(self.section.table, line)):
            yield from self._settle("unparsed")
            self.lines["unparsed"] += 1
            yield diagnostic(self.line, line, **broken)
        else:
            self.pending.append(Pending(self.line, line))
            if len(self.pending) > PENDING:
                last, self.pending = self.pending[-2:], self.pending[:-2]
                yield from self._settle("foreign")
                self.section, self.pending = None, last

    def _frame(self, line: str) -> Iterator[Rows]:
        """A ruler ends the table above it; what stands alone between two of them is a title."""
        if self.apart and not self.pending and self.title_line != self.line - 1:
            yield from self._leave()  # nothing that is under way goes on so
            self.framed = False
        self.pending.append(Pending(self.line, line))
        if self.framed:
            yield from self._settle("headings")
            self.section = None
            self.snapshots.reach(self.line)
        self.ruled = self.below_ruler = True

    def _settle(self, kind: str) -> Iterator[Rows]:
        """Decide what the pending lines were."""
        if kind == "foreign" and self.framed and self.below_ruler and len(self.pending) <= BELOW_RULER:
            kind = "headings"
            if self.pending and not log.is_ruler(self.pending[0].text):  # which begins the next snapshot
                self.snapshots.reach(self.line - 1)
        if self.pending and kind == "foreign" and self.section and not self.section.rows:
            kind = "unparsed" if self.section.header else kind
        for pending in self.pending:
            self._count(pending, kind)
            if kind == "unparsed":
                yield diagnostic(pending.line, pending.text, **UNREAD)
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
            seen = self.snapshots.seen
            table = min(opening.tables, key=lambda table: table.name in seen)
            yield from self.snapshots.open(opening.system, table.name, self.title_line, opening.languages, printed=True)
