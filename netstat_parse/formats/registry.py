"""The output formats by name, and `write`, which all of them go through."""

from collections.abc import Mapping
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from netstat_parse.formats.task import Writer, WriteTask

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
"""The module and function that write each format. Modules are imported on use: PyYAML is slow to import."""


def find_writer(format_name: str) -> "Writer":
    """Import and return the writer of a format.

    Raises:
        KeyError: there is no such format.
    """
    module, _, name = WRITERS[format_name].partition(":")
    writer: Writer = getattr(import_module(f"{__package__}.{module}"), name)
    return writer


def write(task: "WriteTask", format_name: str) -> None:
    """Write the records of an input, or the answer to a question about it, in a format.

    Args:
        task: the input, the file and the selection.
        format_name: one of `WRITERS`.

    Raises:
        KeyError: there is no such format.
        NetstatParseError: the input contains no netstat table.
        OSError: the file cannot be written.
    """
    find_writer(format_name)(task)
