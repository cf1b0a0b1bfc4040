"""Worker processes that are forked: they start in milliseconds, with all that this process has imported and compiled.

A fork copies only the thread that calls it, and a lock that another thread holds stays locked in the copy. So only a
process with one thread forks, and the pool starts no thread: it hands out tasks and collects results whenever it is
called. A worker gets a task only when it waits for one, so it never waits to write while the parent does.
"""

import os
import pickle
import select
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any, NoReturn

from netstat_parse.workers.tasks import KilledWorkerError, blocked_interrupts


@contextmanager
def open_forked_pool(count: int, initialize: Callable[[], None]) -> Iterator["ForkedPool"]:
    """Provide worker processes, which are killed at the end of the block, whatever they do.

    Args:
        count: number of processes.
        initialize: function that each of them calls first.
    """
    pool = ForkedPool()
    try:
        pool.start(count, initialize)
        yield pool
    finally:
        pool.kill()


class ForkedPool:
    """Forked workers, and the tasks that wait for one."""

    def __init__(self) -> None:
        self.is_broken = False
        """True if a worker was killed: no more tasks are done."""
        self._waiting: deque[ForkedTask] = deque()
        self._workers: dict[int, _Worker] = {}
        """By the file descriptor of the results."""
        self._results = select.poll()
        self._lifeline = os.pipe()
        """A pipe that closes when this process ends: no other one has its second end."""

    def start(self, count: int, initialize: Callable[[], None]) -> None:
        """Start worker processes."""
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()  # else a worker that prints would print the text before it once more
        with blocked_interrupts():
            for _ in range(count):
                self._fork(initialize)

    def _fork(self, initialize: Callable[[], None]) -> None:
        task_reader, task_writer = os.pipe()
        result_reader, result_writer = os.pipe()
        pid = os.fork()
        if not pid:
            ends = [task_writer, result_reader, self._lifeline[1]]
            ends += [file.fileno() for worker in self._workers.values() for file in (worker.tasks, worker.results)]
            for end in ends:
                os.close(end)
            _serve(initialize, task_reader, result_writer, self._lifeline[0])
        os.close(task_reader)
        os.close(result_writer)
        self._workers[result_reader] = _Worker(pid, os.fdopen(task_writer, "wb"), os.fdopen(result_reader, "rb"))
        self._results.register(result_reader, select.POLLIN)

    def submit(self, work: Callable[..., Any], /, *arguments: Any) -> "ForkedTask":  # noqa: ANN401 - as in `Pool`
        """Let a worker call a function."""
        if self.is_broken:
            raise KilledWorkerError
        task = ForkedTask(self, (work, arguments))
        self._waiting.append(task)
        self.collect(wait=False)
        return task

    def withdraw(self, task: "ForkedTask") -> None:
        """Do not begin a task if it has not begun."""
        with suppress(ValueError):
            self._waiting.remove(task)

    def collect(self, *, wait: bool) -> None:
        """Collect the results that have come, and give tasks to the workers that have none.

        Args:
            wait: true to wait for a result, or for a worker that is killed.
        """
        if self.is_broken:
            return
        try:
            for descriptor, _ in self._results.poll(None if wait else 0):
                self._workers[descriptor].receive()
            for worker in self._workers.values():
                if self._waiting and worker.task is None:
                    worker.send(self._waiting.popleft())
        except (BrokenPipeError, EOFError, pickle.UnpicklingError):
            self.is_broken = True

    def kill(self) -> None:
        """Kill the workers, and wait for their ends."""
        for worker in self._workers.values():
            os.kill(worker.pid, signal.SIGKILL)
        for worker in self._workers.values():
            with suppress(ChildProcessError):  # there is none if this process ignores SIGCHLD, which it may inherit
                os.waitpid(worker.pid, 0)
            for file in (worker.tasks, worker.results):
                with suppress(BrokenPipeError):  # a task that was not sent whole
                    file.close()
        for end in self._lifeline:
            os.close(end)


class ForkedTask:
    """A call of a function that waits for a worker, is being done, or is done."""

    def __init__(self, pool: ForkedPool, call: tuple[Any, ...]) -> None:
        self._pool = pool
        self.call = call
        """The function and its arguments."""
        self.outcome: tuple[Any, Exception | None] | None = None
        """What the function has returned or raised."""

    def result(self) -> Any:  # noqa: ANN401 - as in `Task`
        """Wait for the call, and return what the function returns, or raise what it raises."""
        self._pool.collect(wait=False)
        while self.outcome is None:
            if self._pool.is_broken:
                raise KilledWorkerError
            self._pool.collect(wait=True)
        value, error = self.outcome
        if error:
            raise error
        return value

    def cancel(self) -> None:
        """Do not begin the call if it has not begun."""
        self._pool.withdraw(self)


class _Worker:
    """A worker, as its parent sees it."""

    def __init__(self, pid: int, tasks: IO[bytes], results: IO[bytes]) -> None:
        self.pid = pid
        self.tasks = tasks
        self.results = results
        self.task: ForkedTask | None = None
        """The task that it does."""

    def send(self, task: ForkedTask) -> None:
        """Send a task to a worker that has none."""
        data = pickle.dumps(task.call)
        self.task = task
        self.tasks.write(data)
        self.tasks.flush()

    def receive(self) -> None:
        """Receive the result of the task."""
        outcome = pickle.load(self.results)  # noqa: S301 - of a process of ours
        if self.task:
            self.task.outcome = outcome
        self.task = None


def _serve(initialize: Callable[[], None], task_reader: int, result_writer: int, lifeline: int) -> NoReturn:
    """Do tasks in a worker until it is killed. It never returns into the functions that it was forked in."""
    try:
        from threading import Thread

        signal.signal(signal.SIGINT, signal.SIG_IGN)
        Thread(target=_end_with_parent, args=(lifeline,), daemon=True).start()
        initialize()
        with os.fdopen(task_reader, "rb") as tasks, os.fdopen(result_writer, "wb") as results:
            while True:
                work, arguments = pickle.load(tasks)  # noqa: S301 - of the parent process
                results.write(_call(work, arguments))
                results.flush()
    finally:
        os._exit(1)


def _call(work: Callable[..., Any], arguments: tuple[Any, ...]) -> bytes:
    """Call a function, and return its outcome, pickled."""
    try:
        return pickle.dumps((work(*arguments), None))
    except Exception as error:  # noqa: BLE001 - raised in the parent
        return pickle.dumps((None, error))


def _end_with_parent(lifeline: int) -> None:
    """Wait for the end of the parent: a worker that outlives a killed parent must not write during the next run."""
    os.read(lifeline, 1)
    os._exit(2)
