"""The seconds between two time stamps, as logs write them.

A time stamp is only known as text: loggers and shells of all countries write it. Where two readings of a pair differ,
as with 11/05 and 11/06, there is no result: a wrong rate is worse than none.
"""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from netstat_parse.schema import Dump, Snapshot

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

ZONE_HOURS = {
    "Z": 0,
    "UTC": 0,
    "GMT": 0,
    "WET": 0,
    "WEST": 1,
    "CET": 1,
    "CEST": 2,
    "EET": 2,
    "EEST": 3,
    "MSK": 3,
    "EST": -5,
    "EDT": -4,
    "CST": -6,
    "CDT": -5,
    "MST": -7,
    "MDT": -6,
    "PST": -8,
    "PDT": -7,
    "JST": 9,
}
"""Hours from UTC of time zones. CST is also a zone of China, so it is only used beside CDT."""

EPOCH = datetime(1970, 1, 1)  # noqa: DTZ001 - the zone of a stamp is beside its time
"""Time from which the seconds of Unix count."""

LEAP_YEAR = 2000
"""Year that stands for one that is not written; it has a 29 February."""

MAX_YEAR_CHANGE = timedelta(days=60)
"""Longest time across New Year between two time stamps without a year."""

_CLOCK = r"(?P<h>\d{1,2}):(?P<min>\d\d)(?::(?P<s>\d\d))?(?:[.,](?P<fraction>\d+))?(?:\ ?(?P<half>[AaPp])\.?[Mm]\.?)?"
_ZONE = r"(?:\ ?(?P<zone>Z|[A-Z]{2,5}|[+-]\d\d:?(?:\d\d)?))?"
_MONTH = rf"(?P<month>{'|'.join(MONTHS)})"
_WEEKDAY = r"(?:[^\W\d]{1,12}\.?,?\ +)?"

_FORMS = {
    "ymd": rf"(?P<y>\d{{4}})-(?P<m>\d\d)-(?P<d>\d\d)[T\ ]{_CLOCK}{_ZONE}",
    "date": rf"[^\W\d]{{3}}\ {_MONTH}\ +(?P<d>\d{{1,2}})\ {_CLOCK}{_ZONE}\ (?P<y>\d{{4}})",
    "named": rf"(?P<d>\d{{1,2}})[/\ -]{_MONTH}[/\ -](?P<y>\d{{4}})[:,]?\ ?{_CLOCK}{_ZONE}",
    "java": rf"{_MONTH}\ (?P<d>\d{{1,2}}),\ (?P<y>\d{{4}}),?\ {_CLOCK}{_ZONE}",
    "syslog": rf"{_MONTH}\ +(?P<d>\d{{1,2}})\ {_CLOCK}",
    "short ymd": rf"{_WEEKDAY}(?P<y>\d{{4}}|\d\d)[/.-](?P<m>\d{{1,2}})[/.-](?P<d>\d{{1,2}})\.?,?\ +{_CLOCK}",
    "short dmy": rf"{_WEEKDAY}(?P<d>\d{{1,2}})[/.-](?P<m>\d{{1,2}})[/.-](?P<y>\d{{4}}|\d\d)\.?,?\ +{_CLOCK}",
    "short mdy": rf"{_WEEKDAY}(?P<m>\d{{1,2}})[/-](?P<d>\d{{1,2}})[/-](?P<y>\d{{4}}|\d\d)\.?,?\ +{_CLOCK}",
    "time": _CLOCK,
    "epoch": r"(?P<epoch>[12]\d{9})(?:[.,]?(?P<fraction>\d+))?",
}
"""Patterns of whole time stamps. Several may match: each match is one reading."""


class Stamp(NamedTuple):
    """One reading of a time stamp."""

    form: str
    time: datetime
    """The time on the clock of its zone."""
    zone: str | None
    has_seconds: bool


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {form: re.compile(pattern, re.IGNORECASE) for form, pattern in _FORMS.items()}


def read_stamp(text: str) -> Iterator[Stamp]:
    """Yield each reading of a time stamp."""
    for form, pattern in _patterns().items():
        if found := pattern.fullmatch(text.strip()):
            stamp = _read_parts(form, found.groupdict())
            if stamp:
                yield stamp


