"""A fused pattern: a regular expression that reads rows into columns.

`Fused` is plain data, the text of a pattern and its capture groups, and may come from `fuse` or from elsewhere; only
the conversions are functions. It imports nothing of pyparsing.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from typing import Any, NamedTuple, cast

from netstat_parse.conversions import unsigned
from netstat_parse.fuse.named_functions import resolve
from netstat_parse.precompiled import compile_pattern
from netstat_parse.records.integer_column import IntegerColumn, are_json, convert_integers
from netstat_parse.records.rows import Columns, is_constant

Convert = Callable[[str], Any]
"""Converts the text of a cell to its value."""

Cells = list[str | None]
"""Texts of rows in one flat list, as `Fused.read_rows` returns them: `Fused.row_width` entries a row."""

ROWS_BEFORE_SPLIT = 4
"""Rows matched one at a time before switching to `re.split`, which copies the text: as long as to match three rows."""


class Capture(NamedTuple):
    """A capture group of a pattern."""

    name: str
    """The results name: the field that the text belongs to."""
    group: str
    """The name of the group: the results name, numbered from the second group of that name on."""
    convert: Convert | None = None


class Fused:
    """A regular expression that matches one row, with a capture group for each cell."""

    def __init__(self, text: str, captures: Sequence[Capture]) -> None:
        self.text = text
        """The pattern, in which every capture group is one of `captures`."""
        self.captures = captures
        """In the order of the groups. Of groups with the same results name, the last that matched gives the value."""

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The compiled pattern of one row."""
        return compile_pattern(self.text)

    @cached_property
    def _row_or_rest(self) -> re.Pattern[str]:
        """The pattern of one row; where no row matches, one more group takes all text that is left."""
        return compile_pattern(f"(?:{self.text})|((?s:.+))")

    @property
    def row_width(self) -> int:
        """Number of entries of a row in `Cells`: one for the text before it, its groups, one for the text left over."""
        return len(self.captures) + 2

    def read_rows(self, text: str, at: int) -> tuple[Cells, int]:
        """Return the cells of the rows that follow each other from offset `at` on, and the offset of their end.

        The pattern must not match an empty text.

        `re.split` is the fastest way to match many rows: one call returns, for each match, the text before it and all
        its groups. As rows adjoin, there is no text before them, and as the group for the rest takes all that follows
        the last row, the split ends there. The cells of a row are an empty text (or None) before it, its groups, and
        None for the rest.
        """
        cells: Cells = []
        match, rest = self._row_or_rest.match, self.row_width - 1
        for _ in range(ROWS_BEFORE_SPLIT):
            row = match(text, at)
            if row is None or row.lastindex == rest:
                return cells, at
            cells.append(None)
            cells += row.groups()
            at = row.end()
        if at == len(text):
            return cells, at
        split = self._row_or_rest.split(text[at:])
        left_over = split[-2]
        # The last entry is the text behind all matches, ""; before it may be the match that is no row but the rest.
        del split[-1 if left_over is None else -1 - self.row_width :]
        split[:0] = cells  # not the other way round, which copies the longer list
        return split, len(text) - len(left_over or "")

    def cell_columns(self, cells: Cells) -> Columns:
        """Convert the cells that `read_rows` returned to columns by results name, None where a row has no value.

        A name is left out when no row has a value for it.
        """
        width = self.row_width
        return self._columns(cells[group::width] for group in range(1, width - 1))

    def columns(self, rows: Sequence[tuple[str | None, ...]]) -> Columns:
        """Convert rows, each the `groups()` of a match, to columns as `cell_columns` does."""
        return self._columns(list(texts) for texts in zip(*rows, strict=True))

    def _columns(self, groups: Iterable[list[str | None]]) -> Columns:
        columns: Columns = {}
        for (name, _, convert), texts in zip(self.captures, groups, strict=False):  # without rows there are no groups
            if not texts or (texts[0] is texts[-1] is None and texts.count(None) == len(texts)):
                continue
            values = _convert_all(texts, resolve(convert))
            if name in columns:
                both = zip(texts, values, columns[name], strict=True)
                values = [earlier if text is None else value for text, value, earlier in both]
            columns[name] = values
        return columns


def _convert_all(texts: list[Any], convert: Convert | None) -> list[Any]:
    """Convert the texts of a column, None excepted, calling `convert` as rarely as possible."""
    if convert is None:
        return texts
    if is_constant(texts):
        return [convert(texts[0])] * len(texts)
    if (convert is int or convert is unsigned) and are_json(texts):  # which are the same for digits
        return cast("list[Any]", IntegerColumn.from_texts(texts))  # no list: see `Columns`
    if convert is int:
        return convert_integers(texts)
    values = {text: text if text is None else convert(text) for text in set(texts)}
    return list(map(values.__getitem__, texts))
