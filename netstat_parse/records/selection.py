"""Select tables (``--only``), records (``--where``) and fields (``--fields``).

Rows are selected by column, block by block, before any of them is formatted. A selection means the same in every
format. In the JSON document a table without selected records is an empty list, and `lines` still counts all lines.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import compress
from typing import Any, NamedTuple

from netstat_parse.records.conditions import PREFIX_FIELDS, Alternative, Condition
from netstat_parse.records.fields import field_defaults, record_kind
from netstat_parse.records.rows import MEANING, Columns, Rows


class Selection(NamedTuple):
    """Tables, records and fields to keep; by default all of them."""

    only: frozenset[str] | None = None
    """Tables; None for all."""
    where: tuple[Condition, ...] = ()
    """Conditions that a record must meet, all of them."""
    fields: tuple[str, ...] | None = None
    """Fields in output order; None for all."""
    matched: set[int] | None = None
    """Gets the numbers of the conditions that a record has met, with all conditions before it."""


def select(rows: Iterable[Rows], selection: Selection, source: str | None) -> Iterator[Rows]:
    """Yield the selected rows, block by block.

    If fields are selected, a block has exactly those columns, in order, each with a value for every record.

    Args:
        rows: the rows of one input.
        selection: what to keep.
        source: the name of the input, for the field `source`.
    """
    for table, columns in rows:
        if selection.only is not None and table not in selection.only:
            continue
        for number, condition in enumerate(selection.where):
            columns = _filter_records(table, columns, condition)  # noqa: PLW2901 - each condition narrows them
            if columns and selection.matched is not None:
                selection.matched.add(number)
        if not columns:
            continue
        if selection.fields is None:
            yield Rows(table, columns)
        elif selected := _select_fields(table, columns, selection.fields, source):
            yield Rows(table, selected)


def make_selection(
    only: Iterable[str] | None,
    where: Iterable[Condition] | None,
    fields: Iterable[str] | None,
    matched: set[int] | None = None,
) -> Selection:
    """Make the selection of these options; None for an option that was not given."""
    return Selection(
        None if only is None else frozenset(only),
        tuple(where or ()),
        None if fields is None else tuple(fields),
        matched,
    )


def available_fields(table: str, names: Iterable[str]) -> list[str]:
    """List those of the fields that records of the table have.

    `kind` and `source` count only beside a field of the table, or if no other field is named.
    """
    has = field_defaults(table)
    names = list(dict.fromkeys(names))
    if any(name in has for name in names) or all(name in PREFIX_FIELDS for name in names):
        return [name for name in names if name in has or name in PREFIX_FIELDS]
    return []


def _filter_records(table: str, columns: Columns, condition: Condition) -> Columns:
    """Keep the records that meet the condition; no columns if there are none."""
    defaults, values = field_defaults(table), condition.values
    if condition.field not in defaults or not columns:
        return {}
    column = columns.get(condition.field)
    if not column:  # not printed, so null in every record
        if None in values:
            return columns
        matches = [False] * max(map(len, columns.values()))
    elif defaults[condition.field] is None:
        matches = [value in values for value in column]
    else:
        matches = [not values.isdisjoint(_scalars(value)) for value in column]
    for alternative in condition.alternatives:
        matches = _add_matches(matches, columns, alternative)
    if not any(matches):
        return {}
    return {name: list(compress(column, matches)) for name, column in columns.items()}


def _add_matches(matches: list[bool], columns: Columns, alternative: Alternative) -> list[bool]:
    """Add the records that meet a condition in another way."""
    if not all(columns.get(field) for field in alternative.fields):
        return matches
    combinations = zip(*(columns[field] for field in alternative.fields), strict=True)
    return [matched or combined in alternative.values for matched, combined in zip(matches, combinations, strict=True)]


def _scalars(value: Any) -> Iterator[Any]:  # noqa: ANN401 - a list or an object of any JSON values
    """Yield the scalars that a list or an object contains at any depth; None if it is empty."""
    for item in (value.values() if isinstance(value, dict) else value) or [None]:
        if isinstance(item, dict | list):
            yield from (scalar for scalar in _scalars(item) if scalar is not None)
        else:
            yield item


def _select_fields(table: str, columns: Columns, names: Sequence[str], source: str | None) -> Columns:
    count = max(map(len, columns.values()))
    defaults = {"kind": record_kind(table), "source": source} | field_defaults(table)
    added = {MEANING: columns[MEANING]} if MEANING in columns else {}
    return {name: columns.get(name) or [defaults[name]] * count for name in available_fields(table, names)} | added
