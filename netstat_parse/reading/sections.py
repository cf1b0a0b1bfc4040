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
from netstat_parse.logs.line_kinds import LineKind, classify, find_command_line
from netstat_parse.reading.diagnostics import UNPARSED, LineFault, diagnose_row
from netstat_parse.reading.frames import Frames
from netstat_parse.reading.line_account import MAX_PENDING_LINES, LineAccount
from netstat_parse.reading.line_counts import Outcome
from netstat_parse.reading.other_outputs import OtherOutputs
from netstat_parse.reading.pending_title import PendingTitle
from netstat_parse.reading.recognizer import (
    BlockMatch,
    CountersMatch,
    HeadingsMatch,
    RowMatch,
    TableMatch,
    TableRecognizer,
    TextLine,
    other_layout,
)
from netstat_parse.reading.resemblance import is_nearly, may_be_rows, resembles
from netstat_parse.reading.sieve import MAX_HEADING_LINES, Sieve, SkippedText
from netstat_parse.reading.snapshots import Snapshots
from netstat_parse.reading.title_index import TitleMatch
from netstat_parse.records.rows import Rows
from netstat_parse.systems.others import OtherOutput
from netstat_parse.systems.vocabularies import Tags
from netstat_parse.systems.words import Words

MIN_BANNER_HEADINGS = 4
"""Number of words of a line that may be headings between rulers: ``### Proto Recv-Q ... ###``."""


