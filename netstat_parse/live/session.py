"""The machine's own netstat, asked: its commands run one after the other, and what they print is read as one input."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from netstat_parse.errors import NetstatParseError
from netstat_parse.live import windows
from netstat_parse.live.locate import find
from netstat_parse.live.outcome import RunOutcome
from netstat_parse.live.process import Limits, Run, now
from netstat_parse.live.questions import PARTS, Answer, Tool, Wanted, answer, identify, question
from netstat_parse.reading.pipeline import Reading
from netstat_parse.records.diagnostics import RUN_ERRORS, diagnostic_row
from netstat_parse.records.rows import Rows
from netstat_parse.records.values import legible


@dataclass(frozen=True)
class Plan:
    """What is to be run, and how it is to be read."""

    netstat: list[str]
    """The command that runs netstat."""
    commands: list[list[str]]
    """The options of each run."""
    tool: Tool | None = None
    """Which netstat it is, where that was asked for."""
    remarks: Sequence[Rows] = ()
    """What is to be said of the plan itself."""
    limits: Limits = field(default_factory=Limits)
    encoding: str | None = None
    system: str | None = None
    snapshots: int | None = None
    """How many snapshots are wanted of a netstat that goes on by itself."""


def plan(options: Sequence[str], wanted: Wanted) -> Plan:
    """What to run: netstat with these options, or with those by which it answers the question.

    Raises:
        NoNetstatError: there is no netstat.
        TypeError: something is wanted that there is not.
        ValueError: options and a question at once, or a question for nothing.
    """
    if unknown := wanted.keys() - Wanted.__annotations__.keys():
        raise TypeError(f"unexpected keyword argument: {', '.join(sorted(unknown))}")
    if options and wanted.keys() & {*PARTS, "processes", "numeric"}:
        raise ValueError("netstat's own options and a question exclude each other")
    asked = question(wanted)
    command = find(wanted.get("netstat"))
    tool = None if options else identify(command)
    answered = answer(asked, tool) if tool else Answer([list(options)], [], [])
    return Plan(
        netstat=command,
        commands=answered.commands,
        tool=tool,
        remarks=list(_remarks(answered, tool)),
        limits=Limits(wanted.get("timeout", Limits.seconds), wanted.get("max_output", Limits.size)),
        encoding=wanted.get("encoding") or windows.code_page(),
        system=wanted.get("system"),
    )


def _remarks(answered: Answer, tool: Tool | None) -> Iterator[Rows]:
    if answered.lacks and tool:
        yield diagnostic_row("not-told", f"the netstat of {tool.name} does not tell: {', '.join(answered.lacks)}")
    if answered.hides:
        yield diagnostic_row("processes-hidden", f"only an administrator's netstat tells: {', '.join(answered.hides)}")


class Session:
    """One round of a plan on its way through, as a `Reading` is one input."""

    def __init__(self, plan: Plan, *, first_snapshot: int = 0, first_line: int = 1) -> None:
        self.plan = plan
        self.name = legible(plan.netstat[0])
        self.lines = dict.fromkeys(("total", "records", "headings", "blank", "foreign", "unparsed"), 0)
        """How many lines of standard output there were, and what they were; final when all rows have been taken."""
        self.has_failed = False
        """Whether a run went wrong, so that something may be missing."""
        self.next_snapshot = first_snapshot
        self.next_line = first_line
        self._running: Run | None = None
        self._held = list(plan.remarks)
        self._errors: list[NetstatParseError] = []

    def rows(self) -> Iterator[Rows]:
        """The records, in blocks, as they come, and what is to be said of the runs.

        Raises:
            NetstatParseError: no run has printed a table.
            NoNetstatError: netstat cannot be run.
        """
        is_any = False
        for options in self.plan.commands:
            for rows in self._run([*self.plan.netstat, *options]):
                is_any = True
                yield from self._said()
                yield rows
        if is_any:
            yield from self._said()
        elif self._errors:
            raise self._errors[0]
        else:
            raise NetstatParseError("; ".join(_message(rows) for rows in self._held), name=self.name)

    def close(self) -> None:
        """End the run that is under way."""
        if self._running:
            self._running.end()

    def _said(self) -> Iterator[Rows]:
        """What was held back as long as there might have been no table at all."""
        held, self._held = self._held, []
        for rows in held:
            self.has_failed |= rows.columns["code"][0] in RUN_ERRORS
            yield rows

    def _run(self, argv: list[str]) -> Iterator[Rows]:
        """The records of one run. What is to be said of it is held."""
        called = legible(" ".join([Path(argv[0]).name, *argv[1:]]))
        nothing_found = None
        last = None if self.plan.snapshots is None else self.plan.snapshots - 1
        with Run(argv, self.plan.limits) as self._running:
            run = self._running
            remarks = RunOutcome(run, called)
            reading = Reading(run, name=called, encoding=self.plan.encoding, system=self.plan.system)
            reading.known = self._facts(run, called)
            try:
                for rows in reading.rows():
                    if reading.snapshots.any:
                        yield self._numbered(rows)
                    else:
                        self._held.append(rows)
                    self._held += remarks.fresh()
                    if rows.kind == "snapshots" and rows.columns["index"] == [last]:
                        return
            except NetstatParseError as error:
                nothing_found = error
        self._held += remarks.at_end()
        if nothing_found:
            message = "; ".join([nothing_found.message, *remarks.reasons])
            self._errors.append(NetstatParseError(message, name=called))
            self._held.append(diagnostic_row("no-table", f"{called}: {nothing_found.message}"))
        self._count(reading)

    def _count(self, reading: Reading) -> None:
        self.next_snapshot += reading.snapshots.index + 1
        self.next_line += reading.lines["total"]
        for kind, count in reading.lines.items():
            self.lines[kind] += count

    def _facts(self, run: Run, called: str) -> Callable[[], dict[str, Any]]:
        """What a snapshot tells of its run; where netstat itself repeats it, one begins when the last one ends."""
        began = run.started_at
        tool = self.plan.tool
        named = {"tool": tool.name, "tool_version": tool.version} if tool else {}

        def facts() -> dict[str, Any]:
            nonlocal began
            started_at, began = began, now()
            ended = {"exit_status": run.exit_status, "duration_seconds": run.duration_seconds}
            return {
                "argv": list(map(legible, run.argv)),
                "command": called,
                "started_at": started_at,
                **ended,
                **named,
            }

        return facts

    def _numbered(self, rows: Rows) -> Rows:
        """The rows, with the numbers that their snapshot and lines have in the whole."""
        snapshots, lines = self.next_snapshot, self.next_line - 1
        if not snapshots and not lines:
            return rows
        if rows.kind == "snapshots":
            offsets = {"index": snapshots, "first_line": lines, "last_line": lines}
        else:
            offsets = {"snapshot": snapshots, "line": lines}
        columns = rows.columns
        moved = {name: [number + by for number in columns[name]] for name, by in offsets.items() if name in columns}
        return Rows(rows.kind, {**columns, **moved})


def _message(rows: Rows) -> str:
    return str(rows.columns["message"][0])
