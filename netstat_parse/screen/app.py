"""The screen with keys, by textual. All that it shows is computed in `tracker`, `arrange` and `lines`."""

import signal
from collections.abc import Callable, Iterable
from contextlib import redirect_stderr
from threading import Thread
from time import monotonic
from types import FrameType
from typing import ClassVar

from rich.style import Style
from rich.text import Text
from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input, Static

from netstat_parse.formats import styles
from netstat_parse.records.values import printable
from netstat_parse.screen.arrange import Order, arrange, next_order
from netstat_parse.screen.lines import (
    GAP,
    choose_tabs,
    describe_filter,
    describe_order,
    describe_round,
    fit_words,
    label_table,
)
from netstat_parse.screen.messages import Messages
from netstat_parse.screen.rows_view import RowsView, choose_style
from netstat_parse.screen.tracker import Round, TableRound

KEYS = {
    "q": ("quit", "quit"),
    "?": ("help", "help"),
    "/": ("filter", "filter"),
    "s": ("sort", "sort"),
    "space": ("pause", "pause"),
    "tab": ("table", "next_table(1)"),
    "r": ("reverse", "reverse"),
}
"""For each key of the last line its word and its action, the most important first."""

HELP = """\
arrows, PgUp, PgDn, Home, End: move
tab, shift-tab, 1-9: choose a table
s: sort by the next column, at last by
   change: highest rates first, then
   what changed last
r: reverse the order
/: rows that contain these words
   enter keeps the filter, esc ends it
space, p: pause the screen, not netstat
q, ctrl-c: quit
click: table, row, column to sort by
+ new, - gone, ~ changed in this round
the cursor follows its record; on the
first row it stays"""

END_SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT") if hasattr(signal, name)]


