"""The output: a file that is replaced when the new one is whole, or standard output; and standard error."""

import io
import os
import sys
from argparse import Namespace
from collections.abc import Callable
from contextlib import ExitStack, nullcontext
from typing import IO, TYPE_CHECKING

from netstat_parse.cli.appearance import choose_appearance
from netstat_parse.cli.complaints import EXIT_PARSED
from netstat_parse.formats.appearance import Appearance
from netstat_parse.named_fields import NamedFields

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

    from netstat_parse.cli.pager import Pager

STANDARD_OUTPUT = "standard output"

CLOSED = "standard output is closed"

DEVICE_FOLDERS = ("/dev/", "/proc/")
"""Folders of files that cannot be replaced: ``-o /dev/stdout``."""


class OutputFile(io.FileIO):
    """A file that names itself in its errors, such as that of a full disk."""

    before_write: Callable[[], None] | None = None
    """Function that is called before each write: a progress bar on the same terminal must vanish."""

    before_first_write: Callable[[], None] | None = None
    """Function that is called before the first write: a pager takes the place of the terminal."""

    def __init__(self, file: str | int, label: str) -> None:
        super().__init__(file, "wb")
        self.label = label

    def write(self, data: "ReadableBuffer", /) -> int:
        """Write bytes."""
        if self.before_write:
            self.before_write()
        if self.before_first_write:
            self.before_first_write()
            self.before_first_write = None
        try:
            return super().write(data)
        except OSError as error:
            error.filename = error.filename or self.label
            raise


class Output(NamedFields):
    """An open output, and the appearance of what is written to it."""

    file: IO[bytes]
    appearance: Appearance


def open_output(path: str | None) -> "io.BufferedWriter[OutputFile]":
    """Open a file that is written from its beginning on, or standard output if there is no path.

    Raises:
        OSError: it cannot be opened.
    """
    if path is not None:
        return io.BufferedWriter(OutputFile(path, path))
    if sys.stdout is None:
        raise OSError(CLOSED)
    return io.BufferedWriter(OutputFile(os.dup(sys.stdout.fileno()), STANDARD_OUTPUT))


def write_output(options: Namespace, write: Callable[[Output], int]) -> int:
    """Call a function with the output, and return the exit status that it returns.

    A file is written beside the old one and replaces it when it is whole. It does not if the function raises an error,
    or if it failed before it wrote anything.

    Args:
        options: the parsed options.
        write: writes to the output.

    Raises:
        OSError: the file cannot be written, or the pager has failed.
    """
    path: str | None = options.output
    if path is None or _is_device(path):
        with open_output(path) as file:
            pager = _find_pager(file, options)
            appearance = choose_appearance(options, file, takes_color=pager is None or pager.takes_color)
            with pager.open(file) if pager else nullcontext():
                return write(Output(file, appearance))
    from netstat_parse.workspace import make_workspace, resolve_output

    target = resolve_output(path)
    with ExitStack() as stack:
        try:
            folder = stack.enter_context(make_workspace(target.parent))
        except OSError as error:
            error.filename = path
            raise
        new = folder / "output"
        with io.BufferedWriter(OutputFile(str(new), path)) as file:
            status = write(Output(file, choose_appearance(options, file)))
            file.flush()
            os.fsync(file.fileno())
            is_empty = not file.tell()
        if status == EXIT_PARSED or not is_empty:
            if target.exists():
                new.chmod(target.stat().st_mode & 0o7777)
            new.replace(target)
    return status


def _find_pager(file: IO[bytes], options: Namespace) -> "Pager | None":
    """Return the pager for standard output if it is a terminal, and the output is for people."""
    if options.output is None and file.isatty():
        from netstat_parse.cli.pager import find_pager

        return find_pager(options)
    return None


def _is_device(path: str) -> bool:
    """Return whether the path is no file that can be replaced: a device, a pipe, a folder."""
    is_file = os.path.isfile(path)  # noqa: PTH113 - `pathlib` is slow to import
    return path.startswith(DEVICE_FOLDERS) or (os.path.exists(path) and not is_file)  # noqa: PTH110 - as above


def write_standard_output(text: str) -> None:
    """Write text to standard output at once.

    Raises:
        OSError: it cannot be written. What is left is discarded, as Python would write it once more when it exits.
    """
    if sys.stdout is None:
        raise OSError(CLOSED)
    try:
        sys.stdout.write(text)
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        error.filename = STANDARD_OUTPUT
        raise


class ErrorStream(io.TextIOWrapper):
    """Standard error, where it cannot be written: a full disk or a closed pipe must not end the work."""

    before_write: Callable[[], None] | None = None
    """Function that is called before each write: what comes before the message must be written first."""

    def write(self, text: str, /) -> int:
        """Write text; from the first error on it is discarded."""
        if self.before_write:
            self.before_write()
        try:
            return super().write(text)
        except OSError:
            os.dup2(os.open(os.devnull, os.O_WRONLY), self.fileno())
            return len(text)


def open_standard_streams() -> None:
    """Make standard error usable whatever the caller has left of it, and reserve the numbers of closed streams.

    Else the next file that is opened gets the number of a closed stream, and messages would be written into it.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - for the life of the process
    else:
        sys.stderr = ErrorStream(
            sys.stderr.buffer, encoding=sys.stderr.encoding, errors=sys.stderr.errors, line_buffering=True
        )
