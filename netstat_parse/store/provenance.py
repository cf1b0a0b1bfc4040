"""The rows of inputs with their source, and for each input a row of `files`: its origin and how reading it ended."""

from collections.abc import Iterable, Iterator
from typing import Any

from netstat_parse._version import __version__
from netstat_parse.inputs.origins import Origin
from netstat_parse.records.database_columns import FILES
from netstat_parse.records.rows import Rows
from netstat_parse.records.values import escape_name, legible
from netstat_parse.sources import (
    STATUS_PARSED,
    STATUS_UNREADABLE,
    Failure,
    InputReading,
    ReadOptions,
    SourcedRows,
    read_data,
    read_files,
    read_selected_rows,
)


def read_inputs(origins: Iterable[Origin], options: ReadOptions) -> Iterator[SourcedRows]:
    """Read all rows of files, and of each file in an archive."""
    return _add_files(read_files(origins, options, with_digest=True), options)


def read_bytes(data: bytes | str, source: str, options: ReadOptions) -> Iterator[SourcedRows]:
    """Read all rows of text, or of bytes, which may be an archive."""
    return _add_files(read_data(data, source, options, with_digest=True), options)


def _add_files(inputs: Iterable[InputReading | Failure], options: ReadOptions) -> Iterator[SourcedRows]:
    """Read the rows of inputs, and add the row of `files` after those of each input."""
    for found in inputs:
        failure = yield from read_selected_rows(found, options.selection)
        yield _file_row(found, failure)
        if failure and failure.archive:
            yield _file_row(failure.archive, failure.archive)


def _file_row(found: InputReading | Failure, failure: Failure | None) -> SourcedRows:
    """Return the row of the table `files` for one input."""
    origin = found.origin
    facts: dict[str, Any] = {
        "path": escape_name(origin.path),
        "file_size": origin.size,
        "modified_at": origin.modified_at,
        "status": failure.status if failure else STATUS_PARSED,
        "error": legible(failure.message) if failure else None,
        "version": __version__,
    }
    if isinstance(found, InputReading):
        facts |= found.reading.encoding_facts
        facts |= {f"lines_{kind}": count for kind, count in found.lines.items()}
        if found.digest and facts["status"] != STATUS_UNREADABLE:
            facts |= found.digest._asdict()
    return SourcedRows(escape_name(found.label), Rows(FILES, {field: [value] for field, value in facts.items()}))
