"""Compare two moments: `compare` for two dumps, `compare_all` for the moments of one."""

from netstat_parse.insight.compare.counters import compare_counters
from netstat_parse.insight.compare.interfaces import compare_interfaces
from netstat_parse.insight.compare.sides import Sides
from netstat_parse.insight.moments import split_moments
from netstat_parse.schema import Dump
from netstat_parse.schema.comparison import Comparison, Side, make_comparison


def compare(before: Dump, after: Dump, *, seconds: float | None = None) -> Comparison:
    """Compare two dumps of one host; of a dump with several moments the last one.

    Args:
        before: the earlier dump.
        after: the later dump.
        seconds: the time between them; None to compute it from their time stamps, as far as they have any.

    Raises:
        ValueError: `seconds` is negative.
    """
    if seconds is not None and seconds < 0:
        raise ValueError(f"seconds must not be negative: {seconds}")
    return _compare_moments(_last_moment(before), _last_moment(after), seconds)


def _last_moment(dump: Dump) -> Dump:
    """Return the last moment of a dump; the dump itself if it has no record."""
    return [dump, *split_moments(dump)][-1]


def _compare_moments(before: Dump, after: Dump, seconds: float | None) -> Comparison:
    sides = Sides((before, after), seconds)
    counters, problems = compare_counters(sides)
    interfaces, more_problems = compare_interfaces(sides)
    return make_comparison(
        sides.moments,
        {
            "before": _describe(before),
            "after": _describe(after),
            "seconds": sides.seconds,
            "counters": counters,
            "interfaces": interfaces,
            "not_comparable": [*problems, *more_problems],
        },
    )


def _describe(moment: Dump) -> Side:
    """Describe the input and the place of a moment."""
    first = moment.snapshots[0] if moment.snapshots else None
    return Side(
        source=moment.source,
        snapshot=first.index if first else 0,
        first_line=first.first_line if first else None,
        captured_at=next((snapshot.captured_at for snapshot in moment.snapshots if snapshot.captured_at), None),
    )
