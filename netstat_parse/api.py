"""The functions of the package that parse: `parse`, `stream`, `run` and others."""

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any, Unpack

    from netstat_parse.decode.text import Source
    from netstat_parse.live.queries import RunArguments
    from netstat_parse.schema import Dump, Record


def parse(
    source: "Source", *, name: str | None = None, encoding: str | None = None, system: str | None = None
) -> "Dump":
    """Parse the output of netstat.

    Args:
        source: the whole output: text, bytes in any encoding, a file opened for reading, or an iterable of lines. A
            path is not opened: use `parse_file`.
        name: the name of the input, for error messages and the document's `source`.
        encoding: the encoding of the bytes, as Python names it; None to detect it.
        system: the only system whose tables are looked for: ``linux`` or ``windows``; None for all.

    Raises:
        NetstatParseError: the input contains no netstat table.
        LookupError: the encoding or the system is unknown.
        TypeError: the source is a path, or nothing that can be read.
    """
    from netstat_parse.arguments import require_source, suggest_parse_file
    from netstat_parse.dumps import make_dump
    from netstat_parse.reading.pipeline import Reading

    require_source("parse", source)
    with suggest_parse_file(source):
        return make_dump(Reading(source, name=name, encoding=encoding, system=system))


def parse_file(path: str | os.PathLike[str], *, encoding: str | None = None, system: str | None = None) -> "Dump":
    """Parse a file that contains the output of netstat.

    Args:
        path: the file; its path is the document's `source`.
        encoding: as for `parse`.
        system: as for `parse`.

    Raises:
        OSError: the file cannot be read.
        NetstatParseError: the file contains no netstat table.
        LookupError: the encoding or the system is unknown.
        TypeError: it is no path.
    """
    from pathlib import Path

    from netstat_parse.arguments import suggest_parse
    from netstat_parse.dumps import make_dump
    from netstat_parse.reading.pipeline import Reading
    from netstat_parse.records.values import escape_name

    with suggest_parse(path):
        content = Path(path).read_bytes()
    return make_dump(Reading(content, name=escape_name(os.fspath(path)), encoding=encoding, system=system))


def stream(
    source: "Source", *, name: str | None = None, encoding: str | None = None, system: str | None = None
) -> "Iterator[Record]":
    """Yield records as soon as they are complete, in constant memory.

    A snapshot is yielded after its records. A diagnostic may come before or after the records of the lines around it.

    Args:
        source: text, bytes, a file opened for reading, or an iterable of lines.
        name: as for `parse`.
        encoding: as for `parse`.
        system: as for `parse`.

    Raises:
        NetstatParseError: at the end, if the input contains no netstat table.
        LookupError: the encoding or the system is unknown.
        TypeError: the source is a path, or nothing that can be read.
    """
    from netstat_parse.arguments import require_source

    require_source("stream", source)
    return _stream(source, name, encoding, system)


def _stream(source: "Source", name: str | None, encoding: str | None, system: str | None) -> "Iterator[Record]":
    from netstat_parse.arguments import suggest_parse_file
    from netstat_parse.dumps import make_models
    from netstat_parse.reading.pipeline import read

    with suggest_parse_file(source):
        for rows in read(source, name=name, encoding=encoding, system=system):
            yield from make_models(rows)


def rows(
    data: bytes | str, source: str, *, encoding: str | None = None, system: str | None = None
) -> "Iterator[dict[str, Any]]":
    """Yield records as dicts, for engines that distribute work over processes; the function can be pickled.

    Each dict has `kind` (connection, route, ...), `source`, and all fields of the record. The field `source` of a route
    is `route_source`. Unreadable input raises no error, so that one bad file does not end a job over thousands: it
    yields a diagnostic with the code no-table or unreadable.

    Args:
        data: the whole output of netstat, or the bytes of an archive with any number of such files.
        source: the name of the input.
        encoding: as for `parse`.
        system: as for `parse`.

    Raises:
        LookupError: the encoding or the system is unknown.
    """
    from netstat_parse.records.database_columns import get_columns
    from netstat_parse.records.fields import record_kind
    from netstat_parse.records.rows import complete_records
    from netstat_parse.sources import ReadOptions, read_data, read_selected_rows

    for found in read_data(data, source, ReadOptions(encoding, system)):
        for name, block in read_selected_rows(found):
            names = [column.name for column in get_columns(block.kind)]
            for record in complete_records(block):
                yield {"kind": record_kind(block.kind), **dict(zip(names, (name, *record.values()), strict=True))}


