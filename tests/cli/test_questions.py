"""The commands `listeners`, `talkers` and `states`, ``--count-by``, and what is reported about them."""

import csv
import io
import json
import zipfile
from pathlib import Path

import pytest
import yaml

from netstat_parse.formats.registry import WRITERS
from support.command_line import netstat_parse
from support.fake_netstat import FAKE_COMMAND_LINE

TITLE = "Active Internet connections ({})\n"
HEADINGS = "Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name\n"
LISTENING = "tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      77/sshd\n"
CONNECTED = (
    "tcp        0      0 10.0.0.1:22             10.0.0.2:4000           ESTABLISHED 78/=cmd()\n"
    "tcp        0      0 10.0.0.1:22             10.0.0.3:4001           TIME_WAIT   -\n"
)
DUMP = TITLE.format("servers and established") + HEADINGS + LISTENING + CONNECTED
WITHOUT = TITLE.format("w/o servers") + HEADINGS + CONNECTED


def answer(*arguments: object, text: str = DUMP) -> list[dict[str, object]]:
    ran = netstat_parse(*arguments, "-f", "ndjson", text=text)
    assert (ran.returncode, ran.stderr) == (0, "")
    return list(map(json.loads, ran.stdout.splitlines()))


def error(*arguments: object, text: str = DUMP) -> str:
    """Return the last line of standard error of a usage error."""
    ran = netstat_parse(*arguments, text=text)
    assert (ran.returncode, ran.stdout) == (2, "")
    return ran.stderr.splitlines()[-1]


@pytest.mark.parametrize("command", ["listeners", "talkers", "states"])
@pytest.mark.parametrize("form", WRITERS)
def test_every_format_has_the_answer(command: str, form: str) -> None:
    fields = {"listeners": "protocol,local_port", "talkers": "remote_address,connections", "states": "state,local_port"}
    ran = netstat_parse(command, "-f", form, "--fields", fields[command], text=DUMP)
    assert (ran.returncode, ran.stderr) == (0, "")
    values = {"listeners": ["tcp", "22"], "talkers": ["10.0.0.2", "1"], "states": ["listen", "22"]}[command]
    assert all(word in ran.stdout.replace("\\_", "_") for word in [*fields[command].split(","), *values])


def test_json_and_yaml_have_the_answer_by_its_name() -> None:
    document = json.loads(netstat_parse("listeners", "-f", "json", text=DUMP).stdout)
    assert (document["source"], [record["exposure"] for record in document["listeners"]]) == (None, ["every_address"])
    assert yaml.safe_load(netstat_parse("listeners", "-f", "yaml", text=DUMP).stdout) == document


def test_csv_for_spreadsheets_has_no_formula() -> None:
    rows = list(csv.DictReader(io.StringIO(netstat_parse("states", "-f", "csv", text=DUMP).stdout)))
    assert "'=cmd()" in {row["program"] for row in rows}


def test_the_table_of_listeners_fits_into_80_columns() -> None:
    assert max(map(len, netstat_parse("listeners", text=DUMP).stdout.splitlines())) <= 80


def test_each_input_has_its_own_answer(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "dumps.zip", "w") as archive:
        archive.writestr("a.txt", DUMP)
        archive.writestr("b.txt", DUMP)
    names = [f"{tmp_path / 'dumps.zip'}:{name}" for name in ("a.txt", "b.txt")]
    found = answer("listeners", "--fields", "local_port,source", tmp_path / "dumps.zip")
    assert found == [{"local_port": 22, "source": name} for name in names]
    assert [next(iter(record.items())) for record in answer("listeners", tmp_path / "dumps.zip")] == [
        ("source", name) for name in names
    ]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (WITHOUT, "it cannot show listening sockets: netstat was run without the option for them"),
        ("Tcp:\n    5 active connection openings\n", "it cannot show listening sockets: it has no table of sockets"),
    ],
)
def test_an_input_that_cannot_show_listeners_is_an_error(text: str, reason: str) -> None:
    ran = netstat_parse("listeners", "-f", "json", text=text)
    assert (ran.returncode, ran.stdout) == (1, "")
    assert ran.stderr.startswith(f"netstat-parse: standard input: {reason}")


def test_runs_without_listeners_in_a_log_are_reported() -> None:
    ran = netstat_parse("listeners", "-f", "ndjson", text=DUMP + WITHOUT)
    assert (ran.returncode, len(ran.stdout.splitlines())) == (0, 1)
    assert "1 run of netstat without -a or -l" in ran.stderr