class SectionReader:
    """Reads blocks of text into rows, and accounts for every line."""

    def __init__(self, recognizer: TableRecognizer, snapshots: Snapshots) -> None:
        self.recognizer = recognizer
        self.sieve = Sieve(recognizer)
        self.snapshots = snapshots
        self.account = LineAccount()
        self.title = PendingTitle()
        self.frames = Frames()
        self.others = OtherOutputs()
        self.section: Section | None = None
        self.is_apart = False
        """True if a blank line follows the last row."""
        self._row = ""
        """The last row of the section as printed."""
        self._damaged_line = 0
        """The last line that was a damaged row."""
        self._is_below_text = False
        """True if the line above is text that may be a title or headings: then this line decides."""
        self._rest = ""
        """Text that has not been read, because the answer depends on what follows."""
        self._ready: list[Rows] = []

    def read(self, block: LineBlock) -> Iterator[Rows]:
        """Read the next block of text, which consists of whole lines."""
        self.account.receive(block)
        self._rest = yield from self._read_text(self._rest + block.text)

    def end(self) -> Iterator[Rows]:
        """Read what is left, as no more text follows."""
        yield from self._read_text(self._rest, is_last=True)
        self._rest = ""
        self._end_section()
        self._end_other()
        yield from [*self._ready, *self.account.diagnostics(), *self.snapshots.end()]

    def _read_text(self, text: str, *, is_last: bool = False) -> Generator[Rows, None, str]:
        """Read text as far as that is possible without more of it, and return the rest."""
        at, waits = 0, False
        while at < len(text) and not waits:
            at, waits = self._step(text, at, is_last=is_last)
            yield from self._ready
            self._ready.clear()
            yield from self.account.diagnostics()
        return text[at:]

    def _step(self, text: str, at: int, *, is_last: bool) -> tuple[int, bool]:
        """Read rows, or else one line; return their end in the text, and whether more text is needed first."""
        end = text.find("\n", at) + 1 or len(text)
        line: TextLine | None = None
        if self.section is None or self.account.pending_count:
            line = self.recognizer.examine(text[at:end])
            if self._may_skip(line):
                skipped = self.sieve.skip(text, at, self.account.text_above, is_last=is_last)
                if skipped:
                    self._skip(skipped)
                    return skipped.end, False
            block = self._find_block(line, text, at, is_last=is_last)
            if block is Lookahead.WAIT:
                return at, True
            if block:
                self._open_block(block)
        if section := self.section:
            section.is_last, section.is_apart = is_last, self.is_apart
            if rows := section.layout.take(text, at, section):
                self._add_rows(section, rows, text[at : rows.end])
                return rows.end, rows.waits
        line = line or self.recognizer.examine(text[at:end])
        below = text[end : text.find("\n", end) + 1 or len(text)]
        if self._waits_for_row(line, below, is_last=is_last):
            return at, True
        if self._account_line(line, below):
            return at, False
        self._is_below_text &= line.kind in {LineKind.BLANK, LineKind.TEXT} and self.account.pending_count > 0
        self.account.line += 1
        return end, False

    def _find_block(
        self, line: TextLine, text: str, at: int, *, is_last: bool
    ) -> BlockMatch | Literal[Lookahead.WAIT] | None:
        """Find the block of counters that begins at this offset with this line, as `TableRecognizer.by_block` does."""
        if line.kind is not LineKind.TEXT or not line.has_digit or line.titles:
            return None
        block = self.recognizer.by_block(text, at, self.account.text_above, self.title.matches, is_last=is_last)
        return None if block and self._is_other(line) else block

    def _waits_for_row(self, line: TextLine, below: str, *, is_last: bool) -> bool:
        """Return whether these are headings and the line below them, which decides whose they are, has not come yet."""
        return not (below or is_last) and self.recognizer.by_headings(line, self.title.matches) is not None

    def _may_skip(self, line: TextLine) -> bool:
        """Return whether the line can only matter by itself: there is nothing above that it may belong to."""
        if self.section or self.title or self._is_within_other or self.frames.is_below_ruler or self._is_below_text:
            return False
        return line.kind is LineKind.TEXT and not line.titles

    def _skip(self, skipped: SkippedText) -> None:
        """Account for lines of foreign text."""
        account, observe = self.account, self.snapshots.timestamps.observe
        texts = [(at, text) for at, text in skipped.last if classify(text) is LineKind.TEXT]
        for _, text in texts:
            self.snapshots.pass_text(text)
        kept = texts[-MAX_HEADING_LINES:]
        self._settle("foreign", keep=MAX_HEADING_LINES - len(kept))
        for at, text in skipped.last:
            number = account.numbers.of(account.line + at)
            observe(account.originals.get(number, text), number)
        account.skip(skipped, kept)
        self.is_apart = True

    def _add_rows(self, section: Section, rows: ParsedRows, text: str) -> None:
        """Hand on the rows that a section has read, and account for their lines."""
        if not rows.height:
            return
        account, snapshots = self.account, self.snapshots
        self._end_other()
        account.settle("foreign" if self.is_apart else "unparsed")
        if rows.title:
            languages = tuple(section.words.language_counts)
            section.words = self._begin_table(section.words.system, rows.title, account.number, languages)
        if section.table.kind is not None and rows.lines:
            self._ready.append(snapshots.index_rows(section.table.kind, account.row_numbers(rows), rows.columns))
        if section.notes or rows.unread:
            account.report_rows(section, rows, text.split("\n"))
        last = text[text.rfind("\n", 0, -1) + 1 :]
        self.is_apart = rows.blank > 0 and not last.strip()
        self._row = last if rows.lines else self._row
        self.frames.pass_rows()
        account.add_rows(rows, text)
        snapshots.extend_to(account.numbers.of(account.line - 1 - self.is_apart))
        snapshots.add_facts(section.snapshot)

    def _account_line(self, line: TextLine, below: str) -> bool:
        """Account for a line; return true if it is a row of a new section or layout instead: it must be read again.

        Args:
            line: the line.
            below: the line below it.
        """
        recognizer, kind = self.recognizer, line.kind
        seen = self.snapshots.seen if self.frames.is_after_ruler else frozenset()
        if kind is LineKind.BLANK:
            self._pass_blank()
        elif line.titles:
            self._begin_title(line.titles)
        elif kind is not LineKind.TEXT and not self._is_table_line(line):
            self._pass_divider(line)
        elif self._pass_other(line, within=True) or self._pass_headings(line, below) or self._pass_other(line):
            pass
        elif titles := recognizer.by_translated_title(line):
            self._begin_title(titles)
        elif self._is_within_other and not self._may_end_other(line):
            self.account.count("foreign")
        elif counters := recognizer.by_title_above(self.account.text_above, line.printed):
            self._open_counters(counters)
            return True
        elif self.section and (layout := other_layout(self.section, line.printed)):
            self.section.layout = layout
            return True
        elif row := recognizer.by_row(line.printed, self.title.matches, seen):
            self._open_row(row)
            return True
        else:
            self._pass_text(line.text)
        return False

    def _begin_title(self, matches: list[TitleMatch]) -> None:
        """Wait for the table below a title; a second title may narrow the choice."""
        account = self.account
        if not self.title.narrow(matches):
            self.frames.pass_title(matches)
            if self.frames.is_framed:
                account.settle_text_above_frame()
            line = account.first_open_line if self.frames.is_framed else account.line
            number = account.numbers.of(line)
            self._end_section()
            self.title.begin(matches, line, number)
            self.snapshots.pass_title(number)
        account.count("headings")

    def _pass_headings(self, line: TextLine, below: str) -> bool:
        """Open the section of a table that begins with these headings; return false if the line is something else."""
        headings = self.recognizer.by_headings(line, self.title.matches)
        if headings is None:
            return False
        is_ours = headings.table.kind != "connections" or not below.strip() or headings.layout.is_row(below)
        if not is_ours and (output := self.recognizer.by_other_system(below, (), None)):
            self._enter_other(line.text, output)  # NetBSD prints the same headings
            return True
        self._open_headings(headings, line.text)
        return True

    def _open_headings(self, match: HeadingsMatch, header: str) -> None:
        """Open the section of a table that begins with headings."""
        self._settle("foreign")
        number, languages = self._end_title(match.title)
        self._open_section(match, match.table.name, number, (*match.languages, *languages), header=header)
        self.account.count("headings")
        self.snapshots.extend_to(self.account.number)

    def _open_row(self, match: RowMatch) -> None:
        """Open the section of a table whose first row is the current line."""
        is_printed = bool(self.title) or (self.frames.is_after_ruler and match.table.framed)
        number, languages = self._end_title(match.title)
        if match.table.framed:
            number = min(number, self.account.first_open_number)
            self.account.settle("headings")
        self._open_section(match, match.table.name, number, languages, is_printed=is_printed)

    def _open_block(self, match: BlockMatch) -> None:
        """Open the section of a block of counters, whose title and headings are the last pending lines."""
        number, _ = self._end_title(None)
        self.account.settle("foreign", keep=match.heading_lines)
        if match.heading_lines:
            number = min(number, self.account.first_open_number)
            self.account.settle("headings")
        self._open_section(match, match.table.name, number)

    def _open_counters(self, match: CountersMatch) -> None:
        """Open the section of a text of counters, whose title is the last pending line."""
        title = self.account.pop_title()
        self._end_section()
        self.account.count("headings")
        self.is_apart = False
        self._open_section(match, match.title, self.account.numbers.of(title.line), header=title.text)

    def _open_section(  # noqa: PLR0913 - the facts about a table
        self,
        match: TableMatch,
        name: str,
        number: int,
        languages: Tags = (),
        *,
        is_printed: bool = True,
        header: str = "",
    ) -> None:
        """Open the section of a table with this name and number of its first line."""
        self.frames.enter(match.table)
        self.account.settle_unknown_headings()
        words = self._begin_table(match.system, name, number, languages, is_printed=is_printed)
        self.section = Section(match.table, match.layout, words, header=header)
        self._row = ""

    def _end_title(self, title: TitleMatch | None) -> tuple[int, Tags]:
        """End the pending title at a table; return the number of the table's first line, and the title's languages.

        Args:
            title: the pending title, if it introduces the table. If not, it is the title of an empty table.
        """
        if title:
            self.title.end()
            return self.title.number, title.languages
        if self.title:
            self._end_section()
        return self.account.number, ()

    def _pass_blank(self) -> None:
        self.account.count("blank")
        self.is_apart = True
        if self.frames.is_below_ruler:
            self._settle("foreign")
            self.frames.pass_blank()

    def _is_table_line(self, line: TextLine) -> bool:
        """Return whether a line that looks like a divider is a row or headings, which win."""
        if self.title and line.has_digit and line.kind is not LineKind.FRAME:
            return self.recognizer.by_row(line.printed, self.title.matches) is not None
        may_be_headings = line.kind is LineKind.BANNER and len(line.text.split()) >= MIN_BANNER_HEADINGS
        return may_be_headings and self.recognizer.by_headings(line, self.title.matches) is not None

    def _pass_divider(self, line: TextLine) -> None:
        """Account for a line that is never part of a table, except for rulers around and within it."""
        self.snapshots.timestamps.observe(self.account.original(line.text), self.account.number)
        kind = line.kind
        if kind is LineKind.FRAME and (self.frames.is_framed or self.section is None):
            self._pass_frame(line.text)
            return
        if kind is LineKind.COMMAND:
            self._pass_command(line.text)
            return
        is_ruler, section = kind in {LineKind.RULER, LineKind.FRAME}, self.section
        is_below_headings = is_ruler and section is not None and section.header and not section.rows
        self.account.count("headings" if is_below_headings else "foreign")
        if kind is LineKind.BANNER:
            self.is_apart = True

    def _pass_command(self, text: str) -> None:
        """Account for a command line; a title whose line break was lost may follow it."""
        self._end_section()
        self._end_other()
        command, behind = find_command_line(text) or (None, "")
        self.snapshots.pass_command(command)
        line = self.recognizer.examine(behind)
        if behind and (titles := line.titles or self.recognizer.by_translated_title(line)):
            self._begin_title(titles)
        else:
            self.account.count("foreign")

    def _pass_frame(self, text: str) -> None:
        """Account for a ruler of Windows: it ends the table above it, and one line between two rulers is a title."""
        account = self.account
        if self.is_apart and not account.pending_count and self.title.line != account.line - 1:
            self._end_section()  # no table continues after a blank line and a ruler
            self.frames.leave()
        if self.section is None and not self.frames.is_framed:
            account.settle_text_above_frame()
        account.hold(text, is_frame=True)
        if self.frames.is_framed:
            account.settle("headings")
            self.section = None
            self.snapshots.extend_to(account.number)
        self.frames.pass_ruler()

    @property
    def _is_within_other(self) -> bool:
        """True right below the output of another system."""
        if self.others.current is None or self.is_apart or self.section or self.title:
            return False
        return self.others.is_near(self.account.number)

    def _pass_other(self, line: TextLine, *, within: bool = False) -> bool:
        """Account for a line of another system's netstat; return false if it is none.

        Args:
            line: the line.
            within: accept only a line that is right below such an output, whose lines win over headings.
        """
        if within and not self._is_within_other:
            return False
        output = self.recognizer.by_other_system(line.printed, self.account.text_above, self.section, within=within)
        if output is None:
            return False
        self._enter_other(line.text, output, within=within)
        return True

    def _is_other(self, line: TextLine) -> bool:
        """Return whether another system's netstat printed the line."""
        above = self.account.text_above
        return self._is_within_other or self.recognizer.by_other_system(line.printed, above, None) is not None

    def _enter_other(self, text: str, output: OtherOutput, *, within: bool = False) -> None:
        """Account for the current line, which another system's netstat printed: it ends the snapshot."""
        account = self.account
        self.title.end()  # it is the title of that output
        self._end_section()
        if not self.others.extend(output, account.number, within=within):
            self._end_other()
            self.snapshots.pass_command(None)
            self.others.begin(output, account.line, account.number, account.original(text))
        account.count("foreign")
        self.is_apart = False

    def _may_end_other(self, line: TextLine) -> bool:
        """Return whether a line below another output may belong to a table of ours."""
        self.is_apart = not line.text[0].isspace() and line.text.rstrip().endswith(":")  # as titles of counters do
        row = None if self.is_apart else self.recognizer.by_row(line.printed, self.title.matches)
        return self.is_apart or (row is not None and row.table.kind in {"connections", "unix_sockets"})

    def _end_other(self) -> None:
        """Report the current output of another system, if there is one."""
        if self.others.current and (ended := self.others.end()) and ended.command == "netstat":
            self.account.report(ended.begin, ended.text, LineFault("other-system", ended.description))

    def _pass_text(self, text: str) -> None:
        """Account for a line that is neither divider, title, headings nor row."""
        from netstat_parse.logs.messages import parse_message  # which loads all vocabularies

        account = self.account
        self.snapshots.timestamps.observe(account.original(text), account.number)
        if (message := parse_message(text)) is not None:
            account.report_message(text, message)
        elif self.section and (fault := self._find_fault(self.section, text)):
            self._settle("unparsed")
            account.count("unparsed")
            account.report(account.line, text, fault)
            self._damaged_line = account.line
        else:
            self.snapshots.pass_text(text)
            self._is_below_text = not self._is_below_text or self.sieve.may_be_netstat(text)
            account.hold(text, fault=self._find_possible_fault(self.section, text) if self.section else None)
            if account.pending_count > MAX_PENDING_LINES:
                self._report_unread_title()
                self._settle("foreign", keep=MAX_HEADING_LINES)
                self.section = None
                self._end_empty_title()
                self.frames.pass_blank()  # nothing more belongs to a ruler above

    def _find_fault(self, section: Section, text: str) -> LineFault | None:
        """Find the fault of a line that resembles a row of the section so much that it can be nothing else."""
        return diagnose_row(section.table, text) or (UNPARSED if is_nearly(text, self._row) else None)

    def _find_possible_fault(self, section: Section, text: str) -> LineFault | None:
        """Find the fault of a line that is a damaged row if a row follows right below it."""
        if (fault := diagnose_row(section.table, text, 1)) is not None:
            return fault
        is_rest = self._damaged_line == self.account.line - 1
        return UNPARSED if self._row and (is_rest or resembles(text, self._row)) else None

    def _settle(self, outcome: Outcome, *, keep: int = 0) -> None:
        """Decide the outcome of the pending lines; foreign text below a ruler or headings may belong to the table."""
        account = self.account
        if outcome == "foreign" and self.frames.has_headings(account.pending_count):
            outcome = "headings"
            if account.pending_count and not account.begins_with_frame:  # a frame begins a snapshot
                self.snapshots.extend_to(account.numbers.of(account.line - 1))
        elif outcome == "foreign" and self.section and self.section.header and not self.section.rows:
            outcome = "unparsed"
        account.settle(outcome, keep=keep)

    def _end_section(self) -> None:
        """End the section. A title without rows is an empty table: it belongs to a snapshot, too."""
        self._report_unread_title()
        self._settle("foreign")
        self.section = None
        self._end_empty_title()

    def _report_unread_title(self) -> None:
        """Report that nothing below the pending title could be read, unless its table may be empty."""
        below = self.account.first_pending
        if self.title and below and below.line == self.title.line + 1 and may_be_rows(self.account.pending_texts):
            name = self.title.matches[0].tables[0].name
            self.account.report(*below[:2], LineFault("unread-table", f"no row of the table of {name} could be read"))

    def _end_empty_title(self) -> None:
        if self.others.current:
            self.title.end()  # it is the title of that output
        if self.title:
            title, table = self.title.first_new(self.snapshots.seen)
            self.title.end()
            self._begin_table(title.system, table, self.title.number, title.languages)

    def _begin_table(
        self, system: str, name: str, number: int, languages: Tags = (), *, is_printed: bool = True
    ) -> Words:
        """Note that a table begins, which may end a snapshot; return the words of its snapshot."""
        original = self.account.originals.get(number, "")
        ended, words = self.snapshots.begin_table(
            system, name, number, languages, is_printed=is_printed, original=original
        )
        self._ready += ended
        return words
