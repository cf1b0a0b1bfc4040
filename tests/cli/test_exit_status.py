"""Exit statuses: an empty result has status 0 only if netstat itself printed an empty table."""

import json

import pytest

from support.command_line import CUT, LISTING, netstat_parse

EMPTY_TABLE = "".join(LISTING.splitlines(keepends=True)[:2])


@pytest.mark.parametrize("text", [EMPTY_TABLE, EMPTY_TABLE + "\n", "$ netstat -t\n" + EMPTY_TABLE])
def test_an_empty_table_is_parsed(text: str) -> None:
    ran = netstat_parse(text=text)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert json.loads(ran.stdout)["connections"] == []


def test_a_table_of_which_no_row_could_be_read_is_an_error() -> None:
    ran = netstat_parse(text=EMPTY_TABLE + CUT)
    assert (ran.returncode, ran.stderr.count("row cut short")) == (1, 1)


def test_a_selection_does_not_change_the_exit_status() -> None:
    assert netstat_parse("--only", "routes", text=LISTING + CUT).returncode == 0


@pytest.mark.parametrize(("options", "status"), [([], 0), (["--strict"], 1), (["--strict", "-q"], 1), (["-v"], 0)])
def test_a_damaged_row_beside_others_is_an_error_only_with_strict(options: list[str], status: int) -> None:
    assert netstat_parse(*options, text=LISTING + CUT).returncode == status


def test_warnings_are_no_errors_with_strict() -> None:
    row = LISTING.splitlines()[2].encode() + b" 281/caf\xe9 \n"
    ran = netstat_parse("--strict", "-e", "utf-8", text=LISTING.encode() + row)
    assert (ran.returncode, "U+FFFD" in ran.stderr) == (0, True)
