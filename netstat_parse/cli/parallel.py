"""Reads several inputs at a time, in processes of their own, with results in order."""

import shutil
import sys
import tempfile
from argparse import Namespace
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future  # noqa: TC003
from concurrent.futures.process import BrokenProcessPool
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from typing import IO, NamedTuple

from netstat_parse.cli.options import Read
from netstat_parse.cli.progress import progress
from netstat_parse.store.pool import core_count, process_pool

AHEAD = 4
"""Inputs for each process that may be read before their turn to be printed comes."""


class Done(NamedTuple):
    """An input that another process has read."""

    status: int
    errors: str
    output: str
    """Path of the file in which its result lies."""


def at_once(read: Read, names: Sequence[str], options: Namespace, output: IO[bytes], jobs: int) -> Iterator[int]:
    """Read the inputs in so many processes; the exit status of each, in order."""
    waiting: deque[Future[Done]] = deque()
    with tempfile.TemporaryDirectory(prefix="netstat-parse-") as folder:
        pool = process_pool(jobs)
        try:
            for number, name in enumerate(names):
                path = str(Path(folder, str(number)))
                waiting.append(pool.submit(_work, read, name, options, path))
                if len(waiting) >= jobs * AHEAD:
                    yield _print(waiting.popleft().result(), output)
            while waiting:
                yield _print(waiting.popleft().result(), output)
        except BrokenProcessPool:
            sys.stderr.write("netstat-parse: a process that read inputs was killed; what it had not read is missing\n")
            yield 2
        finally:
            pool.shutdown(cancel_futures=True)


def _work(read: Read, name: str, options: Namespace, path: str) -> Done:
    with redirect_stderr(StringIO()) as errors, Path(path).open("wb") as output:
        status = read(name, options, output)
    return Done(status, errors.getvalue(), path)


def _print(done: Done, output: IO[bytes]) -> int:
    sys.stderr.write(done.errors)
    with Path(done.output).open("rb") as result:
        shutil.copyfileobj(result, output)
    output.flush()
    Path(done.output).unlink()
    return done.status


def read_all(read: Read, names: Sequence[str], options: Namespace, output: IO[bytes]) -> int:
    """Read the inputs in as many processes as the options say; the worst exit status."""
    jobs = min(options.jobs or core_count(), len(names))
    with progress(len(names), shown=sys.stderr.isatty() and not output.isatty()) as done:
        worst = 0
        for status in _statuses(read, names, options, output, jobs):
            worst = max(worst, status)
            done(1)
        return worst


def _statuses(read: Read, names: Sequence[str], options: Namespace, output: IO[bytes], jobs: int) -> Iterator[int]:
    if jobs > 1:
        return at_once(read, names, options, output, jobs)
    return (read(name, options, output) for name in names)
