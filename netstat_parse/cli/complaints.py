"""Exit statuses, and error messages on standard error; reports about inputs are in `input_report`."""

import os
import sys
from argparse import Namespace

from netstat_parse import logger

EXIT_PARSED, EXIT_WRONG_INPUT, EXIT_UNREADABLE, EXIT_NO_NETSTAT = 0, 1, 2, 127
"""The exit statuses besides `cli.EXIT_INTERRUPTED`; EXIT_UNREADABLE is also that of a usage error, as in argparse."""


EMPTY_NAME = "''"
"""Empty name of a file, as a shell reads it."""


def complain(message: str) -> None:
    """Write an error message of one line to standard error."""
    from netstat_parse.records.values import legible, printable  # import json, which --help does not need

    sys.stderr.write(f"netstat-parse: {printable(legible(message))}\n")


def announce_terminal(options: Namespace) -> None:
    """Write to standard error that the terminal is read, if no FILE is named: else a new user waits for nothing."""
    if options.files or options.quiet or sys.stdin is None or not sys.stdin.isatty():
        return
    end = "Ctrl-Z and Enter" if os.name == "nt" else "Ctrl-D"
    hints = (
        f"netstat-parse: waiting for text: paste the output of netstat, then press {end}.",
        "Or name a file (netstat-parse dump.txt), or use: netstat-parse run. See --help.",
    )
    from netstat_parse.cli.parser import break_line
    from netstat_parse.cli.terminal_width import measure_terminal

    columns = measure_terminal()
    sys.stderr.write("".join(f"{part}\n" for hint in hints for part in break_line(hint, columns)))


def print_warnings() -> None:
    """Print the warnings of the library on standard error; to be called once in each process."""
    logger.LISTENERS["command line"] = complain
