"""A column of integers keeps their texts until a value is looked at."""

import copy
import pickle
from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from netstat_parse.grammar import integer_texts
from netstat_parse.records.integer_column import (
    IntegerColumn,
    Texts,
    are_json,
    convert_integers,
    json_integers,
    printed_integers,
)
from netstat_parse.records.values import encode_json


def test_the_values_are_converted_when_one_is_looked_at() -> None:
    column = IntegerColumn.from_texts(["22", None, "443"])
    assert (len(column), None in column, printed_integers(column)) == (3, True, ["22", None, "443"])
    assert column[2] == 443
    assert (list(column), len(column), None in column, printed_integers(column)) == ([22, None, 443], 3, True, None)


def test_a_change_is_not_hidden_by_the_texts() -> None:
    column = IntegerColumn.from_texts(["22", "443"])
    column[0] = 80
    assert integer_texts(column) == ["80", "443"]


def test_none_is_found_without_converting_the_others() -> None:
    column = IntegerColumn.from_texts(["22", "443"])
    assert None not in column
    assert printed_integers(column) == ["22", "443"]
    assert 443 in column


@pytest.mark.parametrize("look", [len, list], ids=["texts", "values"])
def test_a_column_can_be_pickled(look: Callable[[IntegerColumn], object]) -> None:
    column = IntegerColumn.from_texts(["22", None])
    look(column)
    loaded = pickle.loads(pickle.dumps(column))  # noqa: S301 - what is pickled right here
    assert (type(loaded), loaded) == (IntegerColumn, column)


@pytest.mark.parametrize("look", [len, list], ids=["texts", "values"])
@pytest.mark.parametrize("make_copy", [copy.copy, copy.deepcopy, IntegerColumn.copy, lambda column: column[:]])
def test_a_copy_does_not_change_with_its_original(
    look: Callable[[IntegerColumn], object], make_copy: Callable[[IntegerColumn], IntegerColumn]
) -> None:
    column = IntegerColumn.from_texts(["22", None])
    look(column)
    copied = make_copy(column)
    column[0] = 80
    assert (type(copied), list(copied), list(column)) == (IntegerColumn, [22, None], [80, None])


@given(st.lists(st.none() | st.from_regex(r"[+-]?[\d_]{1,4}", fullmatch=True), min_size=1))
def test_texts_that_are_json_are_what_json_writes_of_their_values(texts: Texts) -> None:
    try:
        values = convert_integers(texts)
    except ValueError:
        assert not are_json(texts)  # such as "1__2"
        return
    assert not are_json(texts) or [encode_json(value) for value in values] == [text or "null" for text in texts]


def test_decimal_numbers_are_json() -> None:
    assert are_json(["0", "10", None, "65535"])


@pytest.mark.parametrize("texts", [["1", "07"], ["00"], ["-1"], ["\u0661"]], ids=["padded", "zeros", "sign", "Arabic"])
def test_numbers_that_json_writes_otherwise_are_not_json(texts: Texts) -> None:
    assert not are_json(texts)


@given(first=st.integers(0, 3_000_000), count=st.integers(0, 2500))
@example(first=998, count=3)
@example(first=0, count=1)
@example(first=1999, count=1002)
def test_consecutive_integers_are_json(first: int, count: int) -> None:
    numbers = range(first, first + count)
    assert json_integers(numbers) == [encode_json(number) for number in numbers]
