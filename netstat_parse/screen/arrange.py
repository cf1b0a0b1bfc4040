"""Sort and filter the rows of a table."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from netstat_parse.screen.columns import Column
from netstat_parse.screen.pairs import Row
from netstat_parse.screen.tracker import TableRound

_DIGITS = re.compile(r"(\d+)")

SortValue = tuple[tuple[int, int | float, str], ...]


class Order(NamedTuple):
    """The order of the rows of a table."""

    heading: str | None = None
    """Heading of the column to sort by; None for what changed last first."""
    is_reversed: bool = False


def arrange(table: TableRound, order: Order, text: str = "") -> list[Row]:
    """Return the rows that contain each word of a text, in any case of letters, in order.

    Without a column to sort by, the records with the highest rates come first, then those that changed last.
    """
    words = text.casefold().split()
    rows = [row for row in table.rows if _contains(row, words)] if words else [*table.rows]
    place = next((place for place, column in enumerate(table.columns) if column.heading == order.heading), None)
    if order.heading and place is not None:
        column = table.columns[place]
        has_value = [row for row in rows if row.cells[place].strip()]
        has_value.sort(key=lambda row: _sort_value(row, column, row.cells[place]), reverse=order.is_reversed)
        return [*has_value, *(row for row in rows if not row.cells[place].strip())]
    rows.reverse()  # so that records of equal rates and rounds are in netstat's order
    rows.sort(key=lambda row: (max((rate or 0 for rate in row.rates.values()), default=0), row.changed_in))
    return rows if order.is_reversed else rows[::-1]


def next_order(columns: Sequence[Column], order: Order) -> Order:
    """Return the order by the next column; after the last one, by what changed last."""
    headings = [None, *(column.heading for column in columns if column.heading)]
    place = headings.index(order.heading) if order.heading in headings else 0
    return Order(headings[(place + 1) % len(headings)])


def _contains(row: Row, words: Sequence[str]) -> bool:
    text = " ".join(row.cells).casefold()
    return all(word in text for word in words)


def _sort_value(row: Row, column: Column, cell: str) -> SortValue:
    """Return a value by which a cell is sorted: figures by value, numbers in a text, as in an address, too."""
    if column.kind == "rate":
        return ((0, row.rates.get(column.fields[0]) or 0, ""),)
    if column.kind == "figure":
        value = next((value for field in column.fields if (value := row.record.get(field)) is not None), None)
        if isinstance(value, int | float):
            return ((0, value, ""),)
    return tuple(
        (0, int(part[:18]), part) if part.isdecimal() else (1, 0, part)
        for part in _DIGITS.split(cell.casefold())
        if part
    )
