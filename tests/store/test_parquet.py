"""A Parquet dataset has the same records as the JSON documents, with types."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from netstat_parse.records.database_columns import get_columns, list_tables
from netstat_parse.store import arrow, parquet
from netstat_parse.store.fleet import to_parquet
from support.samples import ROOT
from support.stored import (
    INTERFACE,
    ROW,
    SAMPLE_PATHS,
    TABLES,
    as_json_value,
    expected_rows,
    parse_all_samples,
    read_arrow_rows,
)

MOST = 2**64 - 1


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Store all samples in one dataset."""
    place = tmp_path_factory.mktemp("fleet") / "out"
    to_parquet(SAMPLE_PATHS, str(place))
    return place


def duckdb_rows(out: Path, table: str) -> list[dict[str, Any]]:
    with duckdb.connect() as database:
        found = database.execute(f"SELECT * FROM '{out}/{table}/*.parquet'")
        names = [column[0] for column in found.description or []]
        return [dict(zip(names, map(as_json_value, row), strict=True)) for row in found.fetchall()]


@pytest.mark.parametrize("rows", [read_arrow_rows, duckdb_rows])
@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_the_records_of_the_documents(out: Path, table: str, rows: Callable[..., Any]) -> None:
    parsed = parse_all_samples().keys()
    assert [row for row in rows(out, table) if row["source"] in parsed] == expected_rows(table)


def test_the_query_of_the_readme_finds_the_hosts_that_listen(out: Path) -> None:
    (query,) = re.findall(r'duckdb\.sql\("""(.*?)"""', (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    with duckdb.connect() as database:
        found = database.execute(query.replace("'out/", f"'{out}/")).fetchall()
    condition = {"state": "listen", "local_address": "0.0.0.0", "local_port": 445}
    listening = {row["source"] for row in expected_rows("connections") if condition.items() <= row.items()}
    assert [source for (source,) in found] == sorted(listening) != []


@pytest.mark.parametrize("table", list_tables())
def test_the_meaning_of_a_column_is_its_metadata(out: Path, table: str) -> None:
    (path,) = (out / table).iterdir()
    meanings = [field.metadata[b"description"].decode() for field in pq.read_schema(path)]
    assert meanings == [column.meaning for column in get_columns(table)]


def test_types_are_kept() -> None:
    connections, interfaces, counters = map(arrow.schema, ("connections", "interfaces", "counters"))
    assert connections.field("local_port").type == pa.int64()
    assert connections.field("truncated").type == pa.list_(pa.string())
    assert connections.field("extra").type == pa.map_(pa.string(), pa.string())
    assert connections.field("timer_seconds").type == pa.float64()
    assert counters.field("known").type == pa.bool_()
    assert pa.types.is_struct(interfaces.field("addresses").type.value_type)


def test_files_are_compressed_with_zstd(out: Path) -> None:
    (path,) = (out / "connections").iterdir()
    assert pq.ParquetFile(path).metadata.row_group(0).column(0).compression == "ZSTD"


@pytest.mark.parametrize("value", [2**63 - 1, 2**63, MOST])
def test_a_counter_keeps_all_its_digits(value: int) -> None:
    (row,) = arrow.table(INTERFACE.format(value), "x", "interfaces").to_pylist()
    assert row["in_packets"] == value


@pytest.mark.parametrize("value", [-1, MOST])
def test_a_value_beyond_64_bits_is_kept(value: int) -> None:
    (row,) = arrow.table(f"Tcp:\n    {value} active connection openings\n", "x", "counters").to_pylist()
    assert row["value"] == value


def test_a_value_out_of_range_is_null_and_has_a_diagnostic() -> None:
    found = arrow.tables(INTERFACE.format(1).replace("1500", str(MOST)), "x")
    assert found["interfaces"]["mtu"].to_pylist() == [None]
    assert found["diagnostics"]["message"].to_pylist() == [f"mtu does not fit into its column: {MOST}"]


def test_the_field_source_of_a_route_has_another_name(out: Path) -> None:
    routes = [row for row in read_arrow_rows(out, "routes") if row["route_source"]]
    assert routes
    assert {row["source"] for row in routes} <= set(SAMPLE_PATHS)


def test_a_large_input_is_written_in_row_groups(tmp_path: Path) -> None:
    (tmp_path / "large.txt").write_text(ROW.format(22) * 200_000)
    to_parquet(str(tmp_path / "large.txt"), str(tmp_path / "out"))
    (path,) = (tmp_path / "out/connections").iterdir()
    groups = pq.ParquetFile(path).metadata
    assert (groups.num_rows, groups.num_row_groups) == (200_000, 4)


def test_long_text_is_written_before_there_are_many_rows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "MAX_HELD_CHARS", 100_000)
    (tmp_path / "large.txt").write_text(ROW.format(22) * 20_000)
    to_parquet(str(tmp_path / "large.txt"), str(tmp_path / "out"))
    (path,) = (tmp_path / "out/connections").iterdir()
    assert pq.ParquetFile(path).metadata.num_row_groups > 4
