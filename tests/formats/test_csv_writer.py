"""CSV for spreadsheets, CSV and TSV for programs."""

import csv
import io
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from netstat_parse.records import fields
from netstat_parse.records.rows import Rows
from netstat_parse.records.values import printable
from support.command_line import netstat_parse
from support.hostile import row_sources
from support.read_back import cell, cells, facts, from_csv, from_tsv, is_number, program, same_types
from support.rendering import RowSource, render, render_document
from support.samples import choose_representatives, sample_id

some_samples = pytest.mark.parametrize("sample", choose_representatives(), ids=sample_id)

with_any_text = settings(max_examples=150, derandomize=True)
ROWS = (
    "tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      -2         305258     77/=1+1              \n"
    'tcp        0      0 0.0.0.0:80              0.0.0.0:*               LISTEN      0          305259     78/a, "b"            \n'
)


def table(form: str, text: str = ROWS) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(netstat_parse("-f", form, text=text).stdout, newline="")))


def test_a_cell_that_looks_like_a_formula_is_escaped() -> None:
    assert [row["program"] for row in table("csv")] == ["'=1+1", 'a, "b"']


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a;=1+1", "a;'=1+1"),
        ("a; +1", "a;' +1"),
        ('a;"@b"', 'a;\'"@b"'),
        (";;-1;b", ";;'-1;b"),
        ("a;b=1", "a;b=1"),
        ("=1;=2", "'=1;'=2"),
    ],
)
def test_a_formula_behind_a_semicolon_is_escaped(text: str, written: str) -> None:
    (row,) = csv.DictReader(io.StringIO(render("csv", program(text)).decode(), newline=""))
    assert row["program"] == written


def test_raw_csv_has_the_printed_text() -> None:
    assert [row["program"] for row in table("csv-raw")] == ["=1+1", 'a, "b"']


def test_a_negative_number_is_not_escaped() -> None:
    assert table("csv")[0]["uid"] == "-2"


@pytest.mark.parametrize(
    ("column", "written"),
    [
        ([7, 8, 9], ["7", "8", "9"]),
        ([7, None, 9], ["7", "", "9"]),
        (["=a", None, "=a"], ["'=a", "", "'=a"]),
        (["=a", "=a", "=a"], ["'=a", "'=a", "'=a"]),
        (["a", 7, True], ["a", "7", "true"]),
        ([["a"], [], ["=a", "b"]], ['["a"]', "[]", '["=a","b"]']),
    ],
)
def test_each_value_of_a_column_is_a_cell_of_its_own(column: list[Any], written: list[str]) -> None:
    source = RowSource([Rows("connections", {"line": [1, 2, 3], "program": column})])
    read = csv.DictReader(io.StringIO(render("csv", source).decode(), newline=""))
    assert [row["program"] for row in read] == written


@pytest.mark.parametrize("form", ["csv", "csv-raw"])
def test_csv_has_the_values_of_the_json(form: str) -> None:
    records = json.loads(netstat_parse(text=ROWS).stdout)["connections"]
    read = [{name: value for name, value in row.items() if value not in ("", "[]", "{}")} for row in table(form)]
    values = [{name: str(value) for name, value in record.items() if value not in (None, [], {})} for record in records]
    assert [row | {"program": row["program"].removeprefix("'")} for row in read] == [
        {"kind": "connection"} | record for record in values
    ]


def test_each_table_has_headings() -> None:
    unix = "unix  2      [ ACC ]     STREAM     LISTENING     306263   @/tmp/.X11-unix/X0\n"
    tables = netstat_parse("-f", "csv", text=ROWS + unix).stdout.split("\r\n\r\n")
    assert [text.split(",")[0] for text in tables] == ["kind", "kind"]
    assert tables[1].splitlines()[1].startswith("unix_socket,")


def test_no_output_if_there_is_no_table() -> None:
    ran = netstat_parse("-f", "csv", text="nothing here\n")
    assert (ran.returncode, ran.stdout) == (1, "")


@some_samples
def test_csv_raw_of_a_sample_has_the_records_of_the_json(sample: Path) -> None:
    assert from_csv(render("csv-raw", sample).decode()) == cells(render_document(sample))


@with_any_text
@given(row_sources())
def test_csv_raw_keeps_any_text(source: RowSource) -> None:
    expected = [same_types(row) for row in cells(render_document(source))]
    assert [same_types(row) for row in from_csv(render("csv-raw", source).decode())] == expected


def without_apostrophes(cell: str) -> str:
    """Return a cell without the apostrophe before a formula, which it may begin with or have behind a semicolon."""
    return re.sub("(?:^|(?<=;))'", "", cell)


@with_any_text
@given(row_sources())
def test_csv_keeps_any_text_except_control_characters_and_formulas(source: RowSource) -> None:
    found = from_csv(render("csv", source).decode())
    assert [list(map(without_apostrophes, row)) for row in found] == [
        [without_apostrophes(printable(value)) for value in row] for row in cells(render_document(source))
    ]


@with_any_text
@given(row_sources())
def test_no_cell_of_csv_begins_as_a_formula_or_has_control_characters(source: RowSource) -> None:
    for row in from_csv(render("csv", source).decode()):
        for value in row:
            assert printable(value) == value
            assert value.lstrip()[:1] not in "=+-@＝＋－＠" or not value.strip() or is_number(value)


@pytest.mark.parametrize("form", ["csv", "csv-raw", "tsv"])
def test_an_empty_line_separates_the_tables_of_several_inputs(form: str) -> None:
    one = render(form, program("a"), several=True).decode()
    assert len(re.split(r"(?:\r?\n){2}", one + one)) == 3


@some_samples
def test_tsv_of_a_sample_has_the_records_of_the_json(sample: Path) -> None:
    assert from_tsv(render("tsv", sample).decode()) == cells(render_document(sample))


@with_any_text
@given(row_sources())
def test_tsv_keeps_any_text(source: RowSource) -> None:
    expected = [same_types(row) for row in cells(render_document(source))]
    assert [same_types(row) for row in from_tsv(render("tsv", source).decode())] == expected


@with_any_text
@given(row_sources())
def test_tsv_has_no_control_characters(source: RowSource) -> None:
    text = render("tsv", source).decode()
    assert printable(text.replace("\t", "").replace("\n", "")) == text.replace("\t", "").replace("\n", "")


@with_any_text
@given(row_sources())
def test_a_csv_reader_splits_tsv_at_tabs(source: RowSource) -> None:
    text = render("tsv", source).decode()
    assert from_csv(text, "\t") == [
        line.split("\t") for line in text.split("\n") if line and not line.startswith("kind\tsnapshot\tline\t")
    ]


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
def test_tsv_escapes_control_characters_tabs_and_backslashes(text: str, written: str) -> None:
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
    r"""Return the cell without characters that Miller cannot unescape: it reads \t, \n, \r and \\."""
    text = cell(value) if not isinstance(value, bool) else str(value).lower()
    return re.sub(r"[^ -~\t\n\r]|\\x[0-9a-f]{2}|\\u[0-9a-f]{4}", "?", text)
