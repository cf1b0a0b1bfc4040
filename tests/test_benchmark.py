"""The benchmark runs, compares with the last release, and prints the tables of README.md. Durations are not tested."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("jc", reason="the benchmark compares with jc")
pytest.importorskip("pyarrow", reason="the benchmark writes Parquet")
pytest.importorskip("resource", reason="the benchmark measures memory as Linux and macOS count it")

import released
from measure import compare_times, run_in_turn
from scene import Case, Ratio

from netstat_parse.formats.registry import WRITERS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
HEADING = re.compile(r"^\| ([^|]*) \|(.*)\|\n\| --- ", re.MULTILINE)
FIGURES = re.compile(r"^\| ([^|]+?) \|(?: +\d[\d.]* \|)+", re.MULTILINE)


@pytest.fixture(scope="module")
def printed() -> str:
    """Run all cases once, with small inputs."""
    command = [sys.executable, str(ROOT / "tests/benchmark"), "--quick"]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300, check=True)
    assert ran.stderr == ""
    return ran.stdout


def test_the_benchmark_prints_the_versions_of_the_packages(printed: str) -> None:
    assert re.match(
        r"Python 3\.\d+\.\d+, netstat-parse \S+ \((?:checkout|wheel)\), pyparsing \S+, .*jc \S+; \d+ cores?\n", printed
    )


@pytest.mark.parametrize(
    ("title", "cases"),
    [
        ("Linux -anp, ", {"bare split", "to_json", "netstat-parse FILE", "parse", "jc"}),
        ("Windows -ano, ", {"bare split", "to_json", "netstat-parse FILE", "parse", "jc"}),
        ("log, ", {"bare split", "to_json", "-f ndjson FILE"}),
        ("stream of ", {"Linux -anp", "Windows -ano", "Windows -anob", "Linux -s", "Linux -rn", "Linux -ie"}),
        ("formats, ", {f"-f {name}" for name in (*WRITERS, "sqlite", "parquet")}),
        ("commands, ", {"run -- -an", "check FILE", "compare BEFORE AFTER", "from_netstat of Ansible"}),
        ("start, ", {"Linux -anp", "German Linux -t", "Linux -s", "Windows -ano", "Linux -anp in a log"}),
        ("10 files ", {"-j 1"}),
        ("1 file ", {"-j 1"}),
        ("1 log ", {"-j 1"}),
    ],
)
def test_the_benchmark_prints_the_figures_of_each_case(printed: str, title: str, cases: set[str]) -> None:
    (table,) = (block for block in printed.split("\n\n") if block.startswith(f"| {title}"))
    assert cases <= {*FIGURES.findall(table)}


def test_memory_is_not_measured_where_to_make_the_input_takes_more(printed: str) -> None:
    without = [title for title, columns in HEADING.findall(printed) if "peak MiB" not in columns]
    assert [title.split()[:2] for title in without] == [["stream", "of"], ["1", "file"], ["1", "log"]]


def test_the_tables_of_the_readme_are_those_that_the_benchmark_prints(printed: str) -> None:
    speed = README.partition("\n## Speed\n")[2].partition("\n## ")[0]
    documented = {columns for _, columns in HEADING.findall(speed)}
    assert documented
    assert documented <= {columns for _, columns in HEADING.findall(printed)}


def test_a_ratio_is_the_median_over_the_turns() -> None:
    times = {"ours": [2.0, 3.0, 100.0], "jc": [4.0, 9.0, 100.0]}
    case = Case("ours", lambda: None, ratios=[Ratio("of jc", "jc"), Ratio("times as fast as jc", "jc", is_speed=True)])
    assert compare_times(case, times) == {"of jc": 0.5, "times as fast as jc": 2.0}


def test_cases_run_in_turn() -> None:
    ran: list[str] = []
    cases = [Case("a", lambda: ran.append("a")), Case("b", lambda: ran.append("b"), units=1000)]
    times = run_in_turn(cases, turns=2)
    assert ran == ["a", "b"] * 3
    assert {name: len(own) for name, own in times.items()} == {"a": 2, "b": 2}


@pytest.mark.parametrize(
    ("heading", "was", "now", "reports"),
    [
        ("of jc", 1.0, 1.19, 0),
        ("of jc", 1.0, 1.21, 1),
        ("of jc", 1.0, 0.5, 0),
        ("times as fast as jc", 6.0, 5.1, 0),
        ("times as fast as jc", 6.0, 4.9, 1),
        ("times as fast as jc", 6.0, 12.0, 0),
        ("peak MiB", 100, 121, 1),
    ],
)
def test_a_figure_that_is_worse_by_a_fifth_is_a_regression(heading: str, was: float, now: float, reports: int) -> None:
    found = released.find_regressions({"start": {"ours": {heading: was}}}, {"start": {"ours": {heading: now}}})
    assert list(found) == [f"start: ours: {heading}: {now:.2f}, was {was:.2f}"][:reports]


def test_a_case_that_the_last_release_lacks_is_no_regression() -> None:
    assert not list(released.find_regressions({}, {"start": {"ours": {"of jc": 9.0}}}))


def test_recorded_figures_are_those_of_the_last_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(released, "RELEASED", tmp_path / "released.json")
    released.record("full", "1.0", {"start": {"ours": {"of jc": 2.0}}, "log": {}})
    released.record("full", "1.1", {"start": {"ours": {"of jc": 1.0}}})
    assert released.load_released("full") == ("1.1", {"start": {"ours": {"of jc": 1.0}}, "log": {}})
    assert released.load_released("quick") == ("", {})
