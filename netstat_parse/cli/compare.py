"""The command ``netstat-parse compare``: print what changed between two moments."""

import argparse
from typing import IO, TYPE_CHECKING

from netstat_parse.cli.complaints import EXIT_PARSED, EXIT_WRONG_INPUT, complain
from netstat_parse.cli.options import HELP_FORMATTER, Parser, add_format, add_output, add_reading
from netstat_parse.cli.output import write_output
from netstat_parse.formats.comparison_formats import COMPARISON_FORMATS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from netstat_parse.cli.dumps import Choice, InputMoments
    from netstat_parse.schema import Dump
    from netstat_parse.schema.comparison import Comparison

DESCRIPTION = """Examples:

  netstat-parse compare monday.txt tuesday.txt
  netstat-parse compare dump.log@0 dump.log@3 -f json
  netstat-parse compare --all interval.log -f csv

Print what changed from one moment to another: counters with their difference,
sockets, interfaces, addresses and routes. BEFORE and AFTER are files, archives
or - for standard input. Of a file with several moments the last one is
compared; FILE@3 is the moment of the snapshot with the index 3, as in the JSON
document. With one FILE, its first moment is compared with its last one.

A counter that fell was reset or has wrapped, as the other counters of its
block show. Without an explanation it is unclear, and has no difference."""

EPILOG = """Exit status:

  0    compared
  1    with --exit-code, something has changed; no netstat table in an input;
       with --strict, any error
  2    usage error, an input that cannot be read, or nothing to compare it with
  130  interrupted by Ctrl-C"""


def make_parser(command: str = "compare") -> argparse.ArgumentParser:
    """Make the argument parser of the command."""
    options = Parser(
        prog=f"netstat-parse {command}",
        usage=f"netstat-parse {command} [OPTION ...] BEFORE AFTER\n"
        f"       netstat-parse {command} [OPTION ...] [--all] [FILE]",
        description=DESCRIPTION,
        epilog=EPILOG,
        formatter_class=HELP_FORMATTER,
    )
    options.add_argument(
        "files", metavar="FILE", nargs="*", help="two files, or one with several moments (default: standard input)"
    )
    options.add_argument("--all", action="store_true", help="compare each moment with the next one of the same host")
    options.add_argument(
        "--seconds",
        metavar="N",
        type=_parse_seconds,
        help="time between the moments, for rates (default: by their time stamps)",
    )
    options.add_argument("--exit-code", action="store_true", help="exit with 1 if something has changed")
    options.add_argument("--unchanged", action="store_true", help="print also what has not moved (json always does)")
    add_format(options, tuple(COMPARISON_FORMATS), "table")
    add_reading(options)
    add_output(options)
    return options


def _parse_seconds(text: str) -> float:
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not 0 < seconds < float("inf"):
        raise argparse.ArgumentTypeError(f"must be a number above 0, not {text}")
    return seconds


def main(command: str, words: list[str], netstat_options: list[str], shared: argparse.Namespace) -> int:
    """Compare, and return the exit status.

    Args:
        command: ``compare``.
        words: the arguments after it.
        netstat_options: the words after ``--``: further files.
        shared: the shared options that were given before it.
    """
    from netstat_parse.cli.dumps import EXIT_UNUSABLE_CHOICE, ChoiceError, parse_choice, protect_choices

    parser = make_parser(command)
    if selected := vars(shared).keys() & {"only", "where", "fields"}:
        parser.error(f"{command} takes no --{min(selected)}")
    arguments = [*protect_choices(words), *(["--", *netstat_options] if netstat_options else [])]
    options = parser.parse_intermixed_args(arguments, shared)
    choices = [parse_choice(word) for word in options.files or ["-"]]
    if len(choices) > 2 and not options.all:  # noqa: PLR2004 - a comparison has two sides
        parser.error("compare takes two files, or one")
    try:
        found, status = _compare(choices, options)
    except ChoiceError as error:
        complain(str(error))
        return EXIT_UNUSABLE_CHOICE
    if not found:
        return status
    return write_output(options.output, lambda file: max(status, _write(found, options, file)))


