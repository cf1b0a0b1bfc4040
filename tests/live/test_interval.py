"""`watch` and ``netstat-parse watch`` run netstat at even times, until Ctrl-C or a count."""

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import netstat_parse as np
from netstat_parse.live import interval
from netstat_parse.live.interval import ask_repeatedly
from netstat_parse.live.plan import Plan
from support.command_line import MAX_SECONDS
from support.fake_netstat import FAKE_COMMAND, FAKE_COMMAND_LINE, all_exit, read_pids

posix = pytest.mark.skipif(sys.platform == "win32", reason="signals and terminals of POSIX")
COMMAND = [sys.executable, "-m", "netstat_parse"]


def watch(seconds: str, behaviour: str, *options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, "watch", seconds, *options, "--netstat", FAKE_COMMAND_LINE, "--", behaviour],
        env=os.environ | environment,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
        check=False,
    )


def test_each_session_is_a_dump_with_its_own_numbers() -> None:
    dumps = list(np.watch(0.01, "list", count=3, netstat=FAKE_COMMAND))
    assert [dump.snapshots[0].index for dump in dumps] == [0, 0, 0]
    assert [dump.connections[0].line for dump in dumps] == [3, 3, 3]
    assert len({dump.snapshots[0].started_at for dump in dumps}) == 3


