"""Compare two moments: `compare` for two dumps, `compare_all` for the moments of one."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from itertools import pairwise
from typing import Any

from netstat_parse.insight.compare.counters import compare_counters
from netstat_parse.insight.compare.interfaces import compare_interfaces
from netstat_parse.insight.compare.records import drop_uncertain
from netstat_parse.insight.compare.routes import compare_groups, compare_routes
from netstat_parse.insight.compare.sides import Sides
from netstat_parse.insight.compare.sockets import compare_connections, compare_unix_sockets
from netstat_parse.insight.compare.times import find_steps, seconds_between_moments, stamp_of
from netstat_parse.insight.moments import split_moments
from netstat_parse.records.durations import parse_seconds
from netstat_parse.schema import Dump
from netstat_parse.schema.comparison import RECORD_TABLES, Comparison, NotComparable, Side, make_comparison

COMPARERS: dict[str, Callable[[Sides], tuple[Sequence[Any], list[NotComparable]]]] = {
    "counters": compare_counters,
    "connections": compare_connections,
    "unix_sockets": compare_unix_sockets,
    "interfaces": compare_interfaces,
    "routes": compare_routes,
    "multicast_groups": compare_groups,
}
"""For each table the function that compares it, and returns what changed and what is not comparable."""

FIGURES = frozenset({"counters", "interfaces"})
"""Tables whose records count since the start of a system."""

TWO_SYSTEMS = "two systems do not count alike"

TOO_OLD = "the dump after is older, so that its counters are lower"


def compare(before: Dump, after: Dump, *, seconds: float | str | None = None) -> Comparison:
    """Compare two dumps of one host; of a dump with several moments the last one.

    Args:
        before: the earlier dump.
        after: the later dump.
        seconds: the time between them; None to compute it from their time stamps, as far as they have any.

    Raises:
        ValueError: `seconds` is no number above 0.
    """
    return compare_moments(_last_moment(before), _last_moment(after), seconds)


def compare_all(dump: Dump, *, seconds: float | str | None = None) -> list[Comparison]:
    """Compare each moment of a log with the next one of the same host.

    Args:
        dump: a dump of several moments.
        seconds: the time from each moment to the next; None to compute it from the time stamps, or from the interval of
            the command.

    Raises:
        ValueError: `seconds` is no number above 0.
    """
    return compare_consecutive(split_moments(dump), seconds=seconds)


def compare_consecutive(moments: Sequence[Dump], *, seconds: float | str | None = None) -> list[Comparison]:
    """Compare each moment with the next one of the same host; otherwise as `compare_all`."""
    comparisons = {
        id(after): compare_moments(before, after, seconds, step=step)
        for series in group_series(moments)
        for (before, after), step in zip(pairwise(series), find_steps(series), strict=True)
    }
    return [comparisons[id(moment)] for moment in moments if id(moment) in comparisons]


def group_series(moments: Sequence[Dump]) -> list[list[Dump]]:
    """Group moments by host and system, in order."""
    series: dict[Hashable, list[Dump]] = {}
    for moment in moments:
        own = [(snapshot.origin, snapshot.system) for snapshot in moment.snapshots[:1]]
        series.setdefault(tuple(own), []).append(moment)
    return list(series.values())


def seconds_within(moments: Sequence[Dump], before: Dump, after: Dump) -> float | None:
    """Return the seconds from one moment of a log to another one of the same host; None if they are not known."""
    for series in group_series(moments):
        places = [place for place, moment in enumerate(series) if moment is before or moment is after]
        if len(places) == 2 and series[places[0]] is before:  # noqa: PLR2004 - the two
            direct = seconds_between_moments(before, after)
            steps = find_steps(series)[places[0] : places[1]]
            known = [step for step in steps if step is not None]
            return direct if direct is not None or len(known) < len(steps) else sum(known)
    return None


def _last_moment(dump: Dump) -> Dump:
    """Return the last moment of a dump; the dump itself if it has no record."""
    return [dump, *split_moments(dump)][-1]


def compare_moments(
    before: Dump, after: Dump, seconds: float | str | None = None, *, step: float | None = None
) -> Comparison:
    """Compare two moments, each of them a dump that `split_moments` returned; otherwise as `compare`.

    Args:
        before: the earlier moment.
        after: the later moment.
        seconds: the time between them, as a user gives it.
        step: the seconds between them by the log that contains both, if known; 0 or less if its clock did not go on.
    """
    if seconds is None:
        duration, problems = _find_duration(before, after, step)
    else:
        duration, problems = _parse_seconds(seconds), []
    sides = Sides((before, after), duration)
    doubt = TOO_OLD if problems else TWO_SYSTEMS if len(sides.systems) > 1 else None
    problems += _report_hosts(sides)
    tables: dict[str, Sequence[Any]] = {}
    for table, compare_table in COMPARERS.items():
        missing = sides.find_missing(table)
        if doubt and table in FIGURES:
            if any(getattr(moment, table) for moment in sides.moments):
                problems.append(NotComparable(table=table, reason=doubt))
        elif missing:
            other = "after" if missing == "before" else "before"
            problems.append(NotComparable(table=table, reason=f"only the dump {other} has this table"))
        else:
            changes, found = compare_table(sides)
            if table in RECORD_TABLES:
                changes, uncertain = drop_uncertain(table, [*changes], sides.moments)
                found += uncertain
            tables[table] = changes
            problems += found
    if before.masquerades or after.masquerades:
        problems.append(NotComparable(table="masquerades", reason="masqueraded connections are not compared"))
    sides_of = {"before": _describe(before), "after": _describe(after), "seconds": duration}
    return make_comparison(sides.moments, {**sides_of, **tables, "not_comparable": problems})


def _parse_seconds(seconds: float | str) -> float:
    try:
        return parse_seconds(seconds)
    except ValueError as error:
        raise ValueError(f"seconds {error}") from None


def _find_duration(before: Dump, after: Dump, step: float | None) -> tuple[float | None, list[NotComparable]]:
    """Return the seconds between two moments by their log or time stamps; None, and the reason, in wrong order."""
    seconds = seconds_between_moments(before, after) if step is None else step
    if seconds is None or seconds >= 0:
        return seconds, []
    reason = f"the dump after is older: {stamp_of(after)} is before {stamp_of(before)}"
    return None, [NotComparable(table="snapshots", reason=reason)]


def _report_hosts(sides: Sides) -> Iterator[NotComparable]:
    """Report that the moments are of two systems, or of two origins, so that they may be of two hosts."""
    first, second = (moment.snapshots[0] if moment.snapshots else None for moment in sides.moments)
    if first and second:
        for field in ("system", "origin"):
            old, new = getattr(first, field), getattr(second, field)
            if old and new and old != new:
                reason = f"the {field}s differ: {old} before, {new} after"
                yield NotComparable(table="snapshots", subject=field, reason=reason)


def _describe(moment: Dump) -> Side:
    """Describe the input and the place of a moment."""
    first = moment.snapshots[0] if moment.snapshots else None
    return Side(
        source=moment.source,
        snapshot=first.index if first else 0,
        first_line=first.first_line if first else None,
        captured_at=stamp_of(moment),
        system=first.system if first else None,
        origin=first.origin if first else None,
    )
