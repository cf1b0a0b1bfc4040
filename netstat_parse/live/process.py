"""Run one netstat: without a shell, with limits on time and output.

    with NetstatProcess(["/usr/bin/netstat", "-an"]) as process:
        dump = parse(process.read1())  # and so on, as from any file
    process.exit_status, process.stderr

At the end netstat and its process group are killed, on Windows its children. A child that leaves the group (``setsid``)
survives: nothing portable finds it. No netstat that is known starts one.

Two threads read its pipes, because on Windows nothing can wait for two pipes at once.
"""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from math import inf
from queue import Empty, Full, Queue
from threading import Event, Thread
from time import monotonic, sleep
from typing import IO, Any, NamedTuple, Self

from netstat_parse import logger
from netstat_parse.live import windows
from netstat_parse.live.guard import Guard
from netstat_parse.live.locate import NoNetstatError, child_environment

MAX_STDERR_BYTES = 16_384
"""Bytes of standard error to keep."""

CHUNK_BYTES = 65_536
"""Most bytes to read from a pipe at once: the capacity of a pipe on Linux."""

MAX_QUEUED_CHUNKS = 16
"""Chunks of output that wait to be read; when the queue is full, netstat blocks."""

POLL_SECONDS = 0.1
"""Longest wait without checking for anything else: on Windows, Ctrl-C is delayed by up to this."""

GRACE_SECONDS = 1.0
"""Time to wait for remaining output after netstat has exited while one of its children still holds a pipe open."""


@dataclass(frozen=True)
class Limits:
    """Limits on time and output, after which netstat is killed."""

    timeout_seconds: float = 60.0
    """Total time from the start, including the time that the reader needs to process the output."""
    max_output_bytes: int = 256 << 20
    """Total size of standard output and standard error."""
    per_chunk: bool = False
    """Restart both limits with each chunk of output, for a netstat that repeats its output; the reader's time is
    then not included."""


class Abort(NamedTuple):
    """Reason why netstat was killed, as the code and message of a diagnostic."""

    code: str
    message: str


