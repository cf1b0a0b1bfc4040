"""Read gzip, bzip2, xz, zip and tar archives without unpacking them to disk.

An archive is recognized by its first bytes, whatever its name, and archives may contain archives: a zip of ``.gz``
files. The unpacked size is limited, so that a small archive cannot fill the memory (a "zip bomb").
"""

import io
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, NoReturn

from netstat_parse.inputs.decompress import ByteStream, Codec, Decompressed, bzip2_codec, gzip_codec, xz_codec
from netstat_parse.inputs.origins import Content, Origin, Unreadable

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

    from netstat_parse.inputs.tar import Member


MAX_UNPACKED_BYTES = 4 << 30
"""Maximum unpacked size of an archive, unless the caller sets a limit."""

MAX_RATIO = 200
"""Maximum ratio of an archive's unpacked size to its size. Logs shrink to a twentieth, a bomb to a thousandth."""

MIN_BOMB_BYTES = 16 << 20
"""Bytes up to which the ratio is not checked: the same table printed many times packs well too."""

MAX_OVERLAP = 8
"""Maximum ratio of the packed bytes read to the size of a zip. Its members overlap only if it is damaged or hostile."""

MIN_OVERLAP_BYTES = 1 << 20
"""Bytes up to which the overlap is not checked."""

MAX_DEPTH = 4
"""Maximum depth of archives in archives."""

HOW_TO_ALLOW = "--unpack-limit allows more"

BUFFER_BYTES = 1 << 16

_ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06")

_CODECS: dict[bytes, Callable[[], Codec]] = {b"\x1f\x8b": gzip_codec, b"BZh": bzip2_codec, b"\xfd7zXZ\0": xz_codec}
"""The decompressors by the first bytes of a file."""

_TAR_MAGIC = slice(257, 262)


class PackedError(OSError):
    """An archive, or a file in it, that cannot be read."""


class BombError(PackedError):
    """An archive that unpacks to more than is allowed."""


def unpack(origin: Origin, file: io.BufferedReader, size: int, limit: int | None) -> Iterator[Content | Unreadable]:
    """Open the files in an archive one after the other; a file that is no archive is yielded unchanged.

    Args:
        origin: where the file is from; its path is the name, or the prefix of the names in an archive.
        file: the open file.
        size: its bytes; 0 if unknown, as for a pipe.
        limit: maximum unpacked size in bytes; None for the defaults.

    Raises:
        OSError: the archive as a whole cannot be read. A broken file in it is an `Unreadable`, and the others follow.
    """
    return _Unpacker(origin, _Budget(size, limit)).open(origin.path, file, MAX_DEPTH)


class _Budget:
    """Unpacked size of an archive so far, and its limits."""

    def __init__(self, packed_bytes: int, limit: int | None) -> None:
        self.packed_bytes = packed_bytes
        self.limit = limit
        self.suspicious_bytes = max(MIN_BOMB_BYTES, MAX_RATIO * packed_bytes)
        self.unpacked_bytes = 0
        self.overlap_bytes_left = max(MIN_OVERLAP_BYTES, MAX_OVERLAP * packed_bytes)
        self.is_exceeded = False

    def spend(self, size: int) -> None:
        """Count unpacked bytes.

        Raises:
            BombError: there are too many.
        """
        self.unpacked_bytes += size
        if self.unpacked_bytes > (MAX_UNPACKED_BYTES if self.limit is None else self.limit):
            self._refuse(f"unpacks to more than {self.unpacked_bytes >> 20} MiB: refused; {HOW_TO_ALLOW}")
        if self.limit is None and self.packed_bytes and self.unpacked_bytes > self.suspicious_bytes:
            self._refuse(f"unpacks to more than {MAX_RATIO} times its size: refused as a bomb; {HOW_TO_ALLOW}")

    def spend_packed(self, size: int) -> None:
        """Count packed bytes of a zip.

        Raises:
            BombError: they are so many that its members overlap.
        """
        self.overlap_bytes_left -= size
        if self.overlap_bytes_left < 0 and self.packed_bytes:
            self._refuse("its members overlap: refused as a bomb")

    def _refuse(self, message: str) -> NoReturn:
        self.is_exceeded = True
        raise BombError(message)


