"""Find the members of a zip: by its directory, or one after the other if the directory is damaged or missing."""

import io
import struct
from collections.abc import Callable, Iterator
from typing import NamedTuple

from netstat_parse.inputs.decompress import ByteStream, Decompressed, bzip2_codec, deflate_codec

STORED, DEFLATED, BZIP2 = 0, 8, 12
"""Methods of compression (APPNOTE.TXT 4.4.5)."""

IS_ENCRYPTED, HAS_DESCRIPTOR, IS_UTF8 = 1, 1 << 3, 1 << 11
"""Flags of a member (APPNOTE.TXT 4.4.4)."""

_HEADER = struct.Struct("<4s2x2H4xIII2H")
"""The header before a member: flags, method, CRC-32, sizes, lengths of name and extra field (APPNOTE.TXT 4.3.7)."""

_MAGIC = b"PK\3\4"

_SIGNATURES = (b"PK\7\x08", b"PK\3\4", b"PK\1\2", b"PK\5\6")
"""Signatures that may follow a member whose size is not in its header."""

_END_MAGIC = b"PK\5\6"

_COUNT_OFFSET = 10
"""Offset of the number of members in the record at the end of a directory (APPNOTE.TXT 4.3.16)."""

MAX_END_BYTES = 22 + 0xFFFF
"""Maximum size of that record, with its comment."""

MANY = 0xFFFF
"""The number in that place if there are more members."""

SEARCH_BYTES = 1 << 16
"""Maximum number of bytes to read at once while searching."""

FIRST_SEARCH_BYTES = 1 << 8
"""Number of bytes to read first: members may be close together."""


class Member(NamedTuple):
    """A file in a zip."""

    name: str
    header_offset: int
    packed_bytes: int | None
    """None if it is not known: the header must tell."""
    crc: int | None
    """CRC-32 of its content; None if it is not known."""


class ZipError(OSError):
    """A member that cannot be read."""


def list_members(file: io.BufferedReader) -> list[Member]:
    """List the members of a zip by its directory.

    Raises:
        Exception: there is none, or it is damaged.
    """
    from zipfile import ZipFile

    infos = ZipFile(file).infolist()
    members = [Member(info.filename, info.header_offset, info.compress_size, info.CRC) for info in infos]
    _check_directory(file, members)
    return members


def _check_directory(file: io.BufferedReader, members: list[Member]) -> None:
    """Check that the directory has all members, from the first one on; `zipfile` reads a part of a damaged directory.

    Raises:
        ZipError: it has not, or has others.
    """
    file.seek(max(file.seek(0, io.SEEK_END) - MAX_END_BYTES, 0))
    tail = file.read()
    count = int.from_bytes(tail[(at := tail.rfind(_END_MAGIC) + _COUNT_OFFSET) : at + 2], "little")
    offsets = sorted(member.header_offset for member in members)
    is_whole = count in {len(members), MANY} and offsets[:1] in ([], [0])
    if not is_whole or any(_read_header(file, offset) is None for offset in offsets):
        raise ZipError("its directory is damaged")


def find_members(file: io.BufferedReader) -> Iterator[Member]:
    """Find the members of a zip without its directory, one behind the other.

    No byte is searched more than a few times, whatever sizes the headers claim.
    """
    last_offset = _find_last(file, _MAGIC)
    offset: int | None = 0
    while offset is not None:
        header = _read_header(file, offset)
        if header is None:
            return
        size = header.packed_bytes
        if header.has_descriptor:
            end = _find(file, header.data_offset, _SIGNATURES)
            size = (file.seek(0, io.SEEK_END) if end is None else end) - header.data_offset
        yield Member(header.name, offset, size, None if header.has_descriptor else header.crc)
        end = header.data_offset + size
        start = end if end <= last_offset else header.data_offset  # else its size may be damaged
        offset = _find(file, start, (_MAGIC,)) if start <= last_offset else None


