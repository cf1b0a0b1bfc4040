"""The rows of inputs with their source, and for each input a row of `files`: where it is from and how reading it ended.

An input that cannot be read does not end the work on the others: it becomes a diagnostic and a status.
"""

import hashlib
from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING, Any, NamedTuple, cast

from netstat_parse._version import __version__
from netstat_parse.errors import NetstatParseError
from netstat_parse.inputs.archives import BombError
from netstat_parse.inputs.origins import Content, Origin, Unreadable, describe_error
from netstat_parse.inputs.streams import open_bytes, open_inputs
from netstat_parse.reading.pipeline import Reading
from netstat_parse.records.database_columns import FILES
from netstat_parse.records.diagnostics import error_rows
from netstat_parse.records.rows import Rows
from netstat_parse.records.selection import Selection, select
from netstat_parse.records.values import legible

if TYPE_CHECKING:
    import io

STATUS_PARSED, STATUS_NO_TABLE, STATUS_UNREADABLE = "parsed", "no-table", "unreadable"
"""The values of `status` in the table `files`."""


class ReadOptions(NamedTuple):
    """Options for reading inputs, and the selection of their rows."""

    encoding: str | None = None
    system: str | None = None
    unpack_limit: int | None = None
    """Bytes that an archive may unpack to."""
    selection: Selection | None = None
    """The tables and conditions to keep; None for all rows."""

    def check(self) -> None:
        """Check what would be wrong with every input.

        Raises:
            LookupError: there is no such encoding or no such system.
        """
        Reading(b"", encoding=self.encoding, system=self.system)


class SourcedRows(NamedTuple):
    """Rows of one input."""

    source: str
    rows: Rows


def read_inputs(origins: Iterable[Origin], options: ReadOptions) -> Iterator[SourcedRows]:
    """Read all rows of files, and of each file in an archive."""
    return _read_all(open_inputs(origins, options.unpack_limit), options)


def read_bytes(data: bytes | str, source: str, options: ReadOptions) -> Iterator[SourcedRows]:
    """Read all rows of text, or of bytes, which may be an archive."""
    if isinstance(data, str):
        return _read(source, Origin(source), data, options)
    return _read_all(open_bytes(data, source, options.unpack_limit), options)


def _read_all(inputs: Iterable[Content | Unreadable], options: ReadOptions) -> Iterator[SourcedRows]:
    for found in inputs:
        if isinstance(found, Unreadable):
            yield from _failed(found.name, found.origin, STATUS_UNREADABLE, describe_error(found.error))
        else:
            yield from _read_content(found, options)


def _read_content(content: Content, options: ReadOptions) -> Iterator[SourcedRows]:
    file = _HashingFile(content.file)
    for source, rows in _read(content.name, content.origin, file, options):
        if rows.kind == FILES and rows.columns["status"] != [STATUS_UNREADABLE]:
            rows.columns.update(size=[file.size], sha256=[file.hash.hexdigest()])
        yield SourcedRows(source, rows)


class _HashingFile:
    """A file whose bytes are counted and hashed as they are read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.read = cast("io.BufferedReader", file).read1
        self.size = 0
        self.hash = hashlib.sha256()

    def read1(self, size: int, /) -> bytes:
        """Read up to so many bytes, as many as one system call gives."""
        data = self.read(size)
        self.size += len(data)
        self.hash.update(data)
        return data


def _read(name: str, origin: Origin, data: Any, options: ReadOptions) -> Iterator[SourcedRows]:  # noqa: ANN401 - whatever a Reading reads
    """Read one input. Catch every error: a bug that one input triggers must not end the work on thousands."""
    reading = Reading(data, name=name, encoding=options.encoding, system=options.system)
    source = legible(name)
    try:
        all_rows = reading.rows()
        for rows in select(all_rows, options.selection, name) if options.selection else all_rows:
            yield SourcedRows(source, rows)
    except NetstatParseError as error:
        yield from _failed(name, origin, STATUS_NO_TABLE, error.message, reading)
    except Exception as error:  # noqa: BLE001 - see above
        for rows in reading.snapshots.end():
            yield SourcedRows(source, rows)
        yield from _failed(name, origin, STATUS_UNREADABLE, describe_error(error), reading)
        if isinstance(error, BombError) and name != origin.path:  # the other files of the archive are not read
            yield from _failed(origin.path, origin, STATUS_UNREADABLE, describe_error(error))
    else:
        yield _file_row(name, origin, STATUS_PARSED, None, reading)


def _failed(
    name: str, origin: Origin, status: str, error: str, reading: Reading | None = None
) -> Iterator[SourcedRows]:
    yield SourcedRows(legible(name), error_rows(status, [(None, legible(error))]))
    yield _file_row(name, origin, status, legible(error), reading)


def _file_row(name: str, origin: Origin, status: str, error: str | None, reading: Reading | None) -> SourcedRows:
    """Return the row of the table `files` for one input."""
    facts: dict[str, Any] = {
        "path": legible(origin.path),
        "file_size": origin.size,
        "modified_at": origin.modified_at,
        "status": status,
        "error": error,
        "version": __version__,
    }
    if reading:
        facts |= {"encoding": reading.text.encoding, "encoding_grounds": reading.text.grounds}
        facts |= {f"lines_{kind}": count for kind, count in reading.lines.items()}
    return SourcedRows(legible(name), Rows(FILES, {field: [value] for field, value in facts.items()}))
