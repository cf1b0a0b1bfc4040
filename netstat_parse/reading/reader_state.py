"""The state of the reader: the section, the pending title and the pending lines, and what ends or begins them."""

from collections.abc import Sequence

from netstat_parse.grammar import Section
from netstat_parse.grammar.protocol import Grammar
from netstat_parse.precompiled import compile_pattern
from netstat_parse.reading.anchors import AnchorFinder
from netstat_parse.reading.diagnostics import LineFault, diagnose_row
from netstat_parse.reading.frames import Frames
from netstat_parse.reading.line_account import LineAccount
from netstat_parse.reading.line_counts import LineCounts, Outcome
from netstat_parse.reading.listener_scope import find_by_title
from netstat_parse.reading.other_outputs import OtherOutputs
from netstat_parse.reading.pending_title import PendingTitle
from netstat_parse.reading.recognizer import TableMatch, TableRecognizer
from netstat_parse.reading.resemblance import has_addresses, is_nearly
from netstat_parse.reading.sieve import Sieve
from netstat_parse.reading.snapshots import Snapshots
from netstat_parse.reading.title_index import TitleMatch
from netstat_parse.records.rows import Rows
from netstat_parse.systems.vocabularies import Tags
from netstat_parse.systems.words import Words

_DIGIT = compile_pattern(r"\d")


class ReaderState:
    """State of the reader: the open section, the pending lines, and the facts of the lines above."""

    def __init__(self, recognizer: TableRecognizer, snapshots: Snapshots, counts: LineCounts) -> None:
        self.recognizer = recognizer
        self.sieve = Sieve(recognizer)
        self.anchors = AnchorFinder(recognizer.index)
        self.snapshots = snapshots
        self.account = LineAccount(counts)
        self.title = PendingTitle()
        self.frames = Frames()
        self.others = OtherOutputs()
        self.section: Section | None = None
        self.is_apart = False
        """True if a blank line follows the last row."""
        self.row = ""
        """The last row of the section as printed."""
        self.damaged_line = 0
        """The last line that was a damaged row."""
        self.is_below_text = False
        """True if the line above is text that may be a title or headings: then this line decides."""
        self.ready = list[Rows]()
        """Rows that can be handed on."""

    def settle(self, outcome: Outcome, *, keep: int = 0) -> None:
        """Decide the outcome of the pending lines; foreign text below a ruler or headings may belong to the table."""
        account = self.account
        if outcome == "foreign" and self.frames.has_headings(account.pending_count):
            outcome = "headings"
            if account.pending_count and not account.begins_with_frame:  # a frame begins a snapshot
                self.snapshots.extend_to(account.numbers.of(account.line - 1))
        elif outcome == "foreign" and self.section and self.section.header and not self.section.rows:
            outcome = "unparsed"
        account.settle(outcome, keep=keep)

    def end_section(self) -> None:
        """End the section. A title without rows is an empty table: it belongs to a snapshot, too."""
        self.report_unread_table()
        self.settle("foreign")
        self.section = None
        self.end_empty_title()

    def report_unread_table(self) -> None:
        """Report that nothing below the pending title could be read, unless its table may be empty."""
        below = self.account.first_pending
        if not self.title or not below or below.line != self.title.line + 1:
            return
        if below.text[:1].isspace() and not _DIGIT.search(below.text):
            return  # Windows prints "  None" below the title of an empty table
        tables = self.title.matches[0].tables
        texts = self.account.pending_texts
        if any(has_addresses(text) or any(_is_damaged(text, table) for table in tables) for text in texts):
            message = f"no row of the table of {tables[0].name} could be read"
            self.account.report(below.line, below.text, LineFault("unread-table", message))

    def end_empty_title(self) -> None:
        """End the pending title, if there is one, as that of an empty table."""
        if self.others.current:
            self.title.end()  # it is the title of that output
        if self.title:
            title, table = self.title.first_new(self.snapshots.seen)
            self.title.end()
            self.begin_table(title.system, table, self.title.number, title.languages)

    def begin_table(
        self, system: str, name: str, number: int, languages: Tags = (), *, is_printed: bool = True
    ) -> Words:
        """Note that a table begins, which may end a snapshot; return the words of its snapshot."""
        kept = self.title.original if number == self.title.number else ""
        original = self.account.originals.get(number, kept)
        ended, words = self.snapshots.begin_table(
            system, name, number, languages, is_printed=is_printed, original=original
        )
        self.ready += ended
        return words

    def end_title(self, title: TitleMatch | None) -> tuple[int, Tags]:
        """End the pending title at a table; return the number of the table's first line, and the title's languages.

        Args:
            title: the pending title, if it introduces the table. If not, it is the title of an empty table.
        """
        if title:
            self.title.end()
            return self.title.number, title.languages
        if self.title:
            self.end_section()
        return self.account.number, ()

    def open_section(  # noqa: PLR0913 - the facts about a table
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
        words = self.begin_table(match.system, name, number, languages, is_printed=is_printed)
        self.section = Section(match.table, match.layout, words, header=header)
        self.row = ""

    def begin_title(self, matches: Sequence[TitleMatch], text: str) -> None:
        """Wait for the table below the title with this text; a second title may narrow the choice."""
        account = self.account
        if not self.title.narrow(matches):
            self.frames.pass_title(matches)
            if self.frames.is_framed:
                account.settle_text_above_frame()
            line = account.first_open_line if self.frames.is_framed else account.line
            number = account.numbers.of(line)
            self.end_section()
            self.title.begin(matches, line, number, account.originals.get(number, ""))
            self.snapshots.pass_title(number, find_by_title(matches[0].system, text))
        account.count("headings")

    def end_other(self) -> None:
        """Report the current output of another system, if there is one."""
        if self.others.current and (ended := self.others.end()) and ended.command == "netstat":
            fault = LineFault("other-system", ended.description)
            self.account.report_earlier(ended.first_line, ended.text, fault)


def _is_damaged(text: str, table: Grammar) -> bool:
    return diagnose_row(table, text) is not None or is_nearly(text, table.typical_row)
