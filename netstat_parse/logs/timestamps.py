"""Find time stamps in a log: when the netstat next to them was run, as far as somebody wrote it down.

They are those of loggers, and of ``date`` on Linux and on Windows. The patterns are compiled when the first line with a
digit comes that no table has.
"""

import re
from collections import deque
from functools import cache

MAX_LINES_APART = 4
"""Lines that may come between a time stamp and the table that it belongs to."""


MAX_OBSERVED_LINES = 3 * MAX_LINES_APART
"""Lines that are kept for a table that may come: a date, the time below it, and the table."""


MAX_STAMPED_CHARS = 500
"""Characters of a line among which a time stamp is searched."""


_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?(?:\ ?[AaPp]\.?[Mm]\b\.?)?"


_ISO = r"\d{4}-\d\d-\d\d[T\ ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:\ ?(?:Z|UTC|GMT)\b|\ ?[+-]\d\d:?\d\d\b)?"


_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"


_DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"


_SYSLOG = rf"{_MONTH}\ [\ \d]\d\ \d\d:\d\d:\d\d(?:\.\d+)?"


_DATE_COMMAND = rf"{_DAY}\ {_MONTH}\ [\ \d]\d\ {_CLOCK}(?:\ [A-Z]{{2,5}}|\ [+-]\d{{2,4}})?\ \d{{4}}"
"""The output of ``date`` in the C locale, with its zone, and of ctime, without; en_US has AM and PM."""


_SHORT_DATE = r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\.?"


_DIGIT = re.compile(r"\d")


@cache
def _timestamp() -> re.Pattern[str]:
    whole = rf"(?:{_ISO}|{_DATE_COMMAND}|{_SYSLOG}|(?:{_DAY}\w*,?\ )?{_SHORT_DATE},?\ +{_CLOCK})"
    return re.compile(rf"(?<![\w.:/-]){whole}(?![\w:])")


@cache
def _half() -> re.Pattern[str]:
    """Compile what Windows prints for ``date`` and ``time``, with ``/t`` and without."""
    date = rf"\s*(?P<date>(?:{_DAY}\w*,?\ |\w{{1,3}}\.?,?\ )?{_SHORT_DATE})\s*$"
    time = rf"\s*(?P<time>{_CLOCK})\s*$"
    return re.compile(rf"{date}|{time}|.*?The current (?:date is: *(?P<today>\S.*?)|time is: *(?P<now>\S.*?))\s*$")


@cache
def _logger_prefix() -> re.Pattern[str]:
    return re.compile(rf"\[?(?:{_ISO}|{_SYSLOG})\]?(?:\ [\w.:-]+\ [^\s:\[]+(?:\[\d+\])?:)?[\ \t]")


def find_timestamp(line: str) -> str | None:
    """Find the first time stamp in a line, as it is written there."""
    found = _timestamp().search(line[:MAX_STAMPED_CHARS])
    return found[0].strip() if found else None


def logger_prefix_end(line: str) -> int | None:
    """Return where the prefix of a logger ends: a time stamp, and in syslog the host and the program."""
    found = _logger_prefix().match(line)
    return found.end() if found else None


class TimestampTracker:
    """The last time stamp of a log, for the table that may follow it closely.

    Most lines of a log have a time stamp and no table below them. So lines are only kept, and the last ones are
    searched when a table comes: earlier ones are too far from it.
    """

    def __init__(self) -> None:
        self._timestamp: str | None = None
        self._date: str | None = None
        self._line = -MAX_LINES_APART
        """The line of the time stamp."""
        self._lines: deque[tuple[str, int]] = deque(maxlen=MAX_OBSERVED_LINES)

    def observe(self, line: str, number: int) -> None:
        """Note a line of the log, which may have a time stamp."""
        self._lines.append((line, number))

    def _search(self, line: str, number: int) -> None:
        if not _DIGIT.search(line[:MAX_STAMPED_CHARS]):
            return
        if (found := find_timestamp(line)) is not None:
            self._timestamp, self._line, self._date = found, number, None
        else:
            self._observe_half(line, number)

    def _observe_half(self, line: str, number: int) -> None:
        """Join date and time, which Windows prints by a command each."""
        found = _half().match(line[:MAX_STAMPED_CHARS])
        if found is None:
            return
        date, time = found["date"] or found["today"], found["time"] or found["now"]
        if date:
            self._timestamp, self._line, self._date = None, number, date
        elif self._date is not None and number - self._line <= MAX_LINES_APART:
            self._timestamp, self._line, self._date = f"{self._date} {time}", number, None

    def take(self, line: int) -> str | None:
        """Return the time stamp close above this line, and forget it: it belongs to one snapshot."""
        while self._lines:
            self._search(*self._lines.popleft())
        found, self._timestamp = self._timestamp, None
        return found if line - self._line <= MAX_LINES_APART else None
