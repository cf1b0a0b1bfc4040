"""Records by column: what grammars produce and what writers consume."""

from collections.abc import Callable, Iterable, Iterator
from itertools import repeat
from typing import Any, NamedTuple

from netstat_parse.records.fields import fields


def is_constant(column: list[Any]) -> bool:
    """Whether all values are the same; the last one tells of most columns that they are not."""
    return bool(column[0] == column[-1]) and column.count(column[0]) == len(column)


Columns = dict[str, list[Any]]
"""Records by column: each field with its values, one a record. A field that was not printed is not there."""


class Rows(NamedTuple):
    """Records of one kind, by column."""

    kind: str
    columns: Columns


def records(table: str, columns: Columns) -> Iterator[dict[str, Any]]:
    """Whole records, with every field of the schema, from the columns that were printed."""
    names = fields(table)
    values = [_own(columns.get(name), default) for name, default in names.items()]
    return (dict(zip(names, record, strict=True)) for record in zip(*values, strict=False))


def _own(column: list[Any] | None, default: list[Any] | dict[str, Any] | None) -> Iterable[Any]:
    """The values of a field, or what stands for them without end: lists and dicts are each record's own."""
    if default is None:
        return column or repeat(None)
    new: Callable[..., Any] = type(default)
    return map(new, column) if column else iter(new, None)


def plain(columns: Columns) -> list[dict[str, Any]]:
    """Records with the fields that were printed, for the models to complete."""
    whole = [name for name, column in columns.items() if None not in column]
    rows = zip(*(columns[name] for name in whole), strict=True)
    records = list(map(dict, map(zip, repeat(whole), rows)))
    for name in [name for name in columns if name not in whole]:
        for record, value in zip(records, columns[name], strict=True):
            if value is not None:
                record[name] = value
    return records
