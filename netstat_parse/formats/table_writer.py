"""Tables for people: aligned columns, on a terminal those that fit.

A table is written while it is read: its first rows choose the columns and their sizes. Where a later cell is wider, the
columns are wider from there on; on a terminal that is full, such a row takes several lines.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from netstat_parse.formats.appearance import Appearance
from netstat_parse.formats.display import LISTS, find_style, order_columns, title_table
from netstat_parse.formats.notes import Notes
from netstat_parse.formats.paragraphs import break_line, break_paragraph, find_style_for, write_lines, write_notes
from netstat_parse.formats.styles import HEADING, NOTE, TITLE
from netstat_parse.formats.table_layout import (
    choose_sizes,
    drop_columns,
    fits,
    measure_list,
    measure_most,
    measure_words,
)
from netstat_parse.formats.table_parts import TableDivider, TablePart
from netstat_parse.formats.task import WriteTask
from netstat_parse.formats.text_layout import GAP, INDENT, Grid, draw_lines, measure_column
from netstat_parse.records.rows import MEANING
from netstat_parse.records.values import cell_width

Cells = Mapping[str, Sequence[str]]
"""The cells of each column by heading."""


def write_table(task: WriteTask) -> None:
    """Write a table for each kind of record of each snapshot."""
    writer = TableWriter(task)
    try:
        for part in TableDivider(task).divide():
            writer.write(part)
    finally:
        writer.end()


class OpenTable(NamedTuple):
    """The table that is being written."""

    visible: list[str]
    """Headings of the columns that fit."""
    hidden: list[str]
    """Headings of the columns that do not."""
    idle: frozenset[str]
    """Those of them without a value but 0; the first other value begins the table anew."""
    prose: str | None
    """Heading of the column whose cells are paragraphs below their rows."""
    wants: list[int]
    """Widths of the widest cells so far."""
    needs: list[int]
    """Least widths of the columns."""
    grid: Grid


class TableWriter:
    """Writes tables to a file."""

    def __init__(self, task: WriteTask) -> None:
        self._task = task
        self._appearance = task.appearance
        self._table: OpenTable | None = None
        self._busy: set[str] = set()
        """Headings of columns without a value but 0 in the rows that chose the columns, and with one later."""
        self._has_written = False
        self._notes = Notes() if task.notes is None else task.notes

    def write(self, part: TablePart) -> None:
        """Write the first rows of a table, or some that follow those before."""
        lines: list[str] = []
        table = self._table
        if table is None or part.begins or not table.idle <= _find_idle(part.cells):
            is_continued = part.is_continued or not part.begins
            table = self._choose_table(part, is_continued=is_continued)
            lines += [*self._end_table(), *self._begin_table(part, table, is_continued=is_continued)]
        else:
            table = _widen(table, part.cells)
        self._table = table
        self._notes.has_truncated |= not part.truncated.isdisjoint({*table.visible, table.prose})
        self._notes.has_hidden |= bool(table.hidden)
        write_lines([*lines, *self._draw(table, part.cells)], self._task.file)
        self._task.file.flush()

    def end(self) -> None:
        """Write the notes, and an empty line below an input that has a title: another one may follow."""
        is_followed = self._has_written and self._task.source_name is not None
        write_lines([*self._end_table(), *([""] if is_followed else [])], self._task.file)
        if self._task.notes is None:
            write_notes(self._notes, self._task.file, self._appearance)

    def _choose_table(self, part: TablePart, *, is_continued: bool) -> OpenTable:
        """Choose the columns. A column that has had another value than 0 is not idle again: restarts are few."""
        idle = _find_idle(part.cells)
        if not is_continued:
            self._busy.clear()
        elif self._table:
            self._busy |= self._table.idle - idle
        return _choose_columns(part, idle - self._busy, self._appearance)

    def _begin_table(self, part: TablePart, table: OpenTable, *, is_continued: bool) -> Iterator[str]:
        """Yield the title of the snapshot and the headings of the table."""
        if self._has_written:
            yield ""
        self._has_written = True
        if part.has_new_title:
            for line in _join_phrases(part.title, self._appearance.width):
                yield from break_line(line, TITLE, self._appearance)
        title = title_table(part.name)
        yield from break_line(f"{title} (continued)" if is_continued else title, TITLE, self._appearance)
        headings = [[heading] for heading in table.visible]
        styles = [find_style_for(HEADING, self._appearance)] * len(headings)
        yield from draw_lines(headings, table.grid._replace(styles=styles)) if headings else ()

    def _draw(self, table: OpenTable, cells: Cells) -> Iterator[str]:
        """Yield the lines of rows."""
        columns = [cells[heading] for heading in table.visible]
        if table.prose is None:
            yield from draw_lines(columns, table.grid) if columns else ()
            return
        for row, text in zip(zip(*columns, strict=True), cells[table.prose], strict=True):
            yield from draw_lines([[cell] for cell in row], table.grid)
            yield from break_paragraph(text, INDENT, self._appearance) if text else ()

    def _end_table(self) -> Iterator[str]:
        if self._table and self._table.hidden:
            note = f"Not shown at {self._appearance.width} columns: {', '.join(self._table.hidden)}"
            yield from break_line(note, NOTE, self._appearance)
        self._table = None


def _join_phrases(phrases: Iterable[str], width: int | None) -> list[str]:
    """Join phrases to lines, each as long as it fits."""
    lines: list[str] = []
    for phrase in phrases:
        joined = f"{lines[-1]}{' ' * GAP}{phrase}" if lines else phrase
        if lines and (width is None or cell_width(joined) <= width):
            lines[-1] = joined
        else:
            lines.append(phrase)
    return lines


def _find_idle(cells: Cells) -> set[str]:
    """Return the headings of columns that have no value but 0."""
    return {heading for heading, column in cells.items() if {*column} <= {"", "0"}}


def _choose_columns(part: TablePart, idle: set[str], appearance: Appearance) -> OpenTable:
    """Choose the columns of a table.

    Args:
        part: the first rows.
        idle: headings of columns without a value but 0.
        appearance: the width of the terminal.
    """
    width, cells, columns = appearance.width, part.cells, part.columns
    prose = next((heading for heading, fields in columns.items() if fields == (MEANING,) and width is not None), None)
    names = [heading for heading in columns if heading != prose]
    lists = {heading for heading in names if not LISTS.isdisjoint(columns[heading]) and width is not None}
    visible, needs = names, {heading: measure_column([heading, *cells[heading]]) for heading in names}
    if width is not None:
        visible, needs = _fit_columns(part, needs, lists, idle, width)
    hidden = [heading for heading in names if heading not in visible]
    wants = [measure_column([heading, *cells[heading]]) for heading in visible]
    least = [needs[heading] for heading in visible]
    grid = Grid(
        choose_sizes(wants, least, width),
        [heading in part.numbers for heading in visible],
        [heading in lists for heading in visible],
        [find_style(columns[heading]) if appearance.has_color else None for heading in visible],
        width,
    )
    return OpenTable(visible, hidden, frozenset(idle.intersection(hidden)), prose, wants, least, grid)


def _fit_columns(
    part: TablePart, wants: Mapping[str, int], lists: set[str], idle: set[str], width: int
) -> tuple[list[str], dict[str, int]]:
    """Return the columns that fit, and their least widths.

    If important ones do not fit, a few long rows may take several lines each, so that the others have these columns.
    """
    cells = part.cells
    headings = {name: measure_column([name]) for name in wants}
    needs = {**wants, **{name: max(headings[name], measure_list(cells[name])) for name in lists}}
    order, important = order_columns(part.name, part.columns, idle)
    visible = drop_columns(needs, [name for name in order if name not in important], width, idle)
    if not fits(needs, visible, width):
        main = {name: cells[name] for name in wants if name not in lists and (name in important or name not in order)}
        needs |= {name: max(headings[name], most) for name, most in measure_most(main).items()}
        visible = drop_columns(needs, order, width, idle)
    if not fits(needs, visible, width):
        needs |= {name: max(headings[name], measure_words(cells[name])) for name in lists}
    return visible, needs


def _widen(table: OpenTable, cells: Cells) -> OpenTable:
    """Widen the columns for wider cells, as far as the terminal has room."""
    columns = [cells[heading] for heading in table.visible]
    wants = [max(want, measure_column(column)) for want, column in zip(table.wants, columns, strict=True)]
    if wants == table.wants:
        return table
    needs = [
        max(need, measure_list(column) if is_list else want)
        for need, column, want, is_list in zip(table.needs, columns, wants, table.grid.is_list, strict=True)
    ]
    sizes = choose_sizes(wants, needs, table.grid.width)
    return table._replace(wants=wants, needs=needs, grid=table.grid._replace(sizes=sizes))
