"""Divide text into sections and read their rows: the state machine of the reader.

A section is one printed table. It begins with a title, with headings, or with a row whose shape no other text has. The
next section, a command line or foreign text ends it. Each line is a record, a heading, blank, foreign, or unparsed: a
line inside a table that its grammar could not read.

Three things are the state: the *section* that is being read, the *pending title* whose table has not begun, and the
*pending lines*, text whose outcome depends on what follows. The section, if there is one, reads its rows first. Any
other line is handled by its kind, which `LineKind` and the recognizer decide:

=================  =============================  ============================  =======================================
line               in a section                   below a pending title         in foreign text
=================  =============================  ============================  =======================================
blank              is_apart: what follows may be  the same                      the same
                   another table
title              end the section, pend          narrow the pending title, or  pend
                                                  end it as an empty table
headings           end the section, open another  open its table                open
command line       end the section and snapshot   end it as an empty table      the next table is another snapshot
ruler, usage text  foreign, but right below       foreign                       foreign
                   headings a heading
frame              after a blank line: end the    hold                          hold
                   section
output of another  end the section and snapshot   it is no title of ours        foreign
system
banner             foreign, is_apart              foreign, is_apart             foreign, is_apart
row of a table     other columns: change the      open its table                open
                   layout; other table: open it
block of counters  only below pending lines:      open                          open
                   open another
first counter      end the section, open another  open                          open
below its title
text               unparsed if it resembles a     hold                          hold, or skipped by the sieve
                   row, else hold                                               with the lines below it
=================  =============================  ============================  =======================================

A line below a title that is a row of its tables, and headings between rulers, are no command line, ruler or banner.
Held lines become headings if a table opens right below them and they have no digits, unparsed if they may be damaged
rows and a row of the section follows without a blank line between, and else foreign, at the latest when there are more
than `MAX_PENDING_LINES`. A title whose table has not begun by then is one of an empty table; if its lines look like
rows, it is an error.
"""

from collections.abc import Generator, Iterator
from typing import Literal

from netstat_parse.escapes.line_block import LineBlock
from netstat_parse.grammar import Section
from netstat_parse.grammar.protocol import Lookahead, ParsedRows
from netstat_parse.logs.line_kinds import LineKind, classify
from netstat_parse.named_fields import NamedFields
from netstat_parse.reading.dividers import is_table_line, pass_blank, pass_divider
from netstat_parse.reading.line_counts import LineCounts
from netstat_parse.reading.other_lines import enter_other, is_other, is_within_other, may_end_other, pass_other
from netstat_parse.reading.reader_state import ReaderState
from netstat_parse.reading.recognizer import BlockMatch, TableRecognizer, TextLine, other_layout
from netstat_parse.reading.sieve import NONE_KNOWN, KnownForeign
from netstat_parse.reading.skipped_text import MAX_HEADING_LINES, SkippedText
from netstat_parse.reading.snapshots import Snapshots
from netstat_parse.reading.table_openings import open_block, open_counters, open_headings, open_row
from netstat_parse.reading.text_lines import pass_text
from netstat_parse.records.rows import EncodedRows, Rows

MAX_REST_LINES = 12
"""Lines of an incomplete record that are read again with each line behind them."""

MAX_REST_FACTOR = 4
"""Ratio of the length of a longer incomplete record to that of the text behind it, for the record to be read again:
else the time for a record of many lines that come one by one would be quadratic."""


class OpenPlace(NamedFields):
    """The place in an open section at which the next block is read."""

    section: Section
    snapshot: int
    """The index of its snapshot."""
    rest: str
    """The last line, if it is read again with the block; else empty."""
    number: int
    """The number of the last line, if it is read again."""


