"""Scenes with known faults: every fault is found with its severity, and nothing that is not there.

The scenes are not part of the project. The tests expect them in ``../shared/insight/scenes``, or in ``insight/scenes``
below the folder in NETSTAT_PARSE_SHARED. Without them all tests are skipped.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import netstat_parse
from netstat_parse.insight.check.check import judge
from netstat_parse.insight.compare.compare import compare
from netstat_parse.insight.moments import split_moments
from netstat_parse.schema.comparison import Comparison
from netstat_parse.schema.findings import Report
from truth.captures import SHARED

SCENES = SHARED / "insight" / "scenes"

if not SCENES.is_dir():
    pytest.skip(f"there are no scenes in {SCENES}", allow_module_level=True)

COMMANDS = ("anpeo", "i", "ie", "rn", "rn6", "rne", "s", "s6", "es")

NOT_POSSIBLE = {
    "ports-exhausted-narrow-range-half": {"socket-ephemeral-ports"},
    "interface-one-way": {"interface-one-way"},
    "route-gateway-unreachable": {"route-gateway-unreachable"},
    "route-gateway-onlink-healthy": {"route-gateway-unreachable"},
}
"""Rules that the figures of a scene do not allow to judge as it wants: netstat does not print the range of ports, nor
whether a route is `onlink`; who only sends datagrams has the same counters as who hears no answer."""

INTERVAL_RULES = {"tcp-retransmission-rising", "tcp-resets-sent"}
"""Rules that need more than two moments."""


def read_dump(scene: Path, side: str) -> netstat_parse.Dump:
    files = [scene / f"{side}.{command}.txt" for command in COMMANDS]
    return netstat_parse.parse("\n".join(file.read_text() for file in files if file.exists()))


def read_intervals(scene: Path, seconds: float) -> list[Comparison]:
    """Read the intervals of a scene that has more than two moments."""
    if (scene / "interval.s.txt").exists():
        moments = split_moments(netstat_parse.parse((scene / "interval.s.txt").read_text()))
    elif (scene / "middle.s.txt").exists():
        moments = [read_dump(scene, side) for side in ("before", "middle", "after")]
    else:
        return []
    return [compare(before, after, seconds=seconds / (len(moments) - 1)) for before, after in pairwise(moments)]


def list_reports(scene: Path, truth: Mapping[str, Any]) -> Iterator[tuple[str, set[str], Report]]:
    """Yield each report with the mode of its expectations, and the rules that it cannot judge."""
    before, after = read_dump(scene, "before"), read_dump(scene, "after")
    impossible = NOT_POSSIBLE.get(scene.name, set())
    yield "dump", impossible, judge(after)
    yield "compare", impossible | INTERVAL_RULES, judge(compare(before, after, seconds=truth["seconds"]))
    if intervals := read_intervals(scene, truth["seconds"]):
        yield "compare", impossible, judge(intervals)


@pytest.mark.parametrize(
    "scene", sorted(path.parent for path in SCENES.glob("*/truth.json")), ids=lambda path: path.name
)
def test_a_scene_has_the_expected_findings_and_no_false_ones(scene: Path) -> None:
    truth = json.loads((scene / "truth.json").read_text())
    for mode, impossible, report in list_reports(scene, truth):
        found = {finding.rule: finding.severity for finding in report.findings}
        rules = [rule for rule in truth["expect"] if mode in rule and rule["id"] not in impossible]
        expected = {rule["id"]: rule[mode] for rule in rules}
        assert {rule: found.get(rule) for rule in expected} == expected
        assert found.keys() & set(truth["must_not"]) - impossible == set()
