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
banner             foreign, is_apart              foreign, is_apart             foreign, is_apart
output of another  end the section and snapshot   withdraw the title            foreign
system
row of a table     other columns: change the      open its table                open
                   layout; other table: open it
block of counters  only below pending lines:      open                          open
                   open another
first counter      end the section, open another  open                          open
below its title
text               unparsed if it resembles a     hold                          hold
                   row, else hold
=================  =============================  ============================  =======================================

Held lines become headings if a table opens right below them and they have no digits, unparsed if a row of the section
follows without a blank line between, and else foreign, at the latest when there are more than `MAX_PENDING_LINES`.
"""

from collections.abc import Generator, Iterable, Iterator

from netstat_parse.grammar import Section
from netstat_parse.grammar.protocol import Lookahead, ParsedRows
from netstat_parse.logs.line_kinds import LineKind, find_netstat_command
from netstat_parse.reading.diagnostics import LineFault, diagnose_row
from netstat_parse.reading.frames import Frames
from netstat_parse.reading.line_account import MAX_HEADING_LINES, MAX_PENDING_LINES, LineAccount, Outcome
from netstat_parse.reading.other_outputs import OtherOutputs
from netstat_parse.reading.pending_title import PendingTitle
from netstat_parse.reading.prefix_stripper import StrippedBlock
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
from netstat_parse.reading.snapshots import Snapshots
from netstat_parse.reading.title_index import TitleMatch
from netstat_parse.records.rows import Rows
from netstat_parse.systems.vocabularies import Tags
from netstat_parse.systems.words import Words


class SectionReader:
    """Reads blocks of text into rows, and accounts for every line."""

    def __init__(self, recognizer: TableRecognizer, snapshots: Snapshots) -> None:
        self.recognizer = recognizer
        self.snapshots = snapshots
        self.account = LineAccount()
        self.title = PendingTitle()
        self.frames = Frames()
        self.others = OtherOutputs()
        self.section: Section | None = None
        self.is_apart = False
        """True if a blank line follows the last row."""
        self._heading_lines = 0
        """Number of lines of the last title and headings."""
        self._ready: list[Rows] = []

    def read(self, blocks: Iterable[StrippedBlock]) -> Iterator[Rows]:
        """Read text block by block; a block consists of whole lines."""
        rest = ""
        for block in blocks:
            self.account.receive(block)
            rest = yield from self._read_text(rest + block.text)
        yield from self._read_text(rest, is_last=True)
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
            if line.kind is LineKind.TEXT and line.has_digit and not line.titles:
                above, titles = self.account.text_above, self.title.matches
                block = self.recognizer.by_block(text, at, above, titles, is_last=is_last)
                if block is Lookahead.WAIT:
                    return at, True
                is_other = block and (self._is_within_other or self.recognizer.by_other_system(line, above, None))
                if block and not is_other:
                    self._open_block(block)
        if section := self.section:
            section.is_last, section.is_apart = is_last, self.is_apart
            if rows := section.layout.take(text, at, section):
                self._add_rows(section, rows, text[at : rows.end])
                return rows.end, rows.waits
        if self._account_line(line or self.recognizer.examine(text[at:end])):
            return at, False
        self.account.line += 1
        return end, False

    def _add_rows(self, section: Section, rows: ParsedRows, text: str) -> None:
        """Hand on the rows that a section has read, and account for their lines."""
        if not rows.height:
            return
        account, snapshots = self.account, self.snapshots
        self._end_other()
        account.settle("foreign" if self.is_apart else "unparsed")
        if rows.title:
            languages = tuple(section.words.language_counts)
            section.words = self._begin_table(section.words.system, rows.title, account.line, languages)
        if section.table.kind is not None:
            self._ready += snapshots.number(section.table.kind, rows, account.line)
        if section.notes or rows.unread:
            account.report_rows(section, rows, text.split("\n"))
        self.is_apart = rows.blank > 0 and not text[text.rfind("\n", 0, -1) + 1 :].strip()
        self.frames.pass_rows()
        account.add_rows(rows)
        snapshots.extend_to(account.line - 1 - self.is_apart)
        snapshots.add_facts(section.snapshot)

    def _account_line(self, line: TextLine) -> bool:
        """Account for a line; return true if it is a row of a new section or layout instead: it must be read again."""
        recognizer, kind = self.recognizer, line.kind
        seen = self.snapshots.seen if self.frames.is_after_ruler else frozenset()
        if kind is LineKind.BLANK:
            self._pass_blank()
        elif line.titles:
            self._begin_title(line.titles)
        elif kind is not LineKind.TEXT:
            self._pass_divider(line)
        elif self._pass_other(line, within=True) or self._pass_headings(line) or self._pass_other(line, within=False):
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
            line = account.first_open_line if self.frames.is_framed else account.line
            self._end_section()
            self.title.begin(matches, line)
        account.count("headings")

    def _pass_headings(self, line: TextLine) -> bool:
        """Open the section of a table that begins with these headings; return false if the line is something else."""
        headings = self.recognizer.by_headings(line, self.title.matches)
        if headings:
            self._open_headings(headings, line.text)
        return headings is not None

    def _open_headings(self, match: HeadingsMatch, header: str) -> None:
        """Open the section of a table that begins with headings."""
        self._settle("foreign")
        self._heading_lines = 2 if match.title else 1
        line, languages = self._end_title(match.title)
        self._open_section(match, match.table.name, line, (*match.languages, *languages), header=header)
        self.account.count("headings")
        self.snapshots.extend_to(self.account.line)

    def _open_row(self, match: RowMatch) -> None:
        """Open the section of a table whose first row is the current line."""
        is_printed = bool(self.title) or (self.frames.is_after_ruler and match.table.framed)
        line, languages = self._end_title(match.title)
        if match.table.framed:
            line = min(line, self.account.first_open_line)
            self.account.settle("headings")
        self._open_section(match, match.table.name, line, languages, is_printed=is_printed)

    def _open_block(self, match: BlockMatch) -> None:
        """Open the section of a block of counters, whose title and headings are the last pending lines."""
        line, _ = self._end_title(None)
        self.account.settle("foreign", keep=match.heading_lines)
        if match.heading_lines:
            line = min(line, self.account.first_open_line)
            self.account.settle("headings")
        self._open_section(match, match.table.name, line)

    def _open_counters(self, match: CountersMatch) -> None:
        """Open the section of a text of counters, whose title is the last pending line."""
        title = self.account.pop_title()
        self._end_section()
        self.account.count("headings")
        self.is_apart = False
        self._open_section(match, match.title, title.line, header=title.text)

    def _open_section(  # noqa: PLR0913 - the facts about a table
        self,
        match: TableMatch,
        name: str,
        line: int,
        languages: Tags = (),
        *,
        is_printed: bool = True,
        header: str = "",
    ) -> None:
        """Open the section of a table with this name and first line."""
        self.frames.enter(match.table)
        self.account.settle_unknown_headings()
        words = self._begin_table(match.system, name, line, languages, is_printed=is_printed)
        self.section = Section(match.table, match.layout, words, header=header)

    def _end_title(self, title: TitleMatch | None) -> tuple[int, Tags]:
        """End the pending title at a table; return the table's first line, and the languages of its title.

        Args:
            title: the pending title, if it introduces the table. If not, it is the title of an empty table.
        """
        if title:
            self.title.end()
            return self.title.line, title.languages
        if self.title:
            self._end_section()
        return self.account.line, ()

    def _pass_blank(self) -> None:
        self.account.count("blank")
        self.is_apart = True
        if self.frames.is_below_ruler:
            self._settle("foreign")
            self.frames.pass_blank()

    def _pass_divider(self, line: TextLine) -> None:
        """Account for a line that is never part of a table, except for rulers around and within it."""
        self.snapshots.timestamps.observe(self.account.original(line.text), self.account.line)
        kind = line.kind
        if kind is LineKind.FRAME and (self.frames.is_framed or self.section is None):
            self._pass_frame(line.text)
            return
        is_ruler, section = kind in {LineKind.RULER, LineKind.FRAME}, self.section
        is_below_headings = is_ruler and section is not None and section.header and not section.rows
        self.account.count("headings" if is_below_headings else "foreign")
        if kind is LineKind.COMMAND:
            self._end_section()
            self._end_other()
            self.snapshots.pass_command(find_netstat_command(line.text))
        elif kind is LineKind.BANNER:
            self.is_apart = True

    def _pass_frame(self, text: str) -> None:
        """Account for a ruler of Windows: it ends the table above it, and one line between two rulers is a title."""
        account = self.account
        if self.is_apart and not account.pending_count and self.title.line != account.line - 1:
            self._end_section()  # no table continues after a blank line and a ruler
            self.frames.leave()
        account.hold(text, is_frame=True)
        if self.frames.is_framed:
            account.settle("headings")
            self.section = None
            self.snapshots.extend_to(account.line)
        self.frames.pass_ruler()

    @property
    def _is_within_other(self) -> bool:
        """True right below the output of another system."""
        is_apart = self.is_apart or self.section is not None or bool(self.title)
        return not is_apart and self.others.is_near(self.account.line)

    def _pass_other(self, line: TextLine, *, within: bool) -> bool:
        """Account for a line of another system's netstat, which ends the snapshot; return false if it is none.

        Args:
            line: the line.
            within: accept only a line that is right below such an output, whose lines win over headings.
        """
        if within and not self._is_within_other:
            return False
        account, others = self.account, self.others
        output = self.recognizer.by_other_system(line, account.text_above, self.section, within=within)
        if output is None:
            return False
        self._withdraw_title()
        self._end_section()
        if not others.extend(output, account.line, within=within):
            self._end_other()
            self.snapshots.pass_command(None)
            others.begin(output, account.line, account.original(line.text))
        account.count("foreign")
        self.is_apart = False
        return True

    def _withdraw_title(self) -> None:
        """Count a title and headings without rows as foreign: they are those of the other output below them."""
        section, lines = self.section, 0
        if self.title:
            self.title.end()
            lines = 1
        elif section and section.header and not section.rows and not self.is_apart:
            self.snapshots.withdraw_table(section.table.name)
            lines = self._heading_lines
            self.section = None
        self.account.counts["headings"] -= lines
        self.account.counts["foreign"] += lines

    def _may_end_other(self, line: TextLine) -> bool:
        """Return whether a line below another output may belong to a table of ours."""
        self.is_apart = not line.text[0].isspace() and line.text.rstrip().endswith(":")  # as titles of counters do
        row = None if self.is_apart else self.recognizer.by_row(line.printed, self.title.matches)
        return self.is_apart or (row is not None and row.table.kind in {"connections", "unix_sockets"})

    def _end_other(self) -> None:
        """Report the current output of another system, if there is one."""
        if self.others.current and (ended := self.others.end()) and ended.command == "netstat":
            self.account.report(ended.first_line, ended.text, LineFault("other-system", ended.description))

    def _pass_text(self, text: str) -> None:
        """Account for a line that is neither divider, title, headings nor row."""
        from netstat_parse.logs.messages import parse_message  # which loads all vocabularies

        account = self.account
        self.snapshots.timestamps.observe(account.original(text), account.line)
        if (message := parse_message(text)) is not None:
            account.report_message(text, message)
        elif self.section and (fault := diagnose_row(self.section.table, text)):
            self._settle("unparsed")
            account.count("unparsed")
            account.report(account.line, text, fault)
        else:
            account.hold(text)
            if account.pending_count > MAX_PENDING_LINES:
                self._settle("foreign", keep=MAX_HEADING_LINES)
                self.section = None

    def _settle(self, outcome: Outcome, *, keep: int = 0) -> None:
        """Decide the outcome of the pending lines; foreign text below a ruler or headings may belong to the table."""
        account = self.account
        if outcome == "foreign" and self.frames.has_headings(account.pending_count):
            outcome = "headings"
            if account.pending_count and not account.begins_with_frame:  # a frame begins a snapshot
                self.snapshots.extend_to(account.line - 1)
        elif outcome == "foreign" and self.section and self.section.header and not self.section.rows:
            outcome = "unparsed"
        account.settle(outcome, keep=keep)

    def _end_section(self) -> None:
        """End the section. A title without rows is an empty table: it belongs to a snapshot, too."""
        self._settle("foreign")
        self.section = None
        if self.others.current:
            self._withdraw_title()
        if self.title:
            title, table = self.title.first_new(self.snapshots.seen)
            self.title.end()
            self._begin_table(title.system, table, self.title.line, title.languages)

    def _begin_table(
        self, system: str, name: str, line: int, languages: Tags = (), *, is_printed: bool = True
    ) -> Words:
        """Note that a table begins, which may end a snapshot; return the words of its snapshot."""
        original = self.account.originals.get(line, "")
        ended, words = self.snapshots.begin_table(
            system, name, line, languages, is_printed=is_printed, original=original
        )
        self._ready += ended
        return words
