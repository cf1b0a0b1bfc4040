"""Records as CSV (RFC 4180): for each kind of record a heading and its rows, and an empty line between two kinds.

A program or a host can call itself ``=HYPERLINK(...)``, and a spreadsheet would run that. So text that a spreadsheet
would take for a formula gets an apostrophe before it, which spreadsheets do not show; the raw form is for programs.
"""

import csv
import io
from collections.abc import Iterable, Iterator

from netstat_parse import render
from netstat_parse.snapshots import Rows

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What a formula begins with, or what a spreadsheet drops before one."""

LEFT_OUT = frozenset({"snapshots", "diagnostics"})
"""Tables about the input and not about what netstat tells; diagnostics are told on standard error."""


def tables(rows: Iterable[Rows], source: str | None, *, raw: bool) -> Iterator[str]:
    """The records as text, a table at a time; with the input's name where there are several."""
    found: dict[str, list[dict[str, object]]] = {}
    for table, columns in rows:
        if table not in LEFT_OUT:
            found.setdefault(table, []).extend(render.records(table, columns))
    before = ""
    for table in render.tables():
        if table in found:
            head = {"kind": render.kind(table)} | ({} if source is None else {"source": source})
            text = io.StringIO()
            writer = csv.writer(text, lineterminator="\r\n")
            writer.writerow([*head, *render.fields(table)])
            writer.writerows([_cell(value, raw=raw) for value in (head | record).values()] for record in found[table])
            yield before + text.getvalue()
            before = "\r\n"


def _cell(value: object, *, raw: bool) -> str:
    """What was not printed is empty; lists are JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value if raw or not value.startswith(FORMULA) else f"'{value}"
    return render.dumps(value).decode()
