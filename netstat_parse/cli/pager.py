"""The pager of standard output on a terminal, as git has it.

The pager starts when there is something to show, not before: the input may come from the same terminal. It gets the
messages for standard error too if that is a terminal: written beside it, they would destroy its screen.
"""

import os
import shlex
import shutil
import signal
import subprocess
import sys
from argparse import Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING, cast

from netstat_parse.cli.output import ErrorStream

if TYPE_CHECKING:
    import io

    from netstat_parse.cli.output import OutputFile

VARIABLES = ("NETSTAT_PARSE_PAGER", "PAGER")
"""Environment variables that name the pager. The first that is set counts; an empty one means none."""

DEFAULT_PAGER = "less"

PAGER_ENVIRONMENT = {"LESS": "FRX", "LV": "-c", "LESSCHARSET": "utf-8"}
"""Variables for the pager if they are not set: those that git sets, and the encoding of our output in any locale.

F: quit at once if everything fits on the screen. R: show colours. X: leave the text on the screen.
"""

LINE_FORMATS = frozenset({"ndjson", "csv", "csv-raw", "tsv"})
"""Formats without a pager: they are for programs, and come line by line."""


def find_pager(options: Namespace) -> list[str] | None:
    """Return the command of the pager for an output on a terminal; None for no pager.

    The pager is named by the user's environment, and started without a shell. Windows has none: a search there finds
    programs in the current folder, and `more` cannot show colours.
    """
    is_for_lines = getattr(options, "format", None) in LINE_FORMATS
    if is_for_lines or not options.has_pager or os.environ.get("TERM") == "dumb" or sys.platform == "win32":
        return None
    named = [os.environ[name] for name in VARIABLES if name in os.environ]
    try:
        words = shlex.split(named[0] if named else DEFAULT_PAGER)
    except ValueError:  # a quotation mark is missing
        return None
    program = shutil.which(words[0]) if words and words != ["cat"] else None
    return [program, *words[1:]] if program else None


@contextmanager
def open_pager(command: list[str], output: "io.BufferedWriter[OutputFile]") -> Iterator[None]:
    """Let a pager take the place of an output on a terminal, as soon as something is written.

    At the end the output is closed, and the pager waited for. It handles Ctrl-C in the meantime.

    Raises:
        BrokenPipeError: the user has quit the pager already.
    """
    pager = _Pager(command, output)
    output.raw.before_first_write = pager.start
    try:
        with output:
            yield
    finally:
        pager.wait()


class _Pager:
    """A pager that is not started yet, or runs."""

    def __init__(self, command: list[str], output: "io.BufferedWriter[OutputFile]") -> None:
        self._command = command
        self._output = output
        self._process: subprocess.Popen[bytes] | None = None
        self._standard_error: int | None = None

    def start(self) -> None:
        """Start the pager; if that fails, the output goes to the terminal."""
        environment = {**PAGER_ENVIRONMENT, **os.environ}
        try:
            process = subprocess.Popen(self._command, stdin=subprocess.PIPE, env=environment)  # noqa: S603 - see above
        except OSError:
            return
        self._process = process
        with cast("IO[bytes]", process.stdin) as pipe:
            os.dup2(pipe.fileno(), self._output.fileno(), inheritable=False)
            if isinstance(sys.stderr, ErrorStream) and sys.stderr.isatty():
                sys.stderr.before_write = self._output.flush  # else a message may be in the middle of a line
                self._standard_error = os.dup(sys.stderr.fileno())
                os.dup2(pipe.fileno(), sys.stderr.fileno())

    def wait(self) -> None:
        """Wait until the user quits the pager."""
        if self._process is None:
            return
        previous = signal.signal(signal.SIGINT, signal.SIG_IGN)
        if self._standard_error is not None and isinstance(sys.stderr, ErrorStream):
            sys.stderr.before_write = None
            os.dup2(self._standard_error, sys.stderr.fileno())
            os.close(self._standard_error)
        self._process.wait()
        signal.signal(signal.SIGINT, previous)
