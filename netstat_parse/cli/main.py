"""The command line: ``netstat-parse [FILE ...]``.

Only the result goes to standard output. What is wrong goes to standard error, a line each, and the exit status tells:
0 parsed, 1 something is wrong with the input, 2 usage or an input that cannot be read, 127 no netstat to run.
"""

import argparse
import gc
import os
import sys
from collections.abc import Sequence
from typing import IO

from netstat_parse._version import __version__
from netstat_parse.cli.complaints import PARSED, UNREADABLE, WRONG_INPUT, Reported, complain, output, reason
from netstat_parse.cli.options import EPILOG, STORED, shared

UNITS = {"": 0, "K": 10, "M": 20, "G": 30, "T": 40}


USAGE = """netstat-parse [OPTION ...] [FILE ...]
       netstat-parse run [OPTION ...] [-- NETSTAT'S OPTIONS]
       netstat-parse watch SECONDS [OPTION ...] [-- NETSTAT'S OPTIONS]
       netstat-parse schema [-o PATH]"""


COMMANDS = {
    "run": "run this machine's netstat and read it",
    "watch": "the same again and again",
    "schema": "print the JSON Schema of the document",
}
"""The first words that are no files. Argparse cannot tell them from files: it takes a first file for a command."""


def parser() -> argparse.ArgumentParser:
    """The options, as ``--help`` shows them."""
    options = argparse.ArgumentParser(
        prog="netstat-parse",
        usage=USAGE,
        description="Read what any netstat printed, of Windows or Linux, in any language, and print it as JSON."
        " `run` and `watch` read this machine's own netstat, `schema` prints the JSON Schema of the document (see"
        " `netstat-parse run --help`); a file of such a name is read as ./run.",
        epilog=EPILOG,
        parents=[shared()],
    )
    options.add_argument(
        "files",
        metavar="FILE",
        nargs="*",
        help="files, folders, patterns, archives (.gz .bz2 .xz .zip .tar); standard input where none is given, or as -",
    )
    options.add_argument(
        "-j", "--jobs", metavar="N", type=_count, default=1, help="processes to read with; 0: a core each"
    )
    options.add_argument(
        "--unpack-limit",
        metavar="SIZE",
        type=_size,
        help="what an archive may unpack to, as in 20G (default: 4G, and 200 times its size)",
    )
    options.add_argument("--version", action="version", version=f"netstat-parse {__version__}")
    return options


def described() -> argparse.ArgumentParser:
    """The whole command line, commands and all, for what writes manuals and completions; `main` does the parsing."""
    from netstat_parse.cli import live, schema

    options = parser()
    below = options.add_subparsers(title="commands", metavar="COMMAND")
    for name, meaning in COMMANDS.items():
        own = (schema if name == "schema" else live).parser(name)
        below.add_parser(
            name,
            prog=own.prog,
            usage=own.usage,
            description=own.description,
            epilog=own.epilog,
            help=meaning,
            parents=[own],
            add_help=False,
        )
    return options


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"not a number of processes: {text}")
    return int(text)


def _size(text: str) -> int:
    number, unit = text[:-1], text[-1:].upper()
    if unit.isdecimal():
        number, unit = text, ""
    if not number.isdecimal() or unit not in UNITS:
        raise argparse.ArgumentTypeError(f"not a size: {text}; try 500M or 20G")
    return int(number) << UNITS[unit]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and give its exit status."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        try:
            return _command(given, own_process=arguments is None)
        finally:
            if sys.stdout is not None:
                sys.stdout.flush()  # the help, say; at the exit nobody could catch that its reader has gone
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # so that the exit does not flush into the pipe
        return PARSED
    except OSError as error:
        complain(": ".join(filter(None, (error.filename, reason(error)))))
        return UNREADABLE
    except KeyboardInterrupt:
        return 130


def _command(given: list[str], *, own_process: bool) -> int:
    """Do what the first word says that is no option; where that is no command, read files."""
    if not COMMANDS.keys().isdisjoint(given):
        own = given[: given.index("--")] if "--" in given else given
        options, rest = shared(USAGE).parse_known_args(own)
        command, *words = rest or [""]
        if command == "schema":
            from netstat_parse.cli import schema

            return schema.main(words, options, shared().parse_args([]))
        if command in COMMANDS:
            from netstat_parse.cli import live

            return live.main(command, words, given[len(own) + 1 :], options)
    options = parser().parse_args(given)
    if options.format in STORED:
        from netstat_parse.cli import store

        status = store.store(options)
        return store.leave(status) if own_process else status
    if own_process:
        gc.disable()  # until all is imported, which it would look through again and again, and once more at the exit
    with output(options.output) as file:
        return run(options, file)


def run(options: argparse.Namespace, output: IO[bytes]) -> int:
    """Read the inputs and print each; what goes wrong with one is told, and the others are read all the same."""
    from netstat_parse.cli.parallel import read_all
    from netstat_parse.inputs.paths import find_paths

    names = find_paths(options.files or ["-"])
    options.several = len(names) > 1
    return read_all(read, names, options, output)


def read(name: str, options: argparse.Namespace, output: IO[bytes]) -> int:
    """Read a file, and all that is in it where it is an archive, and print each."""
    if name == "-":
        with os.fdopen(os.dup(sys.stdin.fileno()), "rb") as stdin:
            return _read(None, stdin, options, output, several=options.several)
    from netstat_parse.inputs.archives import open_contents

    status = PARSED
    try:
        with open_contents(name, options.unpack_limit) as found:
            for called, file, is_member in found:
                several = is_member or options.several
                status = max(status, _read(called, file, options, output, several=several))
    except BrokenPipeError:
        raise
    except OSError as error:
        complain(f"{name}: {reason(error)}")
        return UNREADABLE
    return status


def _imported() -> None:
    """All is imported and stays: the collector need look only at what comes from here on."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def _read(name: str | None, file: IO[bytes], options: argparse.Namespace, output: IO[bytes], *, several: bool) -> int:
    from netstat_parse.cli.selection import parsed_selection
    from netstat_parse.errors import NetstatParseError
    from netstat_parse.formats.registry import write
    from netstat_parse.inputs.archives import BombError
    from netstat_parse.reading.pipeline import Reading
    from netstat_parse.records.values import legible

    _imported()
    name = name and legible(name)
    try:
        reading = Reading(file, name=name, encoding=options.encoding, system=options.system)
        source = Reported(reading, options.strict)
        write(source, output, options.format, parsed_selection(options), is_one_of_several=several)
    except NetstatParseError as error:
        complain(error.summary)
        return WRONG_INPUT
    except (BrokenPipeError, BombError):  # after which nothing more of the archive is read
        raise
    except (OSError, LookupError) as error:
        complain(f"{name or '-'}: {reason(error)}")
        return UNREADABLE
    return WRONG_INPUT if options.strict and reading.lines["unparsed"] else PARSED
