"""Columns of the screen: those of ``-f table``, with rates and sparklines beside counters and interfaces."""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from netstat_parse.formats.cells import QUANTITIES
from netstat_parse.formats.display import DisplayColumns, format_row
from netstat_parse.screen.rates import RATES

ColumnKind = Literal["text", "figure", "rate", "sparkline"]

_FIGURES = QUANTITIES | {"mtu", "metric", "expires_seconds"}
"""Fields that are aligned to the right."""


class Column(NamedTuple):
    """A column of the screen."""

    heading: str
    fields: Sequence[str]
    """Fields of the record whose values form a cell; for a rate the field that counts."""
    kind: ColumnKind = "text"

    @property
    def is_right(self) -> bool:
        """True if cells are aligned to the right."""
        return self.kind in {"figure", "rate"}


def choose_columns(table: str, columns: DisplayColumns, *, has_rates: bool) -> list[Column]:
    """Return the columns of a table.

    Args:
        table: its name.
        columns: the columns of ``-f table``.
        has_rates: true to add rates and sparklines.
    """
    found = [
        Column(heading, fields, "figure" if fields[0] in _FIGURES else "text")
        for heading, fields in columns[table].items()
    ]
    for field, heading in RATES.get(table, {}).items() if has_rates else ():
        found += [Column(heading, (field,), "rate"), Column("", (field,), "sparkline")]
    return found


def format_values(column: Column, record: Mapping[str, Any]) -> str:
    """Return the cell of a record in a column of text or figures."""
    [cell] = format_row({column.heading: column.fields}, record)
    return cell
