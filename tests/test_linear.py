"""The patterns of the packages that read untrusted text take linear time, whatever the line.

Those of `logs` are in its own tests, and those of the grammars in test_mutations.py.
"""

import re
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from netstat_parse import escapes, reading
from netstat_parse.escapes import hints, shapes
from netstat_parse.systems import others
from support.linear import REPEATED, find_searches, find_slow, import_modules

BEGINNINGS = ["", "a ", "1 ", "tcp        0      0 ", '"', "[a", "\x1b[", "^[[", "12/a", "\\", "<a ", "C:\\"]

UNITS = [
    *REPEATED,
    "^M",
    "\\n",
    "\x1b[",
    "\x1b]",
    "&a",
    "=20",
    '"',
    '\\"',
    "a\t",
    "a|",
    "::",
    "::1/",
    "1.1.1.1 ",
    "\xa0",
    "1a",
]

MODULES = [module for package in (escapes, reading) for module in import_modules(package)]

SEARCHES = {name: search for module in MODULES for name, search in find_searches(module).items()}

OTHERS = tomllib.loads(Path(others.__file__).with_name("others.toml").read_text())

ROWS = sorted({*OTHERS["within"], *(row for output in OTHERS["output"] for row in output.get("rows", ()))})

FUNCTIONS: dict[str, Callable[[str], object]] = {
    "find_hinted_lines": hints.find_hinted_lines,
    "looks_like_netstat": shapes.looks_like_netstat,
    "begins_like_netstat": shapes.begins_like_netstat,
}


@pytest.mark.parametrize("name", SEARCHES)
def test_a_pattern_takes_linear_time(name: str) -> None:
    assert find_slow(SEARCHES[name], BEGINNINGS, UNITS) is None


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_function_that_searches_patterns_takes_linear_time(name: str) -> None:
    FUNCTIONS[name]("")
    assert find_slow(FUNCTIONS[name], BEGINNINGS, UNITS) is None


@pytest.mark.parametrize("row", ROWS)
def test_a_signature_of_another_netstat_takes_linear_time(row: str) -> None:
    for name, part in OTHERS["parts"].items():
        row = row.replace(f"{{{name}}}", part)
    assert find_slow(re.compile(row).match, BEGINNINGS, UNITS) is None
