"""Every format is read back by a reader of somebody else's, and says what the JSON document says."""

import csv
import io
import json
import re
import shutil
import subprocess
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from jsonschema import Draft202012Validator
from markdown_it import MarkdownIt
from markdown_it.token import Token

from netstat_parse.formats.display import build_tables, select_columns
from netstat_parse.formats.registry import WRITERS, find_writer
from netstat_parse.records import fields
from netstat_parse.records.rows import Rows
from netstat_parse.records.values import printable
from support.hostile import row_sources
from support.rendering import RowSource, render, render_document
from support.samples import choose_representatives, sample_id

some_samples = pytest.mark.parametrize("sample", choose_representatives(), ids=sample_id)
with_any_text = settings(max_examples=150, deadline=None, derandomize=True)

Tables = dict[str, list[dict[str, Any]]]

VALIDATOR = Draft202012Validator(fields.document_schema())


def facts(whole: dict[str, Any]) -> Tables:
    """What netstat told, of a document."""
    return {
        table: whole[table]
        for table in fields.table_names()
        if whole[table] and table not in ("snapshots", "diagnostics")
    }


def cells(whole: dict[str, Any]) -> list[list[str]]:
    """A document's records as cells: nothing for null, JSON for lists, and the kind of the record first."""
    return [
        [fields.record_kind(table), *map(cell, record.values())]
        for table, records in facts(whole).items()
        for record in records
    ]


def cell(value: object) -> str:
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def same_types(values: Iterable[str]) -> list[object]:
    """Cells, with JSON as what it says, since there are several ways to write it."""
    return [json.loads(value) if value[:1] in ("[", "{") and is_json(value) else value for value in values]


def is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def from_csv(text: str, delimiter: str = ",") -> list[list[str]]:
    """The rows of all tables, without their headings and the empty lines between them."""
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    return [row for row in rows if row and row[:3] != ["kind", "snapshot", "line"]]


def from_tsv(text: str) -> list[list[str]]:
    rows = [line.split("\t") for line in text.split("\n") if line and not line.startswith("kind\tsnapshot\tline\t")]
    return [[unescaped(value) for value in row] for row in rows]


def unescaped(value: str) -> str:
    """The cell as Python reads its escapes, which are those of a string in Python."""
    return value.encode("latin-1", "backslashreplace").decode("unicode_escape")


def test_every_format_has_a_writer() -> None:
    assert all(callable(find_writer(form)) for form in WRITERS)


@some_samples
def test_the_json_of_a_sample_fits_the_published_schema(sample: Path) -> None:
    assert [error.message for error in VALIDATOR.iter_errors(render_document(sample))] == []


def test_the_published_schema_is_one() -> None:
    Draft202012Validator.check_schema(fields.document_schema())


@some_samples
def test_ndjson_of_a_sample_has_the_records_of_the_json(sample: Path) -> None:
    whole = render_document(sample)
    found: Tables = {table: [] for table in fields.table_names()}
    for line in render("ndjson", sample).splitlines():
        record = json.loads(line)
        found[f"{record.pop('kind')}s"].append(record)
    assert found == {table: whole[table] for table in found}


@some_samples
def test_csv_raw_of_a_sample_has_the_records_of_the_json(sample: Path) -> None:
    assert from_csv(render("csv-raw", sample).decode()) == cells(render_document(sample))


@some_samples
def test_tsv_of_a_sample_has_the_records_of_the_json(sample: Path) -> None:
    assert from_tsv(render("tsv", sample).decode()) == cells(render_document(sample))


@some_samples
def test_yaml_of_a_sample_is_the_json(sample: Path) -> None:
    assert yaml.load(render("yaml", sample), yaml.CSafeLoader) == render_document(sample)


@some_samples
def test_markdown_of_a_sample_has_the_records_of_the_json(sample: Path) -> None:
    assert from_markdown(render("markdown", sample).decode()) == tables_for_people(render_document(sample))


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
def test_csv_raw_keeps_any_text(source: RowSource) -> None:
    expected = [same_types(row) for row in cells(render_document(source))]
    assert [same_types(row) for row in from_csv(render("csv-raw", source).decode())] == expected


@with_any_text
@given(row_sources())
def test_csv_keeps_any_text_but_for_what_acts(source: RowSource) -> None:
    found = from_csv(render("csv", source).decode())
    assert [[value.removeprefix("'") for value in row] for row in found] == [
        [printable(value).removeprefix("'") for value in row] for row in cells(render_document(source))
    ]


@with_any_text
@given(row_sources())
def test_no_cell_of_csv_begins_as_a_formula_or_holds_what_acts(source: RowSource) -> None:
    for row in from_csv(render("csv", source).decode()):
        for value in row:
            assert printable(value) == value
            assert value.lstrip()[:1] not in "=+-@＝＋－＠" or not value.strip() or is_number(value)


def is_number(text: str) -> bool:
    return re.fullmatch(r"-?[\d.e+-]+", text) is not None and is_json(text)


@with_any_text
@given(row_sources())
def test_tsv_keeps_any_text(source: RowSource) -> None:
    expected = [same_types(row) for row in cells(render_document(source))]
    assert [same_types(row) for row in from_tsv(render("tsv", source).decode())] == expected


