"""What every command of the command line has: options, exit statuses, where the result goes and the complaints."""

import argparse
import os
import sys
from pathlib import Path
from typing import IO

from netstat_parse import journal

PARSED, WRONG_INPUT, UNREADABLE, NO_NETSTAT = 0, 1, 2, 127

STORED = ("sqlite", "parquet")
"""What is not printed, but stored where -o says."""

FORMATS = ("json", "ndjson", "csv", "csv-raw", "table", *STORED)

EPILOG = """Exit status: 0 parsed; 1 no netstat table in the input, or with --strict a line that could not be read, or a
run of netstat that did not end well; 2 usage, or an input that cannot be read; 127 no netstat to run."""


def shared() -> argparse.ArgumentParser:
    """The options of every command."""
    options = argparse.ArgumentParser(prog="netstat-parse", add_help=False, allow_abbrev=False)
    options.add_argument(
        "-f",
        "--format",
        choices=FORMATS,
        default="json",
        help="what to print (default: json); sqlite and parquet are written to where -o says",
    )
    options.add_argument("-e", "--encoding", metavar="NAME", help="the input's encoding, where it is known: cp850")
    options.add_argument("--system", metavar="NAME", help="read this system's tables only: linux, windows")
    options.add_argument("--strict", action="store_true", help="exit with 1 where any line could not be read")
    options.add_argument("-o", "--output", metavar="PATH", help="write to a file instead of standard output")
    return options


def output(path: str | None) -> IO[bytes]:
    """Where the result goes.

    Raises:
        OSError: it cannot go there.
    """
    if path is not None:
        return Path(path).open("wb")
    if sys.stdout is None:
        raise OSError("standard output is closed")
    return os.fdopen(os.dup(sys.stdout.fileno()), "wb")


def reason(error: Exception) -> str:
    """Why something failed, without the name of it."""
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)


def complain(message: str) -> None:
    """Tell what is wrong, in one line."""
    from netstat_parse.errors import printable

    sys.stderr.write(f"netstat-parse: {printable(message)}\n")


journal.LISTENERS["command line"] = complain
