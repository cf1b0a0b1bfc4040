"""Diagnostics as rows."""

from typing import TYPE_CHECKING

from netstat_parse.records.rows import Rows

if TYPE_CHECKING:
    from netstat_parse.records.rows import Columns


def diagnostics_rows(code: str, told: list[tuple[int | None, str]]) -> Rows:
    """Diagnostics of one code, each with its line."""
    lines, messages = ([*column] for column in zip(*told, strict=True))
    same: Columns = {"severity": ["error"] * len(told), "code": [code] * len(told)}
    return Rows("diagnostics", {"line": lines, **same, "message": messages})


RUN_ERRORS = frozenset({"timed-out", "output-cut", "netstat-died", "no-table"})
"""What is said where something may be missing from the output."""


def diagnostic_row(code: str, message: str, text: str | None = None) -> Rows:
    """A diagnostic that is about no line of the output."""
    severity = "error" if code in RUN_ERRORS else "warning"
    record = {"line": None, "severity": severity, "code": code, "message": message, "column": None, "text": text}
    return Rows("diagnostics", {name: [value] for name, value in record.items()})
