"""A work on many inputs, divided into parts, each of which is done by one process of whichever machine."""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from itertools import chain
from typing import NamedTuple

from netstat_parse._version import __version__
from netstat_parse.inputs.origins import STANDARD_INPUT, Origin
from netstat_parse.records.columns import FILES
from netstat_parse.store.pool import core_count
from netstat_parse.store.provenance import PARSED, ReadOptions, SourcedRows

INPUTS = 2_000
"""Inputs of a part at most: what a run that is ended has to do again."""


BYTES = 256 << 20
"""Bytes of the inputs of a part, as far as it has more than one."""


AHEAD = 1_000
"""Parts that are handed out before any is done."""


class Batch(NamedTuple):
    """Some inputs, which are read together."""

    name: str
    origins: tuple[Origin, ...]


class Failure(NamedTuple):
    """An input that could not be parsed."""

    source: str
    status: str
    """no-table or unreadable."""
    error: str


class Report(NamedTuple):
    """What came of a part, or of all of them."""

    files: int = 0
    """Files that were read."""
    skipped: int = 0
    """Files that the dataset had already."""
    failures: tuple[Failure, ...] = ()
    unparsed: tuple[tuple[str, int], ...] = ()
    """Inputs with lines that could not be read, and how many."""

    def plus(self, other: "Report") -> "Report":
        """Both together."""
        return Report(
            self.files + other.files,
            self.skipped + other.skipped,
            self.failures + other.failures,
            self.unparsed + other.unparsed,
        )


def jobs_for(files: Iterable[Origin], jobs: int) -> int:
    """How many processes are to read them; standard input is one process's only."""
    return 1 if any(file.path == STANDARD_INPUT for file in files) else jobs or core_count()


def completed(executor: Executor, work: Callable[[Batch], Report], parts: Iterable[Batch]) -> Iterator[Report]:
    """Have all parts done, and give their reports as they are."""
    waiting: set[Future[Report]] = set()
    try:
        for part in chain(parts, [None]):
            while waiting and (part is None or len(waiting) >= AHEAD):
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                yield from (future.result() for future in done)
            if part:
                waiting.add(executor.submit(work, part))
    finally:
        for future in waiting:
            future.cancel()


def partition(
    files: Sequence[Origin], how: ReadOptions, workers: int = 1, inputs: int | None = None
) -> Iterator[Batch]:
    """The parts of a work: as large as memory and time allow, and as many for each of the workers."""
    rounds = -(-len(files) // (INPUTS * workers)) or 1
    most = inputs or -(-len(files) // (workers * rounds))
    some: list[Origin] = []
    size = 0
    for file in files:
        if some and (len(some) >= most or size + (file.size or 0) > BYTES):
            yield _part(some, how)
            some, size = [], 0
        some.append(file)
        size += file.size or 0
    if some:
        yield _part(some, how)


def _part(files: list[Origin], how: ReadOptions) -> Batch:
    """A part, called by what it is read from, so that it has the same name whoever writes it."""
    text = json.dumps([__version__, how, files], default=_in_order)  # escapes what no encoding can write
    return Batch(hashlib.sha256(text.encode()).hexdigest()[:16], tuple(files))


def _in_order(values: frozenset[object]) -> list[str]:
    """What is chosen, in the same order in every process."""
    return sorted(map(repr, values))


def with_file(report: Report, some: SourcedRows) -> Report:
    """The report with what a row of `files` says."""
    if some.rows.kind != FILES:
        return report
    row = {name: column[0] for name, column in some.rows.columns.items()}
    if row["status"] != PARSED:
        report = report._replace(failures=(*report.failures, Failure(some.source, row["status"], row["error"])))
    if row.get("lines_unparsed"):
        report = report._replace(unparsed=(*report.unparsed, (some.source, row["lines_unparsed"])))
    return report