@pytest.mark.parametrize("interval", [0, -1, float("nan"), float("inf")])
def test_an_interval_is_above_0(interval: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        np.watch(interval, "list", netstat=FAKE_COMMAND)


def test_a_missing_netstat_is_an_error_before_the_first_session(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        np.watch(1, netstat=tmp_path / "netstat")


def plan() -> Plan:
    return Plan(FAKE_COMMAND, [["list"]])


@pytest.mark.parametrize(
    ("duration", "starts"), [(0.125, [0.0, 0.5, 1.0, 1.5]), (0.625, [0.0, 1.0, 2.0, 3.0])], ids=["even", "skipped"]
)
def test_sessions_start_at_even_times_and_are_skipped_during_another_one(
    duration: float, starts: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    now = 0.0

    def pass_time(seconds: float) -> None:
        nonlocal now
        now += seconds

    monkeypatch.setattr(interval, "monotonic", lambda: now)
    times = []
    for session in ask_repeatedly(plan(), 0.5, 4, pause=pass_time):
        times.append(now)
        assert list(session.rows())
        pass_time(duration)
    assert times == starts


def test_sessions_wait_for_their_time() -> None:
    start = time.monotonic()
    assert all(list(session.rows()) for session in ask_repeatedly(plan(), 0.25, 3))
    assert time.monotonic() - start >= 0.5


def test_sessions_can_continue_the_numbers() -> None:
    numbers = [
        (columns["snapshot"], list(columns["line"]))
        for session in ask_repeatedly(plan(), 0.01, 3, continue_numbers=True)
        for kind, columns in session.rows()
        if kind == "connections"
    ]
    assert numbers == [([0], [3]), ([1], [6]), ([2], [9])]


def test_ndjson_numbers_its_snapshots_through() -> None:
    ran = watch("0.1", "list", "--count", "2", "-f", "ndjson")
    records = [json.loads(line) for line in ran.stdout.splitlines()]
    assert (ran.returncode, ran.stderr) == (0, "")
    assert [record["kind"] for record in records] == ["connection", "snapshot"] * 2
    assert [record["snapshot"] for record in records[::2]] == [0, 1]
    assert all(record["exit_status"] == 0 for record in records[1::2])


def test_the_interval_option_of_netstat_is_used_if_it_has_one(tmp_path: Path) -> None:
    pid_file = tmp_path / "pids"
    ran = watch("1", "list", "--count", "3", "-f", "ndjson", FAKE_PID_FILE=str(pid_file))
    records = [json.loads(line) for line in ran.stdout.splitlines()]
    snapshots = [record for record in records if record["kind"] == "snapshot"]
    assert (ran.returncode, ran.stderr) == (0, "")
    assert [snapshot["argv"][-1] for snapshot in snapshots] == ["-c"] * 3
    assert [record["snapshot"] for record in records if record["kind"] == "connection"] == [0, 1, 2]
    assert sorted(snapshot["started_at"] for snapshot in snapshots) == [s["started_at"] for s in snapshots]
    assert len(read_pids(pid_file)) == 1
    assert all_exit(pid_file)


def test_json_is_one_document_per_session() -> None:
    documents = [json.loads(line) for line in watch("0.1", "list", "--count", "2").stdout.splitlines()]
    assert [document["snapshots"][0]["index"] for document in documents] == [0, 0]


def test_a_first_session_without_a_table_ends_the_watch() -> None:
    ran = watch("0.1", "only-errors")
    assert (ran.returncode, ran.stdout, ran.stderr.count("\n")) == (1, "", 1)


def test_the_watch_goes_on_after_a_later_session_without_a_table(tmp_path: Path) -> None:
    ran = watch("0.1", "fail-later", "--count", "3", FAKE_PID_FILE=str(tmp_path / "pids"))
    assert (ran.returncode, ran.stdout.count("\n"), ran.stderr.count("\n")) == (1, 1, 2)


@posix
@pytest.mark.parametrize("seconds", ["0.2", "1"], ids=["run again", "netstat's own interval"])
def test_ctrl_c_ends_the_watch_with_whole_records_and_status_0(seconds: str, tmp_path: Path) -> None:
    pid_file = tmp_path / "pids"
    command = [*COMMAND, "watch", seconds, "-f", "ndjson", "--netstat", FAKE_COMMAND_LINE, "--", "list"]
    with subprocess.Popen(
        command, env=os.environ | {"FAKE_PID_FILE": str(pid_file)}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        process.send_signal(signal.SIGINT)
        rest, errors = process.communicate(timeout=MAX_SECONDS)
    assert (process.returncode, errors) == (0, b"")
    assert all(json.loads(line) for line in (first + rest).splitlines())
    assert (first + rest).endswith(b"\n")
    assert all_exit(pid_file)


@posix
def test_records_are_written_as_soon_as_netstat_prints_them() -> None:
    command = [*COMMAND, "watch", "30", "-f", "ndjson", "--netstat", FAKE_COMMAND_LINE, "--", "hang"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert json.loads(process.stdout.readline())["kind"] == "connection"
        process.send_signal(signal.SIGINT)
        process.communicate(timeout=MAX_SECONDS)
    assert process.returncode == 0


def run_on_terminal(*arguments: str) -> str:
    """Run the command on a terminal of 120 columns, and return the text without escape sequences."""
    import pty

    master, slave = pty.openpty()
    environment = os.environ | {"COLUMNS": "120", "LINES": "40", "TERM": "xterm"}
    with subprocess.Popen([*COMMAND, *arguments], stdout=slave, stderr=subprocess.PIPE, env=environment) as process:
        os.close(slave)
        text = b""
        try:
            while data := os.read(master, 65536):
                text += data
        except OSError:  # Linux reports EIO after the other side was closed
            pass
        finally:
            os.close(master)
        assert process.stderr is not None
        assert process.stderr.read() == b""
    assert process.returncode == 0
    return re.sub(r"\x1b\[[\d;?]*[A-Za-z]", "", text.decode())


@posix
def test_a_table_on_a_terminal_has_rates() -> None:
    text = run_on_terminal("watch", "0.5", "-f", "table", "--count", "3", "--netstat", FAKE_COMMAND_LINE, "--", "count")
    first, *_, last = text.split("Interfaces")[1:]
    row = next(line for line in last.splitlines() if "eth0" in line)
    rates = [float(rate.replace(",", "")) for rate in row.split()[-2:]]
    assert "packets/s" not in first
    assert rates == [pytest.approx(1000, rel=0.3), pytest.approx(2000, rel=0.3)]


@posix
@pytest.mark.parametrize(("number", "status"), [(signal.SIGINT, 0), (signal.SIGTERM, 143)])
def test_a_signal_completes_the_output_file(number: signal.Signals, status: int, tmp_path: Path) -> None:
    path, pid_file = tmp_path / "x.ndjson", tmp_path / "pids"
    path.write_text("former")
    command = [*COMMAND, "watch", "0.2", "-f", "ndjson", "-o", str(path), "--netstat", FAKE_COMMAND_LINE, "--", "list"]
    with subprocess.Popen(command, env=os.environ | {"FAKE_PID_FILE": str(pid_file)}) as process:
        deadline = time.monotonic() + MAX_SECONDS
        while len(read_pids(pid_file)) < 3 and time.monotonic() < deadline:
            time.sleep(0.02)
        assert path.read_text() == "former"
        process.send_signal(number)
        assert process.wait(MAX_SECONDS) == status
    assert {json.loads(line)["kind"] for line in path.read_text().splitlines()} == {"connection", "snapshot"}
    assert {entry.name for entry in tmp_path.iterdir()} == {"x.ndjson", "pids"}


@pytest.mark.parametrize("behaviour", ["nothing", "prose"])
def test_a_watch_that_fails_at_first_leaves_the_former_output(behaviour: str, tmp_path: Path) -> None:
    path = tmp_path / "x.json"
    path.write_text("former")
    assert watch("0.1", behaviour, "-o", str(path)).returncode == 1
    assert path.read_text() == "former"


@pytest.mark.skipif(not Path("/proc/self/fd").exists(), reason="no /proc")
def test_many_sessions_leave_no_descriptor_open() -> None:
    def count() -> int:
        return len(list(Path("/proc/self/fd").iterdir()))

    first, counts = 0, list[int]()
    for session in ask_repeatedly(plan(), 0.01, 20):
        assert [rows.kind for rows in session.rows()]
        first = first or count()
        counts.append(count())
    deadline = time.monotonic() + MAX_SECONDS  # the threads that read close their pipes
    while count() > first and time.monotonic() < deadline:
        time.sleep(0.02)
    assert count() <= first
    assert max(counts) <= first + 4


def test_a_file_gets_the_table_of_each_session(tmp_path: Path) -> None:
    path = tmp_path / "tables.txt"
    assert watch("0.1", "list", "--count", "2", "-f", "table", "-o", str(path)).returncode == 0
    assert path.read_text("utf-8").count("Connections") == 2
