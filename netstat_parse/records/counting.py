"""Count records by the values of some of their fields, in memory that grows with the number of different values."""

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import repeat
from typing import Any

from netstat_parse.records.answers import Answer
from netstat_parse.records.conditions import PREFIX_FIELDS
from netstat_parse.records.fields import field_defaults, record_kind, table_names
from netstat_parse.records.rows import Rows
from netstat_parse.records.values import encode_json

ABOUT_INPUT = frozenset({"snapshots", "diagnostics"})
"""Tables about the input: counted only if they are selected by name, or if no other table has the fields."""


class EncodedValue(str):
    """A list or an object as JSON, which can be counted."""

    __slots__ = ()


def find_tables(fields: Sequence[str], only: Collection[str] | None) -> list[str]:
    """Find the tables whose records are counted: those that have all of the fields.

    Raises:
        ValueError: no selected table has all of them.
    """
    selected = table_names() if only is None else [table for table in table_names() if table in only]
    found = [table for table in selected if all(_has_field(table, field) for field in fields)]
    if not found:
        missing = " and ".join(fields)
        if only is None:
            raise ValueError(f"no table has all of {missing}")
        one = "s" if len(fields) > 1 else ""
        raise ValueError(f"{' and '.join(selected)} have no field{one} {missing}")
    printed = [table for table in found if table not in ABOUT_INPUT]
    return printed if printed and only is None else found


def _has_field(table: str, field: str) -> bool:
    return field in PREFIX_FIELDS or field in field_defaults(table)


def count_records(rows: Rows, fields: Sequence[str], source: str | None) -> Counter[tuple[Any, ...]]:
    """Count the records of a block by the values of these fields, all of which its table has."""
    count = max(map(len, rows.columns.values()))
    defaults = {"kind": record_kind(rows.kind), "source": source} | field_defaults(rows.kind)
    return Counter(zip(*(_hashable(rows.columns.get(name), defaults[name], count) for name in fields), strict=True))


def _hashable(column: list[Any] | None, default: object, count: int) -> Iterable[Any]:
    if isinstance(default, list | dict):
        return (
            map(EncodedValue, map(encode_json, column)) if column else repeat(EncodedValue(encode_json(default)), count)
        )
    return column or repeat(default, count)


def make_answer(fields: Sequence[str], counts: Mapping[tuple[Any, ...], int]) -> Answer:
    """Make the table of counts, the highest first."""
    rows = [
        (*(json.loads(value) if isinstance(value, EncodedValue) else value for value in values), count)
        for values, count in sorted(counts.items(), key=lambda found: -found[1])
    ]
    names = (*fields, "count")
    return Answer("counts", names, rows, {name: (name,) for name in names}, is_of_input=False)
