"""Find time stamps in a log, which give the time of the netstat run below them.

Loggers print them, and ``date`` on Linux and on Windows. The patterns are compiled at the first use: most dumps have no
text in which to look for a time stamp.
"""

import re
from collections import deque
from functools import cache

from netstat_parse.precompiled import compile_pattern

MAX_LINES_APART = 4
"""Maximum distance between a time stamp and its table, in lines."""

MAX_OBSERVED_LINES = 3 * MAX_LINES_APART
"""Number of lines that are kept: the distances from a date to the time below it, and from there to the table."""

MAX_STAMPED_CHARS = 500
"""Number of characters of a line in which a time stamp is searched."""

_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?(?:\ ?[AaPp]\.?[Mm]\b\.?)?"

_ISO = r"\d{4}-\d\d-\d\d[T\ ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:\ ?(?:Z|UTC|GMT)\b|\ ?[+-]\d\d:?\d\d\b)?"

MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
"""The pattern of a month's name, as loggers print it in any locale."""

DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
"""The pattern of a weekday's name."""

_SYSLOG = rf"{MONTH}\ [\ \d]\d\ \d\d:\d\d:\d\d(?:\.\d+)?"

_DATE_COMMAND = rf"{DAY}\ {MONTH}\ [\ \d]\d\ {_CLOCK}(?:\ [A-Z]{{2,5}}|\ [+-]\d{{2,4}})?\ \d{{4}}"
"""The output of ``date`` in the C locale, with a time zone, and of ctime, without; en_US has AM and PM."""

_SHORT_DATE = r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\.?"

_NAMED_MONTH = (
    rf"\d{{1,2}}/{MONTH}/\d{{4}}:\d\d:\d\d:\d\d(?:\ [+-]\d{{4}})?"
    rf"|(?:\d{{1,2}}[-\ ]{MONTH}[-\ ]\d{{4}}|{MONTH}\ \d{{1,2}},\ \d{{4}}),?\ {_CLOCK}"
)
"""Dates of web servers, mail and Java."""

_DIGIT = compile_pattern(r"\d")

_OTHER_TIMES = ("Last login",)
"""Beginnings of lines that have the time of another event."""


@cache
def _timestamp() -> re.Pattern[str]:
    whole = rf"(?:{_ISO}|{_DATE_COMMAND}|{_SYSLOG}|{_NAMED_MONTH}|(?:{DAY}\w*,?\ )?{_SHORT_DATE},?\ +{_CLOCK})"
    return compile_pattern(rf"(?<![\w.:/-])(?=[\dA-Z]){whole}(?![\w:])")


@cache
def _half() -> re.Pattern[str]:
    """Compile the output of Windows' ``date`` and ``time``, with ``/t`` and without."""
    date = rf"\s*+(?P<date>(?:{DAY}\w*,?\ |\w{{1,3}}\.?,?\ )?{_SHORT_DATE})\s*+$"
    time = rf"\s*+(?P<time>{_CLOCK})\s*+$"
    return compile_pattern(rf"{date}|{time}|(?:.*?The current (?:date is: *+(?P<today>\S.*)|time is: *+(?P<now>\S.*)))")


@cache
def _prefix() -> re.Pattern[str]:
    """Compile what a prefix may begin with, if it has no date: a time of day, or the seconds since 1970."""
    return compile_pattern(
        rf"[\[(]?(?P<time>{_CLOCK}|[12]\d{{9}}(?:[.,]\d+|\d{{3}})?)(?![\w.])|\[\d+\] (?P<pssh>{_CLOCK}) \["
    )


def find_timestamp(line: str) -> str | None:
    """Find the first time stamp in a line, and return it as printed."""
    found = _timestamp().search(line[:MAX_STAMPED_CHARS])
    return found[0].strip() if found else None


def find_in_prefix(line: str) -> str | None:
    """Find the time stamp in a line from which a prefix was stripped: it may lack the date."""
    stamp = find_timestamp(line)
    if stamp is None and (found := _prefix().match(line)):
        return found["time"] or found["pssh"]
    return stamp


class TimestampTracker:
    """Finds the time stamp right above a table.

    Most lines of a log have a time stamp but no table below them. So the tracker only keeps the last lines, and
    searches them when a table comes.
    """

    def __init__(self) -> None:
        self._timestamp: str | None = None
        self._date: str | None = None
        self._line = -MAX_LINES_APART
        """The line of the time stamp."""
        self._lines: deque[tuple[str, int]] = deque(maxlen=MAX_OBSERVED_LINES)
        self._marked: tuple[int, str | None] = (0, None)
        """The line of the last title, and the time stamp above it."""

    def observe(self, line: str, number: int) -> None:
        """Keep a line of the log, which may have a time stamp."""
        self._lines.append((line, number))

    def mark(self, line: int) -> None:
        """Search the lines above the title in this line now: text between title and table may displace them."""
        self._marked = (line, self._take(line))

    def take(self, line: int, original: str = "") -> str | None:
        """Return the time stamp next to the table in this line, and forget it: it belongs to one snapshot.

        Args:
            line: the number of the line.
            original: the line itself before prefixes were stripped. Its time stamp is the nearest.
        """
        marked = self._marked[1] if self._marked[0] == line else None
        self._marked = (0, None)
        found = self._take(line)
        return find_in_prefix(original) or marked or found

    def _take(self, line: int) -> str | None:
        while self._lines:
            self._search(*self._lines.popleft())
        found, self._timestamp = self._timestamp, None
        return found if abs(line - self._line) <= MAX_LINES_APART else None

    def _search(self, line: str, number: int) -> None:
        if not _DIGIT.search(line[:MAX_STAMPED_CHARS]) or line.startswith(_OTHER_TIMES):
            return
        if (found := find_timestamp(line)) is not None:
            self._timestamp, self._line, self._date = found, number, None
        else:
            self._observe_half(line, number)

    def _observe_half(self, line: str, number: int) -> None:
        """Join date and time, which two commands of Windows print."""
        found = _half().match(line[:MAX_STAMPED_CHARS])
        if found is None:
            return
        date, time = found["date"] or found["today"], found["time"] or found["now"]
        if date:
            self._timestamp, self._line, self._date = None, number, date.rstrip()
        elif self._date is not None and number - self._line <= MAX_LINES_APART:
            self._timestamp, self._line, self._date = f"{self._date} {time.rstrip()}", number, None
