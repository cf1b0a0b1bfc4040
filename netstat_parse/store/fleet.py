"""Dumps of a whole fleet as one Parquet dataset, written by many processes on one machine, or with Dask on many.

    from netstat_parse import fleet

    fleet.to_parquet("dumps/", "out/", jobs=0)
    fleet.to_parquet("s3://bucket/dumps/*.txt", "s3://bucket/out", Client("scheduler:8786"))

Files are partitioned into batches, and `write_batch` reads and writes one batch, in any process. The name of a batch is
a hash of its files: if a machine is lost and its batch is repeated, the same files are written again. Files that the
dataset has already are not read again unless they have changed; then their rows are replaced.
"""

from collections.abc import Callable, Generator, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

from netstat_parse import logger
from netstat_parse.inputs.origins import Origin
from netstat_parse.records.selection import Selection
from netstat_parse.records.values import escape_name
from netstat_parse.sources import STATUS_PARSED, STATUS_UNREADABLE, ReadOptions
from netstat_parse.store import parquet
from netstat_parse.store.batches import Batch, Failure, Report, partition, run_batches
from netstat_parse.store.provenance import read_inputs
from netstat_parse.store.storing import find_inputs, store
from netstat_parse.workers.pool import count_workers
from netstat_parse.workers.spawned import open_executor

if TYPE_CHECKING:
    from distributed import Client


def to_parquet(  # noqa: PLR0913 - all but the first three are keywords
    source: str | Iterable[str],
    output: str,
    client: "Client | None" = None,
    *,
    jobs: int = 1,
    encoding: str | None = None,
    system: str | None = None,
    unpack_limit: int | None = None,
    selection: Selection | None = None,
    inputs: int | None = None,
    on_report: Callable[[Report], None] | None = None,
) -> Report:
    """Store inputs in a Parquet dataset, a new one or one that has others already.

    Args:
        source: files, folders and patterns, of this machine or as addresses of fsspec (``s3://bucket/dumps/*.txt``).
        output: the folder of the dataset, or its address. Every worker must reach it by that name.
        client: the Dask cluster whose workers read and write; without one, processes of this machine do.
        jobs: how many processes, 0 for one for each core.
        encoding, system: as for `parse`.
        unpack_limit: maximum unpacked size of an archive in bytes.
        selection: the tables and conditions to keep. Its fields are ignored: records are stored whole.
        inputs: maximum number of files in a batch; the default suits many small files.
        on_report: is called with the report of each batch.

    Only one run may write to a dataset at a time. Runs on one machine check that; runs on several cannot. An input that
    cannot be parsed is listed in the report and in the table `files`; it does not stop the reading of the others.

    Raises:
        OSError: the dataset cannot be written.
        LookupError: there is no such encoding or no such system.
    """
    write = partial(write_dataset, client=client, jobs=jobs, inputs=inputs)
    options = ReadOptions(encoding, system, unpack_limit, selection)
    return store(find_inputs(source, output), output, write, options, on_report)


def write_dataset(  # noqa: PLR0913 - all but the first three are keywords
    origins: Sequence[Origin],
    output: str,
    options: ReadOptions,
    *,
    client: "Client | None" = None,
    jobs: int = 1,
    inputs: int | None = None,
) -> Generator[Report, None, None]:
    """Read files and write their rows, except files that the dataset already has: the first report lists those."""
    dataset = parquet.open_dataset(output)
    with parquet.lock(dataset):
        parquet.remove_unfinished(dataset)
        new, skipped = _find_new(dataset, origins)
        yield skipped
        workers = count_workers(new, jobs) if client is None else sum(client.nthreads().values()) or 1
        batches = list(partition(new, options, workers, inputs))
        yield from _run_batches(batches, partial(write_batch, dataset=dataset, options=options), client, workers)
        parquet.remove_unfinished(dataset)


def _find_new(dataset: parquet.Dataset, origins: Sequence[Origin]) -> tuple[list[Origin], Report]:
    """Return the files to read, and a report of those to skip; rows of files that have changed leave the dataset."""
    stored_files = parquet.find_stored(dataset)
    new: list[Origin] = []
    changed: dict[str, list[str]] = {}
    skipped: list[parquet.StoredFile] = []
    for origin in origins:
        if renamed := _find_renamed(stored_files, origin.path):
            changed.setdefault(renamed.batch, []).extend(renamed.statuses)
        stored = stored_files.get(escape_name(origin.path))
        if stored is None:
            new.append(origin)
        elif origin.size is None or _must_read_again(stored, origin):
            new.append(origin)
            changed.setdefault(stored.batch, []).extend(stored.statuses)
        else:
            skipped.append(stored)
    for batch, sources in changed.items():
        parquet.remove_inputs(dataset, batch, sources)
    logger.info("%d of %d files are done already and are not read again", len(origins) - len(new), len(origins))
    return new, _repeat_report(skipped)


def _find_renamed(stored_files: Mapping[str, parquet.StoredFile], path: str) -> parquet.StoredFile | None:
    r"""Find a file under the name that the first datasets have if it is no UTF-8: ``h\udcffst.txt``."""
    name = path.encode(errors="backslashreplace").decode()
    return None if name == escape_name(path) else stored_files.get(name)


def _must_read_again(stored: parquet.StoredFile, origin: Origin) -> bool:
    """Return whether a file has changed, or could not be read and may be readable now."""
    is_unreadable = any(status.status == STATUS_UNREADABLE for status in stored.statuses.values())
    return is_unreadable or stored.origin[1:] != origin[1:]


def _repeat_report(skipped: Sequence[parquet.StoredFile]) -> Report:
    """Report skipped files as they were reported when they were read."""
    statuses = [item for stored in skipped for item in stored.statuses.items()]
    failures = [
        Failure(name, found.status, found.error or "") for name, found in statuses if found.status != STATUS_PARSED
    ]
    unparsed = [(name, found.unparsed) for name, found in statuses if found.unparsed]
    return Report(skipped=len(skipped), failures=tuple(failures), unparsed=tuple(unparsed))


def _run_batches(
    batches: Sequence[Batch], work: Callable[[Batch], Report], client: "Client | None", workers: int
) -> Iterator[Report]:
    """Return the reports of all batches, in the order in which they are done."""
    if client is None and min(workers, len(batches)) < 2:  # noqa: PLR2004 - a single worker needs no process of its own
        yield from map(work, batches)
    else:
        with (
            client.get_executor(pure=False, retries=2)
            if client
            else open_executor(min(workers, len(batches))) as executor
        ):
            yield from run_batches(executor, work, batches)


def write_batch(batch: Batch, dataset: parquet.Dataset, options: ReadOptions) -> Report:
    """Read the files of a batch, and write its file of each table. A repeated call writes the same files."""
    report = Report(files=len(batch.origins))
    with parquet.BatchWriter(dataset, batch.name) as writer:
        for sourced in read_inputs(batch.origins, options):
            writer.add(sourced)
            report = report.with_file(sourced)
    logger.info("batch %s is complete: %d files", batch.name, report.files)
    return report
