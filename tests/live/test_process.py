"""A run ends for any behaviour of netstat, leaves no process behind, and its output is read."""

import sys
import time
from pathlib import Path

import pytest

import netstat_parse as np
from netstat_parse.live.process import Limits, NetstatProcess
from support.fake_netstat import FAKE_COMMAND, all_exit

TIMEOUT_SECONDS = 2.0
"""Long enough for a fake to start and to print; those that hang are killed after it."""

MAX_SECONDS = 30
"""Maximum time for that on a busy machine: a fake that is not killed hangs for 60 seconds."""


@pytest.fixture(autouse=True)
def pid_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "pids"
    monkeypatch.setenv("FAKE_PID_FILE", str(path))
    return path


def run(behaviour: str, timeout: float = 60, max_output: int = 1 << 24) -> np.Dump:
    return np.run(behaviour, netstat=FAKE_COMMAND, timeout=timeout, max_output=max_output)


def codes(dump: np.Dump) -> list[tuple[str, str]]:
    return [(diagnostic.severity, diagnostic.code) for diagnostic in dump.diagnostics]


def test_a_snapshot_describes_its_run() -> None:
    (snapshot,) = run("list").snapshots
    assert snapshot.argv == [*FAKE_COMMAND, "list"]
    assert snapshot.command == " ".join([Path(FAKE_COMMAND[0]).name, *FAKE_COMMAND[1:], "list"])
    assert snapshot.exit_status == 0
    assert snapshot.started_at is not None
    assert snapshot.started_at.endswith("Z")
    assert 0 < (snapshot.duration_seconds or 0) < 60


@pytest.mark.parametrize("behaviour", ["hang", "close-and-hang"])
def test_output_before_a_timeout_is_read(behaviour: str, pid_file: Path) -> None:
    dump = run(behaviour, timeout=TIMEOUT_SECONDS)
    assert len(dump.connections) == 1
    assert codes(dump) == [("error", "timed-out")]
    assert dump.diagnostics[0].message.endswith(f"{behaviour} did not exit within 2 seconds")
    assert dump.snapshots[0].exit_status not in {0, None}
    assert TIMEOUT_SECONDS <= (dump.snapshots[0].duration_seconds or 0) < MAX_SECONDS
    assert all_exit(pid_file)


def test_a_timeout_without_output_is_an_error(pid_file: Path) -> None:
    with pytest.raises(np.NetstatParseError, match=r"no netstat table: .*; it did not exit within 2 seconds"):
        run("hang-silently", timeout=TIMEOUT_SECONDS)
    assert all_exit(pid_file)


def test_a_timeout_is_not_delayed_by_silence() -> None:
    start = time.monotonic()
    with pytest.raises(np.NetstatParseError):
        run("hang-silently", timeout=0.5)
    assert 0.5 <= time.monotonic() - start < MAX_SECONDS


def test_a_timeout_is_not_delayed_by_endless_output(pid_file: Path) -> None:
    start = time.monotonic()
    dump = run("flood", timeout=TIMEOUT_SECONDS, max_output=1 << 40)
    assert codes(dump)[-1] == ("error", "timed-out")
    assert time.monotonic() - start < MAX_SECONDS
    assert all_exit(pid_file)


@pytest.mark.skipif(sys.platform == "win32", reason="no sh")
@pytest.mark.parametrize("topic", ["connections", "statistics"])
def test_all_commands_share_the_timeout(tmp_path: Path, topic: str) -> None:
    netstat = tmp_path / "netstat"
    netstat.write_text("#!/bin/sh\nexec sleep 60\n")
    netstat.chmod(0o755)
    start = time.monotonic()
    with pytest.raises(np.NetstatParseError, match="did not exit within 2 seconds"):
        np.run(netstat=str(netstat), timeout=TIMEOUT_SECONDS, connections=topic == "connections", statistics=True)
    assert time.monotonic() - start < 2 * TIMEOUT_SECONDS


def test_output_that_is_complete_in_time_is_read_however_long_that_takes() -> None:
    with NetstatProcess([*FAKE_COMMAND, "list"], Limits(timeout_seconds=TIMEOUT_SECONDS)) as process:
        time.sleep(TIMEOUT_SECONDS + 1)
        assert b"".join(iter(process.read1, b""))
    assert process.abort is None


