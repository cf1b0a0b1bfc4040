"""Tables that are refreshed on a terminal, where no keys can be read: what changed comes first, as far as it fits."""

from collections.abc import Iterator, Sequence
from itertools import islice
from types import TracebackType
from typing import IO, Self

from rich.cells import chop_cells
from rich.console import Console
from rich.live import Live
from rich.text import Text

from netstat_parse.formats import styles
from netstat_parse.formats.appearance import Appearance
from netstat_parse.formats.text_layout import GAP, INDENT, break_words
from netstat_parse.records.values import cell_width, count_things
from netstat_parse.screen.arrange import Order, arrange
from netstat_parse.screen.lines import MARGIN, SIGNS, align_cells, describe_round, label_table
from netstat_parse.screen.tracker import Round, TableRound
from netstat_parse.screen.viewport import find_kept

Line = tuple[str, str]
"""A line of the terminal and its style."""


class PlainScreen:
    """A terminal that shows the tables of the last round."""

    def __init__(self, output: IO[bytes], appearance: Appearance, hint: str) -> None:
        """Open a screen.

        Args:
            output: the terminal.
            appearance: its width and colours.
            hint: a line below the tables; empty for none.
        """
        self._file = open(output.fileno(), "w", encoding="utf-8", closefd=False)  # noqa: SIM115 - closed by __exit__
        self._has_color = appearance.has_color
        self._hint = hint
        self._last: Round | None = None
        self._console = Console(file=self._file, highlight=False, no_color=not appearance.has_color)
        self._live = Live(console=self._console, auto_refresh=False, redirect_stdout=False, redirect_stderr=True)

    def __enter__(self) -> Self:
        self._live.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self._live.stop()
        self._file.close()

    def refresh(self, read: Round) -> None:
        """Replace the tables of the previous round; a round that failed leaves them."""
        visible = read if read.tables or not self._last else self._last
        self._last = visible
        width = self._console.width
        status = " · ".join(describe_round(read, visible, age_seconds=0, is_paused=False))
        below = [line for text in (status, self._hint) if text for line in break_words(text, width)]
        lines = [
            *draw_tables([*visible.tables.values()], width, self._console.height - len(below)),
            *((line, "dim") for line in below),
        ]
        text = Text("\n").join(Text(line, style) for line, style in lines)
        text.no_wrap, text.overflow = True, "ignore"
        self._live.update(text, refresh=True)


def draw_tables(tables: Sequence[TableRound], width: int, height: int) -> Iterator[Line]:
    """Yield the lines of tables that fit into a height; the title of each says how many of its rows do not.

    A line is no wider than the terminal: a cell that is takes several lines.
    """
    titles = [_draw_title(table, 0, width) for table in tables]
    drawn = [[*islice(_draw_rows(table, width), height + 1)] for table in tables]
    needed = [sum(map(len, (title, *rows))) for title, rows in zip(titles, drawn, strict=True)]
    for table, rows, need, space in zip(tables, drawn, needed, share_lines(needed, height), strict=True):
        yield from _fit_rows(table, rows, width, min(need, space))


def _draw_title(table: TableRound, hidden_rows: int, width: int) -> list[Line]:
    """Return the title; it names what does not fit."""
    kept = find_kept(table, width - MARGIN)
    hidden = [column.heading for place, column in enumerate(table.columns) if place not in kept and column.heading]
    if hidden_rows:
        hidden.insert(0, count_things(hidden_rows, "row", "rows"))
    note = f" (not visible: {', '.join(hidden)})" if hidden else ""
    return [(line, styles.TITLE) for line in break_words(label_table(table) + note, width)]


def _fit_rows(table: TableRound, drawn: Sequence[list[Line]], width: int, height: int) -> list[Line]:
    """Return the title, the headings and the rows that fit into a height; no row is cut."""
    heading, *rows = drawn
    lines = [*heading]
    left = height - len(_draw_title(table, 0, width)) - len(heading)
    if sum(map(len, rows)) > left:
        left = height - len(_draw_title(table, len(table.rows), width)) - len(heading)
    count = 0
    for row in rows:
        left -= len(row)
        if left < 0:
            break
        lines += row
        count += 1
    return [*_draw_title(table, len(table.rows) - count, width), *(lines if count else [])][:height]


def group_columns(widths: Sequence[int], width: int) -> list[list[int]]:
    """Divide columns into the lines of a row, each as long as it fits; no cell is broken."""
    groups: list[list[int]] = []
    left = 0
    for place, column in enumerate(widths):
        if groups and column <= left:
            groups[-1].append(place)
        else:
            left = width - (INDENT if groups else MARGIN)
            groups.append([place])
        left -= column + GAP
    return groups


def share_lines(needed: Sequence[int], height: int) -> list[int]:
    """Share lines between tables: those that need few get them all, the others the same number each."""
    shares = [0] * len(needed)
    left, tables = max(height, 0), len(needed)
    for place in sorted(range(len(needed)), key=needed.__getitem__):
        shares[place] = min(needed[place], left // tables)
        left -= shares[place]
        tables -= 1
    return shares


def _draw_rows(table: TableRound, width: int) -> Iterator[list[Line]]:
    """Yield the lines of the headings, then those of each row."""
    kept = find_kept(table, width - MARGIN)
    groups = [
        [kept[place] for place in group] for group in group_columns([table.widths[place] for place in kept], width)
    ]
    headings = [column.heading for column in table.columns]
    yield [(line, styles.HEADING) for line in _draw_row(table, groups, headings, " ", width)]
    for row in arrange(table, Order()):
        style = styles.CHANGES[row.change] if row.change else ""
        yield [(line, style) for line in _draw_row(table, groups, row.cells, SIGNS[row.change], width)]


def _draw_row(
    table: TableRound, groups: Sequence[Sequence[int]], cells: Sequence[str], sign: str, width: int
) -> Iterator[str]:
    aligned = align_cells(cells, table)
    for number, group in enumerate(groups):
        text = (" " * GAP).join(aligned[place] for place in group).rstrip()
        indent = max(min(INDENT, width - cell_width(text)), 0)
        yield from chop_cells(" " * indent + text if number else f"{sign} {text}", width)
