"""Rows to what is printed: the JSON document, NDJSON, and a table for people.

The records go to JSON by column, without a model in between. Which fields a record has, and what stands in those that
were not printed, is read from the published JSON Schema, which a test holds equal to the models.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.resources import files
from itertools import repeat
from typing import Any

import orjson

from netstat_parse.grammar import Columns
from netstat_parse.snapshots import Rows

SCHEMA_VERSION = "1.0"


@cache
def published() -> dict[str, Any]:
    """The JSON Schema of the document, as it is published."""
    text = files("netstat_parse.schema").joinpath("document.schema.json").read_bytes()
    return dict(orjson.loads(text))


@cache
def fields(table: str) -> dict[str, Any]:
    """The fields of a table's records in order, each with the value that stands for what was not printed."""
    schema = published()
    reference = schema["properties"][table]["items"]["$ref"].rpartition("/")[2]
    empty: dict[str, Any] = {"array": [], "object": {}}
    return {
        name: empty.get(property_.get("type")) for name, property_ in schema["$defs"][reference]["properties"].items()
    }


def tables() -> list[str]:
    """The tables of the document in order."""
    return [name for name, property_ in published()["properties"].items() if "items" in property_]


def kind(table: str) -> str:
    """What an NDJSON line calls a record of the table."""
    return table.removesuffix("s")


def records(table: str, columns: Columns) -> Iterator[dict[str, Any]]:
    """Whole records, with every field of the schema, from the columns that were printed."""
    names = fields(table)
    values = (columns.get(name) or repeat(default) for name, default in names.items())
    return (dict(zip(names, record, strict=True)) for record in zip(*values, strict=False))


def plain(columns: Columns) -> Iterator[dict[str, Any]]:
    """Records with the fields that were printed, for the models to complete."""
    names = list(columns)
    for values in zip(*columns.values(), strict=True):
        yield {name: value for name, value in zip(names, values, strict=True) if value is not None}


def dumps(value: Any) -> bytes:
    """JSON, compact; integers may be of any size."""
    try:
        return orjson.dumps(value)
    except TypeError:  # orjson knows integers of 64 bits only
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def document(rows: Iterable[Rows], source: str | None, lines: Mapping[str, int]) -> bytes:
    """The JSON document; `lines` is complete when all rows have been read."""
    parts: dict[str, list[bytes]] = {table: [] for table in tables()}
    for table, columns in rows:
        parts[table].append(dumps(list(records(table, columns)))[1:-1])
    head = dumps({"schema_version": SCHEMA_VERSION, "source": source})[:-1]
    body = (b'"%b":[%b]' % (table.encode(), b",".join(chunks)) for table, chunks in parts.items())
    return b",".join([head, *body, b'"lines":%b}' % dumps(lines)])


def ndjson(rows: Iterable[Rows], source: str | None = None) -> Iterator[bytes]:
    """The records as lines, a block at a time, as they come; with the input's name where there are several."""
    for table, columns in rows:
        head = {"kind": kind(table)} | ({} if source is None else {"source": source})
        yield b"".join(dumps(head | record) + b"\n" for record in records(table, columns))