def open_member(file: io.BufferedReader, member: Member, spend: Callable[[int], None]) -> ByteStream:
    """Open a member.

    Args:
        file: the zip.
        member: one of its members.
        spend: function that is called with the number of packed bytes of each read.

    Raises:
        ZipError: it is encrypted, or packed in another way.
    """
    header = _read_header(file, member.header_offset)
    if header is None:
        raise ZipError("a member is missing")
    if header.flags & IS_ENCRYPTED:
        raise ZipError("a member is encrypted")
    packed_bytes = header.packed_bytes if member.packed_bytes is None else member.packed_bytes
    packed = _Slice(file, header.data_offset, packed_bytes, spend)
    if header.method == STORED:
        return _Checked(packed, member.crc)
    codecs = {DEFLATED: deflate_codec, BZIP2: bzip2_codec}
    if header.method not in codecs:
        raise ZipError(f"a member is packed by a method that is not supported ({header.method})")
    return _Checked(Decompressed(packed, codecs[header.method]), member.crc)


class _Header(NamedTuple):
    name: str
    flags: int
    method: int
    crc: int
    packed_bytes: int
    data_offset: int

    @property
    def has_descriptor(self) -> bool:
        """True if CRC and sizes are behind the member."""
        return bool(self.flags & HAS_DESCRIPTOR) and not self.packed_bytes


def _read_header(file: io.BufferedReader, offset: int) -> _Header | None:
    file.seek(offset)
    data = file.read(_HEADER.size)
    if len(data) < _HEADER.size:
        return None
    magic, flags, method, crc, packed_bytes, _, name_bytes, extra_bytes = _HEADER.unpack(data)
    if magic != _MAGIC:
        return None
    name = file.read(name_bytes).decode("utf-8" if flags & IS_UTF8 else "cp437", "surrogateescape")
    return _Header(name, flags, method, crc, packed_bytes, offset + _HEADER.size + name_bytes + extra_bytes)


def _find(file: io.BufferedReader, offset: int, texts: tuple[bytes, ...]) -> int | None:
    """Find the first of some texts at or behind an offset."""
    overlap = max(map(len, texts)) - 1
    file.seek(offset)
    data, size = b"", FIRST_SEARCH_BYTES
    while more := file.read(size):
        size = min(2 * size, SEARCH_BYTES)
        data += more
        found = [at for at in map(data.find, texts) if at >= 0]
        if found:
            return offset + min(found)
        offset += len(data) - len(data[-overlap:])
        data = data[-overlap:]
    return None


def _find_last(file: io.BufferedReader, text: bytes) -> int:
    """Find the last place of a text; -1 if there is none."""
    end = file.seek(0, io.SEEK_END)
    while end > 0:
        start = max(end - SEARCH_BYTES, 0)
        file.seek(start)
        found = file.read(end - start + len(text) - 1).rfind(text)
        if found >= 0:
            return start + found
        end = start
    return -1


class _Slice:
    """Consecutive bytes of a file."""

    def __init__(self, file: io.BufferedReader, offset: int, size: int, spend: Callable[[int], None]) -> None:
        self.file = file
        self.spend = spend
        self.left = size
        file.seek(offset)

    def read1(self, size: int, /) -> bytes:
        """Read up to `size` bytes."""
        data = self.file.read1(min(size, self.left))
        if self.left and not data:
            raise EOFError("it ends early")
        self.left -= len(data)
        self.spend(len(data))
        return data


class _Checked:
    """Content whose CRC-32 is compared at its end."""

    def __init__(self, content: ByteStream, crc: int | None) -> None:
        self.content = content
        self.expected = crc
        self.found = 0

    def read1(self, size: int, /) -> bytes:
        """Read up to `size` bytes."""
        from zlib import crc32

        data = self.content.read1(size)
        self.found = crc32(data, self.found)
        if not data and self.expected not in {None, self.found}:
            raise ZipError("its checksum is wrong")
        return data
