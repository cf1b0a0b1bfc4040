"""Columns of the screen: those of ``-f table``, with rates and sparklines beside counters and interfaces."""

from collections.abc import Sequence
from typing import Literal, NamedTuple

from netstat_parse.formats.display import DisplayColumns
from netstat_parse.screen.rates import RATES

ColumnKind = Literal["text", "figure", "rate", "sparkline"]
"""Kinds of columns: a figure is a column with nothing but numbers, as `-f table` finds them."""


class Column(NamedTuple):
    """A column of the screen."""

    heading: str
    fields: Sequence[str]
    """Fields of the record whose values form a cell; for a rate the field that counts."""
    kind: ColumnKind = "text"

    @property
    def is_right(self) -> bool:
        """True if cells are aligned to the right; an older, shorter sparkline ends where the others do."""
        return self.kind != "text"


def choose_columns(table: str, columns: DisplayColumns, *, adds_rates: bool) -> list[Column]:
    """Return the columns of a table.

    Args:
        table: its name.
        columns: the columns of ``-f table``.
        adds_rates: true to add rates and sparklines.
    """
    found = [Column(heading, fields) for heading, fields in columns[table].items()]
    for field, heading in RATES.get(table, {}).items() if adds_rates else ():
        found += [Column(heading, (field,), "rate"), Column("", (field,), "sparkline")]
    return found
