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
from pathlib import Path
from typing import IO, TYPE_CHECKING, NamedTuple, cast

from netstat_parse.cli.complaints import complain
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


COLOR_PAGERS = frozenset({"less", "lv", "bat", "batcat", "moar", "moor", "ov"})
"""Pagers that show colours. Others may count the codes as text, and break lines too early."""

SHELL = "/bin/sh"

SHELL_CHARACTERS = frozenset("|&;<>()$`*?[#~=%\n")
"""Characters of a command that need a shell, as in git."""

INTERRUPTED = (-signal.SIGINT, 128 + signal.SIGINT)
"""Exit statuses of a pager, and of a shell with one, that ended with Ctrl-C."""


class Pager(NamedTuple):
    """A pager that can be started."""

    command: list[str]
    takes_color: bool
    label: str
    """The command as the user wrote it."""

    @contextmanager
    def open(self, output: "io.BufferedWriter[OutputFile]") -> Iterator[None]:
        """Let the pager take the place of an output on a terminal, as soon as something is written.

        At the end the output is closed, and the pager waited for. It handles Ctrl-C in the meantime.

        Raises:
            BrokenPipeError: the user has quit the pager already.
            KeyboardInterrupt: the user has pressed Ctrl-C, also if the rest could not be written then.
            OSError: the pager has failed.
        """
        process = _PagerProcess(self.command, output)
        output.raw.before_first_write = process.start
        try:
            with output:
                yield
        except BrokenPipeError as error:
            if isinstance(error.__context__, KeyboardInterrupt):
                raise error.__context__ from None
            raise
        finally:
            status = process.wait()
            if status and status not in INTERRUPTED:
                end = f"was killed by signal {-status}" if status < 0 else f"ended with status {status}"
                raise OSError(f"the pager {self.label} {end}, so output may be missing; --no-pager prints without it")


def find_pager(options: Namespace) -> Pager | None:
    """Return the pager for an output on a terminal; None for no pager.

    The pager is named by the user's environment, and started by a shell if its command needs one. Windows has none: a
    search there finds programs in the current folder, and `more` cannot show colours.
    """
    is_for_lines = getattr(options, "format", None) in LINE_FORMATS
    if is_for_lines or not options.has_pager or os.environ.get("TERM") == "dumb" or sys.platform == "win32":
        return None
    variable = next((name for name in VARIABLES if name in os.environ), None)
    command = os.environ[variable] if variable else DEFAULT_PAGER
    try:
        words = shlex.split(command)
    except ValueError as error:
        complain(f"no pager: {variable} is {command}: {str(error).lower()}")
        return None
    if not words or words == ["cat"]:
        return None
    if not SHELL_CHARACTERS.isdisjoint(command):
        return Pager([SHELL, "-c", command], takes_color=False, label=command)
    program = shutil.which(words[0])
    if program is None:
        if variable:
            complain(f"no pager: {variable} is {command}, but there is no program {words[0]}")
        return None
    name = Path(program).name
    shows_codes = ["-R"] if name == "less" else []  # without it, less prints the codes of colours as text
    return Pager([program, *shows_codes, *words[1:]], name in COLOR_PAGERS, command)


class _PagerProcess:
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

    def wait(self) -> int:
        """Wait until the user quits the pager, and return its exit status; 0 if it was not started."""
        if self._process is None:
            return 0
        previous = signal.signal(signal.SIGINT, signal.SIG_IGN)
        if self._standard_error is not None and isinstance(sys.stderr, ErrorStream):
            sys.stderr.before_write = None
            os.dup2(self._standard_error, sys.stderr.fileno())
            os.close(self._standard_error)
        status = self._process.wait()
        signal.signal(signal.SIGINT, previous)
        return status
