"""Write an input in any output format, without starting a process."""

import json
from argparse import Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, NamedTuple, TypedDict, Unpack

import pytest

from netstat_parse import NetstatParseError
from netstat_parse.cli.selection import get_selection
from netstat_parse.formats.registry import write
from netstat_parse.formats.task import WriteTask
from netstat_parse.reading.pipeline import Reading
from netstat_parse.records import conditions
from netstat_parse.records.rows import RecordSource, Rows


class RowSource(NamedTuple):
    """A source that yields given rows."""

    blocks: list[Rows]
    name: str | None = "source"

    @property
    def lines(self) -> Mapping[str, int]:
        count = len(self.blocks)
        return {"total": count, "records": count} | dict.fromkeys(("headings", "blank", "foreign", "unparsed"), 0)

    def rows(self) -> Iterator[Rows]:
        return (rows._replace(columns=dict(rows.columns)) for rows in self.blocks)  # as writers clear them

    def describe_snapshot(self, _index: int) -> Mapping[str, Any]:
        return {}


class SelectionOptions(TypedDict, total=False):
    """Arguments of --only, --where (conditions separated by blanks) and --fields."""

    only: str
    where: str
    fields: str


def selection_options(only: str = "", where: str = "", fields: str = "") -> Namespace:
    """Return the options as the command line parses them."""
    return Namespace(
        only=conditions.parse_tables(only) if only else None,
        where=list(map(conditions.parse_condition, where.split())) or None,
        fields=conditions.parse_fields(fields) if fields else None,
        strict=False,
    )


def render(
    form: str, source: RecordSource | Path, *, several: bool = False, **choice: Unpack[SelectionOptions]
) -> bytes:
    """Write a sample or rows in a format and return the bytes; skip the test if the sample has no table."""
    reading = Reading(source.read_bytes(), name="sample") if isinstance(source, Path) else source
    with TemporaryFile() as file:
        try:
            write(WriteTask(reading, file, get_selection(selection_options(**choice)), several), form)
        except NetstatParseError:
            pytest.skip("the sample has no table")
        file.seek(0)
        return file.read()


def render_document(source: RecordSource | Path, **choice: Unpack[SelectionOptions]) -> dict[str, Any]:
    """Return the JSON document of a sample or of rows."""
    return dict(json.loads(render("json", source, **choice)))
