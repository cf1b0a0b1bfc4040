"""YAML is read back by PyYAML."""

import io
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings

from netstat_parse.formats.appearance import Appearance
from netstat_parse.formats.registry import write
from netstat_parse.formats.task import WriteTask
from netstat_parse.records import fields
from support.hostile import row_sources
from support.read_back import program
from support.rendering import RowSource, render, render_document
from support.samples import choose_representatives, sample_id

some_samples = pytest.mark.parametrize("sample", choose_representatives(), ids=sample_id)

with_any_text = settings(max_examples=150, derandomize=True)


@some_samples
def test_yaml_of_a_sample_is_the_json(sample: Path) -> None:
    assert yaml.load(render("yaml", sample), yaml.CSafeLoader) == render_document(sample)


@with_any_text
@given(row_sources())
def test_yaml_keeps_any_text(source: RowSource) -> None:
    assert yaml.safe_load(render("yaml", source)) == render_document(source)


@pytest.mark.parametrize(
    "word", ["no", "1:30", "0x1F", "2026-11-22", "~", "1e5", "0o17", "off", "null", "1.0", "=", "<<"]
)
def test_words_with_a_meaning_in_yaml_are_quoted(word: str) -> None:
    found = re.findall(r"program: (['\"])(.*)\1\n", render("yaml", program(word)).decode())
    assert [text for _, text in found] == [word]


@pytest.mark.parametrize("char", "\x7f\x9b\x85\u00ad\u061c\u200e\u2028\u202e\u2066\ufeff\U000e0041")
def test_yaml_has_no_character_that_a_terminal_interprets(char: str) -> None:
    text = render("yaml", program(f"ä{char}\\{char}"))
    assert text.decode().replace("\n", "").isprintable()
    assert yaml.safe_load(text)["connections"][0]["program"] == f"ä{char}\\{char}"


@with_any_text
@given(row_sources())
def test_only_keys_of_yaml_are_colored(source: RowSource) -> None:
    colored = io.BytesIO()
    write(WriteTask(source, colored, appearance=Appearance(has_color=True)), "yaml")
    sequence = re.compile(rb"\x1b\[[\d;]*m")
    assert sequence.sub(b"", colored.getvalue()) == render("yaml", source)
    keys = {*fields.table_names(), "schema_version", "source", "lines", *RowSource([]).lines}
    keys |= {name for table in fields.table_names() for name in fields.field_defaults(table)}
    assert {key.decode() for key in sequence.split(colored.getvalue())[1::2]} <= keys


def test_several_inputs_are_several_documents_of_yaml() -> None:
    one = render("yaml", program("a"))
    assert [found["connections"][0]["program"] for found in yaml.safe_load_all(one + one)] == ["a", "a"]
