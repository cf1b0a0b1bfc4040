"""JSON fits the published schema, and NDJSON has the same records."""

import json
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from unicodedata import category

import pytest
from hypothesis import given, settings
from jsonschema import Draft202012Validator

from netstat_parse.formats.json_text import escape_controls
from netstat_parse.formats.json_writer import json_bytes, json_document, write_ndjson
from netstat_parse.formats.task import Blocks, WriteTask
from netstat_parse.records import fields
from netstat_parse.records.rows import Rows
from support.hostile import row_sources
from support.read_back import Tables
from support.rendering import RowSource, render, render_document
from support.samples import choose_representatives, sample_id

some_samples = pytest.mark.parametrize("sample", choose_representatives(), ids=sample_id)

with_any_text = settings(max_examples=150, derandomize=True)

VALIDATOR = Draft202012Validator(fields.document_schema())


def read_blocks(source: RowSource) -> Blocks:
    return ((rows, fields.field_defaults(rows.kind)) for rows in source.rows())


@some_samples
def test_the_json_of_a_sample_fits_the_published_schema(sample: Path) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(render_document(sample))] == []


def test_the_published_schema_is_a_valid_json_schema() -> None:
    Draft202012Validator.check_schema(fields.document_schema())


@some_samples
def test_ndjson_of_a_sample_has_the_records_of_the_json(sample: Path) -> None:
    whole = render_document(sample)
    found: Tables = {table: [] for table in fields.table_names()}
    for line in render("ndjson", sample).splitlines():
        record = json.loads(line)
        found[f"{record.pop('kind')}s"].append(record)
    assert found == {table: whole[table] for table in found}


@with_any_text
@given(row_sources())
def test_the_document_as_a_whole_is_that_of_its_chunks(source: RowSource) -> None:
    chunks = json_document(read_blocks(source), source.name, lambda: source.lines)
    whole = json_bytes(read_blocks(source), source.name, lambda: source.lines)
    assert escape_controls(whole.decode()).encode() == b"".join(chunks)


@pytest.mark.parametrize("table", fields.table_names())
def test_any_table_may_be_the_longest_of_a_document(table: str) -> None:
    source = RowSource([Rows(kind, {"line": [1] * (1 + 300 * (kind == table))}) for kind in fields.table_names()])
    whole = json_bytes(read_blocks(source), None, dict)
    assert whole == b"".join(json_document(read_blocks(source), None, dict))
    assert {kind: len(json.loads(whole)[kind]) for kind in fields.table_names()} == {
        kind: 301 if kind == table else 1 for kind in fields.table_names()
    }


class OwnRows(RowSource):
    """A source that yields its own rows, no copies."""

    def rows(self) -> Iterator[Rows]:
        return iter(self.blocks)


@pytest.mark.parametrize(
    "write",
    [
        write_ndjson,
        lambda task: [*json_document(task.blocks(), None, dict)],
        lambda task: json_bytes(task.blocks(), None, dict),
    ],
    ids=["ndjson", "document in chunks", "document as a whole"],
)
def test_rows_are_freed_once_they_are_encoded(write: Callable[[WriteTask], object]) -> None:
    rows = Rows("routes", {"gateway": ["10.0.0.1"]})
    write(WriteTask(OwnRows([rows]), BytesIO()))
    assert rows.columns == {}


@with_any_text
@given(row_sources())
def test_ndjson_keeps_any_text(source: RowSource) -> None:
    lines = render("ndjson", source).decode().split("\n")[:-1]
    records = [json.loads(line) for line in lines]
    whole = render_document(source)
    assert [record for record in records if record["kind"] == "connection"] == [
        {"kind": "connection"} | record for record in whole["connections"]
    ]
    assert len(records) == len(whole["connections"]) + len(whole["counters"])


@with_any_text
@given(row_sources())
@pytest.mark.parametrize("form", ["json", "ndjson"])
def test_json_has_no_character_that_a_terminal_interprets(form: str, source: RowSource) -> None:
    text = render(form, source, several=True).decode()
    assert not [character for character in text if character != "\n" and category(character) in {"Cc", "Zl", "Zp"}]
    assert not set(text) & {*"\u202a\u202e\u2066\u2069\u200f"}


@pytest.mark.parametrize("char", "\xad\u034f\u061c\u115f\u200b\u2060\u2800\u3164\ufe0f\ufeff\U000e0041\U000e0101")
def test_a_character_that_is_not_drawn_is_escaped(char: str) -> None:
    text = escape_controls(json.dumps(f"a{char}b", ensure_ascii=False))
    assert text.isascii()
    assert json.loads(text) == f"a{char}b"


@pytest.mark.parametrize("text", ["né", "日本語", "שלום", "한국어", "हिन्दी", "\U0001f600", "a\u0301"])
def test_letters_are_not_escaped(text: str) -> None:
    assert escape_controls(text) == text
