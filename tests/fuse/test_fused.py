"""A fused pattern reads rows into columns."""

import re
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netstat_parse.fuse import fused as module
from netstat_parse.fuse.fused import Capture, Fused
from netstat_parse.records.rows import Columns


def shout(text: str) -> str:
    return f"{text.upper()}!"


NUMBER_OR_WORD = Fused(r"(?P<x>\d+)?(?P<x__2>[a-z]+)?;", [Capture("x", "x", int), Capture("x", "x__2", shout)])
PAIR = Fused(r"(?=.)(?>(?P<x>\d+)|)(?>(?P<y>[a-z]+)|)(?:;|\Z)", [Capture("x", "x", int), Capture("y", "y")])


def columns(fused: Fused, *rows: str) -> Columns:
    matches = [fused.pattern.fullmatch(row) for row in rows]
    return fused.columns([match.groups() for match in matches if match])


def test_the_last_group_of_a_name_that_matched_gives_the_value() -> None:
    assert columns(NUMBER_OR_WORD, "7;", "a;", "7a;", ";") == {"x": [7, "A!", "A!", None]}


class Repeat:
    """A conversion that has no hash, as one of another distribution may have none."""

    __hash__ = None  # type: ignore[assignment]

    def __eq__(self, other: object) -> bool:
        return self is other

    def __call__(self, text: str) -> str:
        return text * 2


def test_a_conversion_may_be_any_callable() -> None:
    assert columns(Fused("(?P<x>[a-z]+);", [Capture("x", "x", Repeat())]), "a;", "b;") == {"x": ["aa", "bb"]}


def test_without_rows_there_are_no_columns() -> None:
    assert PAIR.columns([]) == {}
    assert PAIR.cell_columns([]) == {}


def test_a_name_for_which_no_row_has_a_value_is_left_out() -> None:
    assert columns(PAIR, "a;", "b;") == {"y": ["a", "b"]}


@pytest.mark.parametrize(
    ("rows", "values"),
    [(["1", "1"], [1, 1]), (["1", "2"], [1, 2]), (["1", ""], [1, None]), (["", "1", "2"], [None, 1, 2])],
)
def test_numbers_are_converted_wherever_there_are_any(rows: list[str], values: list[int | None]) -> None:
    assert columns(PAIR, *(f"{row};" for row in rows))["x"] == values


def test_a_conversion_runs_once_for_each_text() -> None:
    texts: list[str] = []

    def convert(text: str) -> str:
        texts.append(text)
        return text

    fused = Fused("(?P<x>[ab]);", [Capture("x", "x", convert)])
    assert columns(fused, "a;", "b;", "a;", "b;") == {"x": ["a", "b", "a", "b"]}
    assert sorted(texts) == ["a", "b"]


@given(
    st.lists(st.sampled_from(["1a;", "2;", "b;", ";"]), max_size=40).map("".join),
    st.sampled_from(["", "\n1;", "1", "?;;"]),
    st.sampled_from(["", "0;"]),
    st.integers(0, 3),
)
def test_rows_are_the_same_whether_split_or_matched_one_at_a_time(rows: str, tail: str, head: str, few: int) -> None:
    text, at, groups = head + rows + tail, len(head), []
    while at < len(text) and (match := PAIR.pattern.match(text, at)):
        groups.append(match.groups())
        at = match.end()
    with patch.object(module, "ROWS_BEFORE_SPLIT", few):
        cells, end = PAIR.read_rows(text, len(head))
    assert end == at
    assert len(cells) == len(groups) * PAIR.row_width
    assert PAIR.cell_columns(cells) == PAIR.columns(groups)


def test_a_pattern_is_plain_data() -> None:
    assert re.fullmatch(PAIR.text, "1a;")
    assert list(PAIR.captures) == [("x", "x", int), ("y", "y", None)]
