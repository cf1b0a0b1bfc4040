"""Read several inputs at once in worker processes, and print the results in the order of the inputs."""

import shutil
import sys
import tempfile
from argparse import Namespace
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future  # noqa: TC003 - annotates a local variable, which is never evaluated
from concurrent.futures.process import BrokenProcessPool
from contextlib import redirect_stderr
from io import StringIO
from pathlib import Path
from typing import IO, NamedTuple

from netstat_parse.cli.complaints import EXIT_UNREADABLE, complain, print_warnings
from netstat_parse.cli.jobs import Read
from netstat_parse.cli.output import open_output
from netstat_parse.cli.totals import Totals
from netstat_parse.inputs.origins import Origin
from netstat_parse.records.values import escape_name
from netstat_parse.worker_pool import describe_killed, open_pool
from netstat_parse.workspace import make_workspace

MAX_QUEUED_INPUTS = 4
"""Maximum number of inputs per worker whose output waits to be printed in order."""


class Result(NamedTuple):
    """The output and exit status of a worker for one input."""

    status: int
    errors: str
    """Text for standard error."""
    path: str
    """Temporary file with its output."""
    totals: Totals


def read_in_workers(
    read: Read, origins: Sequence[Origin], options: Namespace, output: IO[bytes], jobs: int
) -> Iterator[int]:
    """Return the exit status of each file in order, after its result is printed."""
    waiting: deque[Future[Result]] = deque()
    printed = 0
    with make_workspace(Path(tempfile.gettempdir())) as folder, open_pool(jobs, print_warnings) as pool:
        try:
            for number, origin in enumerate(origins):
                path = str(folder / str(number))
                waiting.append(pool.submit(_read_in_worker, read, origin, options, path))
                if len(waiting) >= jobs * MAX_QUEUED_INPUTS:
                    yield _print_result(waiting.popleft().result(), options, output)
                    printed += 1
            while waiting:
                yield _print_result(waiting.popleft().result(), options, output)
                printed += 1
        except BrokenProcessPool:
            complain(describe_killed([escape_name(origin.path) for origin in origins[printed:]]))
            yield EXIT_UNREADABLE


def _read_in_worker(read: Read, origin: Origin, options: Namespace, path: str) -> Result:
    options.totals = Totals(names_all=options.verbose or options.strict)
    with redirect_stderr(StringIO()) as errors, open_output(path) as output:
        status = read(origin, options, output)
    return Result(status, errors.getvalue(), path, options.totals)


def _print_result(result: Result, options: Namespace, output: IO[bytes]) -> int:
    options.totals.add(result.totals)
    sys.stderr.write(result.errors)
    with Path(result.path).open("rb") as file:
        shutil.copyfileobj(file, output)
    output.flush()
    Path(result.path).unlink()
    return result.status
