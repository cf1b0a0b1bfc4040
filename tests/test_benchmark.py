"""The benchmark runs with the command in README.md and prints the tables in README.md. Durations are not tested."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("jc", reason="the benchmark compares with jc")

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
HEADING = re.compile(r"^\| ([^|]*) \|(.*)\|\n\| --- ", re.MULTILINE)
ROWS = re.compile(r"^\| ([^|]+?) \| *[\d.]", re.MULTILINE)


@pytest.fixture(scope="module")
def printed() -> str:
    """Run the command of README.md with a single run of each measurement."""
    (options,) = re.findall(r"^python tests/benchmark (--[^#\n]*)", README, re.MULTILINE)
    command = [sys.executable, str(ROOT / "tests/benchmark"), *options.split(), "--repeat", "1"]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300, check=True)
    assert ran.stderr == ""
    return ran.stdout


def test_the_benchmark_prints_the_versions_of_the_packages(printed: str) -> None:
    assert re.match(r"Python 3\.\d+\.\d+, netstat-parse \S+, pyparsing \S+, .*jc \S+; \d+ cores?\n", printed)


@pytest.mark.parametrize(
    ("heading", "count"),
    [
        ("Linux -anp", 5),
        ("Windows -ano", 5),
        ("4,335 lines of a log", 3),
        ("30 lines", 2),
        ("µs a line", 6),
        ("10 files", 1),
    ],
)
def test_the_benchmark_prints_each_table(printed: str, heading: str, count: int) -> None:
    table = next(block for block in printed.split("\n\n") if block.startswith(f"| {heading}"))
    assert len(ROWS.findall(table)) >= count


def test_the_readme_has_the_tables_of_the_benchmark(printed: str) -> None:
    documented = {columns for _, columns in HEADING.findall(README)}
    assert {columns for title, columns in HEADING.findall(printed) if not title.startswith("µs")} <= documented
