"""Read gzip, bzip2, xz, zip and tar archives without unpacking them to disk.

An archive is recognized by its first bytes, whatever its name, and archives may contain archives: a zip of ``.gz``
files. The unpacked size is limited, so that a small archive cannot fill the memory (a "zip bomb").
"""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import IO, TYPE_CHECKING, NoReturn, TypeAlias

from netstat_parse.inputs.origins import Content, Origin, Unreadable

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer


MAX_UNPACKED_BYTES = 4 << 30
"""Maximum unpacked size of an archive, unless the caller sets a limit."""

MAX_RATIO = 200
"""Maximum ratio of an archive's unpacked size to its size. Logs shrink to a twentieth, a bomb to a thousandth."""

MIN_BOMB_BYTES = 16 << 20
"""Bytes up to which the ratio is not checked: the same table printed many times packs well too."""

MAX_DEPTH = 4
"""Maximum depth of archives in archives."""

BUFFER_BYTES = 1 << 16

Unpacked: TypeAlias = IO[bytes] | io.BufferedIOBase
"""An open member of an archive, or a decompressor."""

_MAGIC = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ\0": "xz", b"PK\x03\x04": "zip", b"PK\x05\x06": "zip"}

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
        self.is_exceeded = False

    def spend(self, size: int) -> None:
        """Count unpacked bytes.

        Raises:
            BombError: there are too many.
        """
        self.unpacked_bytes += size
        if self.unpacked_bytes > (MAX_UNPACKED_BYTES if self.limit is None else self.limit):
            self._refuse(f"unpacks to more than {self.unpacked_bytes >> 20} MiB: refused")
        if self.limit is None and self.packed_bytes and self.unpacked_bytes > self.suspicious_bytes:
            self._refuse(f"unpacks to more than {MAX_RATIO} times its size: refused as a bomb")

    def _refuse(self, message: str) -> NoReturn:
        self.is_exceeded = True
        raise BombError(f"{message}; --unpack-limit allows more")


class _UnpackedFile(io.RawIOBase):
    """A file that is unpacked while it is read, and spends a budget."""

    def __init__(self, file: Unpacked, budget: _Budget | None) -> None:
        self.file = file
        self.budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        view = memoryview(buffer)
        with _archive_errors():
            data = self.file.read(len(view))
        if self.budget:
            self.budget.spend(len(data))
        view[: len(data)] = data
        return len(data)


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
        packing = next((packing for magic, packing in _MAGIC.items() if head.startswith(magic)), None)
        if packing is None and head[_TAR_MAGIC] != b"ustar":
            yield Content(name, self.origin, file, is_member)
        elif not depth:
            raise PackedError("archives are nested too deep")
        elif packing == "zip":
            yield from self._open_zip(name, file, depth - 1)
        elif packing is None:
            yield from self._open_tar(name, file, depth - 1)
        else:
            unpacked = _make_buffered(_make_decompressor(packing, file), self.budget)
            yield from self.open(name, unpacked, depth - 1, is_member=is_member)

    def _open_zip(self, name: str, file: io.BufferedReader, depth: int) -> Iterator[Content | Unreadable]:
        if not file.seekable():
            raise PackedError("a zip within another archive or from a pipe cannot be read; unpack it first")
        from zipfile import ZipFile

        with _archive_errors():
            archive = ZipFile(file)
        for member in archive.infolist():
            if self.budget.is_exceeded:
                return
            if not member.filename.endswith("/"):  # `is_dir` of older Pythons fails if there is no name
                open_member = partial(archive.open, member)
                yield from self._open_member(f"{name}:{member.filename}", open_member, depth, self.budget)

    def _open_tar(self, name: str, file: io.BufferedReader, depth: int) -> Iterator[Content | Unreadable]:
        import tarfile

        with _archive_errors():
            archive = tarfile.open(fileobj=file, mode="r|")  # noqa: SIM115 - it closes nothing of its own
        while not self.budget.is_exceeded:
            with _archive_errors():
                member = archive.next()
            if member is None:
                return
            archive.members = []  # type: ignore[attr-defined] # else it keeps all that it has passed
            if member.isfile():
                # A compressed tar spends the budget where it is decompressed. Only a sparse file grows once more.
                budget = self.budget if member.issparse() else None
                open_member = partial(archive.extractfile, member)
                yield from self._open_member(f"{name}:{member.name}", open_member, depth, budget)

    def _open_member(
        self, name: str, open_member: Callable[[], IO[bytes] | None], depth: int, budget: _Budget | None
    ) -> Iterator[Content | Unreadable]:
        """Open one file of an archive. A broken one becomes an `Unreadable`, so that the others can still be read."""
        try:
            with _archive_errors():
                file = open_member()
            if file:
                with file:
                    yield from self.open(name, _make_buffered(file, budget), depth, is_member=True)
        except BombError:
            raise
        except PackedError as error:
            yield Unreadable(name, self.origin, error)


def _make_buffered(file: Unpacked, budget: _Budget | None) -> io.BufferedReader:
    return io.BufferedReader(_UnpackedFile(file, budget), BUFFER_BYTES)


def _make_decompressor(packing: str, file: IO[bytes]) -> Unpacked:
    """Return the decompressor for a packing. Each is imported only when it is needed: most inputs are not packed."""
    if packing == "gzip":
        import gzip

        return gzip.GzipFile(fileobj=file)
    if packing == "bzip2":
        import bz2

        return bz2.BZ2File(file)
    import lzma

    return lzma.LZMAFile(file)


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
