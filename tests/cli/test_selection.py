"""``--only``, ``--where`` and ``--fields``: the same selection in every format."""

import itertools
import json
import os
import pty
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from netstat_parse.formats.registry import WRITERS
from netstat_parse.records import fields
from support.command_line import CUT, LISTING, MAX_SECONDS, netstat_parse
from support.fake_netstat import FAKE_COMMAND_LINE
from support.samples import SAMPLES, sample_id

EMPTY: tuple[object, ...] = (None, [], {})
some_samples = pytest.mark.parametrize("sample", SAMPLES[::7], ids=sample_id)

ROWS = (
    "tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      0          305258     77/sshd              \n"
    "tcp        0      0 10.0.0.1:22             10.0.0.2:4000           ESTABLISHED 0          305259     78/a,b               \n"
    "udp        0      0 0.0.0.0:68              0.0.0.0:*                           0          305260     79/true              \n"
)
UNIX = "unix  2      [ ACC ]     STREAM     LISTENING     306263   77/sshd              @/tmp/.X11-unix/X0\n"


def found(*arguments: str, text: str = ROWS + UNIX) -> dict[str, Any]:
    ran = netstat_parse("-q", *arguments, text=text)
    assert (ran.returncode, ran.stderr) == (0, "")
    return dict(json.loads(ran.stdout))


def error(*arguments: str) -> str:
    """Return the error message of wrong usage, which is one line."""
    ran = netstat_parse(*arguments, text=ROWS)
    assert (ran.returncode, ran.stdout) == (2, "")
    assert ran.stderr.count("\n") == 1
    return ran.stderr.rstrip().removeprefix("netstat-parse: ")


@pytest.mark.parametrize(
    "names",
    [
        "connections",
        "connection",
        "unix_sockets",
        "unix-socket",
        "connections,unix-sockets",
        "routes",
        "snapshots,lines"[:9],
    ],
)
def test_only_the_selected_tables_have_records(names: str) -> None:
    whole, part = found(), found("--only", names)
    tables = {f"{table.removesuffix('s')}s" for table in names.replace("-", "_").split(",")}
    assert part == {
        key: [] if key in fields.table_names() and key not in tables else value for key, value in whole.items()
    }


@pytest.mark.parametrize("form", ["json", "table", "csv"])
@pytest.mark.parametrize("jobs", [[], ["-j2", "-"]])
def test_a_selection_of_tables_that_the_input_lacks_is_reported(form: str, jobs: list[str]) -> None:
    ran = netstat_parse("-f", form, "--only", "routes,multicast_groups", *jobs, text=ROWS)
    message = "netstat-parse: --only routes,multicast_groups: the input has no multicast groups and routes\n"
    assert (ran.returncode, ran.stderr) == (0, message)


@pytest.mark.parametrize(
    "words", [["-q", "--only", "routes"], ["--only", "routes,connections"], ["--only", "diagnostics"]]
)
def test_a_selection_that_lacks_nothing_is_not_reported(words: list[str]) -> None:
    assert netstat_parse(*words, text=ROWS).stderr == ""


def test_tables_can_be_selected_by_several_options() -> None:
    assert found("--only", "connections", "--only", "unix-sockets") == found("--only", "connections,unix_sockets")


def test_an_unknown_table_is_a_usage_error_that_lists_the_tables() -> None:
    assert (
        error("--only", "ports") == f"--only: no such table: 'ports'; the tables are {', '.join(fields.table_names())}"
    )


@pytest.mark.parametrize(
    ("conditions", "programs"),
    [
        ("state=listen", ["sshd"]),
        ("state=listen,established", ["sshd", "a,b"]),
        ("state=null", ["true"]),
        ("pid=77", ["sshd"]),
        ("local_port=22 state=established", ["a,b"]),
        ("local-port=22 local-port=68", []),
        ("remote_port=null", ["sshd", "true"]),
        ("protocol=udp", ["true"]),
        ('program="a,b"', ["a,b"]),
        ('program="a,b",sshd', ["sshd", "a,b"]),
        ("program=a,b", []),
        ("program=true", ["true"]),
        ("uid=0", ["sshd", "a,b", "true"]),
        ("truncated=null", ["sshd", "a,b", "true"]),
        ("truncated=program", []),
        ("ref_count=2", []),
    ],
)
def test_only_records_that_match_are_selected(conditions: str, programs: list[str]) -> None:
    arguments = itertools.chain.from_iterable(("--where", condition) for condition in conditions.split())
    assert [record["program"] for record in found(*arguments)["connections"]] == programs


def test_a_table_without_the_field_has_no_records_that_match() -> None:
    part = found("--where", "local_port=22")
    assert [table for table in fields.table_names() if part[table]] == ["connections"]


@pytest.mark.parametrize(
    ("condition", "message"),
    [
        ("sate=listen", "no table has a field 'sate'; did you mean state"),
        ("zzzzzz=1", "no table has a field 'zzzzzz'; `netstat-parse schema` lists the fields"),
        ("state=WAITING", "state cannot be WAITING; it is closed, listen, syn_sent, "),
        ("pid=sshd", "pid cannot be sshd; it is integer or null"),
        ("pid=4.5", "pid cannot be 4.5; it is integer or null"),
        ("known=maybe", "known cannot be maybe; it is boolean or null"),
        ("state", "not a condition: state; write FIELD=VALUE, as in state=listen"),
        ("state=", "not a condition: state=; write FIELD=VALUE, as in state=listen"),
        ('program="a', 'missing closing quotation mark: "a'),
        ('program="a"b', 'expected a comma after the closing quotation mark: "a"b'),
    ],
)
def test_a_condition_that_can_never_hold_is_a_usage_error(condition: str, message: str) -> None:
    assert error("--where", condition).startswith(f"--where: {message}")


