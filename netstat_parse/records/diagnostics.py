"""Diagnostics as rows: the codes that are errors, and the fields that all diagnostics have."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from netstat_parse.records.rows import Rows

DAMAGED_ROWS = frozenset({"unparsed-line", "truncated-row"})
"""Codes about rows of a table; the line of each is counted as unparsed."""

LINE_ERRORS = DAMAGED_ROWS | {"unread-table", "possible-row", "other-system"}
"""Codes about lines that are in no record."""

RUN_ERRORS = frozenset({"timed-out", "output-cut", "netstat-died", "no-table"})
"""Codes about a run whose output may be incomplete."""

RUN_FAILURES = RUN_ERRORS | {"exit-status"}
"""Codes about a run that failed: also if its output is complete as far as one can see."""

ERRORS = LINE_ERRORS | RUN_ERRORS | {"unreadable", "out-of-range"}
"""Codes whose severity is error; the severity of all others is warning."""


class DiagnosticRecord(NamedTuple):
    """A diagnostic; the names of the fields are those of the schema."""

    line: int | None
    severity: str
    code: str
    message: str
    column: int | None
    text: str | None


def diagnostic_record(
    code: str, message: str, *, line: int | None = None, column: int | None = None, text: str | None = None
) -> DiagnosticRecord:
    """Make a diagnostic; its severity follows from the code."""
    return DiagnosticRecord(line, "error" if code in ERRORS else "warning", code, message, column, text)


def diagnostic_rows(records: Iterable[DiagnosticRecord]) -> Rows:
    """Return diagnostics, at least one, as rows."""
    columns: list[list[Any]] = [list(column) for column in zip(*records, strict=True)]
    return Rows("diagnostics", dict(zip(DiagnosticRecord._fields, columns, strict=True)))


def diagnostic_row(code: str, message: str, text: str | None = None) -> Rows:
    """Return one diagnostic that refers to no line, such as one about a run of netstat."""
    return diagnostic_rows([diagnostic_record(code, message, text=text)])
