"""Worker processes that are spawned: they start with nothing of this process, which may have any threads."""

import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from multiprocessing.connection import wait
from typing import Any, NamedTuple

from netstat_parse.workers.tasks import KilledWorkerError, Task, blocked_interrupts


@contextmanager
def open_spawned_pool(count: int, initialize: Callable[[], None]) -> Iterator["SpawnedPool"]:
    """Provide worker processes; the arguments are those of `open_executor`."""
    with open_executor(count, initialize) as executor:
        yield SpawnedPool(executor)


class SpawnedPool(NamedTuple):
    """A pool, as `tasks.Pool` defines it."""

    executor: Executor

    def submit(self, work: Callable[..., Any], /, *arguments: Any) -> Task:  # noqa: ANN401 - as in `Pool`
        """Let a worker call a function."""
        with _translated_error():
            return _SpawnedTask(self.executor.submit(work, *arguments))


class _SpawnedTask(NamedTuple):
    future: Future[Any]

    def result(self) -> Any:  # noqa: ANN401 - as in `Task`
        with _translated_error():
            return self.future.result()

    def cancel(self) -> bool:
        return self.future.cancel()


@contextmanager
def _translated_error() -> Iterator[None]:
    try:
        yield
    except BrokenProcessPool as error:
        raise KilledWorkerError from error


@contextmanager
def open_executor(count: int, initialize: Callable[[], None] | None = None) -> Iterator[ProcessPoolExecutor]:
    """Provide worker processes as an executor of the standard library.

    At the end of the block, work that has not begun is cancelled, and the rest is waited for. After Ctrl-C, if the
    program exits, or if a generator with this block is closed early, the workers are killed instead.

    Args:
        count: number of processes.
        initialize: function that each of them calls first; it must be possible to pickle it.
    """
    with _blocked_interrupts():  # it could come between the making of a semaphore and the note that it must be removed
        context = get_context("spawn")
        pool = _Executor(count, mp_context=context, initializer=_initialize_worker, initargs=(initialize,))
    try:
        yield pool
    except (KeyboardInterrupt, SystemExit, GeneratorExit):
        # `kill_workers` of Python 3.14 does this. No public function of older ones reaches the processes.
        for worker in list((pool._processes or {}).values()):  # noqa: SLF001 - see above
            worker.kill()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


class _Executor(ProcessPoolExecutor):
    """Starts its processes on `submit`, with Ctrl-C blocked: it would end their imports with a traceback."""

    def submit(self, work: Callable[..., Any], /, *arguments: Any, **keywords: Any) -> Future[Any]:  # noqa: ANN401 - as in the base class
        with _blocked_interrupts():
            return super().submit(work, *arguments, **keywords)


@contextmanager
def _blocked_interrupts() -> Iterator[None]:
    if sys.platform != "win32":
        from multiprocessing.resource_tracker import ensure_running

        ensure_running()  # else it is started within the block, and unblocks SIGINT then
    with blocked_interrupts():
        yield


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
    parent = parent_process()
    if parent:
        wait([parent.sentinel])
        os._exit(2)
