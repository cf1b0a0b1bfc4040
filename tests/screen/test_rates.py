"""Rates compare a round of `watch` with the previous one."""

from typing import Any

import pytest

from netstat_parse.formats.screen import RateMeter


def measure(*values: int | None) -> list[str | None]:
    """Return the rate of a counter in each round, two seconds apart."""
    rates, meter = [], RateMeter()
    for number, value in enumerate(values):
        meter.begin_round(100.0 + 2 * number)
        record: dict[str, Any] = dict.fromkeys(("snapshot", "protocol", "family", "name", "label"), "x")
        (found,) = meter.add_rates("counters", iter([{**record, "value": value}]))
        rates.append(found["value per second"])
    return rates


@pytest.mark.parametrize(
    ("values", "rates"),
    [
        ([100, 103], [None, "1.5"]),
        ([100, 4100, 4100], [None, "2,000.0", "0.0"]),
        ([100, 90], [None, None]),  # reset or wrapped
        ([None, 90], [None, None]),
    ],
)
def test_a_rate_is_the_growth_per_second(values: list[int | None], rates: list[str | None]) -> None:
    assert measure(*values) == rates
