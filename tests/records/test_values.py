"""Values are written as JSON, and names of files as legible text."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netstat_parse.records.values import encode_json, legible

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