class WatchApp(App[None]):
    """The screen. Rounds are read by a thread."""

    CSS = """
    Screen, Static, Input { background: ansi_default; color: ansi_default; }
    Static, Input { height: 1; padding: 0; border: none; }
    Input, Input:focus { background: ansi_default; background-tint: transparent 0%; border: none; height: 1; }
    #help { height: auto; display: none; }
    #message { height: auto; max-height: 4; }
    #message, Input { display: none; }
    Static { link-color: ansi_default; link-background: ansi_default; link-style: none; }
    Static { link-color-hover: ansi_default; link-background-hover: ansi_default; link-style-hover: underline; }
    RowsView { height: 1fr; }
    """

    ENABLE_COMMAND_PALETTE = False

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("q", "quit", show=False),
        Binding("ctrl+c,ctrl+q", "quit", show=False, priority=True),
        Binding("ctrl+z", "suspend_process", show=False),
        Binding("question_mark,h", "help", show=False),
        Binding("slash", "filter", show=False, priority=True),  # before the keys after it find the focus elsewhere
        Binding("enter", "keep_filter", show=False, priority=True),
        Binding("escape", "clear_filter", show=False, priority=True),
        Binding("s", "sort", show=False),
        Binding("r", "reverse", show=False),
        Binding("space,p", "pause", show=False),
        Binding("tab", "next_table(1)", show=False, priority=True),
        Binding("shift+tab", "next_table(-1)", show=False, priority=True),
        *(Binding(str(number), f"choose_table({number - 1})", show=False) for number in range(1, 10)),
    ]

    class RoundRead(Message):
        """A round was read, or reading has ended."""

    def __init__(self, rounds: Iterable[Round], messages: Messages, *, interval: float, has_color: bool) -> None:
        super().__init__(ansi_color=True)
        self._rounds = rounds
        self._messages = messages
        self._interval = interval
        self._has_color = has_color
        self._last: Round | None = None
        self._shown: Round | None = None
        self._tables: dict[str, TableRound] = {}
        self._table = ""
        self._orders: dict[str, Order] = {}
        self._filter = ""
        self._is_paused = False
        self._read_at = monotonic()
        self.thread = Thread(target=self._read, daemon=True)
        """Reads the rounds."""
        self.error: BaseException | None = None
        """What has ended the reading."""
        self.has_ended = False
        """True if the last round has ended the screen, not the user."""
        self._is_complete = False
        self.signal: int | None = None
        """Number of the signal that has ended the screen."""

    def compose(self) -> ComposeResult:
        """Make the lines of the screen."""
        yield Static(id="tabs")
        yield RowsView(has_color=self._has_color)
        yield Static(HELP, id="help", markup=False)
        yield Static(id="message", markup=False)
        yield Static(id="status", markup=False)
        yield Input(placeholder="words that a row must contain", id="filter")
        yield Static(id="keys")

    def on_mount(self) -> None:
        """Begin to read."""
        self.query_one(RowsView).focus()
        self._draw_lines()
        self.set_interval(1, self._draw_lines)
        self.thread.start()

    def end_by_signal(self, number: int, _frame: FrameType | None) -> None:
        """End the screen because of a signal."""
        self.signal = number
        loop = self._loop
        if loop is not None:
            loop.call_soon_threadsafe(self.exit)

    def _read(self) -> None:
        """Read all rounds; runs in the thread."""
        try:
            with redirect_stderr(self._messages):  # textual has set a stream of its own, which drops the text
                for read in self._rounds:
                    self._last, self._read_at = read, monotonic()
                    self.post_message(self.RoundRead())
            self._is_complete = True
        except BaseException as error:  # noqa: BLE001 - `show` raises it after the screen has ended
            self.error = error
        self.post_message(self.RoundRead())

    def on_watch_app_round_read(self) -> None:
        """Show the round, unless the screen is paused."""
        if self._is_complete or self.error:
            self.has_ended = self._is_complete
            self.exit()
            return
        messages = self._messages.pop_latest()
        line = self.query_one("#message", Static)
        line.display = bool(messages)
        if messages:
            more = f" (and {len(messages) - 1} more)" if len(messages) > 1 else ""
            text = printable(messages[-1].removeprefix("netstat-parse: ")) + more
            line.update(Text(text, choose_style(styles.SEVERITIES["error"], has_color=self._has_color)))
        if self._is_paused:
            self._draw_lines()
        else:
            self._show_last()

    def _show_last(self) -> None:
        self._shown = self._last
        if self._shown and self._shown.tables:
            self._tables = {**self._shown.tables}
        if self._table not in self._tables:
            self._table = next(iter(self._tables), "")
        self._draw()

    def _draw(self) -> None:
        """Draw the rows of the chosen table, and the lines around them."""
        if table := self._tables.get(self._table):
            order = self._orders.get(self._table, Order())
            rows = arrange(table, order, self._filter)
            self.query_one(RowsView).show(table, rows, order)
        self._draw_lines()

    def _draw_lines(self) -> None:
        self.query_one("#tabs", Static).update(self._draw_tabs())
        self.query_one("#status", Static).update(Text(self._draw_status(), no_wrap=True))
        self.query_one("#keys", Static).update(self._draw_keys())

    def _draw_tabs(self) -> Text:
        names = [*self._tables]
        if not names:
            return Text("netstat-parse watch", styles.TITLE)
        labels = [label_table(table) for table in self._tables.values()]
        active = names.index(self._table)
        text = Text(no_wrap=True)
        for place in choose_tabs(labels, active, self.size.width):
            style = Style.parse("bold reverse" if place == active else "none")
            text.append(labels[place], style + Style.from_meta({"@click": f"app.choose_table({place})"}))
            text.append(" " * GAP)
        return text

    def _draw_status(self) -> str:
        age = monotonic() - self._read_at
        phrases = describe_round(self._last, self._shown, age_seconds=age, is_paused=self._is_paused)
        if table := self._tables.get(self._table):
            first, last, count = self.query_one(RowsView).visible_rows
            order = self._orders.get(self._table, Order())
            if self._filter:
                phrases.insert(0, describe_filter(self._filter, count, len(table.rows)))
            phrases += [f"rows {first:,}-{last:,} of {count:,}"]
            phrases += [describe_order(order.heading, is_reversed=order.is_reversed)]
        return " · ".join(fit_words([*phrases, f"every {self._interval:g} s"], self.size.width, " · "))

    def _draw_keys(self) -> Text:
        words = fit_words((f"{key} {word}" for key, (word, _) in KEYS.items()), self.size.width)
        text = Text(no_wrap=True)
        for key, (word, action) in KEYS.items():
            if f"{key} {word}" not in words:
                continue
            link = Style.from_meta({"@click": f"app.{action}"})
            text.append(key, Style(bold=True) + link)
            text.append(f" {word}", link)
            text.append(" " * GAP)
        return text

    def on_resize(self, _event: events.Resize) -> None:
        """Fit the lines to the new size."""
        self._draw()

    def action_next_table(self, by: int) -> None:
        """Show the next table, or the previous one."""
        names = [*self._tables]
        if names:
            self.action_choose_table((names.index(self._table) + by) % len(names))

    def action_choose_table(self, place: int) -> None:
        """Show a table by its place."""
        names = [*self._tables]
        if place < len(names):
            self._table = names[place]
            self._draw()

    def action_sort(self) -> None:
        """Sort by the next column."""
        if table := self._tables.get(self._table):
            self._orders[self._table] = next_order(table.columns, self._orders.get(self._table, Order()))
            self._draw()

    def action_reverse(self) -> None:
        """Reverse the order."""
        order = self._orders.get(self._table, Order())
        self._orders[self._table] = order._replace(is_reversed=not order.is_reversed)
        self._draw()

    def on_rows_view_heading_clicked(self, clicked: RowsView.HeadingClicked) -> None:
        """Sort by the column; on a second click in reverse."""
        order = self._orders.get(self._table, Order())
        is_second = order.heading == clicked.heading and not order.is_reversed
        self._orders[self._table] = Order(clicked.heading, is_second)
        self._draw()

    def action_pause(self) -> None:
        """Pause, or show the last round again."""
        self._is_paused = not self._is_paused
        if self._is_paused:
            self._draw_lines()
        else:
            self._show_last()

    def action_help(self) -> None:
        """Show the help, or hide it."""
        text = self.query_one("#help", Static)
        text.display = not text.display

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:  # noqa: ARG002 - as textual calls it
        """Return whether a key has its action: while a filter is typed, a slash is a part of it."""
        is_typing = self.query_one(Input).has_focus
        return not is_typing if action == "filter" else is_typing if action == "keep_filter" else True

    def action_filter(self) -> None:
        """Begin to type a filter."""
        line = self.query_one(Input)
        line.display = True
        self.screen.set_focus(line)

    def on_input_changed(self, changed: Input.Changed) -> None:
        """Filter while the text is typed."""
        self._filter = changed.value
        self._draw()

    def action_keep_filter(self) -> None:
        """End typing; the filter stays."""
        self.query_one(Input).display = False
        self.screen.set_focus(self.query_one(RowsView))

    def action_clear_filter(self) -> None:
        """Remove the filter; hide the help."""
        self.query_one(Input).value = ""
        self.query_one("#help", Static).display = False
        self.action_keep_filter()


def run_app(app: WatchApp, cancel: Callable[[], None]) -> None:
    """Run the app until its end, and end the reading.

    Args:
        app: the app.
        cancel: ends the reading from another thread; called until the thread has ended.
    """
    former = {number: signal.getsignal(number) for number in END_SIGNALS}
    for number, handler in former.items():
        if handler != signal.SIG_IGN:  # as nohup sets it
            signal.signal(number, app.end_by_signal)
    try:
        app.run()
    finally:
        while app.thread.is_alive():
            cancel()
            app.thread.join(0.05)
        for number, handler in former.items():
            signal.signal(number, handler)
