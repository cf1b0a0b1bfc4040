"""The command ``netstat-parse check``: say what is wrong in dumps, or in what changed between two."""

import argparse
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from netstat_parse._version import __version__
from netstat_parse.cli.appearance import add_appearance
from netstat_parse.cli.complaints import EXIT_PARSED, EXIT_UNREADABLE, EXIT_WRONG_INPUT, announce_terminal, complain
from netstat_parse.cli.options import (
    Parser,
    add_format,
    add_output,
    add_reading,
    add_seconds,
)
from netstat_parse.cli.output import Output, write_output
from netstat_parse.formats.finding_formats import FINDING_FORMATS
from netstat_parse.records.severities import SEVERITIES
from netstat_parse.records.values import STANDARD_INPUT_NAME

if TYPE_CHECKING:
    from netstat_parse.insight.check.baseline import Baseline
    from netstat_parse.insight.check.rules import Rules
    from netstat_parse.schema import Dump
    from netstat_parse.schema.comparison import Comparison

DESCRIPTION = """Examples:

  netstat-parse check dump.txt
  netstat-parse check before.txt after.txt
  netstat-parse check --all interval.log
  netstat-parse check -f sarif --fail-on warning dumps/ > findings.sarif

Say what is wrong in the output of netstat, with the figures, their lines, what
they mean and what to do. Counters of one dump count since the start of the
system; two dumps are compared, and what was counted between them is judged,
which says more. `netstat-parse explain RULE-OR-COUNTER` explains a term.

`netstat-parse listeners -f json dump.txt > baseline.json` makes a baseline. A
file of rules is TOML, with a table for each rule:

  [tcp-retransmission]
  warning.ratio = 0.05

  [socket-time-wait]
  enabled = false"""

EPILOG = """Exit status:

  0    no finding as severe as --fail-on says
  1    such a finding; no netstat table in an input, or none to compare with
       --baseline
  2    usage error, or an input that cannot be read
  130  interrupted by Ctrl-C"""


class Judged(NamedTuple):
    """Something to judge, and the exit status for reading it."""

    source: str | None
    subject: "Dump | Comparison | Sequence[Comparison] | None"
    """None if it could not be read."""
    status: int


def make_parser(command: str = "check") -> argparse.ArgumentParser:
    """Make the argument parser of the command."""
    options = Parser(
        prog=f"netstat-parse {command}",
        usage=f"netstat-parse {command} [OPTION ...] [FILE ... | BEFORE AFTER]",
        description=DESCRIPTION,
        epilog=EPILOG,
        allow_abbrev=False,
    )
    _add_inputs(options)
    _add_rules(options)
    add_format(options, list(FINDING_FORMATS), "table")
    add_reading(options)
    add_output(options)
    add_appearance(options, indents_files=True)
    return options


def _add_inputs(options: argparse.ArgumentParser) -> None:
    options.add_argument(
        "files",
        metavar="FILE",
        nargs="*",
        help="inputs, as for reading. Two are compared, the earlier one first; any other number is judged one by one",
    )
    mode = options.add_mutually_exclusive_group()
    mode.add_argument("--each", action="store_true", help="judge two files one by one too")
    mode.add_argument("--all", action="store_true", help="compare each run of netstat in a file with the one before")
    add_seconds(options)


def _add_rules(options: argparse.ArgumentParser) -> None:
    options.add_argument("--rules", metavar="PATH", help="TOML file that adds rules, changes them or switches them off")
    options.add_argument(
        "--baseline", metavar="PATH", help="dump or list of the listeners that are expected; others are findings"
    )
    options.add_argument(
        "--fail-on",
        metavar="SEVERITY",
        choices=SEVERITIES,
        default="error",
        help=f"least severity that makes the exit status 1: {', '.join(SEVERITIES)} (default: error)",
    )


def main(command: str, words: list[str], netstat_options: list[str], shared: argparse.Namespace) -> int:
    """Judge the inputs and return the exit status.

    Args:
        command: ``check``.
        words: the arguments after it.
        netstat_options: the words after ``--``, which are files here.
        shared: the shared options that were given before it.
    """
    from netstat_parse.cli.dumps import parse_choice, parse_words
    from netstat_parse.inputs.streams import refuse_as_output

    options = parse_words(make_parser(command), words, netstat_options, shared)
    announce_terminal(options)
    try:
        for path in filter(None, (options.rules, options.baseline)):
            refuse_as_output(parse_choice(path).path, options.output)
        rules, baseline = _load_rules(options.rules), _load_baseline(options.baseline, options)
    except ValueError as error:
        complain(str(error))
        return EXIT_UNREADABLE
    return write_output(options, lambda output: _check(options, rules, baseline, output))


