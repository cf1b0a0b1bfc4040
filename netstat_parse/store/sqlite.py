"""A SQLite database of what netstat printed: a table for each kind of record, and `files` with a row for each input.

Types follow from the published JSON Schema: lists and maps are JSON text, booleans 0 and 1. INTEGER has 64 bits with a
sign. Counters may need more, so their columns have no type: a value that is too large for INTEGER is text with all its
digits. In any other column it is null, and there is a diagnostic.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import cache, partial
from pathlib import Path

from netstat_parse.inputs.origins import Origin
from netstat_parse.records.database_columns import INT64, DatabaseColumn, get_columns, list_tables, replace_out_of_range
from netstat_parse.records.rows import Rows
from netstat_parse.records.selection import Selection
from netstat_parse.records.values import encode_json, format_integer
from netstat_parse.sources import ReadOptions, SourcedRows
from netstat_parse.store.batches import Batch, Report, partition, run_batches
from netstat_parse.store.provenance import read_inputs
from netstat_parse.store.storing import find_inputs, store
from netstat_parse.workers.pool import count_workers
from netstat_parse.workers.spawned import open_executor
from netstat_parse.workspace import make_workspace, resolve_output

TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "BOOLEAN"}

OPEN_SUFFIXES = ("-wal", "-journal")
"""Suffixes of the files that SQLite keeps beside a database while it is open."""


def to_sqlite(  # noqa: PLR0913 - all but the first two are keywords
    source: str | Iterable[str],
    output: str,
    *,
    jobs: int = 1,
    encoding: str | None = None,
    system: str | None = None,
    unpack_limit: int | None = None,
    selection: Selection | None = None,
    on_report: Callable[[Report], None] | None = None,
) -> Report:
    """Store inputs in a new database. It replaces the old one at that path when it is complete.

    Args:
        source: files, folders and patterns.
        output: the path of the database.
        jobs: number of processes that read; 0 for one per core.
        encoding, system: as for `parse`.
        unpack_limit: maximum unpacked size of an archive in bytes.
        selection: the tables and conditions to keep. Its fields are ignored: records are stored whole.
        on_report: is called with the report of each batch.

    An input that cannot be parsed is listed in the report and in the table `files`; it does not stop the others.

    Raises:
        OSError: the database cannot be written.
        LookupError: there is no such encoding or no such system.
    """
    write = partial(write_database, jobs=jobs)
    options = ReadOptions(encoding, system, unpack_limit, selection)
    return store(find_inputs(source, output), output, write, options, on_report)


def write_database(
    origins: Sequence[Origin], output: str, options: ReadOptions, *, jobs: int = 1
) -> Generator[Report, None, None]:
    """Write files into a new database, with several processes first into a database for each batch."""
    with _replace_when_complete(resolve_output(output)) as path:
        workers = count_workers(origins, jobs)
        batches = list(partition(origins, options, workers))
        if min(workers, len(batches)) < 2:  # noqa: PLR2004 - a single worker needs no process of its own
            yield _write_rows(origins, path, options)
            return
        folder = path.parent / "batches"
        folder.mkdir()
        with open_executor(min(workers, len(batches))) as executor:
            yield from run_batches(executor, partial(write_batch, folder=folder, options=options), batches)
        with closing(_create_database(path)) as database:
            for batch in batches:
                _append_batch(database, folder / batch.name)
        shutil.rmtree(folder)


@contextmanager
def _replace_when_complete(target: Path) -> Iterator[Path]:
    """Provide a path to write to; at the end that file replaces the target in one step."""
    if target.exists() and not target.is_file():
        raise FileExistsError(f"{target}: is not a file, so it cannot be replaced")
    if any(target.with_name(target.name + suffix).exists() for suffix in OPEN_SUFFIXES):
        raise FileExistsError(f"{target}: is in use; close the database, or name another")
    with make_workspace(target.parent) as folder:
        path = folder / "database"
        try:
            yield path
            with path.open("rb") as file:
                os.fsync(file.fileno())
        except sqlite3.Error as error:
            raise OSError(f"{target}: {error}") from error
        path.replace(target)


def write_batch(batch: Batch, folder: Path, options: ReadOptions) -> Report:
    """Write a batch into a database of its own, which has the batch's name."""
    return _write_rows(batch.origins, folder / batch.name, options)


def _write_rows(origins: Sequence[Origin], path: Path, options: ReadOptions) -> Report:
    """Write files into a new database, in one transaction."""
    report = Report(files=len(origins))
    with closing(_create_database(path)) as database, database:
        for sourced in read_inputs(origins, options):
            _insert_rows(database, sourced)
            report = report.with_file(sourced)
    return report


def _create_database(path: Path) -> sqlite3.Connection:
    """Create a database with all tables. Nobody sees it before it is complete, so it needs no rollback journal."""
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA synchronous = OFF")
    for table in list_tables():
        database.execute(make_definition(table))
    return database


def make_definition(table: str) -> str:
    """Return the CREATE TABLE statement. SQLite keeps its comments: the meaning of each column."""
    lines = [(f'"{column.name}" {_get_type(column)}'.rstrip(), column.meaning) for column in get_columns(table)]
    texts = [f"  {line}{'' if line == lines[-1][0] else ','} -- {meaning}\n" for line, meaning in lines]
    return f'CREATE TABLE "{table}" (\n{"".join(texts)})'


def _get_type(column: DatabaseColumn) -> str:
    return "" if "format" in column.shape else TYPES.get(column.shape["type"], "TEXT")


@cache
def get_bounds(table: str) -> Mapping[str, range]:
    """Return the range of each INTEGER column, by field; a column without a type has none."""
    return {column.field: INT64 for column in get_columns(table) if _get_type(column) == "INTEGER"}


def _insert_rows(database: sqlite3.Connection, sourced: SourcedRows) -> None:
    for rows in replace_out_of_range(sourced.rows, get_bounds(sourced.rows.kind)):
        marks = ", ".join("?" * len(get_columns(rows.kind)))
        database.executemany(f'INSERT INTO "{rows.kind}" VALUES ({marks})', _make_records(sourced.source, rows))  # noqa: S608 - the name of one of our tables


def _make_records(source: str, rows: Rows) -> Iterator[tuple[object, ...]]:
    count = len(next(iter(rows.columns.values())))
    cells: list[list[object]] = [[source] * count]
    for column in get_columns(rows.kind)[1:]:
        found = rows.columns.get(column.field)
        cells.append([_encode_cell(column.empty)] * count if found is None else list(map(_encode_cell, found)))
    return zip(*cells, strict=True)


def _encode_cell(value: object) -> object:
    if isinstance(value, list | dict):
        return encode_json(value)
    if type(value) is int and value not in INT64:
        return format_integer(value)
    return value


def _append_batch(database: sqlite3.Connection, path: Path) -> None:
    """Append the rows of a batch's database."""
    database.execute("ATTACH ? AS batch", (str(path),))
    with database:
        for table in list_tables():
            database.execute(f'INSERT INTO main."{table}" SELECT * FROM batch."{table}"')  # noqa: S608 - the name of one of our tables
    database.execute("DETACH batch")
