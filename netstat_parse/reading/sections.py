"""Text to sections: finds the tables inside a log, and accounts for every line.

A section begins with a title, with headings, or with a row whose shape no other text has. What is neither row, heading
nor blank is foreign, or unparsed where it stands inside a table and the grammar could not read it.
"""

import re
from collections.abc import Generator, Iterable, Iterator
from operator import itemgetter
from typing import Any

from netstat_parse.decode.text import TextBlock
from netstat_parse.grammar.protocol import Lookahead, ParsedRows, Section
from netstat_parse.logs.prefixes import PrefixStripper
from netstat_parse.reading.line_account import UNREAD, LineAccount, broken_row
from netstat_parse.reading.recognizer import Recognized, TableRecognizer
from netstat_parse.reading.snapshots import Snapshots
from netstat_parse.records.rows import Rows

PENDING = 6
"""Lines that may stand between two rows of one table and still be lines of that table."""


ABOVE = 2
"""Lines right above a table that may be its title and its headings, in a language that nobody knows."""


BELOW_RULER = 2
"""Lines of text right below a ruler that are its own: a title, and headings or the word for an empty table."""


_DIGIT = re.compile(r"\d")


class SectionReader:
    """Reads blocks of text into rows; the ledger then tells what every line was."""

    def __init__(self, tables: TableRecognizer, snapshots: Snapshots) -> None:
        self.tables = tables
        self.snapshots = snapshots
        self.clean = PrefixStripper(tables.tells)
        self.ledger = LineAccount(self.clean.originals)
        snapshots.originals = self.clean.originals
        self.section: Section | None = None
        self.titles: list[Recognized] = []
        """What the last title may stand over, as long as neither headings nor a row have come."""
        self.title_line = 0
        self.title_of_ours = ""
        """The last title, where all grammars have not been asked what may stand below it."""
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
        self._ready: list[Rows] = []

    def read(self, blocks: Iterable[TextBlock]) -> Iterator[Rows]:
        """Read text, in blocks of whole lines, as it comes."""
        rest = ""
        for block in blocks:
            self.ledger.receive(block)
            self.clean.forget(self.ledger.earliest)
            rest = yield from self._block(rest + self.clean.clean(block.text, block.line))
        yield from self._block(rest, is_last=True)
        self._leave()
        yield from [*self._ready, *self.ledger.remarks(), *self.snapshots.end()]

    def _block(self, text: str, *, is_last: bool = False) -> Generator[Rows, None, str]:
        """Read a block; what is left over is for the next block to go on with."""
        at, waits = 0, False
        while at < len(text) and not waits:
            at, waits = self._step(text, at, is_last=is_last)
            yield from self._ready
            self._ready.clear()
            yield from self.ledger.remarks()
        return text[at:]

    def _step(self, text: str, at: int, *, is_last: bool) -> tuple[int, bool]:
        """Read the rows that stand there, or explain a line: where that ends, and whether more text has to tell."""
        end = text.find("\n", at) + 1 or len(text)
        if (self.ledger.pending or self.section is None) and not self._stands_between(text[at:end]):
            above = [pending.text for pending in self.ledger.pending[-ABOVE:]]
            ahead = self.tables.ahead(text, at, above, self.titles, is_last=is_last)
            if ahead is Lookahead.WAIT:
                return at, True
            if isinstance(ahead, Recognized):
                self._open(ahead, printed=True)
        section = self.section
        if section:
            section.is_last, section.apart = is_last, self.apart
            if taken := section.layout.take(text, at, section):
                self._rows(section, taken, text[at : taken.end])
                return taken.end, taken.waits
        if self._is_first_row(text[at:end]):
            return at, False
        self.ledger.line += 1
        return end, False

    def _rows(self, section: Section, taken: ParsedRows, text: str) -> None:
        if not taken.height:
            return
        ledger, snapshots = self.ledger, self.snapshots
        ledger.settle("foreign" if self.apart else "unparsed")
        if taken.title and snapshots.words:
            words = snapshots.words
            self._ready += snapshots.open(words.system, taken.title, ledger.line, tuple(words.heard), printed=True)
            section.words = snapshots.words
        if count := len(taken.lines):
            lines = list(map(ledger.line.__add__, taken.lines))
            columns = {"snapshot": [snapshots.index] * count, "line": lines, **taken.columns}
            self._ready.append(Rows(section.table.kind, columns))
        if section.notes or taken.unread:
            self._remarks(section, taken, text.split("\n"))
        self.apart = taken.blank > 0 and not text[text.rfind("\n", 0, -1) + 1 :].strip()
        self.ruled = self.below_ruler = False
        ledger.line += taken.height
        ledger.counts["records"] += taken.height - taken.headings - taken.blank - len(taken.unread)
        ledger.counts["headings"] += taken.headings
        ledger.counts["blank"] += taken.blank
        ledger.counts["unparsed"] += len(taken.unread)
        snapshots.reach(ledger.line - 1 - self.apart)
        snapshots.tell(section.snapshot)

    def _remarks(self, section: Section, taken: ParsedRows, texts: list[str]) -> None:
        """What is to be said of a run's rows, and of lines of theirs that could not be read."""
        remarks: list[tuple[int, dict[str, Any]]] = [
            (taken.lines[row], {"code": code, "message": message}) for row, code, message in sorted(section.notes)
        ]
        remarks += [(line, broken_row(section.table, texts[line]) or UNREAD) for line in taken.unread]
        section.notes.clear()
        for line, remark in sorted(remarks, key=itemgetter(0)):
            self.ledger.remark(self.ledger.line + line, texts[line], **remark)

    def _is_first_row(self, text: str) -> bool:
        """Explain a line, unless it is the first row of a section, which then is to be read as such."""
        line = text.strip()
        if not line:
            self._blank()
        elif titles := self.tables.title_in_english(line):
            self._title(titles)
            self.title_of_ours = "" if self.tables.has_all else line
            self.ledger.counts["headings"] += 1
        elif self._stands_between(line):
            self._text(text.rstrip("\n"))
        elif (self.titles or not _DIGIT.search(line)) and (headings := self.tables.headings(line, self.titles)):
            self._settle("foreign")
            self._open(headings, printed=True, header=text.rstrip("\n"))
            self._heading()
        elif titles := self.tables.title(line):
            self._title(titles)
            self.ledger.counts["headings"] += 1
        elif self.ledger.pending and (opening := self.tables.below(self.ledger.pending[-1].text, text)):
            self._below_title(opening)
            return True
        elif self._is_row_of_section(text):
            return True
        elif opening := self.tables.row(text, self._all_titles(), self.snapshots.seen if self.ruled else frozenset()):
            is_framed_anew = self.ruled and opening.tables[0].framed
            self._open(opening, printed=bool(self.titles) or is_framed_anew)
            return True
        else:
            self._text(text.rstrip("\n"))
        return False

    def _all_titles(self) -> list[Recognized]:
        """What the last title may stand over, now that it matters."""
        if self.titles and self.title_of_ours and self.tables.has_all:
            self.titles = [*self.titles, *self.tables.others(self.title_of_ours)]
            self.title_of_ours = ""
        return self.titles

    def _stands_between(self, line: str) -> bool:
        """Whether it is a title, a prompt or a ruler, so that all grammars need not be imported to tell what it is."""
        if self.tables.has_all:
            return False
        from netstat_parse.logs import prompts, rulers

        return (
            rulers.is_ruler(line) or prompts.find_command(line) is not None or bool(self.tables.title_in_english(line))
        )

    def _blank(self) -> None:
        self.ledger.counts["blank"] += 1
        self.apart = True
        if self.below_ruler:
            self._settle("foreign")
            self.below_ruler = False

    def _heading(self) -> None:
        self.ledger.counts["headings"] += 1
        self.snapshots.reach(self.ledger.line)

    def _title(self, titles: list[Recognized]) -> None:
        """A title below another one may say more of the same table, as "Active Routes" below "IPv4 Route Table"."""
        before = [table for opening in self.titles for table in opening.tables]
        narrower = [o._replace(tables=[table for table in o.tables if table in before]) for o in titles]
        if before and 0 < sum(len(opening.tables) for opening in narrower) < len(before):
            self.titles = narrower
            return
        self.framed |= self.below_ruler and any(table.framed for o in titles for table in o.tables)
        pending = self.ledger.pending
        line = pending[0].line if self.framed and pending else self.ledger.line
        self._leave()
        self.titles, self.title_line = titles, line

    def _below_title(self, opening: Recognized) -> None:
        """The last line of text was a title, as tells what stands below it."""
        title, table = self.ledger.pending.pop(), opening.tables[0]
        self._leave()
        self._ready += self.snapshots.open(opening.system, opening.title, title.line, printed=True)
        self.ledger.counts["headings"] += 1
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

    def _open(self, opening: Recognized, *, printed: bool, header: str = "") -> None:
        table, ledger = opening.tables[0], self.ledger
        first, languages = ledger.line, opening.languages
        for title in self._all_titles():
            if table in title.tables:
                first, languages = self.title_line, (*languages, *title.languages)
                self.titles = []
        if self.titles:
            self._leave()
        self.framed = table.framed
        if opening.above is not None:
            ledger.settle("foreign", keeping=opening.above)
        if self.framed or opening.above:
            first = min(first, ledger.pending[0].line) if ledger.pending else first
            self._settle("headings")
        self._explain_unknown_headings()
        self._ready += self.snapshots.open(opening.system, table.name, first, languages, printed=printed)
        words = self.snapshots.words
        if words is not None:
            self.section = Section(table, opening.layout or table.layout(), words, header=header)

    def _explain_unknown_headings(self) -> None:
        """Before the first row of a table whose headings nobody knows: the text right above it is its heading."""
        self.ledger.settle("foreign", keeping=ABOVE)
        while self.ledger.pending:
            is_foreign = _DIGIT.search(self.ledger.pending[0].text)
            self.ledger.settle("foreign" if is_foreign else "headings", keeping=len(self.ledger.pending) - 1)

    def _text(self, line: str) -> None:
        """A line that is neither row nor heading."""
        from netstat_parse.logs import (
            messages,  # which many a dump has no line for
            prompts,
            rulers,
        )

        ledger = self.ledger
        self.snapshots.clock.hear(self.clean.originals.get(ledger.line, line), ledger.line)
        if (command := prompts.find_command(line)) is not None:
            self._leave()
            self.snapshots.line_of_command(command.netstat)
            ledger.counts["foreign"] += 1
        elif rulers.is_frame(line) and (self.framed or self.section is None):
            self._frame(line)
        elif rulers.is_ruler(line):
            is_below_headings = self.section is not None and self.section.header and not self.section.rows
            ledger.counts["headings" if is_below_headings else "foreign"] += 1
        elif (said := messages.parse_message(line)) is not None:
            ledger.counts["foreign"] += 1
            self.said = self.said or said
            ledger.remark(ledger.line, line, code="netstat-message", message=f"netstat says: {said}")
        elif messages.is_usage_line(line):
            ledger.counts["foreign"] += 1
        elif rulers.is_banner(line):
            ledger.counts["foreign"] += 1
            self.apart = True
        elif self.section and (broken := broken_row(self.section.table, line)):
            self._settle("unparsed")
            ledger.counts["unparsed"] += 1
            ledger.remark(ledger.line, line, **broken)
        else:
            ledger.hold(line)
            if len(ledger.pending) > PENDING:
                self._settle("foreign", keeping=ABOVE)
                self.section = None

    def _frame(self, line: str) -> None:
        """A ruler ends the table above it; what stands alone between two of them is a title."""
        if self.apart and not self.ledger.pending and self.title_line != self.ledger.line - 1:
            self._leave()  # nothing that is under way goes on so
            self.framed = False
        self.ledger.hold(line)
        if self.framed:
            self._settle("headings")
            self.section = None
            self.snapshots.reach(self.ledger.line)
        self.ruled = self.below_ruler = True

    def _settle(self, kind: str, *, keeping: int = 0) -> None:
        """Decide what the pending lines were, by what came before them."""
        pending = self.ledger.pending
        if kind == "foreign" and self.framed and self.below_ruler and len(pending) <= BELOW_RULER:
            from netstat_parse.logs import rulers

            kind = "headings"
            if pending and not rulers.is_ruler(pending[0].text):  # which begins the next snapshot
                self.snapshots.reach(self.ledger.line - 1)
        elif kind == "foreign" and self.section and self.section.header and not self.section.rows:
            kind = "unparsed"
        self.ledger.settle(kind, keeping=keeping)

    def _leave(self) -> None:
        """The section ends here; a title without rows was a table all the same."""
        self._settle("foreign")
        self.section = None
        if self.titles:
            opening, self.titles = self.titles[0], []
            table = min(opening.tables, key=lambda table: table.name in self.snapshots.seen)
            self._ready += self.snapshots.open(
                opening.system, table.name, self.title_line, opening.languages, printed=True
            )
