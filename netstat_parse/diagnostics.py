"""What is said of lines that could not be read as they should, as records."""

from collections.abc import Iterator
from typing import Any

from netstat_parse.grammar import Table
from netstat_parse.snapshots import Rows
from netstat_parse.text import Block

BROKEN = 2
"""Columns that must be readable before a line that is no row counts as a broken one."""

UNREAD: dict[str, Any] = {"code": "unparsed-line", "message": "not a row of this table"}
"""A line inside a table that is nothing of it."""


def damage(block: Block) -> Iterator[Rows]:
    """What decoding has lost."""
    for code, message, lines in (
        ("undecodable-bytes", "bytes that the encoding cannot read stand as U+FFFD", block.undecodable),
        ("line-cut", "the line was too long; what is more was left out", block.cut),
    ):
        for line in lines:
            text = block.text.split("\n", line - block.line + 1)[line - block.line]
            yield diagnostic(line, text, code=code, message=message)


def broken_row(table: Table, line: str) -> dict[str, Any] | None:
    """Why a line is a broken row of the table, for a diagnostic; none where it is no row at all."""
    read, heading, at = table.mishap(line)
    if read < BROKEN:
        return None
    expected = f"expected {heading}" if heading else "expected nothing more"
    if at >= len(line.rstrip()):
        return {"code": "truncated-row", "message": f"row cut short: {expected}", "column": at + 1}
    return {"code": "unparsed-line", "message": f"not a row of this table: {expected}", "column": at + 1}


def diagnostic(line: int, text: str, *, code: str, message: str, column: int | None = None) -> Rows:
    """One diagnostic, as a record: an error where what was printed is in no record."""
    severity = "error" if code in ("unparsed-line", "truncated-row") else "warning"
    record = {"line": line, "severity": severity, "code": code, "message": message, "column": column, "text": text}
    return Rows("diagnostics", {name: [value] for name, value in record.items()})
