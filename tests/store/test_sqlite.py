"""A SQLite database has the same records as the JSON documents."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from netstat_parse.records.database_columns import get_columns, list_tables
from netstat_parse.store.sqlite import to_sqlite
from support.command_line import netstat_parse
from support.stored import INTERFACE, ROW, SAMPLE_PATHS, TABLES, expected_rows, write_dumps

MOST = 2**64 - 1


def read(path: Path, query: str) -> list[tuple[Any, ...]]:
    with closing(sqlite3.connect(path)) as database:
        return database.execute(query).fetchall()


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Store all samples in one database, with two processes."""
    path = tmp_path_factory.mktemp("database") / "samples.db"
    to_sqlite(SAMPLE_PATHS, str(path), jobs=2)
    return path


AS_JSON: dict[str, Callable[[Any], Any]] = {"array": json.loads, "object": json.loads, "boolean": bool, "integer": int}
"""Functions that convert a stored value to the value in the JSON document, by JSON Schema type."""


def stored(table: str, row: tuple[Any, ...]) -> dict[str, Any]:
    """Return a row as in the JSON document."""
    found = {}
    for column, value in zip(get_columns(table), row, strict=True):
        known = value if value is None else AS_JSON.get(column.shape["type"], lambda value: value)(value)
        found[column.name] = known
    return found


@pytest.mark.parametrize("table", TABLES)
def test_a_table_has_the_records_of_the_documents(database: Path, table: str) -> None:
    query = f"SELECT * FROM {table} WHERE source IN (SELECT source FROM files WHERE status = 'parsed')"
    assert [stored(table, row) for row in read(database, query)] == expected_rows(table)


@pytest.mark.parametrize("table", list_tables())
def test_the_meaning_of_a_column_is_a_comment(database: Path, table: str) -> None:
    ((sql,),) = read(database, f"SELECT sql FROM sqlite_master WHERE name = '{table}'")
    assert [column.meaning for column in get_columns(table) if f"-- {column.meaning}\n" not in sql] == []


def test_every_input_is_a_file_with_its_hash(database: Path) -> None:
    assert [source for (source,) in read(database, "SELECT source FROM files")] == SAMPLE_PATHS
    assert read(database, "SELECT count(*) FROM files WHERE length(sha256) != 64 OR size != file_size") == [(0,)]


def test_the_line_counts_of_a_file_add_up(database: Path) -> None:
    total = " + ".join(f"lines_{outcome}" for outcome in ("records", "headings", "blank", "foreign", "unparsed"))
    assert read(database, f"SELECT source FROM files WHERE lines_total IS NOT {total}") == []


@pytest.mark.parametrize(
    ("value", "kind", "found"),
    [(2**63 - 1, "integer", 2**63 - 1), (2**63, "text", str(2**63)), (MOST, "text", str(MOST))],
)
def test_a_counter_keeps_all_its_digits(tmp_path: Path, value: int, kind: str, found: object) -> None:
    dump = tmp_path / "dump.txt"
    dump.write_text(INTERFACE.format(value))
    to_sqlite(str(dump), str(tmp_path / "x.db"))
    assert read(tmp_path / "x.db", "SELECT in_packets, typeof(in_packets) FROM interfaces") == [(found, kind)]


def test_a_value_out_of_range_is_null_and_has_a_diagnostic(tmp_path: Path) -> None:
    dump = tmp_path / "dump.txt"
    dump.write_text(INTERFACE.format(1).replace("1500", str(MOST)))
    to_sqlite(str(dump), str(tmp_path / "x.db"))
    assert read(tmp_path / "x.db", "SELECT name, mtu FROM interfaces") == [("eth0", None)]
    assert read(tmp_path / "x.db", "SELECT line, code, message FROM diagnostics") == [
        (3, "out-of-range", f"mtu does not fit into its column: {MOST}")
    ]


