"""The columns that are visible: those that ``-f table`` writes come first, and the others are to the right of them."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from netstat_parse.formats.display import DROPPED_FIRST, find_style
from netstat_parse.formats.styles import FAULT
from netstat_parse.formats.table_layout import drop_columns
from netstat_parse.formats.text_layout import GAP
from netstat_parse.records.values import cell_width
from netstat_parse.screen.lines import MARGIN, align_cells
from netstat_parse.screen.tracker import TableRound

NAME_FIELDS = frozenset({"name", "destination"})
"""Fields that identify a row for people: their column stays, with those before it; else the first column does."""


class Cell(NamedTuple):
    """A cell on the screen."""

    place: int
    """Place of its column in the table."""
    text: str
    """As wide as its column and the gap after it; blank if only a part of it is visible."""


class Line(NamedTuple):
    """The cells of a row or the headings."""

    fixed: Sequence[Cell]
    moving: Sequence[Cell]
    """All columns that move to the side, from the first one."""
    is_cut_left: bool
    """True if a value is to the left of what is visible."""
    is_cut_right: bool


class Viewport:
    """A table on a screen of a given width."""

    def __init__(self, table: TableRound, width: int) -> None:
        self.table = table
        self.width = width
        space = width - MARGIN
        is_whole = _measure(table, range(len(table.columns))) <= space
        order = order_columns(table, space - (not is_whole))
        count = 0 if is_whole else _count_fixed(table, order, space - 1)
        self._fixed, self._moving = order[:count], order[count:]
        fixed = sum(table.widths[place] + GAP for place in self._fixed)
        self.body = max(space - fixed - (not is_whole), 1)
        """Width in characters for the columns that move."""
        sizes = [table.widths[place] + GAP for place in self._moving]
        self._starts = [0, *accumulate(sizes)][: len(sizes)]
        self.stops = [*self._find_stops()]
        """Positions to the side: each begins with a column, or is within one that is wider than the screen."""

    def _find_stops(self) -> Iterator[int]:
        yield 0
        total = _measure(self.table, self._moving)
        for start, place in zip(self._starts, self._moving, strict=True):
            end = start + self.table.widths[place]
            is_wide = end - start > self.body
            for stop in (*range(start, end - self.body, self.body), end - self.body) if is_wide else (start,):
                if stop:
                    yield stop
                if total - stop <= self.body:
                    return

    def draw(self, cells: Sequence[str], at: int) -> Line:
        """Return the cells at a position to the side. None is cut unless it is wider than the screen."""
        aligned = align_cells(cells, self.table)
        is_cut = {False: False, True: False}
        moving = []
        for start, place in zip(self._starts, self._moving, strict=True):
            text, cell = aligned[place], cells[place]
            length = cell_width(cell)
            begin = start + (self.table.widths[place] - length) * self.table.columns[place].is_right
            is_left, is_right = begin < at, begin + length > at + self.body
            if cell and (is_left or is_right):
                is_cut[is_right] = True
                if length <= self.body:
                    text = " " * self.table.widths[place]
            moving.append(Cell(place, text + " " * GAP))
        fixed = [Cell(place, aligned[place] + " " * GAP) for place in self._fixed]
        return Line(fixed, moving, is_cut[False], is_cut[True])

    def find_column(self, x: int, at: int) -> int | None:
        """Return the place of the column at this character of the screen."""
        end = MARGIN
        for place in self._fixed:
            end += self.table.widths[place] + GAP
            if x < end:
                return place
        found = [place for start, place in zip(self._starts, self._moving, strict=True) if start <= x - end + at]
        return found[-1] if found else None


def order_columns(table: TableRound, width: int) -> list[int]:
    """Return the places of the columns, first of those that `-f table` writes at this width."""
    kept = find_kept(table, width)
    return [*kept, *(place for place in range(len(table.columns)) if place not in kept)]


def find_kept(table: TableRound, width: int) -> list[int]:
    """Return the places of the columns that `-f table` writes at this width.

    Sparklines are dropped first; faults that are not 0 stay.
    """
    places = {column.heading: str(place) for place, column in enumerate(table.columns) if column.kind != "sparkline"}
    sparklines = [str(place) for place, column in enumerate(table.columns) if column.kind == "sparkline"]
    order = [places[heading] for heading in DROPPED_FIRST.get(table.name, ()) if heading in places]
    order = [place for place in order if not _has_fault(table, int(place))]
    needs = {str(place): size for place, size in enumerate(table.widths)}
    return [*map(int, drop_columns(needs, [*reversed(sparklines), *order], width))]


def _has_fault(table: TableRound, place: int) -> bool:
    find = find_style(table.columns[place].fields)
    return find is not None and any(find(row.cells[place]) == FAULT for row in table.rows)


def _measure(table: TableRound, places: Iterable[int]) -> int:
    return sum(table.widths[place] + GAP for place in places) - GAP


def _count_fixed(table: TableRound, order: Sequence[int], width: int) -> int:
    """Return the number of columns that stay: none if they take half the width, or the room of the widest column."""
    names = [number for number, place in enumerate(order) if table.columns[place].fields[0] in NAME_FIELDS]
    count = names[0] + 1 if names else 1
    size = _measure(table, order[:count]) + GAP
    widest = max((table.widths[place] for place in order[count:]), default=0)
    return count if size <= width // 2 and not width - size < widest <= width else 0