def to_json(
    source: "Source", *, name: str | None = None, encoding: str | None = None, system: str | None = None
) -> bytes:
    """Return the JSON document of the output of netstat, in UTF-8.

    It has the content of ``parse(...).model_dump(mode="json")`` and takes less time, as no objects are built.

    Args:
        source: as for `stream`.
        name: as for `parse`.
        encoding: as for `parse`.
        system: as for `parse`.

    Raises:
        NetstatParseError: the input contains no netstat table.
        LookupError: the encoding or the system is unknown.
        TypeError: the source is a path, or nothing that can be read.
    """
    from netstat_parse.arguments import require_source, suggest_parse_file
    from netstat_parse.formats.json_writer import json_bytes
    from netstat_parse.reading.pipeline import Reading
    from netstat_parse.records.fields import field_defaults

    require_source("to_json", source)
    with suggest_parse_file(source):
        reading = Reading(source, name=name, encoding=encoding, system=system)
        blocks = ((block, field_defaults(block.kind)) for block in reading.rows())
        return json_bytes(blocks, name, lambda: reading.lines)


def run(*options: str, **arguments: "Unpack[RunArguments]") -> "Dump":
    """Run this machine's netstat and parse its output.

    Without arguments it is run with the options for everything that it can print, the same on Linux and on Windows.
    Each command that this takes is a snapshot of the dump. ``run(routes=True)`` gets the routes only,
    ``run(groups=False)`` everything but the multicast groups, and ``run("-an")`` passes options to netstat itself.

    Problems that leave some output to parse become diagnostics: messages on standard error, a command that ran into
    `timeout` or `max_output`, processes that only an administrator may see.

    Args:
        options: options of netstat, instead of the keyword arguments that choose tables.
        connections, statistics, interfaces, routes, groups: the tables to get; by default all.
        processes: get the processes that own the sockets (default: True).
        numeric: print numbers instead of names, which may take long to resolve (default: True).
        netstat: the netstat to run: a path, or a command of several words, ``["busybox", "netstat"]``. A program
            without a path is looked for in system folders only, never in PATH or the current folder.
        timeout: the time limit of all commands in seconds, including the reading of their output (default: 60).
        max_output: the limit of each command's output in bytes (default: 256 MiB).
        encoding: the encoding of the output (default: on Windows the console's code page, else detected).
        system: the only system whose tables are looked for: ``linux`` or ``windows``.

    Raises:
        NoNetstatError: there is no netstat to run; the message says how to install it.
        NetstatParseError: netstat has printed no table.
        ValueError: both options and tables are given, every table is excluded, or `timeout` is no number above 0.
        LookupError: the encoding or the system is unknown.
    """
    from netstat_parse.dumps import make_dump
    from netstat_parse.live.plan import plan
    from netstat_parse.live.session import ask

    with ask(plan(options, arguments)) as session:
        return make_dump(session)


def watch(
    interval: float, *options: str, count: int | None = None, **arguments: "Unpack[RunArguments]"
) -> "Iterator[Dump]":
    """Run this machine's netstat again and again, and yield the dump of each run.

    Args:
        interval: the time from the start of one run to the next in seconds.
        options: as for `run`.
        count: the number of runs; None for no end.
        arguments: as for `run`.

    Raises:
        ValueError: the interval is not above 0, or as for `run`.
        NoNetstatError: as for `run`.
        NetstatParseError: as for `run`.
        LookupError: as for `run`.
    """
    from netstat_parse.dumps import make_dump
    from netstat_parse.live.interval import ask_repeatedly
    from netstat_parse.live.plan import plan
    from netstat_parse.records.durations import MAX_WAIT_SECONDS, parse_seconds

    return map(make_dump, ask_repeatedly(plan(options, arguments), parse_seconds(interval, MAX_WAIT_SECONDS), count))
