"""Tables for people: aligned columns, on a terminal those that fit.

A table is written while it is read: its first rows choose the columns and their sizes. Where a later cell is wider, the
columns are wider from there on; on a terminal that is full, such a row takes several lines.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import IO, NamedTuple

from netstat_parse.formats.appearance import Appearance
from netstat_parse.formats.cells import CUT_REMARK, find_numbers, format_cells, has_truncated
from netstat_parse.formats.display import DROPPED_FIRST, LISTS, find_style, title_table
from netstat_parse.formats.styles import HEADING, REMARK, TITLE, paint
from netstat_parse.formats.table_layout import choose_sizes, drop_columns, fits, measure_list, measure_words
from netstat_parse.formats.table_parts import Key, TableDivider, TablePart
from netstat_parse.formats.task import WriteTask
from netstat_parse.formats.text_layout import INDENT, Grid, break_words, draw_lines, measure_column
from netstat_parse.records.rows import MEANING
from netstat_parse.records.values import cell_width

Cells = Mapping[str, list[str]]
"""The cells of each column by heading."""


def write_table(task: WriteTask) -> None:
    """Write a table for each kind of record of each snapshot."""
    writer = TableWriter(task.file, task.appearance)
    try:
        for part in TableDivider(task).divide():
            writer.write(part)
    finally:
        writer.end()


class OpenTable(NamedTuple):
    """The table that is being written."""

    key: Key
    used: frozenset[str]
    """Headings of the columns that have a value."""
    shown: list[str]
    """Headings of the columns that fit."""
    prose: str | None
    """Heading of the column whose cells are paragraphs below their rows."""
    wants: list[int]
    """Widths of the widest cells so far."""
    needs: list[int]
    """Least widths of the columns."""
    grid: Grid


class TableWriter:
    """Writes tables to a file."""

    def __init__(self, file: IO[bytes], appearance: Appearance) -> None:
        self._file = file
        self._appearance = appearance
        self._table: OpenTable | None = None
        self._title: tuple[str, ...] = ()
        """The title of the last table's snapshot."""
        self._has_written = False
        self._remarks: dict[str, None] = {}
        """Remarks to write below the table."""
        self._known_remarks: set[str] = set()
        self._begun: set[Key] = set()

    def write(self, part: TablePart) -> None:
        """Write the first rows of a table, or some that follow those before."""
        cells = format_cells(part.columns, part.records)
        used = frozenset(heading for heading, column in cells.items() if any(column))
        lines: list[str] = []
        if self._table is None or self._table.key != part.key or not used <= self._table.used:
            lines += [*self._end_table(), *self._begin_table(part, cells, used)]
        elif self._table:
            self._table = _widen(self._table, cells)
        if has_truncated(part.records):
            self._add_remark(CUT_REMARK)
        if self._table:
            lines += self._draw(self._table, cells)
        self._file.write("".join(f"{line}\n" for line in lines).encode(errors="backslashreplace"))
        self._file.flush()

    def end(self) -> None:
        """Write what is left, and an empty line below tables with a title: those of another input may follow."""
        lines = [*self._end_table(), *([""] if self._title else [])]
        self._file.write("".join(f"{line}\n" for line in lines).encode(errors="backslashreplace"))

    def _begin_table(self, part: TablePart, cells: Cells, used: frozenset[str]) -> Iterator[str]:
        """Choose the columns, and yield the title of the snapshot and the heading of the table."""
        if self._has_written:
            yield ""
        self._has_written = True
        if part.title != self._title:
            self._title = part.title
            yield from self._paint("  ".join(part.title), TITLE)
        continued = " (continued)" if part.key in self._begun else ""
        self._begun.add(part.key)
        yield from self._paint(title_table(part.key[1]) + continued, TITLE)
        self._table = _choose_columns(part, cells, used, self._appearance)
        headings = [[heading] for heading in self._table.shown]
        styles = [(lambda _: HEADING) if self._appearance.has_color else None] * len(headings)
        yield from draw_lines(headings, self._table.grid._replace(styles=styles)) if headings else ()
        hidden = [name for name in part.columns if name in used and name not in {*self._table.shown, self._table.prose}]
        if hidden:
            self._add_remark(
                f"Not shown at {self._appearance.width} columns: {', '.join(hidden)}"
                " (see them on a wider terminal, in a file or with -f csv)"
            )

    def _draw(self, table: OpenTable, cells: Cells) -> Iterator[str]:
        """Yield the lines of rows."""
        columns = [cells[heading] for heading in table.shown]
        if table.prose is None:
            yield from draw_lines(columns, table.grid) if columns else ()
            return
        width = (self._appearance.width or 0) - INDENT
        for row, text in zip(zip(*columns, strict=True), cells[table.prose], strict=True):
            yield from draw_lines([[cell] for cell in row], table.grid)
            yield from (" " * INDENT + line for line in (break_words(text, width) if text else ()))

    def _paint(self, text: str, style: str) -> Iterator[str]:
        """Yield the lines of a text in a style."""
        width = self._appearance.width
        for line in break_words(text, width) if width and cell_width(text) > width else [text]:
            yield paint(line, style) if self._appearance.has_color else line

    def _add_remark(self, remark: str) -> None:
        if remark not in self._known_remarks:
            self._known_remarks.add(remark)
            self._remarks[remark] = None

    def _end_table(self) -> Iterator[str]:
        for remark in self._remarks:
            yield from self._paint(remark, REMARK)
        self._remarks.clear()
        self._table = None


