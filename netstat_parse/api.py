"""What a program calls: `parse`, `parse_file`, `stream`, `to_json`."""

import gc
import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from netstat_parse.schema import Dump
    from netstat_parse.schema.model import Model
    from netstat_parse.text import Source


def parse(
    source: bytes | str, *, name: str | None = None, encoding: str | None = None, system: str | None = None
) -> "Dump":
    """Read what netstat printed.

    Args:
        source: the whole of it, as bytes in any encoding, or as text.
        name: what to call it in errors and in the document's `source`.
        encoding: the encoding of the bytes, where it is known and not to be guessed.
        system: read the tables of this system only, such as ``linux`` or ``windows``.

    Raises:
        NetstatParseError: there is no netstat table in it.
        LookupError: there is no such encoding or no such system.
    """
    from netstat_parse.reading import Reading
    from netstat_parse.render import plain
    from netstat_parse.schema import Dump

    reading = Reading(source, name=name, encoding=encoding, system=system)
    tables: dict[str, list[object]] = {}
    with _uncollected():
        for rows in reading.rows():
            tables.setdefault(rows.kind, []).extend(plain(rows.columns))
        return Dump.model_validate({"source": name, **tables, "lines": reading.lines})


@contextmanager
def _uncollected() -> "Iterator[None]":
    """Keep the collector of cycles from looking at all records again and again: none is in a cycle.

    It takes two thirds of the time that 100,000 records need.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def parse_file(path: str | os.PathLike[str], *, encoding: str | None = None, system: str | None = None) -> "Dump":
    """Read a file that holds what netstat printed; otherwise as `parse`.

    Raises:
        OSError: the file cannot be read.
    """
    return parse(Path(path).read_bytes(), name=os.fspath(path), encoding=encoding, system=system)


def stream(
    source: "Source", *, name: str | None = None, encoding: str | None = None, system: str | None = None
) -> "Iterator[Model]":
    """Read a file or any iterable of lines in constant memory; each record comes as soon as it is whole.

    Snapshots come when they end, diagnostics where they belong. Raises at the end what `parse` raises.
    """
    from netstat_parse.reading import Reading
    from netstat_parse.render import plain
    from netstat_parse.schema import TABLES

    for table, columns in Reading(source, name=name, encoding=encoding, system=system).rows():
        model = TABLES[table]
        for record in plain(columns):
            yield model.model_validate(record)


def to_json(
    source: "Source", *, name: str | None = None, encoding: str | None = None, system: str | None = None
) -> bytes:
    """The JSON document of what `parse` gives, made without building its objects: many times faster."""
    from netstat_parse.reading import Reading
    from netstat_parse.render import document

    reading = Reading(source, name=name, encoding=encoding, system=system)
    return b"".join(document(reading.rows(), name, lambda: reading.lines))
