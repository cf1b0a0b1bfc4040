"""Compare expected rows with records and report missing records, additional records and wrong fields."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from typing import Any

Row = dict[str, Any]
"""Expected fields of a record: each a value or a condition on the value."""

WHOLE_RECORD = ""
"""The key of a condition on the whole record."""


class Condition:
    """A condition on a value, with a description for messages."""

    def __init__(self, description: str, holds: Callable[[Any], bool]) -> None:
        self.description = description
        self.holds = holds

    def __repr__(self) -> str:
        return self.description


ANY_VALUE = Condition("anything", lambda _: True)


def one_of(*values: object) -> Condition:
    """Accept any of these values: the output is ambiguous."""
    return Condition(" or ".join(map(repr, values)), lambda value: value in values)


def between_sets(required: Collection[str], allowed: Collection[str]) -> Condition:
    """Accept a list with all required items and no items that are not allowed."""
    limits = set(required) | set(allowed)
    return Condition(
        f"{sorted(required)} and perhaps {sorted(limits)}", lambda value: set(required) <= set(value) <= limits
    )


def within_seconds(seconds: float, slack: float) -> Condition:
    """Accept a timer that ran for up to `slack` seconds after the kernel's table was read."""
    return Condition(f"{seconds} or {slack} less", lambda value: value is not None and -0.011 < seconds - value < slack)


def decoded_text(text: bytes, *, exact: bool) -> Condition:
    """Accept the decoded text; unless `exact`, as in captures that are not all UTF-8, compare only its ASCII characters."""
    if exact:
        whole = text.decode()
        return Condition(repr(whole), lambda value: value == whole)
    ascii_runs = [re.escape(run.decode()) for run in re.split(rb"[\x80-\xff]+", text)]
    pattern = re.compile("[^\x00-\x7f]+".join(ascii_runs))
    return Condition(f"like {text!r}", lambda value: isinstance(value, str) and bool(pattern.fullmatch(value)))


def matches(expected: object, value: object) -> bool:
    return expected.holds(value) if isinstance(expected, Condition) else bool(expected == value)


def get_value(record: object, name: str) -> object:
    if not name:
        return record
    return record[name] if isinstance(record, dict) else getattr(record, name)


def find_wrong_fields(row: Row, record: object) -> list[str]:
    """Return the names of the fields of a record that differ from the expected row."""
    return [name for name, expected in row.items() if not matches(expected, get_value(record, name))]


def find_differences(rows: Iterable[Row], records: Iterable[object]) -> list[str]:
    """Describe each difference between rows and records; their order does not matter."""
    left = list(records)
    missing = []
    for row in rows:
        match = next((n for n, record in enumerate(left) if not find_wrong_fields(row, record)), None)
        if match is None:
            missing.append(row)
        else:
            del left[match]
    return [describe_nearest(row, left) for row in missing] + [
        f"nothing in the kernel for {record!r}" for record in left
    ]


def describe_nearest(row: Row, left: list[object]) -> str:
    """Describe a row without a record: compare it with the most similar record, and remove that record from `left`."""
    best = min(range(len(left)), key=lambda n: len(find_wrong_fields(row, left[n])), default=None)
    if best is None or 2 * len(find_wrong_fields(row, left[best])) > len(row):
        return f"no record of {row}"
    record = left.pop(best)
    fields = ", ".join(
        f"{name or 'it'} is {get_value(record, name)!r}, not {row[name]!r}" for name in find_wrong_fields(row, record)
    )
    return f"{record!r}: {fields}"


def find_repeated_differences(rows: list[Row], records: list[Any]) -> list[str]:
    """Describe the differences in rows that -c repeated at least twice; the last repetition may be incomplete."""
    size = len(rows)
    if len(records) < 2 * size:
        return [f"{len(records)} records are not two repetitions of {size}"]
    found = []
    for start in range(0, len(records), size):
        repetition = records[start : start + size]
        found += find_differences(rows[: len(repetition)], repetition)
    return found
