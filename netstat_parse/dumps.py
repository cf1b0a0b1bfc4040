"""Make the `Dump` of an input: the models of all its records."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from pydantic import TypeAdapter

from netstat_parse.records.rows import RecordSource, Rows, sparse_records
from netstat_parse.schema import TABLES, Dump, Record


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
    """Validate the records of one block. A dict takes more memory than a model, so there are never dicts of all."""
    return _validator(rows.kind).validate_python(sparse_records(rows.columns))


@cache
def _validator(table: str) -> TypeAdapter[list[Record]]:
    return TypeAdapter(list[TABLES[table]])  # type: ignore[valid-type]  # the type is a value here


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
