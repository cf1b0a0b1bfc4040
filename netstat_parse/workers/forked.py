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
from _thread import start_new_thread  # `threading` takes longer to import than a worker to start
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from mmap import mmap
from struct import Struct
from typing import Any, NoReturn

from netstat_parse.workers.tasks import KilledWorkerError, blocked_interrupts

SIZE_FORMAT = Struct("Q")
"""The size of a message in bytes, as a pipe passes it."""

MEMORY_BYTES = 8 << 20
"""Size of the memory that a worker shares with its parent. A batch of blocks has about 2 MB; a message that does not
fit goes through the pipe. Only what is used of it takes memory."""


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
        """Start worker processes; fewer if the system allows no more, such as for want of file descriptors.

        Raises:
            OSError: not even one can be started.
        """
        for stream in filter(None, (sys.stdout, sys.stderr)):
            stream.flush()  # else a worker that prints would print the text before it once more
        with blocked_interrupts():
            try:
                for _ in range(count):
                    self._fork(initialize)
            except OSError:
                if not self._workers:
                    raise

    def _fork(self, initialize: Callable[[], None]) -> None:
        with ExitStack() as opened:
            task_reader, task_writer = _open_pipe(opened)
            result_reader, result_writer = _open_pipe(opened)
            memory = mmap(-1, MEMORY_BYTES)
            pid = os.fork()
            opened.pop_all()
        if not pid:
            for worker in self._workers.values():
                worker.channel.close()
            for end in (task_writer, result_reader, self._lifeline[1]):
                os.close(end)
            _serve(initialize, _Channel(memory, task_reader, result_writer), self._lifeline[0])
        for end in (task_reader, result_writer):
            os.close(end)
        self._workers[result_reader] = _Worker(pid, _Channel(memory, result_reader, task_writer))
        self._results.register(result_reader, select.POLLIN)

    def submit(self, work: Callable[..., Any], /, *arguments: Any) -> "ForkedTask":  # noqa: ANN401 - as in `Pool`
        """Let a worker call a function."""
        if self.is_broken:
            raise KilledWorkerError
        task = ForkedTask(self, (work, arguments))
        self._waiting.append(task)
        self.collect(wait=False)
        return task

    def withdraw(self, task: "ForkedTask") -> bool:
        """Do not begin a task; return false if it has begun."""
        if task not in self._waiting:
            return False
        self._waiting.remove(task)
        return True

    def collect(self, *, wait: bool) -> None:
        """Collect the results that have come, and give tasks to the workers that have none.

        Args:
            wait: true to wait for a result, or for a worker that is killed.
        """
        if self.is_broken:
            return
        try:
            for descriptor, _ in self._results.poll(None if wait else 0):
                self._workers[descriptor].end()
            for worker in self._workers.values():
                if self._waiting and worker.task is None:
                    worker.begin(self._waiting.popleft())
        except (BrokenPipeError, EOFError):
            self.is_broken = True

    def kill(self) -> None:
        """Kill the workers, and wait for their ends."""
        for worker in self._workers.values():
            os.kill(worker.pid, signal.SIGKILL)
        for worker in self._workers.values():
            os.waitpid(worker.pid, 0)
            worker.channel.close()
        for end in self._lifeline:
            os.close(end)


class ForkedTask:
    """A call of a function that waits for a worker, is being done, or is done."""

    def __init__(self, pool: ForkedPool, call: tuple[Any, ...]) -> None:
        self._pool = pool
        self.call = call
        """The function and its arguments."""
        self.outcome: tuple[Any, Exception | None] | None = None
        """The value that the function has returned, and the error that it has raised."""

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

    def cancel(self) -> bool:
        """Do not begin the call; return false if it has begun."""
        return self._pool.withdraw(self)


class _Channel:
    """A connection of two processes, of which one waits for a message while the other has none to send.

    A message is written into memory that they share. A pipe would pass it in portions of 64 KB, with a change of
    process for each, and two more copies.
    """

    def __init__(self, memory: mmap, reader: int, writer: int) -> None:
        self._memory = memory
        self.reader = os.fdopen(reader, "rb")
        self._writer = os.fdopen(writer, "wb")

    def send(self, message: object) -> None:
        """Send an object; a message that the shared memory is too small for follows its size in the pipe."""
        data = b""
        try:
            self._memory.seek(0)
            pickle.dump(message, self._memory)
            size = self._memory.tell()
        except ValueError:  # the memory is too small
            data = pickle.dumps(message)
            size = len(data)
        self._writer.write(SIZE_FORMAT.pack(size) + data)
        self._writer.flush()

    def receive(self) -> Any:  # noqa: ANN401 - anything
        """Wait for an object.

        Raises:
            EOFError: the other process has ended.
        """
        (size,) = SIZE_FORMAT.unpack(self._read(SIZE_FORMAT.size))
        if size > MEMORY_BYTES:
            return pickle.loads(self._read(size))  # noqa: S301 - of a process of ours
        with memoryview(self._memory) as memory:
            return pickle.loads(memory[:size])  # noqa: S301 - of a process of ours

    def _read(self, size: int) -> bytes:
        data = self.reader.read(size)
        if len(data) < size:
            raise EOFError
        return data

    def close(self) -> None:
        """Close the pipes."""
        for file in (self.reader, self._writer):
            with suppress(BrokenPipeError):  # of a message that was not sent whole
                file.close()


class _Worker:
    """A worker, as its parent sees it."""

    def __init__(self, pid: int, channel: _Channel) -> None:
        self.pid = pid
        self.channel = channel
        self.task: ForkedTask | None = None
        """The task that it does."""

    def begin(self, task: ForkedTask) -> None:
        """Give a task to a worker that has none."""
        self.task = task
        self.channel.send(task.call)

    def end(self) -> None:
        """Receive the outcome of the task."""
        task, self.task = self.task, None
        outcome = self.channel.receive()
        if task:
            task.outcome = outcome


def _open_pipe(stack: ExitStack) -> tuple[int, int]:
    """Open a pipe, both ends of which the stack closes."""
    reader, writer = os.pipe()
    stack.callback(os.close, reader)
    stack.callback(os.close, writer)
    return reader, writer


def _serve(initialize: Callable[[], None], channel: _Channel, lifeline: int) -> NoReturn:
    """Do tasks in a worker until it is killed. It never returns into the functions that it was forked in."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        start_new_thread(_end_with_parent, (lifeline,))
        initialize()
        while True:
            work, arguments = channel.receive()
            channel.send(_call(work, arguments))
    finally:
        os._exit(1)


def _call(work: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[Any, Exception | None]:
    """Call a function, and return what it returns or raises."""
    try:
        return work(*arguments), None
    except Exception as error:  # noqa: BLE001 - raised in the parent
        return None, error


def _end_with_parent(lifeline: int) -> None:
    """Wait for the end of the parent: a worker that outlives a killed parent must not write during the next run."""
    os.read(lifeline, 1)
    os._exit(2)
