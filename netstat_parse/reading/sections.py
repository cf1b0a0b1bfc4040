"""Divide text into sections and read their rows: the state machine of the reader.

A section is one printed table. It begins with a title, with headings, or with a row whose shape no other text has. The
next section, a command line or foreign text ends it. Each line is a record, a heading, blank or foreign, or unparsed
where it is inside a table and the grammar could not read it.
"""

from collections.abc import Generator, Iterable, Iterator

from netstat_parse.grammar import Section
from netstat_parse.grammar.protocol import Lookahead, ParsedRows
from netstat_parse.logs.line_kinds import LineKind, classify, find_netstat
from netstat_parse.reading.diagnostics import diagnose_row
from netstat_parse.reading.frames import Frames
from netstat_parse.reading.line_account import MAX_HEADING_LINES, MAX_PENDING_LINES, LineAccount, Outcome
from netstat_parse.reading.prefix_stripper import StrippedBlock
from netstat_parse.reading.recognizer import TableMatch, TableRecognizer, other_layout
from netstat_parse.reading.snapshots import Snapshots
from netstat_parse.reading.title_index import TitleMatch
from netstat_parse.reading.titles import PendingTitle
from netstat_parse.records.rows import Rows
from netstat_parse.systems.vocabularies import Tags


class SectionReader:
    """Reads blocks of text into rows, and accounts for every line."""

    def __init__(self, recognizer: TableRecognizer, snapshots: Snapshots) -> None:
        self.recognizer = recognizer
        self.snapshots = snapshots
        self.account = LineAccount()
        self.title = PendingTitle()
        self.frames = Frames()
        self.section: Section | None = None
        self.is_apart = False
        """A blank line has come since the last row."""
        self._ready: list[Rows] = []

    def read(self, blocks: Iterable[StrippedBlock]) -> Iterator[Rows]:
        """Read text, in blocks of whole lines, as it comes."""
        rest = ""
        for block in blocks:
            self.account.receive(block)
            rest = yield from self._read_text(rest + block.text)
        yield from self._read_text(rest, is_last=True)
        self._end_section()
        yield from [*self._ready, *self.account.diagnostics(), *self.snapshots.end()]

    def _read_text(self, text: str, *, is_last: bool = False) -> Generator[Rows, None, str]:
        """Read text as far as it can be understood without more, and return the rest."""
        at, waits = 0, False
        while at < len(text) and not waits:
            at, waits = self._step(text, at, is_last=is_last)
            yield from self._ready
            self._ready.clear()
            yield from self.account.diagnostics()
        return text[at:]

    def _step(self, text: str, at: int, *, is_last: bool) -> tuple[int, bool]:
        """Read rows, or else one line; return where they end in the text, and whether more text is needed first."""
        end = text.find("\n", at) + 1 or len(text)
        kind = None
        if self.section is None or self.account.pending:
            kind = classify(text[at:end].rstrip("\n"))
            if kind is LineKind.TEXT:
                above, titles = self.account.text_above, self.title.matches
                block = self.recognizer.by_block(text, at, above, titles, is_last=is_last)
                if block is Lookahead.WAIT:
                    return at, True
                if isinstance(block, TableMatch):
                    self._open_section(block, is_printed=True)
        if section := self.section:
            section.is_last, section.apart = is_last, self.is_apart
            if rows := section.layout.take(text, at, section):
                self._add_rows(section, rows, text[at : rows.end])
                return rows.end, rows.waits
        if self._opens_section(text[at:end], kind or classify(text[at:end].rstrip("\n"))):
            return at, False
        self.account.line += 1
        return end, False

    def _add_rows(self, section: Section, rows: ParsedRows, text: str) -> None:
        """Hand on the rows that a section has read, and account for their lines."""
        if not rows.height:
            return
        account, snapshots = self.account, self.snapshots
        account.settle("foreign" if self.is_apart else "unparsed")
        if rows.title and snapshots.words:
            words = snapshots.words
            self._begin_table(words.system, rows.title, account.line, tuple(words.heard))
            section.words = snapshots.words
        if section.table.kind is not None:
            self._ready += snapshots.number(section.table.kind, rows, account.line)
        if section.notes or rows.unread:
            account.report_rows(section, rows, text.split("\n"))
        self.is_apart = rows.blank > 0 and not text[text.rfind("\n", 0, -1) + 1 :].strip()
        self.frames.pass_rows()
        account.add_rows(rows)
        snapshots.extend_to(account.line - 1 - self.is_apart)
        snapshots.add_facts(section.snapshot)

    def _opens_section(self, text: str, kind: LineKind) -> bool:
        """Account for a line; return whether it is a row of a section that it has opened, and is to be read again."""
        line, recognizer = text.strip(), self.recognizer
        seen = self.snapshots.seen if self.frames.is_after_ruler else frozenset()
        if kind is LineKind.BLANK:
            self._pass_blank()
        elif titles := recognizer.by_title(line):
            self._begin_title(titles)
        elif kind is not LineKind.TEXT:
            self._pass_divider(text.rstrip("\n"), kind)
        elif headings := recognizer.by_headings(line, self.title.matches):
            self._settle("foreign")
            self._open_section(headings, is_printed=True, header=text.rstrip("\n"))
            self.account.count("headings")
            self.snapshots.extend_to(self.account.line)
        elif titles := recognizer.by_translated_title(line):
            self._begin_title(titles)
        elif counters := recognizer.by_title_above(self.account.text_above, text):
            self._open_counters(counters)
            return True
        elif self.section and (layout := other_layout(self.section, text)):
            self.section.layout = layout
            return True
        elif row := recognizer.by_row(text, self.title.matches, seen):
            is_framed_again = self.frames.is_after_ruler and row.table.framed
            self._open_section(row, is_printed=bool(self.title) or is_framed_again)
            return True
        else:
            self._pass_text(text.rstrip("\n"))
        return False

    def _begin_title(self, matches: list[TitleMatch]) -> None:
        """Wait for the table below a title; a second title may say more of the same table."""
        if not self.title.narrow(matches):
            self.frames.begin_title(matches)
            pending = self.account.pending
            line = pending[0].line if self.frames.is_framed and pending else self.account.line
            self._end_section()
            self.title.begin(matches, line)
        self.account.count("headings")

    def _open_section(self, found: TableMatch, *, is_printed: bool, header: str = "") -> None:
        """Open the section of a table that begins in this line or in the pending lines above it."""
        account, table = self.account, found.table
        first, languages = account.line, found.languages
        if found.title:
            first, languages = self.title.line, (*languages, *found.title.languages)
            self.title.end()
        if self.title:
            self._end_section()
        self.frames.is_framed = table.framed
        if found.lines_above is not None:
            account.settle("foreign", keep=found.lines_above)
        if table.framed or found.lines_above:
            first = min(first, account.pending[0].line) if account.pending else first
            self._settle("headings")
        account.settle_unknown_headings()
        self._begin_table(found.system, table.name, first, languages, is_printed=is_printed)
        if words := self.snapshots.words:
            self.section = Section(table, found.layout, words, header=header)

    def _open_counters(self, found: TableMatch) -> None:
        """Open the section of a text of counters, whose title is the last pending line."""
        title = self.account.pending.pop()
        self._end_section()
        self._begin_table(found.system, found.counters_title, title.line)
        self.account.count("headings")
        self.is_apart = self.frames.is_framed = False
        if words := self.snapshots.words:
            self.section = Section(found.table, found.layout, words, header=title.text)

    def _pass_blank(self) -> None:
        self.account.count("blank")
        self.is_apart = True
        if self.frames.is_below_ruler:
            self._settle("foreign")
            self.frames.is_below_ruler = False

    def _pass_divider(self, line: str, kind: LineKind) -> None:
        """Account for a line that is never part of a table, but for rulers around and within it."""
        self.snapshots.timestamps.observe(self.account.original(line), self.account.line)
        if kind is LineKind.FRAME and (self.frames.is_framed or self.section is None):
            self._pass_frame(line)
            return
        is_ruler, section = kind in {LineKind.RULER, LineKind.FRAME}, self.section
        is_below_headings = is_ruler and section is not None and section.header and not section.rows
        self.account.count("headings" if is_below_headings else "foreign")
        if kind is LineKind.COMMAND:
            self._end_section()
            self.snapshots.pass_command(find_netstat(line))
        elif kind is LineKind.BANNER:
            self.is_apart = True

    def _pass_frame(self, line: str) -> None:
        """Note a ruler of Windows: it ends the table above it, and a line alone between two rulers is a title."""
        account = self.account
        if self.is_apart and not account.pending and self.title.line != account.line - 1:
            self._end_section()  # nothing goes on beyond a blank line and a ruler
            self.frames.is_framed = False
        account.hold(line)
        if self.frames.is_framed:
            self._settle("headings")
            self.section = None
            self.snapshots.extend_to(account.line)
        self.frames.pass_ruler()

    def _pass_text(self, line: str) -> None:
        """Account for a line that is neither divider, title, headings nor row."""
        from netstat_parse.logs.messages import parse_message  # which loads all vocabularies

        account = self.account
        self.snapshots.timestamps.observe(account.original(line), account.line)
        if (message := parse_message(line)) is not None:
            account.report_message(line, message)
        elif self.section and (damage := diagnose_row(self.section.table, line)):
            self._settle("unparsed")
            account.count("unparsed")
            account.report(account.line, line, damage)
        else:
            account.hold(line)
            if len(account.pending) > MAX_PENDING_LINES:
                self._settle("foreign", keep=MAX_HEADING_LINES)
                self.section = None

    def _settle(self, outcome: Outcome, *, keep: int = 0) -> None:
        """Decide the outcome of the pending lines; foreign text below a ruler or headings may belong to the table."""
        account = self.account
        if outcome == "foreign" and self.frames.has_headings(len(account.pending)):
            outcome = "headings"
            if account.pending and classify(account.pending[0].text) is not LineKind.FRAME:  # which begins a snapshot
                self.snapshots.extend_to(account.line - 1)
        elif outcome == "foreign" and self.section and self.section.header and not self.section.rows:
            outcome = "unparsed"
        account.settle(outcome, keep=keep)

    def _end_section(self) -> None:
        """End the section; a title that no row has followed was a table all the same."""
        self._settle("foreign")
        self.section = None
        if self.title:
            title, table = self.title.first_new(self.snapshots.seen)
            self.title.end()
            self._begin_table(title.system, table, self.title.line, title.languages)

    def _begin_table(self, system: str, name: str, line: int, languages: Tags = (), *, is_printed: bool = True) -> None:
        """Note that a table begins; that may end a snapshot."""
        original = self.account.originals.get(line, "")
        ended = self.snapshots.begin_table(system, name, line, languages, is_printed=is_printed, original=original)
        self._ready += ended
