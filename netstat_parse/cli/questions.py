"""The commands that answer a question about the sockets of each input: `listeners`, `talkers` and `states`."""

import argparse
from functools import partial
from typing import IO, TYPE_CHECKING

from netstat_parse.cli.complaints import EXIT_UNREADABLE, complain
from netstat_parse.cli.dumps import parse_choice, protect_choices
from netstat_parse.cli.input_report import InputReport, count_things
from netstat_parse.cli.options import (
    EPILOG,
    HELP_FORMATTER,
    STORED,
    Parser,
    add_output,
    add_reading,
    add_where,
    pop_fields,
)
from netstat_parse.formats.registry import WRITERS
from netstat_parse.inputs.origins import STANDARD_INPUT

if TYPE_CHECKING:
    from netstat_parse.insight.questions.networks import NetworkFinder
    from netstat_parse.insight.questions.question import Question
    from netstat_parse.records.answers import Answer
    from netstat_parse.records.rows import Rows

DESCRIPTIONS = {
    "listeners": """Examples:

  netstat-parse listeners dump.txt
  netstat-parse listeners --live --where local_port=22
  netstat-parse listeners -f csv --fields source,local_port,exposure dumps/

Print the listening sockets of TCP and UDP (and SCTP, DCCP ...): the service,
from where the address can be reached (exposure: loopback, link_local,
multicast, private, reserved, public, every_address), and the process and user
that own it. A dump of a netstat without -a or -l cannot show them, which is an
error.""",
    "talkers": """Examples:

  netstat-parse talkers dump.txt
  netstat-parse talkers --network 24 --where state=established dump.txt

Print the remote hosts or networks, those with most connections first: how many
connections, in which states, and to which ports. A connection is inbound if
its local port is one of a listening socket in the input, else outbound; both
are null if the input has no listening sockets.""",
    "states": """Examples:

  netstat-parse states dump.txt
  netstat-parse states --where state=time_wait dump.txt

Print the number of sockets in each state, by local port and by program (or
process, without programs). The local port of an outbound connection means
nothing, so its remote port is counted instead.""",
}

SEVERAL_SNAPSHOTS = """
Each run of netstat in a log is counted by itself: see the field snapshot, or
choose one as dump.log@3. For other counts see --count-by of
netstat-parse --help."""


def make_parser(command: str) -> argparse.ArgumentParser:
    """Make the argument parser of a command."""
    from netstat_parse.cli.command import add_inputs
    from netstat_parse.cli.live import add_limits

    options = Parser(
        prog=f"netstat-parse {command}",
        usage=f"netstat-parse {command} [OPTION ...] [FILE ...]",
        description=DESCRIPTIONS[command] + "\n" + SEVERAL_SNAPSHOTS,
        epilog=EPILOG,
        formatter_class=HELP_FORMATTER,
    )
    options.add_argument(
        "-f",
        "--format",
        metavar="FORMAT",
        choices=(*WRITERS, *STORED),
        default="table",
        help=f"output format: {', '.join(WRITERS)} (default: table)",
    )
    add_reading(options)
    add_output(options)
    add_inputs(options)
    choice = options.add_argument_group("choice (default: everything)")
    add_where(choice)
    choice.add_argument("--fields", metavar="FIELDS", help="print only these fields of the answer, in this order")
    if command == "talkers":
        choice.add_argument(
            "--network",
            metavar="BITS",
            type=_parse_networks,
            help="group remote addresses by networks with prefixes of this length: 24, or 24,56 for IPv4 and IPv6"
            " (default for IPv6: 64)",
        )
    if command == "states":
        choice.add_argument(
            "--by",
            metavar="FIELDS",
            type=_parse_states,
            default=(),
            help="count by some of protocol, state, local_port, remote_port, service and program (default: all)",
        )
    options.add_argument("--live", action="store_true", help="ask the netstat of this machine instead of reading files")
    add_limits(options)
    return options


def main(command: str, words: list[str], netstat_options: list[str], shared: argparse.Namespace) -> int:
    """Run a command and return its exit status.

    Args:
        command: ``listeners``, ``talkers`` or ``states``.
        words: the arguments after it, up to ``--``.
        netstat_options: the words after ``--``, which are files.
        shared: the shared options that were given before it.
    """
    parser = make_parser(command)
    for name in ("only", "count_by"):
        if name in shared:
            parser.error(f"{command} are always about network sockets: remove --{name.replace('_', '-')}")
    own = [*pop_fields(shared), *protect_choices(words)]
    options = parser.parse_intermixed_args([*own, *(["--", *netstat_options] if netstat_options else [])], shared)
    if options.format in STORED:
        parser.error(f"-f {options.format} stores the records of an input, not an answer; use -f csv or -f ndjson")
    _choose_snapshots(options)
    options.command, options.only, options.count_by = command, ["connections"], None
    try:
        _check(options)
    except ValueError as error:
        parser.error(str(error))
    if not options.live:
        from netstat_parse.cli.files import print_all

        return print_all(options, print_answer)
    if options.files:
        parser.error("--live asks the netstat of this machine: remove the files")
    from netstat_parse.cli.live import print_run, start_netstat
    from netstat_parse.cli.output import write_output
    from netstat_parse.cli.totals import Totals

    options.totals, options.connections = Totals(), True
    return start_netstat(
        lambda planned: write_output(options.output, partial(print_run, planned, options, print_answer)), (), options
    )


