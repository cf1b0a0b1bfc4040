"""The account of an input: every line is a record, a heading, blank, foreign or unparsed."""

import re
from collections.abc import Iterator, Sequence
from operator import itemgetter
from typing import Literal, NamedTuple

from netstat_parse.grammar import Section
from netstat_parse.grammar.protocol import ParsedRows
from netstat_parse.reading.diagnostics import LINE_CUT, UNDECODABLE, UNPARSED, DiagnosticQueue, LineFault, diagnose_row
from netstat_parse.reading.prefix_stripper import StrippedBlock
from netstat_parse.records.rows import Rows

MAX_PENDING_LINES = 6
"""Lines between two rows of one table that may be damaged rows of it."""

MAX_HEADING_LINES = 2
"""Lines right above a table that may be its title and its headings in an unknown language."""

_DIGIT = re.compile(r"\d")

Outcome = Literal["records", "headings", "blank", "foreign", "unparsed"]


class PendingLine(NamedTuple):
    """A line of text whose outcome depends on what follows."""

    line: int
    text: str
    is_frame: bool
    """True for a ruler that Windows prints between tables."""


class LineAccount:
    """Counts the lines of an input by their outcome, and keeps their diagnostics and original texts."""

    def __init__(self) -> None:
        self.line = 1
        """The number of the line that is being read."""
        self.counts: dict[Outcome, int] = {"records": 0, "headings": 0, "blank": 0, "foreign": 0, "unparsed": 0}
        self._pending: list[PendingLine] = []
        """The last lines of text, whose outcome is not decided yet."""
        self.originals: dict[int, str] = {}
        """Lines as they were before prefixes were stripped, by number, where anything was stripped."""
        self.first_message: str | None = None
        """The first message of netstat itself, in English."""
        self._diagnostics = DiagnosticQueue()

    @property
    def lines(self) -> dict[str, int]:
        """The number of lines by outcome, and their total."""
        return {"total": self.line - 1, **{str(outcome): count for outcome, count in self.counts.items()}}

    @property
    def pending_count(self) -> int:
        """The number of lines whose outcome is not decided yet."""
        return len(self._pending)

    @property
    def first_open_line(self) -> int:
        """The number of the first line whose outcome is not decided yet: the current one if no line is pending."""
        return self._pending[0].line if self._pending else self.line

    @property
    def begins_with_frame(self) -> bool:
        """True if the first pending line is a ruler that Windows prints between tables."""
        return bool(self._pending) and self._pending[0].is_frame

    @property
    def text_above(self) -> list[str]:
        """The pending lines that may be title and headings of a table that begins in the current line."""
        return [pending.text for pending in self._pending[-MAX_HEADING_LINES:]]

    def receive(self, block: StrippedBlock) -> None:
        """Keep the original lines of a block, and report its bytes and lines that decoding could not keep."""
        first_open_line = self.first_open_line
        for line in [line for line in self.originals if line < first_open_line]:
            del self.originals[line]
        self.originals |= block.originals
        decoded = block.decoded
        for fault, lines in ((UNDECODABLE, decoded.undecodable), (LINE_CUT, decoded.cut)):
            for line in lines:
                text = decoded.text.split("\n", line - decoded.line + 1)[line - decoded.line]
                self._diagnostics.add(line, text, fault)

    def original(self, text: str) -> str:
        """Return the current line, which is this text, as it was before prefixes were stripped."""
        return self.originals.get(self.line, text)

    def report(self, line: int, text: str, fault: LineFault) -> None:
        """Report the fault of a line, with its original text and the column in that."""
        original = self.originals.get(line, text)
        if fault.column is not None:
            column = fault.column + len(original) - len(text) if original.endswith(text) else None
            fault = fault._replace(column=column)
        self._diagnostics.add(line, original, fault)

    def report_message(self, text: str, message: str) -> None:
        """Count the current line as foreign, and report the message of netstat that it is."""
        self.count("foreign")
        self.first_message = self.first_message or message
        self.report(self.line, text, LineFault("netstat-message", f"netstat says: {message}"))

    def report_rows(self, section: Section, rows: ParsedRows, texts: Sequence[str]) -> None:
        """Report the diagnostics of rows that begin in the current line, and of unread lines among them."""
        found = [(rows.lines[row], LineFault(code, message)) for row, code, message in sorted(section.notes)]
        found += [(line, diagnose_row(section.table, texts[line]) or UNPARSED) for line in rows.unread]
        section.notes.clear()
        for line, fault in sorted(found, key=itemgetter(0)):
            self.report(self.line + line, texts[line], fault)

    def diagnostics(self) -> Iterator[Rows]:
        """Return the diagnostics before the first open line: no later diagnostic can belong before them."""
        return self._diagnostics.release(self.first_open_line)

    def add_rows(self, rows: ParsedRows) -> None:
        """Count the lines of rows that begin in the current line, and move on behind them."""
        self.line += rows.height
        self.counts["records"] += rows.height - rows.headings - rows.blank - len(rows.unread)
        self.counts["headings"] += rows.headings
        self.counts["blank"] += rows.blank
        self.counts["unparsed"] += len(rows.unread)

    def count(self, outcome: Outcome) -> None:
        """Count the current line with this outcome."""
        self.counts[outcome] += 1

    def hold(self, text: str, *, is_frame: bool = False) -> None:
        """Keep the current line until its outcome is decided."""
        self._pending.append(PendingLine(self.line, text, is_frame))

    def pop_title(self) -> PendingLine:
        """Remove the last pending line, which is a title, and return it."""
        return self._pending.pop()

    def settle(self, outcome: Outcome, *, keep: int = 0) -> None:
        """Decide the outcome of the pending lines, except for the last `keep` lines."""
        settled = max(len(self._pending) - keep, 0)
        self.counts[outcome] += settled
        if outcome == "unparsed":
            for line, text, _ in self._pending[:settled]:
                self.report(line, text, UNPARSED)
        del self._pending[:settled]

    def settle_unknown_headings(self) -> None:
        """Decide the outcome of the lines above a table: text right above it is headings, unless it has digits."""
        self.settle("foreign", keep=MAX_HEADING_LINES)
        while self._pending:
            is_foreign = _DIGIT.search(self._pending[0].text)
            self.settle("foreign" if is_foreign else "headings", keep=len(self._pending) - 1)
