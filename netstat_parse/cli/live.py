"""The commands that run the netstat of this machine: ``netstat-parse run`` and ``netstat-parse watch``."""

import argparse
import os
import shlex
import signal
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from netstat_parse.cli import complaints
from netstat_parse.cli.options import (
    EPILOG,
    Parser,
    make_shared_parser,
    parse_number,
    parse_seconds_option,
    pop_texts,
    refuse_netstat,
    refuse_stored,
)
from netstat_parse.cli.output import Output, write_output
from netstat_parse.cli.totals import Totals
from netstat_parse.formats.registry import WRITERS
from netstat_parse.live.topics import QUERY_ARGUMENTS, TOPICS

if TYPE_CHECKING:
    from netstat_parse.cli.files import InputWriter
    from netstat_parse.live.plan import Plan
    from netstat_parse.live.queries import RunArguments
    from netstat_parse.live.session import Session


RUN_ARGUMENTS = frozenset({*QUERY_ARGUMENTS, "netstat", "timeout", "encoding", "system"})
"""Options that are keyword arguments of `netstat_parse.run`."""

END_SIGNALS = (signal.SIGTERM, *(() if sys.platform == "win32" else (signal.SIGHUP, signal.SIGQUIT)))
"""Signals that end netstat too, besides that of Ctrl-C."""

DESCRIPTIONS = {
    "run": """Examples:

  netstat-parse run
  netstat-parse run --routes --interfaces -f table
  netstat-parse run -- -ant

Run netstat on this machine and print its output as JSON. By default it reports
everything that it can. Choose parts of that with the query options, or give
netstat's own options after --.""",
    "watch": """Examples:

  netstat-parse watch 1 -f table
  netstat-parse watch 5 -f ndjson --connections --count 10

Run netstat on this machine again and again, until Ctrl-C, after which the
exit status is 0. -f ndjson prints records as they come. -f table shows a
screen on a terminal: what changed comes first; ? lists the keys for
scrolling, sorting, filtering and pausing. It needs pip install textual; else
tables are refreshed as far as they fit. After --count runs the last tables
stay. A file of -o appears at the end.""",
}

EPILOGS = {"run": EPILOG, "watch": EPILOG.rpartition("\n")[0]}
"""For each command the exit statuses; Ctrl-C is the usual end of `watch`."""


def make_parser(command: str) -> Parser:
    """Make the argument parser of a command. Options of the query and the run are only set if they are given."""
    options = Parser(
        prog=f"netstat-parse {command}",
        usage=f"netstat-parse {command}{' SECONDS' if command == 'watch' else ''} [OPTION ...] [-- NETSTAT'S OPTIONS]",
        description=DESCRIPTIONS[command],
        epilog=EPILOGS[command],
        parents=[_make_own_parser(command), _make_shared_parser(command)],
    )
    options.runs_netstat = True
    if command == "watch":
        options.add_argument("interval", metavar="SECONDS", type=_parse_wait, help="interval from one run to the next")
    return options


def _make_shared_parser(command: str) -> argparse.ArgumentParser:
    parse_format = refuse_stored(f"{command} cannot store; use: netstat -an | netstat-parse -f {{format}} -o PATH")
    return make_shared_parser(formats=tuple(WRITERS), parse_format=parse_format, counts=command == "run")


def _make_own_parser(command: str) -> argparse.ArgumentParser:
    """Make a parser of the options that only these commands have; the help lists them first."""
    options = Parser(add_help=False)
    if command == "watch":
        options.add_argument("--count", metavar="N", type=_parse_count, help="number of runs (default: no limit)")
    _add_query(options)
    add_limits(options)
    return options


def _add_query(options: argparse.ArgumentParser) -> None:
    query = options.add_argument_group("query (default: everything that this netstat reports)")
    query.argument_default = argparse.SUPPRESS
    for topic in TOPICS:
        query.add_argument(f"--{topic}", action="store_true", help=f"report {topic}")
    query.add_argument(
        "--no-processes", action="store_false", dest="processes", help="do not report the processes of sockets"
    )
    query.add_argument(
        "--names", action="store_false", dest="numeric", help="report names, not numbers; looking them up may take long"
    )


def add_limits(options: argparse.ArgumentParser) -> "argparse._ArgumentGroup":
    """Add the options for running netstat, and return their group. They are only set if they are given."""
    running = options.add_argument_group("running netstat")
    running.argument_default = argparse.SUPPRESS
    running.add_argument(
        "--netstat",
        metavar="COMMAND",
        type=_split_command,
        help='run another netstat: a path, or a command such as "busybox netstat"',
    )
    running.add_argument(
        "--timeout",
        metavar="SECONDS",
        type=_parse_wait,
        help="maximum time in seconds of all commands of a run together (default: 60)",
    )
    return running