def _choose_columns(part: TablePart, cells: Cells, used: frozenset[str], appearance: Appearance) -> OpenTable:
    width = appearance.width
    columns = {heading: fields for heading, fields in part.columns.items() if heading in used}
    prose = next((heading for heading, fields in columns.items() if fields == (MEANING,) and width is not None), None)
    shown = [heading for heading in columns if heading != prose]
    lists = {heading for heading in shown if not LISTS.isdisjoint(columns[heading]) and width is not None}
    needs = {heading: _measure_need(heading, cells[heading], is_list=heading in lists) for heading in shown}
    if width is not None:
        shown = drop_columns(needs, _order_columns(part.key[1], cells), width)
        if not fits(needs, shown, width):
            needs |= {name: max(measure_column([name]), measure_words(cells[name])) for name in lists}
    wants = [measure_column([heading, *cells[heading]]) for heading in shown]
    least = [needs[heading] for heading in shown]
    numbers = find_numbers(columns, part.records)
    grid = Grid(
        choose_sizes(wants, least, width),
        [heading in numbers for heading in shown],
        [heading in lists for heading in shown],
        [find_style(columns[heading]) if appearance.has_color else None for heading in shown],
        width,
    )
    return OpenTable(part.key, used, shown, prose, wants, least, grid)


def _measure_need(heading: str, cells: Sequence[str], *, is_list: bool) -> int:
    return max(measure_column([heading]), measure_list(cells) if is_list else measure_column(cells))


def _order_columns(table: str, cells: Cells) -> list[str]:
    """Return the columns that can be dropped: first those with the same value in all rows, as it says least."""
    order = DROPPED_FIRST.get(table, ())
    constant = [name for name in order if name in cells and len(cells[name]) > 1 and len({*cells[name]}) == 1]
    return [*constant, *order]


def _widen(table: OpenTable, cells: Cells) -> OpenTable:
    """Widen the columns for wider cells, as far as the terminal has room."""
    columns = [cells[heading] for heading in table.shown]
    wants = [max(want, measure_column(column)) for want, column in zip(table.wants, columns, strict=True)]
    if wants == table.wants:
        return table
    needs = [
        max(need, measure_list(column) if is_list else want)
        for need, column, want, is_list in zip(table.needs, columns, wants, table.grid.is_list, strict=True)
    ]
    sizes = choose_sizes(wants, needs, table.grid.width)
    return table._replace(wants=wants, needs=needs, grid=table.grid._replace(sizes=sizes))
