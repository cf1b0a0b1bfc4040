"""Read files, and write what a command prints of each: its records, or the answer to a question."""

import argparse
import gc
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from netstat_parse.cli.complaints import EXIT_PARSED, EXIT_UNREADABLE, EXIT_WRONG_INPUT, announce_terminal, complain
from netstat_parse.cli.freed_memory import keep_freed_memory
from netstat_parse.cli.input_report import InputReport, ReportStyle, choose_style, open_report
from netstat_parse.cli.jobs import read_all
from netstat_parse.cli.output import Output, write_output
from netstat_parse.cli.row_workers import open_row_workers, use_row_workers
from netstat_parse.cli.totals import Totals
from netstat_parse.inputs.origins import STANDARD_INPUT, Origin
from netstat_parse.inputs.streams import find_other_origins
from netstat_parse.sources import (
    STATUS_NO_TABLE,
    FailedInputError,
    Failure,
    ReadOptions,
    read_files,
)

if TYPE_CHECKING:
    from netstat_parse.cli.failures import Failures

InputWriter = Callable[[InputReport, argparse.Namespace, Output, bool], None]
"""Reads an input and writes something about it. The last argument is true if it is one of several inputs.

Raises:
    NoAnswerError: the input cannot answer a question.
"""


KEPT_BYTES = 1 << 20
"""Size up to which freed memory is kept for the next block of rows or the next input.

Measured with 100,000 rows, YAML has a hundredth of the page faults, and the second JSON document in a process takes up
to a sixth less time, with the same peak of memory."""


class NoAnswerError(Exception):
    """Raised where an input cannot answer a question; the text says why, about the input as "it"."""

    def __init__(self, message: str, status: int = EXIT_WRONG_INPUT) -> None:
        """Say why, and which exit status follows."""
        super().__init__(message)
        self.status = status


def print_all(options: argparse.Namespace, write: InputWriter) -> int:
    """Read the inputs and print each. An error in one is reported; it does not stop the reading of the others."""
    if options.encoding or options.system:
        try:
            ReadOptions(options.encoding, options.system).check()
        except LookupError as error:
            complain(str(error))
            return EXIT_UNREADABLE
    keep_freed_memory(KEPT_BYTES)
    origins = list(find_other_origins(options.files or [STANDARD_INPUT], options.output))
    several = len(origins) > 1
    read = partial(print_file, write=write, several=several, style=choose_style(options, several=several))
    options.totals = Totals(names_all=options.verbose or options.strict)
    announce_terminal(options)

    def print_origins(output: Output) -> int:
        with open_row_workers(options, origins, prints_records=write is print_records) as options.row_pool:
            status = read_all(read, origins, options, output)
        options.totals.write(options, output)
        return status

    return write_output(options, print_origins)


def print_file(  # noqa: PLR0913 - the first three are those of every `Read`
    origin: Origin,
    options: argparse.Namespace,
    output: Output,
    *,
    write: InputWriter,
    several: bool,
    style: ReportStyle,
) -> int:
    """Read a file, or each file in an archive, and print it; return the exit status."""
    _enable_gc()
    status = EXIT_PARSED
    failures = options.totals.failures
    for found in read_files([origin], ReadOptions(options.encoding, options.system, options.unpack_limit)):
        failures.inputs += 1
        if isinstance(found, Failure):
            status = max(status, failures.report(found))
        else:
            if options.row_pool:
                use_row_workers(found, options, several=found.is_member or several)
            status = max(
                status,
                _print_input(open_report(found, style), options, output, write, several=found.is_member or several),
            )
    return status


def _enable_gc() -> None:
    """Enable the garbage collector after start-up, except for imported objects: they are never freed."""
    if not gc.isenabled():
        gc.freeze()
        gc.enable()


def _print_input(
    report: InputReport, options: argparse.Namespace, output: Output, write: InputWriter, *, several: bool
) -> int:
    try:
        write(report, options, output, several)
    except FailedInputError as error:
        report.end(error.failure.message if error.failure.status == STATUS_NO_TABLE else None)
        failures: Failures = options.totals.failures
        return failures.report(error.failure)
    except NoAnswerError as error:
        report.end()
        complain(f"{report.label}: {error}")
        return error.status
    finally:
        options.totals.tables |= report.tables
    report.end()
    return report.exit_status(is_strict=options.strict)


def print_records(report: InputReport, options: argparse.Namespace, output: Output, several: bool) -> None:  # noqa: FBT001 - `InputWriter`
    """Print the records of an input, or only count them with --count-by."""
    from netstat_parse.cli.selection import add_meanings, get_selection
    from netstat_parse.formats.registry import write
    from netstat_parse.formats.task import WriteTask

    if options.count_by:
        options.totals.count(report, options)
    else:
        source = add_meanings(report) if options.explain else report
        selection = get_selection(options)
        notes = options.totals.notes if several else None
        task = WriteTask(
            source,
            output.file,
            selection,
            is_one_of_several=several,
            appearance=output.appearance,
            notes=notes,
        )
        write(task, options.format)
