"""The rules about records and their data, and the other ends of scenes with known faults where they are at hand."""

import json
import re
from pathlib import Path

import pytest

from netstat_parse import parse
from netstat_parse.insight import check
from netstat_parse.insight.check.cases import CannotJudgeError, Case, View
from netstat_parse.insight.check.record_rules import RECORD_RULES
from netstat_parse.insight.check.rules import load_rules
from netstat_parse.insight.compare.compare import compare
from netstat_parse.insight.moments import split_moments
from netstat_parse.records.severities import SEVERITIES
from netstat_parse.schema.dump import Dump
from truth.captures import SHARED

CHECK = Path(check.__file__).parent

SCENES = SHARED / "insight" / "scenes"

TRUTHS = sorted(SCENES.glob("*/*/truth.json"))
"""Other ends of the scenes; `test_scenes.py` has the scenes themselves, with all rules."""

TABLES = ("s", "s6", "anpeo", "i", "ie", "rn", "rne", "rn6", "es")


def test_each_threshold_of_the_data_is_looked_up() -> None:
    looked_up: set[str] = set()
    for path in CHECK.glob("*.py"):
        looked_up |= set(re.findall(r'limits\["(\w+)"\]', path.read_text("utf-8")))
    looked_up |= {f"{severity}_from" for severity in SEVERITIES}
    unused = {rule: set(load_rules()[rule].limits) - looked_up - {"dynamic_ports"} for rule in RECORD_RULES}
    assert {rule: names for rule, names in unused.items() if names} == {}


def load(folder: Path, moment: str) -> Dump:
    """Parse all tables of one moment of a scene."""
    files = (folder / f"{moment}.{table}.txt" for table in TABLES)
    (found,) = split_moments(parse(b"\n".join(file.read_bytes() for file in files if file.exists())))
    return found


def judge(view: View) -> dict[str, list[Case]]:
    """Return the cases of each rule that has some."""
    found: dict[str, list[Case]] = {}
    for rule, function in RECORD_RULES.items():
        try:
            cases = list(function(view, load_rules()[rule].limits))
        except CannotJudgeError:
            continue
        if cases:
            found[rule] = cases
    return found


@pytest.mark.skipif(not TRUTHS, reason="the scenes are not at hand")
@pytest.mark.parametrize("truth", TRUTHS, ids=lambda path: "-".join(path.relative_to(SCENES).parts[:-1]))
def test_rules_find_the_faults_of_the_other_end_and_no_others(truth: Path) -> None:
    facts = json.loads(truth.read_text("utf-8"))
    before, after = load(truth.parent, "before"), load(truth.parent, "after")
    views = {"dump": View(after), "compare": View(after, compare(before, after, seconds=facts["seconds"]))}
    for mode, view in views.items():
        found = judge(view)
        expected = {entry["id"]: entry.get(mode) for entry in facts["expect"] if entry["id"] in RECORD_RULES}
        for rule, severity in expected.items():
            highest = max((case.severity for case in found.get(rule, ())), key=SEVERITIES.index, default=None)
            assert highest == severity, (mode, rule)
        assert set(found) & set(facts["must_not"]) == set(), mode
