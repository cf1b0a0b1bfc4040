"""The account of an input: what every line was, and what is to be said of it."""

from collections.abc import Iterator, Mapping
from heapq import heappop, heappush
from itertools import count
from typing import Any, NamedTuple

from netstat_parse.decode.text import TextBlock
from netstat_parse.grammar.protocol import Grammar
from netstat_parse.records.rows import Rows

ERRORS = frozenset({"unparsed-line", "truncated-row"})
"""What is said of lines that are in no record."""


LOST = (
    ("undecodable-bytes", "bytes that the encoding cannot read stand as U+FFFD"),
    ("line-cut", "the line was too long; what is more was left out"),
)
"""What decoding may have lost of a line."""


BROKEN = 2
"""Columns that must be readable before a line that is no row counts as a broken one."""


UNREAD: dict[str, Any] = {"code": "unparsed-line", "message": "not a row of this table"}
"""What is said of a line inside a table that is nothing of it."""


class Pending(NamedTuple):
    """A line that only what follows can explain."""

    line: int
    text: str


class LineAccount:
    """Counts lines by what they were, and keeps what is to be said of them in their order."""

    def __init__(self, originals: Mapping[int, str] | None = None) -> None:
        self.originals = {} if originals is None else originals
        """What stood in lines before they were cleaned."""
        self.line = 1
        """The line that is being read."""
        self.counts = dict.fromkeys(("records", "headings", "blank", "foreign", "unparsed"), 0)
        self.pending: list[Pending] = []
        """The last lines of text, of which nothing has been decided yet."""
        self._remarks: list[tuple[int, int, dict[str, Any]]] = []
        self._order = count()

    @property
    def lines(self) -> dict[str, int]:
        """How many lines there were, and what they were."""
        return {"total": self.line - 1, **self.counts}

    @property
    def earliest(self) -> int:
        """The first line of which something may still be said."""
        return self.pending[0].line if self.pending else self.line

    def receive(self, block: TextBlock) -> None:
        """Take note of what decoding has lost of a block."""
        for (code, message), lines in zip(LOST, (block.undecodable, block.cut), strict=True):
            for line in lines:
                text = block.text.split("\n", line - block.line + 1)[line - block.line]
                self.remark(line, text, code=code, message=message)

    def remark(self, line: int, text: str, *, code: str, message: str, column: int | None = None) -> None:
        """Have a diagnostic: an error where what was printed is in no record."""
        original = self.originals.get(line, text)
        if column is not None:
            column = column + len(original) - len(text) if original.endswith(text) else None
        severity = "error" if code in ERRORS else "warning"
        record = {
            "line": line,
            "severity": severity,
            "code": code,
            "message": message,
            "column": column,
            "text": original,
        }
        heappush(self._remarks, (line, next(self._order), record))

    def remarks(self) -> Iterator[Rows]:
        """The diagnostics of the lines that have been explained, as a block of records."""
        records = []
        while self._remarks and self._remarks[0][0] < self.earliest:
            records.append(heappop(self._remarks)[2])
        if records:
            yield Rows("diagnostics", {name: [record[name] for record in records] for name in records[0]})

    def hold(self, text: str) -> None:
        """Keep this line until what follows explains it."""
        self.pending.append(Pending(self.line, text))

    def settle(self, kind: str, *, keeping: int = 0) -> None:
        """Decide what the pending lines were, but for the last ones that are kept."""
        settled = len(self.pending) - keeping
        for line, text in self.pending[:settled]:
            self.counts[kind] += 1
            if kind == "unparsed":
                self.remark(line, text, **UNREAD)
        del self.pending[: max(settled, 0)]


def broken_row(table: Grammar, line: str) -> dict[str, Any] | None:
    """Why a line is a broken row of the table, for a remark; none where it is no row at all."""
    read, heading, at = table.diagnose(line)
    if read < BROKEN:
        return None
    expected = f"expected {heading}" if heading else "expected nothing more"
    if at >= len(line.rstrip()):
        return {"code": "truncated-row", "message": f"row cut short: {expected}", "column": at + 1}
    return {"code": "unparsed-line", "message": f"not a row of this table: {expected}", "column": at + 1}
