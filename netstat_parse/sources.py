"""Read inputs one after the other: printing, storing and `netstat_parse.rows` all do it through this module.

An input that cannot be read does not stop the others. It is a `Failure`, whose status and message are the same wherever
it is reported.
"""

from collections.abc import Generator, Iterable, Iterator, Mapping
from typing import IO, TYPE_CHECKING, Any, NamedTuple, cast

from netstat_parse.errors import NetstatParseError
from netstat_parse.inputs.archives import BombError
from netstat_parse.inputs.origins import STANDARD_INPUT, Content, Origin, Unreadable, describe_error
from netstat_parse.inputs.streams import open_bytes, open_inputs
from netstat_parse.named_fields import NamedFields
from netstat_parse.reading.pipeline import Reading
from netstat_parse.records.diagnostics import diagnostic_row
from netstat_parse.records.rows import Rows
from netstat_parse.records.values import escape_name, legible

if TYPE_CHECKING:
    import io

    from netstat_parse.decode.text import Source
    from netstat_parse.reading.early_blocks import Encode
    from netstat_parse.reading.early_rows import ChangeSnapshot
    from netstat_parse.records.selection import Selection
    from netstat_parse.workers.tasks import Pool

MAX_HELD_BYTES = 1 << 16
"""Bytes of a line that are held until its end is read."""

STATUS_PARSED, STATUS_NO_TABLE, STATUS_UNREADABLE = "parsed", "no-table", "unreadable"
"""The outcome of reading an input: the values of `status` in the table `files`."""


class ReadOptions(NamedFields):
    """Options for reading inputs, and the selection of their rows."""

    encoding: str | None = None
    system: str | None = None
    unpack_limit: int | None = None
    """Maximum unpacked size of an archive in bytes; None for the defaults."""
    selection: "Selection | None" = None
    """The tables and conditions to keep; None for all rows."""

    def check(self) -> None:
        """Check the options that are wrong for every input if they are wrong.

        Raises:
            LookupError: the encoding or the system is unknown.
        """
        Reading(b"", encoding=self.encoding, system=self.system)


class Failure(NamedFields):
    """An input that could not be read, or contains no netstat table."""

    label: str
    """The path, or ``archive.zip:path/in/it``."""
    origin: Origin
    status: str
    """`STATUS_NO_TABLE` or `STATUS_UNREADABLE`."""
    message: str
    is_bomb: bool = False
    """True if the archive unpacks to more than is allowed: no other file of it is read."""

    @property
    def archive(self) -> "Failure | None":
        """The failure of the whole archive, if that is why one of its files could not be read."""
        return self._replace(label=self.origin.path) if self.is_bomb and self.label != self.origin.path else None


class FailedInputError(Exception):
    """Raised at the end of the rows of an input that failed."""

    def __init__(self, failure: Failure) -> None:
        """Wrap the failure, which has all facts."""
        super().__init__(failure.message)
        self.failure = failure


class FileDigest(NamedFields):
    """Size and hash of the bytes that were read."""

    size: int
    sha256: str


class InputReading:
    """An input that is being read."""

    def __init__(
        self, label: str, origin: Origin, data: "Source", options: ReadOptions, *, is_member: bool = False
    ) -> None:
        """Prepare to read.

        Args:
            label: the path, or ``archive.zip:path/in/it``.
            origin: the file.
            data: the content.
            options: how to read it.
            is_member: true for a file in a zip or tar, which may hold several.

        Raises:
            LookupError: the encoding or the system is unknown.
        """
        self.label = label
        self.origin = origin
        self.is_member = is_member
        self._data = data
        name = None if origin.path == STANDARD_INPUT else escape_name(label)
        self.reading = Reading(data, name=name, encoding=options.encoding, system=options.system)

    @property
    def name(self) -> str | None:
        """The name of the input; None for standard input."""
        return self.reading.name

    @property
    def lines(self) -> Mapping[str, int]:
        """The number of lines by outcome, and their total; final after the last row."""
        return self.reading.lines

    @property
    def digest(self) -> FileDigest | None:
        """Size and hash of the bytes that were read; None if nobody asked for them."""
        return self._data.digest if isinstance(self._data, _InputFile) else None

    def use_workers(self, pool: "Pool", processes: int, encode: "Encode", change_snapshot: "ChangeSnapshot") -> None:
        """Let worker processes examine text and encode rows in advance: then `EncodedRows` are among the rows."""
        from netstat_parse.reading.early_rows import RowWorkers  # only workers need it

        self.reading.row_workers = RowWorkers(pool, processes, encode, change_snapshot)

    def rows(self) -> Iterator[Rows]:
        """Read the records in blocks; after an error those that were read before it, and their snapshot.

        Raises:
            FailedInputError: the input cannot be read or contains no netstat table. That includes every error of the
                parser: a bug that one input triggers must not stop the reading of thousands.
        """
        try:
            yield from self.reading.rows()
        except NetstatParseError as error:
            self._raise_read_error()
            raise FailedInputError(Failure(self.label, self.origin, STATUS_NO_TABLE, error.message)) from error
        except Exception as error:
            yield from self.reading.end_early()
            raise self._failed(error) from error
        self._raise_read_error()

    def describe_snapshot(self, index: int) -> Mapping[str, Any]:
        """Return the known fields of a snapshot that is being read; its record follows only at its end."""
        return self.reading.describe_snapshot(index)

    def _raise_read_error(self) -> None:
        error = self._data.error if isinstance(self._data, _InputFile) else None
        if error:
            raise self._failed(error) from error

    def _failed(self, error: Exception) -> FailedInputError:
        is_bomb = isinstance(error, BombError)
        return FailedInputError(Failure(self.label, self.origin, STATUS_UNREADABLE, describe_error(error), is_bomb))


