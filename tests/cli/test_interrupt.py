"""Ctrl-C ends the command at once with status 130, whatever it does: real signals to real processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path

import pytest

from netstat_parse.workers import spawned
from support.command_line import LISTING, MAX_SECONDS, netstat_parse

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals and named pipes of POSIX")

MODES = {
    "one process": ["-f", "ndjson"],
    "workers": ["-f", "ndjson", "-j", "2"],
    "database": ["-f", "sqlite", "-o", "out.db"],
    "database with workers": ["-f", "sqlite", "-j", "2", "-o", "out.db"],
    "dataset": ["-f", "parquet", "-o", "out"],
    "dataset with workers": ["-f", "parquet", "-j", "2", "-o", "out"],
}


def to_group(process: subprocess.Popen[bytes]) -> None:
    """Send SIGINT as a terminal does: to the command and its workers."""
    os.killpg(process.pid, signal.SIGINT)


def to_parent(process: subprocess.Popen[bytes]) -> None:
    """Send SIGINT as another program does: to the command alone."""
    process.send_signal(signal.SIGINT)


def wait_until(is_done: Callable[[], bool], process: subprocess.Popen[bytes] | None = None) -> None:
    """Wait for a condition; fail at once if the process that has to bring it about has ended."""
    deadline = time.monotonic() + MAX_SECONDS
    while not is_done():
        assert time.monotonic() < deadline
        assert process is None or process.poll() is None or is_done()
        time.sleep(0.01)


class HangingInput:
    """A named pipe that gets a dump and no end, so that its reader hangs."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._writer = -1
        os.mkfifo(path)

    def is_read(self) -> bool:
        """Return whether a process reads the pipe; it gets the dump then."""
        try:
            self._writer = os.open(self.path, os.O_WRONLY | os.O_NONBLOCK)
        except OSError:  # nobody has opened it for reading
            return False
        os.write(self._writer, LISTING.encode() * 20)
        return True

    def is_abandoned(self) -> bool:
        """Return whether no process reads the pipe any more."""
        try:
            os.write(self._writer, b"\n")
        except BrokenPipeError:
            os.close(self._writer)
            return True
        return False


@contextmanager
def running(folder: Path, *arguments: str, stdin: int | None = None) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "netstat_parse", *arguments]
    with subprocess.Popen(
        command,
        cwd=folder,
        env=os.environ | {"TMPDIR": str(folder)},
        stdin=stdin,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    ) as process:
        try:
            yield process
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


@pytest.mark.parametrize("interrupt", [to_group, to_parent])
@pytest.mark.parametrize("mode", MODES)
def test_ctrl_c_ends_the_reading_at_once(
    mode: str, interrupt: Callable[[subprocess.Popen[bytes]], None], tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text(LISTING)
    hanging = HangingInput(tmp_path / "hanging")
    with running(tmp_path, *MODES[mode], "a.txt", "hanging") as process:
        wait_until(hanging.is_read, process)
        interrupt(process)
        _, errors = process.communicate(timeout=MAX_SECONDS)  # the input never ends
    assert (process.returncode, errors) == (130, b"")
    wait_until(hanging.is_abandoned)  # by the workers too
    assert not list(tmp_path.glob(".netstat-parse-*"))


def test_ctrl_c_while_workers_start_prints_no_traceback(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_text(LISTING)
    hanging = HangingInput(tmp_path / "hanging")
    for delay in range(12):
        with running(tmp_path, "-j", "4", "-f", "ndjson", "a.txt", "b.txt", "c.txt", "hanging") as process:
            # They write into this folder.
            wait_until(lambda: any(tmp_path.glob(".netstat-parse-*")), process)
            time.sleep(delay / 40)
            to_group(process)
            _, errors = process.communicate(timeout=MAX_SECONDS)
        assert (process.returncode, errors) == (130, b"")
        assert not list(tmp_path.glob(".netstat-parse-*"))
    assert not hanging.is_read()


@pytest.mark.skipif(sys.platform != "linux", reason="/proc")
@pytest.mark.parametrize("interrupt", [to_group, to_parent])
def test_ctrl_c_ends_the_workers_that_read_one_input(
    interrupt: Callable[[subprocess.Popen[bytes]], None], tmp_path: Path
) -> None:
    with running(tmp_path, "-f", "json", "-j", "2", stdin=subprocess.PIPE) as process:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        assert process.stdin
        process.stdin.write(LISTING.encode() + LISTING.splitlines(keepends=True)[-1].encode() * 20_000)
        process.stdin.flush()
        wait_until(lambda: len(children.read_text().split()) == 2, process)
        workers = [Path(f"/proc/{pid}") for pid in children.read_text().split()]
        interrupt(process)
        _, errors = process.communicate(timeout=MAX_SECONDS)
    assert (process.returncode, errors) == (130, b"")
    assert not any(worker.exists() for worker in workers)


INTERRUPTED_POOL = """
import os, signal
from multiprocessing import resource_tracker
from netstat_parse.cli import main
from netstat_parse.workers import pool

register = resource_tracker.register

def register_and_interrupt(*resource):
    register(*resource)
    os.kill(os.getpid(), signal.SIGINT)

resource_tracker.register = register_and_interrupt
pool.may_fork = lambda: False
main()
"""
"""Ctrl-C comes while a semaphore of the pool is made, before anything will remove it."""


def test_ctrl_c_while_the_pool_is_made_leaves_no_semaphore(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(LISTING)
    ran = netstat_parse("-j", "2", tmp_path / "a.txt", tmp_path / "b.txt", code=INTERRUPTED_POOL)
    assert (ran.returncode, ran.stderr) == (130, "")


def test_an_interrupted_database_leaves_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "out.db").write_bytes(b"the old database")
    hanging = HangingInput(tmp_path / "hanging")
    with running(tmp_path, "-f", "sqlite", "-o", "out.db", "hanging") as process:
        wait_until(hanging.is_read, process)
        to_group(process)
        process.communicate(timeout=MAX_SECONDS)
    assert (tmp_path / "out.db").read_bytes() == b"the old database"


def _hang(path: str) -> None:
    Path(path).touch()
    time.sleep(2 * MAX_SECONDS)


def test_a_pool_kills_its_workers_if_its_generator_is_closed(tmp_path: Path) -> None:
    def work() -> "Iterator[Future[None]]":
        with spawned.open_executor(1) as pool:
            yield pool.submit(_hang, str(tmp_path / "begun"))

    steps = work()
    hanging = next(steps)
    wait_until(lambda: (tmp_path / "begun").exists() or hanging.done())
    assert not hanging.done()
    start = time.monotonic()
    steps.close()  # type: ignore[attr-defined] # it is a generator
    assert time.monotonic() - start < MAX_SECONDS
