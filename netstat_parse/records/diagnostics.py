"""Diagnostics as rows."""

from netstat_parse.records.rows import Columns, Rows

RUN_ERRORS = frozenset({"timed-out", "output-cut", "netstat-died", "no-table"})
"""Diagnostic codes of a run whose output may be incomplete; their severity is error."""


def error_rows(code: str, errors: list[tuple[int | None, str]]) -> Rows:
    """Make diagnostics of severity error with one code, from the line and the message of each."""
    lines, messages = ([*column] for column in zip(*errors, strict=True))
    count = len(errors)
    columns: Columns = {"line": lines, "severity": ["error"] * count, "code": [code] * count, "message": messages}
    return Rows("diagnostics", columns)


def diagnostic_row(code: str, message: str, text: str | None = None) -> Rows:
    """Make a diagnostic about a run of netstat, which refers to no line of its output."""
    severity = "error" if code in RUN_ERRORS else "warning"
    record = {"line": None, "severity": severity, "code": code, "message": message, "column": None, "text": text}
    return Rows("diagnostics", {name: [value] for name, value in record.items()})
