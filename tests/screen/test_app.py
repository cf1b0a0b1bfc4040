"""The keys of the screen."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from queue import Queue
from typing import Any

import pytest
from textual import events
from textual.pilot import Pilot
from textual.widgets import Input, Static

from netstat_parse.formats.display import COLUMNS, DisplayColumns
from netstat_parse.records.fields import field_defaults
from netstat_parse.screen.app import WatchApp
from netstat_parse.screen.line_views import StatusLine, TabsLine
from netstat_parse.screen.messages import Messages
from netstat_parse.screen.rows_view import RowsView
from netstat_parse.screen.tracker import Round, Tracker


def connection(port: int, **values: object) -> dict[str, Any]:
    ends = {"local_address": "10.0.0.1", "local_port": port, "remote_address": "2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff"}
    return {**field_defaults("connections"), "protocol": "tcp", **ends, "remote_port": 443, "state": "listen", **values}


def route(destination: str) -> dict[str, Any]:
    return {**field_defaults("routes"), "destination": destination}


async def wait_until(is_so: Callable[[], bool]) -> None:
    """Wait for a thread."""
    while not is_so():  # noqa: ASYNC110 - the thread knows no event of the loop
        await asyncio.sleep(0.005)


class Screen:
    """An app in a test, and the rounds that it reads."""

    def __init__(self, displayed: DisplayColumns = COLUMNS, *, has_color: bool = True) -> None:
        self.tracker = Tracker(displayed)
        self.messages = Messages()
        self._seconds = 0.0
        self._queue: Queue[Round | None] = Queue()
        self.app = WatchApp(self._rounds(), self.messages, interval=1, has_color=has_color)
        self.pilot: Pilot[None]

    def _rounds(self) -> Iterator[Round]:
        while read := self._queue.get():
            yield read

    def end(self) -> None:
        self._queue.put(None)

    async def read(self, *connections: dict[str, Any], **others: list[dict[str, Any]]) -> None:
        """Let the app read a round, and wait until it has."""
        blocks = [("connections", connections), *others.items()]
        self._seconds += 1
        read = self.tracker.add_round(blocks, self._seconds) if connections else self.tracker.skip_round()
        self._queue.put(read)
        await wait_until(lambda: self.app._last is read)  # noqa: SLF001 - which the thread sets
        await self.pilot.pause()

    async def press(self, *keys: str) -> None:
        await self.pilot.press(*keys)

    @property
    def view(self) -> RowsView:
        return self.app.query_one(RowsView)

    @property
    def lines(self) -> list[str]:
        """The headings and rows on the screen."""
        lines = [self.view.render_line(y).text.rstrip() for y in range(self.view.size.height)]
        return [line for line in lines if line]

    def text(self, selector: str | type[Static]) -> str:
        line = self.app.query_one(selector, Static) if isinstance(selector, str) else self.app.query_one(selector)
        return str(line.render())


def run(
    work: Callable[[Screen], Awaitable[None]],
    *,
    columns: int = 120,
    has_color: bool = True,
    displayed: DisplayColumns = COLUMNS,
) -> Screen:
    """Run an app without a terminal while a function works with it."""

    async def run_test() -> Screen:
        screen = Screen(displayed, has_color=has_color)
        async with screen.app.run_test(size=(columns, 14)) as screen.pilot:
            await work(screen)
        screen.end()
        screen.app.thread.join(20)
        return screen

    return asyncio.run(run_test())


def ports(screen: Screen) -> list[int]:
    return [int(line.split()[2 if line[0] != " " else 1].rpartition(":")[2]) for line in screen.lines[1:]]


def test_changes_have_a_sign_and_come_first() -> None:
    async def work(screen: Screen) -> None:
        await screen.read(connection(1), connection(2), connection(3))
        assert [line[0] for line in screen.lines] == [" "] * 4
        await screen.read(connection(1), connection(2, state="established"), connection(4))
        assert [(line[0], port) for line, port in zip(screen.lines[1:], ports(screen), strict=True)] == [
            ("~", 2),
            ("+", 4),
            ("-", 3),
            (" ", 1),
        ]
        assert "Connections 3 +1 -1" in screen.text(TabsLine)

    run(work)


def test_all_rows_can_be_reached_and_the_cursor_stays_on_its_record() -> None:
    everything = [connection(port) for port in range(100, 200)]

    async def work(screen: Screen) -> None:
        await screen.read(*everything)
        await screen.press("end", "up")
        assert ports(screen)[-1] == 199
        at = ports(screen).index(198)
        await screen.read(*everything, connection(1))
        assert ports(screen).index(198) == at
        assert screen.view.cursor_row is not None
        assert screen.view.cursor_row.record["local_port"] == 198
        await screen.press("home")
        await screen.read(*everything, connection(2), connection(1))
        assert ports(screen)[0] == 2
        await screen.press("pagedown", "down")
        assert screen.view.cursor_row.record["local_port"] not in {2, 1}

    run(work)


def test_a_cursor_whose_record_is_gone_stays_at_its_place() -> None:
    async def work(screen: Screen) -> None:
        await screen.read(*map(connection, range(1, 5)))
        await screen.press("end")
        for _ in range(2):
            await screen.read(connection(1), connection(2))
        assert screen.view.cursor_row is not None
        assert screen.view.cursor_row.record["local_port"] == 2

    run(work)


@pytest.mark.parametrize("columns", [40, 80, 132, 200])
def test_no_address_is_cut_at_any_width(columns: int) -> None:
    async def work(screen: Screen) -> None:
        await screen.read(connection(1))
        lines = [screen.lines[1]]
        while len(lines) < 2 or lines[-1] != lines[-2]:
            await screen.press("right")
            lines.append(screen.lines[1])
        address = "[2001:db8:aaaa:bbbb:cccc:dddd:eeee:ffff]:443"
        parts = [address] if columns >= 80 else [address[:30], address[-30:]]
        assert all(any(part in line for line in lines) for part in parts)
        assert "listen" in lines[-1]

    run(work, columns=columns)


def test_each_press_moves_the_view_to_the_side() -> None:
    async def work(screen: Screen) -> None:
        await screen.read(connection(1, remote_address="2001:db8::1", program="p" * 20, user="root"))
        assert screen.lines[0].split() == ["Proto", "Local", "Remote", ">"]
        await screen.press("right")
        assert screen.lines[0].lstrip(" <").split() == ["Proto", "Remote", "State", ">"]
        await screen.press("right", "right")
        assert screen.lines[0].lstrip(" <").split() == ["Proto", "Program", "User"]
        await screen.press("left")
        assert screen.lines[0].lstrip(" <").split() == ["Proto", "State", "Program", ">"]
        await screen.press(*["right"] * 9)
        assert screen.lines[0].lstrip(" <").split() == ["Proto", "Program", "User"]

    run(work, columns=40)


def test_a_cell_that_is_not_whole_on_the_screen_is_not_there() -> None:
    async def work(screen: Screen) -> None:
        await screen.read(connection(1), connection(2, remote_address="10.0.0.9", state="established"))
        rows = [line.rstrip(" >") for line in screen.lines[1:]]
        assert rows == ["  tcp    10.0.0.1:1", "  tcp    10.0.0.1:2  10.0.0.9:443"]
        assert [line[-1] for line in screen.lines] == [">"] * 3

    run(work, columns=52)


def test_interfaces_have_their_rates_beside_their_names() -> None:
    async def work(screen: Screen) -> None:
        text = {"encapsulation": "ethernet", "physical_address": "aa:bb:cc:dd:ee:ff", "mtu": 1500, "index": 1}
        for second in (1, 2):
            figures = {f"{way}_{what}": second * 98_231 for way in ("in", "out") for what in ("octets", "packets")}
            figures["in_discards"] = 991
            record = {**field_defaults("interfaces"), "name": "eth0", **text, **figures}
            await screen.read(connection(1), interfaces=[record])
        await screen.press("2")
        assert screen.lines[0].split()[0] == "Interface"
        assert "In bytes/s" in screen.lines[0]
        assert "In drops" in screen.lines[0]
        await screen.press(*["right"] * 20)
        assert screen.lines[0].strip(" <").split()[0] == "Interface"

    run(work, columns=80)


def test_keys_of_a_burst_act_in_order() -> None:
    async def work(screen: Screen) -> None:
        await screen.read(connection(1), connection(2), connection(33))
        burst(screen, "slash", "x", "backspace", "colon", "1", "left", "backspace", "right", "backspace", *"33")
        await wait_until(lambda: "/33: 1 of 3 rows" in screen.text(StatusLine))
        burst(screen, "x", "escape", "s")
        await wait_until(lambda: "by Proto" in screen.text(StatusLine))
        await screen.pilot.pause()
        assert screen.app.query_one(Input).value == ""
        assert len(screen.lines) == 4

    run(work)


def burst(screen: Screen, *keys: str) -> None:
    """Press keys so quickly that the app sees all of them before it has worked on one."""
    for key in keys:
        character = {"slash": "/", "colon": ":"}.get(key, key if len(key) == 1 else None)
        screen.app.post_message(events.Key(key, character))


def test_s_sorts_by_the_next_column_and_r_reverses() -> None:
    async def work(screen: Screen) -> None:
        await screen.read(connection(9), connection(80), connection(10))
        await screen.press("s", "s")
        assert ports(screen) == [9, 10, 80]
        assert "Local" in screen.text(StatusLine)
        await screen.press("r")
        assert ports(screen) == [80, 10, 9]
        assert "▼" in screen.lines[0]

    run(work)


def test_a_click_on_a_heading_sorts() -> None:
    async def work(screen: Screen) -> None:
        await screen.read(connection(9), connection(80), connection(10))
        for expected in ([9, 10, 80], [80, 10, 9]):
            await screen.pilot.click(RowsView, offset=(9, 0))
            assert ports(screen) == expected
        await screen.pilot.click(RowsView, offset=(9, 3))
        assert screen.view.cursor_row is not None
        assert screen.view.cursor_row.record["local_port"] == 9

    run(work)


def test_a_filter_is_typed_kept_and_removed() -> None:
    async def work(screen: Screen) -> None:
        await screen.read(connection(1), connection(2, program="/q s"), connection(3))
        await screen.press("slash", "slash", "q", "space", "s")
        assert ports(screen) == [2]
        assert screen.app.query_one(Input).display
        await screen.press("enter")
        assert not screen.app.query_one(Input).display
        assert "//q s: 1 of 3 rows" in screen.text(StatusLine)
        await screen.press("escape")
        assert ports(screen) == [1, 2, 3]

    run(work)


@pytest.mark.parametrize("key", ["space", "p"])
def test_the_screen_pauses_while_rounds_go_on(key: str) -> None:
    async def work(screen: Screen) -> None:
        await screen.read(connection(1))
        await screen.press(key)
        await screen.read(connection(2))
        assert ports(screen) == [1]
        assert screen.text(StatusLine).startswith("paused at round 1 · round 2 at")
        await screen.press(key)
        assert ports(screen) == [2, 1]

    run(work)


def test_tables_are_chosen_by_tab_and_number() -> None:
    async def work(screen: Screen) -> None:
        await screen.read(connection(1), routes=[route("10.9.0.0/16")])
        assert screen.text(TabsLine).split() == ["Connections", "1", "Routes", "1"]
        for key, found in {"tab": "10.9", "shift+tab": "tcp", "2": "10.9", "9": "10.9", "1": "tcp"}.items():
            await screen.press(key)
            assert found in screen.lines[1]

    run(work)


def test_a_failed_round_leaves_the_rows_and_says_why() -> None:
    async def work(screen: Screen) -> None:
        await screen.read(connection(1))
        screen.messages.write("netstat-parse: netstat says: \x1b[2Jno\n")
        await screen.read()
        assert ports(screen) == [1]
        assert "failed" in screen.text(StatusLine)
        assert screen.text("#message") == "netstat says: ␛[2Jno"
        await screen.read(connection(1))
        assert not screen.app.query_one("#message").display

    run(work)


def test_the_help_opens_and_closes() -> None:
    async def work(screen: Screen) -> None:
        await screen.read(connection(1))
        for is_open in (True, False):
            await screen.press("question_mark")
            assert screen.app.query_one("#help").display is is_open

    run(work)


@pytest.mark.parametrize("has_color", [True, False])
def test_colours_are_those_of_the_terminal_or_none(has_color: bool) -> None:  # noqa: FBT001 - a parameter of the test
    async def work(screen: Screen) -> None:
        await screen.read(connection(1))
        await screen.read(connection(1), connection(2))
        styles = [segment.style for y in range(3) for segment in screen.view.render_line(y) if segment.style]
        colors = {style.color.name for style in styles if style.color}
        assert colors == ({"green"} if has_color else set())
        assert not any(style.bgcolor for style in styles)

    run(work, has_color=has_color)


@pytest.mark.parametrize(
    ("columns", "values"),
    [
        ({"connections": {"state": ("state",)}}, {"state": "time_wait"}),
        ({"connections": {"State": ("state", "state_text")}}, {"state": "close_wait"}),
    ],
)
def test_cells_have_the_styles_of_tables(columns: DisplayColumns, values: dict[str, str]) -> None:
    async def work(screen: Screen) -> None:
        await screen.read(connection(1, **values), connection(2))
        [cell] = [one for y in (1, 2) for one in screen.view.render_line(y) if one.text.strip() in values.values()]
        [listen] = [one for y in (1, 2) for one in screen.view.render_line(y) if one.text.strip() == "listen"]
        assert listen.style
        assert listen.style.color
        assert cell.style != listen.style

    run(work, displayed=columns)


@pytest.mark.parametrize("key", ["q", "ctrl+c"])
def test_a_key_quits(key: str) -> None:
    async def work(screen: Screen) -> None:
        await screen.read(connection(1))
        await screen.press(key)

    assert not run(work).app.has_ended


def test_the_last_round_ends_the_screen() -> None:
    async def work(screen: Screen) -> None:
        await screen.read(connection(1))
        screen.end()
        await wait_until(lambda: screen.app.has_ended)

    assert run(work).app.error is None