class NetstatProcess:
    """A running netstat, readable as a file of its standard output.

    Standard error and exit status are complete after the last read.
    """

    def __init__(self, argv: list[str], limits: Limits | None = None, *, deadline: float | None = None) -> None:
        """Prepare to run a command.

        Args:
            argv: the command.
            limits: limits on time and output.
            deadline: time of the monotonic clock at which it is killed, if its own limit allows more.
        """
        self.argv = argv
        self.limits = limits or Limits()
        self.started_at = ""
        self.duration_seconds: float | None = None
        self.exit_status: int | None = None
        """Exit status; on POSIX the negative number of the signal that terminated it."""
        self.stderr = b""
        """Standard error, up to `MAX_STDERR_BYTES`."""
        self.dropped_stderr_bytes = 0
        self.abort: Abort | None = None
        """Why it was killed; None if it was not."""
        self._chunks: Queue[tuple[str, bytes]] = Queue(MAX_QUEUED_CHUNKS)
        self._open_pipes = {"stdout", "stderr"}
        self._is_stopped = Event()
        self._closed_pipes: set[str] = set()
        """Pipes of which all output is queued, so that what is left to read is bounded."""
        self._start = self._last_closed = 0.0
        self._deadline = inf if deadline is None else deadline
        self._bytes_left: int = self.limits.max_output_bytes

    def __enter__(self) -> Self:
        """Start the process.

        Raises:
            NoNetstatError: the operating system cannot run the program.
        """
        self.started_at = utc_now()
        self._start = self._last_closed = monotonic()
        self._deadline = min(self._deadline, self._start + self.limits.timeout_seconds)
        logger.debug("running %s", self.argv)
        self._guard = Guard()
        try:
            self._popen = _spawn(self.argv)
        except BaseException:
            self._guard.stop()
            raise
        self._guard.watch(self._popen.pid)
        try:
            for name, pipe in (("stdout", self._popen.stdout), ("stderr", self._popen.stderr)):
                Thread(target=self._read_pipe, args=(name, pipe), daemon=True).start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    def read1(self, _size: int = -1, /) -> bytes:
        """Return the next chunk of standard output; an empty one after both pipes are closed and netstat has exited."""
        if self.limits.per_chunk:
            self._deadline = monotonic() + self.limits.timeout_seconds
        while self._open_pipes:
            chunk = self._next_chunk()
            if chunk is None:
                break
            name, data = chunk
            self._bytes_left -= len(data)
            if self._bytes_left < 0:
                limit = self.limits.max_output_bytes
                self.abort = Abort("output-cut", f"printed more than {limit} bytes; the rest is missing")
                break
            if not data:
                self._open_pipes.remove(name)
            elif name == "stderr":
                kept = data[: MAX_STDERR_BYTES - len(self.stderr)]
                self.stderr += kept
                self.dropped_stderr_bytes += len(data) - len(kept)
            else:
                if self.limits.per_chunk:
                    self._bytes_left = self.limits.max_output_bytes
                return data
        self._open_pipes.clear()
        self._wait_for_exit()
        return b""

    read = read1

    def cancel(self) -> None:
        """Let netstat time out now; another thread may call this."""
        self._deadline = 0.0

    def stop(self) -> None:
        """Kill netstat and its process group, unless its exit status is known already."""
        self._is_stopped.set()
        if self.exit_status is None:
            if not _has_exited(self._popen):
                self._last_closed = monotonic()
            _kill_group(self._popen)
            self._guard.stop()
            self._reap(GRACE_SECONDS)

    def _next_chunk(self) -> tuple[str, bytes] | None:
        """Wait for the next chunk of either pipe; return None after the timeout or the grace period."""
        seconds_since_exit = 0.0
        while seconds_since_exit < GRACE_SECONDS:
            seconds_left = self._deadline - monotonic()
            if seconds_left <= 0 and not self._open_pipes <= self._closed_pipes:
                self.abort = self._timeout()
                return None
            try:
                return self._chunks.get(timeout=max(min(POLL_SECONDS, seconds_left), 0))
            except Empty:
                seconds_since_exit += POLL_SECONDS if _has_exited(self._popen) else 0
        return None

    def _wait_for_exit(self) -> None:
        """Wait until netstat exits, then reap it; kill it after the timeout, or at once if it was aborted."""
        pause = POLL_SECONDS / 256
        while not self.abort and not _has_exited(self._popen):
            if monotonic() >= self._deadline:
                self.abort = self._timeout()
            sleep(pause)
            pause = min(2 * pause, POLL_SECONDS)
        self.stop()

    def _timeout(self) -> Abort:
        return Abort("timed-out", f"did not exit within {self.limits.timeout_seconds:g} seconds")

    def _reap(self, timeout_seconds: float) -> None:
        try:
            self.exit_status = self._popen.wait(timeout_seconds)
        except subprocess.TimeoutExpired:  # it hangs in a system call, and exits when that returns
            return
        self.duration_seconds = round(self._last_closed - self._start, 6)
        logger.debug("%s ended with %s after %s s", self.argv[0], self.exit_status, self.duration_seconds)

    def _read_pipe(self, name: str, pipe: IO[bytes]) -> None:
        """Queue the chunks of a pipe, and an empty one at its end."""
        with pipe:
            while not self._is_stopped.is_set() and (data := pipe.read(CHUNK_BYTES)):
                self._enqueue(name, data)
        self._last_closed = monotonic()
        self._closed_pipes.add(name)
        self._enqueue(name, b"")

    def _enqueue(self, name: str, data: bytes) -> None:
        while not self._is_stopped.is_set():
            with suppress(Full):
                self._chunks.put((name, data), timeout=POLL_SECONDS)
                break


def utc_now() -> str:
    """Return the current time in UTC as RFC 3339, in milliseconds."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _spawn(argv: list[str]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603 - a list of words, the program by absolute path, no shell
            argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            env=child_environment(),
            cwd=windows.system_folder(),
            **_detached(),
        )
    except OSError as error:
        raise NoNetstatError(f"{argv[0]}: {error.strerror or error}") from error


def _detached() -> dict[str, Any]:
    """Arguments of Popen that detach the child from our terminal, so that it gets no Ctrl-C, and open no window."""
    if sys.platform == "win32":
        window = 0 if windows.has_console() else subprocess.CREATE_NO_WINDOW
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | window}
    return {"start_new_session": True}


def _has_exited(popen: subprocess.Popen[bytes]) -> bool:
    """Return whether the child has exited, without reaping it: its process group must not get another owner yet."""
    if sys.platform == "win32":
        return popen.poll() is not None
    if popen.returncode is not None:
        return True
    try:
        return os.waitid(os.P_PID, popen.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:  # the calling program has the kernel reap its children (SIGCHLD is ignored)
        return True


def _kill_group(popen: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        if popen.poll() is None:
            command = [f"{windows.system_folder()}\\taskkill.exe", "/F", "/T", "/PID", str(popen.pid)]
            with suppress(OSError):
                subprocess.run(command, capture_output=True, check=False, creationflags=subprocess.CREATE_NO_WINDOW)  # noqa: S603 - see above
    else:
        with suppress(ProcessLookupError, PermissionError):  # it belongs to another user
            os.killpg(popen.pid, signal.SIGKILL)
    popen.kill()
