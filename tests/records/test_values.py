"""Values are written as JSON, and names of files as legible text."""

import json
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netstat_parse.records.values import cell_width, encode_json, escape_name, legible, printable

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(JSON)
def test_a_json_parser_reads_back_any_value(value: object) -> None:
    assert json.loads(encode_json(value)) == value


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "null"),
        (True, "true"),
        (2**70, "1180591620717411303424"),
        (14.5, "14.5"),
        ("né\x1b", '"né\\u001b"'),
        (["a", {}], '["a",{}]'),
    ],
)
def test_json_is_compact_and_escapes_only_what_it_must(value: object, text: str) -> None:
    assert encode_json(value) == text


@pytest.mark.parametrize(
    ("name", "escaped"),
    [("höst.txt", "höst.txt"), ("h\udcffst.txt", "h\\xffst.txt"), ("h\ud800st\udcff.txt", "h\\ud800st\\udcff.txt")],
)
def test_a_name_is_made_legible(name: str, escaped: str) -> None:
    assert legible(name) == escaped


NAMES = st.binary(max_size=3) | st.lists(
    st.sampled_from([b"\\", b"\xff", b"x", b"f", b"xff", b"udcff"]), max_size=6
).map(b"".join)


@pytest.mark.skipif(os.name == "nt", reason="file names are Unicode there")
@given(NAMES, NAMES)
def test_different_names_of_files_stay_different(one: bytes, other: bytes) -> None:
    names = [os.fsdecode(name) for name in (one, other)]
    assert (escape_name(names[0]) == escape_name(names[1])) == (one == other)


@given(st.binary().map(os.fsdecode))
def test_an_escaped_name_stays_unchanged_in_a_message(name: str) -> None:
    assert legible(escape_name(name)) == escape_name(name)


@pytest.mark.parametrize(
    ("text", "width"),
    [("abc", 3), ("日", 2), ("a\u0301", 1), ("ก\u0e31", 1), ("\u1100\u1161", 2), ("שלום", 4)],
)
def test_the_width_of_text_is_that_of_a_terminal(text: str, width: int) -> None:
    assert cell_width(text) == width


@pytest.mark.parametrize("char", "\x1b\x7f\x9b\xad\u034f\u115f\u200b\u202e\u2800\u3164\ufe0f\ufeff\U000e0041\U000e0101")
def test_a_character_that_is_not_drawn_becomes_a_symbol(char: str) -> None:
    text = printable(f"a{char}b")
    assert char not in text
    assert cell_width(text) == len("a?b")


@pytest.mark.parametrize("text", ["né b", "日本語", "שלום", "한국어", "हिन्दी", "\U0001f600", "a\u0301"])
def test_letters_are_printable(text: str) -> None:
    assert printable(text) == text
