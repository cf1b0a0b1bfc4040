"""``-f sqlite`` and ``-f parquet``: store inputs instead of printing them."""

import argparse
from functools import partial
from typing import TYPE_CHECKING

from netstat_parse.cli.complaints import EXIT_PARSED, EXIT_UNREADABLE, EXIT_WRONG_INPUT, announce_terminal, complain
from netstat_parse.cli.failures import complain_about_file
from netstat_parse.cli.progress import show_progress
from netstat_parse.cli.selection import get_selection
from netstat_parse.inputs.origins import STANDARD_INPUT, describe_error
from netstat_parse.inputs.remote import HOW_TO_INSTALL
from netstat_parse.records.values import count_things
from netstat_parse.sources import STATUS_UNREADABLE, ReadOptions
from netstat_parse.store.batches import Report, WorkerKilledError
from netstat_parse.store.storing import find_inputs, store

if TYPE_CHECKING:
    from netstat_parse.store.storing import Write

EXAMPLES = {"sqlite": "-o dumps.db", "parquet": "-o dumps.parquet/"}

EXTRA_PACKAGES = frozenset({"pyarrow", "fsspec"})
"""Packages of the extra ``netstat-parse[parquet]``."""


def main(options: argparse.Namespace) -> int:
    """Store all inputs in a database or dataset, and return the exit status."""
    if options.output is None:
        complain(f"-f {options.format} needs an output, such as {EXAMPLES[options.format]}")
        return EXIT_UNREADABLE
    if options.fields:
        complain(f"-f {options.format} stores whole records: remove --fields")
        return EXIT_UNREADABLE
    try:
        write = _import_writer(options.format, options.jobs)
    except ModuleNotFoundError as error:
        if error.name not in EXTRA_PACKAGES:
            raise
        complain(f"-f parquet needs {error.name}: {HOW_TO_INSTALL}")
        return EXIT_UNREADABLE
    read_options = ReadOptions(options.encoding, options.system, options.unpack_limit, get_selection(options))
    try:
        read_options.check()
    except LookupError as error:
        complain(str(error))
        return EXIT_UNREADABLE
    announce_terminal(options)
    try:
        return _store(write, options, read_options)
    except WorkerKilledError as error:
        complain(f"{error}; run the command again")
    except OSError as error:
        complain(f"{options.output}: {describe_error(error)}" if error.errno else describe_error(error))
    return EXIT_UNREADABLE


def _import_writer(name: str, jobs: int) -> "Write":
    """Import the writer of a format; pyarrow takes long, and may not be installed."""
    if name == "sqlite":
        from netstat_parse.store.sqlite import write_database

        return partial(write_database, jobs=jobs)
    from netstat_parse.store.fleet import write_dataset

    return partial(write_dataset, jobs=jobs)


def _store(write: "Write", options: argparse.Namespace, read_options: ReadOptions) -> int:
    origins = find_inputs(options.files or [STANDARD_INPUT], options.output)
    status = EXIT_PARSED
    with show_progress(len(origins), options) as advance:

        def on_report(report: Report) -> None:
            nonlocal status
            status = max(status, _complain_about(report, options))
            advance(report.files + report.skipped)

        store(origins, options.output, write, read_options, on_report)
    return status


def _complain_about(report: Report, options: argparse.Namespace) -> int:
    """Write an error message for each input that could not be parsed, and return the exit status."""
    status = EXIT_PARSED
    for failure in report.failures:
        complain_about_file(failure.source, failure.error)
        status = max(status, EXIT_UNREADABLE if failure.status == STATUS_UNREADABLE else EXIT_WRONG_INPUT)
    problems = [
        *((source, f"{count_things(count, 'line', 'lines')} could not be parsed") for source, count in report.unparsed),
        *((source, count_things(count, "error", "errors")) for source, count in report.errors),
    ]
    for source, problem in problems if not options.quiet else ():
        complain(f"{source}: {problem}; see the table diagnostics")
    return max(status, EXIT_WRONG_INPUT) if problems and options.strict else status
