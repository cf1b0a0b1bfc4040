"""The command line: ``netstat-parse [FILE ...]``.

Only records go to standard output. Errors go to standard error, one line each; `netstat_parse.cli.input_report` decides
which diagnostics do. `netstat_parse.cli.complaints` lists the exit statuses.

Modules are imported in the functions that need them: the reader and the writers take longer to import than a small dump
takes to read, and ``--help`` needs neither.
"""

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Protocol, cast

from netstat_parse._version import __version__
from netstat_parse.cli.complaints import (
    EMPTY_NAME,
    EXIT_PARSED,
    EXIT_UNREADABLE,
    complain,
    print_warnings,
)
from netstat_parse.cli.options import (
    EPILOG,
    STORED,
    Parser,
    make_leading_parser,
    make_shared_parser,
    parse_number,
    refuse_netstat,
)
from netstat_parse.cli.output import open_standard_streams
from netstat_parse.cli.parser import INPUT, PROGRAM, skip_translations
from netstat_parse.inputs.origins import describe_error
from netstat_parse.named_fields import NamedFields


class CommandModule(Protocol):
    """The interface of a module that implements a command."""

    def make_parser(self, command: str) -> argparse.ArgumentParser:
        """Make the argument parser of the command."""

    def main(self, command: str, words: list[str], netstat_options: list[str], shared: argparse.Namespace) -> int:
        """Run the command and return its exit status.

        Args:
            command: the word that names it.
            words: the arguments after it, up to ``--``.
            netstat_options: the words after ``--``.
            shared: the shared options that were given before it.
        """


class Command(NamedFields):
    """A command, the first word of the command line."""

    module: str
    """Module of this package. It has `make_parser(command)` and `main(command, words, netstat_options, shared)`."""
    meaning: str

    def load(self) -> "CommandModule":
        """Import the module."""
        module: CommandModule = cast("CommandModule", import_module(f"{__package__}.{self.module}"))
        return module


UNIT_BITS = {"": 0, "K": 10, "M": 20, "G": 30, "T": 40}
"""Number of bits to shift a size to the left, for each unit."""

COMMANDS = {
    "run": Command("live", "run netstat on this machine and parse its output"),
    "watch": Command("live", "run netstat again and again and parse its output"),
    "listeners": Command("questions", "list what listens, from where it can be reached, and whose it is"),
    "talkers": Command("questions", "list remote hosts, and the number of their connections"),
    "states": Command("questions", "count connections in each state, by port and program"),
    "check": Command("check", "say what is wrong in dumps, or in what changed between two"),
    "compare": Command("compare", "print what changed between two moments"),
    "explain": Command("explain", "explain a counter, state, flag, option, or a line of a dump"),
    "schema": Command("schema", "print the JSON Schema of the document"),
}
"""Words that are commands, not file names. argparse does not look for them: it would take a file name for a command."""

USAGE = """netstat-parse [OPTION ...] [FILE ...]
       netstat-parse COMMAND [OPTION ...] [ARGUMENT ...]"""

_COMMAND_LIST = "\n".join(f"  {name:11}{command.meaning}" for name, command in COMMANDS.items())

DESCRIPTION = f"""Read what netstat printed, on Windows or Linux and in any language, and print it
as JSON, a table, CSV ...

Examples:

  netstat -anp | netstat-parse -f table
  netstat-parse dump.txt
  netstat-parse -f csv --only connections --where state=listen dumps/

Tables, for --only: connections, unix_sockets, counters, interfaces, routes,
multicast_groups, masquerades; snapshots (one for each run of netstat) and
diagnostics (what could not be read).

Commands, with options of their own (netstat-parse run --help):

{_COMMAND_LIST}

Write ./run to read a file that is named so."""


def make_parser() -> Parser:
    """Make the argument parser without the commands, as ``--help`` shows it."""
    options = Parser(
        prog=PROGRAM,
        usage=USAGE,
        description=DESCRIPTION,
        epilog=EPILOG,
        parents=[make_shared_parser()],
    )
    add_inputs(options)
    options.add_argument("--version", action="version", version=f"netstat-parse {__version__}")
    return options


