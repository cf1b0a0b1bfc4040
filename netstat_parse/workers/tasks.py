"""The interface of a pool of worker processes, whichever way they are started."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Protocol


class KilledWorkerError(Exception):
    """Raised in place of a result that does not come, as a worker was killed."""


class Task(Protocol):
    """A call of a function in a worker."""

    def result(self) -> Any:  # noqa: ANN401 - of any function
        """Wait for the call, and return what the function returns, or raise what it raises.

        Raises:
            KilledWorkerError: a worker was killed before the call was done.
        """

    def cancel(self) -> bool:
        """Do not begin the call; return false if it has begun."""


class Pool(Protocol):
    """Worker processes that call functions."""

    def submit(self, work: Callable[..., Any], /, *arguments: Any) -> Task:  # noqa: ANN401 - of any function
        """Let a worker call a function; it must be possible to pickle all that is passed and returned.

        Raises:
            KilledWorkerError: a worker was killed.
        """


@contextmanager
def blocked_interrupts() -> Iterator[None]:
    """Block SIGINT, which processes that are started meanwhile inherit; it is delivered afterwards."""
    if sys.platform == "win32":
        yield
    else:
        import signal

        previous = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        try:
            yield
        finally:
            signal.pthread_sigmask(signal.SIG_SETMASK, previous)
