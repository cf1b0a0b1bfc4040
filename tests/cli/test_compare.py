"""The command compare: which moments it compares, what it reports, and its exit status."""

import json
from pathlib import Path

import pytest

from support.command_line import netstat_parse

ROUND = "Ip:\n    {} total packets received\nTcp:\n    1 active connection openings\n"
LOG = "".join(map(ROUND.format, (1, 10, 100, 1000)))


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name, text in (("before.txt", ROUND.format(5)), ("after.txt", ROUND.format(7)), ("log.txt", LOG)):
        (tmp_path / name).write_text(text)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def differences(*words: str, text: str = "") -> tuple[list[int], str]:
    """Return the difference of the first counter in each comparison, and standard error."""
    ran = netstat_parse("compare", "-f", "json", *words, text=text)
    assert ran.returncode == 0, ran.stderr
    found = json.loads(ran.stdout)
    return [item["counters"][0]["difference"] for item in (found if isinstance(found, list) else [found])], ran.stderr


@pytest.mark.usefixtures("folder")
class TestChoice:
    """Which moments are compared."""

    def test_two_files(self) -> None:
        assert differences("before.txt", "after.txt") == ([2], "")

    def test_the_last_moment_of_a_file_with_several(self) -> None:
        assert differences("before.txt", "log.txt") == (
            [995],
            "netstat-parse: log.txt: the last of 4 moments is compared, log.txt@3\n",
        )

    def test_the_first_and_the_last_moment_of_one_file(self) -> None:
        found, errors = differences("log.txt")
        assert found == [999]
        assert "the first and the last of 4 moments are compared, log.txt@0 and log.txt@3 (--all: each)" in errors

    def test_chosen_snapshots(self) -> None:
        assert differences("log.txt@1", "log.txt@2") == ([90], "")

    def test_each_moment_with_the_next_one(self) -> None:
        assert differences("--all", "log.txt") == ([9, 90, 900], "")

    def test_standard_input(self) -> None:
        assert differences("-q", text=LOG) == ([999], "")
        assert differences("-@1", "-@2", text=LOG) == ([90], "")

    def test_options_between_files(self) -> None:
        assert differences("before.txt", "--seconds", "2", "after.txt") == ([2], "")

    def test_a_file_with_that_whole_name(self, folder: Path) -> None:
        (folder / "log.txt@1").write_text(ROUND.format(6))
        assert differences("before.txt", "log.txt@1") == ([1], "")


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


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("words", UNUSABLE)
def test_what_cannot_be_compared_is_one_line(words: str) -> None:
    ran = netstat_parse("compare", *words.split())
    assert (ran.returncode, ran.stdout, ran.stderr) == (2, "", f"netstat-parse: {UNUSABLE[words]}\n")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    "words", ["before.txt after.txt log.txt", "--seconds 0 before.txt after.txt", "--seconds nan before.txt after.txt"]
)
def test_wrong_usage_is_an_error(words: str) -> None:
    ran = netstat_parse("compare", *words.split())
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.startswith("usage: netstat-parse compare ")


@pytest.mark.usefixtures("folder")
def test_a_selection_is_refused() -> None:
    ran = netstat_parse("--only", "routes", "compare", "before.txt", "after.txt")
    assert (ran.returncode, "compare takes no --only" in ran.stderr) == (2, True)


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("words", "status"),
    [("before.txt after.txt", 1), ("before.txt before.txt", 0), ("--all log.txt", 1), ("log.txt@2 log.txt@2", 0)],
)
def test_the_exit_status_tells_changes_on_request(words: str, status: int) -> None:
    assert netstat_parse("compare", *words.split()).returncode == 0
    assert netstat_parse("compare", "--exit-code", *words.split()).returncode == status


def test_an_input_without_a_table_has_status_1(folder: Path) -> None:
    (folder / "notes.txt").write_text("dear support\n")
    ran = netstat_parse("compare", "before.txt", "notes.txt")
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith("netstat-parse: notes.txt: no netstat table")


def test_the_output_is_a_file(folder: Path) -> None:
    ran = netstat_parse("compare", "before.txt", "after.txt", "-o", "changes.txt")
    assert (ran.returncode, ran.stdout) == (0, "")
    assert "Ip.InReceives" in (folder / "changes.txt").read_text()
