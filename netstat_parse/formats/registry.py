"""The output formats by name."""

from collections.abc import Mapping
from pkgutil import resolve_name
from typing import IO, TYPE_CHECKING

from netstat_parse.formats.task import Source, Writer, WriteTask

if TYPE_CHECKING:
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


def find_writer(format_name: str) -> Writer:
    """Import and return the writer of a format.

    Raises:
        KeyError: there is no such format.
    """
    writer: Writer = resolve_name(f"{__package__}.{WRITERS[format_name]}")
    return writer


def write(
    source: Source,
    output: IO[bytes],
    format_name: str,
    selection: "Selection | None" = None,
    *,
    is_one_of_several: bool = False,
) -> None:
    """Write an input in a format.

    Args:
        source: the input.
        output: the file to write to.
        format_name: one of `WRITERS`.
        selection: the tables, records and fields to write; None for everything.
        is_one_of_several: write the input's name with its records, as the file also gets other inputs.

    Raises:
        KeyError: there is no such format.
        NetstatParseError: the input contains no netstat table.
        OSError: the file cannot be written.
    """
    find_writer(format_name)(WriteTask(source, output, selection, is_one_of_several))
