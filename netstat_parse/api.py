"""What a program calls: `parse`, `parse_file`, `stream`, `rows`, `to_json`, `run`, `watch`."""

import gc
import os
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, Unpack

    from pydantic import TypeAdapter

    from netstat_parse.decode.text import Source
    from netstat_parse.live.questions import Wanted
    from netstat_parse.live.session import Session
    from netstat_parse.reading.pipeline import Reading
    from netstat_parse.records.rows import Rows
    from netstat_parse.schema import Dump
    from netstat_parse.schema.model import Model


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
    from netstat_parse.reading.pipeline import Reading

    return _dump(Reading(source, name=name, encoding=encoding, system=system))


def _dump(reading: "Reading | Session") -> "Dump":
    from netstat_parse.schema import Dump

    tables: dict[str, list[Model]] = {}
    with _uncollected():
        for rows in reading.rows():
            tables.setdefault(rows.kind, []).extend(_models(rows))
        return Dump.model_validate({"source": reading.name, **tables, "lines": reading.lines})


def _models(rows: "Rows") -> "list[Model]":
    """The records of a block: a block at a time, as what is not yet validated takes more memory than what is."""
    from netstat_parse.records.rows import plain

    return _validator(rows.kind).validate_python(plain(rows.columns))


@cache
def _validator(table: str) -> "TypeAdapter[list[Model]]":
    from pydantic import TypeAdapter

    from netstat_parse.schema import TABLES

    return TypeAdapter(list[TABLES[table]])  # type: ignore[valid-type]  # which model it is, is data


@contextmanager
def _uncollected() -> "Iterator[None]":
    """Keep the collector of cycles from looking at all records again and again: none is in a cycle.

    It takes two thirds of the time that 100,000 records need. In the end they go to the oldest generation at once.
    """
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if not gc.get_freeze_count():  # else somebody has frozen what is to stay so
            gc.freeze()
            gc.unfreeze()
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
    from netstat_parse.reading.pipeline import read

    for rows in read(source, name=name, encoding=encoding, system=system):
        yield from _models(rows)


def rows(
    data: bytes | str, source: str, *, encoding: str | None = None, system: str | None = None
) -> "Iterator[dict[str, Any]]":
    """The records as plain dicts, for engines that spread a work over processes: it pickles, and is stable.

    Each dict has `kind` (connection, route ...), `source`, and every field of such a record; a field that is called
    `source` itself has the kind before its name (`route_source`). Bytes of an archive give the rows of each file in it.
    Input that cannot be read raises nothing, lest one bad file end a job over thousands: it gives a row of the kind
    diagnostic, with the code no-table or unreadable.

    Raises:
        LookupError: there is no such encoding or no such system.
    """
    from netstat_parse.records.columns import FILES, columns
    from netstat_parse.records.fields import record_kind
    from netstat_parse.records.rows import records
    from netstat_parse.store.provenance import ReadOptions, read_bytes

    for name, some in read_bytes(data, source, ReadOptions(encoding, system)):
        if some.kind != FILES:
            names = [column.name for column in columns(some.kind)]
            for record in records(some.kind, some.columns):
                yield {"kind": record_kind(some.kind), **dict(zip(names, (name, *record.values()), strict=True))}


def to_json(
    source: "Source", *, name: str | None = None, encoding: str | None = None, system: str | None = None
) -> bytes:
    """The JSON document of what `parse` gives, made without building its objects, and so faster."""
    from netstat_parse.formats.json_writer import document
    from netstat_parse.reading.pipeline import Reading

    reading = Reading(source, name=name, encoding=encoding, system=system)
    return b"".join(document(reading.rows(), name, lambda: reading.lines))


def run(*options: str, **wanted: "Unpack[Wanted]") -> "Dump":
    """Ask this machine's netstat, and read what it prints.

    Without options it is asked for everything, with those options that it understands: on Linux and on Windows the same
    question. Each command that this takes is a snapshot of the dump. ``run(routes=True)`` asks for the routes alone,
    ``run(groups=False)`` for all but the groups, and ``run("-an")`` hands on options of netstat itself.

    What goes wrong and leaves something to read is a diagnostic: messages on standard error, a command that did not end
    in time or printed too much, processes that only root may see.

    Args:
        options: options of netstat itself, instead of a question.
        connections, statistics, interfaces, routes, groups: the parts of the question.
        processes: whether to ask for the processes of the sockets (True).
        numeric: whether to ask for numbers, and not for names, which may take long to look up (True).
        netstat: the netstat to run: a path, or a command of several words, ``["busybox", "netstat"]``. Its program is
            looked for in the system's folders, never by PATH or in the current folder.
        timeout: how many seconds to wait for each command (60).
        max_output: how many bytes of each command to read (256 MiB).
        encoding: the encoding of what it prints (on Windows the console's code page).
        system: read the tables of ``linux`` or ``windows`` only.

    Raises:
        FileNotFoundError: there is no netstat; the error tells how to get one.
        NetstatParseError: netstat has printed no table.
        ValueError: options and a question at once.
    """
    from contextlib import closing

    from netstat_parse.live.session import Session, plan

    with closing(Session(plan(options, wanted))) as asking:
        return _dump(asking)


def watch(interval: float, *options: str, count: int | None = None, **wanted: "Unpack[Wanted]") -> "Iterator[Dump]":
    """Ask this machine's netstat every `interval` seconds, `count` times or for ever, with what `run` takes.

    Raises:
        ValueError: the interval is not above 0, or what `run` raises.
    """
    from netstat_parse.live.interval import rounds, seconds
    from netstat_parse.live.session import plan

    return map(_dump, rounds(plan(options, wanted), seconds(interval), count))
