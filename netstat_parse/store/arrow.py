"""Arrow tables of what netstat printed, for engines that work in columns: DuckDB, Spark, Ray, Dask, Polars, pandas.

The types follow from the published JSON Schema, and a field's documentation is its metadata. `tables` and `table` are
functions of a module, so they pickle, and they raise nothing for bad input: one bad file does not end a job.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import pyarrow as pa

from netstat_parse._version import __version__
from netstat_parse.records import columns
from netstat_parse.records.fields import SCHEMA_VERSION, resolve_reference
from netstat_parse.records.rows import Rows
from netstat_parse.store import provenance

INTEGERS: Mapping[str | None, tuple[pa.DataType, range]] = {
    None: (pa.int64(), columns.INT64),
    "uint64": (pa.decimal128(20, 0), range(10**20)),
    "decimal": (pa.decimal128(38, 0), range(1 - 10**38, 10**38)),
}
"""The type for integers of each format, and what it holds. Spark has no unsigned integers, hence the decimals."""


SIMPLE = {"string": pa.string(), "number": pa.float64(), "boolean": pa.bool_()}


@cache
def schema(table: str) -> pa.Schema:
    """The Arrow schema of a table: ``connections``, ``routes`` ..., or ``files``, which tells of the inputs."""
    fields = [
        pa.field(column.name, _type(column.shape), metadata={"description": column.meaning})
        for column in columns.columns(table)
    ]
    return pa.schema(fields, metadata={"netstat_parse": __version__, "schema_version": SCHEMA_VERSION})


def _type(shape: Mapping[str, Any]) -> pa.DataType:
    if "$ref" in shape:
        properties = resolve_reference(shape)["properties"]
        return pa.struct([(name, _type(columns.without_null(part))) for name, part in properties.items()])
    if shape["type"] == "array":
        return pa.list_(_type(shape["items"]))
    if shape["type"] == "object":
        return pa.map_(pa.string(), _type(shape["additionalProperties"]))
    return _integers(shape)[0] if shape["type"] == "integer" else SIMPLE[shape["type"]]


def _integers(shape: Mapping[str, Any]) -> tuple[pa.DataType, range]:
    return INTEGERS[shape.get("format")]


@cache
def bounds(table: str) -> Mapping[str, range]:
    """What the columns of integers can hold, by field."""
    shapes = {column.field: column.shape for column in columns.columns(table) if column.shape["type"] == "integer"}
    return {field: _integers(shape)[1] for field, shape in shapes.items()}


class Buffer:
    """Rows of one table that wait to become a batch."""

    def __init__(self, table: str) -> None:
        self.table = table
        self.count = 0
        self._lists: dict[str, list[Any]] = {column.field: [] for column in columns.columns(table)[1:]}
        self._sources: list[str] = []

    def add(self, source: str, rows: Rows) -> None:
        """Take rows, which fit."""
        count = len(next(iter(rows.columns.values())))
        for column in columns.columns(self.table)[1:]:
            self._lists[column.field] += rows.columns.get(column.field) or [column.empty] * count
        self._sources += [source] * count
        self.count += count

    def take(self) -> pa.RecordBatch:
        """The rows as a batch, which are no longer waiting then."""
        lists = [self._sources, *self._lists.values()]
        wanted = schema(self.table)
        arrays = [_array(values, field.type) for values, field in zip(lists, wanted, strict=True)]
        self.__init__(self.table)  # type: ignore[misc] # as new
        return pa.record_batch(arrays, schema=wanted)


def _array(values: list[Any], wanted: pa.DataType) -> pa.Array:
    if pa.types.is_map(wanted):
        values = [list((value or {}).items()) for value in values]  # dicts are taken by new releases only
    return pa.array(values, wanted)


def tables(
    data: bytes | str, source: str, *, encoding: str | None = None, system: str | None = None
) -> dict[str, pa.Table]:
    """What netstat printed, as a table of each kind, with all columns also where it has no rows.

    Args:
        data: the whole of an input; bytes may be those of an archive.
        source: what to call it; it stands in the column `source` of every row.
        encoding: the encoding, where it is known and not to be guessed.
        system: read the tables of this system only.

    What is wrong with the input stands in the tables `diagnostics` and `files`.

    Raises:
        LookupError: there is no such encoding or no such system.
    """
    taken = provenance.read_bytes(data, source, provenance.ReadOptions(encoding, system))
    return gathered(taken, columns.tables())


def table(data: bytes | str, source: str, kind: str, **options: str | None) -> pa.Table:
    """The rows of one table alone, ``connections`` or another; otherwise as `tables`."""
    return tables(data, source, **options)[kind]


def gathered(taken: Iterable[provenance.SourcedRows], names: Iterable[str]) -> dict[str, pa.Table]:
    """All rows, as a table of each kind."""
    buffers = {name: Buffer(name) for name in names}
    for source, rows in taken:
        for some in columns.replace_out_of_range(rows, bounds(rows.kind)):
            buffers[some.kind].add(source, some)
    return {name: pa.Table.from_batches([buffer.take()]) for name, buffer in buffers.items()}