def test_endless_output_is_cut(pid_file: Path) -> None:
    dump = run("flood", max_output=1_000_000)
    assert codes(dump)[-1] == ("error", "output-cut")
    assert len(dump.diagnostics) <= 2  # the other one is about the row that was cut
    assert 5_000 < len(dump.connections) < 12_500
    assert dump.lines.total == dump.lines.records + dump.lines.headings + dump.lines.unparsed
    assert all_exit(pid_file)


def test_endless_standard_error_is_cut(pid_file: Path) -> None:
    with pytest.raises(np.NetstatParseError, match="it says: out of memory, or so it seems; it printed more than"):
        run("flood-errors", max_output=1_000_000)
    assert all_exit(pid_file)


def test_both_pipes_are_read_at_once() -> None:
    dump = run("flood-both-streams")
    assert len(dump.connections) == 20_000
    assert codes(dump) == [("warning", code) for code in ("netstat-message", "messages-repeated", "messages-cut")]
    assert dump.snapshots[0].exit_status == 0


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals: a killed process has an exit status")
def test_termination_by_a_signal_is_an_error() -> None:
    dump = run("die")
    assert len(dump.connections) == 1
    assert codes(dump) == [("error", "truncated-row"), ("error", "netstat-died")]
    assert dump.diagnostics[1].message.endswith("was terminated by signal SIGKILL")
    assert dump.snapshots[0].exit_status == -9


def test_a_nonzero_exit_status_is_a_warning() -> None:
    dump = run("fail")
    assert codes(dump) == [("warning", "exit-status")]
    assert (dump.diagnostics[0].line, dump.snapshots[0].exit_status) == (None, 3)


def test_output_on_standard_error_alone_is_an_error() -> None:
    with pytest.raises(np.NetstatParseError, match=r"it says: something is wrong; it exited with status 1$"):
        run("only-errors")


@pytest.mark.parametrize(("behaviour", "reason"), [("nothing", "the input is empty"), ("prose", "in 1 line of text")])
def test_output_without_a_table_is_an_error(behaviour: str, reason: str) -> None:
    with pytest.raises(np.NetstatParseError, match=reason):
        run(behaviour)


def test_rows_around_invalid_bytes_are_read() -> None:
    dump = run("print-bytes")
    assert [connection.pid for connection in dump.connections] == [None, 7, None]


@pytest.mark.skipif(sys.platform == "win32", reason="there only the children of a live process are killed with it")
def test_a_child_that_holds_the_pipes_open_is_killed(pid_file: Path) -> None:
    start = time.monotonic()
    dump = run("linger")
    assert (len(dump.connections), dump.diagnostics) == (1, [])
    assert time.monotonic() - start < MAX_SECONDS
    assert all_exit(pid_file)


def test_no_process_is_left_when_the_reader_stops(pid_file: Path) -> None:
    with NetstatProcess([*FAKE_COMMAND, "flood"]) as process:
        assert process.read1()
    assert process.exit_status not in {0, None}
    assert all_exit(pid_file)


def test_no_process_is_left_when_the_reader_raises(pid_file: Path) -> None:
    def read() -> None:
        with NetstatProcess([*FAKE_COMMAND, "hang"]) as process:
            assert process.read1()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read()
    assert all_exit(pid_file)


def test_limits_per_chunk_do_not_end_a_repeated_output(pid_file: Path) -> None:
    limits = Limits(timeout_seconds=TIMEOUT_SECONDS, max_output_bytes=1000, per_chunk=True)
    with NetstatProcess([*FAKE_COMMAND, "list", "-c"], limits) as process:
        chunks = [process.read1() for _ in range(25)]  # one every 0.1 seconds: more than both limits in all
    assert sum(map(len, chunks)) > 1000
    assert process.abort is None
    assert all_exit(pid_file)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows decides by the name what is executable")
def test_a_file_that_the_system_cannot_run_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "netstat"
    path.write_bytes(b"\0")
    path.chmod(0o755)
    with pytest.raises(FileNotFoundError, match="Exec format error"):
        np.run("-an", netstat=str(path))
