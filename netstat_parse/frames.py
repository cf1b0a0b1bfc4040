"""Data frames of the records of a dump: pandas, polars, Arrow. Each library is imported where it is used.

The columns are the fields of the JSON Schema in their order, also for a table without records. Integers are nullable
and have 64 bits. No number is lost: a column with a larger one gets another type, whose numbers are exact.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

from netstat_parse.records.database_columns import INT64, get_columns, remove_null
from netstat_parse.records.fields import resolve_reference
from netstat_parse.records.values import find_similar, format_integer, suggest

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl
    import pyarrow as pa

Shape = Mapping[str, Any]
"""The JSON Schema of a value other than null; the type of an integer may also be `decimal`."""

MAX_DECIMAL_DIGITS = 38
"""Digits of the largest decimal of 128 bits."""

DECIMAL = range(1 - 10**MAX_DECIMAL_DIGITS, 10**MAX_DECIMAL_DIGITS)

PANDAS_TYPES = {"integer": "Int64", "number": "Float64", "boolean": "boolean", "string": "string"}
"""The nullable type for values of each JSON type. Others are Python's objects."""


class FrameColumn(NamedTuple):
    """A field of all records of a table."""

    name: str
    meaning: str
    shape: Shape
    cells: list[Any]


class Types(NamedTuple):
    """The types of a library."""

    scalars: Mapping[str, Any]
    """The type for values of each JSON type."""
    make_list: Callable[[Any], Any]
    make_struct: Callable[[dict[str, Any]], Any]
    make_map: Callable[[Any], Any]
    """Returns the type of a map from text to values of a type."""


def make_pandas(table: str, records: Sequence[Any]) -> "pd.DataFrame":
    """Return a frame with nullable types; lists, dicts, and integers of more than 64 bits are Python's objects.

    Raises:
        ImportError: pandas is not installed.
    """
    pandas = _import("pandas")
    series = {
        column.name: pandas.Series(column.cells, dtype=PANDAS_TYPES.get(column.shape["type"], "object"))
        for column in _list_columns(table, records)
    }
    frame: pd.DataFrame = pandas.DataFrame(series)
    return frame


def make_polars(table: str, records: Sequence[Any]) -> "pl.DataFrame":
    """Return a frame; a dict is a list of its keys and values, as polars reads it from Parquet.

    Raises:
        ImportError: polars is not installed.
    """
    polars = _import("polars")
    scalars = {
        "integer": polars.Int64,
        "decimal": polars.Decimal(MAX_DECIMAL_DIGITS, 0),
        "number": polars.Float64,
        "boolean": polars.Boolean,
        "string": polars.String,
    }
    types = Types(
        scalars,
        polars.List,
        polars.Struct,
        lambda value: polars.List(polars.Struct({"key": polars.String, "value": value})),
    )

    def make_series(column: FrameColumn) -> "pl.Series":
        cells = _list_items(column, lambda name, value: {"key": name, "value": value})
        kind = _make_type(column.shape, types)
        series: pl.Series
        if column.shape["type"] in {"array", "object"} and cells and not any(cells):  # slow, one by one
            series = polars.Series(column.name, [[]], kind).new_from_index(0, len(cells))
        else:
            series = polars.Series(column.name, cells, kind)
        return series

    frame: pl.DataFrame = polars.DataFrame([make_series(_fit_integers(one)) for one in _list_columns(table, records)])
    return frame


def make_arrow(table: str, records: Sequence[Any]) -> "pa.Table":
    """Return an Arrow table; the meaning of each field is its metadata.

    Raises:
        ImportError: pyarrow is not installed.
    """
    arrow = _import("pyarrow")
    scalars = {
        "integer": arrow.int64(),
        "decimal": arrow.decimal128(MAX_DECIMAL_DIGITS, 0),
        "number": arrow.float64(),
        "boolean": arrow.bool_(),
        "string": arrow.string(),
    }
    types = Types(
        scalars,
        arrow.list_,
        lambda fields: arrow.struct([*fields.items()]),
        lambda value: arrow.map_(arrow.string(), value),
    )
    columns = [_fit_integers(column) for column in _list_columns(table, records)]
    fields = [
        arrow.field(column.name, _make_type(column.shape, types), metadata={"description": column.meaning})
        for column in columns
    ]
    arrays = [
        arrow.array(_list_items(column, lambda *item: item), field.type)
        for column, field in zip(columns, fields, strict=True)
    ]
    return arrow.Table.from_arrays(arrays, schema=arrow.schema(fields))


def describe_unknown_table(table: object, tables: Collection[str]) -> str:
    """Return the message for a name that is none of the tables."""
    near = suggest(find_similar(str(table), tables))
    return f"no such table: {table!r}{near or ';'} the tables are {', '.join(tables)}"


def _import(name: str) -> Any:  # noqa: ANN401 - a module
    """Import a library.

    Raises:
        ImportError: it is not installed; the message says how to install it.
    """
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name != name:
            raise
        raise ImportError(f"{name} is not installed: pip install {name}", name=name) from None


def _list_columns(table: str, records: Sequence[Any]) -> list[FrameColumn]:
    """Return the columns of a table; lists and dicts are copies, and models in them are dicts."""
    _source, *columns = get_columns(table)
    return [
        _widen(
            FrameColumn(column.field, column.meaning, column.shape, _copy_values(records, column.field, column.shape))
        )
        for column in columns
    ]


def _copy_values(records: Sequence[Any], name: str, shape: Shape) -> list[Any]:
    values = [getattr(record, name) for record in records]
    if shape["type"] == "object":
        return [dict(value) for value in values]
    if shape["type"] == "array":
        copy: Callable[[Any], Any] = _dump_all if "$ref" in shape["items"] else list
        return [copy(value) for value in values]
    return values


def _dump_all(models: Sequence[Any]) -> list[dict[str, Any]]:
    return [model.model_dump() for model in models]


def _widen(column: FrameColumn) -> FrameColumn:
    """Return an integer column with the type that takes all its values: 64 bits, a decimal, else text."""
    if column.shape["type"] != "integer":
        return column
    for name, bounds in (("integer", INT64), ("decimal", DECIMAL)):
        if all(value is None or value in bounds for value in column.cells):
            return column._replace(shape={"type": name})
    return column._replace(shape={"type": "large integer"})


def _fit_integers(column: FrameColumn) -> FrameColumn:
    """Return a column whose large integers are decimals, or text if a decimal has not enough digits."""
    converters: dict[str, tuple[str, Callable[[int], Any]]] = {
        "decimal": ("decimal", Decimal),
        "large integer": ("string", format_integer),
    }
    if column.shape["type"] not in converters:
        return column
    kind, convert = converters[column.shape["type"]]
    cells = [None if value is None else convert(value) for value in column.cells]
    return column._replace(shape={"type": kind}, cells=cells)


def _list_items(column: FrameColumn, convert: Callable[[str, Any], Any]) -> list[Any]:
    """Return the values of a column, a dict as the list of its items."""
    if column.shape["type"] != "object":
        return column.cells
    return [[convert(*item) for item in value.items()] for value in column.cells]


def _make_type(shape: Shape, types: Types) -> Any:  # noqa: ANN401 - a type of the library
    if "$ref" in shape:
        properties = resolve_reference(shape)["properties"]
        return types.make_struct({name: _make_type(remove_null(part), types) for name, part in properties.items()})
    if shape["type"] == "array":
        return types.make_list(_make_type(shape["items"], types))
    if shape["type"] == "object":
        return types.make_map(_make_type(shape["additionalProperties"], types))
    return types.scalars[shape["type"]]
