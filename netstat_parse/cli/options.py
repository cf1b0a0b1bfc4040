"""The options that all commands share."""

import argparse
import os
from collections.abc import Callable, Collection, Sequence
from math import inf
from typing import TYPE_CHECKING, Any, TypeVar

from netstat_parse.cli.appearance import add_appearance
from netstat_parse.cli.parser import GROUPS, INPUT, MESSAGES, OUTPUT, PROGRAM, SELECTION, HelpfulParser
from netstat_parse.formats.registry import WRITERS

if TYPE_CHECKING:
    from netstat_parse.records.conditions import Condition

STORED = ("sqlite", "parquet")
"""Formats that are written to the path of -o: a database, a folder of files."""

FORMATS = (*WRITERS, *STORED)

NETSTAT_NAMES = ("netstat", "netstat.exe")

EPILOG = """Exit status:

  0    parsed
  1    no netstat table in an input, or errors and no record; with --strict, any
       error; of `run`: netstat failed, or a row could not be read
  2    wrong usage, or an input that cannot be read
  127  there is no netstat to run
  130  interrupted by Ctrl-C"""

MAX_DIGITS = 18
"""Maximum number of digits: Python refuses numbers of thousands of digits."""

Value = TypeVar("Value")


class Parser(HelpfulParser):
    """A parser of which the options of the selection are checked together."""

    is_complete = True
    """False if another parser parses more of the arguments, and checks whether all fit together."""

    def parse_known_args(  # type: ignore[override] # argparse has overloads
        self,
        args: Sequence[str] | None = None,
        namespace: Any = None,  # noqa: ANN401 - as in argparse
    ) -> tuple[Any, list[str]]:
        """Parse arguments, and check that the options of the selection fit together."""
        options, rest = super().parse_known_args(args, namespace)
        try:
            if self.is_complete:
                _check_selection(options)
        except ValueError as error:
            self.error(str(error))
        return options, rest


def _keep_text(text: str) -> list[str]:
    return [text]


def pop_texts(leading: argparse.Namespace) -> list[str]:
    """Remove --fields and --where from the shared options; return them as arguments for the own parser of a command."""
    fields, conditions = vars(leading).pop("fields", []), vars(leading).pop("where", [])
    words = ["--fields", ",".join(fields)] if fields else []
    return [*words, *(word for condition in conditions for word in ("--where", condition))]


def make_leading_parser() -> Parser:
    """Make a parser of the shared options before a command. It sets only those that are given.

    Each command has formats and fields of its own, so any are accepted here.
    """
    options = make_shared_parser(formats=None)
    options.is_complete = False
    for action in options._actions:  # noqa: SLF001 - `argument_default` does not reach the defaults of groups
        action.default = argparse.SUPPRESS
        if action.dest in {"fields", "where"}:
            action.type = _keep_text if action.dest == "fields" else str
    return options


def make_shared_parser(
    *,
    formats: Sequence[str] | None = FORMATS,
    parse_format: Callable[[str], str] = str,
    counts: bool = True,
) -> Parser:
    """Make a parser of the options that most commands share.

    Args:
        formats: the values of -f; None for any.
        parse_format: checks the value of -f before it is compared with the formats.
        counts: true if the command can count records.
    """
    options = Parser(prog=PROGRAM, add_help=False, allow_abbrev=False)
    for title in GROUPS:
        options.add_argument_group(title)
    add_format(options, formats, "json", parse_format)
    add_reading(options)
    add_output(options)
    add_appearance(options)
    selection = _add_selection(options)
    if counts:
        selection.add_argument(
            "--count-by",
            metavar="FIELDS",
            action="extend",
            type=_parse_fields,
            help="print how many selected records have the same values in these fields, the highest number first",
        )
    options.add_argument_group(OUTPUT).add_argument(
        "--explain", action="store_true", help="print with each counter its meaning"
    )
    return options


def add_format(
    options: argparse.ArgumentParser,
    formats: Sequence[str] | None,
    default: str,
    parse: Callable[[str], str] = str,
) -> None:
    """Add the option for the output format.

    Args:
        options: the parser.
        formats: the values of -f; None for any.
        default: the format without -f.
        parse: checks a value before it is compared with these formats.
    """
    names = ", ".join(formats or ())
    stored = f"; {' and '.join(STORED)} need -o" if set(STORED) <= {*(formats or ())} else ""
    options.add_argument_group(OUTPUT).add_argument(
        "-f",
        "--format",
        metavar="FORMAT",
        type=parse,
        choices=formats,
        default=default,
        help=f"{names} (default: {default}){stored}",
    )


def refuse_stored(reason: str) -> Callable[[str], str]:
    """Return a function that parses the value of -f, and refuses the formats of `STORED`.

    Args:
        reason: the reason, with ``{format}`` for the format.
    """

    def parse_format(text: str) -> str:
        if text in STORED:
            raise argparse.ArgumentTypeError(reason.format(format=text))
        return text

    return parse_format


def add_decoding(options: argparse.ArgumentParser) -> None:
    """Add the options for how inputs are decoded and parsed."""
    group = options.add_argument_group(INPUT)
    group.add_argument("-e", "--encoding", metavar="NAME", help="encoding, such as cp850 (default: detect it)")
    group.add_argument("--system", metavar="NAME", help="parse only the tables of this system: linux or windows")


