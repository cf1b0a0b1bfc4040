"""The commands to run, and how to read their output."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from time import monotonic

from netstat_parse.live import windows
from netstat_parse.live.locate import locate_command
from netstat_parse.live.process import Limits
from netstat_parse.live.queries import (
    Answer,
    RunArguments,
    Tool,
    answer,
    build_query,
    identify,
)
from netstat_parse.live.topics import QUERY_ARGUMENTS
from netstat_parse.records.diagnostics import diagnostic_row
from netstat_parse.records.durations import MAX_WAIT_SECONDS, parse_seconds
from netstat_parse.records.rows import Rows


@dataclass(frozen=True)
class Plan:
    """The commands to run, and how to read their output."""

    netstat: list[str]
    """Command that runs netstat, without options."""
    commands: list[list[str]]
    """Options of each run."""
    tool: Tool | None = None
    """Implementation of netstat; None if it was not identified."""
    notices: Sequence[Rows] = ()
    """Diagnostics about the plan itself."""
    limits: Limits = field(default_factory=Limits)
    encoding: str | None = None
    system: str | None = None
    max_snapshots: int | None = None
    """Number of snapshots after which to stop a netstat that repeats its output."""
    seconds_spent: float = 0.0
    """Time that the identification of the program has taken, which is part of the limit of the first session."""


def plan(options: Sequence[str], arguments: RunArguments) -> Plan:
    """Plan the commands: netstat with these options, or with the options that answer a query.

    Raises:
        NoNetstatError: netstat was not found.
        TypeError: unknown argument, or `max_output` is no number.
        ValueError: both options and a query, a query that excludes all topics, or `timeout` is no number above 0.
    """
    if unknown := arguments.keys() - RunArguments.__annotations__.keys():
        raise TypeError(f"unexpected keyword argument: {', '.join(sorted(unknown))}")
    if options and arguments.keys() & QUERY_ARGUMENTS:
        raise ValueError("netstat's own options and query arguments exclude each other")
    query = build_query(arguments)
    command = locate_command(arguments.get("netstat"))
    try:
        timeout_seconds = parse_seconds(arguments.get("timeout", Limits.timeout_seconds), MAX_WAIT_SECONDS)
    except ValueError as error:
        raise ValueError(f"timeout {error}") from None
    max_output_bytes = arguments.get("max_output", Limits.max_output_bytes)
    if not isinstance(max_output_bytes, int):
        raise TypeError(f"max_output takes a number of bytes, not {type(max_output_bytes).__name__}")
    start = monotonic()
    tool = None if options else identify(command, timeout_seconds)
    answered = answer(query, tool) if tool else Answer([list(options)])
    return Plan(
        netstat=command,
        commands=answered.commands,
        tool=tool,
        notices=list(_notices(answered, tool)),
        limits=Limits(timeout_seconds, max_output_bytes),
        encoding=arguments.get("encoding") or windows.console_encoding(),
        system=arguments.get("system"),
        seconds_spent=monotonic() - start,
    )


def _notices(answered: Answer, tool: Tool | None) -> Iterator[Rows]:
    if answered.unsupported and tool:
        yield diagnostic_row("not-supported", f"{tool.name} netstat cannot print: {', '.join(answered.unsupported)}")
    if answered.needs_privilege:
        names = ", ".join(answered.needs_privilege)
        yield diagnostic_row("processes-hidden", f"only an administrator can see: {names}")
