"""Run the commands of a plan one after the other, and read their output as one input."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from time import monotonic
from typing import Any, Self

from netstat_parse.errors import NetstatParseError
from netstat_parse.live.outcome import RunDiagnostics
from netstat_parse.live.plan import Plan
from netstat_parse.live.process import NetstatProcess, utc_now
from netstat_parse.reading.listener_scope import SOCKET_TABLES, find_by_command
from netstat_parse.reading.pipeline import Reading
from netstat_parse.records.diagnostics import RUN_FAILURES, diagnostic_row
from netstat_parse.records.rows import Columns, Rows
from netstat_parse.records.values import legible


def ask(plan: Plan, *, first_snapshot: int = 0, first_line: int = 1) -> "Session":
    """Make a session for a plan. No command runs yet: `Session.rows` runs each as the rows are consumed.

    Args:
        plan: the commands.
        first_snapshot: index of the first snapshot.
        first_line: number of the first line of output.
    """
    return Session(plan, first_snapshot, first_line)


class Session:
    """One execution of a plan, with the interface of a `Reading`. Closing it kills the command that is running."""

    def __init__(self, plan: Plan, first_snapshot: int, first_line: int) -> None:
        self.plan = plan
        self.name = legible(plan.netstat[0])
        self.lines = dict.fromkeys(("total", "records", "headings", "blank", "foreign", "unparsed"), 0)
        """Number of lines on standard output by kind; final after the last row."""
        self.has_failed = False
        """True after a run failed, so that records may be missing."""
        self.next_snapshot = first_snapshot
        self.next_line = first_line
        self._process: NetstatProcess | None = None
        self._is_cancelled = False
        self._reading: Reading | None = None
        """The reading of the output of the command that is running."""
        self._run_facts: Mapping[str, Any] = {}
        """Fields of the snapshot that is being read that the run determines."""
        self._deadline: float | None = None
        """Time of the monotonic clock at which all commands must have ended."""
        self._pending = list(plan.notices)
        """Diagnostics not reported yet: without any table they become part of the error."""
        self._errors: list[NetstatParseError] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._process:
            self._process.stop()

    def cancel(self) -> None:
        """End the command that is running, and start no other; to be called from another thread until that ends."""
        self._is_cancelled = True
        if self._process:
            self._process.cancel()

    def rows(self) -> Iterator[Rows]:
        """Yield the records in blocks as soon as they are complete, and diagnostics about the runs.

        Raises:
            NetstatParseError: no run printed a table.
            NoNetstatError: the operating system cannot run netstat.
        """
        has_rows = False
        limits = self.plan.limits
        if not limits.per_chunk:
            self._deadline = monotonic() + limits.timeout_seconds - self.plan.seconds_spent
        for options in self.plan.commands:
            if self._is_cancelled:
                break
            for rows in self._run([*self.plan.netstat, *options]):
                has_rows = True
                yield from self._report_pending()
                yield rows
        if has_rows:
            yield from self._report_pending()
        elif self._errors:
            raise self._errors[0]
        else:
            messages = [str(rows.columns["message"][0]) for rows in self._pending]
            raise NetstatParseError("; ".join(messages), name=self.name)

    def describe_snapshot(self, index: int) -> Mapping[str, Any]:
        """Return the known fields of a snapshot that is being read: those of the run, and those of its tables."""
        facts = self._reading.describe_snapshot(index - self.next_snapshot) if self._reading else {}
        return {**facts, **self._run_facts} if facts else {}

    def _report_pending(self) -> Iterator[Rows]:
        pending, self._pending = self._pending, []
        for rows in pending:
            self.has_failed |= rows.columns["code"][0] in RUN_FAILURES
            yield rows

    def _run(self, argv: list[str]) -> Iterator[Rows]:
        """Yield the records of one run, and add diagnostics about it to the pending ones."""
        command = legible(" ".join([Path(argv[0]).name, *argv[1:]]))
        no_table, has_sockets = None, False
        last_index = None if self.plan.max_snapshots is None else self.plan.max_snapshots - 1
        with NetstatProcess(argv, self.plan.limits, deadline=self._deadline) as self._process:
            diagnostics = RunDiagnostics(self._process, command)
            reading = self._reading = Reading(
                self._process, name=command, encoding=self.plan.encoding, system=self.plan.system
            )
            argv = list(map(legible, argv))
            self._run_facts = {"argv": argv, "command": command, "started_at": self._process.started_at}
            try:
                for rows in reading.rows():
                    if rows.kind == "snapshots":
                        rows.columns.update(self._end_run(self._process))
                        if has_sockets and not rows.columns["listeners"][0]:
                            rows.columns["listeners"] = [find_by_command(rows.columns["system"][0], command)]
                    has_sockets |= rows.kind in SOCKET_TABLES
                    is_last = rows.kind == "snapshots" and rows.columns["index"] == [last_index]
                    if reading.has_tables:
                        yield self._renumber(rows)
                    else:
                        self._pending.append(rows)
                    self._pending += diagnostics.new_rows()
                    if is_last:
                        return
            except NetstatParseError as error:
                no_table = error
        if self._is_cancelled:
            return
        self._pending += diagnostics.final_rows()
        if no_table:
            message = "; ".join([no_table.message, *diagnostics.reasons])
            self._errors.append(NetstatParseError(message, name=command))
            self._pending.append(diagnostic_row("no-table", f"{command}: {no_table.message}"))
        self._add_totals(reading)

    def _add_totals(self, reading: Reading) -> None:
        self.next_snapshot += reading.snapshot_count
        self.next_line += reading.lines["total"]
        for kind, count in reading.lines.items():
            self.lines[kind] += count

    def _end_run(self, process: NetstatProcess) -> Columns:
        """Return the fields that describe the run, at the end of a snapshot.

        If netstat repeats its output, each snapshot starts when the one before it ends.
        """
        tool = self.plan.tool
        tool_fields = {"tool": tool.name, "tool_version": tool.version} if tool else {}
        fields = {
            **self._run_facts,
            "exit_status": process.exit_status,
            "duration_seconds": process.duration_seconds,
            **tool_fields,
        }
        self._run_facts = {**self._run_facts, "started_at": utc_now()}
        return {name: [value] for name, value in fields.items()}

    def _renumber(self, rows: Rows) -> Rows:
        """Shift snapshot indexes and line numbers by those of the runs before."""
        snapshots, lines = self.next_snapshot, self.next_line - 1
        if not snapshots and not lines:
            return rows
        if rows.kind == "snapshots":
            offsets = {"index": snapshots, "first_line": lines, "last_line": lines}
        else:
            offsets = {"snapshot": snapshots, "line": lines}
        columns = rows.columns
        shifted = {name: [number + by for number in columns[name]] for name, by in offsets.items() if name in columns}
        return Rows(rows.kind, {**columns, **shifted})
