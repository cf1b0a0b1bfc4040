"""The commands that answer a question about the sockets of each input: `listeners`, `talkers` and `states`."""

import argparse
from functools import partial
from typing import TYPE_CHECKING

from netstat_parse.cli.answer_options import (
    add_choice,
    choose_fields,
    choose_records,
    find_questions,
)
from netstat_parse.cli.appearance import add_appearance
from netstat_parse.cli.complaints import EXIT_UNREADABLE, complain
from netstat_parse.cli.dumps import parse_choice, protect_choices
from netstat_parse.cli.input_report import InputReport
from netstat_parse.cli.options import (
    EPILOG,
    Parser,
    add_format,
    add_output,
    add_reading,
    pop_texts,
    refuse,
    refuse_stored,
)
from netstat_parse.cli.output import Output, write_output
from netstat_parse.cli.totals import Totals
from netstat_parse.formats.registry import WRITERS
from netstat_parse.inputs.origins import STANDARD_INPUT
from netstat_parse.records.values import count_things

if TYPE_CHECKING:
    from netstat_parse.insight.questions.question import Question
    from netstat_parse.records.answers import Answer
    from netstat_parse.records.rows import Rows

NOT_STORED = "{format} stores the records of an input, not an answer; use csv or ndjson"
"""Reason for which an answer has no such format."""

TABLES = ("connections",)
"""The tables that the questions are about."""

DESCRIPTIONS = {
    "listeners": """Examples:

  netstat-parse listeners dump.txt
  netstat-parse listeners --live --where exposure=public,every_address
  netstat-parse listeners -f csv --fields source,local_port,exposure dumps/

Print the listening sockets of TCP and UDP (and SCTP, DCCP ...): the service,
from where the address can be reached (exposure: loopback, link_local,
multicast, private, reserved, public, every_address), and the process and user
that own it. A dump of a netstat without -a or -l cannot show them, which is an
error.""",
    "talkers": """Examples:

  netstat-parse talkers dump.txt
  netstat-parse talkers --network 24 --where state=established dump.txt
  netstat-parse talkers --top 10 dump.txt

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
    )
    add_choice(options, command)
    add_inputs(options)
    add_format(options, tuple(WRITERS), "table", refuse_stored(NOT_STORED))
    add_reading(options)
    add_output(options)
    add_appearance(options)
    add_limits(options).add_argument(
        "--live", action="store_true", default=False, help="ask the netstat of this machine instead of reading files"
    )
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
    refuse(parser, shared, {"only", "count_by", "explain"})
    own = [*pop_texts(shared), *protect_choices(words)]
    options = parser.parse_intermixed_args([*own, *(["--", *netstat_options] if netstat_options else [])], shared)
    _choose_snapshots(options)
    options.command, options.only, options.count_by = command, None, None
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

    options.totals, options.connections = Totals(), True
    return start_netstat(
        lambda planned: write_output(options, partial(print_run, planned, options, print_answer)), (), options
    )


def print_answer(report: InputReport, options: argparse.Namespace, output: Output, several: bool) -> None:  # noqa: FBT001 - `InputWriter`
    """Print the answer of an input.

    Raises:
        NoAnswerError: the input cannot answer the question.
    """
    from netstat_parse.cli.files import NoAnswerError
    from netstat_parse.formats.registry import write
    from netstat_parse.formats.task import WriteTask

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
    chosen = choose_records(answer, options)
    if not options.quiet:
        _report_gaps(question, answer, chosen, report, options)
    chosen = choose_fields(chosen, options, report.name)
    notes = options.totals.notes if several else None
    task = WriteTask(
        report,
        output.file,
        is_one_of_several=several,
        answer=chosen,
        appearance=output.appearance,
        notes=notes,
    )
    write(task, options.format)


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


def _report_gaps(
    question: "Question", answer: "Answer", chosen: "Answer", report: InputReport, options: argparse.Namespace
) -> None:
    """Write to standard error what is missing in an answer."""
    if options.command == "listeners" and question.excluding:
        runs = count_things(question.excluding, "run", "runs")
        complain(f"{report.label}: {runs} of netstat without -a or -l: listening sockets are not in the output")
    if not answer.rows and not options.where:
        complain(f"{report.label}: no {options.command}")
    if answer.rows and not chosen.rows:
        complain(
            f"{report.label}: no record meets --where {' and '.join(found.text for found in options.answer_where)}"
        )


def _make_question(options: argparse.Namespace) -> "Question":
    from netstat_parse.insight.questions.peers import States, Talkers
    from netstat_parse.records.selection import make_selection

    totals: Totals | None = getattr(options, "totals", None)
    selection = make_selection(TABLES, options.where, None, totals.matched if totals else None)
    question = find_questions()[options.command]
    if issubclass(question, Talkers):
        return question(selection, options.network)
    return question(selection, options.by) if issubclass(question, States) else question(selection)


def _check(options: argparse.Namespace) -> None:
    """Check the options that argparse does not.

    Raises:
        ValueError: they do not fit the command.
    """
    from netstat_parse.records.conditions import check_selection

    check_selection(TABLES, options.where or ())
    choose_fields(_make_question(options).answer(), options)
