"""A dataset of Parquet files: a folder for each table, and in it a file for each batch of inputs.

    out/connections/part-5f3a….parquet
    out/files/part-5f3a….parquet        written last: then the batch is complete

Files are written in another folder and moved to the dataset when they are complete, so nobody reads half a file. A
batch without a file in ``files`` is left from an interrupted run; the next run removes it. So a query that joins a
table with `files` never sees half a batch.
"""

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, Any, NamedTuple, Self
from uuid import uuid4

import fsspec
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from netstat_parse.inputs.origins import Origin
from netstat_parse.inputs.remote import open_file_system
from netstat_parse.records.database_columns import FILES, list_tables, replace_out_of_range
from netstat_parse.sources import SourcedRows
from netstat_parse.store import arrow

UNFINISHED = ".unfinished"
"""The folder of files that are being written. Engines ignore names that begin with a dot."""

ROW_GROUP_ROWS = 1 << 16
"""Rows of a row group, which are held in memory for each table."""

MAX_HELD_CHARS = 64 << 20
"""Characters of text that are held in memory; with more, rows are written earlier. Hostile lines may be long."""

PREFIX, SUFFIX = "part-", ".parquet"


class Dataset(NamedTuple):
    """A folder of Parquet files, new or existing."""

    fs: Any
    """The file system, from fsspec."""
    root: str

    def path(self, *names: str) -> str:
        """Return the path of a file or folder in the dataset."""
        return "/".join((self.root.rstrip("/"), *names))

    def batch_path(self, table: str, batch: str) -> str:
        """Return the path of a batch's file of a table."""
        return self.path(table, f"{PREFIX}{batch}{SUFFIX}")

    @property
    def is_local(self) -> bool:
        """True if the dataset is in the file system of this machine."""
        return isinstance(self.fs, fsspec.get_filesystem_class("file"))

    def batches(self, table: str) -> list[str]:
        """List the batches that have a file of a table.

        Raises:
            FileExistsError: there is a Parquet file of another program.
        """
        self.fs.invalidate_cache()  # some stores cache folder listings
        folder = self.path(table)
        paths = self.fs.ls(folder, detail=False) if self.fs.isdir(folder) else []
        names = sorted(path.rpartition("/")[2] for path in paths)
        for name in names:
            if name.endswith(SUFFIX) and not name.startswith((PREFIX, ".")):
                raise FileExistsError(f"{folder}/{name}: is no file of the dataset; move it elsewhere")
        return [name.removeprefix(PREFIX).removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX)]


class InputStatus(NamedTuple):
    """The status of an input, from the table `files`."""

    status: str
    error: str | None
    unparsed: int | None
    """Lines that could not be parsed."""


class StoredFile(NamedTuple):
    """A file whose rows the dataset has."""

    origin: Origin
    """Its path, and its size and time when it was read."""
    statuses: dict[str, InputStatus]
    """The status of each input in it, by name: an archive has several."""
    batch: str


def open_dataset(output: str) -> Dataset:
    """Open a dataset, new or existing, given its path or address.

    Raises:
        OSError: the folder cannot be reached, or it contains other files than those of a dataset.
    """
    try:
        fs, root = open_file_system(os.fspath(output))
    except OSError as error:
        raise OSError(f"{output}: {error}") from error
    if fs.isfile(root):
        raise NotADirectoryError(f"{output}: is a file, and a dataset is a folder")
    names = {path.rstrip("/").rpartition("/")[2] for path in fs.ls(root, detail=False)} if fs.isdir(root) else set()
    if names - {*list_tables(), UNFINISHED}:
        raise FileExistsError(f"{output}: contains other files than a dataset; name a new folder")
    return Dataset(fs, root)


