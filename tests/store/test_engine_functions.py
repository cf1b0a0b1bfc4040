"""Functions for data engines return plain rows and Arrow tables, also for bad input."""

import gzip
import json
import pickle
from concurrent.futures import ProcessPoolExecutor
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

import netstat_parse as np
from netstat_parse.inputs.origins import make_origin
from netstat_parse.records import database_columns
from netstat_parse.sources import ReadOptions
from netstat_parse.store import arrow, fleet
from netstat_parse.store.batches import Report, partition
from support.command_line import netstat_parse
from support.stored import ROW, SAMPLE_PATHS, TABLES, expected_rows, parse_all_samples, write_dumps

NO_TABLE = "no netstat table in 1 line of text (looked for Windows and Linux tables in any language)"


@cache
def rows() -> list[dict[str, Any]]:
    """Return the rows of all samples."""
    return [row for sample in parse_all_samples() for row in np.rows(Path(sample).read_bytes(), sample)]


@pytest.mark.parametrize("table", TABLES)
def test_rows_are_the_records_of_the_documents(table: str) -> None:
    kind = table.removesuffix("s")
    assert [row for row in rows() if row["kind"] == kind] == [{"kind": kind, **row} for row in expected_rows(table)]


@pytest.mark.parametrize("kind", [bytes, str])
def test_rows_can_be_read_from_bytes_or_text(kind: type) -> None:
    data: Any = ROW.format(22) if kind is str else ROW.format(22).encode()
    connection, snapshot = np.rows(data, "host-7")
    assert (connection["kind"], connection["source"], connection["local_port"]) == ("connection", "host-7", 22)
    assert (snapshot["kind"], snapshot["source"]) == ("snapshot", "host-7")


def test_rows_can_be_read_from_an_archive() -> None:
    assert [row["kind"] for row in np.rows(gzip.compress(ROW.format(22).encode()), "x.gz")] == [
        "connection",
        "snapshot",
    ]


def test_a_batch_has_the_same_name_for_equal_options() -> None:
    origin = make_origin(SAMPLE_PATHS[0])
    options = [ReadOptions(), ReadOptions(encoding=None), ReadOptions(encoding="utf-8")]
    first, same, other = (next(partition([origin], each)).name for each in options)
    assert first == same != other


@pytest.mark.parametrize(
    ("data", "code", "message"),
    [
        (b"nothing\n", "no-table", NO_TABLE),
        (gzip.compress(b"nothing\n", mtime=0)[:-9], "unreadable", "broken archive: it ends early"),
    ],
)
def test_an_unreadable_input_is_a_row_with_the_reason(data: bytes, code: str, message: str) -> None:
    (row,) = np.rows(data, "x")
    assert (row["kind"], row["source"], row["severity"], row["code"]) == ("diagnostic", "x", "error", code)
    assert row["message"].startswith(message)


def test_an_unknown_encoding_is_an_error_of_the_caller() -> None:
    with pytest.raises(LookupError, match="klingon"):
        list(np.rows(b"", "x", encoding="klingon"))


@pytest.mark.parametrize("function", [np.rows, arrow.tables, arrow.table, fleet.write_batch])
def test_a_function_for_engines_can_be_pickled(function: Any) -> None:  # noqa: ANN401 - any function
    assert pickle.loads(pickle.dumps(function)) is function  # noqa: S301 - what has just been pickled


def test_a_worker_process_can_return_arrow_tables() -> None:
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        table = pool.submit(partial(arrow.table, kind="connections"), ROW.format(22), "x").result()
    assert isinstance(table, pa.Table)
    assert table.select(["source", "local_port"]).to_pylist() == [{"source": "x", "local_port": 22}]


def test_tables_have_the_same_schema_for_any_input() -> None:
    for table, found in arrow.tables(b"nothing\n", "x").items():
        assert found.schema.equals(arrow.schema(table), check_metadata=True)


def test_each_kind_of_record_and_the_files_have_a_table() -> None:
    assert (
        list(arrow.tables(Path(SAMPLE_PATHS[0]).read_bytes(), "x"))
        == [*TABLES, "files"]
        == database_columns.list_tables()
    )


def test_a_batch_can_be_pickled(tmp_path: Path) -> None:
    files = [make_origin(str(path)) for path in write_dumps(tmp_path / "dumps", 3).iterdir()]
    (batch,) = partition(files, ReadOptions())
    assert pickle.loads(pickle.dumps((batch, ReadOptions()))) == (batch, ReadOptions())  # noqa: S301 - what has just been pickled


def test_reports_add_up() -> None:
    assert Report(1, 2, (), (("x", 3),)).plus(Report(10, 20)) == Report(11, 22, (), (("x", 3),))


@pytest.mark.parametrize("form", ["json", "ndjson"])
def test_printing_does_not_import_the_packages_for_storing(tmp_path: Path, form: str) -> None:
    code = (
        "import sys; from netstat_parse.cli import main; main(sys.argv[1:])\n"
        "print([name for name in ('pyarrow', 'fsspec', 'sqlite3', 'dask') if name in sys.modules])"
    )
    ran = netstat_parse("-f", form, write_dumps(tmp_path / "dumps", 1), code=code)
    assert ran.stdout.splitlines()[-1] == "[]"


def test_the_published_schema_of_files_has_their_columns() -> None:
    path = Path(database_columns.__file__).parents[1] / "schema" / "files.schema.json"
    own = list(json.loads(path.read_text("utf-8"))["properties"])
    assert [column.name for column in database_columns.get_columns("files")][: len(own) + 1] == ["source", *own]


def test_rows_share_no_mutable_values() -> None:
    text = ROW.format(22) + ROW.format(23)
    changed, other, *_ = np.rows(text, "a")
    for value in changed.values():
        if isinstance(value, list):
            value.append("mine")
        elif isinstance(value, dict):
            value["mine"] = "mine"
    assert [other] == [row for row in np.rows(text, "a") if row.get("local_port") == 23]
