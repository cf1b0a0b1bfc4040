"""Read the members of a tar one after the other, with bounded memory, up to what is damaged.

`tarfile` holds each header whole, of which a hostile tar may have gigabytes, and older versions need hours for a PAX
header of digits (CVE-2024-6232). It still reads the fields of a header block here.
"""

import io
import re
from collections.abc import Iterator
from typing import NamedTuple

BLOCK_BYTES = 512

MAX_HEADER_BYTES = 1 << 20
"""Maximum size of a long name or of a PAX header."""

SKIP_BYTES = 1 << 16

_LONG_NAME, _LONG_LINK, _PAX_GLOBAL = b"L", b"K", b"g"

_PAX_TYPES = (b"x", b"X")

_FIELD_TYPES = (_LONG_NAME, _LONG_LINK, _PAX_GLOBAL, *_PAX_TYPES)
"""Types of headers that describe the next member."""

_RECORD = re.compile(rb"(\d{1,9}) ([^=]*+)=")
"""The beginning of a record of a PAX header: its length and its keyword (POSIX pax, "Extended Header")."""

_SIZE = re.compile("[0-9]{1,20}")

_IS_EXTENDED = 482
"""Offset of the byte of a header of old GNU sparse files that is set if another block of it follows."""

_WAS_EXTENDED = 504
"""The same in each of these blocks."""


class TarError(OSError):
    """A tar, or a member of it, that cannot be read."""


class Member(NamedTuple):
    """A file in a tar."""

    name: str
    content: "Content"
    is_sparse: bool


class Content:
    """The bytes of a member."""

    def __init__(self, file: io.BufferedReader, size: int) -> None:
        """Begin at the current place of the file."""
        self.file = file
        self.left = size
        self.padding = -size % BLOCK_BYTES

    def read1(self, size: int, /) -> bytes:
        """Read up to `size` bytes; no byte at the end."""
        if not self.left:
            return b""
        data = self.file.read1(min(size, self.left))
        if not data:
            raise TarError("it ends early")
        self.left -= len(data)
        return data

    def skip(self) -> None:
        """Read up to the next header."""
        self.left += self.padding
        self.padding = 0
        while self.read1(SKIP_BYTES):
            pass


def read_members(file: io.BufferedReader) -> Iterator[Member]:
    """Read the files of a tar, and of other tars behind it, without links and folders.

    Raises:
        TarError: at the end, if headers are damaged; or if the tar ends early, also between two members.
    """
    from tarfile import GNUTYPE_SPARSE, REGULAR_TYPES, SUPPORTED_TYPES

    fields: dict[str, str] = {}
    damaged = 0
    has_end = False
    while block := _read_block(file):
        has_end = _is_padding(block, is_behind_end=has_end)
        if has_end:
            continue
        try:
            header = _parse_header(block)
        except TarError:
            damaged += 1  # the next header is looked for block by block
            continue
        if header.type in _FIELD_TYPES:
            fields |= _read_fields(header.type, Content(file, header.size))
            continue
        content = Content(file, int(fields.get("size", header.size)))
        if header.type in REGULAR_TYPES:
            is_sparse = header.type == GNUTYPE_SPARSE or any(name.startswith("GNU.sparse.") for name in fields)
            if header.type == GNUTYPE_SPARSE:
                _skip_map(file, is_extended=bool(block[_IS_EXTENDED]))
            yield Member(fields.get("GNU.sparse.name") or fields.get("path") or header.name, content, is_sparse)
        if header.type in REGULAR_TYPES or header.type not in SUPPORTED_TYPES:
            content.skip()
        fields = {}
    if damaged:
        raise TarError("a damaged header; files may be missing")
    if not has_end:
        raise TarError("it ends early")


class _Header(NamedTuple):
    name: str
    type: bytes
    size: int


def _read_block(file: io.BufferedReader) -> bytes:
    block = b""
    while len(block) < BLOCK_BYTES and (data := file.read1(BLOCK_BYTES - len(block))):
        block += data
    return block


def _is_padding(block: bytes, *, is_behind_end: bool) -> bool:
    """Return whether a block is a part of the end of a tar, or of what fills its last record.

    Raises:
        TarError: it is neither that nor the header of a member.
    """
    is_whole = len(block) == BLOCK_BYTES
    if not any(block) and (is_whole or is_behind_end):
        return True
    if not is_whole:
        raise TarError("other bytes follow its end" if is_behind_end else "it ends early")
    return False


def _parse_header(block: bytes) -> _Header:
    """Parse the block before a member.

    Raises:
        TarError: it is damaged.
    """
    from tarfile import HeaderError, TarInfo

    try:
        found = TarInfo.frombuf(block, "utf-8", "surrogateescape")
    except (HeaderError, ValueError) as error:
        raise TarError(str(error)) from error
    if found.size < 0:
        raise TarError("a negative size")
    return _Header(found.name, found.type, found.size)


def _read_fields(kind: bytes, content: Content) -> dict[str, str]:
    """Read the fields of the next member that did not fit into its own header."""
    if kind == _PAX_GLOBAL:
        content.skip()
        return {}
    text = _read_header_text(content)
    if kind in _PAX_TYPES:
        return _parse_pax(text)
    name = text.rstrip(b"\0").decode(errors="surrogateescape")
    return {"path": name} if kind == _LONG_NAME else {}


def _read_header_text(content: Content) -> bytes:
    if content.left > MAX_HEADER_BYTES:
        raise TarError(f"a name or header of {content.left} bytes: refused")
    text = b"".join(iter(lambda: content.read1(SKIP_BYTES), b""))
    content.skip()
    return text


def _parse_pax(text: bytes) -> dict[str, str]:
    """Parse a PAX header: records of length, keyword and value.

    Raises:
        TarError: it is damaged.
    """
    fields: dict[str, str] = {}
    at = 0
    while at < len(text) and text[at]:
        record = _RECORD.match(text, at)
        end = at + int(record[1]) if record else 0
        if record is None or not record.end() < end <= len(text):
            raise TarError("a damaged PAX header")
        fields[record[2].decode(errors="replace")] = text[record.end() : end - 1].decode(errors="surrogateescape")
        at = end
    if not _SIZE.fullmatch(fields.get("size", "0")):
        raise TarError("a damaged PAX header")
    return fields


def _skip_map(file: io.BufferedReader, *, is_extended: bool) -> None:
    """Skip the blocks between the header of an old GNU sparse file and its content."""
    while is_extended:
        block = _read_block(file)
        is_extended = len(block) == BLOCK_BYTES and bool(block[_WAS_EXTENDED])