class _UnpackedFile(io.RawIOBase):
    """A file that is unpacked while it is read, and spends a budget."""

    def __init__(self, file: ByteStream, budget: _Budget | None) -> None:
        self.file = file
        self.budget = budget
        self._error: Exception | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        """Fill the buffer; an error is raised by the call after the one that returned the bytes before it."""
        if self._error:
            raise self._error
        view, size = memoryview(buffer), 0
        try:
            with _archive_errors():
                while size < len(view) and (data := self.file.read1(len(view) - size)):
                    view[size : size + len(data)] = data
                    size += len(data)
                    if self.budget:
                        self.budget.spend(len(data))
        except OSError as error:
            if not size:
                raise
            self._error = error
        return size


class _Unpacker:
    """Opens the files of one archive, and of the archives in it, within one budget."""

    def __init__(self, origin: Origin, budget: _Budget) -> None:
        self.origin = origin
        self.budget = budget

    def open(
        self, name: str, file: io.BufferedReader, depth: int, *, is_member: bool = False
    ) -> Iterator[Content | Unreadable]:
        """Open a file that may contain `depth` more levels of archives."""
        head = file.peek(_TAR_MAGIC.stop)
        make_codec = next((codec for magic, codec in _CODECS.items() if head.startswith(magic)), None)
        is_zip = head.startswith(_ZIP_MAGIC)
        if not make_codec and not is_zip and head[_TAR_MAGIC] != b"ustar":
            yield Content(name, self.origin, file, is_member)
        elif not depth:
            raise PackedError("archives are nested too deep")
        elif make_codec:
            unpacked = _make_buffered(Decompressed(file, make_codec), self.budget)
            yield from self.open(name, unpacked, depth - 1, is_member=is_member)
        else:
            is_empty = True
            for found in (self._open_zip if is_zip else self._open_tar)(name, file, depth - 1):
                is_empty = False
                yield found
            if is_empty:
                raise PackedError("the archive contains no file, or links and folders only")

    def _open_zip(self, name: str, file: io.BufferedReader, depth: int) -> Iterator[Content | Unreadable]:
        if not file.seekable():
            raise PackedError("a zip within another archive or from a pipe cannot be read; unpack it first")
        from netstat_parse.inputs import zip as zips

        damage: Exception | None = None
        members: Iterable[zips.Member]
        try:
            members = zips.list_members(file)
        except Exception as error:  # noqa: BLE001 - raised below
            damage = error
            members = zips.find_members(file)
        for member in members:
            if self.budget.is_exceeded:
                return
            if not member.name.endswith("/"):
                open_member = partial(zips.open_member, file, member, self.budget.spend_packed)
                yield from self._open_member(f"{name}:{member.name}", open_member, depth, self.budget)
        if damage:
            with _archive_errors():
                raise damage

    def _open_tar(self, name: str, file: io.BufferedReader, depth: int) -> Iterator[Content | Unreadable]:
        from netstat_parse.inputs.tar import read_members

        members = read_members(file)
        while not self.budget.is_exceeded:
            with _archive_errors():
                member = next(members, None)
            if member is None:
                return
            full_name = f"{name}:{member.name}"
            if member.is_sparse:
                yield Unreadable(full_name, self.origin, PackedError("a sparse file in a tar cannot be read"))
            else:
                # What is packed spends the budget where it is unpacked.
                yield from self._open_member(full_name, partial(_get, member), depth, None)

    def _open_member(
        self, name: str, open_member: Callable[[], ByteStream], depth: int, budget: _Budget | None
    ) -> Iterator[Content | Unreadable]:
        """Open one file of an archive. A broken one becomes an `Unreadable`, so that the others can still be read."""
        try:
            with _archive_errors():
                file = open_member()
            yield from self.open(name, _make_buffered(file, budget), depth, is_member=True)
        except BombError:
            raise
        except PackedError as error:
            yield Unreadable(name, self.origin, error)


def _get(member: "Member") -> ByteStream:
    return member.content


def _make_buffered(file: ByteStream, budget: _Budget | None) -> io.BufferedReader:
    return io.BufferedReader(_UnpackedFile(file, budget), BUFFER_BYTES)


@contextmanager
def _archive_errors() -> Iterator[None]:
    """Turn the many errors of the decompressors into PackedError; an error of the disk stays what it is."""
    try:
        yield
    except PackedError:
        raise
    except Exception as error:
        if isinstance(error, OSError) and error.errno is not None:
            raise
        raise PackedError(f"broken archive: {error}") from error
