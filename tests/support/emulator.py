"""Run the command line in a terminal emulator, and read what its screen shows."""

import fcntl
import os
import pty
import select
import struct
import subprocess
import sys
import termios
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from time import monotonic

import pyte

HISTORY_LINES = 100_000
"""Lines above the screen that the emulator keeps."""

LEFT_TO_RIGHT_MARK = "\u200e".encode()
"""A character without a width, at which pyte drops the rest of the line."""

TIMEOUT_SECONDS = 60.0


class Terminal:
    """A terminal emulator of a given size, with a process in it."""

    def __init__(self, process: "subprocess.Popen[bytes]", controller: int, columns: int, rows: int) -> None:
        self.process = process
        self._controller = controller
        self.screen = pyte.HistoryScreen(columns, rows, history=HISTORY_LINES, ratio=1.0)
        self._stream = pyte.ByteStream(self.screen)
        self.output = b""
        """Everything that the process has written."""

    @property
    def lines(self) -> list[str]:
        """The lines above the screen and on it, without blanks at their ends."""
        columns = range(self.screen.columns)
        history = ["".join(line[column].data for column in columns) for line in self.screen.history.top]
        return [line.rstrip() for line in (*history, *self.screen.display)]

    def colors_of(self, text: str) -> set[str]:
        """Return the colours of this text where it is on the screen; `default` is no colour."""
        found = set()
        for number, line in enumerate(self.screen.display):
            start = line.find(text)
            if start >= 0:
                found |= {self.screen.buffer[number][start + index].fg for index in range(len(text))}
        return found

    @property
    def attributes(self) -> list[object]:
        """The settings of the terminal: echo, line editing, keys of signals."""
        return list(termios.tcgetattr(self._controller))

    def hang_up(self) -> None:
        """Close the terminal, as if its window was closed."""
        os.dup2(os.open(os.devnull, os.O_RDONLY), self._controller)

    def press(self, keys: str) -> None:
        """Press keys."""
        os.write(self._controller, keys.encode())

    def read(self, until: str | None = None, timeout: float = TIMEOUT_SECONDS) -> None:
        """Read the output until a text is on the screen, or else to its end.

        Raises:
            TimeoutError: this took too long.
        """
        end = monotonic() + timeout
        while until is None or until not in "\n".join(self.screen.display):
            if not select.select([self._controller], [], [], max(end - monotonic(), 0))[0]:
                raise TimeoutError("\n".join(self.lines))
            try:
                data = os.read(self._controller, 1 << 16)
            except OSError:  # Linux reports the closed terminal so
                data = b""
            if not data:
                return
            self.output += data
            self._stream.feed(data.replace(LEFT_TO_RIGHT_MARK, b""))


@contextmanager
def open_terminal(  # noqa: PLR0913 - what a terminal has
    arguments: Sequence[str],
    *,
    columns: int = 80,
    rows: int = 24,
    environment: Mapping[str, str] | None = None,
    stdin: int | None = None,
    stderr: int | None = None,
) -> Iterator[Terminal]:
    """Start ``netstat-parse`` in a terminal emulator; it is killed at the end if it still runs.

    Args:
        arguments: the arguments of the command line.
        columns: width of the terminal.
        rows: height of the terminal.
        environment: variables to set; NO_COLOR, COLUMNS, LINES and those of pagers are unset.
        stdin: file descriptor of standard input; None for the terminal.
        stderr: file descriptor of standard error; None for the terminal.
    """
    controller, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
    unset = {"NO_COLOR", "COLUMNS", "LINES", "PAGER", "LESS", "LV", "LESSCHARSET", "NETSTAT_PARSE_PAGER"}
    inherited = {name: value for name, value in os.environ.items() if name not in unset}
    process = subprocess.Popen(
        [sys.executable, "-m", "netstat_parse", *arguments],
        stdin=terminal if stdin is None else stdin,
        stdout=terminal,
        stderr=terminal if stderr is None else stderr,
        env={**inherited, "TERM": "xterm-256color", **(environment or {})},
        start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(1, termios.TIOCSCTTY, 0),  # noqa: PLW1509 - the tests' process has no threads
    )
    os.close(terminal)
    try:
        yield Terminal(process, controller, columns, rows)
    finally:
        process.kill()
        process.wait()
        os.close(controller)


def show(arguments: Sequence[str], *, columns: int = 80, environment: Mapping[str, str] | None = None) -> Terminal:
    """Run ``netstat-parse`` in a terminal emulator without a pager to its end."""
    environment = {"PAGER": "cat", **(environment or {})}
    with open_terminal(arguments, columns=columns, environment=environment) as terminal:
        terminal.read()
        terminal.process.wait(TIMEOUT_SECONDS)
        return terminal
