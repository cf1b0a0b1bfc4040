"""Read several inputs at once in worker processes, and print the results in the order of the inputs."""

import io
import os
import stat
import sys
import tempfile
from argparse import Namespace
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stderr, suppress
from io import StringIO
from pathlib import Path
from typing import IO, NamedTuple

from netstat_parse.cli.complaints import EXIT_UNREADABLE, complain
from netstat_parse.cli.jobs import Read, initialize_worker
from netstat_parse.cli.output import Output, OutputFile
from netstat_parse.cli.totals import Totals
from netstat_parse.formats.appearance import Appearance
from netstat_parse.inputs.origins import Origin
from netstat_parse.records.values import escape_name
from netstat_parse.workers.pool import Workers, describe_killed, open_workers
from netstat_parse.workers.tasks import KilledWorkerError, Task
from netstat_parse.workspace import make_workspace

MAX_QUEUED_BATCHES = 4
"""Maximum number of batches per worker whose output waits to be printed in order."""

MIN_BATCHES = 16
"""Number of batches per worker from which on a batch has several inputs: fewer would leave workers idle at the end."""

MAX_BATCH_INPUTS = 16
"""Maximum number of inputs in a batch. To hand over a batch takes as long as to read some hundred rows."""

MAX_REUSED_BYTES = 16 << 20
"""Size from which on a temporary file is deleted, not used again, because it may be far longer than the others."""

COPY_BYTES = 65_536
"""Bytes of output that are copied at once."""


class Result(NamedTuple):
    """The exit status of one input, and how much of the output is its."""

    status: int
    errors: str
    """Text for standard error."""
    size: int
    """Bytes in the temporary file of its batch, in which it follows the inputs before it."""
    totals: Totals


@contextmanager
def start_workers(count: int) -> Iterator[Workers]:
    """Start worker processes that read files."""
    with open_workers(count, initialize_worker) as workers:
        workers.start()
        yield workers


def read_in_workers(
    workers: Workers, read: Read, origins: Sequence[Origin], options: Namespace, output: Output
) -> Iterator[int]:
    """Yield the exit status of each file in order, after its result is printed.

    The workers write into temporary files that are used again and again: to create and delete one for each input takes
    a tenth of the time in which an input of a thousand rows is read.
    """
    size = min(max(len(origins) // (workers.count * MIN_BATCHES), 1), MAX_BATCH_INPUTS)
    max_waiting = workers.count * MAX_QUEUED_BATCHES
    waiting: deque[tuple[Task, Path]] = deque()
    printed = 0
    with make_workspace(Path(tempfile.gettempdir())) as folder:
        try:
            for start in range(0, len(origins), size):
                if len(waiting) == max_waiting:
                    for status in _print_batch(*waiting.popleft(), options, output):
                        printed += 1
                        yield status
                path = folder / str(start // size % max_waiting)
                batch = origins[start : start + size]
                waiting.append((workers.submit(_read_batch, read, batch, options, output.appearance, path), path))
            while waiting:
                for status in _print_batch(*waiting.popleft(), options, output):
                    printed += 1
                    yield status
        except KilledWorkerError:
            complain(describe_killed([escape_name(origin.path) for origin in origins[printed:]]))
            yield EXIT_UNREADABLE


def _read_batch(
    read: Read, origins: Sequence[Origin], options: Namespace, appearance: Appearance, path: Path
) -> list[Result]:
    results: list[Result] = []
    written = 0
    # Without O_TRUNC, which would free the pages of the file that the next write needs again.
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    with io.BufferedWriter(OutputFile(handle, str(path))) as file:
        for origin in origins:
            options.totals = Totals(names_all=options.verbose or options.strict)
            with redirect_stderr(StringIO()) as errors:
                status = read(origin, options, Output(file, appearance))
            before, written = written, file.tell()
            results.append(Result(status, errors.getvalue(), written - before, options.totals))
    return results


def _print_batch(task: Task, path: Path, options: Namespace, output: Output) -> Iterator[int]:
    """Print the results of a batch, each in front of its exit status."""
    results: list[Result] = task.result()
    with path.open("rb", buffering=0) as file:
        for status, errors, size, totals in results:
            options.totals.add(totals)
            sys.stderr.write(errors)
            _copy(file, output.file, size)
            yield status
    if sum(result.size for result in results) > MAX_REUSED_BYTES:
        path.unlink()


def _copy(source: IO[bytes], target: IO[bytes], size: int) -> None:
    """Write the next bytes of a file to the output, and flush it."""
    size -= _copy_in_kernel(source, target, size)
    while size:
        data = source.read(min(size, COPY_BYTES))
        if not data:
            raise OSError("a temporary file has been cut")
        target.write(data)
        size -= len(data)
    target.flush()


def _copy_in_kernel(source: IO[bytes], target: IO[bytes], size: int) -> int:
    """Copy bytes with `sendfile` if the output is a file or a device, in half the time; return their number.

    It works with a pipe, too. But a pipe then holds the pages of the file itself, and a worker may write into them
    again before they are read.
    """
    copied = 0
    if sys.platform == "linux" and _is_file_or_device(target):
        target.flush()
        with suppress(OSError):  # such as that of a full disk: to write what is left raises it again, with the name
            while copied < size and (count := os.sendfile(target.fileno(), source.fileno(), None, size - copied)):
                copied += count
    return copied


def _is_file_or_device(output: IO[bytes]) -> bool:
    """Return whether the output is a file or a device other than a terminal, such as ``/dev/null``."""
    mode = os.fstat(output.fileno()).st_mode
    return stat.S_ISREG(mode) or (stat.S_ISCHR(mode) and not output.isatty())
