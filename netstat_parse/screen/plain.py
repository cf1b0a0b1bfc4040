"""Tables that are refreshed on a terminal, where no keys can be read: what changed comes first, as far as it fits."""

from collections.abc import Iterator, Sequence
from types import TracebackType
from typing import IO, Self

from rich.console import Console
from rich.live import Live
from rich.text import Text

from netstat_parse.formats import styles
from netstat_parse.formats.appearance import Appearance
from netstat_parse.records.values import count_things
from netstat_parse.screen.arrange import Order, arrange
from netstat_parse.screen.lines import GAP, MARGIN, SIGNS, describe_round, label_table, pad_cell
from netstat_parse.screen.tracker import Round, TableRound

INDENT = " " * 4
"""Blanks before the second line of a row, and those after it."""


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
        shown = read if read.tables or not self._last else self._last
        self._last = shown
        lines = [
            *draw_tables([*shown.tables.values()], self._console.width, self._console.height - 1 - bool(self._hint))
        ]
        lines.append((" · ".join(describe_round(read, shown, age_seconds=0, is_paused=False)), "dim"))
        if self._hint:
            lines.append((self._hint, "dim"))
        self._live.update(Text("\n").join(Text(line, style) for line, style in lines), refresh=True)


Line = tuple[str, str]
"""A line of text and its style."""


def draw_tables(tables: Sequence[TableRound], width: int, height: int) -> Iterator[Line]:
    """Yield the lines of tables that fit into a height; the title of each says how many of its rows do not."""
    groups = [group_columns(table.widths, width) for table in tables]
    needed = [1 + len(group) * (1 + len(table.rows)) for table, group in zip(tables, groups, strict=True)]
    for table, group, space in zip(tables, groups, share_lines(needed, height), strict=True):
        count = max((space - 1) // len(group) - 1, 0)
        hidden = len(table.rows) - count
        rows = f" ({count_things(hidden, 'row is', 'rows are')} not visible)" if hidden > 0 else ""
        yield label_table(table) + rows, styles.TITLE
        if count:
            yield from _draw_rows(table, group, count)


def group_columns(widths: Sequence[int], width: int) -> list[list[int]]:
    """Divide columns into the lines of a row, each as long as it fits; no cell is broken."""
    groups: list[list[int]] = []
    left = 0
    for place, column in enumerate(widths):
        if groups and column <= left:
            groups[-1].append(place)
        else:
            left = width - (len(INDENT) if groups else MARGIN)
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


def _draw_rows(table: TableRound, groups: Sequence[Sequence[int]], count: int) -> Iterator[Line]:
    headings = [column.heading for column in table.columns]
    yield from ((line, styles.HEADING) for line in _draw_row(table, groups, headings, " "))
    for row in arrange(table, Order())[:count]:
        style = styles.CHANGES[row.change] if row.change else ""
        yield from ((line, style) for line in _draw_row(table, groups, row.cells, SIGNS[row.change]))


def _draw_row(table: TableRound, groups: Sequence[Sequence[int]], cells: Sequence[str], sign: str) -> Iterator[str]:
    padded = [*map(pad_cell, cells, table.widths, table.columns)]
    for number, group in enumerate(groups):
        margin = INDENT if number else f"{sign} "
        yield (margin + (" " * GAP).join(padded[place] for place in group)).rstrip()