class SectionReader:
    """Reads blocks of text into rows, and accounts for every line."""

    def __init__(self, recognizer: TableRecognizer, snapshots: Snapshots, counts: LineCounts) -> None:
        self.state = ReaderState(recognizer, snapshots, counts)
        self._rest = ""
        """Text that has not been read, because the answer depends on what follows."""
        self._behind = ""
        """Text behind the rest that is too short to read the rest again."""
        self._early: ParsedRows | None = None
        """Rows at the beginning of the text, which a worker has read."""
        self._foreign = NONE_KNOWN
        """Lines that a worker has found foreign."""
        self._may_go_on = True
        """False if the next line of the input is of another origin."""

    @property
    def open_place(self) -> OpenPlace | None:
        """The place in the open section; None if there is none, or if anything else depends on the next lines."""
        state, rest = self.state, self._rest
        if state.section is None or state.is_apart or state.account.pending_count or not state.section.rows:
            return None
        if self._behind or rest.count("\n") > 1:
            return None
        return OpenPlace(state.section, state.snapshots.index, rest, state.account.number)

    def read(
        self, block: LineBlock, early: ParsedRows | None = None, foreign: KnownForeign = NONE_KNOWN
    ) -> Iterator[Rows]:
        """Read the next block of text, which consists of whole lines.

        Args:
            block: the block.
            early: the rows at the beginning of the text that is read next, if they have been read.
            foreign: lines that are foreign if they are those of the input.
        """
        self._early, self._foreign = early, foreign
        self.state.account.receive(block)
        self._behind += block.text
        rest = self._rest
        if len(self._behind) * MAX_REST_FACTOR < len(rest) and rest.count("\n") > MAX_REST_LINES:
            return
        text, self._behind = rest + self._behind, ""
        self._rest = yield from self._read_text(text)
        yield from self.state.account.end_block()

    def interrupt(self) -> Iterator[Rows]:
        """Read a row that waits for its next line: the next line of the input is of another origin."""
        if self._rest and not self._behind and self._rest.count("\n") <= MAX_REST_LINES:
            self._may_go_on = False
            self._rest = yield from self._read_text(self._rest)
            self._may_go_on = True

    def end(self) -> Iterator[Rows]:
        """Read what is left, as no more text follows."""
        state = self.state
        yield from self._read_text(self._rest + self._behind, is_last=True)
        self._rest = self._behind = ""
        state.end_section()
        state.end_other()
        yield from [*state.ready, *state.account.end(), *state.snapshots.end()]

    def _read_text(self, text: str, *, is_last: bool = False) -> Generator[Rows, None, str]:
        """Read text as far as that is possible without more of it, and return the rest."""
        state = self.state
        at, waits = 0, False
        while at < len(text) and not waits:
            at, waits = self._step(text, at, is_last=is_last)
            yield from state.ready
            state.ready.clear()
            yield from state.account.diagnostics()
        return text[at:]

    def _step(self, text: str, at: int, *, is_last: bool) -> tuple[int, bool]:
        """Read rows, or else one line; return their end in the text, and whether more text is needed first."""
        state = self.state
        end = text.find("\n", at) + 1 or len(text)
        line: TextLine | None = None
        if state.section is None or state.account.pending_count:
            line = state.recognizer.examine(text[at:end])
            if self._may_skip(line):
                above, number = state.account.text_above, state.account.unchanged_number
                skipped = state.sieve.skip(text, at, above, is_last=is_last, number=number, foreign=self._foreign)
                if skipped:
                    self._skip(skipped, text, at)
                    return skipped.end, False
            block = self._find_block(line, text, at, is_last=is_last)
            if block is Lookahead.WAIT:
                return at, True
            if block:
                open_block(state, block)
        if section := state.section:
            section.is_last, section.is_apart, section.may_go_on = is_last, state.is_apart, self._may_go_on
            if rows := self._take_early(section) or section.layout.take(text, at, section):
                self._add_rows(section, rows, text[at : rows.end])
                return rows.end, rows.waits
        line = line or state.recognizer.examine(text[at:end])
        below = text[end : text.find("\n", end) + 1 or len(text)]
        if self._waits_for_row(line, below, is_last=is_last):
            return at, True
        if self._account_line(line, below):
            return at, False
        state.is_below_text &= line.kind in {LineKind.BLANK, LineKind.TEXT} and state.account.pending_count > 0
        state.account.line += 1
        return end, False

    def _take_early(self, section: Section) -> ParsedRows | None:
        rows, self._early = self._early, None
        if rows:
            section.rows += len(rows.lines)
        return rows

    def _find_block(
        self, line: TextLine, text: str, at: int, *, is_last: bool
    ) -> BlockMatch | Literal[Lookahead.WAIT] | None:
        """Find the block of counters that begins at this offset with this line, as `TableRecognizer.by_block` does."""
        state = self.state
        if line.kind is not LineKind.TEXT or not line.has_digit or line.titles:
            return None
        block = state.recognizer.by_block(text, at, state.account.text_above, state.title.matches, is_last=is_last)
        return None if block and is_other(state, line) else block

    def _waits_for_row(self, line: TextLine, below: str, *, is_last: bool) -> bool:
        """Return whether these are headings and the line below them, which decides whose they are, has not come yet."""
        state = self.state
        return not (below or is_last) and state.recognizer.by_headings(line, state.title.matches) is not None

    def _may_skip(self, line: TextLine) -> bool:
        """Return whether the line can only matter by itself: there is nothing above that it may belong to."""
        state = self.state
        if state.section or state.title or is_within_other(state) or state.frames.is_below_ruler or state.is_below_text:
            return False
        return line.kind is LineKind.TEXT and not line.titles

    def _skip(self, skipped: SkippedText, text: str, at: int) -> None:
        """Account for lines of foreign text from this offset on."""
        state = self.state
        if state.snapshots.is_near_command:
            for line in filter(str.strip, text[at : skipped.end].split("\n")):
                if classify(line) is LineKind.TEXT:
                    state.snapshots.pass_text(line)
        account, observe = state.account, state.snapshots.timestamps.observe
        state.settle("foreign", keep=MAX_HEADING_LINES - len(skipped.headings))
        for place, line in skipped.last:
            number = account.numbers.of(account.line + place)
            observe(account.originals.get(number, line), number)
        account.skip(skipped)
        state.is_apart = True

    def _add_rows(self, section: Section, rows: ParsedRows, text: str) -> None:
        """Hand on the rows that a section has read, and account for their lines."""
        state = self.state
        if not rows.height:
            return
        account, snapshots = state.account, state.snapshots
        state.end_other()
        account.settle("foreign" if state.is_apart else "unparsed")
        if rows.title:
            languages = tuple(section.words.language_counts)
            section.words = state.begin_table(section.words.system, rows.title, account.number, languages)
        if section.table.kind is not None and rows.lines:
            columns = rows.columns if rows.encoded else {"line": account.row_numbers(rows), **rows.columns}
            indexed = snapshots.index_rows(section.table.kind, len(rows.lines), columns)
            state.ready.append(EncodedRows(*indexed, rows.encoded) if rows.encoded else indexed)
        if section.notes or rows.unread:
            account.report_rows(section, rows, text.split("\n"))
        last = text[text.rfind("\n", 0, -1) + 1 :]
        state.is_apart = rows.blank > 0 and not last.strip()
        state.row = last if rows.lines else state.row
        state.frames.pass_rows()
        account.add_rows(rows, text)
        snapshots.extend_to(account.numbers.of(account.line - 1 - state.is_apart))
        snapshots.add_facts(section.snapshot)

    def _account_line(self, line: TextLine, below: str) -> bool:
        """Account for a line; return true if it is a row of a new section or layout instead: it must be read again.

        Args:
            line: the line.
            below: the line below it.
        """
        state = self.state
        recognizer, kind = state.recognizer, line.kind
        seen = state.snapshots.seen if state.frames.is_after_ruler else frozenset()
        if kind is LineKind.BLANK:
            pass_blank(state)
        elif line.titles:
            state.begin_title(line.titles, line.text)
        elif kind is not LineKind.TEXT and not is_table_line(state, line):
            pass_divider(state, line)
        elif pass_other(state, line, within=True) or self._pass_headings(line, below) or pass_other(state, line):
            pass
        elif titles := recognizer.by_translated_title(line):
            state.begin_title(titles, line.text)
        elif is_within_other(state) and not may_end_other(state, line):
            state.account.count_other()
        elif counters := recognizer.by_title_above(state.account.text_above, line.printed):
            open_counters(state, counters)
            return True
        elif state.section and (layout := other_layout(state.section, line.printed)):
            state.section.layout = layout
            return True
        elif row := recognizer.by_row(line.printed, state.title.matches, seen):
            open_row(state, row)
            return True
        else:
            pass_text(state, line.text)
        return False

    def _pass_headings(self, line: TextLine, below: str) -> bool:
        """Open the section of a table that begins with these headings; return false if the line is something else."""
        state = self.state
        headings = state.recognizer.by_headings(line, state.title.matches)
        if headings is None:
            return False
        is_ours = headings.table.kind != "connections" or not below.strip() or headings.layout.is_row(below)
        if not is_ours and (output := state.recognizer.by_other_system(below, (), None)):
            enter_other(state, line.text, output)  # NetBSD prints the same headings
            return True
        open_headings(state, headings, line.text)
        return True
