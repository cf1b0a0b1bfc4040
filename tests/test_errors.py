"""The message of an error quotes the line and marks the column."""

import pickle
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netstat_parse.errors import NetstatParseError

ROW = "tcp        0      0 10.0.0.1:22"


def test_an_error_quotes_the_line_with_a_caret_below_the_column() -> None:
    error = NetstatParseError(
        "row cut short: expected a foreign address", name="dump.txt", line=17, column=33, text=ROW + "\r\n"
    )
    assert str(error).splitlines() == [
        "dump.txt:17: row cut short: expected a foreign address",
        "    tcp        0      0 10.0.0.1:22",
        "                                    ^",
    ]


def test_an_error_about_the_whole_input_names_only_the_input() -> None:
    error = NetstatParseError("no netstat table in 14 lines of text", name="notes.txt")
    assert str(error) == "notes.txt: no netstat table in 14 lines of text"


def test_an_error_without_name_and_line_is_its_message() -> None:
    assert str(NetstatParseError("no netstat table")) == "no netstat table"


def test_an_error_without_a_name_has_the_line_number() -> None:
    assert NetstatParseError("row cut short", line=3, text=ROW).summary == "3: row cut short"


def test_an_error_without_a_column_has_no_caret() -> None:
    assert str(NetstatParseError("row cut short", line=1, text=ROW)) == f"1: row cut short\n    {ROW}"


def test_an_error_has_line_column_and_text_as_attributes() -> None:
    error = NetstatParseError("row cut short", line=17, column=33, text=ROW)
    assert (error.line, error.column, error.text) == (17, 33, ROW)


def test_an_error_is_a_value_error() -> None:
    assert issubclass(NetstatParseError, ValueError)


def test_an_error_can_be_pickled() -> None:
    error = NetstatParseError("row cut short", name="dump.txt", line=17, column=33, text=ROW)
    assert str(pickle.loads(pickle.dumps(error))) == str(error)  # noqa: S301 - pickled in the same line


def test_a_caret_is_below_its_character_after_wide_characters() -> None:
    error = NetstatParseError("unknown word", column=6, text="网卡a  ?")
    assert str(error).splitlines()[1:] == ["    网卡a  ?", "    " + " " * 7 + "^"]


def test_a_caret_is_below_its_character_after_combining_accents() -> None:
    error = NetstatParseError("unknown word", column=4, text="Ha\u0301?")
    assert str(error).splitlines()[2] == "      ^"


@pytest.mark.parametrize("column", [1, 500, 999, 1000, 5000])
def test_a_long_line_is_quoted_around_its_column(column: int) -> None:
    text = "x" * 1000
    quoted, caret = str(NetstatParseError("odd", column=column, text=text)).splitlines()[1:]
    assert len(quoted) <= 110
    assert len(caret) <= len(quoted) + 2


def test_the_caret_in_a_long_line_is_below_its_character() -> None:
    text = "x" * 700 + "!" + "x" * 700
    quoted, caret = str(NetstatParseError("odd", column=701, text=text)).splitlines()[1:]
    assert quoted[caret.index("^")] == "!"


def test_an_escape_sequence_is_replaced_by_visible_characters() -> None:
    error = NetstatParseError("odd \x1b[2J", name="\x1b]0;x\x07.txt", text="277/\x1b[31m\tred\x9b1m\u202e\udc80")
    assert str(error) == "␛]0;x␇.txt: odd ␛[2J\n    277/␛[31m␉red\ufffd1m\ufffd\ufffd"


@given(st.text(st.characters(codec=None)), st.text(st.characters(codec=None)), st.integers())
def test_no_control_character_reaches_a_terminal(message: str, text: str, column: int) -> None:
    quoted = str(NetstatParseError(message, name=message, line=1, column=column, text=text))
    kinds = {unicodedata.category(character) for character in quoted if character != "\n"}
    assert kinds.isdisjoint({"Cc", "Cf", "Cs", "Zl", "Zp"})
    assert quoted.count("\n") == 2