def main(command: str, words: list[str], netstat_options: list[str], shared: argparse.Namespace) -> int:
    """Run a command and return its exit status.

    Args:
        command: ``run`` or ``watch``.
        words: the arguments after it, up to ``--``.
        netstat_options: the words after ``--``.
        shared: the shared options that were given before it.
    """
    parser = make_parser(command)
    refuse_netstat(parser, words)
    options = parser.parse_args([*pop_texts(shared), *words], shared)
    if netstat_options and vars(options).keys() & QUERY_ARGUMENTS:
        parser.error("query options and netstat's own options exclude each other")
    options.totals = Totals()
    if command == "watch":
        if getattr(options, "count_by", None):
            parser.error("watch cannot count records: use run --count-by")
        options.count_by, options.has_pager = None, False
        from netstat_parse.cli.watch import watch as work
    else:
        work = run
    return start_netstat(partial(work, options), netstat_options, options)


def start_netstat(work: Callable[["Plan"], int], netstat_options: Sequence[str], options: argparse.Namespace) -> int:
    """Plan the runs of netstat, do the work with the plan, and return its exit status or that of an error.

    Args:
        work: runs netstat, and returns the exit status.
        netstat_options: netstat's own options.
        options: the parsed options; those of `RUN_ARGUMENTS` are what to ask for.
    """
    from netstat_parse.errors import NetstatParseError
    from netstat_parse.live.locate import NoNetstatError
    from netstat_parse.live.plan import plan

    for number in END_SIGNALS:
        if signal.getsignal(number) != signal.SIG_IGN:  # as nohup sets it
            signal.signal(number, _exit_on_signal)
    arguments = {name: value for name, value in vars(options).items() if name in RUN_ARGUMENTS and value is not None}
    try:
        return work(plan(netstat_options, cast("RunArguments", arguments)))
    except NoNetstatError as error:
        complaints.complain(str(error))
        return complaints.EXIT_NO_NETSTAT
    except NetstatParseError as error:
        complaints.complain(error.summary)
        return complaints.EXIT_WRONG_INPUT
    except LookupError as error:
        complaints.complain(str(error))
        return complaints.EXIT_UNREADABLE


def run(options: argparse.Namespace, planned: "Plan") -> int:
    """Run netstat once, and print its output."""
    from netstat_parse.cli.files import print_records

    return write_output(options, partial(print_run, planned, options, print_records))


def print_run(planned: "Plan", options: argparse.Namespace, write: "InputWriter", output: Output) -> int:
    """Run netstat once, and write something about its output."""
    from netstat_parse.live.session import ask

    with ask(planned) as session:
        status = print_session(session, options, output, write)
    options.totals.write(options, output)
    return status


def print_session(session: "Session", options: argparse.Namespace, output: Output, write: "InputWriter") -> int:
    """Write something about one session, report what is wrong in it, and return the exit status."""
    from netstat_parse.cli.files import NoAnswerError
    from netstat_parse.cli.input_report import InputReport, choose_live_style

    report = InputReport(session, choose_live_style(options), session.name)
    try:
        write(report, options, output, False)  # noqa: FBT003 - `InputWriter`
    except NoAnswerError as error:
        report.end()
        complaints.complain(f"{report.label}: {error}")
        return error.status
    finally:
        options.totals.tables |= report.tables
    report.end()
    is_wrong = session.has_failed or report.has_errors
    return complaints.EXIT_WRONG_INPUT if is_wrong else complaints.EXIT_PARSED


def _split_command(text: str) -> list[str]:
    """Split a command into words; the path of a program is one word even if it contains blanks."""
    is_posix = os.name != "nt"  # on Windows a backslash is part of a path
    try:
        words = [text] if Path(text).is_file() else shlex.split(text, posix=is_posix)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"no command: {text}: {str(error).lower()}") from None
    except OSError as error:
        raise argparse.ArgumentTypeError(f"no command: {text}: {error.strerror}") from None
    if not words:
        raise argparse.ArgumentTypeError("must not be empty")
    return words if is_posix else [word.strip('"') for word in words]


def _parse_wait(text: str) -> float:
    from netstat_parse.records.durations import MAX_WAIT_SECONDS

    return parse_seconds_option(text, MAX_WAIT_SECONDS)


def _parse_count(text: str) -> int:
    count = parse_number(text)
    if not count:
        raise argparse.ArgumentTypeError(f"must be a number above 0, not {text}")
    return count


def _exit_on_signal(number: int, _frame: object) -> None:
    """Raise SystemExit, so that netstat is ended on the way out: the signal alone would leave it running."""
    sys.exit(128 + number)
