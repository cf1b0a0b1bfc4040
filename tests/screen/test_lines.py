"""Lines around the rows."""

from datetime import UTC, datetime

import pytest

from netstat_parse.screen.lines import choose_tabs, describe_order, describe_round, fit_words
from netstat_parse.screen.plain import group_columns, share_lines
from netstat_parse.screen.tracker import Round

TABS = ["Connections 12", "Counters 96", "Interfaces 2", "Routes 10"]


@pytest.mark.parametrize(
    ("active", "width", "found"),
    [(0, 80, "0123"), (0, 40, "01"), (0, 41, "012"), (2, 40, "123"), (2, 5, "2"), (3, 35, "23"), (3, 36, "123")],
)
def test_the_active_tab_is_always_visible(active: int, width: int, found: str) -> None:
    assert "".join(map(str, choose_tabs(TABS, active, width))) == found


def test_no_word_of_a_line_is_cut() -> None:
    assert fit_words(["q quit", "space pause", "? help"], 15) == ["q quit", "? help"]


ROUND = Round(1234, datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), {"routes": None})  # type: ignore[dict-item] # not read


@pytest.mark.parametrize(
    ("last", "age", "paused", "phrases"),
    [
        (None, 0, False, "reading the first round"),
        (ROUND, 0.4, False, "round 1,234 at 03:04:05"),
        (ROUND, 7.9, False, "round 1,234 at 03:04:05, 7 s ago"),
        (ROUND, 0, True, "paused at round 1,234, round 1,234 at 03:04:05"),
        (ROUND._replace(tables={}), 0, False, "round 1,234 at 03:04:05, failed"),
    ],
)
def test_the_clock_is_that_of_the_last_round(last: Round | None, age: float, paused: bool, phrases: str) -> None:  # noqa: FBT001 - a parameter of the test
    assert ", ".join(describe_round(last, last, age_seconds=age, is_paused=paused)) == phrases


def test_the_order_is_named() -> None:
    assert describe_order(None, is_reversed=False) == "by change"
    assert describe_order("State", is_reversed=True) == "by State, descending"


@pytest.mark.parametrize(
    ("needed", "height", "shares"),
    [
        ([5, 5], 20, [5, 5]),
        ([100, 4], 20, [16, 4]),
        ([100, 50, 4], 20, [8, 8, 4]),
        ([9, 9, 9], 2, [0, 1, 1]),
        ([], 9, []),
    ],
)
def test_tables_share_the_lines_of_a_terminal(needed: list[int], height: int, shares: list[int]) -> None:
    assert share_lines(needed, height) == shares


@pytest.mark.parametrize(
    ("width", "groups"),
    [(80, [[0, 1, 2, 3]]), (40, [[0, 1], [2, 3]]), (24, [[0], [1], [2], [3]]), (1, [[0], [1], [2], [3]])],
)
def test_a_row_goes_on_in_the_next_line_and_no_cell_is_broken(width: int, groups: list[list[int]]) -> None:
    assert group_columns([8, 21, 21, 11], width) == groups
