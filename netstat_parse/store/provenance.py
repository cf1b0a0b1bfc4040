"""Inputs with their provenance: the rows of each, and at its end a row of `files` that says what became of it.

Nothing that is wrong with an input ends the work on the others: it becomes a diagnostic and a status.
"""

import hashlib
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any, NamedTuple, cast

from netstat_parse._version import __version__
from netstat_parse.errors import NetstatParseError
from netstat_parse.inputs.archives import BombError, Content, open_archive, open_contents
from netstat_parse.inputs.origins import STANDARD_INPUT, Origin
from netstat_parse.reading.pipeline import Reading
from netstat_parse.records.columns import FILES
from netstat_parse.records.diagnostics import error_rows
from netstat_parse.records.rows import Rows
from netstat_parse.records.selection import Selection, select

PARSED, NO_TABLE, UNREADABLE = STATUSES = ("parsed", "no-table", "unreadable")
"""What may become of an input, each with the exit status that is its index."""


class ReadOptions(NamedTuple):
    """How inputs are read."""

    encoding: str | None = None
    system: str | None = None
    unpack_limit: int | None = None
    """Bytes that an archive may unpack to."""
    choice: Selection | None = None
    """The tables and conditions that were named; None for all."""


class SourcedRows(NamedTuple):
    """Rows of one input."""

    source: str
    rows: Rows


def legible(name: str) -> str:
    """A name without what no encoding can write; a file's may be any bytes."""
    return name.encode("utf-8", "backslashreplace").decode()


def read_file(file: Origin, how: ReadOptions) -> Iterator[SourcedRows]:
    """All rows of a file, and of each file in it where it is an archive."""
    try:
        with _opened(file, how) as found:
            for content in found:
                yield from _taken(content, file, how)
    except Exception as error:  # noqa: BLE001 - each kind of remote store has errors of its own
        yield from _failed(file.path, file, UNREADABLE, _reason(error))


def read_bytes(data: bytes | str, source: str, how: ReadOptions) -> Iterator[SourcedRows]:
    """All rows of what somebody else has read; bytes may be those of an archive."""
    if isinstance(data, str):
        yield from _rows(source, Origin(source), data, how)
        return
    file = Origin(source, len(data))
    try:
        raw = io.BytesIO(data)
        for content in open_archive(source, io.BufferedReader(raw), len(data), how.unpack_limit):
            yield from _taken(content, file, how)
    except OSError as error:
        yield from _failed(source, file, UNREADABLE, _reason(error))


@contextmanager
def _opened(file: Origin, how: ReadOptions) -> Iterator[Iterator[Content]]:
    if file.path == STANDARD_INPUT:
        with os.fdopen(os.dup(sys.stdin.fileno()), "rb") as stdin:
            yield iter([Content(STANDARD_INPUT, stdin, is_member=False)])
    elif "://" in file.path:
        import fsspec

        with fsspec.open(file.path, "rb") as opened:
            yield open_archive(file.path, io.BufferedReader(opened), file.size or 0, how.unpack_limit)
    else:
        with open_contents(file.path, how.unpack_limit) as found:
            yield found


class _Weighed:
    """A file whose bytes are counted and hashed as they are read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.read = cast("io.BufferedReader", file).read1
        self.size = 0
        self.hash = hashlib.sha256()

    def read1(self, size: int, /) -> bytes:
        part = self.read(size)
        self.size += len(part)
        self.hash.update(part)
        return part


def _taken(content: Content, file: Origin, how: ReadOptions) -> Iterator[SourcedRows]:
    weighed = _Weighed(content.file)
    for source, rows in _rows(content.name, file, weighed, how):
        if rows.kind == FILES and rows.columns["status"] != [UNREADABLE]:
            rows.columns.update(size=[weighed.size], sha256=[weighed.hash.hexdigest()])
        yield SourcedRows(source, rows)


def _rows(name: str, file: Origin, data: Any, how: ReadOptions) -> Iterator[SourcedRows]:  # noqa: ANN401 - all that a Reading takes
    """The rows of one input. A fault of ours that one input brings to light must not end the work on thousands."""
    reading = Reading(data, name=name, encoding=how.encoding, system=how.system)
    try:
        found = reading.rows()
        for rows in select(found, how.choice, name) if how.choice else found:
            yield SourcedRows(legible(name), rows)
    except NetstatParseError as error:
        yield from _failed(name, file, NO_TABLE, error.message, reading)
    except Exception as error:
        for rows in reading.snapshots.end():
            yield SourcedRows(legible(name), rows)
        yield from _failed(name, file, UNREADABLE, _reason(error), reading)
        if isinstance(error, BombError):  # nothing more of the archive is to be read
            raise
    else:
        yield _file(name, file, PARSED, None, reading)


def _failed(name: str, file: Origin, status: str, error: str, reading: Reading | None = None) -> Iterator[SourcedRows]:
    yield SourcedRows(legible(name), error_rows(status, [(None, error)]))
    yield _file(name, file, status, error, reading)


def _file(name: str, file: Origin, status: str, error: str | None, reading: Reading | None) -> SourcedRows:
    facts: dict[str, Any] = {
        "path": legible(file.path),
        "file_size": file.size,
        "modified_at": file.modified_at,
        "status": status,
        "error": error,
        "version": __version__,
    }
    if reading:
        facts |= {"encoding": reading.text.encoding, "encoding_grounds": reading.text.grounds}
        facts |= {f"lines_{kind}": count for kind, count in reading.lines.items()}
    return SourcedRows(legible(name), Rows(FILES, {field: [value] for field, value in facts.items()}))


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return legible(error.strerror or str(error))
    return legible(f"{type(error).__name__}: {error}")
