"""A fall of a counter is a wrap, a reset or unclear, as the other counters of its block show."""

import pytest

from netstat_parse.insight.compare.outcomes import Movement, Reading, Width, find_width, judge_blocks, rate_of

ANY = Width((32, 64))


def judge(*values: tuple[int | None, int | None], width: Width = ANY, seconds: float | None = None) -> list[Movement]:
    return judge_blocks({"block": [Reading(*pair) for pair in values]}, width, seconds)["block"]


def changes(*values: tuple[int | None, int | None]) -> list[str]:
    return [movement.change for movement in judge(*values)]


def test_two_counters_that_fell_from_low_values_were_reset() -> None:
    assert judge((100, 3), (50, 2), (7, 9), (0, 0)) == [
        Movement("reset", 3),
        Movement("reset", 2),
        Movement("reset", 9),
        Movement("unchanged", 0),
    ]


def test_one_counter_that_fell_from_a_low_value_is_unclear() -> None:
    assert judge((2179, 2100), (5, 6)) == [Movement("unclear", None), Movement("increased", 1)]


def test_counters_that_fell_from_high_values_have_wrapped_if_all_others_rose() -> None:
    assert judge((4294900000, 1000), (4294800000, 900), (5, 6))[:2] == [
        Movement("wrapped", 68296),
        Movement("wrapped", 168196),
    ]


def test_a_wrap_over_more_than_half_of_the_range_is_unclear() -> None:
    assert changes((4_200_000_000, 2_400_000_000), (5, 6)) == ["unclear", "increased"]


def test_a_high_value_in_a_block_that_was_reset_has_not_wrapped() -> None:
    assert changes((3_467_320_479, 693_464), (100, 3), (50, 2)) == ["reset"] * 3


def test_one_low_and_one_high_fall_are_a_reset_only_if_most_counters_fell() -> None:
    assert changes((4_000_000_000, 10), (50, 2)) == ["reset", "reset"]
    assert changes((4_294_900_000, 10), (50, 2), (7, 8), (7, 8), (7, 8)) == ["unclear", "unclear", *["increased"] * 3]


def test_a_wrap_faster_than_any_network_is_unclear_but_for_octets() -> None:
    pair = (3_000_000_000, 10)
    assert judge(pair, (5, 6), seconds=1)[0].change == "unclear"
    assert judge(pair, (5, 6), seconds=60)[0].change == "wrapped"
    octets: dict[object, list[Reading]] = {"block": [Reading(*pair, counts_octets=True), Reading(5, 6)]}
    assert judge_blocks(octets, ANY, 1)["block"][0].change == "wrapped"


def test_a_counter_of_64_bits_wraps_there_only() -> None:
    wide = Width((64,))
    assert judge((2**64 - 5, 10), (5, 6), width=wide)[0] == Movement("wrapped", 15)
    assert judge((2**32 - 5, 10), (5, 6), width=wide)[0] == Movement("unclear", None)


def test_signed_values_are_read_as_unsigned() -> None:
    width = find_width("linux", [2147483000, -2147413640])
    assert judge((2147483000, -2147413640), (-500, 64500), width=width) == [
        Movement("increased", 70656),
        Movement("wrapped", 65000),
    ]


@pytest.mark.parametrize(
    ("system", "values", "bits"),
    [
        ("windows", [5, None], (32,)),
        ("windows", [2**32], (64,)),
        ("linux", [5], (32, 64)),
        ("linux", [-5], (32,)),
        ("linux", [2**40], (64,)),
        ("", [], (32, 64)),
    ],
)
def test_the_width_follows_from_system_and_values(system: str, values: list[int | None], bits: tuple[int, ...]) -> None:
    assert find_width(system, values).bits == bits


def test_a_block_of_which_most_counters_fell_was_reset_with_another_block() -> None:
    blocks: dict[object, list[Reading]] = {"udp": [Reading(9, 2), Reading(0, 0)], "tcp": [Reading(9, 2), Reading(8, 3)]}
    assert judge_blocks(blocks, ANY, None)["udp"][0] == Movement("reset", 2)


def test_a_wrap_beside_a_block_that_was_reset_stays_a_wrap() -> None:
    blocks: dict[object, list[Reading]] = {
        "ip": [Reading(4294900000, 1), Reading(5, 6), Reading(7, 8)],
        "tcp": [Reading(9, 2), Reading(8, 3)],
    }
    assert judge_blocks(blocks, ANY, None)["ip"][0].change == "wrapped"


@pytest.mark.parametrize(
    ("movement", "seconds", "rate"),
    [
        (Movement("increased", 10), 4.0, 2.5),
        (Movement("wrapped", 10), 4.0, 2.5),
        (Movement("increased", 10), 0.9, None),
        (Movement("increased", 10), None, None),
        (Movement("reset", 10), 4.0, None),
        (Movement("unclear", None), 4.0, None),
    ],
)
def test_a_rate_needs_a_difference_and_a_second(movement: Movement, seconds: float | None, rate: float | None) -> None:
    assert rate_of(movement, seconds) == rate
