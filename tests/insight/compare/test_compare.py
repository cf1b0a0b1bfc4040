"""Comparisons of whole dumps: what always holds, and what the kernel counted in captured scenes."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netstat_parse import compare, compare_all, parse, parse_file
from netstat_parse.schema import Dump
from netstat_parse.schema.comparison import Comparison
from support.samples import choose_representatives, sample_id

ROOT = Path(__file__).parents[3]
SAMPLES = choose_representatives()
SCENES = sorted((ROOT.parent / "shared/insight/scenes").glob("*/truth.json"))

ROUND = "Ip:\n    {} total packets received\nTcp:\n    1 active connection openings\n"

FIELDS = {"in_bytes": "in_octets", "out_bytes": "out_octets", "in_frame": "in_frame_errors"}
"""Names of counters of interfaces in the scenes, and the fields here."""


def changes(comparison: Comparison) -> list[Any]:
    return [
        *comparison.connections,
        *comparison.unix_sockets,
        *comparison.routes,
        *comparison.multicast_groups,
    ]


def figures(comparison: Comparison) -> list[Any]:
    return [*comparison.counters, *(figure for change in comparison.interfaces for figure in change.counters)]


@pytest.mark.parametrize("sample", SAMPLES, ids=sample_id)
def test_nothing_has_changed_between_a_dump_and_itself(sample: Path) -> None:
    dump = parse_file(sample)
    comparison = compare(dump, dump, seconds=10)
    assert changes(comparison) == []
    assert {figure.change for figure in figures(comparison)} <= {"unchanged", "gauge", "setting"}
    assert {figure.difference for figure in figures(comparison)} <= {0, None}
    assert {change.change for change in comparison.interfaces} <= {"unchanged"}


@given(
    st.lists(st.tuples(st.integers(0, 2**33), st.integers(0, 2**33)), min_size=1, max_size=4),
    st.floats(0.001, 1e6),
)
@settings(max_examples=200)
def test_no_rate_is_negative(values: list[tuple[int, int]], seconds: float) -> None:
    names = ("total packets received", "forwarded", "incoming packets delivered", "requests sent out")
    texts = [
        "Ip:\n" + "".join(f"    {pair[side]} {name}\n" for pair, name in zip(values, names, strict=False))
        for side in (0, 1)
    ]
    comparison = compare(parse(texts[0]), parse(texts[1]), seconds=seconds)
    assert all(counter.per_second is None or counter.per_second >= 0 for counter in comparison.counters)
    assert all(counter.difference is None or counter.difference >= 0 for counter in comparison.counters)


ROW = st.builds(
    "tcp        0      0 10.0.0.1:{:<14} 10.0.0.2:{:<14} {}\n".format,
    st.integers(20, 23),
    st.integers(50000, 50002),
    st.sampled_from(["ESTABLISHED", "TIME_WAIT"]),
)


@given(st.lists(ROW, min_size=1, max_size=6), st.lists(ROW, min_size=1, max_size=6))
@settings(max_examples=100)
def test_swapping_the_sides_swaps_added_and_removed(before: list[str], after: list[str]) -> None:
    dumps = parse("".join(before)), parse("".join(after))
    there, back = compare(*dumps), compare(*dumps[::-1])
    swapped = {"added": "removed", "removed": "added", "changed": "changed"}
    assert sorted(swapped[change.change] for change in there.connections) == sorted(
        change.change for change in back.connections
    )
    count = [sum(change.change == word for change in there.connections) for word in ("added", "removed")]
    assert len(before) - count[1] == len(after) - count[0]


def test_each_round_of_a_log_is_compared_with_the_next_one() -> None:
    comparisons = compare_all(parse("".join(map(ROUND.format, (5, 8, 2, 9)))), seconds=2)
    assert [(c.counters[0].difference, c.counters[0].per_second) for c in comparisons] == [
        (3, 1.5),
        (None, None),
        (7, 3.5),
    ]
    assert [(c.before.snapshot, c.after.snapshot) for c in comparisons] == [(0, 1), (1, 2), (2, 3)]


def test_hosts_of_a_log_are_compared_each_with_itself() -> None:
    log = "".join(
        f"==> {host} <==\n{ROUND.format(value)}\n" for host, value in (("a", 1), ("b", 10), ("a", 2), ("b", 30))
    )
    assert [comparison.counters[0].difference for comparison in compare_all(parse(log))] == [1, 20]


def test_of_a_dump_with_several_moments_the_last_one_is_compared() -> None:
    comparison = compare(parse(ROUND.format(5)), parse(ROUND.format(6) + ROUND.format(9)))
    assert (comparison.counters[0].difference, comparison.after.snapshot) == (4, 1)


def test_the_time_stamps_give_the_seconds() -> None:
    before, after = (parse(f"2026-11-29T10:00:{at}Z\n{ROUND.format(at)}") for at in (10, 14))
    assert (compare(before, after).seconds, compare(before, after, seconds=2).seconds) == (4, 2)
    backward = compare(after, before)
    assert (backward.seconds, backward.counters) == (None, [])
    assert [problem.table for problem in backward.not_comparable] == ["snapshots", "counters"]


@pytest.mark.parametrize(("stamp", "figures"), [("10:00:00", [(1, None)]), ("09:59:59", [])])
def test_a_clock_that_does_not_go_on_is_no_error(stamp: str, figures: list[tuple[int, None]]) -> None:
    texts = (
        f"2026-11-29 {at}\n$ netstat -s\n{ROUND.format(n)}" for n, at in enumerate(("10:00:00", stamp, "10:00:05"))
    )
    first, second = compare_all(parse("".join(texts)))
    assert [(counter.difference, counter.per_second) for counter in first.counters[:1]] == figures
    assert second.counters[0].difference == 1


@pytest.mark.parametrize("seconds", [-1, 0, "soon", float("inf"), True])
def test_seconds_that_are_no_number_above_0_are_an_error(seconds: float | str) -> None:
    with pytest.raises(ValueError, match="seconds must be a number of seconds above 0, not"):
        compare(parse(ROUND.format(5)), parse(ROUND.format(6)), seconds=seconds)


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        (ROUND.format(5), ROUND.format(6), 1),
        (ROUND.format(5), ROUND.format(5), 0),
        ("Tcp:\n    3 connections established\n", "Tcp:\n    4 connections established\n", 1),
        ("Tcp:\n    3 connections established\n", "Tcp:\n    3 connections established\n", 0),
    ],
)
def test_a_comparison_has_changes_or_none(before: str, after: str, moved: int) -> None:
    comparison = compare(parse(before), parse(after))
    assert comparison.has_changes is bool(moved)
    assert [counter.has_moved for counter in comparison.select_changes().counters] == [True] * moved


def test_two_origins_are_reported() -> None:
    before, after = (
        parse("".join(f"{host} | {line}\n" for line in ROUND.format(5).splitlines())) for host in ("db1", "app2")
    )
    comparison = compare(before, after)
    assert (comparison.before.origin, comparison.after.origin) == ("db1", "app2")
    assert [problem.reason for problem in comparison.not_comparable] == ["the origins differ: db1 before, app2 after"]


def test_a_comparison_of_json_has_no_dumps() -> None:
    comparison = compare(parse(ROUND.format(5)), parse(ROUND.format(6)))
    assert comparison.moments[0].counters[0].value == 5
    with pytest.raises(ValueError, match="has no dumps"):
        _ = Comparison.model_validate_json(comparison.model_dump_json()).moments


def read_scene(folder: Path, option: str) -> tuple[Dump, Dump] | None:
    paths = [folder / f"{side}.{option}.txt" for side in ("before", "after")]
    return (parse_file(paths[0]), parse_file(paths[1])) if paths[0].exists() else None


@pytest.mark.parametrize("truth", SCENES, ids=lambda path: str(path.parent.name))
def test_every_difference_is_that_of_the_kernel(truth: Path) -> None:
    known: Mapping[str, Any] = json.loads(truth.read_text("utf-8"))
    if not known.get("counters_still_during_capture"):
        pytest.skip("the counters moved during the capture")
    found: dict[str, Any] = {}
    for option in ("s", "s6"):
        if dumps := read_scene(truth.parent, option):
            comparison = compare(*dumps, seconds=known["seconds"])
            found |= {counter.kernel_name: counter for counter in comparison.counters if counter.kernel_name}
    expected = {name: value for name, value in known["figures"].items() if not name.startswith("dev.")}
    was_reset = any(value < -1 for value in expected.values())
    for name, difference in expected.items():
        counter = found[name]
        assert counter.difference == (counter.after if counter.change == "reset" else difference), name
        assert (counter.change == "reset") <= was_reset, name