def test_a_snapshot_of_a_log_can_be_chosen(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text(DUMP + WITHOUT + DUMP)
    assert answer("listeners", "--fields", "snapshot", f"{log}@0", f"{log}@2") == [{"snapshot": 0}, {"snapshot": 2}]
    ran = netstat_parse("listeners", f"{log}@9")
    assert (ran.returncode, ran.stdout, ran.stderr) == (2, "", f"netstat-parse: {log}: it has no snapshot 9\n")
    assert "w/o servers" in netstat_parse("listeners", f"{log}@1").stderr
    assert answer("listeners", "--fields", "snapshot", "-@2", text=DUMP + WITHOUT + DUMP) == [{"snapshot": 2}]


def test_an_empty_answer_is_reported() -> None:
    ran = netstat_parse("listeners", text=TITLE.format("only servers") + HEADINGS)
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", "netstat-parse: standard input: no listeners\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["listeners", "--only", "routes"], "listeners takes no --only"),
        (["--count-by", "state", "states"], "states takes no --count-by"),
        (["listeners", "-f", "sqlite"], "sqlite stores the records of an input, not an answer"),
        (["listeners", "--fields", "pid,metric"], "listeners have no field 'metric'; they have source, snapshot, "),
        (["talkers", "--where", "metric=1"], "metric is a field of interfaces and routes, not of connections"),
        (["talkers", "--network", "33"], "--network: not a prefix length of IPv4: 33"),
        (["states", "--by", "pid"], "--by: not a field to count by: pid"),
        (["listeners", "--live", "dump.txt"], "--live asks the netstat of this machine: remove the files"),
        (["--count-by", "state", "--fields", "pid"], "--count-by prints its fields and the counts: remove --fields"),
        (["--count-by", "state", "-f", "sqlite", "-o", "x"], "-f sqlite stores records: remove --count-by"),
        (["--count-by", "metric,pid"], "no table has all of metric and pid"),
        (["watch", "1", "--count-by", "state"], "watch cannot count records: use run --count-by"),
        (["--only", "connections", "--fields", "metric"], "metric is a field of interfaces and routes"),
    ],
)
def test_options_that_do_not_fit_are_a_usage_error(arguments: list[str], message: str) -> None:
    assert message in error(*arguments)


@pytest.mark.parametrize("command", ["listeners", "talkers", "states"])
def test_live_asks_the_netstat_of_this_machine(command: str) -> None:
    ran = netstat_parse(command, "--live", "-f", "json", "--netstat", f"{FAKE_COMMAND_LINE} list")
    assert json.loads(ran.stdout)[command] if command != "talkers" else "no talkers" in ran.stderr


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_records_of_all_inputs_are_counted(jobs: str, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).write_text(DUMP)
    assert answer("-j", jobs, "--count-by", "local_port,state", tmp_path) == [
        {"local_port": 22, "state": "listen", "count": 2},
        {"local_port": 22, "state": "established", "count": 2},
        {"local_port": 22, "state": "time_wait", "count": 2},
    ]


@pytest.mark.parametrize("form", WRITERS)
def test_every_format_has_the_counts(form: str) -> None:
    ran = netstat_parse("-f", form, "--where", "state=listening", "--count-by", "protocol", text=DUMP + DUMP)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert all(word in ran.stdout for word in ("protocol", "count", "tcp", "2"))


def test_run_counts_records() -> None:
    arguments = ["run", "--count-by", "state", "--netstat", FAKE_COMMAND_LINE, "-f", "ndjson", "--", "list"]
    assert netstat_parse(*arguments).stdout == '{"state":"listen","count":1}\n'


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_condition_that_no_record_meets_is_reported_once(jobs: str, tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).write_text(DUMP)
    arguments = ["-j", jobs, "-f", "csv", "--where", "state=listen", "--where", "pid=5", tmp_path]
    ran = netstat_parse(*arguments)
    message = "--where pid=5: no record that meets the conditions before it has this value"
    assert (ran.returncode, ran.stdout, ran.stderr) == (0, "", f"netstat-parse: {message}\n")
    assert netstat_parse("-q", *arguments).stderr == ""


def test_a_condition_that_one_input_meets_is_not_reported(tmp_path: Path) -> None:
    (tmp_path / "one").write_text(DUMP)
    (tmp_path / "two").write_text(WITHOUT)
    assert netstat_parse("-j", "2", "--where", "state=LISTEN", tmp_path).stderr == ""


def test_conditions_on_fields_of_the_answer_choose_its_records() -> None:
    assert [found["local_port"] for found in answer("listeners", "--where", "exposure=every_address")] == [22]
    assert answer("talkers", "--where", "inbound=1", "--where", "ports=tcp/22", "--fields", "remote_address") == [
        {"remote_address": "10.0.0.2"},
        {"remote_address": "10.0.0.3"},
    ]
    ran = netstat_parse("listeners", "--where", "exposure=loopback", text=DUMP)
    assert (ran.returncode, ran.stderr) == (
        0,
        "netstat-parse: standard input: no record meets --where exposure=loopback\n",
    )


def test_the_first_records_of_each_run_can_be_chosen() -> None:
    log = f"2024-05-06 07:08:09\n{DUMP}\n2024-05-06 07:09:09\n{DUMP}"
    assert [found["snapshot"] for found in answer("talkers", "--top", "1", text=log)] == [0, 1]
    assert "must be a number above 0, not 0" in error("talkers", "--top", "0")


def test_counts_of_a_table_that_the_input_does_not_have_are_reported() -> None:
    ran = netstat_parse("--count-by", "destination", text=DUMP)
    assert (ran.returncode, json.loads(ran.stdout)) == (0, {"counts": []})
    assert ran.stderr == "netstat-parse: --count-by destination: the input has no routes\n"
    assert netstat_parse("-q", "--count-by", "destination", text=DUMP).stderr == ""
