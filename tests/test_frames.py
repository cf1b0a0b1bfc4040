"""Data frames have the fields of the schema with their types, and lose no value."""

import json
import sys
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import netstat_parse as np
from netstat_parse.schema import TABLES, Dump
from netstat_parse.schema.dump import TableName
from support.documents import ROOT
from support.samples import SAMPLES, parse_sample

ROWS = """\
tcp        0      0 0.0.0.0:443             0.0.0.0:*               LISTEN      812/nginx
tcp        0      0 localhost:ssh           10.0.0.2:50000          ESTABLISHED -
"""
LARGE = 2**64 + 1
HUGE = 10**40

DUMPS_PER_TABLE = 9


def choose_dumps(table: str) -> list[Dump]:
    """Return dumps that have records of a table, from all over the samples."""
    dumps = [dump for dump in map(parse_sample, SAMPLES) if isinstance(dump, Dump) and getattr(dump, table)]
    assert dumps
    return dumps[:: -(-len(dumps) // DUMPS_PER_TABLE)]


def list_dicts(dump: Dump, table: str) -> list[dict[str, Any]]:
    """Return the records of a table as plain values."""
    return [record.model_dump() for record in getattr(dump, table)]


def count(*values: int) -> Dump:
    """Return a dump with counters of these values."""
    counter = np.parse("Tcp:\n    5 active connection openings\n").counters[0]
    counters = [counter.model_copy(update={"value": value}) for value in values]
    return np.parse(ROWS).model_copy(update={"counters": counters})


def values_of_pandas(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """Return the rows of a frame, with None for a missing value."""
    columns = {name: [None if one is pd.NA else one for one in frame[name].tolist()] for name in frame.columns}
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def restore_dicts(row: dict[str, Any], pair: Callable[[Any], tuple[str, str]]) -> dict[str, Any]:
    return row | ({"extra": dict(map(pair, row["extra"]))} if "extra" in row else {})


@pytest.mark.parametrize("table", TABLES)
def test_a_pandas_frame_has_the_values_of_the_records(table: TableName) -> None:
    for dump in choose_dumps(table):
        assert values_of_pandas(dump.to_pandas(table)) == list_dicts(dump, table)


@pytest.mark.parametrize("table", TABLES)
def test_a_polars_frame_has_the_values_of_the_records(table: TableName) -> None:
    for dump in choose_dumps(table):
        rows = dump.to_polars(table).to_dicts()
        assert [restore_dicts(row, lambda item: (item["key"], item["value"])) for row in rows] == list_dicts(
            dump, table
        )


@pytest.mark.parametrize("table", TABLES)
def test_an_arrow_table_has_the_values_of_the_records(table: TableName) -> None:
    for dump in choose_dumps(table):
        rows = dump.to_arrow(table).to_pylist()
        assert [restore_dicts(row, lambda item: item) for row in rows] == list_dicts(dump, table)


@pytest.mark.parametrize("table", TABLES)
def test_a_frame_without_records_has_the_columns_and_types_of_one_with_records(table: TableName) -> None:
    dump = next(dump for dump in map(parse_sample, SAMPLES) if isinstance(dump, Dump) and getattr(dump, table))
    empty = dump.model_copy(update={table: []})
    assert empty.to_pandas(table).dtypes.to_dict() == dump.to_pandas(table).dtypes.to_dict()
    assert empty.to_polars(table).schema == dump.to_polars(table).schema
    assert empty.to_arrow(table).schema == dump.to_arrow(table).schema
    assert list(empty.to_pandas(table)) == [
        name for name, field in TABLES[table].model_fields.items() if not field.exclude
    ]


def test_a_port_is_an_integer_though_another_is_missing() -> None:
    frame = np.parse(ROWS).to_pandas("connections")
    assert frame["local_port"].dtype == "Int64"
    assert frame["local_port"].tolist() == [443, pd.NA]
    assert frame["state"].dtype == "string"
    assert frame[frame["local_port"] == 443]["program"].tolist() == ["nginx"]


def test_a_counter_of_more_than_64_bits_is_exact() -> None:
    dump = count(LARGE, -1)
    assert dump.to_pandas("counters")["value"].tolist() == [LARGE, -1]
    assert dump.to_polars("counters")["value"].to_list() == [Decimal(LARGE), Decimal(-1)]
    assert dump.to_arrow("counters")["value"].to_pylist() == [Decimal(LARGE), Decimal(-1)]


def test_a_counter_of_more_than_38_digits_is_exact() -> None:
    dump = count(HUGE, -1)
    assert dump.to_pandas("counters")["value"].tolist() == [HUGE, -1]
    assert dump.to_polars("counters")["value"].to_list() == [str(HUGE), "-1"]
    assert dump.to_arrow("counters")["value"].to_pylist() == [str(HUGE), "-1"]


def test_lists_in_a_frame_are_not_those_of_the_records() -> None:
    dump = np.parse(ROWS)
    frame = dump.to_pandas("connections")
    frame["truncated"].iloc[0].append("program")
    frame["extra"].iloc[0]["a"] = "b"
    assert (dump.connections[0].truncated, dump.connections[0].extra) == ([], {})


def test_the_meaning_of_a_field_is_metadata_of_the_arrow_table() -> None:
    field = np.parse(ROWS).to_arrow("routes").schema.field("source")
    assert field.metadata == {b"description": b"IPv4 route cache: source address of the packets, or its name."}


@pytest.mark.filterwarnings("ignore:Accessing this attribute on the instance")  # polars 1.0 with pydantic 2.11
def test_a_list_of_records_becomes_a_frame_with_their_fields() -> None:
    connections = np.parse(ROWS).connections
    fields = list(np.Connection.model_fields)
    assert {*pd.DataFrame(connections)} == {*pd.DataFrame.from_records(connections)} == {*fields}  # pandas 2 sorts them
    assert pl.DataFrame(connections).columns == fields
    assert pa.Table.from_pylist(connections).column_names == fields
    assert pd.DataFrame(connections)["program"].tolist()[0] == "nginx"


def test_a_frame_of_findings_has_their_fields() -> None:
    findings = np.check(np.parse_file(ROOT / "samples/linux/net-tools-git-2026.s.txt"))
    assert findings
    assert {*pd.DataFrame(findings)} == {*np.Finding.model_fields}


@pytest.mark.parametrize("convert", [Dump.to_pandas, Dump.to_polars, Dump.to_arrow])
def test_an_unknown_table_is_an_error_that_lists_the_tables(convert: Callable[..., Any]) -> None:
    with pytest.raises(ValueError, match=r"no such table: 'connection'; did you mean connections\? the tables are"):
        convert(np.parse(ROWS), "connection")


@pytest.mark.parametrize(
    ("convert", "library"), [(Dump.to_pandas, "pandas"), (Dump.to_polars, "polars"), (Dump.to_arrow, "pyarrow")]
)
def test_a_missing_library_is_an_error_that_says_how_to_install_it(
    convert: Callable[..., Any], library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, library, None)
    with pytest.raises(ImportError, match=rf"^{library} is not installed: pip install {library}$"):
        convert(np.parse(ROWS))


def test_the_frames_of_two_dumps_can_be_joined_by_key() -> None:
    before, after = np.parse(ROWS), np.parse(ROWS.replace("812/nginx", "977/nginx"))
    frames = [
        dump.to_pandas("connections").assign(key=[one.key for one in dump.connections]) for dump in (before, after)
    ]
    joined = frames[0].merge(frames[1], on="key")
    assert joined[["pid_x", "pid_y"]].iloc[0].tolist() == [812, 977]


def test_a_frame_can_be_written_as_json() -> None:
    text = np.parse(ROWS).to_pandas("connections").to_json(orient="records")
    assert [row["local_port"] for row in json.loads(text)] == [443, None]
