"""Diagnostics about single lines, in the order of the lines."""

from collections.abc import Iterator
from heapq import heappop, heappush
from itertools import count
from typing import Any, NamedTuple

from netstat_parse.grammar.protocol import Grammar
from netstat_parse.records.rows import Rows

ERRORS = frozenset({"unparsed-line", "truncated-row"})
"""Codes of diagnostics about lines that are in no record; the others are warnings."""


MIN_MATCHED_COLUMNS = 2
"""Columns that a line must have in common with a row to be a damaged row."""


class Diagnostic(NamedTuple):
    """A fault of a line: its code, the message, and the place."""

    code: str
    message: str
    column: int | None = None
    """The character of the line, 1 for the first."""


UNPARSED = Diagnostic("unparsed-line", "not a row of this table")
"""The diagnostic of a line inside a table that is not a damaged row either."""


LINE_CUT = Diagnostic("line-cut", "the line was too long; what is more was left out")


UNDECODABLE = Diagnostic("undecodable-bytes", "bytes that the encoding cannot read stand as U+FFFD")


def diagnose_row(table: Grammar, line: str) -> Diagnostic | None:
    """Explain why a line is a damaged row of the table; None where it does not resemble a row."""
    matched, expected, column = table.diagnose(line)
    if matched < MIN_MATCHED_COLUMNS:
        return None
    expectation = f"expected {expected}" if expected else "expected nothing more"
    if column >= len(line.rstrip()):
        return Diagnostic("truncated-row", f"row cut short: {expectation}", column + 1)
    return Diagnostic("unparsed-line", f"not a row of this table: {expectation}", column + 1)


class DiagnosticQueue:
    """Diagnostics that wait until all lines before theirs are explained."""

    def __init__(self) -> None:
        self._waiting: list[tuple[int, int, dict[str, Any]]] = []
        self._order = count()

    def add(self, line: int, text: str, diagnostic: Diagnostic) -> None:
        """Add a diagnostic of a line with this number and original text."""
        code, message, column = diagnostic
        severity = "error" if code in ERRORS else "warning"
        record = {
            "line": line,
            "severity": severity,
            "code": code,
            "message": message,
            "column": column,
            "text": text,
        }
        heappush(self._waiting, (line, next(self._order), record))

    def release(self, line: int) -> Iterator[Rows]:
        """Remove the diagnostics of all lines before this one, and return them as one block of rows."""
        records = []
        while self._waiting and self._waiting[0][0] < line:
            records.append(heappop(self._waiting)[2])
        if records:
            yield Rows("diagnostics", {name: [record[name] for record in records] for name in records[0]})
