"""The command compare: which moments it compares, what it reports, and its exit status."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from netstat_parse.cli.command import main
from support.command_line import netstat_parse

Run = Callable[..., CompletedProcess[str]]

ROUND = "Ip:\n    {} total packets received\nTcp:\n    1 active connection openings\n"
LOG = "".join(map(ROUND.format, (1, 10, 100, 1000)))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in (("before.txt", ROUND.format(5)), ("after.txt", ROUND.format(7)), ("log.txt", LOG)):
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def run(folder: Path, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run the command line in this process, which is faster, in the folder."""

    def run_here(*words: str) -> CompletedProcess[str]:
        try:
            status = main([*words])
        except SystemExit as error:
            status = int(error.code or 0)
        return CompletedProcess(folder, status, *capfd.readouterr())

    return run_here


def differences(ran: CompletedProcess[str]) -> tuple[list[int], str]:
    """Return the difference of the first counter in each comparison, and standard error."""
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    return [item["counters"][0]["difference"] for item in (found if isinstance(found, list) else [found])], ran.stderr


class TestChoice:
    """The moments that are compared."""

    def test_two_files(self, run: Run) -> None:
        assert differences(run("compare", "-f", "json", "before.txt", "after.txt")) == ([2], "")

    def test_the_last_moment_of_a_file_with_several(self, run: Run) -> None:
        assert differences(run("compare", "-f", "json", "before.txt", "log.txt")) == (
            [995],
            "netstat-parse: log.txt: the last of 4 moments is compared, log.txt@3\n",
        )

    def test_the_first_and_the_last_moment_of_one_file(self, run: Run) -> None:
        found, errors = differences(run("compare", "-f", "json", "log.txt"))
        assert found == [999]
        assert "the first and the last of 4 moments are compared, log.txt@0 and log.txt@3 (--all: each)" in errors

    def test_chosen_snapshots(self, run: Run) -> None:
        assert differences(run("compare", "-f", "json", "log.txt@1", "log.txt@2")) == ([90], "")

    def test_each_moment_with_the_next_one(self, run: Run) -> None:
        assert differences(run("compare", "-f", "json", "--all", "log.txt")) == ([9, 90, 900], "")

    def test_standard_input(self) -> None:
        assert differences(netstat_parse("compare", "-f", "json", "-q", text=LOG)) == ([999], "")
        assert differences(netstat_parse("compare", "-f", "json", "-@1", "-@2", text=LOG)) == ([90], "")

    def test_options_between_files(self, run: Run) -> None:
        assert differences(run("compare", "-f", "json", "before.txt", "--seconds", "2", "after.txt")) == ([2], "")

    def test_a_file_with_that_whole_name(self, folder: Path, run: Run) -> None:
        (folder / "log.txt@1").write_text(ROUND.format(6))
        assert differences(run("compare", "-f", "json", "before.txt", "log.txt@1")) == ([1], "")


UNUSABLE = {
    "log.txt@1 log.txt@9": "log.txt@9: no snapshot 9; log.txt has snapshots 0 to 3",
    "before.txt@1 log.txt@0": "before.txt@1: no snapshot 1; before.txt has only snapshot 0",
    "before.txt": "before.txt: has only one moment to compare; give a second file",
    "log.txt@1": "log.txt@1: give a second moment to compare it with, such as log.txt@0",
    "--all log.txt@1": "--all compares all moments of a file; leave @ out",
    "--all before.txt": "before.txt: has no two moments of the same host to compare",
    "missing.txt after.txt": "missing.txt: No such file or directory",
    "-e nonsense before.txt after.txt": "unknown encoding 'nonsense': try utf-8, utf-16, or what chcp prints, as in cp850",
}


@pytest.mark.parametrize("words", UNUSABLE)
def test_what_cannot_be_compared_is_one_line(words: str, run: Run) -> None:
    ran = run("compare", *words.split())
    assert (ran.returncode, ran.stdout, ran.stderr) == (2, "", f"netstat-parse: {UNUSABLE[words]}\n")


@pytest.mark.parametrize(
    "words", ["before.txt after.txt log.txt", "--seconds 0 before.txt after.txt", "--seconds nan before.txt after.txt"]
)
def test_wrong_usage_is_an_error(words: str, run: Run) -> None:
    ran = run("compare", *words.split())
    assert (ran.returncode, ran.stdout) == (2, "")
    assert (ran.stderr.startswith("netstat-parse compare: "), ran.stderr.count("\n")) == (True, 1)


def test_a_selection_is_refused(run: Run) -> None:
    ran = run("--only", "routes", "compare", "before.txt", "after.txt")
    assert (ran.returncode, "compare takes no --only" in ran.stderr) == (2, True)


@pytest.mark.parametrize(
    ("words", "status"),
    [("before.txt after.txt", 1), ("before.txt before.txt", 0), ("--all log.txt", 1), ("log.txt@2 log.txt@2", 0)],
)
def test_the_exit_status_tells_changes_on_request(words: str, status: int, run: Run) -> None:
    assert run("compare", *words.split()).returncode == 0
    assert run("compare", "--exit-code", *words.split()).returncode == status


def test_a_time_that_is_too_short_for_rates_is_reported(run: Run) -> None:
    ran = run("compare", "--seconds", "0.5", "before.txt", "after.txt")
    assert ran.returncode == 0
    assert ran.stderr == "netstat-parse: --seconds 0.5: too short for rates, which need 1 second or more\n"


def test_a_folder_of_several_files_is_no_moment(folder: Path, run: Run) -> None:
    (folder / "day").mkdir()
    for name in ("before.txt", "after.txt"):
        (folder / name).rename(folder / "day" / name)
    ran = run("compare", "day", "log.txt")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr == "netstat-parse: day: has 2 files; name one of them\n"


def test_files_in_the_wrong_order_are_reported(folder: Path, run: Run) -> None:
    for name, minute in (("early.txt", 0), ("late.txt", 9)):
        (folder / name).write_text(f"2026-11-23 09:0{minute}:00\n{ROUND.format(minute)}")
    ran = run("compare", "late.txt", "early.txt")
    reason = "the dump after is older: 2026-11-23 09:00:00 is before 2026-11-23 09:09:00"
    assert ran.stderr == f"netstat-parse: early.txt: {reason}\n"
    assert "reset" not in ran.stdout
    assert run("compare", "-q", "late.txt", "early.txt").stderr == ""


def test_an_input_without_a_table_has_status_1(folder: Path, run: Run) -> None:
    (folder / "notes.txt").write_text("dear support\n")
    ran = run("compare", "before.txt", "notes.txt")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("netstat-parse: notes.txt: no netstat table")


def test_the_output_is_a_file(folder: Path, run: Run) -> None:
    ran = run("compare", "before.txt", "after.txt", "-o", "changes.txt")
    assert (ran.returncode, ran.stdout) == (0, "")
    assert "Ip.InReceives" in (folder / "changes.txt").read_text()
