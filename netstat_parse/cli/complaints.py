"""Exit statuses, and error messages on standard error; reports about inputs are in `input_report`."""

import sys

from netstat_parse import logger

EXIT_PARSED, EXIT_WRONG_INPUT, EXIT_UNREADABLE, EXIT_NO_NETSTAT = 0, 1, 2, 127
"""The exit statuses besides `cli.EXIT_INTERRUPTED`; EXIT_UNREADABLE is also that of a usage error, as in argparse."""


def complain(message: str) -> None:
    """Write an error message of one line to standard error."""
    from netstat_parse.records.values import legible, printable  # import json, which --help does not need

    sys.stderr.write(f"netstat-parse: {printable(legible(message))}\n")


def print_warnings() -> None:
    """Print the warnings of the library on standard error; to be called once in each process."""
    logger.LISTENERS["command line"] = complain
