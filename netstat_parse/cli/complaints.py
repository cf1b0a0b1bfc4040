"""Exit statuses, the output file, and error messages on standard error; reports about inputs are in `input_report`."""

import io
import os
import sys
from pathlib import Path
from typing import IO

from netstat_parse import logger
from netstat_parse.cli.progress import WatchedTerminal

EXIT_PARSED, EXIT_WRONG_INPUT, EXIT_UNREADABLE, EXIT_NO_NETSTAT = 0, 1, 2, 127
"""The exit statuses besides `cli.EXIT_INTERRUPTED`; EXIT_UNREADABLE is also that of a usage error, as in argparse."""


def open_output(path: str | None) -> IO[bytes]:
    """Open the output file, or standard output if there is no path.

    Raises:
        OSError: it cannot be opened.
    """
    if path is not None:
        return Path(path).open("wb")
    if sys.stdout is None:
        raise OSError("standard output is closed")
    number = os.dup(sys.stdout.fileno())
    return io.BufferedWriter(WatchedTerminal(number, "wb")) if os.isatty(number) else os.fdopen(number, "wb")


def complain(message: str) -> None:
    """Write an error message of one line to standard error."""
    from netstat_parse.records.values import legible, printable  # import json, which --help does not need

    sys.stderr.write(f"netstat-parse: {printable(legible(message))}\n")


def print_warnings() -> None:
    """Print the warnings of the library on standard error; to be called once in each process."""
    logger.LISTENERS["command line"] = complain
