"""Findings, comparisons and explanations on a terminal, and in a pipe."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

if sys.platform == "win32":
    pytest.skip("Windows has no pseudo-terminal of this kind", allow_module_level=True)

from support.emulator import Terminal, show

COLUMNS = [40, 80, 132, 200]

LISTEN = "tcp6       0      0 2001:db8:0:1:2:3:4:5:{port} :::*                    LISTEN      {pid}/{program}\n"
WAITING = "tcp        0      0 10.0.0.1:80             10.0.0.2:{}          CLOSE_WAIT  5/app\n"
STATISTICS = """\
Tcp:
    1000 active connection openings
    {} segments sent out
    {} segments retransmitted
"""
ADDRESS = "2001:db8:0:1:2:3:4:5"


@pytest.fixture
def before(tmp_path: Path) -> str:
    path = tmp_path / "before.txt"
    path.write_text(LISTEN.format(port=22, pid=1, program="sshd") + STATISTICS.format(5_000, 900))
    return str(path)


@pytest.fixture
def after(tmp_path: Path) -> str:
    path = tmp_path / "after.txt"
    path.write_text(LISTEN.format(port=8080, pid=2, program="long-name-of-a-program") + STATISTICS.format(9_000, 800))
    return str(path)


@pytest.fixture
def sick(tmp_path: Path) -> str:
    """A dump with a finding."""
    path = tmp_path / "sick.txt"
    path.write_text("".join(WAITING.format(port) for port in range(50_000, 50_300)))
    return str(path)


def words_of(terminal: Terminal) -> list[str]:
    return "\n".join(terminal.lines).split()


def pipe(*arguments: str, **environment: str) -> str:
    inherited = {name: value for name, value in os.environ.items() if name != "COLUMNS"}
    command = [sys.executable, "-m", "netstat_parse", *arguments]
    ran = subprocess.run(command, capture_output=True, env=inherited | environment, check=False, timeout=60)
    return ran.stdout.decode()


@pytest.mark.parametrize("columns", COLUMNS)
@pytest.mark.parametrize("command", ["check", "compare", "explain", "explain TIME_WAIT"])
def test_no_word_is_broken_at_any_width(command: str, columns: int, before: str, after: str, sick: str) -> None:
    files = {"compare": [before, after], "explain": [f"{before}:1"], "check": [sick]}.get(command, [])
    name = re.compile(r"\S*\.txt\S*")  # of a file, which may be wider than the terminal
    words = name.sub("", pipe(*command.split(), *files, COLUMNS="500")).split()
    terminal = show([*command.split(), *files], columns=columns)
    assert terminal.process.returncode == 0
    assert set(words) - {*words_of(terminal)} == set()


@pytest.mark.parametrize("columns", COLUMNS)
def test_an_address_is_whole_at_any_width(columns: int, before: str, after: str) -> None:
    for arguments in (["compare", before, after], ["explain", f"{before}:1"]):
        assert any(ADDRESS in line for line in show(arguments, columns=columns).lines)


@pytest.mark.parametrize("choice", [[], ["--color", "never"]])
def test_severities_are_coloured(choice: list[str], sick: str) -> None:
    terminal = show(["check", *choice, sick])
    assert "warning" in words_of(terminal)
    assert terminal.colors_of("warning  ") == ({"default"} if choice else {"brown"})


def test_changes_of_records_are_coloured(before: str, after: str) -> None:
    terminal = show(["compare", before, after], columns=200)
    assert terminal.colors_of("added") == {"green"}
    assert terminal.colors_of("removed") == {"red"}


def test_a_counter_that_fell_is_coloured(before: str, after: str) -> None:
    terminal = show(["compare", before, after], columns=132)
    (outcome,) = {"reset", "unclear", "wrapped"} & {*words_of(terminal)}
    assert terminal.colors_of(outcome) == {"brown"}


def test_figures_are_aligned_to_the_right(before: str, after: str) -> None:
    lines = show(["compare", before, after], columns=132).lines
    figures = [line for line in lines if "OutSegs" in line or "Before" in line]
    assert len({line.index(text) + len(text) for line, text in zip(figures, ["Before", "5,000"], strict=True)}) == 1


@pytest.mark.parametrize("command", ["check", "explain", "compare"])
def test_a_pipe_has_colors_only_if_they_are_asked_for(command: str, before: str, after: str, sick: str) -> None:
    files = {"compare": [before, after], "explain": ["TIME_WAIT"]}.get(command, [sick])
    plain, colored = pipe(command, *files), pipe(command, "--color", "always", *files)
    assert "\x1b" not in plain
    assert "\x1b[" in colored
    assert re.sub(r"\x1b\[[\d;]*m", "", colored) == plain


@pytest.mark.parametrize(("columns", "width"), [("60", 60), ("150", 150), ("", 100), ("many", 100), ("0", 100)])
def test_text_in_a_pipe_is_as_wide_as_columns_says(columns: str, width: int, sick: str) -> None:
    lines = pipe("check", sick, COLUMNS=columns).splitlines()
    meaning = [line for line in lines if line.startswith(" " * 9) and sick not in line]
    longest = max(len(line) for line in meaning)
    assert width - 30 < longest <= width
