"""A dataset of Parquet files: a folder for each table, and in each a file for every part.

    out/connections/part-5f3a….parquet
    out/files/part-5f3a….parquet        written last: with it the part is whole

A part is what was read of some inputs. Its files are written elsewhere and moved to their places when they are whole;
what has no file in ``files`` is left of a run that was ended, and is removed by the next one. So nobody ever sees half
a file, and who asks `files` sees no half a part.
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
from netstat_parse.inputs.remote import file_system
from netstat_parse.records.columns import FILES, replace_out_of_range, tables
from netstat_parse.store import arrow
from netstat_parse.store.provenance import SourcedRows

UNFINISHED = ".unfinished"
"""The folder of what is being written; engines pass over names with a dot."""


ROWS = 1 << 16
"""Rows of a row group, which are held in memory for each table."""


HELD = 64 << 20
"""Characters of text after which rows are written, however few they are: hostile lines may be long."""


PREFIX, SUFFIX = "part-", ".parquet"


class Place(NamedTuple):
    """Where a dataset lies."""

    fs: Any
    """The file system, as fsspec has it."""
    root: str

    def path(self, *names: str) -> str:
        """The path of what lies in it."""
        return "/".join((self.root.rstrip("/"), *names))

    def part(self, table: str, part: str) -> str:
        """The path of a part's file of a table."""
        return self.path(table, f"{PREFIX}{part}{SUFFIX}")

    @property
    def is_local(self) -> bool:
        """Whether it lies in the file system of this machine."""
        return isinstance(self.fs, fsspec.get_filesystem_class("file"))

    def parts(self, table: str) -> list[str]:
        """The parts that have a file of a table."""
        self.fs.invalidate_cache()  # some stores remember what was there
        folder = self.path(table)
        paths = self.fs.ls(folder, detail=False) if self.fs.isdir(folder) else []
        names = (path.rpartition("/")[2] for path in paths)
        return sorted(name.removeprefix(PREFIX).removesuffix(SUFFIX) for name in names if name.endswith(SUFFIX))


class Fate(NamedTuple):
    """What became of an input."""

    status: str
    error: str | None
    unparsed: int | None
    """Lines that could not be read."""


class Known(NamedTuple):
    """A file that the dataset has."""

    origin: Origin
    statuses: dict[str, Fate]
    """What became of each input in it, and why; by the input's name."""
    part: str


def at(output: str) -> Place:
    """The place that a path or an address means.

    Raises:
        OSError: there is no such place, or something else is there.
    """
    fs, root = file_system(os.fspath(output))
    place = Place(fs, root)
    if fs.isfile(root):
        raise NotADirectoryError(f"{output}: is a file, and a dataset is a folder")
    names = {path.rstrip("/").rpartition("/")[2] for path in fs.ls(root, detail=False)} if fs.isdir(root) else set()
    if names - {*tables(), UNFINISHED}:
        raise FileExistsError(f"{output}: holds other things than a dataset; name a new folder")
    return place


