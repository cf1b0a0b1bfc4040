"""Durations that a user gives."""

from math import inf

MAX_WAIT_SECONDS = 365 * 24 * 60 * 60
"""Maximum interval or timeout, a year: longer waits exceed what operating systems count."""


MIN_SECONDS = 0.001
"""Minimum duration: no netstat is faster."""


def parse_seconds(value: object, maximum: float = inf) -> float:
    """Parse a number of seconds above 0, given as a number or as its text.

    Raises:
        ValueError: it is no number, below a millisecond, infinite, or above the maximum.
    """
    try:
        seconds = float(str(value))  # the text, so that True is no number
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < inf:
        raise ValueError(f"must be a number of seconds above 0, not {value}")
    if seconds < MIN_SECONDS:
        raise ValueError(f"must be at least {MIN_SECONDS} seconds, not {value}")
    if seconds > maximum:
        raise ValueError(f"must be at most {maximum} seconds, not {value}")
    return seconds
