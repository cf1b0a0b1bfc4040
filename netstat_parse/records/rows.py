"""Records by column: grammars produce them, writers consume them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import repeat
from typing import Any, NamedTuple, Protocol, Self

from netstat_parse.records.fields import field_defaults


def is_constant(column: list[Any]) -> bool:
    """Return whether all values are equal; the last value is compared first, as it settles most columns."""
    return bool(column[0] == column[-1]) and column.count(column[0]) == len(column)


Columns = dict[str, list[Any]]
"""Records by column: each field with its values, one a record. Fields that netstat did not print are missing.

Two columns are no lists, so that their values are made only if somebody looks at them: an `IntegerColumn`, which has
all methods of a list, and the `range` of consecutive lines, which no fact of a grammar sees. What asks for a list, as
`json.dumps` does, gets `list(column)`.
"""


MEANING = "meaning"
"""A column of counters that only ``--explain`` adds: the meaning of each."""

UNIT = "unit"
"""A column of counters that only ``--explain`` adds, for tables for people: the unit of each."""


class Rows(NamedTuple):
    """Records of one table, by column."""

    kind: str
    columns: Columns


class EncodedRows(Rows):
    """Rows that are encoded as the output has them; only the column `snapshot` is left."""

    encoded: bytes

    def __new__(cls, kind: str, columns: Columns, encoded: bytes) -> Self:
        """Add the encoded rows to the kind and columns."""
        rows = super().__new__(cls, kind, columns)
        rows.encoded = encoded
        return rows


class RecordSource(Protocol):
    """An input: a file that is being read, or a run of this machine's netstat."""

    @property
    def name(self) -> str | None:
        """Name of the input, usually its path; None for standard input."""

    @property
    def lines(self) -> Mapping[str, int]:
        """Number of lines by outcome (`schema.Lines`); complete once all rows have been read."""

    def rows(self) -> Iterator[Rows]:
        """Yield the records in blocks, as they are read."""

    def describe_snapshot(self, index: int) -> Mapping[str, Any]:
        """Return the known fields of a snapshot that is being read; its record follows only at its end."""


class WrappedSource:
    """A source with the name, lines and snapshots of another one; subclasses do something with its rows."""

    def __init__(self, source: RecordSource) -> None:
        self.source = source

    @property
    def name(self) -> str | None:
        """Name of the input."""
        return self.source.name

    @property
    def lines(self) -> Mapping[str, int]:
        """Number of lines by outcome."""
        return self.source.lines

    def rows(self) -> Iterator[Rows]:
        """Yield the records in blocks, as they are read."""
        return self.source.rows()

    def describe_snapshot(self, index: int) -> Mapping[str, Any]:
        """Return the known fields of a snapshot that is being read."""
        return self.source.describe_snapshot(index)


def complete_records(rows: Rows, defaults: Mapping[str, Any] | None = None) -> Iterator[dict[str, Any]]:
    """Yield each record as a dict with all fields.

    Args:
        rows: the records.
        defaults: the fields, each with its value if the rows have no such column; by default those of the schema.
    """
    defaults = field_defaults(rows.kind) if defaults is None else defaults
    values = [_fill_column(rows.columns.get(name), default) for name, default in defaults.items()]
    return (dict(zip(defaults, record, strict=True)) for record in zip(*values, strict=False))


def _fill_column(column: list[Any] | None, default: list[Any] | dict[str, Any] | None) -> Iterable[Any]:
    """Return the column, or the default repeated without end. Lists and dicts are copied for each record."""
    if default is None:
        return column or repeat(None)
    copy: Callable[..., Any] = type(default)
    return map(copy, column) if column else iter(copy, None)


def sparse_records(columns: Columns) -> list[dict[str, Any]]:
    """Return each record as a dict without the fields that netstat did not print; the models add their defaults."""
    full = [name for name, column in columns.items() if None not in column]
    rows = zip(*(columns[name] for name in full), strict=True)
    records = list(map(dict, map(zip, repeat(full), rows)))
    for name in [name for name in columns if name not in full]:
        for record, value in zip(records, columns[name], strict=True):
            if value is not None:
                record[name] = value
    return records
