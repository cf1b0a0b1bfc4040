"""Read the inputs one after the other in this process, or several at once in worker processes.

What starts workers is imported only if there are to be any: most runs have none. Where they cannot be forked,
`multiprocessing` takes longer to import than most dumps to read.
"""

import gc
from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from netstat_parse.cli.complaints import print_warnings
from netstat_parse.cli.output import Output
from netstat_parse.cli.progress import show_progress
from netstat_parse.inputs.origins import Origin
from netstat_parse.workers.pool import count_workers

Read = Callable[[Origin, Namespace, Output], int]
"""Function that reads a file, writes its records to the output, and returns the exit status."""

ReadEach = Callable[[Read, Sequence[Origin], Namespace, Output], Iterator[int]]
"""Function that returns the exit status of each file in order, when all of it has been written."""


def read_all(read: Read, origins: Sequence[Origin], options: Namespace, output: Output) -> int:
    """Read files with as many processes as the options say, and return the worst exit status."""
    with (
        _open_reader(min(count_workers(origins, options.jobs), len(origins))) as read_each,
        show_progress(len(origins), options, output.file) as advance,
    ):
        worst = 0
        for status in read_each(read, origins, options, output):
            worst = max(worst, status)
            advance(1)
        return worst


def initialize_worker() -> None:
    """Prepare a worker as `main` does the first process: the collector is enabled with the first input."""
    gc.disable()
    print_warnings()


@contextmanager
def _open_reader(jobs: int) -> Iterator[ReadEach]:
    """Provide the function that reads the files, with workers that have started before the thread of a progress bar."""
    if jobs > 1:
        from netstat_parse.cli.parallel import read_in_workers, start_workers

        with start_workers(jobs) as workers:
            yield partial(read_in_workers, workers)
    else:
        yield _read_alone


def _read_alone(read: Read, origins: Sequence[Origin], options: Namespace, output: Output) -> Iterator[int]:
    return (read(origin, options, output) for origin in origins)
