"""A progress bar on a terminal."""

import bz2
import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from support.command_line import LISTING, netstat_parse
from support.log_folder import make_logs
from support.terminal import run_on_terminal

AT_ONCE = (
    "import sys; from netstat_parse.cli import progress; progress.DELAY_SECONDS = 0\n"
    "from netstat_parse.cli import main; sys.exit(main(sys.argv[1:]))"
)
"""Code for the command line with a bar for each single input, however soon it is read."""

SLOW_LOG = (
    LISTING + "".join(f"10:00:{n % 60:02} worker {n} did nothing for {n * n}\n" for n in range(100)) + "\n"
) * 60


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    return make_logs(tmp_path)


def percentages(printed: str) -> set[int]:
    return {int(found) for found in re.findall(r"(\d+)%", printed)}


def test_several_inputs_are_counted(logs: Path) -> None:
    ran = run_on_terminal(logs)
    assert (ran.returncode, "3/3" in ran.stderr) == (0, True)


@pytest.mark.parametrize(
    ("name", "pack"),
    [("a.log", bytes), ("a.log.gz", gzip.compress), ("a.log.bz2", bz2.compress)],
    ids=["", "gz", "bz2"],
)
def test_a_single_input_is_measured_by_the_bytes_that_are_read(
    name: str, pack: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(pack(SLOW_LOG.encode()))
    ran = run_on_terminal(tmp_path / name, code=AT_ONCE)
    assert (ran.returncode, "Reading" in ran.stderr) == (0, True)
    assert max(percentages(ran.stderr)) == 100


def test_an_input_that_is_stored_has_a_bar_too(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_text(SLOW_LOG)
    ran = run_on_terminal("-f", "sqlite", "-o", tmp_path / "a.db", tmp_path / "a.log", code=AT_ONCE)
    assert (ran.returncode, 100 in percentages(ran.stderr)) == (0, True)


def test_an_input_that_is_read_at_once_has_no_bar(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(LISTING)
    assert run_on_terminal(tmp_path / "a.txt").stderr == ""


def test_quiet_shows_no_bar(logs: Path) -> None:
    assert run_on_terminal("-q", logs).stderr == ""


def test_a_pipe_has_no_bar_as_its_size_is_unknown() -> None:
    assert "Reading" not in run_on_terminal(code=AT_ONCE, text=SLOW_LOG.encode()).stderr


def test_without_a_terminal_there_is_no_bar(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_text(SLOW_LOG)
    assert netstat_parse(tmp_path / "a.log", code=AT_ONCE).stderr == ""


def test_a_long_message_above_the_bar_is_one_line(tmp_path: Path) -> None:
    log = tmp_path / ("long-name-" * 12 + ".log")
    log.write_text(SLOW_LOG)
    (message,) = re.findall(r"netstat-parse: .*", run_on_terminal(log, code=AT_ONCE).stderr)
    assert message.endswith("runs of netstat, 60 records; 6,000 lines of other text")
