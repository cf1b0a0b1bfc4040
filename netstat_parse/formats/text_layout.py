"""Rows of text in aligned columns, no cell of which is broken.

Rich folds a cell that is too wide for its column inside of an address or a word, or truncates it.
"""

from collections.abc import Container, Iterator, Sequence

from netstat_parse.records.values import cell_width

GAP = 2
"""Blanks between two columns."""

INDENT = 4
"""Blanks before a cell that is too wide for what is left of a line."""


def align_rows(rows: Sequence[Sequence[str]], width: int, right: Container[str] = ()) -> Iterator[str]:
    """Yield the lines of rows, the first of which has the headings.

    Where they do not fit, the widest columns become narrower. A cell that is wider than its column is not broken: the
    cells after it are in the next line, each below its heading.

    Args:
        rows: the cells of each row.
        width: the width in characters.
        right: headings of columns that are aligned to the right.
    """
    widths = [max(map(cell_width, cells)) for cells in zip(*rows, strict=True)]
    limit = _find_limit(widths, width - GAP * (len(widths) - 1))
    sizes = [min(size, limit) for size in widths]
    is_right = [heading in right for heading in rows[0]]
    for row in rows:
        yield from _align_row(row, sizes, is_right, width)


def _find_limit(widths: Sequence[int], space: int) -> int:
    """Return the greatest width of a column with which all columns fit."""
    limit = max(widths)
    while limit > 1 and sum(min(size, limit) for size in widths) > space:
        limit -= 1
    return limit


def _align_row(row: Sequence[str], sizes: Sequence[int], is_right: Sequence[bool], width: int) -> Iterator[str]:
    line, end, start = "", 0, 0
    for cell, size, right in zip(row, sizes, is_right, strict=True):
        length = cell_width(cell)
        at = start + max(size - length, 0) * right
        start += size + GAP
        if not cell:
            continue
        if line and (end + GAP > at or at + length > width):
            yield line
            line, end = "", 0
        at = at if at + length <= width else max(min(INDENT, width - length), 0)
        line += " " * (at - end) + cell
        end = at + length
    yield line
