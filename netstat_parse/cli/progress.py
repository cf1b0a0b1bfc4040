"""A progress bar on standard error."""

import io
import sys
from argparse import Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import IO, TYPE_CHECKING

from netstat_parse.cli.output import OutputFile
from netstat_parse.inputs.counted import listen_to_reads

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

DELAY_SECONDS = 0.5
"""Time after which the bar appears for a single input. Most are read sooner, and Rich takes long to import."""


@contextmanager
def show_progress(total: int, options: Namespace, output: IO[bytes] | None = None) -> Iterator[Callable[[int], None]]:
    """Show a progress bar while inputs are read, if standard error is a terminal and ``-q`` was not given.

    A local file advances the bar by the bytes that are read, packed bytes for an archive, unless another process reads
    it. The bar vanishes at the end, or as soon as something is written to an output that is a terminal.

    Args:
        total: number of inputs.
        options: the parsed options, with `quiet`.
        output: the open output; None if it is no stream.

    Yields:
        A function to call with the number of inputs that have been read since its last call.
    """
    if options.quiet or not total or not sys.stderr.isatty():
        yield lambda _: None
        return
    bar = _Bar(total)
    if isinstance(output, io.BufferedWriter) and isinstance(output.raw, OutputFile) and output.isatty():
        output.raw.before_write = bar.stop
    try:
        with listen_to_reads(bar.add_share):
            yield bar.finish_inputs
    finally:
        bar.stop()


class _Bar:
    """Progress through inputs: the number that is finished, and the share of the one that is being read."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._finished = 0
        self._completed = 0.0
        self._shown_at = monotonic() + DELAY_SECONDS
        self._progress: Progress | None = None
        self._task: TaskID
        self._is_stopped = False
        if total > 1:
            self._show()

    def add_share(self, share: float) -> None:
        """Add the share of an input that was read."""
        self._completed += share
        if not self._progress and not self._is_stopped and monotonic() >= self._shown_at:
            self._show()
        self._update()

    def finish_inputs(self, count: int) -> None:
        """Count inputs that are finished, whatever share of them was counted."""
        self._finished += count
        self._completed = max(self._completed, self._finished)
        self._update()

    def stop(self) -> None:
        """Remove the bar for good."""
        self._is_stopped = True
        if self._progress:
            self._progress.stop()
            self._progress = None

    def _update(self) -> None:
        if self._progress:
            self._progress.update(self._task, completed=self._completed)

    def _show(self) -> None:
        self._progress = _make_progress(self._total)
        self._task = self._progress.add_task("Reading", total=self._total)
        self._progress.start()


def _make_progress(total: int) -> "Progress":
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TaskProgressColumn,
        TextColumn,
        TimeRemainingColumn,
    )

    count = TaskProgressColumn() if total == 1 else MofNCompleteColumn()
    # Without `soft_wrap` Rich breaks messages that other code prints above the bar, in the middle of a path.
    columns = (TextColumn("{task.description}"), BarColumn(), count, TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True, soft_wrap=True), transient=True, redirect_stdout=False)
