"""Batches of inputs: how inputs are shared among workers, and what each worker reports."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from itertools import chain
from typing import NamedTuple

from netstat_parse._version import __version__
from netstat_parse.inputs.origins import STANDARD_INPUT, Origin
from netstat_parse.records.columns import FILES
from netstat_parse.sources import STATUS_PARSED, ReadOptions, SourcedRows
from netstat_parse.store.pool import core_count

MAX_INPUTS = 2_000
"""Files in a batch at most: an interrupted run reads at most as many again for each worker."""


MAX_BATCH_BYTES = 256 << 20
"""Bytes of all files in a batch. A larger file is a batch of its own."""


MAX_QUEUED_BATCHES = 1_000
"""Batches that are submitted before any is done."""


class Batch(NamedTuple):
    """Files that one worker reads together."""

    name: str
    """A hash of the files and options: whoever reads the batch again writes the same files."""
    origins: tuple[Origin, ...]


class Failure(NamedTuple):
    """An input that could not be parsed."""

    source: str
    status: str
    """no-table or unreadable."""
    error: str


class Report(NamedTuple):
    """Which inputs of a batch, or of several, could not be parsed."""

    files: int = 0
    """Files that were read."""
    skipped: int = 0
    """Files that the dataset has already."""
    failures: tuple[Failure, ...] = ()
    unparsed: tuple[tuple[str, int], ...] = ()
    """Inputs with lines that could not be parsed, and how many."""

    def plus(self, other: "Report") -> "Report":
        """Return the sum of two reports."""
        return Report(
            self.files + other.files,
            self.skipped + other.skipped,
            self.failures + other.failures,
            self.unparsed + other.unparsed,
        )

    def with_file(self, sourced: SourcedRows) -> "Report":
        """Return the report with the failure and unparsed lines of an input, if this is its row of `files`."""
        if sourced.rows.kind != FILES:
            return self
        row = {name: column[0] for name, column in sourced.rows.columns.items()}
        failures, unparsed = self.failures, self.unparsed
        if row["status"] != STATUS_PARSED:
            failures = (*failures, Failure(sourced.source, row["status"], row["error"]))
        if row.get("lines_unparsed"):
            unparsed = (*unparsed, (sourced.source, row["lines_unparsed"]))
        return self._replace(failures=failures, unparsed=unparsed)


def worker_count(origins: Iterable[Origin], jobs: int) -> int:
    """Return how many processes to use, given `jobs` (0: one for each core). Only this one can read standard input."""
    return 1 if any(origin.path == STANDARD_INPUT for origin in origins) else jobs or core_count()


def completed(executor: Executor, work: Callable[[Batch], Report], batches: Iterable[Batch]) -> Iterator[Report]:
    """Submit all batches, and return their reports in the order in which they are done."""
    waiting: set[Future[Report]] = set()
    try:
        for batch in chain(batches, [None]):
            while waiting and (batch is None or len(waiting) >= MAX_QUEUED_BATCHES):
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
            if batch:
                waiting.add(executor.submit(work, batch))
    finally:
        for future in waiting:
            future.cancel()


def partition(
    origins: Sequence[Origin], options: ReadOptions, workers: int = 1, inputs: int | None = None
) -> Iterator[Batch]:
    """Partition files into batches: as large as the limits allow, and as many for each worker.

    Args:
        origins: the files.
        options: how they are read; part of the batches' names.
        workers: how many processes share the batches.
        inputs: files in a batch at most, instead of `MAX_INPUTS`.
    """
    batches_each = -(-len(origins) // (MAX_INPUTS * workers)) or 1
    max_inputs = inputs or -(-len(origins) // (workers * batches_each))
    batch: list[Origin] = []
    size = 0
    for origin in origins:
        if batch and (len(batch) >= max_inputs or size + (origin.size or 0) > MAX_BATCH_BYTES):
            yield _named(batch, options)
            batch, size = [], 0
        batch.append(origin)
        size += origin.size or 0
    if batch:
        yield _named(batch, options)


def _named(origins: list[Origin], options: ReadOptions) -> Batch:
    text = json.dumps([__version__, options, origins], default=_sorted)  # escapes file names that are no UTF-8
    return Batch(hashlib.sha256(text.encode()).hexdigest()[:16], tuple(origins))


def _sorted(values: frozenset[object]) -> list[str]:
    """Return the values of a selection in an order that is the same in every process."""
    return sorted(map(repr, values))
