"""Tables in a file are the ones that Rich draws; on a terminal no word is broken if there is room."""

import io
from collections.abc import Callable

import pytest
from rich.console import Console

from netstat_parse.formats.display import DisplayTable
from netstat_parse.formats.table_writer import draw_lines, draw_table

PEERS = DisplayTable(
    "Talkers",
    ["Peer", "Exposed", "States"],
    [["198.51.100.1", "public", "established=4 time_wait=12 close_wait=3"], ["日本", "", "á\u0301"]],
)


def print_on(width: int, make: Callable[[Console], object]) -> list[str]:
    console = Console(file=io.StringIO(), width=width, force_terminal=False)
    console.print(make(console))
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue().splitlines()


def test_a_table_in_a_file_is_the_one_that_rich_draws() -> None:
    assert [line.rstrip() for line in print_on(1000, lambda _: draw_table(PEERS))] == list(draw_lines(PEERS))


def test_a_table_without_columns_is_its_title() -> None:
    assert list(draw_lines(DisplayTable("Routes", [], [[]]), " of a.txt")) == ["Routes of a.txt"]


@pytest.mark.parametrize("width", [44, 50, 60])
def test_a_narrow_terminal_breaks_cells_between_words(width: int) -> None:
    lines = print_on(width, lambda console: draw_table(PEERS, console=console))
    assert max(map(len, lines)) <= width
    words = " ".join(lines).split()
    assert {"198.51.100.1", "public", "established=4", "time_wait=12", "close_wait=3"} <= {*words}