def test_an_unknown_field_is_a_usage_error_with_a_suggestion() -> None:
    assert error("--fields", "protocol,localport").startswith(
        "--fields: no table has a field 'localport'; did you mean local_port"
    )


def test_records_have_only_the_selected_fields_in_that_order() -> None:
    records = found("--fields", "local_port,protocol")["connections"]
    assert list(records[0].items()) == [("local_port", 22), ("protocol", "tcp")]


def test_a_table_without_any_selected_field_has_no_records() -> None:
    part = found("--fields", "local_port")
    assert [table for table in fields.table_names() if part[table]] == ["connections"]


def test_a_field_that_was_not_printed_is_null() -> None:
    assert found("--fields", "dscp,truncated")["connections"][0] == {"dscp": None, "truncated": []}


def test_lines_are_counted_for_the_whole_input() -> None:
    assert found("--only", "routes", "--fields", "metric")["lines"] == found()["lines"]


def test_strict_reports_errors_in_tables_that_are_not_selected() -> None:
    ran = netstat_parse("--strict", "--only", "routes", text=LISTING + CUT)
    assert (ran.returncode, json.loads(ran.stdout)["diagnostics"]) == (1, [])
    assert "row cut short" in ran.stderr


def test_text_without_a_table_is_an_error_with_any_selection() -> None:
    assert netstat_parse("--only", "routes", text="nothing here\n").returncode == 1


@pytest.mark.parametrize("form", WRITERS)
def test_every_format_has_the_selected_fields_as_columns(form: str) -> None:
    written = netstat_parse("-f", form, "--only", "connections", "--fields", "local_port,program", text=ROWS).stdout
    assert all(word in written for word in ("local_port", "program", "22", "sshd"))
    assert "protocol" not in written
    assert "0.0.0.0" not in written


@pytest.mark.parametrize("form", ["csv", "tsv", "table", "markdown"])
def test_snapshots_are_printed_if_they_are_selected(form: str) -> None:
    assert "linux" not in netstat_parse("-f", form, text=ROWS).stdout
    assert "linux" in netstat_parse("-f", form, "--only", "snapshots", text=ROWS).stdout


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_the_selection_applies_to_every_input(jobs: str, tmp_path: Path) -> None:
    for name_ in ("one", "two"):
        (tmp_path / name_).write_text(ROWS)
    choice = ["--where", "state=established", "--fields", "source,local_port"]
    ran = netstat_parse("-j", jobs, "-f", "ndjson", *choice, str(tmp_path))
    assert [json.loads(line) for line in ran.stdout.splitlines()] == [
        {"source": str(tmp_path / name_), "local_port": 22} for name_ in ("one", "two")
    ]


def test_run_accepts_a_selection() -> None:
    ran = netstat_parse(
        "run", "-f", "csv", "--only=connections", "--fields", "local_port", "--netstat", FAKE_COMMAND_LINE, "--", "list"
    )
    assert (ran.returncode, ran.stdout) == (0, "local_port\r\n22\r\n")


@pytest.mark.parametrize("before", [True, False], ids=["before the command", "after the command"])
def test_watch_accepts_a_selection(before: bool) -> None:  # noqa: FBT001 - a parameter of the test
    choice = ["-f", "ndjson", "--where", "state=listen", "--fields", "kind,local_port"]
    command = ["watch", "0.1", "--count", "2", "--netstat", FAKE_COMMAND_LINE]
    words = [*choice, *command] if before else [*command, *choice]
    ran = netstat_parse(*words, "--", "list")
    assert (ran.returncode, ran.stdout) == (0, '{"kind":"connection","local_port":22}\n' * 2)


@pytest.mark.skipif(sys.platform == "win32", reason="no terminals of POSIX")
def test_watch_on_a_terminal_accepts_a_selection() -> None:
    master, slave = pty.openpty()
    command = [
        sys.executable,
        "-m",
        "netstat_parse",
        "watch",
        "0.1",
        "--count",
        "2",
        "-f",
        "table",
        "--netstat",
        FAKE_COMMAND_LINE,
    ]
    subprocess.run([*command, "--fields", "local_port", "--", "list"], stdout=slave, check=True, timeout=60)
    os.close(slave)
    written = os.read(master, 65536).decode()
    os.close(master)
    assert "local_port" in written
    assert "0.0.0.0" not in written


@pytest.mark.parametrize("form", ["csv", "tsv", "ndjson"])
def test_a_single_table_is_written_as_netstat_prints_it(form: str) -> None:
    choice = ["--only", "connections", "--fields", "local_port"]
    command = ["watch", "30", "-f", form, *choice, "--netstat", FAKE_COMMAND_LINE]
    with subprocess.Popen(
        [sys.executable, "-m", "netstat_parse", *command, "--", "hang"], stdout=subprocess.PIPE
    ) as ran:
        assert ran.stdout is not None
        assert b"local_port" in ran.stdout.readline()
        ran.terminate()
        ran.communicate(timeout=MAX_SECONDS)


@pytest.mark.parametrize("option", ["--only=connections", "--where=state=listen", "--fields=kind,line"])
def test_an_option_given_twice_selects_the_same_as_once(option: str) -> None:
    assert found(option) == found(option, option)