@contextmanager
def locked(place: Place) -> Iterator[None]:
    """Keep other runs on this machine from writing there.

    Raises:
        BlockingIOError: one does.
    """
    place.fs.makedirs(place.root, exist_ok=True)
    if not place.is_local or os.name == "nt":
        yield
        return
    import fcntl

    handle = os.open(place.root, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise BlockingIOError(f"{place.root}: another run writes there; wait for it to end") from error
    finally:
        os.close(handle)


def tidy(place: Place) -> None:
    """Remove what a run has left that was ended."""
    if place.fs.exists(place.path(UNFINISHED)):
        place.fs.rm(place.path(UNFINISHED), recursive=True)
    whole = set(place.parts(FILES))
    for table in tables():
        for part in place.parts(table):
            if part not in whole:
                place.fs.rm_file(place.part(table, part))


def known(place: Place) -> dict[str, Known]:
    """The files that the dataset has, by path."""
    found: dict[str, Known] = {}
    for part in place.parts(FILES):
        names = ["path", "file_size", "modified_at", "source", "status", "error", "lines_unparsed"]
        with _opened(place, place.part(FILES, part)) as file:
            rows = pq.ParquetFile(file).read(names, use_threads=False)  # threads of Arrow's may outlive a short process
        for path, size, modified_at, source, *fate in zip(*(rows[name].to_pylist() for name in names), strict=True):
            entry = found.setdefault(path, Known(Origin(path, size, modified_at), {}, part))
            entry.statuses[source] = Fate(*fate)
    return found


@contextmanager
def _opened(place: Place, path: str) -> Iterator[IO[bytes]]:
    """A file of the dataset, to be read.

    Raises:
        OSError: it is no Parquet.
    """
    try:
        with place.fs.open(path, "rb") as file:
            yield file
    except (pa.ArrowInvalid, pa.ArrowKeyError) as error:
        raise OSError(f"{path}: is damaged; remove it and run again, and its inputs are read anew") from error


def drop(place: Place, part: str, sources: Iterable[str]) -> None:
    """Take inputs out of a part. `files` comes last, so that one who is interrupted does it again."""
    value_set = pa.array(sorted(sources), pa.string())
    for table in tables():
        path = place.part(table, part)
        if place.fs.exists(path):
            with Writer(place, part) as writer, _opened(place, path) as file:
                for batch in pq.ParquetFile(file).iter_batches(ROWS, use_threads=False):
                    kept = batch.filter(pc.invert(pc.is_in(batch["source"], value_set)))
                    if kept.num_rows:
                        writer.write(table, kept)
            if not writer.written:
                place.fs.rm_file(path)


class Writer:
    """Writes a part: what is added stands in its place when the `with` ends without an error."""

    def __init__(self, place: Place, part: str) -> None:
        self.place = place
        self.part = part
        self.written: dict[str, int] = {}
        """The rows of each table."""
        self._folder = place.path(UNFINISHED, f"{part}-{uuid4().hex}")
        self._open: dict[str, tuple[IO[bytes], pq.ParquetWriter]] = {}
        self._buffers: dict[str, arrow.Buffer] = {}
        self._held = 0

    def __enter__(self) -> Self:
        self.place.fs.makedirs(self._folder, exist_ok=True)
        return self

    def add(self, taken: SourcedRows) -> None:
        """Take rows of an input."""
        for rows in replace_out_of_range(taken.rows, arrow.bounds(taken.rows.kind)):
            buffer = self._buffers.setdefault(rows.kind, arrow.Buffer(rows.kind))
            buffer.add(taken.source, rows)
            self._held += sum(len(text) for column in rows.columns.values() for text in column if type(text) is str)
            if buffer.count >= ROWS:
                self.write(rows.kind, buffer.take())
        if self._held > HELD:
            self.flush()

    def flush(self) -> None:
        """Write what waits for more."""
        for table, buffer in self._buffers.items():
            if buffer.count:
                self.write(table, buffer.take())
        self._held = 0

    def write(self, table: str, batch: pa.RecordBatch) -> None:
        """Write rows as a row group."""
        if table not in self._open:
            file = self.place.fs.open(self._path(table), "wb")
            self._open[table] = file, pq.ParquetWriter(file, batch.schema, compression="zstd")
        self._open[table][1].write_batch(batch)
        self.written[table] = self.written.get(table, 0) + batch.num_rows

    def __exit__(self, kind: object, *_: object) -> None:
        try:
            if kind is None:
                self.flush()
                self._close()
                self._publish()
        finally:
            self._abandon()
            with suppress(OSError):
                self.place.fs.rm(self._folder, recursive=True)

    def _close(self) -> None:
        for file, writer in self._open.values():
            writer.close()
            _sync(file)
            file.close()

    def _abandon(self) -> None:
        """Give up what is not closed yet, since nothing more can or need be written."""
        for file, writer in self._open.values():
            writer.is_open = False  # else it would write its end when it is collected
            with suppress(OSError):
                file.close()

    def _publish(self) -> None:
        for table in sorted(self.written, key=tables().index):  # of which `files` is the last
            target = self.place.part(table, self.part)
            self.place.fs.makedirs(self.place.path(table), exist_ok=True)
            if self.place.is_local:
                Path(self._path(table)).replace(target)
                _sync_folder(self.place.path(table))
            else:
                self.place.fs.mv(self._path(table), target)

    def _path(self, table: str) -> str:
        return f"{self._folder}/{table}{SUFFIX}"


def _sync(file: IO[bytes]) -> None:
    """See to it that the bytes are on the disk before the name is, where it is a disk of ours."""
    with suppress(OSError, AttributeError, ValueError):
        file.flush()
        os.fsync(file.fileno())


def _sync_folder(path: str) -> None:
    with suppress(OSError):  # not on Windows
        handle = os.open(path, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
