"""Expected rows against records: nothing missing, nothing invented, no field wrong."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from typing import Any

Row = dict[str, Any]
"""A record's fields: each a value, or a test of the value. A test under "" is put to the whole record."""
WHOLE_RECORD = ""


class Condition:
    """A test of a value, with words for what it asks."""

    def __init__(self, words: str, holds: Callable[[Any], bool]) -> None:
        self.words = words
        self.holds = holds

    def __repr__(self) -> str:
        return self.words


ANY_VALUE = Condition("anything", lambda _: True)


def one_of(*values: object) -> Condition:
    """Any of these is right, as the print leaves it open."""
    return Condition(" or ".join(map(repr, values)), lambda value: value in values)


def between_sets(required: Collection[str], allowed: Collection[str]) -> Condition:
    """A list that names all that is required and nothing that is not allowed."""
    limits = set(required) | set(allowed)
    return Condition(
        f"{sorted(required)} and perhaps {sorted(limits)}", lambda value: set(required) <= set(value) <= limits
    )


def within_seconds(seconds: float, slack: float) -> Condition:
    """A clock that has run on since the kernel's table was read."""
    return Condition(f"{seconds} or {slack} less", lambda value: value is not None and -0.011 < seconds - value < slack)


def decoded_text(text: bytes, *, exact: bool) -> Condition:
    """Text of any bytes. Where they are not UTF-8 throughout the capture, only the ASCII in it is held to."""
    if exact:
        whole = text.decode()
        return Condition(repr(whole), lambda value: value == whole)
    parts = [re.escape(part.decode()) for part in re.split(rb"[\x80-\xff]+", text)]
    pattern = re.compile("[^\x00-\x7f]+".join(parts))
    return Condition(f"like {text!r}", lambda value: isinstance(value, str) and bool(pattern.fullmatch(value)))


def matches(expected: object, value: object) -> bool:
    return expected.holds(value) if isinstance(expected, Condition) else bool(expected == value)


def get_value(record: object, name: str) -> object:
    if not name:
        return record
    return record[name] if isinstance(record, dict) else getattr(record, name)


def find_wrong_fields(row: Row, record: object) -> list[str]:
    """The fields in which a record differs from what it should be."""
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
    """A row without its record, beside the record that comes nearest to it (and is then spent)."""
    best = min(range(len(left)), key=lambda n: len(find_wrong_fields(row, left[n])), default=None)
    if best is None or 2 * len(find_wrong_fields(row, left[best])) > len(row):
        return f"no record of {row}"
    record = left.pop(best)
    fields = ", ".join(
        f"{name or 'it'} is {get_value(record, name)!r}, not {row[name]!r}" for name in find_wrong_fields(row, record)
    )
    return f"{record!r}: {fields}"


def find_repeated_differences(rows: list[Row], records: list[Any]) -> list[str]:
    """Describe the differences where -c repeated the rows, at least twice; the last repetition may be cut short."""
    size = len(rows)
    if len(records) < 2 * size:
        return [f"{len(records)} records are not two repetitions of {size}"]
    found = []
    for start in range(0, len(records), size):
        part = records[start : start + size]
        found += find_differences(rows[: len(part)], part)
    return found
