"""Models that are validated by column are those that are validated record by record."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from netstat_parse import dumps
from netstat_parse.dumps import make_models
from netstat_parse.errors import NetstatParseError
from netstat_parse.reading.pipeline import Reading
from netstat_parse.records.rows import Columns, Rows
from netstat_parse.schema import TABLES
from support.samples import SAMPLES, parse_options, sample_id

VALUES: tuple[Any, ...] = (
    None,
    0,
    1,
    -1,
    70_000,
    2**64,
    2.5,
    float("nan"),
    True,
    "",
    "0",
    "12",
    "tcp",
    "listen",
    [],
    ["pid"],
    {},
    {"a": "b"},
)
"""Values of all types: valid and invalid ones for each field, and some that a model converts."""


def read_rows(sample: Path) -> Iterator[Rows]:
    try:
        yield from Reading(sample.read_bytes(), **parse_options(sample)).rows()
    except NetstatParseError:
        return


def describe(rows: Rows) -> Any:  # noqa: ANN401 - models, or an error
    """Return all that the models of rows are, or the error."""
    try:
        return [
            (type(made), made.__dict__, sorted(made.model_fields_set), made.model_dump_json())
            for made in make_models(rows)
        ]
    except ValidationError as error:
        return error.errors(include_url=False, include_input=False)


def describe_both(rows: Rows, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return `describe` of rows that are validated record by record, and by column."""
    found = []
    for limit in (10**9, 1):
        monkeypatch.setattr(dumps, "MIN_RECORDS_BY_COLUMN", limit)
        found.append(describe(rows))
    return found


def test_a_change_of_the_set_of_fields_does_not_change_other_records(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dumps, "MIN_RECORDS_BY_COLUMN", 1)
    first, second = make_models(Rows("routes", {"snapshot": [0, 0], "line": [1, 2], "interface": ["lo", "eth0"]}))
    first.model_fields_set.clear()
    assert first.model_fields_set == second.model_fields_set == {"snapshot", "line", "interface"}


@pytest.mark.parametrize("sample", SAMPLES, ids=sample_id)
def test_both_ways_make_the_same_models_of_a_sample(sample: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for rows in read_rows(sample):
        by_record, by_column = describe_both(rows, monkeypatch)
        assert by_column == by_record


@pytest.mark.parametrize("table", TABLES)
def test_both_ways_accept_and_reject_the_same_values(table: str, monkeypatch: pytest.MonkeyPatch) -> None:
    model = TABLES[table]
    valid = {name: [find_valid(field)] * 2 for name, field in model.model_fields.items() if field.is_required()}
    for name, value, other in product(model.model_fields, VALUES, (None, 1, "tcp")):
        by_record, by_column = describe_both(Rows(table, valid | {name: [value, other]}), monkeypatch)
        assert repr(by_column) == repr(by_record), (name, value, other)


@pytest.mark.parametrize("columns", [{"line": [1, 2]}, {"snapshot": [0, 0], "line": [1, 2], "invented": [1, 2]}])
def test_both_ways_reject_missing_and_unknown_fields(columns: Columns, monkeypatch: pytest.MonkeyPatch) -> None:
    by_record, by_column = describe_both(Rows("connections", columns), monkeypatch)
    assert by_column == by_record
    assert {error["type"] for error in by_record} <= {"missing", "extra_forbidden"}


def find_valid(field: FieldInfo) -> object:
    """Return a value that the field can have."""
    validator = TypeAdapter(field.rebuild_annotation())
    return next(value for value in (1, "tcp", "error") if is_valid(validator, value))


def is_valid(validator: TypeAdapter[Any], value: object) -> bool:
    try:
        validator.validate_python(value)
    except ValidationError:
        return False
    return True
