"""Columns of the tables in databases and datasets, derived from the published JSON Schemas.

The table `files` has one row for each input. The first column of every table is `source`, the name of the input; a
field that is itself called `source` is prefixed with the kind of its record: `route_source`.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from netstat_parse.records import fields
from netstat_parse.records.diagnostics import diagnostic_record, diagnostic_rows
from netstat_parse.records.rows import Rows
from netstat_parse.records.values import format_integer

SOURCE = "source"

FILES = "files"

SOURCE_SCHEMA: Mapping[str, Any] = {
    "type": "string",
    "description": "Name of the input; for a member of an archive, with its path inside the archive.",
}

INT64 = range(-(2**63), 2**63)
"""Values of a signed 64-bit integer."""


class DatabaseColumn(NamedTuple):
    """A column of a table in a database or dataset."""

    name: str
    field: str
    """Field of the record."""
    shape: Mapping[str, Any]
    """JSON Schema of its values other than null."""
    meaning: str
    """Description of the field in the schema, on one line."""

    @property
    def empty(self) -> Any:  # noqa: ANN401 - the type is the column's
        """Value of the column if netstat did not print the field: None, [] or {}."""
        return {"array": [], "object": {}}.get(self.shape["type"])


@cache
def get_columns(table: str) -> tuple[DatabaseColumn, ...]:
    """List the columns of a table in order."""
    source = DatabaseColumn(SOURCE, SOURCE, SOURCE_SCHEMA, SOURCE_SCHEMA["description"])
    return (source, *(_make_column(table, field, schema) for field, schema in _field_schemas(table).items()))


def _field_schemas(table: str) -> Mapping[str, Any]:
    if table != FILES:
        return fields.field_schemas(table)
    line_counts = fields.document_schema()["$defs"]["Lines"]["properties"]
    return {
        **fields.load_schema("files")["properties"],
        **{f"lines_{name}": schema for name, schema in line_counts.items()},
    }


def _make_column(table: str, field: str, schema: Mapping[str, Any]) -> DatabaseColumn:
    name = fields.prefixed_name(fields.record_prefix(table, SOURCE), field)
    return DatabaseColumn(name, field, remove_null(schema), " ".join(schema.get("description", "").split()))


def remove_null(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return the JSON Schema of the values other than null."""
    (found,) = [choice for choice in schema.get("anyOf", [schema]) if choice.get("type") != "null"]
    return dict(found)


def list_tables() -> list[str]:
    """List all tables in order: those of the document, then `files`."""
    return [*fields.table_names(), FILES]


def replace_out_of_range(rows: Rows, bounds: Mapping[str, range]) -> Iterator[Rows]:
    """Replace integers outside the bounds of their column by None, and yield a diagnostic with each of them."""
    columns, errors = dict(rows.columns), []
    for name, bound in bounds.items():
        column = columns.get(name)
        if column and not all(value is None or value in bound for value in column):
            for row, value in enumerate(column):
                if value is not None and value not in bound:
                    line = columns["line"][row] if "line" in columns else None
                    message = f"{name} does not fit into its column: {format_integer(value)}"
                    errors.append(diagnostic_record("out-of-range", message, line=line))
            columns[name] = [value if value is not None and value in bound else None for value in column]
    yield Rows(rows.kind, columns)
    if errors:
        yield diagnostic_rows(errors)
