"""What of the records is wanted: ``--only`` some tables, ``--where`` fields hold a value, these ``--fields``.

Rows are chosen by column before anything is rendered, block by block as they come. What is not chosen is not printed,
whatever the format; in the JSON document its list is empty, and `lines` stays the account of the whole input.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from typing import Any, NamedTuple

from netstat_parse.records.conditions import HEAD, Condition
from netstat_parse.records.fields import fields as fields_of
from netstat_parse.records.fields import record_kind
from netstat_parse.records.rows import Columns, Rows


class Selection(NamedTuple):
    """What is wanted; None, or no condition, where it is everything."""

    only: frozenset[str] | None = None
    """Tables."""
    where: tuple[Condition, ...] = ()
    """Conditions, all of which have to hold."""
    fields: tuple[str, ...] | None = None
    """Fields of the records, in this order."""


def select(rows: Iterable[Rows], choice: Selection, source: str | None) -> Iterator[Rows]:
    """The rows that are wanted, as they come; where fields are, each block has exactly their columns."""
    for table, columns in rows:
        if choice.only is not None and table not in choice.only:
            continue
        for field, values in choice.where:
            columns = _where(table, columns, field, values)  # noqa: PLW2901 - what is left of them
        if not columns:
            continue
        if choice.fields is None:
            yield Rows(table, columns)
        elif picked := _picked(table, columns, choice.fields, source):
            yield Rows(table, picked)


def make_selection(
    only: Iterable[str] | None, where: Iterable[Condition] | None, fields: Iterable[str] | None
) -> Selection:
    """The choice that the options make; None, or nothing, for an option that was not given."""
    return Selection(
        None if only is None else frozenset(only),
        tuple(where or ()),
        None if fields is None else tuple(fields),
    )


def available_fields(table: str, names: Iterable[str]) -> list[str]:
    """The wanted fields that records of the table have; none where they have nothing of what is wanted."""
    has = fields_of(table)
    wanted = list(dict.fromkeys(names))
    if any(name in has for name in wanted) or all(name in HEAD for name in wanted):
        return [name for name in wanted if name in has or name in HEAD]
    return []


def records(table: str, columns: Columns) -> Iterator[dict[str, Any]]:
    """The records of a block that has exactly the columns that are wanted, whatever its table."""
    del table
    names = list(columns)
    return (dict(zip(names, values, strict=True)) for values in zip(*columns.values(), strict=True))


def _where(table: str, columns: Columns, field: str, values: frozenset[Any]) -> Columns:
    """The columns of those records for which the condition holds; no columns where it holds for none."""
    has = fields_of(table)
    if field not in has or not columns:
        return {}
    column = columns.get(field)
    if not column:  # it was not printed
        return columns if None in values else {}
    if has[field] is None:
        fitting = [value in values for value in column]
    else:
        fitting = [not values.isdisjoint(_atoms(value)) for value in column]
    if not any(fitting):
        return {}
    return {name: list(compress(values_, fitting)) for name, values_ in columns.items()}


def _atoms(value: Any) -> Iterator[Any]:  # noqa: ANN401 - whatever a list or an object is made of
    """What a list or an object holds; None where it holds nothing."""
    for item in (value.values() if isinstance(value, dict) else value) or [None]:
        if isinstance(item, dict | list):
            yield from (atom for atom in _atoms(item) if atom is not None)
        else:
            yield item


def _picked(table: str, columns: Columns, names: Sequence[str], source: str | None) -> Columns:
    count = max(map(len, columns.values()))
    head = {"kind": record_kind(table), "source": source}
    defaults = head | fields_of(table)
    return {name: columns.get(name) or [defaults[name]] * count for name in available_fields(table, names)}
