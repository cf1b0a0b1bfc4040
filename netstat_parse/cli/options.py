"""What every command of the command line has: options, exit statuses, where the result goes and the complaints."""

import argparse
from collections.abc import Callable
from typing import IO, Any

from netstat_parse import logger
from netstat_parse.cli.complaints import complain

STORED = ("sqlite", "parquet")
"""What is not printed, but stored where -o says."""


PRINTED = ("json", "ndjson", "csv", "csv-raw", "tsv", "yaml", "table", "markdown")


FORMATS = (*PRINTED, *STORED)


Read = Callable[[str, argparse.Namespace, IO[bytes]], int]
"""Reads the input of that path, prints it, and gives the exit status."""


EPILOG = """Exit status: 0 parsed; 1 no netstat table in the input, or with --strict a line that could not be read, or a
run of netstat that did not end well; 2 usage, or an input that cannot be read; 127 no netstat to run."""


def shared(usage: str | None = None) -> argparse.ArgumentParser:
    """The options of every command that reads."""
    options = argparse.ArgumentParser(prog="netstat-parse", usage=usage, add_help=False, allow_abbrev=False)
    options.add_argument(
        "-f",
        "--format",
        metavar="FORMAT",
        choices=FORMATS,
        default="json",
        help=f"{', '.join(FORMATS)} (default: json); {' and '.join(STORED)} are written to where -o says",
    )
    options.add_argument("-e", "--encoding", metavar="NAME", help="the input's encoding, where it is known: cp850")
    options.add_argument("--system", metavar="NAME", help="read this system's tables only: linux, windows")
    options.add_argument("--strict", action="store_true", help="exit with 1 where any line could not be read")
    add_output(options)
    choice = options.add_argument_group("what is wanted of it (default: everything)")
    choice.add_argument(
        "--only",
        metavar="TABLES",
        action="extend",
        type=_lazily("parse_tables"),
        help="these tables: connections,routes",
    )
    choice.add_argument(
        "--where",
        metavar="FIELD=VALUE",
        action="append",
        type=_lazily("parse_condition"),
        help="records in which a field holds a value, or one of several, state=listen,established; null is what was not"
        " printed; where this is given again, all have to hold",
    )
    choice.add_argument(
        "--fields",
        metavar="FIELDS",
        action="extend",
        type=_lazily("parse_fields"),
        help="these fields of the records, in this order: protocol,local_port",
    )
    return options


def add_output(options: argparse.ArgumentParser) -> None:
    """The option that says where the result goes."""
    options.add_argument("-o", "--output", metavar="PATH", help="write to a file instead of standard output")


def _lazily(name: str) -> Callable[[str], Any]:
    """What reads the value of an option; it is imported when that is given."""

    def read(text: str) -> object:
        from netstat_parse.records import conditions
        from netstat_parse.records.values import printable

        try:
            return getattr(conditions, name)(text)
        except ValueError as error:
            raise argparse.ArgumentTypeError(printable(str(error))) from None

    return read


logger.LISTENERS["command line"] = complain
