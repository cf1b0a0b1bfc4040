"""Reads many inputs, one after the other or, with `workers`, several at a time, and shows how far it is."""

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import IO

from netstat_parse.commandline import Read


def cores() -> int:
    """How many processes can run at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def read_all(read: Read, names: Sequence[str], options: Namespace, output: IO[bytes]) -> int:
    """Read the inputs in as many processes as the options say; the worst exit status."""
    jobs = min(options.jobs or cores(), len(names))
    with progress(len(names), shown=sys.stderr.isatty() and not output.isatty()) as done:
        worst = 0
        for status in _statuses(read, names, options, output, jobs):
            worst = max(worst, status)
            done(1)
        return worst


def _statuses(read: Read, names: Sequence[str], options: Namespace, output: IO[bytes], jobs: int) -> Iterator[int]:
    if jobs > 1:
        from netstat_parse.workers import at_once

        return at_once(read, names, options, output, jobs)
    return (read(name, options, output) for name in names)


@contextmanager
def progress(count: int, *, shown: bool) -> Iterator[Callable[[int], None]]:
    """A bar on standard error, where that is a terminal and the result does not go to one; call it for some inputs."""
    if count < 2 or not shown:  # noqa: PLR2004 - one input shows by itself
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
        task = bar.add_task("Reading", total=count)
        yield lambda inputs: bar.advance(task, inputs)
