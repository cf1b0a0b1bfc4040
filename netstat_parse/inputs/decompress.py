"""Decompress gzip, bzip2, xz and the members of a zip up to the first error, losing nothing that can be read.

The modules of Python discard what they have decompressed if the same call meets an error: a wrong checksum at the end
of a file would cost its last records, or all of a small file.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from typing import Protocol

CHUNK_BYTES = 1 << 13
"""Bytes of packed data to read at once."""

STEP_BYTES = 1 << 12
"""Maximum bytes that one call unpacks: what an error costs if the packed data is not kept."""

MAX_KEPT_BYTES = 8 << 20
"""Bytes of packed data that are kept to be unpacked once more, byte by byte, after an error."""

MAX_MEMORY_BYTES = 256 << 20
"""Memory for unpacking xz; ``xz -9`` needs 65 MiB, and a hostile file may ask for 4 GiB."""


class ByteStream(Protocol):
    """An open file, or part of one."""

    def read1(self, size: int, /) -> bytes:
        """Read up to `size` bytes; no byte at the end."""


class Codec(Protocol):
    """A decompressor of one stream, as `bz2.BZ2Decompressor`."""

    @property
    def eof(self) -> bool:
        """True at the end of the stream."""

    @property
    def needs_input(self) -> bool:
        """True if `decompress` needs more packed data."""

    @property
    def unused_data(self) -> bytes:
        """Packed data behind the end of the stream."""

    def decompress(self, data: bytes | bytearray, max_length: int) -> bytes:
        """Unpack up to so many bytes."""


class Deflate:
    """A decompressor of zlib with the interface of the others."""

    def __init__(self, wbits: int) -> None:
        """Make a decompressor; `wbits` chooses the format as in `zlib.decompressobj`."""
        import zlib

        self._zlib = zlib.decompressobj(wbits)
        self.needs_input = True

    @property
    def eof(self) -> bool:
        """True at the end of the stream."""
        return self._zlib.eof

    @property
    def unused_data(self) -> bytes:
        """Packed data behind the end of the stream."""
        return self._zlib.unused_data

    def decompress(self, data: bytes | bytearray, max_length: int) -> bytes:
        """Unpack up to so many bytes."""
        found = self._zlib.decompress(self._zlib.unconsumed_tail + data, max_length)
        self.needs_input = not self._zlib.unconsumed_tail and len(found) < max_length
        return found


def gzip_codec() -> Codec:
    """Make a decompressor for gzip (RFC 1952)."""
    return Deflate(31)


def deflate_codec() -> Codec:
    """Make a decompressor for raw deflate (RFC 1951), as in a zip."""
    return Deflate(-15)


def bzip2_codec() -> Codec:
    """Make a decompressor for bzip2."""
    import bz2

    return bz2.BZ2Decompressor()


def xz_codec() -> Codec:
    """Make a decompressor for xz and lzma, with limited memory."""
    import lzma

    return lzma.LZMADecompressor(memlimit=MAX_MEMORY_BYTES)


class Decompressed:
    """The unpacked content of a packed file, which may consist of several streams."""

    def __init__(self, file: ByteStream, make_codec: Callable[[], Codec]) -> None:
        """Prepare to read a packed file; `make_codec` makes the decompressor of each stream."""
        self._file = file
        self._make_codec = make_codec
        self._is_end = False
        self._is_behind = False
        """True from the second stream on."""
        self._error: Exception | None = None
        self._begin_stream()

    def _begin_stream(self) -> None:
        self._codec = self._make_codec()
        self._kept: bytearray | None = bytearray()
        self._chunk_bytes = self._unpacked_bytes = 0

    def read1(self, size: int, /) -> bytes:
        """Read up to `size` bytes; no byte at the end.

        Raises:
            Exception: of the decompressor, after everything that it could unpack has been read.
        """
        data = b""
        while not data and not self._is_end:
            if self._error:
                raise self._error
            try:
                data = self._unpack(min(size, STEP_BYTES))
            except Exception as error:  # noqa: BLE001 - raised by the next call
                self._error = error
                data = self._unpack_rest()
                if self._is_behind and not self._unpacked_bytes and not data:
                    self._error = ValueError("other bytes follow its end")
            self._unpacked_bytes += len(data)
        return data

    def _unpack(self, size: int) -> bytes:
        packed = b""
        if self._codec.eof:
            packed = self._skip_padding()
            if not packed:
                self._is_end = True
                return b""
            self._begin_stream()
            self._is_behind = True
        elif self._codec.needs_input:
            packed = self._file.read1(CHUNK_BYTES)
            if not packed:
                raise EOFError("it ends early")
        if self._kept is not None and packed:
            self._chunk_bytes = len(packed)
            self._kept += packed
            if len(self._kept) > MAX_KEPT_BYTES:
                self._kept = None
        return self._codec.decompress(packed, size)

    def _skip_padding(self) -> bytes:
        """Return the first packed data behind a stream and its padding of zeros."""
        data = self._codec.unused_data.lstrip(b"\0")
        while not data and (more := self._file.read1(CHUNK_BYTES)):
            data = more.lstrip(b"\0")
        return data

    def _unpack_rest(self) -> bytes:
        """Unpack the bytes right before an error, which the failed call has discarded.

        The error is in the last chunk, as those before it were unpacked. So that is unpacked again, byte by byte.
        """
        kept, self._kept = self._kept, None
        rest = bytearray()
        if kept:
            last = len(kept) - self._chunk_bytes
            chunks = [kept[at : min(at + CHUNK_BYTES, last)] for at in range(0, last, CHUNK_BYTES)]
            chunks += [kept[at : at + 1] for at in range(last, len(kept))]
            left = self._unpacked_bytes
            with suppress(Exception):  # the same error again
                for data in _unpack_each(self._make_codec(), chunks):
                    rest += data[left:]
                    left = max(left - len(data), 0)
        return bytes(rest)


def _unpack_each(codec: Codec, chunks: Iterable[bytes | bytearray]) -> Iterator[bytes]:
    for chunk in chunks:
        yield codec.decompress(chunk, STEP_BYTES)
        while not (codec.needs_input or codec.eof):
            yield codec.decompress(b"", STEP_BYTES)
