"""The output formats by name, and `write`, which all of them go through."""

from collections.abc import Mapping
from pkgutil import resolve_name
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from netstat_parse.formats.task import Writer
    from netstat_parse.records.answers import Answer
    from netstat_parse.records.rows import RecordSource
    from netstat_parse.records.selection import Selection

WRITERS: Mapping[str, str] = {
    "json": "json_writer:write_json",
    "ndjson": "json_writer:write_ndjson",
    "csv": "csv_writer:write_csv",
    "csv-raw": "csv_writer:write_csv_raw",
    "tsv": "csv_writer:write_tsv",
    "yaml": "yaml_writer:write_yaml",
    "table": "table_writer:write_table",
    "markdown": "markdown_writer:write_markdown",
}
"""The module and function that write each format. Modules are imported on use: PyYAML and Rich are slow to import."""


def find_writer(format_name: str) -> "Writer":
    """Import and return the writer of a format.

    Raises:
        KeyError: there is no such format.
    """
    writer: Writer = resolve_name(f"{__package__}.{WRITERS[format_name]}")
    return writer


def write(
    source: "RecordSource",
    output: IO[bytes],
    writer: "str | Writer",
    selection: "Selection | None" = None,
    *,
    is_one_of_several: bool = False,
) -> None:
    """Write the records of an input in a format.

    Args:
        source: the input.
        output: the file to write to.
        writer: the name of a format, one of `WRITERS`, or a writer.
        selection: the tables, records and fields to write; None for everything.
        is_one_of_several: write the input's name with its records, as the file also gets other inputs.

    Raises:
        KeyError: there is no such format.
        NetstatParseError: the input contains no netstat table.
        OSError: the file cannot be written.
    """
    from netstat_parse.formats.task import WriteTask  # imports json; --help needs only the names of the formats

    write_task = find_writer(writer) if isinstance(writer, str) else writer
    write_task(WriteTask(source, output, selection, is_one_of_several))


def write_answer(
    answer: "Answer", source: "RecordSource", output: IO[bytes], format_name: str, *, is_one_of_several: bool = False
) -> None:
    """Write the answer to a question about an input; the other arguments are those of `write`."""
    from netstat_parse.formats.task import WriteTask

    find_writer(format_name)(WriteTask(source, output, None, is_one_of_several, answer))
