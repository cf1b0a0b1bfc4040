"""The command ``netstat-parse watch``: run netstat again and again, and print or show each round."""

import argparse
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from functools import partial
from threading import Event
from time import monotonic
from typing import TYPE_CHECKING, Any, NamedTuple, cast

from netstat_parse.cli import complaints
from netstat_parse.cli.files import print_records
from netstat_parse.cli.live import print_session
from netstat_parse.cli.output import Output, write_output
from netstat_parse.cli.selection import add_meanings, get_selection
from netstat_parse.errors import NetstatParseError
from netstat_parse.formats.registry import write
from netstat_parse.formats.task import WriteTask
from netstat_parse.live.interval import ask_repeatedly, use_native_interval
from netstat_parse.live.session import Session, ask
from netstat_parse.records.fields import record_prefix
from netstat_parse.records.rows import RecordSource, Rows, complete_records

if TYPE_CHECKING:
    from netstat_parse.cli.input_report import InputReport
    from netstat_parse.live.plan import Plan
    from netstat_parse.records.selection import Selection
    from netstat_parse.screen.tracker import Block, Round, Tracker


def watch(options: argparse.Namespace, planned: "Plan") -> int:
    """Run netstat again and again, and print its output each time, until the count is reached or Ctrl-C."""
    return write_output(options, partial(_watch, planned, options))


def _watch(planned: "Plan", options: argparse.Namespace, output: Output) -> int:
    has_screen = options.format == "table" and output.file.isatty() and os.environ.get("TERM") != "dumb"
    work = _show_rounds if has_screen else _print_rounds
    try:
        status = work(planned, options, output)
    except KeyboardInterrupt:
        status = complaints.EXIT_PARSED
    except SystemExit as error:  # of a signal: what was printed so far is the output
        status = cast("int", error.code)
    options.totals.write(options, output)
    return status


def _print_rounds(planned: "Plan", options: argparse.Namespace, output: Output) -> int:
    is_stream = options.format == "ndjson"
    status, is_first = complaints.EXIT_PARSED, True
    with ExitStack() as stack:
        if is_stream and (native := use_native_interval(planned, options.interval, options.count)):
            return print_session(stack.enter_context(ask(native)), options, output, print_records)
        for session in ask_repeatedly(planned, options.interval, options.count, continue_numbers=is_stream):
            try:
                status = max(status, print_session(session, options, output, print_records))
            except NetstatParseError as error:
                if is_first:
                    raise
                complaints.complain(error.summary)
                status = complaints.EXIT_WRONG_INPUT
            output.file.flush()
            is_first = False
    return status


def _show_rounds(planned: "Plan", options: argparse.Namespace, output: Output) -> int:
    from netstat_parse.screen.show import Watch, show

    reader = RoundReader(planned, options, output)
    task = Watch(reader.read(), reader.cancel, reader.print_last, options.interval)
    show(task, output.file, output.appearance)
    return reader.status


class _Cancelled(Exception):  # noqa: N818 - no error
    """Raised in the thread that reads, after `RoundReader.cancel`."""


class ReadSource(NamedTuple):
    """An input that has been read."""

    name: str | None
    blocks: Sequence[Rows]
    lines: Mapping[str, int]

    def rows(self) -> Iterator[Rows]:
        """Yield the rows."""
        return iter(self.blocks)

    def describe_snapshot(self, index: int) -> Mapping[str, Any]:
        """Return the fields of a snapshot."""
        snapshots = (record for rows in self.blocks if rows.kind == "snapshots" for record in complete_records(rows))
        return next((record for record in snapshots if record["index"] == index), {})


class RoundReader:
    """Reads the rounds that a screen shows, possibly in a thread of its own."""

    def __init__(self, planned: "Plan", options: argparse.Namespace, output: Output) -> None:
        self.status = complaints.EXIT_PARSED
        """The highest exit status of the rounds so far."""
        self._plan = planned
        self._options = options
        self._output = output
        self._selection = get_selection(options)
        self._last = ReadSource(None, [], {})
        self._session: Session | None = None
        self._is_cancelled = Event()

    def read(self) -> Iterator["Round"]:
        """Yield each round.

        Raises:
            NetstatParseError: the first round has no table.
            NoNetstatError: the operating system cannot run netstat.
        """
        from netstat_parse.formats.display import display_columns
        from netstat_parse.screen.tracker import Tracker

        options = self._options
        tracker = Tracker(display_columns(self._task(self._selection)), adds_rates=not options.fields)
        try:
            for session in ask_repeatedly(self._plan, options.interval, options.count, pause=self._pause):
                self._session = session
                yield self._read_round(tracker, session)
        except _Cancelled:
            return

    def cancel(self) -> None:
        """End the reading from another thread, netstat too; to be called until it has ended."""
        self._is_cancelled.set()
        if self._session:
            self._session.cancel()

    def print_last(self) -> None:
        """Print the tables of the last round that was read."""
        write(self._task(self._selection), self._options.format)

    def _read_round(self, tracker: "Tracker", session: Session) -> "Round":
        self._check_cancelled()
        start = monotonic()
        try:
            status = print_session(session, self._options, self._output, self._keep)
        except NetstatParseError as error:
            self._check_cancelled()
            if not self._last.blocks:
                raise
            complaints.complain(error.summary)
            self.status = complaints.EXIT_WRONG_INPUT
            return tracker.skip_round()
        self._check_cancelled()
        self.status = max(self.status, status)
        return tracker.add_round(self._records(), start, is_whole=not session.has_failed)

    def _check_cancelled(self) -> None:
        if self._is_cancelled.is_set():
            raise _Cancelled

    def _pause(self, seconds: float) -> None:
        self._is_cancelled.wait(seconds)
        self._check_cancelled()

    def _task(self, selection: "Selection | None") -> WriteTask:
        return WriteTask(self._last, self._output.file, selection, appearance=self._output.appearance)

    def _keep(self, report: "InputReport", options: argparse.Namespace, _output: Output, _several: bool) -> None:  # noqa: FBT001 - `InputWriter`
        source: RecordSource = add_meanings(report) if options.explain else report
        self._last = ReadSource(report.name, [*source.rows()], report.lines)

    def _records(self) -> Iterator["Block"]:
        """Yield the selected records with all fields, as some of them identify a record or count something."""
        task = self._task(self._selection and self._selection._replace(fields=None))
        for table, records in task.records():
            if self._options.fields:
                added = {**record_prefix(table, self._last.name or "")}
                yield table, ({**added, **record} for record in records)
            else:
                yield table, records
