"""Inputs with their provenance: the rows of each, and at its end a row of `files` that says what became of it.

Nothing that is wrong with an input ends the work on the others: it becomes a diagnostic and a status.
"""

import hashlib
import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import IO, Any, NamedTuple, cast

from netstat_parse import __version__
from netstat_parse.choosing import Choice, chosen
from netstat_parse.columns import FILES, remarks
from netstat_parse.errors import NetstatParseError
from netstat_parse.inputs import BombError, Content, contained, contents
from netstat_parse.reading import Reading
from netstat_parse.snapshots import Rows

STANDARD_INPUT = "-"

PARSED, NO_TABLE, UNREADABLE = STATUSES = ("parsed", "no-table", "unreadable")
"""What may become of an input, each with the exit status that is its index."""


class Origin(NamedTuple):
    """A file to be read, and how it is known again."""

    path: str
    """Its path, or an address that fsspec understands (``s3://...``)."""
    size: int | None = None
    modified_at: str | None = None
    """RFC 3339, in UTC."""


class How(NamedTuple):
    """How inputs are read."""

    encoding: str | None = None
    system: str | None = None
    unpack_limit: int | None = None
    """Bytes that an archive may unpack to."""
    choice: Choice | None = None
    """The tables and conditions that were named; None for all."""


class Taken(NamedTuple):
    """Rows of one input."""

    source: str
    rows: Rows


def origin(path: str) -> Origin:
    """A file of this machine, as it is now."""
    try:
        told = os.stat(path)  # noqa: PTH116 - there may be a million of them
    except (OSError, ValueError):
        return Origin(path)
    return Origin(path, told.st_size, moment(told.st_mtime_ns))


def moment(nanoseconds: int) -> str:
    """A time as RFC 3339, in UTC, to the microsecond."""
    seconds, rest = divmod(nanoseconds, 1_000_000_000)
    return f"{datetime.fromtimestamp(seconds, UTC):%Y-%m-%dT%H:%M:%S}.{rest // 1000:06}Z"


def legible(name: str) -> str:
    """A name without what no encoding can write; a file's may be any bytes."""
    return name.encode("utf-8", "backslashreplace").decode()


def taken(file: Origin, how: How) -> Iterator[Taken]:
    """All rows of a file, and of each file in it where it is an archive."""
    try:
        with _opened(file, how) as found:
            for content in found:
                yield from _taken(content, file, how)
    except Exception as error:  # noqa: BLE001 - each kind of remote store has errors of its own
        yield from _failed(file.path, file, UNREADABLE, _reason(error))


def given(data: bytes | str, source: str, how: How) -> Iterator[Taken]:
    """All rows of what somebody else has read; bytes may be those of an archive."""
    if isinstance(data, str):
        yield from _rows(source, Origin(source), data, how)
        return
    file = Origin(source, len(data))
    try:
        raw = io.BytesIO(data)
        for content in contained(source, io.BufferedReader(raw), len(data), how.unpack_limit):
            yield from _taken(content, file, how)
    except OSError as error:
        yield from _failed(source, file, UNREADABLE, _reason(error))


@contextmanager
def _opened(file: Origin, how: How) -> Iterator[Iterator[Content]]:
    if file.path == STANDARD_INPUT:
        with os.fdopen(os.dup(sys.stdin.fileno()), "rb") as stdin:
            yield iter([Content(STANDARD_INPUT, stdin, is_member=False)])
    elif "://" in file.path:
        import fsspec

        with fsspec.open(file.path, "rb") as opened:
            yield contained(file.path, io.BufferedReader(opened), file.size or 0, how.unpack_limit)
    else:
        with contents(file.path, how.unpack_limit) as found:
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


def _taken(content: Content, file: Origin, how: How) -> Iterator[Taken]:
    weighed = _Weighed(content.file)
    for source, rows in _rows(content.name, file, weighed, how):
        if rows.kind == FILES and rows.columns["status"] != [UNREADABLE]:
            rows.columns.update(size=[weighed.size], sha256=[weighed.hash.hexdigest()])
        yield Taken(source, rows)


def _rows(name: str, file: Origin, data: Any, how: How) -> Iterator[Taken]:  # noqa: ANN401 - all that a Reading takes
    """The rows of one input. A fault of ours that one input brings to light must not end the work on thousands."""
    reading = Reading(data, name=name, encoding=how.encoding, system=how.system)
    try:
        found = reading.rows()
        for rows in chosen(found, how.choice, name) if how.choice else found:
            yield Taken(legible(name), rows)
    except NetstatParseError as error:
        yield from _failed(name, file, NO_TABLE, error.message, reading)
    except Exception as error:
        for rows in reading.snapshots.end():
            yield Taken(legible(name), rows)
        yield from _failed(name, file, UNREADABLE, _reason(error), reading)
        if isinstance(error, BombError):  # nothing more of the archive is to be read
            raise
    else:
        yield _file(name, file, PARSED, None, reading)


def _failed(name: str, file: Origin, status: str, error: str, reading: Reading | None = None) -> Iterator[Taken]:
    yield Taken(legible(name), remarks(status, [(None, error)]))
    yield _file(name, file, status, error, reading)


def _file(name: str, file: Origin, status: str, error: str | None, reading: Reading | None) -> Taken:
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
    return Taken(legible(name), Rows(FILES, {field: [value] for field, value in facts.items()}))


def _reason(error: Exception) -> str:
    if isinstance(error, OSError):
        return legible(error.strerror or str(error))
    return legible(f"{type(error).__name__}: {error}")
