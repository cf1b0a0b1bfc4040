"""The functions of the package: they parse (`parse`, `stream`, `run` ...), `compare`, `check`, `explain` and more."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, overload

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any, Unpack

    from netstat_parse.decode.text import Source
    from netstat_parse.insight.check.baseline import Baseline
    from netstat_parse.live.queries import RunArguments
    from netstat_parse.schema import Connection, Dump
    from netstat_parse.schema.comparison import Comparison
    from netstat_parse.schema.explanation import Explanation
    from netstat_parse.schema.findings import Finding
    from netstat_parse.schema.model import Model


def parse(
    source: bytes | str, *, name: str | None = None, encoding: str | None = None, system: str | None = None
) -> "Dump":
    """Parse the output of netstat.

    Args:
        source: the whole output: text, or bytes in any encoding.
        name: the name of the input, for error messages and the document's `source`.
        encoding: the encoding of the bytes, as Python names it; None to detect it.
        system: the only system whose tables are looked for: ``linux`` or ``windows``; None for all.

    Raises:
        NetstatParseError: the input contains no netstat table.
        LookupError: the encoding or the system is unknown.
    """
    from netstat_parse.dumps import make_dump
    from netstat_parse.reading.pipeline import Reading

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
    """
    from netstat_parse.records.values import escape_name

    return parse(Path(path).read_bytes(), name=escape_name(os.fspath(path)), encoding=encoding, system=system)


def stream(
    source: "Source", *, name: str | None = None, encoding: str | None = None, system: str | None = None
) -> "Iterator[Model]":
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
    """
    from netstat_parse.dumps import make_models
    from netstat_parse.reading.pipeline import read

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
    """
    from netstat_parse.formats.json_writer import json_document
    from netstat_parse.reading.pipeline import Reading
    from netstat_parse.records.fields import field_defaults

    reading = Reading(source, name=name, encoding=encoding, system=system)
    blocks = ((block, field_defaults(block.kind)) for block in reading.rows())
    return b"".join(json_document(blocks, name, lambda: reading.lines))


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
        ValueError: both options and tables are given, or every table is excluded.
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


def compare(before: "Dump", after: "Dump", *, seconds: float | str | None = None) -> "Comparison":
    """Compare two dumps of one host: what changed from the first to the second.

    Of a dump with several moments, such as the log of an interval, the last one is compared; `compare_all` compares
    each with the next one.

    Args:
        before: the earlier dump.
        after: the later dump.
        seconds: the time between them, for rates; None to compute it from their time stamps, as far as they have any.

    Raises:
        TypeError: one of them is no dump.
        ValueError: `seconds` is no number above 0.
    """
    from netstat_parse.insight.compare.compare import compare as compare_dumps

    _require_dumps("compare", before, after)
    return compare_dumps(before, after, seconds=seconds)


def compare_all(dump: "Dump", *, seconds: float | str | None = None) -> "list[Comparison]":
    """Compare each moment of a log with the next one of the same host.

    Args:
        dump: a dump with several moments.
        seconds: the time from each moment to the next; None to compute it from the time stamps, or from the interval of
            the command.

    Raises:
        TypeError: it is no dump.
        ValueError: `seconds` is no number above 0.
    """
    from netstat_parse.insight.compare.compare import compare_all as compare_moments

    _require_dumps("compare_all", dump)
    return compare_moments(dump, seconds=seconds)


def _require_dumps(function: str, *values: object) -> None:
    from netstat_parse.schema import Dump

    for value in values:
        if not isinstance(value, Dump):
            raise TypeError(
                f"{function} takes a Dump, as of parse(text) or parse_file(path), not {type(value).__name__}"
            )


def check(
    subject: "Dump | Comparison | Sequence[Comparison]",
    *,
    rules: str | os.PathLike[str] | None = None,
    baseline: "Baseline | str | None" = None,
) -> "list[Finding]":
    """Return what is wrong in a dump, or in what changed between two, most severe first.

    The figures of a dump count since the start of its system; those of a comparison weigh more. Of a
    dump with several moments each is judged, and each rule gives one finding for each host. Several comparisons are the
    intervals of a log.

    Args:
        subject: a dump, a comparison, or several comparisons that follow one another.
        rules: a TOML file that adds rules, changes their thresholds, or switches them off.
        baseline: the listeners that should be there: a dump, lines such as ``tcp 0.0.0.0:22 sshd``, or the text of
            either.

    Raises:
        OSError: the file of rules cannot be read.
        TypeError: the subject is no dump, and no comparison.
        ValueError: the file of rules or a line of the baseline is wrong, the listeners cannot be compared with the
            baseline, or a comparison has no dumps, as one that was read from JSON.
    """
    from netstat_parse.insight.check.check import find_baseline_obstacle, judge
    from netstat_parse.insight.check.rules import load_rules
    from netstat_parse.schema import Dump
    from netstat_parse.schema.comparison import Comparison

    comparisons = subject if isinstance(subject, (list, tuple)) else [subject]
    if not isinstance(subject, Dump) and not all(isinstance(comparison, Comparison) for comparison in comparisons):
        raise TypeError("check judges a Dump, a Comparison, or a list of comparisons: of a text, check(parse(text))")
    if isinstance(baseline, str):
        baseline = _read_baseline(baseline)
    report = judge(subject, rules=load_rules(None if rules is None else Path(rules)), baseline=baseline)
    if baseline is not None and (reason := find_baseline_obstacle(report)):
        raise ValueError(f"the listeners cannot be compared with the baseline: {reason}")
    return report.findings


def _read_baseline(text: str) -> "Baseline":
    """Read a baseline from a text.

    Raises:
        ValueError: it is neither a list of listeners nor the output of netstat.
    """
    from netstat_parse.insight.check.baseline import is_list, parse_baseline

    if is_list(text):
        return parse_baseline(text, "baseline")
    try:
        return parse(text, name="baseline")
    except ValueError as error:
        hint = "a list of listeners, such as `tcp 0.0.0.0:22 sshd`; of a file pass its text"
        raise ValueError(f"baseline is neither the output of netstat nor {hint}") from error


@overload
def listeners(dump: "Dump", *, snapshot: int | None = None) -> "list[Connection]": ...


@overload
def listeners(dump: "Mapping[str, Any]", *, snapshot: int | None = None) -> "list[Mapping[str, Any]]": ...


def listeners(dump: "Dump | Mapping[str, Any]", *, snapshot: int | None = None) -> "list[Any]":
    """Return the listening sockets of a dump, as ``netstat-parse listeners`` finds them.

    They are sockets in the state `listen`, and sockets without a peer whose protocol has no states, such as UDP, or
    whose state is not known.

    Args:
        dump: a dump, or its JSON document as a dict.
        snapshot: the index of the snapshot to select from; None for all.

    Raises:
        ValueError: there is none, and the dump does not show that there was none: netstat was run without `-a` and
            `-l`, or printed no sockets.
    """
    from netstat_parse.insight.facts.listening import select_listeners

    tables = dump if isinstance(dump, Mapping) else {"snapshots": dump.snapshots, "connections": dump.connections}
    return select_listeners(tables, snapshot)


def explain(term: str) -> "list[Explanation]":
    """Explain a term of netstat.

    The term is a counter by its name in the kernel, a MIB or the schema, or by any label that a netstat prints; a
    state, column or title in any language; a flag, a timer, an option, or a field of the schema. A term that means
    several things has several explanations, an unknown term has none.

    Args:
        term: the term, as people copy it: figures and a colon do not matter.
    """
    from netstat_parse.insight.explain.explain import explain

    return explain(term)
