"""JSON on a terminal is the same document, indented and coloured."""

import json
import re
from tempfile import TemporaryFile

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from netstat_parse.formats.appearance import Appearance
from netstat_parse.formats.json_text import encode_line, escape_controls, lay_out
from netstat_parse.formats.registry import write as write_task
from netstat_parse.formats.task import WriteTask
from support.hostile import row_sources
from support.rendering import RowSource

COLORED = Appearance(width=80, has_color=True)
INDENTED = Appearance(width=80, is_indented=True)
BOTH = Appearance(width=80, has_color=True, is_indented=True)

SEQUENCE = re.compile(rb"\x1b\[[\d;]*m")

HOSTILE = [
    '"',
    "\\",
    '\\"',
    "{",
    "}",
    "[1,",
    '":',
    '","a":1',
    "\x1b[31m",
    "\x1b]0;title\x07",
    "\u202e",
    "\x9b1m",
    "é",
    "名",
]

numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
texts = st.text(st.characters(exclude_categories=["Cs"])) | st.sampled_from(HOSTILE)
scalars = st.none() | st.booleans() | numbers | texts
values = st.recursive(scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4))

with_any_value = settings(max_examples=300, derandomize=True)


def write(value: object, appearance: Appearance) -> bytes:
    return b"".join(lay_out([encode_line(value)], appearance))


@with_any_value
@given(value=values)
@example(value={"a": [], "b": {}, "c": [[], {}], "d": [{"e": []}]})
def test_indented_json_is_that_of_the_standard_library(value: object) -> None:
    expected = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
    assert write(value, INDENTED) == escape_controls(expected).encode()


@with_any_value
@given(value=values)
@pytest.mark.parametrize(("colored", "plain"), [(COLORED, Appearance()), (BOTH, INDENTED)])
def test_colored_json_without_its_colors_is_the_plain_json(
    value: object, colored: Appearance, plain: Appearance
) -> None:
    assert SEQUENCE.sub(b"", write(value, colored)) == write(value, plain)


@with_any_value
@given(value=values)
def test_a_color_covers_one_key_or_value(value: object) -> None:
    """Text of the input neither ends a colour nor begins one."""
    pieces = SEQUENCE.split(write(value, COLORED))
    for colored in pieces[1::2]:
        json.loads(colored)
    for between in pieces[::2]:
        assert not between.strip(b"{}[]:,\n")


def write_rows(form: str, source: RowSource, appearance: Appearance) -> bytes:
    with TemporaryFile() as file:
        write_task(WriteTask(source, file, appearance=appearance), form)
        file.seek(0)
        return file.read()


@settings(max_examples=40, derandomize=True)
@given(source=row_sources())
@pytest.mark.parametrize("form", ["json", "ndjson"])
@pytest.mark.parametrize("appearance", [COLORED, INDENTED, BOTH])
def test_records_on_a_terminal_are_those_of_a_file(form: str, appearance: Appearance, source: RowSource) -> None:
    plain, written = write_rows(form, source, Appearance()), SEQUENCE.sub(b"", write_rows(form, source, appearance))
    if form == "ndjson":
        assert written == plain
    else:
        value = json.loads(plain)
        expected = json.dumps(value, ensure_ascii=False, indent=2) + "\n"
        assert written == (escape_controls(expected).encode() if appearance.is_indented else plain)


def test_the_document_of_no_record_has_empty_tables() -> None:
    assert b'"routes": [],\n' in write_rows("json", RowSource([]), INDENTED)


def test_keys_text_numbers_and_words_have_colors_of_their_own() -> None:
    written = write({"a": ["b", 1, None, True]}, COLORED)
    sequences = SEQUENCE.findall(written)[::2]
    assert sequences[3] == sequences[4]
    assert len(set(sequences)) == 4
