"""Rows of text in aligned columns. No address, name or word is broken.

A cell that is wider than its column stays whole: the cells after it are in the next line, each below its heading. Only
a list is broken, between its words, and below its heading.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import zip_longest
from typing import NamedTuple
from unicodedata import bidirectional

from netstat_parse.formats.styles import paint
from netstat_parse.records.values import cell_width

GAP = 2
"""Blanks between two columns."""

INDENT = 4
"""Blanks before a cell that is too wide for what is left of a line."""

LEFT_TO_RIGHT = "\N{LEFT-TO-RIGHT MARK}"

_RIGHT_TO_LEFT_CLASSES = frozenset({"R", "AL", "AN"})

Style = Callable[[str], str]
"""Returns the style of a cell; empty for none."""


class Grid(NamedTuple):
    """Columns with their sizes; each field but the last has an item for each column."""

    sizes: Sequence[int]
    """Widths in characters."""
    is_right: Sequence[bool]
    """True for a column that is aligned to the right."""
    is_list: Sequence[bool]
    """True for a column whose cells may be broken between words."""
    styles: Sequence[Style | None]
    width: int | None = None
    """Width of all columns together; None for no limit, where sizes are those of the widest cells."""


def narrow(sizes: Sequence[int], width: int) -> list[int]:
    """Narrow the widest columns until all fit into this width, if that is possible."""
    space = width - GAP * (len(sizes) - 1)
    limit = max(sizes, default=0)
    while limit > 1 and sum(min(size, limit) for size in sizes) > space:
        limit -= 1
    return [min(size, limit) for size in sizes]


def measure_column(cells: Iterable[str]) -> int:
    """Return the width of the widest cell."""
    cells = list(cells)
    if "".join(cells).isascii():
        return max(map(len, cells), default=0)
    return max(map(cell_width, {*cells}))


def draw_lines(columns: Sequence[Sequence[str]], grid: Grid) -> Iterator[str]:
    """Yield the lines of rows, which are given by column."""
    widths = map(measure_column, columns)
    if all(width <= size for width, size in zip(widths, grid.sizes, strict=True)):
        yield from _draw_fitting(columns, grid)
        return
    rows = list(zip(*columns, strict=True))
    is_long = [any(cell_width(cell) > size for cell, size in zip(row, grid.sizes, strict=True)) for row in rows]
    fitting = zip(*(row for row, long in zip(rows, is_long, strict=True) if not long), strict=True)
    lines = _draw_fitting(list(fitting), grid)
    for row, long in zip(rows, is_long, strict=True):
        yield from _draw_row(row, grid) if long else (next(lines),)


def _draw_fitting(columns: Sequence[Sequence[str]], grid: Grid) -> Iterator[str]:
    """Yield the lines of rows whose cells all fit: a template takes a fraction of the time of `_draw_row`."""
    if not columns:
        return
    specifiers, padded = [], []
    for cells, size, right, style in zip(columns, grid.sizes, grid.is_right, grid.styles, strict=True):
        if style is None and "".join(cells).isascii():
            specifiers.append(f"%{size}s" if right else f"%-{size}s")
            padded.append(cells)
        else:
            texts = {cell: pad(_decorate(cell, grid, style), cell, size, is_right=right) for cell in {*cells}}
            specifiers.append("%s")
            padded.append([texts[cell] for cell in cells])
    template = (" " * GAP).join(specifiers)
    yield from ((template % row).rstrip(" ") for row in zip(*padded, strict=True))


def pad(text: str, cell: str, size: int, *, is_right: bool) -> str:
    """Fill the column of a cell with blanks; the text is the cell with marks and styles, which have no width."""
    blanks = " " * (size - cell_width(cell))
    return blanks + text if is_right else text + blanks


def _decorate(cell: str, grid: Grid, style: Style | None) -> str:
    text = cell if grid.width is None else isolate(cell)  # in a file the marks would become part of the value
    return paint(text, style(cell)) if style else text


def isolate(cell: str) -> str:
    """Put marks around text with letters from right to left, so that a terminal leaves the cells beside it in place."""
    if cell.isascii() or _RIGHT_TO_LEFT_CLASSES.isdisjoint(map(bidirectional, cell)):
        return cell
    return f"{LEFT_TO_RIGHT}{cell}{LEFT_TO_RIGHT}"


def _draw_row(row: Sequence[str], grid: Grid) -> Iterator[str]:
    """Yield the lines of a row with cells that may be wider than their columns."""
    cells = (
        break_words(cell, size) if is_list and cell_width(cell) > size >= measure_column(cell.split(" ")) else [cell]
        for cell, size, is_list in zip(row, grid.sizes, grid.is_list, strict=True)
    )
    for line in zip_longest(*cells, fillvalue=""):
        yield from _align(line, grid)


def _align(row: Sequence[str], grid: Grid) -> Iterator[str]:
    """Yield the line of a row; several if cells are wider than their columns."""
    line, end, start = "", 0, 0
    for cell, size, right, style in zip(row, grid.sizes, grid.is_right, grid.styles, strict=True):
        length = cell_width(cell)
        at = start + max(size - length, 0) * right
        start += size + GAP
        if not cell:
            continue
        if line and (end + GAP > at or (grid.width and at + length > grid.width)):
            yield line
            line, end = "", 0
        if grid.width and length > grid.width:
            *lines, cell = break_words(cell, grid.width - INDENT)  # noqa: PLW2901 - the rest of it
            yield from (" " * _limit_indent(cell_width(line), grid.width) + isolate(line) for line in lines)
            length = cell_width(cell)
            at = _limit_indent(length, grid.width)
        elif grid.width and at + length > grid.width:
            at = _limit_indent(length, grid.width)
        line += " " * (at - end) + _decorate(cell, grid, style)
        end = at + length
    yield line


def _limit_indent(length: int, width: int) -> int:
    return max(min(INDENT, width - length), 0)


def break_words(text: str, width: int) -> list[str]:
    """Break text into lines between words; a word that is wider than the line is a line of its own."""
    lines: list[str] = []
    end = 0
    for word in text.split(" "):
        length = cell_width(word)
        if lines and end + 1 + length <= width:
            lines[-1] += f" {word}"
            end += 1 + length
        else:
            lines.append(word)
            end = length
    return lines