def _compare(choices: "Sequence[Choice]", options: argparse.Namespace) -> "tuple[list[Comparison], int]":
    """Read the files, and return the comparisons and the exit status for reading.

    Raises:
        ChoiceError: a chosen snapshot does not exist, or there is nothing to compare it with.
    """
    from netstat_parse.cli.dumps import ChoiceError, read_moments
    from netstat_parse.insight.compare.compare import compare_consecutive, compare_moments, seconds_within

    paths = dict.fromkeys(choice.path for choice in choices)
    inputs = {path: read_moments(path, options) for path in paths}
    status = max(found.status for found in inputs.values())
    if not all(found.moments for found in inputs.values()):
        return [], status
    if options.all:
        if any(choice.snapshot is not None for choice in choices):
            raise ChoiceError("--all compares all moments of a file; leave @ out")
        moments = [moment for choice in choices for moment in inputs[choice.path].moments]
        comparisons = compare_consecutive(moments, seconds=options.seconds)
        if not comparisons:
            raise ChoiceError(f"{choices[0]}: has no two moments of the same host to compare")
        return comparisons, status
    before, after = _choose_pair(choices, inputs, is_quiet=options.quiet)
    seconds = options.seconds
    if seconds is None and choices[0].path == choices[-1].path:
        seconds = seconds_within(inputs[choices[0].path].moments, before, after)
    return [compare_moments(before, after, seconds)], status


def _choose_pair(
    choices: "Sequence[Choice]", inputs: "dict[str, InputMoments]", *, is_quiet: bool
) -> "tuple[Dump, Dump]":
    from netstat_parse.cli.dumps import ChoiceError, choose_moment

    if len(choices) == 1:
        return _choose_ends(choices[0], inputs[choices[0].path].moments, is_quiet=is_quiet)
    chosen: list[Dump] = []
    for choice in choices:
        moments = inputs[choice.path].moments
        moment = choose_moment(moments, choice)
        if moment is None:
            raise ChoiceError(f"{choice}: has no moment")
        if choice.snapshot is None and len(moments) > 1 and not is_quiet:
            complain(f"{choice}: the last of {len(moments)} moments is compared, {_place(choice, moment)}")
        chosen.append(moment)
    return chosen[0], chosen[1]


def _choose_ends(choice: "Choice", moments: "Sequence[Dump]", *, is_quiet: bool) -> "tuple[Dump, Dump]":
    """Return the first and the last moment of one host in a file."""
    from netstat_parse.cli.dumps import ChoiceError
    from netstat_parse.insight.compare.compare import group_series

    if choice.snapshot is not None:
        raise ChoiceError(f"{choice}: give a second moment to compare it with, such as {choice.path}@0")
    several = [series for series in group_series(moments) if len(series) > 1]
    if not several:
        kind = "only one moment" if len(moments) == 1 else "no two moments of the same host"
        raise ChoiceError(f"{choice}: has {kind} to compare; give a second file")
    series = max(several, key=lambda found: moments.index(found[-1]))
    first, last = series[0], series[-1]
    if len(moments) > 2 and not is_quiet:  # noqa: PLR2004 - two moments are all compared
        places = f"{_place(choice, first)} and {_place(choice, last)}"
        complain(f"{choice}: the first and the last of {len(series)} moments are compared, {places} (--all: each)")
    return first, last


def _place(choice: "Choice", moment: "Dump") -> str:
    """Return how to choose a moment on the command line."""
    return f"{choice.path}@{moment.snapshots[0].index if moment.snapshots else 0}"


def _write(found: "Sequence[Comparison]", options: argparse.Namespace, file: IO[bytes]) -> int:
    from netstat_parse.formats.comparison_formats import ComparisonTask, has_changes, write_comparisons

    documents = [comparison.model_dump(mode="json") for comparison in found]
    write_comparisons(ComparisonTask(documents, file, options.all, options.unchanged), options.format)
    return EXIT_WRONG_INPUT if options.exit_code and any(map(has_changes, documents)) else EXIT_PARSED
