"""Tables and fields of the document, read from the published JSON Schema."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

SCHEMA_VERSION = "1.1"


@cache
def load_schema(name: str) -> dict[str, Any]:
    """Load a JSON Schema that is installed with the package: ``document`` or ``files``."""
    from pkgutil import get_data  # takes long to import

    return dict(json.loads(get_data("netstat_parse", f"schema/{name}.schema.json") or b""))


def document_schema() -> dict[str, Any]:
    """Return the JSON Schema of the document."""
    return load_schema("document")


@cache
def field_defaults(table: str) -> dict[str, Any]:
    """Map each field of a table, in order, to its value if netstat did not print it: None, [] or {}."""
    empty: dict[str, Any] = {"array": [], "object": {}}
    return {name: empty.get(schema.get("type")) for name, schema in field_schemas(table).items()}


def field_schemas(table: str) -> dict[str, Any]:
    """Map each field of a table, in order, to its JSON Schema."""
    return dict(resolve_reference(document_schema()["properties"][table]["items"])["properties"])


def resolve_reference(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the definition that the schema's ``$ref`` points to, or the schema itself if it has none."""
    return document_schema()["$defs"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def table_names() -> list[str]:
    """List the tables of the document in order."""
    return [name for name, schema in document_schema()["properties"].items() if "items" in schema]


def record_kind(table: str) -> str:
    """Return the `kind` of a table's records in NDJSON and CSV: the singular of the table's name."""
    return table.removesuffix("s")


def record_prefix(table: str, source: str | None) -> dict[str, Any]:
    """Return the fields that are written before those of a record: `kind`, and `source` if a name is given."""
    return {"kind": record_kind(table)} | ({} if source is None else {"source": source})


def prefixed_name(prefix: Mapping[str, Any] | None, name: str) -> str:
    """Return the name of a field after this prefix; `source` of a route becomes `route_source` if both have one."""
    return f"{prefix['kind']}_{name}" if prefix and name in prefix else name
