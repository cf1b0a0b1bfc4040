"""Rates of counters and interfaces, and their sparklines."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

RATES: Mapping[str, Mapping[str, str]] = {
    "counters": {"value": "Per second"},
    "interfaces": {
        "in_octets": "In bytes/s",
        "out_octets": "Out bytes/s",
        "in_packets": "In packets/s",
        "out_packets": "Out packets/s",
    },
}
"""For each table the fields that count something, each with the heading of its rate."""

MAX_RATES = 20
"""Number of rates of a field that are kept, one for each round: the width of a sparkline."""

_BARS = "▁▂▃▄▅▆▇█"


class Series(NamedTuple):
    """The last value of a field, and its rates in the last rounds."""

    value: int | None
    rates: "deque[float | None]"
    """None for a round without a rate."""


class RateMeter:
    """Computes how much fields have grown per second since the previous round."""

    def __init__(self) -> None:
        self._seconds = self._previous_seconds = 0.0
        self._series: dict[tuple[str, int, str], Series] = {}
        self._previous_series = self._series

    def begin_round(self, seconds: float) -> None:
        """Begin a round at this time of a monotonic clock; records that the previous round did not have are dropped."""
        self._previous_series, self._series = self._series, {}
        self._previous_seconds, self._seconds = self._seconds, seconds

    def measure(self, table: str, number: int, field: str, value: int | None) -> Sequence[float | None]:
        """Add the value of a field of a record in this round, and return its rates of the last rounds, the newest last.

        A counter that has decreased was reset or has wrapped, so it has no rate in this round.
        """
        at = (table, number, field)
        previous = self._previous_series.get(at)
        rates = previous.rates if previous else deque(maxlen=MAX_RATES)
        rates.append(self._rate(previous.value, value) if previous else None)
        self._series[at] = Series(value, rates)
        return rates

    def keep(self, table: str, number: int) -> dict[str, Sequence[float | None]]:
        """Keep the values of a record that this round could not read, and return the rates of each field."""
        kept: dict[str, Sequence[float | None]] = {}
        for field in RATES.get(table, ()):
            previous = self._previous_series.get((table, number, field))
            if previous:
                previous.rates.append(None)
                self._series[table, number, field] = Series(None, previous.rates)
                kept[field] = previous.rates
        return kept

    def _rate(self, previous: int | None, value: int | None) -> float | None:
        if previous is None or value is None or value < previous or self._seconds <= self._previous_seconds:
            return None
        return (value - previous) / (self._seconds - self._previous_seconds)


def draw_sparkline(rates: Iterable[float | None]) -> str:
    """Draw rates as bars between 0 and the highest of them; a round without a rate is blank."""
    rates = [*rates]
    highest = max((rate for rate in rates if rate is not None), default=0) or 1
    return "".join(" " if rate is None else _BARS[round(rate / highest * (len(_BARS) - 1))] for rate in rates)
