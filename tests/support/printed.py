"""What the formats of the command line make of an input, without a process for each."""

import json
from argparse import Namespace
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryFile
from typing import Any, NamedTuple, TypedDict, Unpack

import pytest

from netstat_parse import NetstatParseError
from netstat_parse.formats.printing import WRITERS, Source, printing
from netstat_parse.reading.pipeline import Reading
from netstat_parse.records import conditions
from netstat_parse.records.rows import Rows

SAMPLES = sorted((Path(__file__).parents[2] / "samples").glob("*/*.txt"))


class Told(NamedTuple):
    """An input that consists of these rows."""

    blocks: list[Rows]
    name: str | None = "told"

    @property
    def lines(self) -> Mapping[str, int]:
        count = len(self.blocks)
        return {"total": count, "records": count} | dict.fromkeys(("headings", "blank", "foreign", "unparsed"), 0)

    def rows(self) -> Iterator[Rows]:
        return iter(self.blocks)


class Wanted(TypedDict, total=False):
    """Choices, as they are given; conditions with blanks between them."""

    only: str
    where: str
    fields: str


def options(only: str = "", where: str = "", fields: str = "") -> Namespace:
    """The choices, as the command line gives them."""
    return Namespace(
        only=conditions.parse_tables(only) if only else None,
        where=list(map(conditions.parse_condition, where.split())) or None,
        fields=conditions.parse_fields(fields) if fields else None,
        strict=False,
    )


def printed(form: str, source: Source | Path, *, several: bool = False, **choice: Unpack[Wanted]) -> bytes:
    """What is printed of a sample or of rows; a test of a sample without a table is skipped."""
    reading = Reading(source.read_bytes(), name="sample") if isinstance(source, Path) else source
    with TemporaryFile() as file:
        try:
            WRITERS[form](printing(reading, file, options(**choice), several=several))
        except NetstatParseError:
            pytest.skip("there is no table in it")
        file.seek(0)
        return file.read()


def document(source: Source | Path, **choice: Unpack[Wanted]) -> dict[str, Any]:
    """The JSON document."""
    return dict(json.loads(printed("json", source, **choice)))


def name(sample: Path) -> str:
    return f"{sample.parent.name}/{sample.stem}"
