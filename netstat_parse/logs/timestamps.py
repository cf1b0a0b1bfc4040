"""Time stamps in a log: when the netstat beside them was run, as far as somebody wrote it down."""

import re

NEAR = 4
"""Lines that may stand between a time stamp and the table it is told of."""


_LONGEST = 500


_DIGIT = re.compile(r"\d")


def stamp(line: str) -> str | None:
    """The time stamp in a line, as it is written there."""
    from netstat_parse.logs import timestamp_patterns

    found = timestamp_patterns.STAMP.search(line[:_LONGEST])
    return found[0].strip() if found else None


class TimestampTracker:
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
        from netstat_parse.logs import timestamp_patterns

        asked = timestamp_patterns.ASKED.search(line[:_LONGEST])
        date, time = timestamp_patterns.DATE.match(line[:_LONGEST]), timestamp_patterns.TIME.match(line[:_LONGEST])
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
