"""Read several inputs at once in worker processes, and print the results in the order of the inputs."""

import shutil
import sys
import tempfile
from argparse import Namespace
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future  # noqa: TC003 - annotates a local variable, which is never evaluated
from concurrent.futures.process import BrokenProcessPool
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from typing import IO, NamedTuple

from netstat_parse.cli.complaints import UNREADABLE, complain
from netstat_parse.cli.progress import progress
from netstat_parse.inputs.origins import Origin
from netstat_parse.store.pool import core_count, process_pool

MAX_QUEUED_INPUTS = 4
"""Inputs for each worker that may be read before they can be printed."""


Read = Callable[[Origin, Namespace, IO[bytes]], int]
"""Reads a file, writes the result to the output, and returns the exit status."""


class Result(NamedTuple):
    """The output and exit status of a worker for one input."""

    status: int
    errors: str
    """Its messages for standard error."""
    path: str
    """The file of its output."""


def read_all(read: Read, origins: Sequence[Origin], options: Namespace, output: IO[bytes]) -> int:
    """Read files with as many processes as the options say, and return the worst exit status."""
    jobs = min(options.jobs or core_count(), len(origins))
    with progress(len(origins), visible=sys.stderr.isatty() and not output.isatty()) as advance:
        worst = 0
        for status in _statuses(read, origins, options, output, jobs):
            worst = max(worst, status)
            advance(1)
        return worst


def _statuses(read: Read, origins: Sequence[Origin], options: Namespace, output: IO[bytes], jobs: int) -> Iterator[int]:
    if jobs > 1:
        return _read_in_workers(read, origins, options, output, jobs)
    return (read(origin, options, output) for origin in origins)


def _read_in_workers(
    read: Read, origins: Sequence[Origin], options: Namespace, output: IO[bytes], jobs: int
) -> Iterator[int]:
    """Return the exit status of each file in order, after its result is printed."""
    waiting: deque[Future[Result]] = deque()
    with tempfile.TemporaryDirectory(prefix="netstat-parse-") as folder:
        pool = process_pool(jobs)
        try:
            for number, origin in enumerate(origins):
                path = str(Path(folder, str(number)))
                waiting.append(pool.submit(_work, read, origin, options, path))
                if len(waiting) >= jobs * MAX_QUEUED_INPUTS:
                    yield _print(waiting.popleft().result(), output)
            while waiting:
                yield _print(waiting.popleft().result(), output)
        except BrokenProcessPool:
            complain("a worker process was killed; the output is incomplete")
            yield UNREADABLE
        finally:
            pool.shutdown(cancel_futures=True)


def _work(read: Read, origin: Origin, options: Namespace, path: str) -> Result:
    with redirect_stderr(StringIO()) as errors, Path(path).open("wb") as output:
        status = read(origin, options, output)
    return Result(status, errors.getvalue(), path)


def _print(result: Result, output: IO[bytes]) -> int:
    sys.stderr.write(result.errors)
    with Path(result.path).open("rb") as file:
        shutil.copyfileobj(file, output)
    output.flush()
    Path(result.path).unlink()
    return result.status
