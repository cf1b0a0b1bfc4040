"""Runs one netstat: without a shell, for a limited time, with limited output, and leaves no process behind.

    with Run(["/usr/bin/netstat", "-an"]) as run:
        dump = parse(run.read1())  # and so on, as from any file
    run.exit_status, run.stderr

Two threads read what it writes, since on Windows nothing can wait for two pipes at once.
"""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from queue import Empty, Full, Queue
from threading import Event, Thread
from time import monotonic, sleep
from typing import IO, Any, NamedTuple, Self

from netstat_parse import logger
from netstat_parse.decode.lines import MAX_LINE_CHARS
from netstat_parse.live import windows
from netstat_parse.live.locate import NoNetstatError, environment

MESSAGES = 16_384
"""Bytes of standard error that are kept."""


PIECES = 16
"""Pieces of output that wait to be read; then netstat waits."""


TICK = 0.1
"""Seconds for which nothing else is looked at: Ctrl-C waits as long on Windows."""


GRACE = 1.0
"""Seconds that are waited for the rest of the output when netstat has ended, but a child of it holds the pipe open."""


@dataclass(frozen=True)
class Limits:
    """How much of a run is waited for."""

    seconds: float = 60.0
    """Time to wait for its output, in all; the time in which we read what came does not count."""
    size: int = 256 << 20
    """Bytes of output, in all."""
    are_renewed: bool = False
    """Whether they begin anew with each piece of output, for a run that is to go on."""


class Trouble(NamedTuple):
    """Why a run was ended before its time."""

    code: str
    message: str


class Run:
    """A netstat that runs, and a file of what it prints.

    What it says on standard error, and how it ended, is known when all has been read.
    """

    def __init__(self, argv: list[str], limits: Limits | None = None) -> None:
        self.argv = argv
        self.limits = limits or Limits()
        self.started_at = ""
        self.duration_seconds: float | None = None
        self.exit_status: int | None = None
        self.stderr = b""
        self.unheard = 0
        """Bytes of standard error that were not kept."""
        self.trouble: Trouble | None = None
        self._pieces: Queue[tuple[str, bytes]] = Queue(PIECES)
        self._open = {"stdout", "stderr"}
        self._is_over = Event()
        self._start = self._heard = 0.0
        self._seconds: float = self.limits.seconds
        self._size: int = self.limits.size

    def __enter__(self) -> Self:
        """Start it.

        Raises:
            NoNetstatError: the system cannot run it.
        """
        self.started_at = now()
        self._start = self._heard = monotonic()
        logger.debug("running %s", self.argv)
        self._popen = _start(self.argv)
        try:
            for name, pipe in (("stdout", self._popen.stdout), ("stderr", self._popen.stderr)):
                Thread(target=self._pump, args=(name, pipe), daemon=True).start()
        except BaseException:
            self.end()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        self.end()

    def read1(self, _size: int = -1, /) -> bytes:
        """Some bytes of standard output, as soon as there are any; none at its end, when netstat has ended, too."""
        while "stdout" in self._open or "stderr" in self._open:
            piece = self._next()
            if piece is None:
                break
            name, data = piece
            self._size -= len(data)
            if self._size < 0:
                self.trouble = Trouble(
                    "output-cut", f"printed more than {self.limits.size} bytes, of which this is a part"
                )
                break
            if not data:
                self._open.remove(name)
            elif name == "stderr":
                kept = data[: MESSAGES - len(self.stderr)]
                self.stderr += kept
                self.unheard += len(data) - len(kept)
            else:
                if self.limits.are_renewed:
                    self._seconds, self._size = self.limits.seconds, self.limits.size
                return data
        self._open.clear()
        self._wait()
        return b""

    read = read1

    def end(self) -> None:
        """End netstat, and all that it has started, if it has not ended itself."""
        self._is_over.set()
        if self.exit_status is None:
            if not _has_ended(self._popen):
                self._heard = monotonic()
            _kill(self._popen)
            self._reap(GRACE)

    def _next(self) -> tuple[str, bytes] | None:
        """What comes next of either stream; none where it has been waited for long enough."""
        ended_for = 0.0
        while ended_for < GRACE:
            if self._seconds <= 0:
                self.trouble = self._late
                return None
            began = monotonic()
            try:
                return self._pieces.get(timeout=min(TICK, self._seconds))
            except Empty:
                ended_for += TICK if _has_ended(self._popen) else 0
            finally:
                self._seconds -= monotonic() - began
        return None

    def _wait(self) -> None:
        """Wait for netstat to end, as it has closed its output or is to be ended."""
        tick = TICK / 256
        while not self.trouble and not _has_ended(self._popen):
            if self._seconds <= 0:
                self.trouble = self._late
            sleep(tick)
            self._seconds -= tick
            tick = min(2 * tick, TICK)
        self.end()

    @property
    def _late(self) -> Trouble:
        return Trouble("timed-out", f"did not end within {self.limits.seconds:g} seconds")

    def _reap(self, seconds: float) -> None:
        try:
            self.exit_status = self._popen.wait(seconds)
        except subprocess.TimeoutExpired:  # it is stuck in the kernel, which is going to end it
            return
        self.duration_seconds = round(self._heard - self._start, 6)
        logger.debug("%s ended with %s after %s s", self.argv[0], self.exit_status, self.duration_seconds)

    def _pump(self, name: str, pipe: IO[bytes]) -> None:
        """Hand on what comes through a pipe, and nothing at its end."""
        with pipe:
            while not self._is_over.is_set() and (data := pipe.read(MAX_LINE_CHARS)):
                self._offer(name, data)
        self._heard = monotonic()
        self._offer(name, b"")

    def _offer(self, name: str, data: bytes) -> None:
        while not self._is_over.is_set():
            with suppress(Full):
                self._pieces.put((name, data), timeout=TICK)
                break


def now() -> str:
    """The time: RFC 3339, in UTC."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def _start(argv: list[str]) -> subprocess.Popen[bytes]:
    try:
        return subprocess.Popen(  # noqa: S603 - a list of words, the program by absolute path, no shell
            argv,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            bufsize=0,
            env=environment(),
            cwd=windows.system_folder(),
            **_apart(),
        )
    except OSError as error:
        raise NoNetstatError(f"{argv[0]}: {error.strerror or error}") from error


def _apart() -> dict[str, Any]:
    """What keeps a child apart from our terminal, so that Ctrl-C is ours alone, and from the screen."""
    if sys.platform == "win32":
        window = 0 if windows.is_shared() else subprocess.CREATE_NO_WINDOW
        return {"creationflags": subprocess.CREATE_NEW_PROCESS_GROUP | window}
    return {"start_new_session": True}


def _has_ended(popen: subprocess.Popen[bytes]) -> bool:
    """Whether the child has ended. It is not reaped yet, so that its process group cannot be another one's."""
    if sys.platform == "win32":
        return popen.poll() is not None
    if popen.returncode is not None:
        return True
    try:
        return os.waitid(os.P_PID, popen.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None
    except ChildProcessError:  # our program has the kernel reap its children
        return True


def _kill(popen: subprocess.Popen[bytes]) -> None:
    if sys.platform == "win32":
        if popen.poll() is None:
            command = [f"{windows.system_folder()}\\taskkill.exe", "/F", "/T", "/PID", str(popen.pid)]
            with suppress(OSError):
                subprocess.run(command, capture_output=True, check=False, creationflags=subprocess.CREATE_NO_WINDOW)  # noqa: S603 - see above
    else:
        with suppress(ProcessLookupError, PermissionError):  # it is another user's
            os.killpg(popen.pid, signal.SIGKILL)
    popen.kill()