def add_inputs(options: argparse.ArgumentParser) -> None:
    """Add the options for the inputs, and how they are read."""
    options.add_argument(
        "files",
        metavar="FILE",
        nargs="*",
        help="file, folder, pattern, archive (.gz .bz2 .xz .zip .tar), or address (s3://...);"
        " - or none: standard input",
    )
    group = options.add_argument_group(INPUT)
    group.add_argument(
        "-j",
        "--jobs",
        metavar="N",
        type=_parse_count,
        default=1,
        help="number of processes (default: 1; 0: one for each core): they read several files, or one"
        " long file if -f json or ndjson prints all its records, on Linux also a pipe with -f json",
    )
    group.add_argument(
        "--unpack-limit",
        metavar="SIZE",
        type=_parse_size,
        help="maximum unpacked size of an archive, such as 20G (default: 4G, and 200 times its size)",
    )


def make_complete_parser() -> argparse.ArgumentParser:
    """Make a parser with the commands too, for the manual page and shell completions; `main` does not use it."""
    options: argparse.ArgumentParser = make_parser()
    commands = options.add_subparsers(title="commands", metavar="COMMAND")
    for name, command in COMMANDS.items():
        own = command.load().make_parser(name)
        commands.add_parser(
            name,
            prog=own.prog,
            usage=own.usage,
            description=own.description,
            epilog=own.epilog,
            formatter_class=own.formatter_class,
            help=command.meaning,
            parents=[own],
            add_help=False,
        )
    return options


def _parse_count(text: str) -> int:
    count = parse_number(text)
    if count is None:
        raise argparse.ArgumentTypeError(f"not a number of processes: {text}")
    return count


def _parse_size(text: str) -> int:
    number, unit = text[:-1], text[-1:].upper()
    if unit.isdecimal():
        number, unit = text, ""
    count = parse_number(number)
    if count is None or unit not in UNIT_BITS:
        raise argparse.ArgumentTypeError(f"not a size: {text}; write it as 500M or 20G")
    return count << UNIT_BITS[unit]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status; after Ctrl-C raise KeyboardInterrupt.

    Args:
        arguments: the words of the command line; None for those of this process, which then ends with the status.
    """
    if arguments is None:
        open_standard_streams()
        skip_translations()
    print_warnings()
    words = list(sys.argv[1:] if arguments is None else arguments)
    try:
        try:
            return _run_command(words, own_process=arguments is None)
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()  # --help fills it; a closed pipe must raise here, where it is caught
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # else the interpreter flushes into the pipe
        return EXIT_PARSED
    except OSError as error:
        name = [] if error.filename is None else [error.filename or EMPTY_NAME]
        complain(": ".join([*name, describe_error(error)]))
        return EXIT_UNREADABLE


def _make_leading_parser(words: list[str]) -> Parser:
    """Make a parser of the shared options, whose errors are those of the command if that is the first word."""
    options = make_leading_parser()
    if words[0] in COMMANDS:
        options.prog = f"{PROGRAM} {words[0]}"
        options.runs_netstat = COMMANDS[words[0]].module == "live"
    if options.runs_netstat:
        refuse_netstat(options, words[1:])
    return options


def _run_command(words: list[str], *, own_process: bool) -> int:
    """Run the command that is the first word, after any options; without a command, read files."""
    if not COMMANDS.keys().isdisjoint(words):
        own = words[: words.index("--")] if "--" in words else words
        options, rest = _make_leading_parser(words).parse_known_args(own)
        command, *arguments = rest or [""]
        if command in COMMANDS:
            if "format" in options:
                arguments = ["-f", vars(options).pop("format"), *arguments]  # which the command's own parser checks
            return COMMANDS[command].load().main(command, arguments, words[len(own) + 1 :], options)
    else:
        rest = []
    parser = make_parser()
    refuse_netstat(parser, words)
    options, unknown = parser.parse_known_args(words)
    first = options.files[0] if options.files else ""
    if first in COMMANDS and first in rest and not os.path.lexists(first):
        from netstat_parse.cli.mistakes import describe_misplaced

        parser.error(describe_misplaced(rest[0], first, words))
    parser.refuse_unknown(unknown, words)
    if options.format in STORED:
        if options.explain:
            parser.error(f"--explain adds a field that {options.format} has no column for")
        from netstat_parse.cli import store

        return store.main(options)
    if own_process:
        gc.disable()  # imports create objects that stay, which the collector would search again and again, and at exit
    from netstat_parse.cli.files import print_all, print_records

    return print_all(options, print_records)