def print_answer(report: InputReport, options: argparse.Namespace, output: IO[bytes], several: bool) -> None:  # noqa: FBT001 - `InputWriter`
    """Print the answer of an input.

    Raises:
        NoAnswerError: the input cannot answer the question.
    """
    from netstat_parse.cli.files import NoAnswerError
    from netstat_parse.formats.registry import write_answer

    question = _make_question(options)
    snapshots = _chosen_snapshots(report.name or STANDARD_INPUT, options)
    for rows in report.rows():
        if snapshots is None or _snapshot_of(rows) in snapshots:
            question.add(rows)
    if snapshots is not None and (missing := snapshots - question.snapshots):
        raise NoAnswerError(f"it has no snapshot {min(missing)}", EXIT_UNREADABLE)
    if silence := question.explain_silence():
        raise NoAnswerError(silence)
    answer = question.answer()
    if not options.quiet:
        _report_gaps(question, answer, report, options)
    chosen = _choose_fields(answer, options, report.name)
    write_answer(chosen, report, output, options.format, is_one_of_several=several)


def _snapshot_of(rows: "Rows") -> int | None:
    """Return the index of the snapshot that a block of rows belongs to."""
    column = rows.columns.get("index" if rows.kind == "snapshots" else "snapshot")
    return column[0] if column else None


def _choose_snapshots(options: argparse.Namespace) -> None:
    """Separate the files from the snapshots that are chosen of them: ``dump.log@3``."""
    choices = list(map(parse_choice, options.files))
    options.files = list(dict.fromkeys(choice.path for choice in choices))
    options.snapshots = {}
    for choice in choices:
        if choice.snapshot is not None:
            options.snapshots.setdefault(choice.path, set()).add(choice.snapshot)


def _chosen_snapshots(name: str, options: argparse.Namespace) -> set[int] | None:
    """Return the snapshots that are chosen of an input: those of its file, folder or archive; None for all."""
    for path, snapshots in options.snapshots.items():
        if name == path or name.startswith((f"{path}:", f"{path.rstrip('/')}/")):
            return {*snapshots}
    return None


def _report_gaps(question: "Question", answer: "Answer", report: InputReport, options: argparse.Namespace) -> None:
    """Write to standard error what is missing in an answer."""
    if options.command == "listeners" and question.excluding:
        runs = count_things(question.excluding, "run", "runs")
        complain(f"{report.label}: {runs} of netstat without -a or -l: listening sockets are not in the output")
    if not answer.rows and not options.where:
        complain(f"{report.label}: no {options.command}")


def _make_question(options: argparse.Namespace) -> "Question":
    from netstat_parse.cli.selection import get_selection
    from netstat_parse.insight.questions.listeners import Listeners
    from netstat_parse.insight.questions.peers import States, Talkers

    selection = get_selection(options)
    selection = selection and selection._replace(fields=None)
    if options.command == "talkers":
        return Talkers(selection, options.network)
    return Listeners(selection) if options.command == "listeners" else States(selection, options.by)


def _choose_fields(answer: "Answer", options: argparse.Namespace, source: str | None = None) -> "Answer":
    names = [name.strip().replace("-", "_") for name in (options.fields or "").split(",")]
    return answer.select_fields(names, source) if options.fields else answer


def _check(options: argparse.Namespace) -> None:
    """Check the options that argparse does not.

    Raises:
        ValueError: they do not fit the command.
    """
    from netstat_parse.records.conditions import check_selection

    check_selection(options.only, options.where or ())
    _choose_fields(_make_question(options).answer(), options)


def _parse_states(text: str) -> list[str]:
    from netstat_parse.insight.questions.peers import States

    names = [name.strip().replace("-", "_") for name in text.split(",")]
    for name in names:
        if name not in States.choices:
            raise argparse.ArgumentTypeError(f"not a field to count by: {name}; there are {', '.join(States.choices)}")
    return names


def _parse_networks(text: str) -> "NetworkFinder":
    from netstat_parse.insight.questions.networks import NetworkFinder

    try:
        return NetworkFinder(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
