"""Read inputs into dumps, for commands that look at an input as a whole: `compare`, `check`, `listeners`.

Diagnostics, summaries and failures are reported as those of ``netstat-parse FILE``, with the same exit statuses. A FILE
may choose a moment: ``dump.log@3`` is the moment of the snapshot with the index 3, as in the JSON document.
"""

import argparse
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from netstat_parse.cli.complaints import EXIT_PARSED, EXIT_UNREADABLE
from netstat_parse.cli.failures import Failures
from netstat_parse.cli.input_report import InputReport, choose_style, open_report
from netstat_parse.cli.options import refuse
from netstat_parse.inputs.origins import STANDARD_INPUT
from netstat_parse.inputs.streams import find_other_origins
from netstat_parse.records.rows import Rows, WrappedSource
from netstat_parse.sources import STATUS_NO_TABLE, FailedInputError, Failure, ReadOptions, read_files

if TYPE_CHECKING:
    from netstat_parse.schema import Dump

_CHOICE = re.compile(r"(.+)@(\d{1,9})", re.DOTALL)


_STANDARD_INPUT = re.compile(r"-@\d{1,9}")

PROTECTION = " "
"""Character before a word that is no option, though it begins like one."""


class ChoiceError(ValueError):
    """A FILE of the command line that cannot be used; the text says why."""


class Choice(NamedTuple):
    """A FILE of the command line."""

    path: str
    snapshot: int | None = None
    """Index of a snapshot of the moment that is chosen; None if none is."""

    def __str__(self) -> str:
        """Return the FILE as it was given."""
        return self.path if self.snapshot is None else f"{self.path}@{self.snapshot}"


class InputDump(NamedTuple):
    """The records that were read of one input."""

    label: str
    """The path, or ``archive.zip:path/in/it``."""
    dump: "Dump | None"
    """The records that were read, before an error if there was one; None if there is no table."""
    status: int
    """Exit status for this input."""


def parse_words(
    parser: argparse.ArgumentParser, words: Iterable[str], further_files: Sequence[str], shared: argparse.Namespace
) -> argparse.Namespace:
    """Parse the arguments of a command whose inputs are not selected from, and whose FILEs may choose a moment.

    Args:
        parser: the parser of the command.
        words: the arguments up to ``--``.
        further_files: the words after it.
        shared: the shared options that were given before the command.
    """
    refuse(parser, shared, {"only", "where", "fields", "count_by", "explain"})
    arguments = [*protect_choices(words), *(["--", *further_files] if further_files else [])]
    return parser.parse_intermixed_args(arguments, shared)


def protect_choices(words: Iterable[str]) -> list[str]:
    """Return words for argparse, which would take ``-@3`` for options; a blank in a word makes it an argument."""
    return [f"{PROTECTION}{word}" if _STANDARD_INPUT.fullmatch(word) else word for word in words]


def parse_choice(word: str) -> Choice:
    """Parse a FILE, with the index of a snapshot behind an ``@``. A file with this whole name is preferred."""
    word = word.removeprefix(PROTECTION) if _STANDARD_INPUT.fullmatch(word.removeprefix(PROTECTION)) else word
    found = None if Path(word).exists() else _CHOICE.fullmatch(word)
    return Choice(found[1], int(found[2])) if found else Choice(word)


def read_dumps(files: Sequence[str], options: argparse.Namespace) -> Iterator[InputDump]:
    """Read files, and each file in an archive, into dumps; without a file, standard input.

    Args:
        files: names as on the command line, without choices.
        options: the options of `add_reading` and `add_output`, and `unpack_limit` if the command has it.

    Raises:
        OSError: the encoding or the system is unknown, or an input is the output. The command line prints why.
    """
    read_options = ReadOptions(options.encoding, options.system, getattr(options, "unpack_limit", None))
    try:
        read_options.check()
    except LookupError as error:
        raise OSError(str(error)) from error
    origins = list(find_other_origins(files or [STANDARD_INPUT], options.output))
    style = choose_style(options, several=len(origins) > 1)
    failures = Failures(names_all=options.verbose or options.strict)
    for found in read_files(origins, read_options):
        failures.inputs += 1
        if isinstance(found, Failure):
            yield InputDump(found.label, None, failures.report(found))
        else:
            yield _read_dump(open_report(found, style), failures, found.label, strict=options.strict)
    failures.end()


class _PartialSource(WrappedSource):
    """An input whose rows end at its first error, which is kept."""

    error: FailedInputError | None = None

    def rows(self) -> Iterator[Rows]:
        try:
            yield from self.source.rows()
        except FailedInputError as error:
            self.error = error


def _read_dump(report: InputReport, failures: Failures, label: str, *, strict: bool) -> InputDump:
    from netstat_parse.dumps import make_dump

    source = _PartialSource(report)
    dump = make_dump(source)
    if source.error:
        failure = source.error.failure
        report.end(failure.message if failure.status == STATUS_NO_TABLE else None)
        return InputDump(label, dump if report.record_count else None, failures.report(failure))
    report.end()
    return InputDump(label, dump, report.exit_status(is_strict=strict))


class InputMoments(NamedTuple):
    """The moments of a FILE, and the exit status for reading it."""

    moments: "list[Dump]"
    status: int


def read_moments(path: str, options: argparse.Namespace) -> InputMoments:
    """Read a file into moments: those of all its members, in order, if it is an archive or a folder.

    Raises:
        OSError: as for `read_dumps`.
    """
    from netstat_parse.insight.moments import split_moments

    moments: list[Dump] = []
    status = EXIT_PARSED
    for found in read_dumps([path], options):
        status = max(status, found.status)
        if found.dump:
            moments += split_moments(found.dump) or [found.dump]
    return InputMoments(moments, status)


def choose_moment(moments: "Iterable[Dump]", choice: Choice) -> "Dump | None":
    """Return the moment that has the chosen snapshot; the last one if none is chosen, None if there is none at all.

    Raises:
        ChoiceError: no moment has the snapshot, or the moments of several inputs have it.
    """
    known = list(moments)
    if choice.snapshot is None or not known:
        return known[-1] if known else None
    found = [moment for moment in known if any(snapshot.index == choice.snapshot for snapshot in moment.snapshots)]
    if len(found) == 1:
        return found[0]
    if found:
        raise ChoiceError(f"{choice}: {len(found)} files in {choice.path} have a snapshot {choice.snapshot}")
    indexes = sorted({snapshot.index for moment in known for snapshot in moment.snapshots})
    raise ChoiceError(f"{choice}: no snapshot {choice.snapshot}; {choice.path} has {describe_range(indexes)}")


def describe_range(indexes: Sequence[int]) -> str:
    """Return which snapshots there are, for people."""
    if len(indexes) < 2:  # noqa: PLR2004 - a range has two ends
        return f"only snapshot {indexes[0]}" if indexes else "none"
    return f"snapshots {indexes[0]} to {indexes[-1]}"


EXIT_UNUSABLE_CHOICE = EXIT_UNREADABLE
"""The exit status for a FILE that cannot be used, as for any usage error."""
