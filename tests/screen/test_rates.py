"""Rates compare a round of `watch` with the previous one."""

import pytest

from netstat_parse.screen.rates import MAX_RATES, RateMeter, draw_sparkline


def measure(*values: int | None) -> list[float | None]:
    """Return the rate of a counter in each round, two seconds apart."""
    rates, meter = [], RateMeter()
    for number, value in enumerate(values):
        meter.begin_round(100.0 + 2 * number)
        rates.append(meter.measure("counters", 1, "value", value)[-1])
    return rates


@pytest.mark.parametrize(
    ("values", "rates"),
    [
        ([100, 103], [None, 1.5]),
        ([100, 4100, 4100], [None, 2000, 0]),
        ([100, 90], [None, None]),  # reset or wrapped
        ([100, 90, 92], [None, None, 1]),
        ([None, 90], [None, None]),
    ],
)
def test_a_rate_is_the_growth_per_second(values: list[int | None], rates: list[float | None]) -> None:
    assert measure(*values) == rates


def test_two_rounds_at_one_time_have_no_rate() -> None:
    meter = RateMeter()
    for value in (1, 2):
        meter.begin_round(7.0)
        rates = meter.measure("counters", 1, "value", value)
    assert [*rates] == [None, None]


def test_a_bounded_number_of_rates_is_kept() -> None:
    meter = RateMeter()
    for number in range(3 * MAX_RATES):
        meter.begin_round(float(number))
        rates = meter.measure("counters", 1, "value", number)
    assert [*rates] == [1.0] * MAX_RATES


def test_a_record_that_was_gone_begins_again() -> None:
    meter = RateMeter()
    for second, value in enumerate((1, None, 9)):
        meter.begin_round(float(second))
        if value is not None:
            rates = meter.measure("counters", 1, "value", value)
    assert [*rates] == [None]


def test_a_record_that_was_not_read_is_kept_without_a_rate() -> None:
    meter = RateMeter()
    for second, value in enumerate((1, 2, None, 9, 11)):
        meter.begin_round(float(second))
        if value is None:
            meter.keep("counters", 1)
        else:
            rates = meter.measure("counters", 1, "value", value)
    assert [*rates] == [None, 1, None, None, 2]


@pytest.mark.parametrize(
    ("rates", "bars"), [([], ""), ([0, 0], "▁▁"), ([None, 1, 4, 8], " ▂▅█"), ([1e30, 0.1], "█▁"), ([3, 3], "██")]
)
def test_the_bars_of_a_sparkline_are_relative_to_the_highest_rate(rates: list[float | None], bars: str) -> None:
    assert draw_sparkline(rates) == bars
