"""The benchmark runs as README.md says, and prints the tables that it shows; how long anything takes is not tested."""

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
    """Run the command of README.md, with no figure measured more than once."""
    (options,) = re.findall(r"^python tests/benchmark (--[^#\n]*)", README, re.MULTILINE)
    command = [sys.executable, str(ROOT / "tests/benchmark"), *options.split(), "--repeat", "1"]
    ran = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=300, check=True)
    assert ran.stderr == ""
    return ran.stdout


def test_it_names_the_packages_that_it_measures(printed: str) -> None:
    assert re.match(r"Python 3\.\d+\.\d+, netstat-parse \S+, pyparsing \S+, .*jc \S+; \d+ cores?\n", printed)


@pytest.mark.parametrize(
    ("heading", "count"), [("Linux -anp", 5), ("Windows -ano", 5), ("30 lines", 2), ("µs a line", 6), ("10 files", 1)]
)
def test_it_prints_every_table(printed: str, heading: str, count: int) -> None:
    found = next(block for block in printed.split("\n\n") if block.startswith(f"| {heading}"))
    assert len(ROWS.findall(found)) >= count


def test_the_readme_shows_its_tables(printed: str) -> None:
    shown = {columns for _, columns in HEADING.findall(README)}
    assert {columns for title, columns in HEADING.findall(printed) if not title.startswith("µs")} <= shown
