"""Worker processes for one long input, whose tables they read and encode (`reading.early_rows`)."""

import os
import stat
import sys
from argparse import Namespace
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from netstat_parse.inputs.origins import STANDARD_INPUT, Origin
from netstat_parse.worker_pool import count_cores

if TYPE_CHECKING:
    from concurrent.futures import Executor

    from netstat_parse.sources import InputReading

ENCODED_FORMATS = frozenset({"json", "ndjson"})
"""Formats that write each record by itself."""

MIN_BYTES = 16 << 20
"""Size of a file from which on workers read it.

Each worker takes 0.2 s of processor time to start. By the time of all processes, measured on two cores in a wheel, two
workers are as fast as one process at 6 MB of ``netstat -anp`` and 9 MB of Windows ``netstat -ano``, for twice the
processor time; at 20 to 25 MB they take a fifth less.
"""


@contextmanager
def open_row_workers(
    options: Namespace, origins: Sequence[Origin], *, prints_records: bool
) -> Iterator["Executor | None"]:
    """Provide worker processes if the only input is a long file whose records are all written as they are.

    Of a pipe the next blocks of text are not read in advance: its rows would be late.
    """
    jobs = options.jobs or count_cores()
    is_alone = jobs == 1 or len(origins) > 1
    if is_alone or not (prints_records and _writes_all(options)) or _measure(origins[0].path) < MIN_BYTES:
        yield None
        return
    from netstat_parse.cli.parallel import initialize_worker
    from netstat_parse.worker_pool import open_pool

    with open_pool(jobs, initialize_worker) as pool:
        yield pool


def use_row_workers(found: "InputReading", options: Namespace, *, several: bool) -> None:
    """Let the workers of `options.row_pool` read the long tables of an input; `several` as in `WriteTask`."""
    from netstat_parse.formats.json_writer import choose_encoding

    encode = choose_encoding(options.format, found.name if several else None)
    found.use_workers(options.row_pool, options.jobs or count_cores(), encode)


def _writes_all(options: Namespace) -> bool:
    is_changed = options.only or options.where or options.fields or options.explain or options.count_by
    return options.format in ENCODED_FORMATS and not is_changed


def _measure(path: str) -> int:
    """Return the size of a regular file; 0 for a pipe, a device or an address."""
    try:
        found = os.fstat(sys.stdin.fileno()) if path == STANDARD_INPUT else os.stat(path)  # noqa: PTH116 - `-` is no path
    except (OSError, ValueError, AttributeError):
        return 0
    return found.st_size if stat.S_ISREG(found.st_mode) else 0
