"""Dumps of a whole fleet as one Parquet dataset, written by many processes, on one machine or with Dask on many.

    from netstat_parse import fleet

    fleet.to_parquet("dumps/", "out/", jobs=0)
    fleet.to_parquet("s3://bucket/dumps/*.txt", "s3://bucket/out", Client("scheduler:8786"))

The inputs are divided into parts; each is read and written by one call of `write_part`, in whatever process. A part is
called by its inputs, so a call that is made again, since a machine was lost, writes the same files again. What the
dataset has is not read again, unless it has changed since; then it is replaced.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from typing import TYPE_CHECKING

from netstat_parse import logger
from netstat_parse.inputs.origins import Origin
from netstat_parse.inputs.remote import find_origins
from netstat_parse.reading.pipeline import Reading
from netstat_parse.records.selection import Selection
from netstat_parse.store import parquet
from netstat_parse.store.batches import Batch, Failure, Report, completed, jobs_for, partition, with_file
from netstat_parse.store.pool import process_pool
from netstat_parse.store.provenance import PARSED, UNREADABLE, ReadOptions, legible, read_file

if TYPE_CHECKING:
    from distributed import Client


def to_parquet(  # noqa: PLR0913 - all but the first three go by their names
    source: str | Iterable[str],
    output: str,
    client: "Client | None" = None,
    *,
    jobs: int = 1,
    encoding: str | None = None,
    system: str | None = None,
    unpack_limit: int | None = None,
    choice: Selection | None = None,
    inputs: int | None = None,
    told: Callable[[Report], None] | None = None,
) -> Report:
    """Write what all inputs hold as one dataset, or add to it what it does not have.

    Args:
        source: files, folders and patterns, of this machine or as addresses of fsspec (``s3://bucket/dumps/*.txt``).
        output: the dataset's folder, also as an address. All who work on it must reach it by that name.
        client: of the Dask cluster that does the work; without one, processes of this machine do.
        jobs: how many processes, 0 for one for each core.
        encoding, system: as of `parse`.
        unpack_limit: bytes that an archive may unpack to.
        choice: the tables that are wanted, and what has to hold of their records; whole records all the same.
        inputs: how many files to read together at most; the default suits many small ones.
        told: is called with the report of each part.

    Only one run may write to a place at a time; runs of one machine see to that themselves. An input that cannot be
    parsed is in the report and in the table `files`, and the others are read all the same.

    Raises:
        OSError: the dataset cannot be written.
        LookupError: there is no such encoding or no such system.
    """
    how = ReadOptions(encoding, system, unpack_limit, choice)
    Reading(b"", encoding=encoding, system=system)  # raises what would be wrong with every input
    place = parquet.at(output)
    total = Report()
    with parquet.locked(place):
        parquet.tidy(place)
        todo, had = _todo(place, find_origins(source))
        workers = jobs_for(todo, jobs) if client is None else sum(client.nthreads().values()) or 1
        parts = list(partition(todo, how, workers, inputs))
        for report in chain([had], _done(parts, partial(write_part, place=place, how=how), client, workers)):
            if told:
                told(report)
            total = total.plus(report)
        parquet.tidy(place)
    return total


def _as_before(known: parquet.Known) -> Report:
    """What was told of a file when it was read, which is still true."""
    fates = known.statuses.items()
    failures = (Failure(name, fate.status, fate.error or "") for name, fate in fates if fate.status != PARSED)
    unparsed = ((name, fate.unparsed) for name, fate in fates if fate.unparsed)
    return Report(skipped=1, failures=tuple(failures), unparsed=tuple(unparsed))


def _has_changed(known: parquet.Known, file: Origin) -> bool:
    """Whether a file is another than it was, or may be readable now though it was not."""
    return known.origin[1:] != file[1:] or any(why.status == UNREADABLE for why in known.statuses.values())


def _todo(place: parquet.Place, wanted: Sequence[Origin]) -> tuple[list[Origin], Report]:
    """What is to be read, and a report of what need not be; what has changed leaves the dataset."""
    known = parquet.known(place)
    todo: list[Origin] = []
    stale: dict[str, list[str]] = {}
    had: list[Report] = []
    for file in wanted:
        has = known.get(legible(file.path))
        if has is None:
            todo.append(file)
        elif file.size is None or _has_changed(has, file):
            todo.append(file)
            stale.setdefault(has.part, []).extend(has.statuses)
        else:
            had.append(_as_before(has))
    for part, sources in stale.items():
        parquet.drop(place, part, sources)
    logger.info("%d of %d files are done already and are not read again", len(wanted) - len(todo), len(wanted))
    failures = tuple(failure for report in had for failure in report.failures)
    return todo, Report(0, len(had), failures, tuple(some for report in had for some in report.unparsed))


def _done(
    parts: Sequence[Batch], work: Callable[[Batch], Report], client: "Client | None", workers: int
) -> Iterator[Report]:
    """The reports of all parts, as they are done."""
    if client is None and min(workers, len(parts)) < 2:  # noqa: PLR2004 - one does not need a process of its own
        yield from map(work, parts)
    else:
        with (
            client.get_executor(pure=False, retries=2) if client else process_pool(min(workers, len(parts))) as executor
        ):
            yield from completed(executor, work, parts)


def write_part(part: Batch, place: parquet.Place, how: ReadOptions) -> Report:
    """Read the inputs of a part, write its files, and say what came of it. Doing it again changes nothing."""
    report = Report(files=len(part.origins))
    with parquet.Writer(place, part.name) as writer:
        for file in part.origins:
            for some in read_file(file, how):
                writer.add(some)
                report = with_file(report, some)
    logger.info("part %s is whole: %d files", part.name, report.files)
    return report
