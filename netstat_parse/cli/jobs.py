"""Read the inputs one after the other in this process, or several at once in worker processes.

Workers are imported only if there are to be any: `multiprocessing` takes longer to import than most dumps to read.
"""

from argparse import Namespace
from collections.abc import Callable, Iterator, Sequence

from netstat_parse.cli.output import Output
from netstat_parse.cli.progress import show_progress
from netstat_parse.inputs.origins import Origin
from netstat_parse.worker_pool import count_cores

Read = Callable[[Origin, Namespace, Output], int]
"""Function that reads a file, writes its records to the output, and returns the exit status."""


def read_all(read: Read, origins: Sequence[Origin], options: Namespace, output: Output) -> int:
    """Read files with as many processes as the options say, and return the worst exit status."""
    jobs = min(options.jobs or count_cores(), len(origins))
    with show_progress(len(origins), options, output.file) as advance:
        worst = 0
        for status in _read_each(read, origins, options, output, jobs):
            worst = max(worst, status)
            advance(1)
        return worst


def _read_each(read: Read, origins: Sequence[Origin], options: Namespace, output: Output, jobs: int) -> Iterator[int]:
    if jobs > 1:
        from netstat_parse.cli.parallel import read_in_workers

        return read_in_workers(read, origins, options, output, jobs)
    return (read(origin, options, output) for origin in origins)
