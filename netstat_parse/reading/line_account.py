"""The account of an input: every line is a record, a heading, blank, foreign or unparsed."""

from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import cast

from netstat_parse.escapes.line_block import LineBlock
from netstat_parse.grammar import Section
from netstat_parse.grammar.protocol import Grammar, ParsedRows
from netstat_parse.logs.messages import find_code
from netstat_parse.named_fields import NamedFields
from netstat_parse.precompiled import compile_pattern
from netstat_parse.reading.diagnostics import LINE_CUT, UNDECODABLE, UNPARSED, DiagnosticQueue, LineFault, diagnose_row
from netstat_parse.reading.line_counts import LineCounts, Outcome
from netstat_parse.reading.line_numbers import LineNumbers
from netstat_parse.reading.possible_rows import PossibleRow, PossibleRows
from netstat_parse.reading.skipped_text import MAX_HEADING_LINES, SkippedText
from netstat_parse.records.rows import Rows

MAX_PENDING_LINES = 6
"""Lines between two rows of one table that may be damaged rows of it."""

_DIGIT = compile_pattern(r"\d")


class PendingLine(NamedFields):
    """A line of text whose outcome depends on what follows."""

    line: int
    text: str
    is_frame: bool = False
    """True for a ruler that Windows prints between tables."""
    fault: LineFault | None = None
    """The fault, if the line is a damaged row between two rows of a table; None for other text."""


