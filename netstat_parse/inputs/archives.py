"""What is named on the command line to open files: folders, patterns and archives, which are never unpacked to disk.

What is packed is told by its first bytes, whatever it is called, and may lie in one another: a zip of ``.gz`` files.
"""

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple, TypeAlias

if TYPE_CHECKING:
    import zipfile


MOST = 4 << 30
"""Bytes that one archive may unpack to, as long as nobody allows more."""


RATIO = 200
"""How many times its size an archive may unpack to; logs are packed to a twentieth, a bomb to a thousandth."""


UNSUSPICIOUS = 16 << 20
"""Bytes to which anything may unpack, since a table printed again and again packs well."""


DEEPEST = 4
"""How deep archives may lie in one another."""


_MAGIC = {b"\x1f\x8b": "gzip", b"BZh": "bzip2", b"\xfd7zXZ\0": "xz", b"PK\x03\x04": "zip", b"PK\x05\x06": "zip"}


_TAR = slice(257, 262)


@cache
def _unpackers() -> dict[str, Any]:
    """What unpacks a file; imported for a packed one."""
    import bz2
    import gzip
    import lzma

    return {"gzip": lambda file: gzip.GzipFile(fileobj=file), "bzip2": bz2.BZ2File, "xz": lzma.LZMAFile}


@cache
def _broken() -> tuple[type[Exception], ...]:
    """What the unpackers raise on an archive that is broken, encrypted, or packed otherwise."""
    import gzip
    import lzma
    import tarfile
    import zipfile
    import zlib

    named = (gzip.BadGzipFile, zlib.error, lzma.LZMAError, tarfile.TarError, zipfile.BadZipFile)
    return (EOFError, RuntimeError, ValueError, *named)


Buffered: TypeAlias = "io.BufferedReader[Any]"


class Content(NamedTuple):
    """A file to be read, open."""

    name: str
    """Its path; of an archive's member, with the path of the archive before it."""
    file: IO[bytes]
    is_member: bool
    """Whether it is one of those that may be in an archive."""


class PackedError(OSError):
    """An archive, or something in it, that cannot be read."""


class BombError(PackedError):
    """An archive that had better not be read on."""


@dataclass
class Budget:
    """How much may still be unpacked."""

    packed: int
    """The size of the archive; 0 where a pipe does not tell it."""
    most: int | None = None
    """Bytes that were allowed, whatever the ratio."""
    unpacked: int = 0

    def spend(self, size: int) -> None:
        """Take note of bytes that came out of an archive.

        Raises:
            BombError: there were too many of them.
        """
        self.unpacked += size
        if self.unpacked > (MOST if self.most is None else self.most):
            raise BombError(f"unpacks to more than {self.unpacked >> 20} MiB: refused; --unpack-limit allows more")
        if self.most is None and self.unpacked > max(UNSUSPICIOUS, RATIO * self.packed) and self.packed:
            raise BombError(
                f"unpacks to more than {RATIO} times its size: refused as a bomb; --unpack-limit allows more"
            )


class _Unpacked(io.RawIOBase):
    """A file that is unpacked as it is read, within a budget."""

    def __init__(self, file: Any, budget: Budget | None) -> None:  # noqa: ANN401 - the unpackers have no common type
        self.file = file
        self.budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:  # noqa: ANN401 - anything that has a buffer
        with _told():
            part = self.file.read(len(buffer))
        if self.budget:
            self.budget.spend(len(part))
        buffer[: len(part)] = part
        return len(part)


class _Broken(io.RawIOBase):
    """What could not be opened: it is told when it is read."""

    def __init__(self, error: PackedError) -> None:
        self.error = error

    def readable(self) -> bool:
        return True

    def readinto(self, _buffer: Any, /) -> int:  # noqa: ANN401 - anything that has a buffer
        raise self.error


@contextmanager
def open_contents(path: str, most: int | None = None) -> Iterator[Iterator[Content]]:
    """Open a file; if it is an archive, what is in it, one after the other.

    Raises:
        OSError: it cannot be read; PackedError where that is for what is in it.
    """
    with Path(path).open("rb") as file:
        yield open_archive(path, file, os.fstat(file.fileno()).st_size, most)


def open_archive(name: str, file: Buffered, size: int, most: int | None = None) -> Iterator[Content]:
    """What is in an open file of that size: itself, or if it is an archive what it holds.

    Raises:
        OSError: as of `contents`, while it is read.
    """
    return _contents(name, file, Budget(size, most), DEEPEST)


def _contents(name: str, file: Buffered, budget: Budget, deepest: int, *, is_member: bool = False) -> Iterator[Content]:
    head = file.peek(_TAR.stop)
    packing = next((packing for magic, packing in _MAGIC.items() if head.startswith(magic)), None)
    if packing is None and head[_TAR] != b"ustar":
        yield Content(name, file, is_member)
    elif not deepest:
        raise PackedError("too many archives in one another")
    elif packing == "zip":
        yield from _of_zip(name, file, budget, deepest - 1)
    elif packing is None:
        yield from _of_tar(name, file, budget, deepest - 1)
    else:
        unpacked = io.BufferedReader(_Unpacked(_unpackers()[packing](file), budget), 1 << 16)
        yield from _contents(name, unpacked, budget, deepest - 1, is_member=is_member)


def _of_zip(name: str, file: Buffered, budget: Budget, deepest: int) -> Iterator[Content]:
    if not file.seekable():
        raise PackedError("a zip that lies in another archive or comes from a pipe cannot be read; unpack it first")
    from zipfile import ZipFile

    with _told():
        archive = ZipFile(file)
    for member in archive.infolist():
        if not member.is_dir():
            yield from _of_member(archive, member, f"{name}:{member.filename}", budget, deepest)


def _of_member(
    archive: "zipfile.ZipFile", member: "zipfile.ZipInfo", name: str, budget: Budget, deepest: int
) -> Iterator[Content]:
    """What is in one member of a zip; where that is broken, the others can be read all the same."""
    try:
        with _told(), archive.open(member) as unpacked:
            buffered = io.BufferedReader(_Unpacked(unpacked, budget), 1 << 16)
            yield from _contents(name, buffered, budget, deepest, is_member=True)
    except BombError:
        raise
    except PackedError as error:
        yield Content(name, io.BufferedReader(_Broken(error)), is_member=True)


def _of_tar(name: str, file: Buffered, budget: Budget, deepest: int) -> Iterator[Content]:
    import tarfile

    with _told():
        archive = tarfile.open(fileobj=file, mode="r|")  # noqa: SIM115 - it closes nothing of its own
    while True:
        with _told():
            member = archive.next()
        if member is None:
            return
        archive.members = []  # type: ignore[attr-defined] # which it would keep for all it has passed
        if member.isfile():
            with _told():
                unpacked = archive.extractfile(member)
            sparse = budget if member.issparse() else None  # the bytes of others have been spent already, or never grew
            buffered = io.BufferedReader(_Unpacked(unpacked, sparse), 1 << 16)
            yield from _contents(f"{name}:{member.name}", buffered, budget, deepest, is_member=True)


@contextmanager
def _told() -> Iterator[None]:
    """Tell in one way that an archive cannot be read."""
    try:
        yield
    except PackedError:
        raise
    except Exception as error:
        if isinstance(error, _broken()):
            raise PackedError(f"broken archive: {error}") from error
        raise
