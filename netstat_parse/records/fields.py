"""The tables of the schema and their fields, read from the published JSON Schema."""

import json
from collections.abc import Mapping
from functools import cache
from pkgutil import get_data
from typing import Any

SCHEMA_VERSION = "1.0"


@cache
def shipped(name: str) -> dict[str, Any]:
    """A JSON Schema that lies in the package, as it is published: of the ``document``, or of the table ``files``."""
    return dict(json.loads(get_data("netstat_parse", f"schema/{name}.schema.json") or b""))


def published() -> dict[str, Any]:
    """The JSON Schema of the document."""
    return shipped("document")


@cache
def fields(table: str) -> dict[str, Any]:
    """The fields of a table's records in order, each with the value that stands for what was not printed."""
    empty: dict[str, Any] = {"array": [], "object": {}}
    return {name: empty.get(property_.get("type")) for name, property_ in properties(table).items()}


def properties(table: str) -> dict[str, Any]:
    """The JSON Schema of each field of a table's records."""
    return dict(resolved(published()["properties"][table]["items"])["properties"])


def resolved(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """The schema itself, or the one that it refers to."""
    return published()["$defs"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def tables() -> list[str]:
    """The tables of the document in order."""
    return [name for name, property_ in published()["properties"].items() if "items" in property_]


def record_kind(table: str) -> str:
    """What an NDJSON line calls a record of the table."""
    return table.removesuffix("s")


def record_prefix(table: str, source: str | None) -> dict[str, Any]:
    """What stands before the fields of a record: the name of its kind, and of the input where there are several."""
    return {"kind": record_kind(table)} | ({} if source is None else {"source": source})


def prefixed_name(prefix: Mapping[str, Any] | None, name: str) -> str:
    """What a field is called behind a head that has one of this name: the source of a route is `route_source` then."""
    return f"{prefix['kind']}_{name}" if prefix and name in prefix else name
