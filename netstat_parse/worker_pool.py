"""Worker processes of this machine."""

import os
import signal
import sys
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concurrent.futures import ProcessPoolExecutor


MAX_NAMED_INPUTS = 10
"""Maximum number of inputs that the message about a killed worker names."""


def make_pool(count: int, initialize: Callable[[], None] | None = None) -> "ProcessPoolExecutor":
    """Start worker processes. They are spawned, not forked: a fork would copy locks that other threads hold.

    Args:
        count: number of processes.
        initialize: function that each of them calls first; it must be possible to pickle it.
    """
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    return ProcessPoolExecutor(
        count, mp_context=get_context("spawn"), initializer=_initialize_worker, initargs=(initialize,)
    )


def describe_killed(paths: Sequence[str]) -> str:
    """Return the message that a worker was killed, with the inputs that are lost; of many only the first."""
    named = ", ".join(paths[:MAX_NAMED_INPUTS])
    more = len(paths) - MAX_NAMED_INPUTS
    return f"a worker process was killed; not read: {named}{f' and {more} more' if more > 0 else ''}"


def _initialize_worker(initialize: Callable[[], None] | None) -> None:
    """Leave Ctrl-C to the parent process, and end when the parent is gone."""
    from threading import Thread

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()
    if initialize:
        initialize()


def _end_with_parent() -> None:
    """Wait for the end of the parent: a worker that outlives a killed parent must not write during the next run."""
    from multiprocessing import parent_process
    from multiprocessing.connection import wait

    parent = parent_process()
    if parent:
        wait([parent.sentinel])
        os._exit(2)


def count_cores() -> int:
    """Return the number of processor cores that this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    else:  # noqa: RET505 - mypy sees one platform
        return os.cpu_count() or 1
