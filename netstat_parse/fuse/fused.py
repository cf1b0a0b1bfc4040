"""A fused pattern: one `re.Pattern` that reads rows into columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from netstat_parse.fuse.pieces import Capture, Convert
from netstat_parse.records.rows import is_constant

FEW = 16
"""Rows that are read one by one before all others at once, which copies the text: a few rows do not pay for that."""


@dataclass(frozen=True)
class Fused:
    """An expression as a pattern."""

    text: str
    captures: Sequence[Capture]
    """In the order in which pyparsing sets the names: of those with one name, the last that is set gives the value."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The pattern of the expression, and of nothing else."""
        return re.compile(self.text)

    @cached_property
    def _run(self) -> re.Pattern[str]:
        """The same, or in its last group all that is left of the text."""
        return re.compile(f"(?:{self.text})|((?s:.+))")

    def run(self, text: str, at: int, flat: list[str | None]) -> int:
        """Add what is captured of all that stands there one behind the other; where that ends.

        It is added in one flat list, as `re.split` gives it: for each, what is before it, which is nothing, its groups,
        and the group of the rest, in which there is nothing either.
        """
        match, rest = self._run.match, self._run.groups
        for _ in range(FEW):
            found = match(text, at)
            if found is None or found.lastindex == rest:
                return at
            flat.append(None)
            flat += found.groups()
            at = found.end()
        if at == len(text):
            return at
        many = self._run.split(text[at:])
        left = many[-2]
        del many[-1 if left is None else -2 - rest :]
        flat += many
        return len(text) - len(left or "")

    @cached_property
    def _numbers(self) -> dict[str, int]:
        compiled = self._run if "_run" in vars(self) else self.pattern
        return {group: number - 1 for group, number in compiled.groupindex.items()}

    @property
    def width(self) -> int:
        """Of what `run` adds, how much is of one row."""
        return self._run.groups + 1

    def values(self, flat: list[str | None]) -> dict[str, list[Any]]:
        """The values by results name, of what `run` has added; `None` where a row has no such value.

        A name for which no row has a value is left out.
        """
        return self._columns([flat[group :: self.width] for group in range(1, self.width - 1)])

    def columns(self, rows: Sequence[tuple[str | None, ...]]) -> dict[str, list[Any]]:
        """The same, given `match.groups()` of each row."""
        return self._columns([list(texts) for texts in zip(*rows, strict=True)])

    def _columns(self, texts: list[list[str | None]]) -> dict[str, list[Any]]:
        columns: dict[str, list[Any]] = {}
        for name, group, convert, _ in self.captures if texts else ():
            column = texts[self._numbers[group]]
            missing = 0 if all(column) else column.count(None)  # to compare each with None takes longer
            if missing == len(column):
                continue
            values = _converted(column, convert, missing)
            if name in columns:
                both = zip(column, values, columns[name], strict=True)
                values = [earlier if text is None else value for text, value, earlier in both]
            columns[name] = values
        return columns


def _converted(column: list[Any], convert: Convert | None, missing: int) -> list[Any]:
    """The texts of a column as values: this is where most of them are made."""
    if convert is None:
        return column
    if is_constant(column):
        return [convert(column[0])] * len(column)
    if convert is int:
        return [text and int(text) for text in column] if missing else list(map(int, column))
    values = {text: text if text is None else convert(text) for text in set(column)}
    return [values[text] for text in column]
