"""Read inputs one after the other: printing, storing and `netstat_parse.rows` all do it through this module.

An input that cannot be read does not stop the others. It is a `Failure`, whose status and message are the same wherever
it is reported.
"""

from collections.abc import Generator, Iterable, Iterator, Mapping
from typing import IO, TYPE_CHECKING, NamedTuple, cast

from netstat_parse.errors import NetstatParseError
from netstat_parse.inputs.archives import BombError
from netstat_parse.inputs.origins import STANDARD_INPUT, Content, Origin, Unreadable, describe_error
from netstat_parse.inputs.streams import open_bytes, open_inputs
from netstat_parse.reading.pipeline import Reading
from netstat_parse.records.diagnostics import diagnostic_row
from netstat_parse.records.rows import Rows
from netstat_parse.records.values import legible

if TYPE_CHECKING:
    import io

    from netstat_parse.decode.text import Source
    from netstat_parse.records.selection import Selection

STATUS_PARSED, STATUS_NO_TABLE, STATUS_UNREADABLE = "parsed", "no-table", "unreadable"
"""How the reading of an input ended: the values of `status` in the table `files`."""


class ReadOptions(NamedTuple):
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


class Failure(NamedTuple):
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


class FileDigest(NamedTuple):
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
        name = None if origin.path == STANDARD_INPUT else label
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
        return self._data.digest if isinstance(self._data, _DigestedFile) else None

    def rows(self) -> Iterator[Rows]:
        """Read the records in blocks; after an error those that were read before it, and their snapshot.

        Raises:
            FailedInputError: the input cannot be read or contains no netstat table. That includes every error of the
                parser: a bug that one input triggers must not stop the reading of thousands.
        """
        try:
            yield from self.reading.rows()
        except NetstatParseError as error:
            raise FailedInputError(Failure(self.label, self.origin, STATUS_NO_TABLE, error.message)) from error
        except Exception as error:
            yield from self.reading.end_early()
            is_bomb = isinstance(error, BombError)
            failure = Failure(self.label, self.origin, STATUS_UNREADABLE, describe_error(error), is_bomb)
            raise FailedInputError(failure) from error


class _DigestedFile:
    """A file whose bytes are counted and hashed while they are read."""

    def __init__(self, file: IO[bytes]) -> None:
        import hashlib  # only storing needs it

        self.read = cast("io.BufferedReader", file).read1
        self._size = 0
        self._hash = hashlib.sha256()

    @property
    def digest(self) -> FileDigest:
        return FileDigest(self._size, self._hash.hexdigest())

    def read1(self, size: int, /) -> bytes:
        """Read up to `size` bytes: as many as one system call returns."""
        data = self.read(size)
        self._size += len(data)
        self._hash.update(data)
        return data


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
            data: Source = _DigestedFile(found.file) if with_digest else found.file
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
        source = legible(found.label)
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
            yield SourcedRows(legible(failed.label), diagnostic_row(failed.status, legible(failed.message)))
    return failure
