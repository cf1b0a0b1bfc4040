"""The screen with keys, by textual. `tracker`, `arrange` and `lines` compute its text; `commands` lists its keys."""

import signal
from collections.abc import Callable, Iterable
from contextlib import redirect_stderr
from threading import Thread
from time import monotonic
from types import FrameType
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Static

from netstat_parse.formats import styles
from netstat_parse.records.values import printable
from netstat_parse.screen.arrange import Order, arrange, next_order
from netstat_parse.screen.commands import COMMANDS, HELP
from netstat_parse.screen.line_views import FilterInput, KeysLine, StatusLine, TabsLine
from netstat_parse.screen.lines import describe_filter, describe_order, describe_round
from netstat_parse.screen.messages import Messages
from netstat_parse.screen.rows_view import RowsView, choose_style
from netstat_parse.screen.tracker import Round, TableRound

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
        Binding(key, action, show=False, priority=command.is_immediate)
        for command in COMMANDS
        for key, action in command.actions.items()
    ]

    class RoundRead(Message):
        """A round was read, or reading has ended."""

    def __init__(self, reading: Iterable[Round], messages: Messages, *, interval: float, has_color: bool) -> None:
        super().__init__(ansi_color=True)
        self._reading = reading
        self._messages = messages
        self._interval = interval
        self._has_color = has_color
        self._last: Round | None = None
        self._visible: Round | None = None
        self._tables: dict[str, TableRound] = {}
        self._table = ""
        self._orders: dict[str, Order] = {}
        self._filter = ""
        self._is_paused = False
        self._read_at = monotonic()
        self.thread = Thread(target=self._read, daemon=True)
        """Reads the rounds."""
        self.error: BaseException | None = None
        """Exception that ended the reading."""
        self.has_ended = False
        """True if the last round has ended the screen, not the user."""
        self._is_complete = False
        self.signal: int | None = None
        """Number of the signal that has ended the screen."""

    def compose(self) -> ComposeResult:
        """Make the lines of the screen."""
        yield TabsLine()
        yield RowsView(has_color=self._has_color)
        yield Static(HELP, id="help", markup=False)
        yield Static(id="message", markup=False)
        yield StatusLine(markup=False)
        yield FilterInput(placeholder="words that a row must contain")
        yield KeysLine()

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
                for read in self._reading:
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
        self._visible = self._last
        if self._visible and self._visible.tables:
            self._tables = {**self._visible.tables}
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
        self.query_one(TabsLine).draw(self._tables, self._table)
        self.query_one(StatusLine).draw(self._describe_status())
        self.query_one(KeysLine).draw()

    def _describe_status(self) -> list[str]:
        """Return the phrases of the status line, the most important first."""
        age = monotonic() - self._read_at
        phrases = describe_round(self._last, self._visible, age_seconds=age, is_paused=self._is_paused)
        if table := self._tables.get(self._table):
            first, last, count = self.query_one(RowsView).visible_rows
            order = self._orders.get(self._table, Order())
            if self._filter:
                phrases.insert(0, describe_filter(self._filter, count, len(table.rows)))
            phrases += [f"rows {first:,}-{last:,} of {count:,}"]
            phrases += [describe_order(order.heading, is_reversed=order.is_reversed)]
        return [*phrases, f"every {self._interval:g} s"]

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
        is_typing = self.query_one(FilterInput).has_focus
        return not is_typing if action == "filter" else is_typing if action == "keep_filter" else True

    def action_filter(self) -> None:
        """Begin to type a filter."""
        line = self.query_one(FilterInput)
        line.display = True
        self.screen.set_focus(line)

    def on_input_changed(self, changed: FilterInput.Changed) -> None:
        """Filter while the text is typed."""
        self._filter = changed.value
        self._draw()

    def action_keep_filter(self) -> None:
        """End typing; the filter stays."""
        self.query_one(FilterInput).display = False
        self.screen.set_focus(self.query_one(RowsView))

    def action_clear_filter(self) -> None:
        """Remove the filter; hide the help."""
        line = self.query_one(FilterInput)
        line.call_later(line.clear)  # after the letters before this key, which the line may not have seen yet
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
