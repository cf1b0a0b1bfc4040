"""Tables of records in HTML, as notebooks display them."""

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import islice

from netstat_parse.records.values import printable

MAX_ROWS = 10
"""Rows of each table."""

MAX_CELL_CHARS = 120
"""Characters of a cell."""


def render_tables(title: str, tables: Mapping[str, Sequence[Iterable[tuple[str, object]]]]) -> str:
    """Return the first rows of each table in HTML.

    Args:
        title: the text above the tables.
        tables: the rows of each table by its name; a row consists of the names and values of its fields.
    """
    rendered = (_render_table(name, rows) for name, rows in tables.items() if rows)
    return "\n".join([f"<p>{_escape(title)}</p>", *rendered])


def _render_table(name: str, rows: Sequence[Iterable[tuple[str, object]]]) -> str:
    first = [dict(row) for row in islice(rows, MAX_ROWS)]
    columns = [*dict.fromkeys(column for row in first for column in row)]
    head = "".join(f"<th>{_escape(column)}</th>" for column in columns)
    body = (
        "<tr>" + "".join(f"<td>{_escape(_format(row.get(column)))}</td>" for column in columns) + "</tr>"
        for row in first
    )
    more = f"<p>{len(rows) - len(first):,} more</p>" if len(rows) > len(first) else ""
    return f"<h4>{_escape(name)}</h4><table><tr>{head}</tr>{''.join(body)}</table>{more}"


def _format(value: object) -> str:
    """Return a value as text on one line, cut to what a cell takes."""
    if isinstance(value, list):
        text = ", ".join(map(_format, value[:MAX_CELL_CHARS]))
    elif isinstance(value, dict):
        text = ", ".join(f"{name}: {_format(one)}" for name, one in islice(value.items(), MAX_CELL_CHARS))
    else:
        text = "" if value is None else str(value)
    return text if len(text) <= MAX_CELL_CHARS else f"{text[: MAX_CELL_CHARS - 1]}…"


def _escape(text: str) -> str:
    """Return a text without markup and without invisible characters, which may reverse what is beside them."""
    return escape(printable(text))
