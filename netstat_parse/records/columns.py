"""The columns of each table, for what has types: databases, Arrow. They are read from the published JSON Schemas.

`files` is a table too, with a row for each input. The first column of every table is `source`, the input's name. A
field that is called so itself has the kind of its record before its name: of a route, `route_source`.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from netstat_parse.records import fields
from netstat_parse.records.diagnostics import diagnostics_rows
from netstat_parse.records.rows import Rows
from netstat_parse.records.values import digits

SOURCE = "source"


FILES = "files"


SOURCES: Mapping[str, Any] = {"type": "string", "description": "The input's name; in an archive, with its path there."}


class Column(NamedTuple):
    """A column of a table."""

    name: str
    field: str
    """The field of the record that it holds."""
    shape: Mapping[str, Any]
    """The JSON Schema of its values, but for null."""
    meaning: str
    """What the schema says of it, in one line."""

    @property
    def empty(self) -> Any:  # noqa: ANN401 - as the type of the column is
        """What stands in it where nothing was printed."""
        return {"array": [], "object": {}}.get(self.shape["type"])


@cache
def columns(table: str) -> tuple[Column, ...]:
    """The columns of a table, in order."""
    source = Column(SOURCE, SOURCE, SOURCES, SOURCES["description"])
    return (source, *(_column(table, field, shape) for field, shape in properties(table).items()))


@cache
def properties(table: str) -> Mapping[str, Any]:
    """The JSON Schema of each field of a table's records."""
    if table != FILES:
        return fields.properties(table)
    account = fields.published()["$defs"]["Lines"]["properties"]
    return {**fields.shipped("files")["properties"], **{f"lines_{name}": shape for name, shape in account.items()}}


def _column(table: str, field: str, shape: Mapping[str, Any]) -> Column:
    name = fields.prefixed_name(fields.record_prefix(table, SOURCE), field)
    return Column(name, field, without_null(shape), " ".join(shape.get("description", "").split()))


def without_null(shape: Mapping[str, Any]) -> Mapping[str, Any]:
    """The JSON Schema of the values that are no null."""
    (found,) = [choice for choice in shape.get("anyOf", [shape]) if choice.get("type") != "null"]
    return dict(found)


def tables() -> list[str]:
    """All tables in order: those of the document, and `files`."""
    return [*fields.tables(), FILES]


def fitted(rows: Rows, bounds: Mapping[str, range]) -> Iterator[Rows]:
    """The rows with null for each integer that is out of its column's bounds, and a diagnostic that has its figure."""
    columns, told = dict(rows.columns), []
    for name, bound in bounds.items():
        column = columns.get(name)
        if column and not all(value is None or value in bound for value in column):
            for row, value in enumerate(column):
                if value is not None and value not in bound:
                    line = columns["line"][row] if "line" in columns else None
                    told.append((line, f"{name} does not fit into its column: {digits(value)}"))
            columns[name] = [value if value is not None and value in bound else None for value in column]
    yield Rows(rows.kind, columns)
    if told:
        yield diagnostics_rows("out-of-range", told)
