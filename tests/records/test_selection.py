"""--only, --where and --fields select the same part of the JSON document in every format, whatever the text."""

import csv
import io
import itertools
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from netstat_parse.records import conditions, fields, selection
from netstat_parse.records.rows import Rows
from netstat_parse.records.selection import select
from support.hostile import WORDS, row_sources
from support.rendering import RowSource, SelectionOptions, render, render_document, selection_options
from support.samples import SAMPLES, sample_id

some_samples = pytest.mark.parametrize("sample", SAMPLES[::7], ids=sample_id)


def matches(record: dict[str, Any], where: conditions.Condition) -> bool:
    """Return whether a record of the JSON document matches: a second, simpler implementation."""
    if where.field not in record:
        return False
    value = record[where.field]
    if isinstance(value, list | dict):
        return any(atom in where.values for atom in atoms(value)) if value else None in where.values
    return value in where.values


def atoms(value: object) -> Iterator[object]:
    if isinstance(value, list | dict):
        for item in value.values() if isinstance(value, dict) else value:
            yield from atoms(item)
    elif value is not None:
        yield value


CHOICES: list[SelectionOptions] = [
    {"only": "connections,counters,interfaces"},
    {"where": "protocol=tcp"},
    {"where": "state=listen,connected,null"},
    {"where": "flags=up,gateway,acc,null"},
    {"where": "known=false"},
    {"where": "addresses=127.0.0.1,::1"},
    {"where": "family=ipv4 snapshot=0"},
    {"fields": "line,protocol,state,flags,metric"},
    {"fields": "kind,source,name,value"},
    {"only": "connection,snapshot", "where": "line=1,2,3,4,5,6", "fields": "program,line,local_port"},
]
each_choice = pytest.mark.parametrize("choice", CHOICES, ids=lambda choice: " ".join(map(str, choice.values())))


def expected(whole: dict[str, Any], choice: SelectionOptions) -> dict[str, Any]:
    """Return the selected part of a document."""
    given_ = selection_options(**choice)
    for table in fields.table_names():
        if given_.only is not None and table not in given_.only:
            whole[table] = []
        whole[table] = [
            record for record in whole[table] if all(matches(record, where) for where in given_.where or ())
        ]
        if given_.fields is not None:
            head = {"kind": fields.record_kind(table), "source": whole["source"]}
            names = [field for field in given_.fields if field in fields.field_defaults(table)]
            wanted = [field for field in given_.fields if field in names or field in head] if names else []
            whole[table] = [{field: (head | record)[field] for field in wanted} for record in whole[table] if wanted]
    return whole


@some_samples
@each_choice
def test_the_json_of_a_selection_is_part_of_the_document(sample: Path, choice: SelectionOptions) -> None:
    assert render_document(sample, **choice) == expected(render_document(sample), choice)


@settings(max_examples=100, derandomize=True)
@given(row_sources(), st.sampled_from(CHOICES))
def test_every_format_selects_the_same(source: RowSource, choice: SelectionOptions) -> None:
    part = render_document(source, **choice)
    records = {table: part[table] for table in fields.table_names() if part[table]}
    lines = [json.loads(line) for line in render("ndjson", source, **choice).splitlines()]
    assert len(lines) == sum(map(len, records.values()))
    assert yaml.safe_load(render("yaml", source, **choice)) == part
    for form in ("csv", "csv-raw"):
        rows = list(csv.reader(io.StringIO(render(form, source, **choice).decode(), newline="")))
        assert len([row for row in rows if row]) == len(lines) + len(records)
    assert len(re.findall("(?m)^.+$", render("tsv", source, **choice).decode())) == len(lines) + len(records)
    for row, count in (("(?m)^## ", 1), ("(?m)^[|] ---:? ", 1), ("(?m)^[|] ", 2)):
        found_ = len(re.findall(row, render("markdown", source, **choice).decode()))
        assert found_ == count * len(records) + (len(lines) if count == 2 else 0)


@pytest.mark.parametrize("choice", [choice for choice in CHOICES if "fields" not in choice])
def test_a_selection_without_fields_fits_the_published_schema(choice: SelectionOptions) -> None:
    (sample,) = (sample for sample in SAMPLES if sample.name == "net-tools-2.10.debian-12.cs.anepo.txt")
    Draft202012Validator(fields.document_schema()).validate(render_document(sample, **choice))


def test_a_selection_is_applied_block_by_block() -> None:
    def rows() -> Iterator[Rows]:
        for number in itertools.count():
            yield Rows("connections", {"snapshot": [0], "line": [number + 1], "protocol": ["tcp"], "pid": [number]})

    wanted = selection.Selection(where=(conditions.parse_condition("pid=7,9"),), fields=("pid",))
    assert list(itertools.islice(select(rows(), wanted, None), 2)) == [
        Rows("connections", {"pid": [7]}),
        Rows("connections", {"pid": [9]}),
    ]


@pytest.mark.parametrize("word", WORDS)
def test_any_quoted_text_can_be_a_condition(word: str) -> None:
    where = conditions.parse_condition(f"program={json.dumps(word)},{json.dumps(word, ensure_ascii=False)}")
    columns: dict[str, list[Any]] = {
        "snapshot": [0, 0],
        "line": [1, 2],
        "protocol": ["tcp", "tcp"],
        "program": ["x", word],
    }
    (rows,) = select([Rows("connections", columns)], selection.Selection(where=(where,)), None)
    assert rows.columns["line"] == [2]


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("local_port=22", [1, 2]),
        ("local_port=ssh", [1, 2]),
        ("local_service=ssh", [1, 2]),
        ("local_service=SSH", [1, 2]),
        ("local_service=www", [4, 5]),
        ("local_port=514", [3]),
        ("local_service=shell", []),
        ("local_service=syslog", [3]),
        ("remote_port=22", []),
    ],
)
def test_a_port_is_found_by_its_service_and_a_service_by_its_port(text: str, lines: list[int]) -> None:
    columns: dict[str, list[Any]] = {
        "snapshot": [0] * 5,
        "line": [1, 2, 3, 4, 5],
        "protocol": ["tcp", "tcp", "udp", "tcp", "tcp"],
        "local_port": [22, None, 514, 80, None],
        "local_service": [None, "ssh", None, None, "http"],
    }
    wanted = selection.Selection(where=(conditions.parse_condition(text),))
    found = select([Rows("connections", columns)], wanted, None)
    assert [line for rows in found for line in rows.columns["line"]] == lines


def test_a_selection_notes_which_conditions_a_record_has_met() -> None:
    columns: dict[str, list[Any]] = {"snapshot": [0], "line": [1], "protocol": ["tcp"], "pid": [7]}
    where = tuple(map(conditions.parse_condition, ("protocol=tcp", "pid=8", "pid=7")))
    matched: set[int] = set()
    assert list(select([Rows("connections", columns)], selection.Selection(where=where, matched=matched), None)) == []
    assert matched == {0}
