"""Worker processes for one long input: they examine its text, and read and encode its rows (`reading.early_rows`)."""

import os
import stat
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from netstat_parse.cli.freed_memory import keep_freed_memory
from netstat_parse.cli.jobs import initialize_worker
from netstat_parse.inputs.origins import STANDARD_INPUT, Origin
from netstat_parse.workers.pool import Workers, count_cores, may_fork, open_workers

if TYPE_CHECKING:
    from netstat_parse.sources import InputReading

ENCODED_FORMATS = frozenset({"json", "ndjson"})
"""Formats that write each record by itself."""

MIN_BYTES = 16 << 20
"""Size of a file from which on workers read it if they cannot be forked.

Each then takes 0.2 s of processor time to start. By the time of all processes, measured on two cores in a wheel, two
workers are as fast as one process at 6 MB of ``netstat -anp`` and 9 MB of Windows ``netstat -ano``, for twice the
processor time; at 20 to 25 MB they take a fifth less.
"""

MIN_FORKED_BYTES = 3 << 20
"""Size of a file from which on forked workers read it: measured, two gain nothing at 3 MB, and 20 ms at 4 MB."""

MAX_WORKERS = 8
"""Maximum number of workers: more would wait, as to hand on their rows takes this process an eighth of their time."""

KEPT_BATCHES_BYTES = 8 << 20
"""Size up to which freed memory is kept for the next rows: several batches of workers, of 2 MB each, come before they
are written. Otherwise to get memory again and again takes this process a tenth of its time."""


@contextmanager
def open_row_workers(
    options: Namespace, origins: Sequence[Origin], *, prints_records: bool
) -> Iterator[Workers | None]:
    """Provide worker processes if there is only one input, and all its records are written as they are."""
    jobs = min(options.jobs or count_cores(), MAX_WORKERS)
    is_alone = jobs == 1 or len(origins) > 1
    if is_alone or not (prints_records and _writes_all(options)) or not _may_read_ahead(origins[0].path, options):
        yield None
        return
    keep_freed_memory(KEPT_BATCHES_BYTES)
    with open_workers(jobs, initialize_worker) as workers:
        yield workers


def use_row_workers(found: "InputReading", options: Namespace, *, several: bool) -> None:
    """Let the workers of `options.row_pool` help to read an input; `several` as in `WriteTask`."""
    from netstat_parse.formats.json_writer import change_snapshot, choose_encoding

    encode = choose_encoding(options.format, found.name if several else None)
    found.use_workers(options.row_pool, options.row_pool.count, encode, change_snapshot)


def _writes_all(options: Namespace) -> bool:
    is_changed = options.only or options.where or options.fields or options.explain or options.count_by
    return options.format in ENCODED_FORMATS and not is_changed


def _may_read_ahead(path: str, options: Namespace) -> bool:
    """Return whether the next blocks of text may be read in advance, and workers are worth their start.

    Of a pipe, rows that are printed at once would be late. Forked workers start only when some blocks have been read.
    """
    size = _measure(path)
    if not may_fork():
        return (size or 0) >= MIN_BYTES
    return options.format == "json" if size is None else size >= MIN_FORKED_BYTES


def _measure(path: str) -> int | None:
    """Return the size of a regular file; None for a pipe, a device or an address."""
    try:
        found = os.fstat(sys.stdin.fileno()) if path == STANDARD_INPUT else os.stat(path)  # noqa: PTH116 - `-` is no path
    except (OSError, ValueError, AttributeError):
        return None
    return found.st_size if stat.S_ISREG(found.st_mode) else None