class _InputFile:
    """A file that ends at its first error, so that all lines before it are read, and hashes its bytes."""

    def __init__(self, file: IO[bytes], *, with_digest: bool) -> None:
        self.error: Exception | None = None
        """Why not all of it could be read."""
        self._read = cast("io.BufferedReader", file).read1
        self._line = b""
        """The beginning of the last line, unless it is long. After an error it is dropped: a cut row may have wrong
        values."""
        self._size = 0
        self._hash = None
        if with_digest:
            import hashlib  # only storing needs it

            self._hash = hashlib.sha256()

    @property
    def digest(self) -> FileDigest | None:
        return FileDigest(self._size, self._hash.hexdigest()) if self._hash else None

    def read1(self, size: int, /) -> bytes:
        """Read as many bytes as one system call returns, up to the end of a line; no byte at the end or an error.

        They are not more than `size` with the beginning of a line that was read before: more would be two blocks.
        """
        while not self.error:
            try:
                data = self._read(max(size - len(self._line), 1))
            except Exception as error:  # noqa: BLE001 - of a disk or an archive; `InputReading.rows` raises it
                self.error = error
                break
            if self._hash:
                self._size += len(data)
                self._hash.update(data)
            begun, self._line = self._line, b""
            end = _find_line_end(data)
            if end:
                self._line = data[end:]
                return begun + data[:end]
            if not data or len(begun) + len(data) > MAX_HELD_BYTES:
                return begun + data
            self._line = begun + data
        return b""

    read = read1


def _find_line_end(data: bytes) -> int:
    """Return the offset behind the last line; with the other half of a line feed in UTF-16."""
    end = data.rfind(b"\n") + 1
    return end + 1 if end and data[end : end + 1] == b"\0" else end


def read_files(
    origins: Iterable[Origin], options: ReadOptions, *, with_digest: bool = False
) -> Iterator[InputReading | Failure]:
    """Open files, and each file in an archive. Read the rows of one before asking for the next.

    Args:
        origins: the files.
        options: how to read them.
        with_digest: count and hash the bytes that are read.

    Raises:
        LookupError: the encoding or the system is unknown.
    """
    return _open_readings(open_inputs(origins, options.unpack_limit), options, with_digest=with_digest)


def read_data(
    data: bytes | str, name: str, options: ReadOptions, *, with_digest: bool = False
) -> Iterator[InputReading | Failure]:
    """Open text, or bytes as if they were the file of that name, which may be an archive; otherwise as `read_files`."""
    if isinstance(data, str):
        return iter([InputReading(name, Origin(name), data, options)])
    return _open_readings(open_bytes(data, name, options.unpack_limit), options, with_digest=with_digest)


def _open_readings(
    contents: Iterable[Content | Unreadable], options: ReadOptions, *, with_digest: bool
) -> Iterator[InputReading | Failure]:
    for found in contents:
        if isinstance(found, Unreadable):
            yield Failure(found.name, found.origin, STATUS_UNREADABLE, describe_error(found.error))
        else:
            data = _InputFile(found.file, with_digest=with_digest)
            yield InputReading(found.name, found.origin, data, options, is_member=found.is_member)


class SourcedRows(NamedTuple):
    """Rows of one input."""

    source: str
    rows: Rows


def read_selected_rows(
    found: InputReading | Failure, selection: "Selection | None" = None
) -> Generator[SourcedRows, None, Failure | None]:
    """Read the selected rows of an input, and return its failure, if it fails. That is a diagnostic, too."""
    failure = found if isinstance(found, Failure) else None
    if isinstance(found, InputReading):
        source = escape_name(found.label)
        rows = found.rows()
        if selection is not None:
            from netstat_parse.records.selection import select

            rows = select(rows, selection, found.label)
        try:
            for block in rows:
                yield SourcedRows(source, block)
        except FailedInputError as error:
            failure = error.failure
    for failed in (failure, failure and failure.archive):
        if failed:
            yield SourcedRows(escape_name(failed.label), diagnostic_row(failed.status, legible(failed.message)))
    return failure