class LineAccount:
    """Counts the lines of an input by their outcome, and keeps their diagnostics and original texts."""

    def __init__(self, counts: LineCounts) -> None:
        """Begin the account of the lines of one reader, which are counted with those of the others."""
        self.line = 1
        """The line that is being read, counted over the lines that the reader gets."""
        self.numbers = LineNumbers()
        self.counts = counts
        self._pending: list[PendingLine] = []
        """The last lines of text, whose outcome is not decided yet."""
        self.originals: dict[int, str] = {}
        """Lines of the input as they were, by number, where anything was stripped or undone."""
        self.first_message: str | None = None
        """The first message of netstat itself, in English."""
        self._diagnostics = DiagnosticQueue()
        self._possible = PossibleRows()

    @property
    def number(self) -> int:
        """The number in the input of the line that is being read."""
        return self.numbers.of(self.line)

    @property
    def unchanged_number(self) -> int | None:
        """The number of the line that is being read; None unless all lines from it on are those of the input."""
        return self.number if self.numbers.is_continuous and not self.originals else None

    @property
    def pending_count(self) -> int:
        """The number of lines whose outcome is not decided yet."""
        return len(self._pending)

    @property
    def first_open_line(self) -> int:
        """The first line whose outcome is not decided yet: the current one if no line is pending."""
        return self._pending[0].line if self._pending else self.line

    @property
    def first_open_number(self) -> int:
        """The number in the input of the first line whose outcome is not decided yet."""
        return self.numbers.of(self.first_open_line)

    @property
    def begins_with_frame(self) -> bool:
        """True if the first pending line is a ruler that Windows prints between tables."""
        return bool(self._pending) and self._pending[0].is_frame

    @property
    def first_pending(self) -> PendingLine | None:
        """The first line whose outcome is not decided yet; None if there is none."""
        return self._pending[0] if self._pending else None

    @property
    def pending_texts(self) -> list[str]:
        """The lines whose outcome is not decided yet."""
        return [pending.text for pending in self._pending]

    @property
    def text_above(self) -> list[str]:
        """The pending lines that may be title and headings of a table that begins in the current line."""
        return [pending.text for pending in self._pending[-MAX_HEADING_LINES:]]

    def receive(self, block: LineBlock) -> None:
        """Keep what is known of the lines of a block, and report what decoding could not keep of them."""
        first_open = min([self.first_open_number, *block.numbers[:1]])  # a line may go on in the next block
        self.numbers.forget_before(self.first_open_line)
        for number in [number for number in self.originals if number < first_open]:
            del self.originals[number]
        self.originals |= block.originals
        self.counts.share(block.shared)
        possible = {at: block.numbers[at] for at in block.possible_rows}
        texts = self._find_texts(block, {*block.undecodable, *block.cut, *possible.values()})
        for fault, numbers in ((UNDECODABLE, block.undecodable), (LINE_CUT, block.cut)):
            for number in numbers:
                self._diagnostics.add(number, texts[number], fault)
        for at, number in possible.items():
            row = PossibleRow(number, texts[number], block.possible_rows[at])
            self._possible.add(self.numbers.end + at, row)
        self.numbers.add(block.numbers)

    def _find_texts(self, block: LineBlock, numbers: set[int]) -> dict[int, str]:
        """Return the lines of a block with these numbers as they were in the input, in one pass over the block."""
        if not numbers:
            return {}
        texts: dict[int, str] = {}
        for number, line in zip(block.numbers, block.text.split("\n"), strict=False):
            if number in numbers and number not in texts:
                texts[number] = self.originals.get(number) or line
        return texts

    def original(self, text: str) -> str:
        """Return the current line, which is this text, as it was in the input."""
        return self.originals.get(self.number, text) if self.originals else text

    def report(self, line: int, text: str, fault: LineFault) -> None:
        """Report the fault of a line, with its original text and the column in that."""
        number = self.numbers.of(line)
        original = self.originals.get(number, text)
        if fault.column is not None and original is not text:
            at = original.find(text)
            fault = fault._replace(column=None if at < 0 else fault.column + at)
        self._diagnostics.add(number, original, fault)

    def report_earlier(self, number: int, original: str, fault: LineFault) -> None:
        """Report the fault of a line by its number in the input: lines above the open ones are forgotten."""
        self._diagnostics.add(number, original, fault)

    def report_message(self, text: str, message: str) -> None:
        """Count the current line as foreign, and report the message of netstat that it is."""
        self.count("foreign")
        self.first_message = self.first_message or message
        self.report(self.line, text, LineFault(find_code(message), f"netstat says: {message}"))

    def report_rows(self, section: Section, rows: ParsedRows, texts: Sequence[str]) -> None:
        """Report the diagnostics of rows that begin in the current line, and of unread lines among them."""
        found = [(rows.lines[row], LineFault(code, message)) for row, code, message in sorted(section.notes)]
        found += [(line, diagnose_row(section.table, texts[line]) or UNPARSED) for line in rows.unread]
        section.notes.clear()
        for line, fault in sorted(found, key=itemgetter(0)):
            self.report(self.line + line, texts[line], fault)

    def diagnostics(self) -> Iterator[Rows]:
        """Return the diagnostics before the first open line: no later diagnostic can belong before them."""
        return self._diagnostics.release(min(self.first_open_number, self._possible.first or self.first_open_number))

    def end_block(self) -> Iterator[Rows]:
        """Return the diagnostics of lines whose outcome is decided, behind the last line of a block."""
        for found in self._possible.forget_before(self.first_open_line, self.first_open_number):
            self._diagnostics.add(*found)
        return self.diagnostics()

    def end(self) -> Iterator[Rows]:
        """Return the diagnostics that are left, as no more lines follow."""
        for found in self._possible.end():
            self._diagnostics.add(*found)
        return self.diagnostics()

    def row_numbers(self, rows: ParsedRows) -> list[int]:
        """Return the number in the input of the first line of each row; the first of them is in the current line."""
        first, lines = self.number, rows.lines
        if self.numbers.is_continuous:
            if isinstance(lines, range):
                return cast("list[int]", range(first + lines.start, first + lines.stop))  # see `Columns`
            return list(map(first.__add__, lines))
        return [self.numbers.of(self.line + line) for line in lines]

    def add_rows(self, rows: ParsedRows, text: str) -> None:
        """Count the lines of rows that begin in the current line, and move on behind them."""
        if self.counts.has_shared:
            self._add_numbered_rows(rows, text)
        else:
            counts = self.counts
            counts.add("records", rows.height - rows.headings - rows.blank - len(rows.unread))
            counts.add("headings", rows.headings)
            counts.add("blank", rows.blank)
            counts.add("unparsed", len(rows.unread))
        self.line += rows.height

    def _add_numbered_rows(self, rows: ParsedRows, text: str) -> None:
        """Count the lines of rows one by one, because a line of the input may hold several of them."""
        unread, begin = {*rows.unread}, {*rows.lines}
        for at, line in zip(range(rows.height), text.split("\n"), strict=False):
            is_heading = rows.headings and at not in begin
            outcome: Outcome = "headings" if is_heading else "records"
            outcome = "unparsed" if at in unread else outcome if line.strip() else "blank"
            self.counts.add_numbered(outcome, [self.numbers.of(self.line + at)])

    def count(self, outcome: Outcome) -> None:
        """Count the current line with this outcome."""
        self._count(outcome, [self.line])

    def count_other(self) -> None:
        """Count the current line as foreign: another system's netstat printed it, so no row of ours is in it."""
        self._possible.forget(self.line)
        self.count("foreign")

    def _count(self, outcome: Outcome, lines: Sequence[int]) -> None:
        if self._possible and outcome == "foreign":
            for found in self._possible.pass_foreign(lines):
                self._diagnostics.add(*found)
        if self.counts.has_shared:
            self.counts.add_numbered(outcome, map(self.numbers.of, lines))
        else:
            self.counts.add(outcome, len(lines))

    def note_possible_row(self, text: str, start: int) -> None:
        """Note that the current line, which is this text, may have a row at this offset."""
        original = self.original(text)
        column = max(original.find(text), 0) + start + 1
        self._possible.add(self.line, PossibleRow(self.number, original, column))

    def hold(self, text: str, *, is_frame: bool = False, fault: LineFault | None = None) -> None:
        """Keep the current line until its outcome is decided.

        Args:
            text: the line.
            is_frame: true for a ruler that Windows prints between tables.
            fault: the fault, if the line is a damaged row provided that the table continues below it.
        """
        self._pending.append(PendingLine(self.line, text, is_frame, fault))

    def skip(self, skipped: SkippedText) -> None:
        """Count lines of foreign text from the current one on; the last ones may be headings of a table."""
        held = {at for at, _ in skipped.headings}
        self._count("blank", [self.line + at for at in skipped.blank])
        if self.counts.has_shared or self._possible:
            places = {*range(skipped.lines)} - held - {*skipped.blank}
            self._count("foreign", [self.line + at for at in sorted(places)])
        else:
            self.counts.add("foreign", skipped.lines - len(held) - len(skipped.blank))
        self._pending += [PendingLine(self.line + at, text) for at, text in skipped.headings]
        self.line += skipped.lines

    def pop_title(self) -> PendingLine:
        """Remove the last pending line, which is a title, count it, and return it."""
        title = self._pending.pop()
        self._count("headings", [title.line])
        return title

    def settle(self, outcome: Outcome, *, keep: int = 0) -> None:
        """Decide the outcome of the pending lines, except for the last `keep` lines.

        Only damaged rows become unparsed; other text between rows is foreign.
        """
        settled = self._pending[: max(len(self._pending) - keep, 0)]
        del self._pending[: len(settled)]
        if outcome != "unparsed":
            self._count(outcome, [pending.line for pending in settled])
            return
        for pending in settled:
            if pending.fault:
                self.report(pending.line, pending.text, pending.fault)
            self._count("unparsed" if pending.fault else "foreign", [pending.line])

    def settle_text_above_frame(self) -> None:
        """Decide that pending text above the first frame is foreign.

        If no frame is pending, the current line is one, and a line right above it may be a title.
        """
        frames = [at for at, pending in enumerate(self._pending) if pending.is_frame]
        if frames:
            self.settle("foreign", keep=len(self._pending) - frames[0])
        elif self._pending:
            self.settle("foreign", keep=self._pending[-1].line == self.line - 1)

    def settle_damaged(self, table: Grammar) -> None:
        """Decide that the pending lines that resemble rows of this table, of which a row follows, are damaged."""
        for pending in list(self._pending):
            if fault := diagnose_row(table, pending.text):
                self._pending.remove(pending)
                self._count("unparsed", [pending.line])
                self.report(pending.line, pending.text, fault)

    def settle_unknown_headings(self) -> None:
        """Decide the outcome of the lines above a table: text right above it is headings, unless it has digits."""
        self.settle("foreign", keep=MAX_HEADING_LINES)
        while self._pending:
            is_foreign = _DIGIT.search(self._pending[0].text)
            self.settle("foreign" if is_foreign else "headings", keep=len(self._pending) - 1)
