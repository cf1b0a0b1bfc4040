"""Reads several inputs at a time, in processes of their own, with results in order."""

import os
import shutil
import signal
import sys
import tempfile
from argparse import Namespace
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import redirect_stderr
from io import StringIO
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import IO, NamedTuple

from netstat_parse.commandline import Read

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
        pool = processes(jobs)
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


def processes(count: int) -> ProcessPoolExecutor:
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