def _read_parts(form: str, parts: dict[str, str | None]) -> Stamp | None:
    fraction = timedelta(seconds=float(f"0.{parts.get('fraction') or 0}"))
    if parts.get("epoch"):
        seconds = timedelta(seconds=int(parts["epoch"] or 0))
        return Stamp("epoch", EPOCH + seconds + fraction, "UTC", has_seconds=True)
    year = int(parts.get("y") or LEAP_YEAR)
    name = parts.get("month")
    month = MONTHS.index(name.lower()) + 1 if name else int(parts.get("m") or 1)
    hour = int(parts["h"] or 0)
    if parts["half"]:
        hour = hour % 12 + 12 * (parts["half"].lower() == "p")
    try:
        time = datetime(  # noqa: DTZ001 - the zone is usually not written
            year + (2000 if year < 100 else 0),  # noqa: PLR2004 - a year of two digits
            month,
            int(parts.get("d") or 1),
            hour,
            int(parts["min"] or 0),
            min(int(parts["s"] or 0), 59),  # a leap second is 60
        )
    except ValueError:
        return None
    zone = parts.get("zone")
    return Stamp(form, time + fraction, zone.upper() if zone else None, parts["s"] is not None)


def seconds_between(before: str, after: str) -> float | None:
    """Return the seconds from one time stamp to another; None if they are not certain. Negative if it is earlier."""
    found = {
        difference.total_seconds()
        for first in read_stamp(before)
        for second in read_stamp(after)
        if (difference := _subtract(first, second)) is not None
    }
    return found.pop() if len(found) == 1 else None


def _subtract(before: Stamp, after: Stamp) -> timedelta | None:
    difference = after.time - before.time
    if before.zone == after.zone:
        is_comparable = before.form == after.form or before.zone is not None
    else:
        hours = [_zone_hours(stamp.zone, other.zone) for stamp, other in ((before, after), (after, before))]
        is_comparable = None not in hours
        difference -= timedelta(hours=(hours[1] or 0) - (hours[0] or 0))
    if not is_comparable or (difference == timedelta() and not (before.has_seconds and after.has_seconds)):
        return None
    if before.form == "time" and difference < timedelta():
        return difference + timedelta(days=1)
    if before.form == "syslog" and difference < timedelta():
        across = difference + timedelta(days=366)
        return across if across < MAX_YEAR_CHANGE else difference
    return difference


def _zone_hours(zone: str | None, other: str | None) -> float | None:
    """Return the hours from UTC of a zone; None if they are not certain beside the other zone."""
    if zone is None or (zone == "CST" and other != "CDT"):
        return None
    if zone[0] in "+-":
        digits = zone[1:].replace(":", "").ljust(4, "0")
        hours = int(digits[:2]) + int(digits[2:]) / 60
        return -hours if zone[0] == "-" else hours
    return ZONE_HOURS.get(zone)


def stamp_of(moment: Dump) -> str | None:
    """Return the time stamp of a moment: as the log has it, or as netstat_parse ran netstat."""
    stamps = (snapshot.captured_at or snapshot.started_at for snapshot in moment.snapshots)
    return next((stamp for stamp in stamps if stamp), None)


def seconds_between_moments(before: Dump, after: Dump) -> float | None:
    """Return the seconds from one moment to another by their time stamps; None if they are not known.

    Times of day without a date are only comparable in one input.
    """
    first, second = stamp_of(before), stamp_of(after)
    if first is None or second is None:
        return None
    if before.source != after.source and any(stamp.form == "time" for stamp in read_stamp(first)):
        return None
    return seconds_between(first, second)


def find_steps(moments: Sequence[Dump]) -> list[float | None]:
    """Return the seconds from each moment of a log to the next one; None where they are not known.

    The rounds of one run have equal steps: those of its command, or those that the time stamps around it leave.
    """
    steps = [seconds_between_moments(*pair) for pair in pairwise(moments)]
    begun = 0
    for place in range(1, len(moments) + 1):
        if place == len(moments) or any(snapshot.command for snapshot in moments[place].snapshots):
            _fill_run(moments[begun:place], steps, begun)
            begun = place
    return steps


def _fill_run(run: Sequence[Dump], steps: list[float | None], begun: int) -> None:
    """Fill the unknown steps of one run of netstat."""
    interval = next((found for snapshot in run[0].snapshots if (found := read_interval(snapshot))), None)
    stamped = [place for place, moment in enumerate(run) if stamp_of(moment)]
    for first, last in pairwise(stamped):
        whole = seconds_between_moments(run[first], run[last])
        if last - first > 1 and whole is not None and whole > 0:
            steps[begun + first : begun + last] = [whole / (last - first)] * (last - first)
    for place in range(begun, begun + len(run) - 1):
        if steps[place] is None:
            steps[place] = interval


def read_interval(snapshot: Snapshot) -> float | None:
    """Return the seconds from one round to the next by the command: the last word on Windows, one second for -c."""
    words = (snapshot.command or "").split()[1:]
    if snapshot.system == "windows":
        return float(words[-1]) if words and words[-1].isascii() and words[-1].isdigit() else None
    is_continuous = any(word == "--continuous" or re.fullmatch(r"-(?!-)\w*c\w*", word) for word in words)
    return 1.0 if is_continuous else None
