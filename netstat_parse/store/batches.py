"""Partition inputs into batches for workers, and collect the reports of the workers."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Executor, Future, wait
from itertools import chain
from typing import NamedTuple

from netstat_parse._version import __version__
from netstat_parse.inputs.origins import Origin
from netstat_parse.records.database_columns import FILES
from netstat_parse.records.diagnostics import DAMAGED_ROWS, LINE_ERRORS
from netstat_parse.records.values import escape_name
from netstat_parse.sources import STATUS_PARSED, ReadOptions, SourcedRows
from netstat_parse.workers.pool import describe_killed

MAX_INPUTS = 2_000
"""Maximum number of files in a batch: an interrupted run reads at most that many again for each worker."""

MAX_BATCH_BYTES = 256 << 20
"""Maximum size of a batch: the sum of its files. A larger file is a batch of its own."""

MAX_QUEUED_BATCHES = 1_000
"""Maximum number of batches that are submitted and not yet complete."""


class WorkerKilledError(OSError):
    """A worker process was killed, perhaps for want of memory; the message names the inputs that are lost."""


class Batch(NamedTuple):
    """Files that one worker reads together."""

    name: str
    """A hash of the files and options: a worker that repeats the batch writes the same files."""
    origins: tuple[Origin, ...]


class Failure(NamedTuple):
    """An input that could not be parsed."""

    source: str
    status: str
    """no-table or unreadable."""
    error: str


class Report(NamedTuple):
    """Number of files read, and the inputs that could not be parsed, of one batch or several."""

    files: int = 0
    """Files that were read."""
    skipped: int = 0
    """Files that the dataset already has."""
    failures: tuple[Failure, ...] = ()
    unparsed: tuple[tuple[str, int], ...] = ()
    """Inputs with lines that could not be parsed, each with their number."""
    errors: tuple[tuple[str, int], ...] = ()
    """Inputs with other errors, such as a table of which no row could be read, each with their number."""

    def plus(self, other: "Report") -> "Report":
        """Return the sum of two reports."""
        return Report(
            self.files + other.files,
            self.skipped + other.skipped,
            self.failures + other.failures,
            self.unparsed + other.unparsed,
            self.errors + other.errors,
        )

    def with_file(self, sourced: SourcedRows) -> "Report":
        """Return the report with what the rows say about their input: its errors, and its row of `files`."""
        if sourced.rows.kind == "diagnostics":
            count = len([code for code in sourced.rows.columns["code"] if code in LINE_ERRORS - DAMAGED_ROWS])
            return self._replace(errors=(*self.errors, (sourced.source, count))) if count else self
        if sourced.rows.kind != FILES:
            return self
        row = {name: column[0] for name, column in sourced.rows.columns.items()}
        failures, unparsed = self.failures, self.unparsed
        if row["status"] != STATUS_PARSED:
            failures = (*failures, Failure(sourced.source, row["status"], row["error"]))
        if row.get("lines_unparsed"):
            unparsed = (*unparsed, (sourced.source, row["lines_unparsed"]))
        return self._replace(failures=failures, unparsed=unparsed)


def run_batches(executor: Executor, work: Callable[[Batch], Report], batches: Sequence[Batch]) -> Iterator[Report]:
    """Submit all batches to the workers, and yield their reports as they complete.

    Raises:
        WorkerKilledError: a worker was killed, so that some batches are incomplete.
    """
    waiting: set[Future[Report]] = set()
    incomplete = {batch.name: batch for batch in batches}
    names: dict[Future[Report], str] = {}
    try:
        for batch in chain(batches, [None]):
            while waiting and (batch is None or len(waiting) >= MAX_QUEUED_BATCHES):
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                for future in sorted(done, key=lambda future: future.exception() is not None):
                    report = future.result()
                    del incomplete[names.pop(future)]
                    yield report
            if batch:
                future = executor.submit(work, batch)
                names[future] = batch.name
                waiting.add(future)
    except BrokenExecutor as error:
        lost = [escape_name(origin.path) for batch in incomplete.values() for origin in batch.origins]
        raise WorkerKilledError(describe_killed(lost)) from error
    finally:
        for future in waiting:
            future.cancel()


def partition(
    origins: Sequence[Origin], options: ReadOptions, workers: int = 1, inputs: int | None = None
) -> Iterator[Batch]:
    """Partition files into batches as large as the limits allow, with an equal number for each worker.

    Args:
        origins: the files.
        options: how they are read; part of the batches' names.
        workers: number of processes that share the batches.
        inputs: maximum number of files in a batch, instead of `MAX_INPUTS`.
    """
    batches_each = -(-len(origins) // (MAX_INPUTS * workers)) or 1
    max_inputs = inputs or -(-len(origins) // (workers * batches_each))
    batch: list[Origin] = []
    size = 0
    for origin in origins:
        if batch and (len(batch) >= max_inputs or size + (origin.size or 0) > MAX_BATCH_BYTES):
            yield _make_batch(batch, options)
            batch, size = [], 0
        batch.append(origin)
        size += origin.size or 0
    if batch:
        yield _make_batch(batch, options)


def _make_batch(origins: list[Origin], options: ReadOptions) -> Batch:
    facts = [__version__, options._asdict(), origins]
    text = json.dumps(facts, default=_sort_set)  # escapes file names that are no UTF-8
    return Batch(hashlib.sha256(text.encode()).hexdigest()[:16], tuple(origins))


def _sort_set(values: frozenset[object]) -> list[str]:
    """Return the values of a selection in an order that is the same in every process."""
    return sorted(map(repr, values))
