"""Worker processes of this machine."""

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from concurrent.futures import Executor, Future, ProcessPoolExecutor


MAX_NAMED_INPUTS = 10
"""Maximum number of inputs that the message about a killed worker names."""


@contextmanager
def open_pool(count: int, initialize: Callable[[], None] | None = None) -> Iterator["Executor"]:
    """Provide worker processes. They are spawned, not forked: a fork would copy locks that other threads hold.

    At the end of the block, work that has not begun is cancelled, and the rest is waited for. After Ctrl-C, if the
    program exits, or if a generator with this block is closed early, the workers are killed instead.

    Args:
        count: number of processes.
        initialize: function that each of them calls first; it must be possible to pickle it.
    """
    with _blocked_interrupts():  # it could come between the making of a semaphore and the note that it must be removed
        pool = _make_pool(count, initialize)
    try:
        yield pool
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        # `kill_workers` of Python 3.14 does this. No public function of older ones reaches the processes.
        for worker in list((pool._processes or {}).values()):  # noqa: SLF001
            worker.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _make_pool(count: int, initialize: Callable[[], None] | None) -> "ProcessPoolExecutor":
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    class Pool(ProcessPoolExecutor):
        """Starts its processes on `submit`, with Ctrl-C blocked: it would end their imports with a traceback."""

        def submit(self, work: Callable[..., Any], /, *arguments: Any, **keywords: Any) -> "Future[Any]":  # noqa: ANN401 - as in the base class
            with _blocked_interrupts():
                return super().submit(work, *arguments, **keywords)

    return Pool(count, mp_context=get_context("spawn"), initializer=_initialize_worker, initargs=(initialize,))


@contextmanager
def _blocked_interrupts() -> Iterator[None]:
    """Block SIGINT, which processes that are started meanwhile inherit; it is delivered afterwards."""
    if sys.platform == "win32":
        yield
    else:
        import signal
        from multiprocessing.resource_tracker import ensure_running

        ensure_running()  # else it is started within the block, and unblocks SIGINT then
        previous = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, previous)


def describe_killed(paths: Sequence[str]) -> str:
    """Return the message that a worker was killed, with the inputs that are lost; of many only the first."""
    named = ", ".join(paths[:MAX_NAMED_INPUTS])
    more = len(paths) - MAX_NAMED_INPUTS
    return f"a worker process was killed; not read: {named}{f' and {more} more' if more > 0 else ''}"


def _initialize_worker(initialize: Callable[[], None] | None) -> None:
    """Leave Ctrl-C to the parent process, and end when the parent is gone."""
    import signal
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