def test_the_command_line_writes_a_database_and_prints_nothing(tmp_path: Path) -> None:
    ran = netstat_parse("-f", "sqlite", "-o", tmp_path / "x.db", write_dumps(tmp_path / "dumps", 3))
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "")
    assert read(tmp_path / "x.db", "SELECT local_port FROM connections") == [(1,), (2,), (3,)]


def test_standard_input_is_stored(tmp_path: Path) -> None:
    assert netstat_parse("-f", "sqlite", "-o", tmp_path / "x.db", text=ROW.format(22).encode()).returncode == 0
    assert read(tmp_path / "x.db", "SELECT source, local_port FROM connections") == [("-", 22)]


def test_a_bad_input_is_reported_and_is_in_files(tmp_path: Path) -> None:
    (write_dumps(tmp_path / "dumps", 2) / "00001.txt").write_text("no table here\n")
    ran = netstat_parse("-f", "sqlite", "-o", tmp_path / "x.db", tmp_path / "dumps")
    message = "no netstat table in 1 line of text (looked for Windows and Linux tables in any language)"
    assert (ran.returncode, ran.stderr) == (1, f"netstat-parse: {tmp_path}/dumps/00001.txt: {message}\n")
    assert read(tmp_path / "x.db", "SELECT status, error FROM files") == [("no-table", message), ("parsed", None)]
    assert read(tmp_path / "x.db", "SELECT code, message FROM diagnostics") == [("no-table", message)]


def test_a_missing_file_exits_with_2(tmp_path: Path) -> None:
    ran = netstat_parse("-f", "sqlite", "-o", tmp_path / "x.db", tmp_path / "nothing.txt")
    assert (ran.returncode, ran.stderr) == (2, f"netstat-parse: {tmp_path}/nothing.txt: No such file or directory\n")


def test_strict_exits_with_1_for_unparsed_lines(tmp_path: Path) -> None:
    (tmp_path / "dump.txt").write_text(ROW.format(22) + "tcp  0  0 10.0.0.1:22\n")
    ran = netstat_parse("--strict", "-f", "sqlite", "-o", tmp_path / "x.db", tmp_path / "dump.txt")
    assert (ran.returncode, ran.stderr.count("\n")) == (1, 1)


def test_a_table_that_is_not_read_is_reported(tmp_path: Path) -> None:
    other = "Active Internet connections\nProto Recv-Q Send-Q  Local Address          Foreign Address        (state)\n"
    other += "tcp4       0      0  192.0.2.1.22           *.*                    LISTEN\n"
    (tmp_path / "dump.txt").write_text(ROW.format(22) + other)
    for option, status in (("--strict", 1), ("-v", 0)):
        ran = netstat_parse(option, "-f", "sqlite", "-o", tmp_path / "x.db", tmp_path / "dump.txt")
        assert (ran.returncode, ran.stderr) == (
            status,
            f"netstat-parse: {tmp_path}/dump.txt: 1 error; see the table diagnostics\n",
        )


def test_a_database_is_replaced(tmp_path: Path) -> None:
    for count in (3, 1):
        to_sqlite(str(write_dumps(tmp_path / str(count), count)), str(tmp_path / "x.db"))
    assert read(tmp_path / "x.db", "SELECT count(*) FROM connections") == [(1,)]


def test_the_old_database_stays_after_an_error(tmp_path: Path) -> None:
    to_sqlite(str(write_dumps(tmp_path / "dumps", 3)), str(tmp_path / "x.db"))
    code = (
        "import sys; from netstat_parse import cli; from netstat_parse.store import sqlite as database\n"
        "def fail(*_): raise OSError(28, 'No space left on device')\n"
        "database._insert_rows = fail; sys.exit(cli.main(sys.argv[1:]))"
    )
    ran = netstat_parse("-f", "sqlite", "-o", tmp_path / "x.db", tmp_path / "dumps/00001.txt", code=code)
    assert (ran.returncode, ran.stderr) == (2, f"netstat-parse: {tmp_path}/x.db: No space left on device\n")
    assert read(tmp_path / "x.db", "SELECT count(*) FROM connections") == [(3,)]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["dumps", "x.db"]