def _check(options: argparse.Namespace, rules: "Rules | None", baseline: "Baseline | None", output: Output) -> int:
    from netstat_parse.cli.dumps import ChoiceError
    from netstat_parse.formats.finding_formats import ReportTask, is_failure, write_reports
    from netstat_parse.insight.check.check import find_baseline_obstacle, judge

    status, reports = EXIT_PARSED, []
    try:
        for found in _find_subjects(options):
            status = max(status, found.status)
            if found.subject is not None:
                report = judge(found.subject, rules=rules, baseline=baseline)
                if baseline is not None and (reason := find_baseline_obstacle(report)):
                    complain(f"{found.source or STANDARD_INPUT_NAME}: cannot be compared with the baseline: {reason}")
                    status = max(status, EXIT_WRONG_INPUT)
                reports.append(report.model_copy(update={"source": found.source}).model_dump(mode="json"))
    except ChoiceError as error:
        complain(str(error))
        return EXIT_UNREADABLE
    if reports:
        task = ReportTask(
            reports, output.file, __version__, options.fail_on, options.verbose, appearance=output.appearance
        )
        write_reports(task, options.format)
    if any(is_failure(finding, options.fail_on) for report in reports for finding in report["findings"]):
        status = max(status, EXIT_WRONG_INPUT)
    return status


def _find_subjects(options: argparse.Namespace) -> Iterator[Judged]:
    """Yield what is to be judged: a comparison of two files, the comparisons within each file, or each file."""
    from netstat_parse.cli.dumps import choose_moment, parse_choice, read_dumps, read_moments
    from netstat_parse.insight.compare.compare import compare_all

    if len(options.files) == 2 and not (options.each or options.all):  # noqa: PLR2004 - before and after
        yield _compare_two(options)
        return
    choices = [choice for choice in map(parse_choice, options.files) if choice.snapshot is not None]
    for choice in choices:
        inputs = read_moments(choice.path, options)
        moment = choose_moment(inputs.moments, choice)
        yield Judged(moment.source if moment else None, moment, inputs.status)
    files = [word for word in options.files if parse_choice(word) not in choices]
    for found in read_dumps(files, options) if files or not choices else ():
        subject: Dump | Comparison | Sequence[Comparison] | None = found.dump
        if found.dump and options.all:
            subject = compare_all(found.dump, seconds=options.seconds)
            if not subject:
                complain(f"{found.label}: has no two moments of the same host to compare; it is judged by itself")
                subject = found.dump
        yield Judged(found.dump.source if found.dump else None, subject, found.status)


def _compare_two(options: argparse.Namespace) -> Judged:
    from netstat_parse.cli.dumps import parse_choice
    from netstat_parse.cli.pairs import compare_files

    comparisons, status = compare_files([parse_choice(word) for word in options.files], options)
    return Judged(comparisons[0].after.source, comparisons[0], status) if comparisons else Judged(None, None, status)


def _load_rules(path: str | None) -> "Rules | None":
    if path is None:
        return None
    from netstat_parse.insight.check.rules import load_rules

    return load_rules(Path(path))


def _load_baseline(path: str | None, options: argparse.Namespace) -> "Baseline | None":
    if path is None:
        return None
    from netstat_parse.cli.dumps import choose_moment, parse_choice, read_moments
    from netstat_parse.insight.check.baseline import is_list, parse_baseline

    choice = parse_choice(path)
    text = Path(choice.path).read_text("utf-8", errors="replace")
    if is_list(text):
        return parse_baseline(text, path)
    found = choose_moment(read_moments(choice.path, options).moments, choice)
    if found is None:
        made = "the output of `netstat-parse listeners -f json`"
        raise ValueError(f"{path}: neither a dump nor a list of listeners, such as `tcp 0.0.0.0:22 sshd`, or {made}")
    return found
