"""A run of netstat, whatever that does: it ends, nothing is left of it, and what it printed is read."""

import sys
import time
from pathlib import Path

import pytest

import netstat_parse as np
from netstat_parse.live.process import Limits, Run
from support.fake import FAKE, all_end

PATIENCE = 2.0
"""Seconds that a fake has to start and to print; those that hang are waited for as long."""


@pytest.fixture(autouse=True)
def noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "pids"
    monkeypatch.setenv("FAKE_PIDS", str(path))
    return path


def run(behaviour: str, timeout: float = 60, max_output: int = 1 << 24) -> np.Dump:
    return np.run(behaviour, netstat=FAKE, timeout=timeout, max_output=max_output)


def told(dump: np.Dump) -> list[tuple[str, str]]:
    return [(diagnostic.severity, diagnostic.code) for diagnostic in dump.diagnostics]


def test_a_run_is_told_with_its_snapshot() -> None:
    (snapshot,) = run("list").snapshots
    assert snapshot.argv == [*FAKE, "list"]
    assert snapshot.command == " ".join([Path(FAKE[0]).name, *FAKE[1:], "list"])
    assert snapshot.exit_status == 0
    assert snapshot.started_at is not None
    assert snapshot.started_at.endswith("Z")
    assert 0 < (snapshot.duration_seconds or 0) < 60


@pytest.mark.parametrize("behaviour", ["hang", "close-and-hang"])
def test_what_came_before_a_time_out_is_read(behaviour: str, noted: Path) -> None:
    dump = run(behaviour, timeout=PATIENCE)
    assert len(dump.connections) == 1
    assert told(dump) == [("error", "timed-out")]
    assert dump.diagnostics[0].message.endswith(f"{behaviour} did not end within 2 seconds")
    assert dump.snapshots[0].exit_status not in {0, None}
    assert dump.snapshots[0].duration_seconds == pytest.approx(PATIENCE, abs=1)
    assert all_end(noted)


def test_silence_until_a_time_out_is_an_error(noted: Path) -> None:
    with pytest.raises(np.NetstatParseError, match=r"no netstat table: .*; it did not end within 2 seconds"):
        run("hang-silently", timeout=PATIENCE)
    assert all_end(noted)


def test_a_time_out_takes_as_long_as_it_says() -> None:
    began = time.monotonic()
    with pytest.raises(np.NetstatParseError):
        run("hang-silently", timeout=0.5)
    assert 0.5 <= time.monotonic() - began < 5


def test_a_flood_is_cut(noted: Path) -> None:
    dump = run("flood", max_output=1_000_000)
    assert told(dump)[-1] == ("error", "output-cut")
    assert len(dump.diagnostics) <= 2  # the other one is about the row that was cut
    assert 5_000 < len(dump.connections) < 12_500
    assert dump.lines.total == dump.lines.records + dump.lines.headings + dump.lines.unparsed
    assert all_end(noted)


def test_a_flood_of_errors_is_cut(noted: Path) -> None:
    with pytest.raises(np.NetstatParseError, match="it says: out of memory, or so it seems; it printed more than"):
        run("flood-errors", max_output=1_000_000)
    assert all_end(noted)


def test_both_streams_are_read_at_once() -> None:
    dump = run("say-much-on-both", timeout=20)
    assert len(dump.connections) == 20_000
    assert told(dump) == [("warning", code) for code in ("netstat-message", "messages-repeated", "messages-cut")]
    assert dump.snapshots[0].exit_status == 0


@pytest.mark.skipif(sys.platform == "win32", reason="a process that is ended there has just an exit status")
def test_death_half_way_is_told() -> None:
    dump = run("die")
    assert len(dump.connections) == 1
    assert told(dump) == [("error", "truncated-row"), ("error", "netstat-died")]
    assert dump.diagnostics[1].message.endswith("was ended by the signal SIGKILL")
    assert dump.snapshots[0].exit_status == -9


def test_an_exit_status_is_told() -> None:
    dump = run("fail")
    assert told(dump) == [("warning", "exit-status")]
    assert (dump.diagnostics[0].line, dump.snapshots[0].exit_status) == (None, 3)


def test_standard_error_alone_is_an_error() -> None:
    with pytest.raises(np.NetstatParseError, match=r"it says: something is wrong; it ended with exit status 1$"):
        run("only-complain")


@pytest.mark.parametrize(("behaviour", "reason"), [("nothing", "the input is empty"), ("prose", "in 1 line of text")])
def test_no_table_is_an_error(behaviour: str, reason: str) -> None:
    with pytest.raises(np.NetstatParseError, match=reason):
        run(behaviour)


def test_invalid_bytes_are_read_around() -> None:
    dump = run("print-bytes")
    assert [connection.pid for connection in dump.connections] == [None, 7, None]


@pytest.mark.skipif(sys.platform == "win32", reason="only the tree of processes that still live is ended there")
def test_a_child_that_holds_the_pipe_is_not_waited_for(noted: Path) -> None:
    began = time.monotonic()
    dump = run("linger")
    assert (len(dump.connections), dump.diagnostics) == (1, [])
    assert time.monotonic() - began < 20
    assert all_end(noted)


def test_nothing_is_left_when_the_reader_stops(noted: Path) -> None:
    with Run([*FAKE, "flood"]) as endless:
        assert endless.read1()
    assert endless.exit_status not in {0, None}
    assert all_end(noted)


def test_nothing_is_left_when_the_reader_fails(noted: Path) -> None:
    def read() -> None:
        with Run([*FAKE, "hang"]) as hanging:
            assert hanging.read1()
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        read()
    assert all_end(noted)


def test_a_run_that_goes_on_has_its_limits_renewed(noted: Path) -> None:
    with Run([*FAKE, "list", "-c"], Limits(seconds=PATIENCE, size=1000, are_renewed=True)) as going_on:
        pieces = [going_on.read1() for _ in range(25)]
    assert sum(map(len, pieces)) > 1000
    assert going_on.trouble is None
    assert all_end(noted)


@pytest.mark.skipif(sys.platform == "win32", reason="what is executable is told by its name there")
def test_what_the_system_cannot_run_is_no_netstat(tmp_path: Path) -> None:
    path = tmp_path / "netstat"
    path.write_bytes(b"\0")
    path.chmod(0o755)
    with pytest.raises(FileNotFoundError, match="Exec format error"):
        np.run("-an", netstat=str(path))
