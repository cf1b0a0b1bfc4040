"""The commands that run the real netstat: ``netstat-parse run`` and ``netstat-parse watch``."""

import argparse
import os
import shlex
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack, closing
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from netstat_parse.cli import complaints
from netstat_parse.cli.options import EPILOG, STORED, shared

if TYPE_CHECKING:
    from netstat_parse.formats.task import Writer
    from netstat_parse.live.session import Plan, Session


PARTS = ("connections", "statistics", "interfaces", "routes", "groups")
"""What can be asked for, as in `questions`."""


QUESTION = {*PARTS, "processes", "numeric"}


DESCRIPTIONS = {
    "run": "Run this machine's netstat, and print what it says as JSON. It is asked for everything that it can tell,"
    " unless parts of that or options of its own are named.",
    "watch": "Run this machine's netstat again and again, until Ctrl-C. -f ndjson prints records as they come; -f table"
    " refreshes a terminal, and tells how fast counters and interfaces count.",
}


def parser(command: str) -> argparse.ArgumentParser:
    """The options of a command; those of the question and of the run are only there when they are given."""
    options = argparse.ArgumentParser(
        prog=f"netstat-parse {command}",
        usage=f"netstat-parse {command}{' SECONDS' if command == 'watch' else ''} [OPTION ...] [-- NETSTAT'S OPTIONS]",
        description=DESCRIPTIONS[command],
        epilog=EPILOG,
        parents=[shared()],
    )
    if command == "watch":
        options.add_argument("interval", metavar="SECONDS", type=_seconds, help="from one round to the next")
        options.add_argument("--count", metavar="N", type=_count, help="how many rounds (default: no end)")
    question = options.add_argument_group("the question (default: all that this netstat tells)")
    question.argument_default = argparse.SUPPRESS
    for part in PARTS:
        question.add_argument(f"--{part}", action="store_true", help=f"ask for {part}")
    question.add_argument(
        "--no-processes", action="store_false", dest="processes", help="not for the processes that hold sockets"
    )
    question.add_argument(
        "--names", action="store_false", dest="numeric", help="for names instead of numbers, which may take long"
    )
    running = options.add_argument_group("the run")
    running.argument_default = argparse.SUPPRESS
    running.add_argument(
        "--netstat", metavar="COMMAND", type=_words, help='another netstat: a path, or a command, "busybox netstat"'
    )
    running.add_argument("--timeout", metavar="SECONDS", type=_seconds, help="for each run (default: 60)")
    return options


def main(command: str, words: Sequence[str], netstat_options: Sequence[str], shared: argparse.Namespace) -> int:
    """Run a command and give its exit status."""
    options = parser(command).parse_args(words, shared)
    if netstat_options and vars(options).keys() & QUESTION:
        parser(command).error("netstat's own options and a question exclude each other")
    if options.format in STORED:
        complaints.complain(f"{command} prints only; netstat -an | netstat-parse -f {options.format} -o PATH stores")
        return complaints.UNREADABLE
    for name in ("SIGTERM", "SIGHUP"):  # which would leave netstat behind
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), _end)

    from netstat_parse.errors import NetstatParseError
    from netstat_parse.live.locate import NoNetstatError
    from netstat_parse.live.session import plan

    given = {name: value for name, value in vars(options).items() if value is not None}
    wanted: Any = {name: given[name] for name in given.keys() & {*QUESTION, "netstat", "timeout", "encoding", "system"}}
    try:
        planned = plan(netstat_options, wanted)
        with complaints.output(options.output) as output:
            return COMMANDS[command](planned, options, output)
    except NoNetstatError as error:
        complaints.complain(str(error))
        return complaints.NO_NETSTAT
    except NetstatParseError as error:
        complaints.complain(error.summary)
        return complaints.WRONG_INPUT
    except LookupError as error:
        complaints.complain(str(error))
        return complaints.UNREADABLE


def run(planned: "Plan", options: argparse.Namespace, output: IO[bytes]) -> int:
    """Ask once."""
    from netstat_parse.formats.registry import find_writer
    from netstat_parse.live.session import Session

    with closing(Session(planned)) as asking:
        return _show(find_writer(options.format), asking, options, output)


def watch(planned: "Plan", options: argparse.Namespace, output: IO[bytes]) -> int:
    """Ask again and again; Ctrl-C is the way to end it."""
    from netstat_parse.errors import NetstatParseError
    from netstat_parse.formats.registry import find_writer
    from netstat_parse.live.interval import repeated, rounds
    from netstat_parse.live.session import Session

    is_stream = options.format == "ndjson"
    show, status, is_first = find_writer(options.format), complaints.PARSED, True
    with ExitStack() as stack:
        try:
            if is_stream and (by_itself := repeated(planned, options.interval, options.count)):
                return _show(show, stack.enter_context(closing(Session(by_itself))), options, output)
            if options.format == "table" and output.isatty():
                from netstat_parse.formats.screen import Screen

                show = stack.enter_context(Screen(output)).refresh
            for asking in rounds(planned, options.interval, options.count, numbered_on=is_stream):
                try:
                    status = max(status, _show(show, asking, options, output))
                except NetstatParseError as error:
                    if is_first:
                        raise
                    complaints.complain(error.summary)
                    status = complaints.WRONG_INPUT
                output.flush()
                is_first = False
        except KeyboardInterrupt:
            return complaints.PARSED
    return status


COMMANDS: dict[str, Callable[["Plan", argparse.Namespace, IO[bytes]], int]] = {"run": run, "watch": watch}


def _show(show: "Writer", asking: "Session", options: argparse.Namespace, output: IO[bytes]) -> int:
    from netstat_parse.cli.selection import parsed_selection
    from netstat_parse.formats.task import WriteTask

    show(WriteTask(complaints.Reported(asking, options.strict), output, parsed_selection(options)))
    is_wrong = asking.has_failed or (options.strict and asking.lines["unparsed"])
    return complaints.WRONG_INPUT if is_wrong else complaints.PARSED


def _words(text: str) -> list[str]:
    """The words of a command, or its path, which may have blanks."""
    is_posix = os.name != "nt"  # where a backslash is a part of a path
    words = [text] if Path(text).is_file() else shlex.split(text, posix=is_posix)
    if not words:
        raise argparse.ArgumentTypeError("must not be empty")
    return words if is_posix else [word.strip('"') for word in words]


def _seconds(text: str) -> float:
    from netstat_parse.live.interval import seconds

    try:
        return seconds(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None


def _count(text: str) -> int:
    if not text.isdecimal() or not int(text):
        raise argparse.ArgumentTypeError(f"must be a number above 0, not {text}")
    return int(text)


def _end(number: int, _frame: object) -> None:
    """End as the signal asks, but only when netstat has been ended."""
    sys.exit(128 + number)
