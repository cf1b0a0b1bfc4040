"""Tables and fields of the document, read from the published JSON Schema."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from netstat_parse.generated_modules import find_generated

SCHEMA_VERSION = "1.1"


@cache
def load_schema(name: str) -> dict[str, Any]:
    """Load a JSON Schema that is installed with the package: ``document`` or ``files``."""
    from pkgutil import get_data  # takes long to import

    return dict(json.loads(get_data("netstat_parse", f"schema/{name}.schema.json") or b""))


def document_schema() -> dict[str, Any]:
    """Return the JSON Schema of the document."""
    return load_schema("document")


def field_defaults(table: str) -> dict[str, Any]:
    """Map each field of a table, in order, to its value if netstat did not print it: None, [] or {}."""
    return _all_defaults()[table]


@cache
def _all_defaults() -> dict[str, dict[str, Any]]:
    generated = find_generated(__package__, "_fields")
    return collect_defaults() if generated is None else generated.DATA


def collect_defaults() -> dict[str, dict[str, Any]]:
    """Collect the `field_defaults` of each table from the JSON Schema; a wheel has them as a module."""
    empty: dict[str, Any] = {"array": [], "object": {}}
    tables = [name for name, schema in document_schema()["properties"].items() if "items" in schema]
    return {
        table: {name: empty.get(schema.get("type")) for name, schema in field_schemas(table).items()}
        for table in tables
    }


def field_schemas(table: str) -> dict[str, Any]:
    """Map each field of a table, in order, to its JSON Schema."""
    return dict(resolve_reference(document_schema()["properties"][table]["items"])["properties"])


def resolve_reference(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the definition that the schema's ``$ref`` points to, or the schema itself if it has none."""
    return document_schema()["$defs"][schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def table_names() -> list[str]:
    """List the tables of the document in order."""
    return list(_all_defaults())


def record_kind(table: str) -> str:
    """Return the `kind` of a table's records in NDJSON and CSV: the singular of the table's name."""
    return table.removesuffix("s")


def record_prefix(table: str, source: str | None) -> dict[str, Any]:
    """Return the fields that are written before those of a record: `kind`, and `source` if a name is given."""
    return {"kind": record_kind(table)} | ({} if source is None else {"source": source})


def prefixed_name(prefix: Mapping[str, Any] | None, name: str) -> str:
    """Return the name of a field after this prefix; `source` of a route becomes `route_source` if both have one."""
    return f"{prefix['kind']}_{name}" if prefix and name in prefix else name
