"""`run` and ``netstat-parse run``: several commands become one dump, and every end has its exit status."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from netstat_parse.live.process import Limits
from netstat_parse.live.session import Plan, Session
from netstat_parse.records.diagnostics import diagnostic_row
from support.fake import FAKE, QUOTED, all_end, pids


def netstat_parse(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "netstat_parse", *arguments],
        env=os.environ | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def run(behaviour: str, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return netstat_parse("run", *options, "--netstat", QUOTED, "--", behaviour, **environment)


def ask(*behaviours: str, **limits: float) -> Session:
    limit = Limits(seconds=limits.get("seconds", 60))
    return Session(Plan(FAKE, [[behaviour] for behaviour in behaviours], limits=limit))


def test_several_commands_are_one_input() -> None:
    asking = ask("list", "fail", "list")
    rows = {(kind, n): columns for n, (kind, columns) in enumerate(asking.rows())}
    snapshots = [columns for (kind, _), columns in rows.items() if kind == "snapshots"]
    connections = [columns for (kind, _), columns in rows.items() if kind == "connections"]
    assert [columns["index"] for columns in snapshots] == [[0], [1], [2]]
    assert [columns["first_line"] + columns["last_line"] for columns in snapshots] == [[1, 3], [4, 6], [7, 9]]
    assert [columns["snapshot"] + columns["line"] for columns in connections] == [[0, 3], [1, 6], [2, 9]]
    assert asking.lines == {"total": 9, "records": 3, "headings": 6, "blank": 0, "foreign": 0, "unparsed": 0}


def test_a_command_without_a_table_is_told_beside_the_others() -> None:
    asking = ask("only-complain", "list")
    told = [columns["code"][0] for kind, columns in asking.rows() if kind == "diagnostics"]
    assert told == ["netstat-message", "netstat-message", "exit-status", "no-table"]
    assert asking.has_failed


def test_the_first_error_stands_for_all_where_there_is_no_table() -> None:
    asking = ask("nothing", "only-complain")
    with pytest.raises(ValueError, match=r"the input is empty$"):
        list(asking.rows())


def test_what_cannot_be_asked_is_an_error_where_there_is_nothing_else() -> None:
    asking = Session(Plan(FAKE, [], remarks=[diagnostic_row("not-told", "it does not tell: groups")]))
    with pytest.raises(ValueError, match="it does not tell: groups"):
        list(asking.rows())


def test_the_command_prints_the_document() -> None:
    ran = run("list")
    assert (ran.returncode, ran.stderr) == (0, "")
    document = json.loads(ran.stdout)
    assert document["source"] == FAKE[0]
    assert document["snapshots"][0]["argv"] == [*FAKE, "list"]
    assert document["lines"]["records"] == 1


def test_ndjson_is_printed_too() -> None:
    kinds = [json.loads(line)["kind"] for line in run("fail", "-f", "ndjson").stdout.splitlines()]
    assert kinds == ["connection", "snapshot", "diagnostic"]


def test_words_that_are_no_text_are_told_as_far_as_they_are() -> None:
    asking = Session(Plan(FAKE, [["list", "\udcff-ü"]]))
    argv = [columns["argv"][0] for kind, columns in asking.rows() if kind == "snapshots"]
    assert argv == [[*FAKE, "list", "?-ü"]]


def test_options_of_all_commands_may_stand_before_it() -> None:
    ran = netstat_parse("-f", "table", "--strict", "run", "--netstat", QUOTED, "--", "list")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "0.0.0.0:22" in ran.stdout


def test_a_file_may_be_called_run(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN\n")
    code = f"import os, sys; os.chdir({str(tmp_path)!r}); from netstat_parse import cli; sys.exit(cli.main(['./run']))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert json.loads(ran.stdout)["source"] == "./run"


@pytest.mark.parametrize(
    ("behaviour", "status", "complaint"),
    [
        ("fail", 0, "ended with exit status 3"),
        ("hang", 1, "did not end within 2 seconds"),
        ("only-complain", 1, "no netstat table: the input is empty; it says: something is wrong; it ended with exit"),
        ("nothing", 1, "no netstat table: the input is empty"),
    ],
)
def test_what_goes_wrong_is_one_line_and_an_exit_status(behaviour: str, status: int, complaint: str) -> None:
    ran = run(behaviour, "--timeout", "2")
    assert ran.returncode == status
    assert complaint in ran.stderr
    assert ran.stderr.count("\n") == 1
    assert ran.stderr.startswith("netstat-parse: ")


@pytest.mark.parametrize("form", ["json", "ndjson", "table"])
def test_without_a_table_nothing_is_printed(form: str) -> None:
    assert run("only-complain", "-f", form).stdout == ""


def test_without_a_netstat_it_ends_with_127(tmp_path: Path) -> None:
    ran = netstat_parse("run", "--netstat", str(tmp_path / "netstat"))
    assert (ran.returncode, ran.stdout) == (127, "")
    assert ran.stderr == f"netstat-parse: {tmp_path / 'netstat'}: no such program\n"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows comes with its netstat")
def test_without_a_netstat_it_is_told_how_to_get_one() -> None:
    code = "import sys; from netstat_parse import cli; from netstat_parse.live import locate; locate.TRUSTED = []; sys.exit(cli.main(['run']))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 127
    assert "net-tools" in ran.stderr
    assert ran.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["run", "--routes", "--", "-an"], "exclude each other"),
        (["run", "-an"], "unrecognized arguments: -an"),
        (["run", "--timeout", "soon"], "must be a number of seconds above 0, not soon"),
        (["watch"], "required: SECONDS"),
        (["watch", "0"], "must be a number of seconds above 0, not 0"),
        (["watch", "inf"], "must be a number of seconds above 0, not inf"),
        (["watch", "1", "--count", "0"], "must be a number above 0, not 0"),
    ],
)
def test_wrong_usage_ends_with_2(arguments: list[str], complaint: str) -> None:
    ran = netstat_parse(*arguments)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert complaint in ran.stderr


def test_an_unknown_encoding_ends_with_2() -> None:
    ran = run("list", "-e", "klingon")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "unknown encoding 'klingon'" in ran.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_ends_netstat_too(number: signal.Signals, status: int, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "netstat_parse", "run", "--netstat", QUOTED, "--", "hang"]
    noted = tmp_path / "pids"
    with subprocess.Popen(command, env=os.environ | {"FAKE_PIDS": str(noted)}, stderr=subprocess.PIPE) as running:
        assert pids(noted)
        running.send_signal(number)
        _, errors = running.communicate(timeout=20)
    # Python ends itself by the interrupt where that came while it ran code from a string, as dataclasses do on import; a
    # shell tells one from the other by nothing.
    shown = running.returncode if running.returncode >= 0 else 128 - running.returncode
    assert (shown, errors) == (status, b"")
    assert all_end(noted)
