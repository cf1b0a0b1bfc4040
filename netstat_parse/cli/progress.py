"""A progress bar on standard error."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def show_progress(total: int, *, visible: bool) -> Iterator[Callable[[int], None]]:
    """Show a progress bar while inputs are read, unless there is only one.

    Args:
        total: number of inputs.
        visible: False to show nothing.

    Yields:
        A function to call with the number of inputs that have been read since its last call.
    """
    if total < 2 or not visible:  # noqa: PLR2004 - a bar of one step shows nothing
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
        task = bar.add_task("Reading", total=total)
        yield lambda inputs: bar.advance(task, inputs)
