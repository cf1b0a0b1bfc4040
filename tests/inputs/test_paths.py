"""Folders and patterns are expanded to files."""

from pathlib import Path

import pytest

from support.command_line import netstat_parse
from support.log_folder import make_logs, ports_by_source


@pytest.fixture
def logs(tmp_path: Path) -> Path:
    return make_logs(tmp_path)


def test_all_files_below_a_folder_are_read_in_order(logs: Path) -> None:
    ran = netstat_parse(logs)
    assert list(ports_by_source(ran).items()) == [
        (f"{logs}/a.txt", [2]),
        (f"{logs}/b/1.txt", [3]),
        (f"{logs}/b/2.txt", [1]),
    ]
    assert (ran.returncode, ran.stderr) == (0, "")


def test_all_matches_of_a_pattern_are_read(logs: Path) -> None:
    assert list(ports_by_source(netstat_parse(f"{logs}/b/*.txt"))) == [f"{logs}/b/1.txt", f"{logs}/b/2.txt"]
    assert len(ports_by_source(netstat_parse(f"{logs}/**/*.txt"))) == 3


def test_a_pattern_without_a_match_is_an_error() -> None:
    ran = netstat_parse("/nonexistent/*.txt")
    assert (ran.returncode, ran.stderr) == (2, "netstat-parse: /nonexistent/*.txt: No such file or directory\n")
