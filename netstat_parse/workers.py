"""Reads many inputs: one after the other, or several at a time in processes of their own, with results in order."""

import os
import shutil
import signal
import sys
import tempfile
from argparse import Namespace
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, redirect_stderr
from io import StringIO
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import IO, NamedTuple

AHEAD = 4
"""Inputs for each process that may be read before their turn to be printed comes."""

Read = Callable[[str, Namespace, IO[bytes]], int]
"""Reads the input of that path, prints it, and gives the exit status."""


class Done(NamedTuple):
    """An input that another process has read."""

    status: int
    errors: str
    output: str
    """Path of the file in which its result lies."""


def cores() -> int:
    """How many processes can run at once."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def read_all(read: Read, names: Sequence[str], options: Namespace, output: IO[bytes]) -> int:
    """Read the inputs in as many processes as the options say; the worst exit status."""
    jobs = min(options.jobs or cores(), len(names))
    go = _at_once if jobs > 1 else _one_by_one
    with progress(len(names), shown=sys.stderr.isatty() and not output.isatty()) as done:
        worst = 0
        for status in go(read, names, options, output, jobs):
            worst = max(worst, status)
            done(1)
        return worst


def _one_by_one(read: Read, names: Sequence[str], options: Namespace, output: IO[bytes], _jobs: int) -> Iterator[int]:
    return (read(name, options, output) for name in names)


def _at_once(read: Read, names: Sequence[str], options: Namespace, output: IO[bytes], jobs: int) -> Iterator[int]:
    waiting: deque[Future[Done]] = deque()
    with tempfile.TemporaryDirectory(prefix="netstat-parse-") as folder:
        # Spawned, not forked: a fork takes with it what the threads of the progress bar hold.
        pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=follow)
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


def follow() -> None:
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


@contextmanager
def progress(count: int, *, shown: bool) -> Iterator[Callable[[int], None]]:
    """A bar on standard error, where that is a terminal and the result does not go to one; call it for some inputs."""
    if count < 2 or not shown:  # noqa: PLR2004 - one input shows by itself
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True, redirect_stdout=False) as bar:
        task = bar.add_task("Reading", total=count)
        yield lambda inputs: bar.advance(task, inputs)