@contextmanager
def lock(dataset: Dataset) -> Iterator[None]:
    """Keep other runs on this machine from writing to the same dataset. Remote datasets and Windows have no lock.

    Raises:
        BlockingIOError: another run is writing.
        NotADirectoryError: the path is that of a device, or of a link to nothing.
    """
    try:
        dataset.fs.makedirs(dataset.root, exist_ok=True)
    except FileExistsError as error:
        raise NotADirectoryError(f"{dataset.root}: is no folder, and a dataset is one") from error
    if not dataset.is_local or os.name == "nt":
        yield
        return
    import fcntl

    handle = os.open(dataset.root, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise BlockingIOError(f"{dataset.root}: another run is writing there; wait until it ends") from error
    finally:
        os.close(handle)


def remove_unfinished(dataset: Dataset) -> None:
    """Remove the files that an interrupted run has left."""
    if dataset.fs.exists(dataset.path(UNFINISHED)):
        dataset.fs.rm(dataset.path(UNFINISHED), recursive=True)
    complete = set(dataset.batches(FILES))
    for table in list_tables():
        for batch in dataset.batches(table):
            if batch not in complete:
                dataset.fs.rm_file(dataset.batch_path(table, batch))


def find_stored(dataset: Dataset) -> dict[str, StoredFile]:
    """Return the files whose rows the dataset has, by path."""
    found: dict[str, StoredFile] = {}
    for batch in dataset.batches(FILES):
        names = ["path", "file_size", "modified_at", "source", "status", "error", "lines_unparsed"]
        with _open(dataset, dataset.batch_path(FILES, batch)) as file:
            parquet = pq.ParquetFile(file)
            if not set(names) <= set(parquet.schema_arrow.names):
                path = dataset.batch_path(FILES, batch)
                raise FileExistsError(f"{path}: is no file of the dataset; move it elsewhere")
            rows = parquet.read(names, use_threads=False)  # Arrow's threads may outlive a short process
        for path, size, modified_at, source, *status in zip(*(rows[name].to_pylist() for name in names), strict=True):
            stored = found.setdefault(path, StoredFile(Origin(path, size, modified_at), {}, batch))
            stored.statuses[source] = InputStatus(*status)
    return found


@contextmanager
def _open(dataset: Dataset, path: str) -> Iterator[IO[bytes]]:
    """Open a file of the dataset for reading.

    Raises:
        OSError: it is not a Parquet file.
    """
    try:
        with dataset.fs.open(path, "rb") as file:
            yield file
    except (pa.ArrowInvalid, pa.ArrowKeyError) as error:
        raise OSError(f"{path}: is damaged; remove it and run again to read its inputs again") from error


def remove_inputs(dataset: Dataset, batch: str, sources: Iterable[str]) -> None:
    """Remove the rows of inputs from a batch. `files` comes last, so that an interrupted run does it again."""
    value_set = pa.array(sorted(sources), pa.string())
    for table in list_tables():
        path = dataset.batch_path(table, batch)
        if dataset.fs.exists(path):
            with BatchWriter(dataset, batch) as writer, _open(dataset, path) as file:
                for rows in pq.ParquetFile(file).iter_batches(ROW_GROUP_ROWS, use_threads=False):
                    kept = rows.filter(pc.invert(pc.is_in(rows["source"], value_set)))
                    if kept.num_rows:
                        writer.write(table, kept)
            if not writer.row_counts:
                dataset.fs.rm_file(path)


class BatchWriter:
    """Writes the files of a batch. They appear in the dataset when the `with` ends without an error."""

    def __init__(self, dataset: Dataset, batch: str) -> None:
        self.dataset = dataset
        self.batch = batch
        self.row_counts: dict[str, int] = {}
        """Rows written to each table."""
        self._folder = dataset.path(UNFINISHED, f"{batch}-{uuid4().hex}")
        self._open: dict[str, tuple[IO[bytes], pq.ParquetWriter]] = {}
        self._buffers: dict[str, arrow.RowBuffer] = {}
        self._held_chars = 0

    def __enter__(self) -> Self:
        self.dataset.fs.makedirs(self._folder, exist_ok=True)
        return self

    def add(self, sourced: SourcedRows) -> None:
        """Add rows of an input; they are held until there are enough for a row group."""
        for rows in replace_out_of_range(sourced.rows, arrow.get_bounds(sourced.rows.kind)):
            buffer = self._buffers.setdefault(rows.kind, arrow.RowBuffer(rows.kind))
            buffer.add(sourced.source, rows)
            self._held_chars += sum(
                len(text) for column in rows.columns.values() for text in column if type(text) is str
            )
            if buffer.count >= ROW_GROUP_ROWS:
                self.write(rows.kind, buffer.flush())
        if self._held_chars > MAX_HELD_CHARS:
            self.flush()

    def flush(self) -> None:
        """Write the rows that are held."""
        for table, buffer in self._buffers.items():
            if buffer.count:
                self.write(table, buffer.flush())
        self._held_chars = 0

    def write(self, table: str, rows: pa.RecordBatch) -> None:
        """Write rows as a row group."""
        if table not in self._open:
            file = self.dataset.fs.open(self._path(table), "wb")
            self._open[table] = file, pq.ParquetWriter(file, rows.schema, compression="zstd")
        self._open[table][1].write_batch(rows)
        self.row_counts[table] = self.row_counts.get(table, 0) + rows.num_rows

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            if kind is None:
                self.flush()
                self._close()
                self._publish()
        finally:
            self._abandon()
            with suppress(OSError):
                self.dataset.fs.rm(self._folder, recursive=True)

    def _close(self) -> None:
        for file, writer in self._open.values():
            writer.close()
            if self.dataset.is_local:  # the content must be on the disk before the name is
                file.flush()
                with suppress(OSError):  # some file systems cannot
                    os.fsync(file.fileno())
            file.close()

    def _abandon(self) -> None:
        """Close what is still open: after an error nothing more is written."""
        for file, writer in self._open.values():
            writer.is_open = False  # else it would write a footer when it is collected
            with suppress(OSError):
                file.close()

    def _publish(self) -> None:
        for table in sorted(self.row_counts, key=list_tables().index):  # `files` is the last
            target = self.dataset.batch_path(table, self.batch)
            self.dataset.fs.makedirs(self.dataset.path(table), exist_ok=True)
            if self.dataset.is_local:
                Path(self._path(table)).replace(target)
                _sync_folder(self.dataset.path(table))
            else:
                self.dataset.fs.mv(self._path(table), target)

    def _path(self, table: str) -> str:
        return f"{self._folder}/{table}{SUFFIX}"


def _sync_folder(path: str) -> None:
    with suppress(OSError):  # Windows cannot open a folder
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
