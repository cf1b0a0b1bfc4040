"""Make the `Dump` of an input: the models of all its records."""

import gc
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from itertools import compress, repeat
from typing import Any, cast

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from netstat_parse.records.rows import Columns, RecordSource, Rows, is_constant, sparse_records
from netstat_parse.schema import TABLES, Dump, Record
from netstat_parse.schema.model import TableRecord

MIN_RECORDS_BY_COLUMN = 200
"""Records from which on a block is validated by column, which takes a third of the time, behind some preparation."""

_SLOT_SETTERS = [
    vars(BaseModel)[name].__set__
    for name in ("__dict__", "__pydantic_fields_set__", "__pydantic_extra__", "__pydantic_private__")
]
"""Functions that set the attributes of a model, which may be frozen, in less time than `object.__setattr__`."""


def make_dump(reading: RecordSource) -> Dump:
    """Read an input to its end, and make the models of its records.

    Raises:
        NetstatParseError: the input contains no netstat table.
    """
    tables: dict[str, list[Record]] = {}
    with _garbage_collection_off():
        for rows in reading.rows():
            tables.setdefault(rows.kind, []).extend(make_models(rows))
        return Dump.model_validate({"source": reading.name, **tables, "lines": reading.lines})


def make_models(rows: Rows) -> list[Record]:
    """Make the models of the records of one block, with every value validated as the model does.

    Raises:
        ValidationError: a field cannot have such a value.
    """
    count = len(next(iter(rows.columns.values())))
    model = TABLES[rows.kind]
    if count >= MIN_RECORDS_BY_COLUMN and _has_regular_fields(model, rows.columns):
        with suppress(ValidationError):  # the error names a column; that below names the record
            return _assemble_models(model, _validate_columns(rows), count)
    return _record_validator(rows.kind).validate_python(sparse_records(rows.columns))


@cache
def _record_validator(table: str) -> TypeAdapter[list[Record]]:
    return TypeAdapter(list[TABLES[table]])  # type: ignore[valid-type]  # the type is a value here


@cache
def _column_validator(table: str, field: str) -> TypeAdapter[list[Any]]:
    model = TABLES[table]
    kind: Any = model.model_fields[field].rebuild_annotation()
    return TypeAdapter(list[kind], config=ConfigDict(allow_inf_nan=model.model_config["allow_inf_nan"]))


def _has_regular_fields(model: type[TableRecord], columns: Columns) -> bool:
    """Return whether all columns are fields, and the value of a field that a record lacks is null."""
    return columns.keys() <= model.model_fields.keys() and not any(
        field.default is not None and _has_null(columns[name]) if name in columns else field.is_required()
        for name, field in model.model_fields.items()
    )


def _has_null(column: list[Any]) -> bool:
    return not all(column) and None in column  # to compare each value with None takes longer


def _validate_columns(rows: Rows) -> Columns:
    """Validate the values of each field, all at once; of values that are all the same the first one alone."""
    return {
        name: _column_validator(rows.kind, name).validate_python([column[0]] if _is_shared(column) else list(column))
        for name, column in rows.columns.items()
    }


def _assemble_models(model: type[TableRecord], columns: Columns, count: int) -> list[Record]:
    """Make models of validated columns, as `BaseModel.model_construct` makes one, but all at once.

    A column with one value is that of all records. Each record gets a copy of a dict with the values that all share.
    """
    shared: dict[str, Any] = {}
    varying: Columns = {}
    for name, field in model.model_fields.items():
        column = columns.get(name)
        if column is None and field.default_factory:
            make_default = cast("Callable[[], Any]", field.default_factory)  # pydantic's own method takes 0.1 ms
            column = [make_default() for _ in range(count)]
        shared[name] = field.default if column is None else column[0]
        if column is not None and len(column) > 1:
            varying[name] = column
    records = [shared.copy() for _ in range(count)]
    for name, column in varying.items():
        for record, value in zip(records, column, strict=True):
            record[name] = value
    models: list[Any] = list(map(model.__new__, repeat(model, count)))
    set_values, set_names, set_extra, set_private = _SLOT_SETTERS
    for made, record, names in zip(models, records, _find_set_fields(columns, count), strict=True):
        set_values(made, record)
        set_names(made, names)
        set_extra(made, None)
        set_private(made, None)
    return models


def _is_shared(column: list[Any]) -> bool:
    """Return whether all values are equal and cannot change, so that records can share them."""
    return not isinstance(column[0], list | dict) and is_constant(column)


def _find_set_fields(columns: Columns, count: int) -> Iterable[set[str]]:
    """Return for each record the fields that netstat printed; records with the same fields share one set.

    A set for each record would take 70 MB for 100,000 of them. `TableRecord.model_fields_set` returns a copy.
    """
    without = [name for name, column in columns.items() if _has_null(column)]
    always = columns.keys() - set(without)
    others = [name for name in without if len(columns[name]) > 1]
    if not others:
        return repeat(always, count)
    are_printed = list(zip(*([value is not None for value in columns[name]] for name in others), strict=True))
    sets = {printed: always.union(compress(others, printed)) for printed in set(are_printed)}
    return map(sets.__getitem__, are_printed)


@contextmanager
def _garbage_collection_off() -> Iterator[None]:
    """Disable the cyclic garbage collector: records contain no cycles.

    It would take two thirds of the time for 100,000 records. At the end the records are moved to its oldest generation.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():  # unfreezing would also unfreeze the objects that the program has frozen
            gc.freeze()
            gc.unfreeze()
        if was_enabled:
            gc.enable()
