"""Compare the moments that the FILEs of a command line choose, for `compare` and `check`."""

import argparse
from collections.abc import Mapping, Sequence

from netstat_parse.cli.complaints import complain
from netstat_parse.cli.dumps import Choice, ChoiceError, InputMoments, choose_moment, read_moments
from netstat_parse.insight.compare.compare import compare_consecutive, compare_moments, group_series, seconds_within
from netstat_parse.records.values import STANDARD_INPUT_NAME
from netstat_parse.schema import Dump
from netstat_parse.schema.comparison import MIN_RATE_SECONDS, Comparison


def compare_files(choices: Sequence[Choice], options: argparse.Namespace) -> tuple[list[Comparison], int]:
    """Read the files, and return the comparisons and the exit status for reading.

    Raises:
        ChoiceError: a chosen snapshot does not exist, or there is nothing to compare it with.
    """
    if options.seconds is not None and options.seconds < MIN_RATE_SECONDS and not options.quiet:
        complain(f"--seconds {options.seconds:g}: too short for rates, which need {MIN_RATE_SECONDS:g} second or more")
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
    is_one_file = choices[0].path == choices[-1].path
    step = seconds_within(inputs[choices[0].path].moments, before, after) if is_one_file else None
    comparison = compare_moments(before, after, options.seconds, step=step)
    if not options.quiet:
        _warn_of_hosts(comparison)
    return [comparison], status


def _warn_of_hosts(comparison: Comparison) -> None:
    """Warn of sides in the wrong order, or of two hosts."""
    for problem in comparison.not_comparable:
        if problem.table == "snapshots":
            complain(f"{comparison.after.source or STANDARD_INPUT_NAME}: {problem.reason}")


def _choose_pair(choices: Sequence[Choice], inputs: Mapping[str, InputMoments], *, is_quiet: bool) -> tuple[Dump, Dump]:
    """Return the two moments of the FILEs: the first and the last one of a single FILE."""
    if len(choices) == 1:
        return _choose_ends(choices[0], inputs[choices[0].path].moments, is_quiet=is_quiet)
    chosen: list[Dump] = []
    for choice in choices:
        moments = inputs[choice.path].moments
        sources = {moment.source for moment in moments}
        if choice.snapshot is None and len(sources) > 1:
            raise ChoiceError(f"{choice}: has {len(sources)} files; name one of them")
        moment = choose_moment(moments, choice)
        if moment is None:
            raise ChoiceError(f"{choice}: has no moment")
        if choice.snapshot is None and len(moments) > 1 and not is_quiet:
            complain(f"{choice}: the last of {len(moments)} moments is compared, {_place(choice, moment)}")
        chosen.append(moment)
    return chosen[0], chosen[1]


def _choose_ends(choice: Choice, moments: Sequence[Dump], *, is_quiet: bool) -> tuple[Dump, Dump]:
    """Return the first and the last moment of one host in a file."""
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


def _place(choice: Choice, moment: Dump) -> str:
    """Return how to choose a moment on the command line."""
    return f"{choice.path}@{moment.snapshots[0].index if moment.snapshots else 0}"
