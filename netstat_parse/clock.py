"""Time stamps in a log: when the netstat beside them was run, as far as somebody wrote it down."""

import re

NEAR = 4
"""Lines that may stand between a time stamp and the table it is told of."""

_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?(?:\ ?[AaPp]\.?[Mm]\b\.?)?"
_ISO = r"\d{4}-\d\d-\d\d[T\ ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:\ ?(?:Z|UTC|GMT)\b|\ ?[+-]\d\d:?\d\d\b)?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
_DAY = r"(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)"
_SYSLOG = rf"{_MONTH}\ [\ \d]\d\ \d\d:\d\d:\d\d(?:\.\d+)?"
_DATES = rf"{_DAY}\ {_MONTH}\ [\ \d]\d\ {_CLOCK}(?:\ [A-Z]{{2,5}}|\ [+-]\d{{2,4}})?\ \d{{4}}"
"""What ``date`` prints in the C locale, with its zone, as ctime does without; en_US has AM and PM."""
_SLASHED = r"\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\.?"
_WEEKDAY = rf"(?:{_DAY}\w*,?\ |\w{{1,3}}\.?,?\ )?"
_PLAIN = rf"(?:{_ISO}|{_DATES}|{_SYSLOG}|(?:{_DAY}\w*,?\ )?{_SLASHED},?\ +{_CLOCK})"

_STAMP = re.compile(rf"(?<![\w.:/-]){_PLAIN}(?![\w:])")
_DATE = re.compile(rf"\s*{_WEEKDAY}(?P<date>{_SLASHED})\s*$")
_TIME = re.compile(rf"\s*(?P<time>{_CLOCK})\s*$")
_ASKED = re.compile(r"The current (?P<what>date|time) is: *(?P<stamp>\S.*?)\s*$")
_LONGEST = 500
_DIGIT = re.compile(r"\d")

BEFORE = re.compile(rf"\[?(?P<stamp>{_ISO}|{_SYSLOG})\]?(?:\ [\w.:-]+\ [^\s:\[]+(?:\[\d+\])?:)?[\ \t]")
"""What a logger writes before each line: the time, and as syslog does the host and the program."""


def stamp(line: str) -> str | None:
    """The time stamp in a line, as it is written there."""
    found = _STAMP.search(line[:_LONGEST])
    return found[0].strip() if found else None


class Clock:
    """The time stamp last met, for the table that may follow it closely."""

    def __init__(self) -> None:
        self._stamp: str | None = None
        self._date: str | None = None
        self._line = -NEAR
        """Of the time stamp."""

    def hear(self, line: str, number: int) -> None:
        """Look for a time stamp in a line of the log."""
        if not _DIGIT.search(line[:_LONGEST]):
            return
        if (found := stamp(line)) is not None:
            self._stamp, self._line, self._date = found, number, None
        else:
            self._hear_half(line, number)

    def _hear_half(self, line: str, number: int) -> None:
        """Windows writes date and time with a command each: ``date /t``, ``time /t``."""
        asked = _ASKED.search(line[:_LONGEST])
        date, time = _DATE.match(line[:_LONGEST]), _TIME.match(line[:_LONGEST])
        is_time = time is not None or (asked is not None and asked["what"] == "time")
        if is_time and self._date is not None and number - self._line <= NEAR:
            half = asked["stamp"] if asked else line.strip()
            self._stamp, self._line, self._date = f"{self._date} {half}", number, None
        elif date or (asked and asked["what"] == "date"):
            self._stamp, self._line = None, number
            self._date = asked["stamp"] if asked else line.strip()

    def take(self, line: int) -> str | None:
        """The time stamp close above this line; it is told once."""
        taken, self._stamp = self._stamp, None
        return taken if line - self._line <= NEAR else None
