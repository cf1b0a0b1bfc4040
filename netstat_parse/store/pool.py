"""Worker processes of this machine."""

import os
import signal
import sys
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from threading import Thread


def process_pool(count: int) -> ProcessPoolExecutor:
    """Start worker processes. They are spawned, not forked: a fork would copy locks that other threads hold."""
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_initialize_worker)


def _initialize_worker() -> None:
    """Leave Ctrl-C to the parent process, and end when the parent is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Wait for the end of the parent: a worker that a kill left behind must not write beside the next run."""
    from multiprocessing.connection import wait

    parent = parent_process()
    if parent:
        wait([parent.sentinel])
        os._exit(2)


def core_count() -> int:
    """Return how many processes can run at once."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))  # the cores that this process may use
    else:  # noqa: RET505 - mypy sees one platform
        return os.cpu_count() or 1
