"""Choose the columns of a table that fit into a terminal, and their sizes."""

from collections.abc import Container, Iterable, Mapping, Sequence

from netstat_parse.formats.text_layout import GAP, measure_column, narrow
from netstat_parse.records.values import cell_width

LIST_WIDTH = 20
"""Width in characters up to which a list is not broken to make room for other columns."""

MIN_ROWS_FOR_MOST = 5
"""Number of rows from which a tenth of them may be longer than the others, but at least one."""


def measure_list(cells: Iterable[str]) -> int:
    """Return the least width of a column of lists: that of its longest word, but of short lists the whole width."""
    cells = list(cells)
    return min(measure_column(cells), max(measure_words(cells), LIST_WIDTH))


def measure_words(cells: Iterable[str]) -> int:
    """Return the width of the longest word."""
    return measure_column(word for cell in {*cells} for word in cell.split(" "))


def measure_most(columns: Mapping[str, Sequence[str]]) -> dict[str, int]:
    """Return the widths that nine tenths of the rows need; of few rows those that all need."""
    rows = list(zip(*columns.values(), strict=True))
    if len(rows) >= MIN_ROWS_FOR_MOST:
        rows.sort(key=lambda row: sum(map(cell_width, row)))
        del rows[-max(len(rows) // 10, 1) :]
    return dict(zip(columns, map(measure_column, zip(*rows, strict=True)), strict=True))


def drop_columns(needs: Mapping[str, int], order: Iterable[str], width: int, idle: Container[str] = ()) -> list[str]:
    """Drop columns until the others fit, and return those that are left.

    Args:
        needs: the headings, each with the least width of its column.
        order: headings of columns that can be dropped, the least important first.
        width: the width in characters.
        idle: headings of columns that stay dropped even if there is room: they have no value but 0.
    """
    kept, dropped = {*needs}, []
    for heading in order:
        if fits(needs, kept, width) or len(kept) == 1:
            break
        if heading in kept:
            kept.remove(heading)
            dropped.append(heading)
    for heading in reversed(dropped):  # a narrow one may fit where a wide one was dropped after it
        if heading not in idle and fits(needs, {*kept, heading}, width):
            kept.add(heading)
    return [heading for heading in needs if heading in kept]


def fits(needs: Mapping[str, int], headings: Iterable[str], width: int) -> bool:
    """Return whether columns fit."""
    return sum(needs[heading] + GAP for heading in headings) - GAP <= width


def choose_sizes(wants: Sequence[int], needs: Sequence[int], width: int | None) -> list[int]:
    """Choose the sizes of columns: those that they want if there is room, or else from what they need upwards.

    Args:
        wants: widths with which no cell is broken.
        needs: the least widths.
        width: the width of all columns together; None for no limit.
    """
    gaps = GAP * (len(wants) - 1)
    if width is None or sum(wants) + gaps <= width:
        return [*wants]
    spare = width - gaps - sum(needs)
    if spare < 0:
        return narrow(needs, width)
    sizes = []
    for want, need in zip(wants, needs, strict=True):
        more = min(want - need, spare)
        spare -= more
        sizes.append(need + more)
    return sizes
