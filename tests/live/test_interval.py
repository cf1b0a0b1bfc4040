"""`watch` and ``netstat-parse watch``: rounds at even times, until Ctrl-C or a count."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from itertools import pairwise
from pathlib import Path

import pytest

import netstat_parse as np
from netstat_parse.live.interval import rounds
from netstat_parse.live.session import Plan, Session
from support.fake import FAKE, QUOTED, all_end, pids

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and terminals of POSIX")
COMMAND = [sys.executable, "-m", "netstat_parse"]


def watch(seconds: str, behaviour: str, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, "watch", seconds, *options, "--netstat", QUOTED, "--", behaviour],
        env=os.environ | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_each_round_is_a_dump_of_its_own() -> None:
    dumps = list(np.watch(0.01, "list", count=3, netstat=FAKE))
    assert [dump.snapshots[0].index for dump in dumps] == [0, 0, 0]
    assert [dump.connections[0].line for dump in dumps] == [3, 3, 3]
    assert len({dump.snapshots[0].started_at for dump in dumps}) == 3


@pytest.mark.parametrize("interval", [0, -1, float("nan"), float("inf")])
def test_an_interval_is_above_0(interval: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        np.watch(interval, "list", netstat=FAKE)


def test_what_is_wrong_is_said_before_the_first_round(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        np.watch(1, netstat=tmp_path / "netstat")


def plan() -> Plan:
    return Plan(FAKE, [["list"]])


def read(asking: Session) -> float:
    began = time.monotonic()
    assert list(asking.rows())
    return began


def test_rounds_come_at_even_times() -> None:
    times = [read(asking) for asking in rounds(plan(), 0.5, 4)]
    assert [round(after - before, 1) for before, after in pairwise(times)] == pytest.approx([0.5] * 3, abs=0.2)


def test_rounds_that_are_missed_are_left_out() -> None:
    began = time.monotonic()
    times = []
    for asking in rounds(plan(), 0.2, 3):
        times.append(read(asking) - began)
        time.sleep(0.25)
    assert 0.8 <= times[2] < 1.6


def test_rounds_may_be_numbered_on() -> None:
    lines = [
        (columns["snapshot"], columns["line"])
        for asking in rounds(plan(), 0.01, 3, numbered_on=True)
        for kind, columns in asking.rows()
        if kind == "connections"
    ]
    assert lines == [([0], [3]), ([1], [6]), ([2], [9])]


def test_ndjson_is_one_input() -> None:
    ran = watch("0.1", "list", "--count", "2", "-f", "ndjson")
    records = [json.loads(line) for line in ran.stdout.splitlines()]
    assert (ran.returncode, ran.stderr) == (0, "")
    assert [record["kind"] for record in records] == ["connection", "snapshot"] * 2
    assert [record["snapshot"] for record in records[::2]] == [0, 1]
    assert all(record["exit_status"] == 0 for record in records[1::2])


def test_netstats_own_interval_is_used_where_it_has_one(tmp_path: Path) -> None:
    noted = tmp_path / "pids"
    ran = watch("1", "list", "--count", "3", "-f", "ndjson", FAKE_PIDS=str(noted))
    records = [json.loads(line) for line in ran.stdout.splitlines()]
    snapshots = [record for record in records if record["kind"] == "snapshot"]
    assert (ran.returncode, ran.stderr) == (0, "")
    assert [snapshot["argv"][-1] for snapshot in snapshots] == ["-c"] * 3
    assert [record["snapshot"] for record in records if record["kind"] == "connection"] == [0, 1, 2]
    assert sorted(snapshot["started_at"] for snapshot in snapshots) == [s["started_at"] for s in snapshots]
    assert len(pids(noted)) == 1
    assert all_end(noted)


def test_json_is_a_document_each_round() -> None:
    documents = [json.loads(line) for line in watch("0.1", "list", "--count", "2").stdout.splitlines()]
    assert [document["snapshots"][0]["index"] for document in documents] == [0, 0]


def test_a_first_round_without_a_table_ends_it() -> None:
    ran = watch("0.1", "only-complain")
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (1, "", 1)


def test_a_later_round_without_a_table_is_told_and_the_watch_goes_on(tmp_path: Path) -> None:
    ran = watch("0.1", "fail-later", "--count", "3", FAKE_PIDS=str(tmp_path / "pids"))
    assert (ran.returncode, ran.stdout.count("\n"), ran.stderr.count("\n")) == (1, 1, 2)


@posix
@pytest.mark.parametrize("seconds", ["0.2", "1"], ids=["asked again", "its own interval"])
def test_ctrl_c_ends_it_well(seconds: str, tmp_path: Path) -> None:
    noted = tmp_path / "pids"
    command = [*COMMAND, "watch", seconds, "-f", "ndjson", "--netstat", QUOTED, "--", "list"]
    with subprocess.Popen(
        command, env=os.environ | {"FAKE_PIDS": str(noted)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as watching:
        assert watching.stdout is not None
        first = watching.stdout.readline()
        watching.send_signal(signal.SIGINT)
        rest, errors = watching.communicate(timeout=20)
    assert (watching.returncode, errors) == (0, b"")
    assert all(json.loads(line) for line in (first + rest).splitlines())
    assert (first + rest).endswith(b"\n")
    assert all_end(noted)


@posix
def test_records_come_as_they_are_printed() -> None:
    command = [*COMMAND, "watch", "30", "-f", "ndjson", "--netstat", QUOTED, "--", "hang"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as watching:
        assert watching.stdout is not None
        assert json.loads(watching.stdout.readline())["kind"] == "connection"
        watching.send_signal(signal.SIGINT)
        watching.communicate(timeout=20)
    assert watching.returncode == 0


def on_a_terminal(*arguments: str) -> str:
    """What the command shows on a terminal of 120 columns."""
    import pty

    ours, its = pty.openpty()
    environment = os.environ | {"COLUMNS": "120", "LINES": "40", "TERM": "xterm"}
    with subprocess.Popen([*COMMAND, *arguments], stdout=its, stderr=subprocess.PIPE, env=environment) as shown:
        os.close(its)
        text = b""
        try:
            while data := os.read(ours, 65536):
                text += data
        except OSError:  # what Linux says when the other side has been closed
            pass
        finally:
            os.close(ours)
        assert shown.stderr is not None
        assert shown.stderr.read() == b""
    assert shown.returncode == 0
    return re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", text.decode())


@posix
def test_a_terminal_shows_rates() -> None:
    text = on_a_terminal("watch", "0.5", "-f", "table", "--count", "3", "--netstat", QUOTED, "--", "count")
    first, *_, last = text.split("Interfaces")[1:]
    rates = [float(rate.replace(",", "")) for rate in re.findall(r"│ ([\d,]+\.\d) +(?=│)", last)]
    assert "per second" not in first
    assert rates[:2] == [pytest.approx(1000, rel=0.3), pytest.approx(2000, rel=0.3)]


def test_a_file_gets_each_table(tmp_path: Path) -> None:
    path = tmp_path / "tables.txt"
    assert watch("0.1", "list", "--count", "2", "-f", "table", "-o", str(path)).returncode == 0
    assert path.read_text("utf-8").count("Connections") == 2