def refuse(parser: argparse.ArgumentParser, shared: argparse.Namespace, names: Collection[str]) -> None:
    """Exit with a usage error if one of these shared options, which a command does not have, was given before it."""
    if found := vars(shared).keys() & names:
        command = parser.prog.rpartition(" ")[2]
        parser.error(f"{command} takes no --{min(found).replace('_', '-')} ({parser.prog} --help lists all)")


def refuse_netstat(parser: HelpfulParser, words: Sequence[str]) -> None:
    """Exit with a usage error if the arguments are a command line of netstat, unless a file has its name."""
    if words and words[0] in NETSTAT_NAMES and not os.path.exists(words[0]):  # noqa: PTH110 - `pathlib` is slow to import
        from netstat_parse.cli.mistakes import describe_netstat

        parser.error(describe_netstat(parser, words))


def add_reading(options: argparse.ArgumentParser) -> None:
    """Add the options for reading inputs, and for what is reported about them."""
    add_decoding(options)
    group = options.add_argument_group(MESSAGES)
    group.add_argument(
        "--strict", action="store_true", help="exit with 1 if there are errors, and print each diagnostic with its line"
    )
    group.add_argument(
        "-v",
        "--verbose",
        action="store_true",
        help="print each diagnostic with its line, and a summary (default: print up to 3, or else the summary)",
    )
    group.add_argument(
        "-q",
        "--quiet",
        action="store_true",
        help="print only why an input cannot be read; no diagnostics, summary or progress bar",
    )


def _add_selection(options: argparse.ArgumentParser) -> "argparse._ArgumentGroup":
    selection = options.add_argument_group(SELECTION)
    selection.add_argument(
        "--only",
        metavar="TABLES",
        action="extend",
        type=_parse_tables,
        help="print only these tables: connections,routes",
    )
    add_where(selection)
    selection.add_argument(
        "--fields",
        metavar="FIELDS",
        action="extend",
        type=_parse_fields,
        help="print only these fields, in this order: protocol,local_port",
    )
    return selection


def add_where(options: "argparse._ArgumentGroup") -> None:
    """Add the option for conditions."""
    options.add_argument(
        "--where",
        metavar="FIELD=VALUE",
        action="append",
        type=parse_condition,
        help="print only records with this value in a field, or one of several: state=listen,established;"
        " or null, if netstat did not print it. With several --where, records must meet all",
    )


def add_seconds(options: argparse.ArgumentParser) -> None:
    """Add the option for the time between two dumps."""
    options.add_argument(
        "--seconds",
        metavar="N",
        type=parse_seconds_option,
        help="time between the moments, for rates (default: by their time stamps)",
    )


def parse_seconds_option(text: str, maximum: float = inf) -> float:
    """Parse a number of seconds for argparse.

    Raises:
        ArgumentTypeError: it is no number above 0, or above the maximum.
    """
    from netstat_parse.records.durations import parse_seconds

    try:
        return parse_seconds(text, maximum)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def add_output(options: argparse.ArgumentParser) -> None:
    """Add the option for the output file."""
    options.add_argument_group(OUTPUT).add_argument(
        "-o", "--output", metavar="PATH", type=_parse_path, help="write to this file instead of standard output"
    )


def _parse_path(text: str) -> str:
    if not text:
        raise argparse.ArgumentTypeError("must not be empty")
    return text


def parse_number(text: str) -> int | None:
    """Parse a number of decimal digits; return None if it is none, or longer than any that is meant."""
    return int(text) if text.isdecimal() and len(text) <= MAX_DIGITS else None


def _check_selection(options: argparse.Namespace) -> None:
    """Check that the options of the selection fit together.

    Raises:
        ValueError: they do not.
    """
    names = ("only", "where", "fields", "count_by")
    only, where, fields, count_by = (getattr(options, name, None) for name in names)
    if count_by:
        from netstat_parse.records.counting import find_tables

        if fields:
            raise ValueError("--count-by prints its fields and the counts: remove --fields")
        if getattr(options, "format", None) in STORED:
            raise ValueError(f"-f {options.format} stores records: remove --count-by")
        find_tables(count_by, only)
    if where or (only and fields):
        from netstat_parse.records.conditions import check_selection

        check_selection(only, where or (), fields or ())


# These parsers of option values import `conditions` only when the option is used: it takes long to import.


def _parse_tables(text: str) -> list[str]:
    from netstat_parse.records.conditions import parse_tables

    return _parse_value(parse_tables, text)


def parse_condition(text: str) -> "Condition":
    """Parse the value of --where, for argparse."""
    from netstat_parse.records import conditions

    return _parse_value(conditions.parse_condition, text)


def _parse_fields(text: str) -> list[str]:
    from netstat_parse.records.conditions import parse_fields

    return _parse_value(parse_fields, text)


def _parse_value(parse: Callable[[str], Value], text: str) -> Value:
    """Parse the value of an option; argparse shows the text of an ArgumentTypeError only."""
    from netstat_parse.records.values import printable

    try:
        return parse(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(printable(str(error))) from None
