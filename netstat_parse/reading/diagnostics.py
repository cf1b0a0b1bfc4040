"""Diagnostics about single lines, in the order of the lines."""

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush
from itertools import count

from netstat_parse.grammar.protocol import Grammar
from netstat_parse.named_fields import NamedFields
from netstat_parse.reading.resemblance import is_aligned, is_squeezed
from netstat_parse.records.diagnostics import DiagnosticRecord, diagnostic_record, diagnostic_rows
from netstat_parse.records.rows import Rows

MIN_MATCHED_COLUMNS = 2
"""Columns that a line must have in common with a row to be a damaged row."""


MIN_SQUEEZED_COLUMNS = 4
"""Columns with common words that make a line a row that was cut short, where blanks were squeezed."""


class LineFault(NamedFields):
    """The fault of a line, and its column."""

    code: str
    message: str
    column: int | None = None
    """Number of the character in the line, from 1."""


UNPARSED = LineFault("unparsed-line", "not a row of this table")
"""The fault of a line inside a table that does not resemble a row."""

LINE_CUT = LineFault("line-cut", "the line is too long: its end was left out")

UNDECODABLE = LineFault("undecodable-bytes", "bytes that are invalid in the encoding were replaced by U+FFFD")


def diagnose_row(
    table: Grammar, line: str, min_matched: int = MIN_MATCHED_COLUMNS, above: Sequence[str] = ()
) -> LineFault | None:
    """Explain why a line is a damaged row of the table; return None if it does not resemble a row.

    Args:
        table: the table.
        line: the line, which is no row of the table.
        min_matched: columns that it must have in common with a row.
        above: headings and a row: a line of common words resembles a row only if it has their columns.
    """
    matched, expected, column, is_specific = table.diagnose(line)
    is_cut = column >= len(line.rstrip())
    if not is_specific and not (is_cut and matched >= MIN_SQUEEZED_COLUMNS and any(map(is_squeezed, above[-1:]))):
        ends_a_word = is_cut or line[:column].endswith((" ", "\t"))
        matched *= ends_a_word and is_aligned(line, above)
    if matched < min_matched:
        return None
    expectation = f"expected {expected}" if expected else "expected nothing more"
    if is_cut:
        return LineFault("truncated-row", f"row cut short: {expectation}", column + 1)
    return LineFault("unparsed-line", f"not a row of this table: {expectation}", column + 1)


class DiagnosticQueue:
    """Diagnostics that wait until the outcome of all lines before theirs is decided."""

    def __init__(self) -> None:
        self._waiting: list[tuple[int, int, DiagnosticRecord]] = []
        self._order = count()

    def add(self, line: int, text: str, fault: LineFault) -> None:
        """Add the fault of a line with this number and original text."""
        record = diagnostic_record(fault.code, fault.message, line=line, column=fault.column, text=text)
        heappush(self._waiting, (line, next(self._order), record))

    def release(self, line: int) -> Iterator[Rows]:
        """Remove the diagnostics of all lines before this one, and return them as one block of rows."""
        records = []
        while self._waiting and self._waiting[0][0] < line:
            records.append(heappop(self._waiting)[2])
        if records:
            yield diagnostic_rows(records)