def test_a_database_in_the_folder_that_is_read_is_not_an_input(tmp_path: Path) -> None:
    folder = write_dumps(tmp_path / "dumps", 2)
    for _ in range(2):
        assert netstat_parse("-f", "sqlite", "-o", folder / "x.db", folder).returncode == 0
    assert read(folder / "x.db", "SELECT count(*) FROM files") == [(2,)]


def test_a_database_that_is_in_use_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "x.db-wal").touch()
    ran = netstat_parse("-f", "sqlite", "-o", tmp_path / "x.db", text=ROW.format(22).encode())
    assert (ran.returncode, ran.stderr) == (
        2,
        f"netstat-parse: {tmp_path}/x.db: is in use; close the database, or name another\n",
    )


@pytest.mark.parametrize("form", ["sqlite", "parquet"])
def test_storing_needs_an_output(form: str) -> None:
    ran = netstat_parse("-f", form, text=ROW.format(22).encode())
    assert (ran.returncode, ran.stderr.count("\n")) == (2, 1)
    assert "-o" in ran.stderr


@pytest.mark.parametrize("form", ["sqlite", "parquet"])
@pytest.mark.parametrize("command", [["run"], ["watch", "1"]])
def test_run_and_watch_say_how_to_store_their_output(form: str, command: list[str]) -> None:
    ran = netstat_parse(*command, "-f", form, "-o", "x")
    assert (ran.returncode, ran.stderr) == (
        2,
        (
            f"netstat-parse {command[0]}: -f/--format: {command[0]} cannot store;"
            f" use: netstat -an | netstat-parse -f {form} -o PATH\n"
        ),
    )


@pytest.mark.parametrize("form", ["sqlite", "parquet"])
def test_an_unknown_encoding_is_an_error_before_anything_is_read(tmp_path: Path, form: str) -> None:
    ran = netstat_parse("-f", form, "-e", "klingon", "-o", tmp_path / "x", write_dumps(tmp_path / "dumps", 3))
    assert (ran.returncode, ran.stderr.count("\n")) == (2, 1)
    assert not (tmp_path / "x").exists()


def test_a_file_in_an_archive_has_its_path_as_source(tmp_path: Path) -> None:
    shutil.make_archive(str(tmp_path / "x"), "zip", write_dumps(tmp_path / "dumps", 2))
    to_sqlite(str(tmp_path / "x.zip"), str(tmp_path / "x.db"))
    path = f"{tmp_path}/x.zip"
    assert read(tmp_path / "x.db", "SELECT source FROM connections ORDER BY 1") == [
        (f"{path}:00001.txt",),
        (f"{path}:00002.txt",),
    ]
    assert read(tmp_path / "x.db", "SELECT DISTINCT path FROM files") == [(path,)]


def test_only_the_selected_records_are_stored(tmp_path: Path) -> None:
    path = tmp_path / "chosen.db"
    text = (ROW.format(22) + ROW.format(23) + INTERFACE.format(1)).encode()
    netstat_parse("-f", "sqlite", "-o", path, "--only", "connections", "--where", "local_port=23", text=text)
    assert read(path, "SELECT local_port FROM connections") == [(23,)]
    assert read(path, "SELECT count(*) FROM interfaces") == [(0,)]
    assert read(path, "SELECT status FROM files") == [("parsed",)]


@pytest.mark.parametrize("form", ["sqlite", "parquet"])
def test_records_are_stored_whole(form: str, tmp_path: Path) -> None:
    ran = netstat_parse("-f", form, "-o", tmp_path / "stored", "--fields", "pid", text=ROW.format(22).encode())
    assert (ran.returncode, ran.stderr) == (
        2,
        f"netstat-parse: -f {form} stores whole records: remove --fields\n",
    )
