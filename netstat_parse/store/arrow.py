"""Arrow tables of what netstat printed, for columnar engines: DuckDB, Spark, Ray, Dask, Polars, pandas.

Types follow from the published JSON Schema, and the documentation of a field is its metadata. `tables` and `table` can
be pickled, and they raise nothing for bad input: one bad file does not end a job.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any

import pyarrow as pa

from netstat_parse._version import __version__
from netstat_parse.records import database_columns
from netstat_parse.records.fields import SCHEMA_VERSION, resolve_reference
from netstat_parse.records.rows import Rows
from netstat_parse.sources import ReadOptions
from netstat_parse.store.provenance import read_bytes

INTEGER_TYPES: Mapping[str | None, tuple[pa.DataType, range]] = {
    None: (pa.int64(), database_columns.INT64),
    "uint64": (pa.decimal128(20, 0), range(10**20)),
    "decimal": (pa.decimal128(38, 0), range(1 - 10**38, 10**38)),
}
"""The type and range for integers of each JSON Schema format. Spark has no unsigned integers, hence the decimals."""

SIMPLE_TYPES = {"string": pa.string(), "number": pa.float64(), "boolean": pa.bool_()}


@cache
def schema(table: str) -> pa.Schema:
    """Return the Arrow schema of a table: ``connections``, ``routes`` ..., or ``files``, with a row for each input."""
    fields = [
        pa.field(column.name, _get_type(column.shape), metadata={"description": column.meaning})
        for column in database_columns.get_columns(table)
    ]
    return pa.schema(fields, metadata={"netstat_parse": __version__, "schema_version": SCHEMA_VERSION})


def _get_type(shape: Mapping[str, Any]) -> pa.DataType:
    if "$ref" in shape:
        properties = resolve_reference(shape)["properties"]
        return pa.struct([(name, _get_type(database_columns.remove_null(part))) for name, part in properties.items()])
    if shape["type"] == "array":
        return pa.list_(_get_type(shape["items"]))
    if shape["type"] == "object":
        return pa.map_(pa.string(), _get_type(shape["additionalProperties"]))
    return _get_integer_type(shape)[0] if shape["type"] == "integer" else SIMPLE_TYPES[shape["type"]]


def _get_integer_type(shape: Mapping[str, Any]) -> tuple[pa.DataType, range]:
    return INTEGER_TYPES[shape.get("format")]


@cache
def get_bounds(table: str) -> Mapping[str, range]:
    """Return the range of each integer column, by field."""
    shapes = {
        column.field: column.shape
        for column in database_columns.get_columns(table)
        if column.shape["type"] == "integer"
    }
    return {field: _get_integer_type(shape)[1] for field, shape in shapes.items()}


class RowBuffer:
    """Rows of one table that are collected for a record batch."""

    def __init__(self, table: str) -> None:
        self.table = table
        self.count = 0
        self._columns: dict[str, list[Any]] = {column.name: [] for column in database_columns.get_columns(table)}

    def add(self, source: str, rows: Rows) -> None:
        """Add rows whose integers fit into their columns."""
        count = len(next(iter(rows.columns.values())))
        source_column, *others = database_columns.get_columns(self.table)
        self._columns[source_column.name] += [source] * count
        for column in others:
            self._columns[column.name] += rows.columns.get(column.field) or [column.empty] * count
        self.count += count

    def flush(self) -> pa.RecordBatch:
        """Return the rows as a record batch, and empty the buffer."""
        own_schema = schema(self.table)
        arrays = list(map(_make_array, self._columns.values(), own_schema.types))
        self.count = 0
        self._columns = {name: [] for name in self._columns}
        return pa.record_batch(arrays, schema=own_schema)


def _make_array(cells: list[Any], type_: pa.DataType) -> pa.Array:
    if pa.types.is_map(type_):
        cells = [list((cell or {}).items()) for cell in cells]  # only new releases of pyarrow accept dicts
    return pa.array(cells, type_)


def tables(
    data: bytes | str, source: str, *, encoding: str | None = None, system: str | None = None
) -> dict[str, pa.Table]:
    """Return an Arrow table for each kind of record, with all columns even if it has no rows.

    Args:
        data: the whole input, as text or bytes; bytes may be an archive.
        source: the name of the input, for the column `source` of every row.
        encoding: the encoding of the bytes; None to detect it.
        system: parse only the tables of this system.

    If the input cannot be parsed, the tables `diagnostics` and `files` say why.

    Raises:
        LookupError: there is no such encoding or no such system.
    """
    buffers = {name: RowBuffer(name) for name in database_columns.list_tables()}
    for name, rows in read_bytes(data, source, ReadOptions(encoding, system)):
        for fitting in database_columns.replace_out_of_range(rows, get_bounds(rows.kind)):
            buffers[fitting.kind].add(name, fitting)
    return {name: pa.Table.from_batches([buffer.flush()]) for name, buffer in buffers.items()}


def table(data: bytes | str, source: str, kind: str, **options: str | None) -> pa.Table:
    """Return one of the tables: ``connections``, ``files`` ...; otherwise as `tables`."""
    return tables(data, source, **options)[kind]
