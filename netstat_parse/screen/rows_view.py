"""The widget of a table: rows that scroll in both directions below their headings. Only visible lines are drawn."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, partial
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from netstat_parse.formats import styles
from netstat_parse.formats.display import find_style
from netstat_parse.screen.arrange import Order
from netstat_parse.screen.lines import SIGNS
from netstat_parse.screen.pairs import Row
from netstat_parse.screen.tracker import TableRound
from netstat_parse.screen.viewport import Cell, Viewport

_ARROWS = {True: "▼", False: "▲"}


@cache
def choose_style(words: str, *, has_color: bool) -> Style:
    """Return a style, without its colours where none are wanted; without dim, for which textual writes a grey."""
    kept = [word for word in words.split() if word != "dim" and (has_color or word == "bold")]
    return Style.parse(" ".join(kept) or "none")


class RowsView(ScrollView, can_focus=True):
    """Rows of a table, with a cursor that stays on its record when the rows are replaced."""

    DEFAULT_CSS = """
    RowsView { scrollbar-size: 0 0; background: ansi_default; color: ansi_default; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", show=False),
        Binding("down,j", "move(1)", show=False),
        Binding("pageup,b", "move_page(-1)", show=False),
        Binding("pagedown,f", "move_page(1)", show=False),
        Binding("home,g", "move_to_end(-1)", show=False),
        Binding("end,G", "move_to_end(1)", show=False),
        Binding("left", "scroll_side(-1)", show=False),
        Binding("right", "scroll_side(1)", show=False),
    ]

    class HeadingClicked(Message):
        """A click on the heading of a column."""

        def __init__(self, heading: str) -> None:
            self.heading = heading
            super().__init__()

    def __init__(self, *, has_color: bool) -> None:
        super().__init__()
        self._has_color = has_color
        self._table = TableRound("", "", (), (), ())
        self._styles: Sequence[Callable[[str], str] | None] = ()
        self._order = Order()
        self._rows: Sequence[Row] = ()
        self._cursor = 0
        self._at = 0
        """Position to the side."""
        self._viewport = Viewport(self._table, 0)

    @property
    def viewport(self) -> Viewport:
        """The columns of the table on a screen of the present width."""
        if self._viewport.table is not self._table or self._viewport.width != self.size.width:
            self._viewport = Viewport(self._table, self.size.width)
            self._at = max(stop for stop in self._viewport.stops if stop <= self._at)
        return self._viewport

    @property
    def page_size(self) -> int:
        """Number of rows that are visible at once."""
        return max(self.size.height - 1, 1)

    @property
    def visible_rows(self) -> tuple[int, int, int]:
        """Numbers of the first and the last visible row, and of all rows."""
        first = self.scroll_offset.y
        return min(first + 1, len(self._rows)), min(first + self.page_size, len(self._rows)), len(self._rows)

    @property
    def cursor_row(self) -> Row | None:
        """The row of the cursor."""
        return self._rows[self._cursor] if self._rows else None

    def show(self, table: TableRound, rows: Sequence[Row], order: Order) -> None:
        """Replace the rows. The cursor stays on its record, and the record at its place of the screen.

        On the first row it stays there: what changed comes first.
        """
        at_screen = self._cursor - self.scroll_offset.y
        number = self.cursor_row.number if self.cursor_row and self._cursor else None
        if table.name != self._table.name:
            number, self._cursor, at_screen = None, 0, 0
            self._at = 0
        self._table, self._rows, self._order = table, rows, order
        self._styles = [find_style(column.fields) for column in table.columns]
        if number is not None:
            self._cursor = next((place for place, row in enumerate(rows) if row.number == number), self._cursor)
        self._cursor = max(min(self._cursor, len(rows) - 1), 0)
        self.virtual_size = Size(self.size.width, len(rows) + 1)
        self.scroll_to(y=max(self._cursor - at_screen, 0), animate=False, immediate=True, force=True)
        self.refresh()

    def action_move(self, by: int) -> None:
        """Move the cursor by rows."""
        self._cursor = max(min(self._cursor + by, len(self._rows) - 1), 0)
        first = self.scroll_offset.y
        if self._cursor < first or self._cursor >= first + self.page_size:
            first = self._cursor if self._cursor < first else self._cursor - self.page_size + 1
            self.scroll_to(y=first, animate=False, immediate=True, force=True)
        self.refresh()

    def action_move_page(self, by: int) -> None:
        """Move the cursor and the rows by pages."""
        first = self.scroll_offset.y + by * self.page_size
        self.scroll_to(y=first, animate=False, immediate=True, force=True)
        self.action_move(by * self.page_size)

    def action_move_to_end(self, way: int) -> None:
        """Move the cursor to the first row (-1) or to the last one (1)."""
        self.action_move(way * len(self._rows))

    def action_scroll_side(self, by: int) -> None:
        """Move to the next column (1), or to the previous one (-1)."""
        stops = self.viewport.stops
        self._at = stops[max(min(stops.index(self._at) + by, len(stops) - 1), 0)]
        self.refresh()

    def on_mouse_scroll_left(self) -> None:
        """Move to the previous column."""
        self.action_scroll_side(-1)

    def on_mouse_scroll_right(self) -> None:
        """Move to the next column."""
        self.action_scroll_side(1)

    def on_click(self, event: events.Click) -> None:
        """Move the cursor to the row, or sort by the column."""
        if event.y:
            self.action_move(self.scroll_offset.y + event.y - 1 - self._cursor)
            return
        place = self.viewport.find_column(event.x, self._at)
        if place is not None and (heading := self._table.columns[place].heading):
            self.post_message(self.HeadingClicked(heading))

    def render_line(self, y: int) -> Strip:
        """Draw a line of the screen: the headings, or a row."""
        place = self.scroll_offset.y + y - 1
        viewport, width = self.viewport, self.size.width
        if not y:
            sign, line = " ", viewport.draw([column.heading for column in self._table.columns], self._at)
            cells = self._draw_headings
        elif place < len(self._rows):
            row = self._rows[place]
            sign, line = SIGNS[row.change], viewport.draw(row.cells, self._at)
            cells = partial(self._draw_cells, row, is_current=place == self._cursor)
        else:
            return Strip.blank(width)
        fixed, moving = [*cells(line.fixed)], [*cells(line.moving)]
        style = (fixed or moving)[0].style if self._table.columns else None
        body = Strip(moving).crop(self._at, self._at + viewport.body).adjust_cell_length(viewport.body, style)
        margin, end = f"{sign}{'<' if line.is_cut_left else ' '}", ">" if line.is_cut_right else " "
        strip = Strip([Segment(margin, style), *fixed, *body, Segment(end, style)])
        return strip.adjust_cell_length(width, style if y else None)

    def _draw_headings(self, cells: Iterable[Cell]) -> Iterator[Segment]:
        style = Style.parse(f"{styles.HEADING} underline")
        for place, text in cells:
            heading = self._table.columns[place].heading
            is_sorted = heading == self._order.heading and text.strip()
            yield Segment(f"{text[:-2]}{_ARROWS[self._order.is_reversed]} " if is_sorted else text, style)

    def _draw_cells(self, row: Row, cells: Iterable[Cell], *, is_current: bool) -> Iterator[Segment]:
        base = choose_style(styles.CHANGES[row.change] if row.change else "", has_color=self._has_color)
        base += Style(reverse=True) if is_current else Style.null()
        for place, text in cells:
            find = self._styles[place]
            words = find(row.cells[place]) if find and not row.change else ""
            yield Segment(text, base + choose_style(words, has_color=self._has_color) if words else base)