@with_any_text
@given(row_sources())
def test_tsv_holds_nothing_that_acts(source: RowSource) -> None:
    text = render("tsv", source).decode()
    assert printable(text.replace("\t", "").replace("\n", "")) == text.replace("\t", "").replace("\n", "")


@with_any_text
@given(row_sources())
def test_readers_of_csv_split_tsv_at_its_tabs(source: RowSource) -> None:
    text = render("tsv", source).decode()
    assert from_csv(text, "\t") == [
        line.split("\t") for line in text.split("\n") if line and not line.startswith("kind\tsnapshot\tline\t")
    ]


@with_any_text
@given(row_sources())
def test_yaml_keeps_any_text(source: RowSource) -> None:
    assert yaml.safe_load(render("yaml", source)) == render_document(source)


@with_any_text
@given(row_sources())
def test_markdown_keeps_any_text_and_no_markup_becomes_alive(source: RowSource) -> None:
    assert from_markdown(render("markdown", source).decode()) == tables_for_people(render_document(source))


def tables_for_people(whole: dict[str, Any]) -> list[tuple[str, list[list[str]]]]:
    tables = build_tables(facts(whole).items(), select_columns(None))
    return sorted(
        (table.title, [table.headings, *([text.strip() for text in row] for row in table.rows)]) for table in tables
    )


def from_markdown(text: str) -> list[tuple[str, list[list[str]]]]:
    """The headings, each with the cells of the table below it; nothing else may be there."""
    found: list[tuple[str, list[list[str]]]] = []
    is_heading = False
    for token in MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(text):
        assert token.type in BLOCKS
        if token.type == "heading_open":
            is_heading = True
        elif token.type == "tr_open":
            found[-1][1].append([])
        elif token.type == "inline" and is_heading:
            found.append((plain(token), []))
            is_heading = False
        elif token.type == "inline":
            found[-1][1][-1].append(plain(token))
    return sorted(found)


BLOCKS = {"inline"} | {
    f"{name}_{end}" for name in ("heading", "table", "thead", "tbody", "tr", "th", "td") for end in ("open", "close")
}


def plain(token: Token) -> str:
    """The text of a token, in which there is nothing but text."""
    children = token.children or []
    assert {child.type for child in children} <= {"text"}
    return "".join(child.content for child in children).strip()


@pytest.mark.parametrize(
    "word", ["no", "1:30", "0x1F", "2026-11-22", "~", "1e5", "0o17", "off", "null", "1.0", "=", "<<"]
)
def test_words_that_yaml_may_take_for_something_else_are_in_quotation_marks(word: str) -> None:
    found = re.findall(r"program: (['\"])(.*)\1\n", render("yaml", program(word)).decode())
    assert [text for _, text in found] == [word]


def program(text: str) -> RowSource:
    """A connection of a program."""
    return RowSource([Rows("connections", {"snapshot": [0], "line": [1], "protocol": ["tcp"], "program": [text]})])


def test_several_inputs_are_several_documents_of_yaml() -> None:
    one = render("yaml", program("a"))
    assert [found["connections"][0]["program"] for found in yaml.safe_load_all(one + one)] == ["a", "a"]


@pytest.mark.parametrize("form", ["csv", "csv-raw", "tsv"])
def test_an_empty_line_stands_between_the_tables_of_several_inputs(form: str) -> None:
    one = render(form, program("a"), several=True).decode()
    assert len(re.split(r"(?:\r?\n){2}", one + one)) == 3


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a\tb", r"a\tb"),
        ("a\nb", r"a\nb"),
        ("a\rb", r"a\rb"),
        ("a\\b", r"a\\b"),
        ("\x1b[31m", r"\x1b[31m"),
        ("\u202eexe", r"\u202eexe"),
        ('"a"', r'\x22a"'),
        ("=1+1", "=1+1"),
    ],
)
def test_tsv_escapes(text: str, written: str) -> None:
    (row,) = render("tsv", program(text), fields="program").decode().splitlines()[1:]
    assert row == written


@some_samples
def test_miller_reads_tsv(sample: Path) -> None:
    mlr = shutil.which("mlr")
    if mlr is None:
        pytest.skip("there is no mlr")
    whole = render_document(sample)
    for table in facts(whole):
        text = render("tsv", sample, only=table)
        ran = subprocess.run([mlr, "--itsv", "--ojson", "cat"], input=text, capture_output=True, check=True)
        read = json.loads(ran.stdout, parse_int=str, parse_float=str)
        assert [[known_to_miller(value) for value in row.values()] for row in read] == [
            [known_to_miller(value) for value in row]
            for row in cells({**dict.fromkeys(fields.table_names()), table: whole[table]})
        ]


def known_to_miller(value: object) -> str:
    r"""The cell without what Miller has no escape for: it reads \t, \n, \r and \\."""
    text = cell(value) if not isinstance(value, bool) else str(value).lower()
    return re.sub(r"[^ -~\t\n\r]|\\x[0-9a-f]{2}|\\u[0-9a-f]{4}", "?", text)
