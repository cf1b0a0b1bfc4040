"""`run` and ``netstat-parse run``: several commands become one dump; exit statuses and error messages."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from netstat_parse.live.plan import Plan
from netstat_parse.live.session import ask
from netstat_parse.records.diagnostics import diagnostic_row
from support.command_line import MAX_SECONDS
from support.fake_netstat import FAKE_COMMAND, FAKE_COMMAND_LINE, all_exit, read_pids


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
    return netstat_parse("run", *options, "--netstat", FAKE_COMMAND_LINE, "--", behaviour, **environment)


def plan(*behaviours: str) -> Plan:
    return Plan(FAKE_COMMAND, [[behaviour] for behaviour in behaviours])


def test_several_commands_are_one_input() -> None:
    session = ask(plan("list", "fail", "list"))
    rows = list(session.rows())
    snapshots = [columns for kind, columns in rows if kind == "snapshots"]
    connections = [columns for kind, columns in rows if kind == "connections"]
    assert [columns["index"] for columns in snapshots] == [[0], [1], [2]]
    assert [columns["first_line"] + columns["last_line"] for columns in snapshots] == [[1, 3], [4, 6], [7, 9]]
    assert [[*columns["snapshot"], *columns["line"]] for columns in connections] == [[0, 3], [1, 6], [2, 9]]
    assert session.lines == {"total": 9, "records": 3, "headings": 6, "blank": 0, "foreign": 0, "unparsed": 0}


def test_a_command_without_a_table_is_a_diagnostic_if_another_has_a_table() -> None:
    session = ask(plan("only-errors", "list"))
    codes = [columns["code"][0] for kind, columns in session.rows() if kind == "diagnostics"]
    assert codes == ["netstat-message", "netstat-message", "exit-status", "no-table"]
    assert session.has_failed


def test_the_first_error_is_raised_if_no_command_prints_a_table() -> None:
    session = ask(plan("nothing", "only-errors"))
    with pytest.raises(ValueError, match=r"the input is empty$"):
        list(session.rows())


def test_a_plan_without_commands_raises_its_notices() -> None:
    session = ask(Plan(FAKE_COMMAND, [], notices=[diagnostic_row("not-supported", "it cannot print: groups")]))
    with pytest.raises(ValueError, match="it cannot print: groups"):
        list(session.rows())


def test_bytes_in_options_that_are_not_utf_8_are_escaped() -> None:
    session = ask(Plan(FAKE_COMMAND, [["list", "\udcff-ü"]]))
    argv = [columns["argv"][0] for kind, columns in session.rows() if kind == "snapshots"]
    assert argv == [[*FAKE_COMMAND, "list", "\\xff-ü"]]


def test_the_command_prints_the_json_document() -> None:
    ran = run("list")
    assert (ran.returncode, ran.stderr) == (0, "")
    document = json.loads(ran.stdout)
    assert document["source"] == FAKE_COMMAND[0]
    assert document["snapshots"][0]["argv"] == [*FAKE_COMMAND, "list"]
    assert document["lines"]["records"] == 1


def test_the_command_prints_ndjson() -> None:
    kinds = [json.loads(line)["kind"] for line in run("fail", "-f", "ndjson").stdout.splitlines()]
    assert kinds == ["connection", "snapshot", "diagnostic"]


def test_shared_options_may_precede_the_command() -> None:
    ran = netstat_parse("-f", "table", "--strict", "run", "--netstat", FAKE_COMMAND_LINE, "--", "list")
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "0.0.0.0:22" in ran.stdout


def test_a_file_called_run_can_be_read(tmp_path: Path) -> None:
    (tmp_path / "run").write_text("tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN\n")
    code = f"import os, sys; os.chdir({str(tmp_path)!r}); from netstat_parse import cli; sys.exit(cli.main(['./run']))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, check=False)
    assert json.loads(ran.stdout)["source"] == "./run"


@pytest.mark.parametrize("options", [[], ["--strict"], ["--quiet"], ["--only", "routes"]], ids=str)
def test_a_row_that_could_not_be_read_is_in_the_exit_status_of_run(options: list[str]) -> None:
    ran = run("print-damaged-row", *options)
    assert ran.returncode == 1
    assert len(json.loads(ran.stdout)["connections"]) == (0 if "routes" in options else 2)


@pytest.mark.parametrize(
    ("behaviour", "status", "message"),
    [
        ("fail", 1, "exited with status 3"),
        ("hang", 1, "did not exit within 2 seconds"),
        ("only-errors", 1, "no netstat table: the input is empty; it says: something is wrong; it exited with status"),
        ("nothing", 1, "no netstat table: the input is empty"),
    ],
)
def test_a_failed_run_is_one_line_on_standard_error(behaviour: str, status: int, message: str) -> None:
    ran = run(behaviour, "--timeout", "2")
    assert ran.returncode == status
    assert message in ran.stderr
    assert ran.stderr.count("\n") == 1
    assert ran.stderr.startswith("netstat-parse: ")


@pytest.mark.parametrize("form", ["json", "ndjson", "table"])
def test_no_output_if_there_is_no_table(form: str) -> None:
    assert run("only-errors", "-f", form).stdout == ""


def test_a_missing_netstat_has_exit_status_127(tmp_path: Path) -> None:
    ran = netstat_parse("run", "--netstat", str(tmp_path / "netstat"))
    assert (ran.returncode, ran.stdout) == (127, "")
    assert ran.stderr == f"netstat-parse: {tmp_path / 'netstat'}: no such program\n"


@pytest.mark.skipif(sys.platform == "win32", reason="netstat is a part of Windows")
def test_a_missing_netstat_is_one_line_that_says_how_to_install_it() -> None:
    code = "import sys; from netstat_parse import cli; from netstat_parse.live import locate; locate.TRUSTED_FOLDERS = []; sys.exit(cli.main(['run']))"
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.returncode == 127
    assert "net-tools" in ran.stderr
    assert ran.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run", "--routes", "--", "-an"], "exclude each other"),
        (
            ["run", "-an"],
            "netstat-parse run: unknown option -an; options of netstat go behind --: netstat-parse run -- -an\n",
        ),
        (["run", "--timeout", "soon"], "must be a number of seconds above 0, not soon"),
        (["run", "--timeout", "1e300"], "must be at most 31536000 seconds, not 1e300"),
        (["watch", "99999999999999999"], "must be at most 31536000 seconds, not 99999999999999999"),
        (["watch"], "SECONDS is missing"),
        (["run", "--netstat", "'"], "--netstat: no command: ': no closing quotation"),
        (["run", "--netstat", "n" * 5000], "File name too long"),
        (["watch", "1e-300"], "must be at least 0.001 seconds, not 1e-300"),
        (["watch", "1", "--count", "9" * 5000], "must be a number above 0, not 999"),
        (["watch", "0"], "must be a number of seconds above 0, not 0"),
        (["watch", "inf"], "must be a number of seconds above 0, not inf"),
        (["watch", "1", "--count", "0"], "must be a number above 0, not 0"),
    ],
)
def test_wrong_usage_has_exit_status_2(arguments: list[str], message: str) -> None:
    ran = netstat_parse(*arguments)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert message in ran.stderr


def test_an_unknown_encoding_has_exit_status_2() -> None:
    ran = run("list", "-e", "klingon")
    assert (ran.returncode, ran.stdout) == (2, "")
    assert "unknown encoding 'klingon'" in ran.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
@pytest.mark.parametrize(
    ("number", "status"),
    [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129), ("SIGQUIT", 131), ("SIGKILL", 137)],
)
def test_a_signal_ends_netstat_too(number: str, status: int, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "netstat_parse", "run", "--netstat", FAKE_COMMAND_LINE, "--", "hang-silently"]
    pid_file = tmp_path / "pids"
    with subprocess.Popen(
        command, env=os.environ | {"FAKE_PID_FILE": str(pid_file)}, stderr=subprocess.PIPE
    ) as process:
        assert read_pids(pid_file)
        process.send_signal(signal.Signals[number])
        _, errors = process.communicate(timeout=MAX_SECONDS)
    # If the interrupt arrives while Python executes code from a string, as dataclasses do on import, Python kills itself
    # with that signal. A shell reports both as the same status.
    returned = process.returncode if process.returncode >= 0 else 128 - process.returncode
    assert (returned, errors) == (status, b"")
    assert all_exit(pid_file)
