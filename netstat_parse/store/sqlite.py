"""A SQLite database of what netstat printed: a table for each kind of record, and `files`, which tells of the inputs.

Types follow from the published JSON Schema: lists and maps are JSON text, booleans 0 and 1. INTEGER holds 64 bits with
a sign. What interfaces and counters have counted may need more, so those columns have no type: a figure that is too
large for INTEGER stands there as text, with all its digits. In another column it is null and has a diagnostic.
"""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from functools import cache, partial
from pathlib import Path
from tempfile import TemporaryDirectory

from netstat_parse.inputs.origins import Origin
from netstat_parse.inputs.remote import find_origins
from netstat_parse.reading.pipeline import Reading
from netstat_parse.records.columns import INT64, Column, columns, replace_out_of_range, tables
from netstat_parse.records.rows import Rows
from netstat_parse.records.selection import Selection
from netstat_parse.records.values import encode_json, format_integer
from netstat_parse.store.batches import Batch, Report, completed, jobs_for, partition, with_file
from netstat_parse.store.pool import process_pool
from netstat_parse.store.provenance import ReadOptions, SourcedRows, read_file

TYPES = {"string": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "BOOLEAN"}


BESIDE = ("-wal", "-journal")
"""What lies beside a database that is in use."""


def to_sqlite(  # noqa: PLR0913 - all but the first two go by their names
    source: str | Iterable[str],
    output: str,
    *,
    jobs: int = 1,
    encoding: str | None = None,
    system: str | None = None,
    unpack_limit: int | None = None,
    choice: Selection | None = None,
    told: Callable[[Report], None] | None = None,
) -> Report:
    """Write what all inputs hold into a new database, which takes the place of what is there, when it is whole.

    Args:
        source: files, folders and patterns.
        output: the database's path.
        jobs: how many processes read, 0 for one for each core.
        encoding, system: as of `parse`.
        unpack_limit: bytes that an archive may unpack to.
        choice: the tables that are wanted, and what has to hold of their records; whole records all the same.
        told: is called with the report of each part.

    An input that cannot be parsed is in the report and in the table `files`, and the others are read all the same.

    Raises:
        OSError: the database cannot be written.
        LookupError: there is no such encoding or no such system.
    """
    how = ReadOptions(encoding, system, unpack_limit, choice)
    Reading(b"", encoding=encoding, system=system)  # raises what would be wrong with every input
    target = Path(output).resolve()
    total = Report()
    with _replacing(target) as path:
        files = [file for file in find_origins(source) if Path(file.path).resolve() != target]
        for report in _written(files, path, how, jobs_for(files, jobs)):
            if told:
                told(report)
            total = total.plus(report)
    return total


@contextmanager
def _replacing(target: Path) -> Iterator[Path]:
    """A path to write to, which takes the target's place in the end, all at once."""
    if target.exists() and not target.is_file():
        raise FileExistsError(f"{target}: is no file that could be replaced")
    if any(target.with_name(target.name + end).exists() for end in BESIDE):
        raise FileExistsError(f"{target}: is in use; close the database, or name another")
    with TemporaryDirectory(prefix=".netstat-parse-", dir=target.parent) as folder:
        path = Path(folder, "whole")
        try:
            yield path
            with path.open("rb") as file:
                os.fsync(file.fileno())
        except sqlite3.Error as error:
            raise OSError(f"{target}: {error}") from error
        path.replace(target)


def _written(files: Sequence[Origin], path: Path, how: ReadOptions, workers: int) -> Iterator[Report]:
    """Write all inputs, with several processes each part first into a database of its own."""
    parts = list(partition(files, how, workers))
    if min(workers, len(parts)) < 2:  # noqa: PLR2004 - one does not need a process of its own
        yield write(Batch("", tuple(files)), path, how)
        return
    folder = path.parent / "parts"
    folder.mkdir()
    with process_pool(min(workers, len(parts))) as executor:
        yield from completed(executor, partial(write_part, folder=folder, how=how), parts)
    with closing(_new(path)) as database:
        for part in parts:
            _join(database, folder / part.name)
    shutil.rmtree(folder)


def write_part(part: Batch, folder: Path, how: ReadOptions) -> Report:
    """Write a part into a database of its own, called by the part's name."""
    return write(part, folder / part.name, how)


def write(part: Batch, path: Path, how: ReadOptions) -> Report:
    """Write a part into a new database, in one transaction."""
    report = Report(files=len(part.origins))
    with closing(_new(path)) as database, database:
        for file in part.origins:
            for some in read_file(file, how):
                _insert(database, some)
                report = with_file(report, some)
    return report


def _new(path: Path) -> sqlite3.Connection:
    """A new database with all tables. Until it is whole nobody else sees it, so it needs no journal."""
    database = sqlite3.connect(path)
    database.execute("PRAGMA journal_mode = OFF")
    database.execute("PRAGMA synchronous = OFF")
    for table in tables():
        database.execute(definition(table))
    return database


def definition(table: str) -> str:
    """The statement that makes a table; SQLite keeps the meanings of its columns with it."""
    lines = [(f'"{column.name}" {_type(column)}'.rstrip(), column.meaning) for column in columns(table)]
    texts = [f"  {line}{'' if line == lines[-1][0] else ','} -- {meaning}\n" for line, meaning in lines]
    return f'CREATE TABLE "{table}" (\n{"".join(texts)})'


def _type(column: Column) -> str:
    return "" if "format" in column.shape else TYPES.get(column.shape["type"], "TEXT")


@cache
def bounds(table: str) -> Mapping[str, range]:
    """What the columns of integers can hold, by field; those without a type hold all."""
    return {column.field: INT64 for column in columns(table) if _type(column) == "INTEGER"}


def _insert(database: sqlite3.Connection, some: SourcedRows) -> None:
    for rows in replace_out_of_range(some.rows, bounds(some.rows.kind)):
        places = ", ".join("?" * len(columns(rows.kind)))
        database.executemany(f'INSERT INTO "{rows.kind}" VALUES ({places})', _rows(some.source, rows))  # noqa: S608 - the name of a table of ours


def _rows(source: str, rows: Rows) -> Iterator[tuple[object, ...]]:
    count = len(next(iter(rows.columns.values())))
    cells: list[list[object]] = [[source] * count]
    for column in columns(rows.kind)[1:]:
        values = rows.columns.get(column.field)
        cells.append([_cell(column.empty)] * count if values is None else [_cell(value) for value in values])
    return zip(*cells, strict=True)


def _cell(value: object) -> object:
    if isinstance(value, list | dict):
        return encode_json(value)
    if type(value) is int and value not in INT64:
        return format_integer(value)
    return value


def _join(database: sqlite3.Connection, path: Path) -> None:
    """Add the rows of another database."""
    database.execute("ATTACH ? AS part", (str(path),))
    with database:
        for table in tables():
            database.execute(f'INSERT INTO main."{table}" SELECT * FROM part."{table}"')  # noqa: S608 - the name of a table of ours
    database.execute("DETACH part")
