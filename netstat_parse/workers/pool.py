"""Worker processes that are forked where that is safe, and else spawned.

It imports nothing that takes long: most runs of the program have no workers.
"""

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from typing import TYPE_CHECKING, Any

from netstat_parse.inputs.origins import STANDARD_INPUT
from netstat_parse.workers.tasks import Pool, Task

if TYPE_CHECKING:
    from netstat_parse.inputs.origins import Origin

MAX_NAMED_INPUTS = 10
"""Maximum number of inputs that the message about a killed worker names."""

THREADS = "/proc/self/task"
"""The folder of all threads of this process, also those that Python does not know."""


class Workers:
    """A pool that starts its processes with the first task, or before."""

    def __init__(self, count: int, initialize: Callable[[], None], stack: ExitStack) -> None:
        self.count = count
        self._initialize = initialize
        self._stack = stack
        self._pool: Pool | None = None

    def start(self) -> Pool:
        """Start the processes, if they have not been started."""
        if self._pool is None:
            self._pool = self._stack.enter_context(_open_pool(self.count, self._initialize))
        return self._pool

    def submit(self, work: Callable[..., Any], /, *arguments: Any) -> Task:  # noqa: ANN401 - as in `Pool`
        """Let a worker call a function; see `Pool.submit`."""
        return self.start().submit(work, *arguments)


@contextmanager
def open_workers(count: int, initialize: Callable[[], None]) -> Iterator[Workers]:
    """Provide worker processes, which end with the block.

    Args:
        count: number of processes.
        initialize: function that each of them calls first; it must be possible to pickle it.
    """
    with ExitStack() as stack:
        yield Workers(count, initialize, stack)


def _open_pool(count: int, initialize: Callable[[], None]) -> AbstractContextManager[Pool]:
    if may_fork():
        from netstat_parse.workers.forked import open_forked_pool

        return open_forked_pool(count, initialize)
    from netstat_parse.workers.spawned import open_spawned_pool

    return open_spawned_pool(count, initialize)


def may_fork() -> bool:
    """Return whether this process may be forked. On macOS it may not: libraries of the system start threads there.

    If SIGCHLD is ignored, which a process inherits, a worker that has ended leaves nothing to wait for, and its number
    may soon be that of another process.
    """
    if sys.platform != "linux":
        return False
    import signal

    if signal.getsignal(signal.SIGCHLD) is signal.SIG_IGN:
        return False
    try:
        return len(os.listdir(THREADS)) == 1  # noqa: PTH208 - `pathlib` is slow to import
    except OSError:
        return False


def describe_killed(paths: Sequence[str]) -> str:
    """Return the message that a worker was killed, with the inputs that are lost; of many only the first."""
    named = ", ".join(paths[:MAX_NAMED_INPUTS])
    more = len(paths) - MAX_NAMED_INPUTS
    return f"a worker process was killed; not read: {named}{f' and {more} more' if more > 0 else ''}"


def count_workers(origins: Iterable["Origin"], jobs: int) -> int:
    """Return the number of processes for some inputs, given `jobs` (0: one for each core).

    Only this process can read standard input: `multiprocessing` closes that of spawned ones.
    """
    return 1 if any(origin.path == STANDARD_INPUT for origin in origins) else jobs or count_cores()


def count_cores() -> int:
    """Return the number of processor cores that this process may use."""
    if sys.platform == "linux":
        return len(os.sched_getaffinity(0))
    else:  # noqa: RET505 - mypy sees one platform
        return os.cpu_count() or 1
