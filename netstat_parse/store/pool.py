"""Worker processes."""

import os
import signal
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context, parent_process
from threading import Thread


def process_pool(count: int) -> ProcessPoolExecutor:
    """Processes of this machine. They are spawned, not forked: a fork takes with it what threads hold."""
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_follow)


def _follow() -> None:
    """What a process does first: it leaves interrupts to the one that began it, and ends when that is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """Who was left behind by a kill must not go on writing beside the next run, nor wait for ever."""
    from multiprocessing.connection import wait

    parent = parent_process()
    if parent:
        wait([parent.sentinel])
        os._exit(2)


def core_count() -> int:
    """How many processes can run at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
