"""Read chunks from any source of bytes or text, and cut them at line ends.

Memory is bounded, and on a pipe nothing waits for more than the end of a line.
"""

import io
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import TYPE_CHECKING, Any, AnyStr, Protocol

if TYPE_CHECKING:
    from typing_extensions import TypeIs

MAX_LINE_CHARS = 65536
"""Maximum length of a line, in characters or, before decoding, in bytes; the rest of a longer line is dropped. Also the
size of a read, so that a chunk of whole lines is less than twice as long."""

LINES_PER_CHUNK = 100
"""Lines of a list that are joined to one chunk, as each chunk has a cost."""


class Readable(Protocol):
    """A file of bytes or text, as far as `decode` needs it."""

    def read(self, size: int, /) -> str | bytes | None:
        """Read at most `size` bytes or characters."""


class BufferedReadable(Protocol):
    """A file of bytes that can be read as its data comes."""

    def read1(self, size: int, /) -> str | bytes | None:
        """Read at most `size` bytes, as many as one read of the file beneath gives."""


Source = str | bytes | bytearray | memoryview | Readable | Iterable[str] | Iterable[bytes]


def read_chunks(source: Source) -> Iterator[str | bytes]:
    """Read a source in chunks of at most `MAX_LINE_CHARS`, each as soon as it is available."""
    if isinstance(source, bytearray | memoryview):
        source = bytes(source)
    if isinstance(source, str | bytes):
        return _slice(source)
    if _is_readable(source):
        chunks = _read_file(source)
    elif isinstance(source, list | tuple):
        chunks = _join_lines(source)
    else:
        chunks = (_end_line(line) for line in source)
    return chain.from_iterable((chunk,) if len(chunk) <= MAX_LINE_CHARS else _slice(chunk) for chunk in chunks)


def align_to_lines(chunks: Iterator[AnyStr], line_ends: tuple[AnyStr, AnyStr]) -> Iterator[tuple[AnyStr, bool]]:
    r"""Regroup chunks to whole lines; with each group, whether its first line was cut for its length.

    A line ends with the second of `line_ends`, ``\n``. Where the beginning has none of them, it ends with the first,
    ``\r``, as on early Macs, which is replaced.
    """
    end = line_ends[1]
    incomplete = end[:0]
    for chunk in _replace_old_ends(chunks, *line_ends):
        stop = chunk.rfind(end) + 1
        if not stop:
            incomplete = (incomplete + chunk)[: MAX_LINE_CHARS + 1]
            continue
        lines = incomplete + chunk[:stop]
        first = lines.find(end, len(incomplete))
        yield (lines[:MAX_LINE_CHARS] + lines[first:], True) if first > MAX_LINE_CHARS else (lines, False)
        incomplete = chunk[stop:]
    if incomplete:
        yield incomplete[:MAX_LINE_CHARS], len(incomplete) > MAX_LINE_CHARS


def read_ahead(chunks: Iterator[AnyStr], beginning: AnyStr, size: int) -> AnyStr:
    """Extend the beginning to at least `size`, or to the end of the source."""
    while len(beginning) < size and (chunk := next(chunks, None)) is not None:
        beginning += chunk
    return beginning


# Files of other people are known by their methods. `isinstance` with a runtime protocol does not find those of a file
# that delegates to another one, such as a NamedTemporaryFile.


def _is_readable(source: object) -> "TypeIs[Readable]":
    return hasattr(source, "read")


def _is_buffered(file: object) -> "TypeIs[BufferedReadable]":
    return hasattr(file, "read1")


def _slice(data: str | bytes) -> Iterator[str | bytes]:
    return (data[start : start + MAX_LINE_CHARS] for start in range(0, max(len(data), 1), MAX_LINE_CHARS))


def _read_file(file: Readable) -> Iterator[str | bytes]:
    read: Callable[[int], str | bytes | None]
    if _is_buffered(file):
        read = file.read1
    elif isinstance(file, io.TextIOBase) and not file.seekable():
        read = file.readline  # `read` of a text file waits for the whole size
    else:
        read = file.read
    while chunk := read(MAX_LINE_CHARS):
        yield chunk


def _join_lines(lines: list[Any] | tuple[Any, ...]) -> Iterator[str | bytes]:
    for start in range(0, len(lines), LINES_PER_CHUNK):
        ended = [_end_line(line) for line in lines[start : start + LINES_PER_CHUNK]]
        yield ended[0][:0].join(ended)


def _end_line(line: Any) -> Any:  # noqa: ANN401 - a line of str gives str, one of bytes gives bytes
    """Return the line with a line end, which may have been split off."""
    if not isinstance(line, str | bytes):
        raise TypeError(f"a line must be str or bytes, not {type(line).__name__}")
    end: Any = "\n" if isinstance(line, str) else b"\n"
    return line if line.endswith(end) else line + end


def _replace_old_ends(chunks: Iterator[AnyStr], old_end: AnyStr, end: AnyStr) -> Iterator[AnyStr]:
    beginning = end[:0]
    for chunk in chunks:
        beginning += chunk
        if end in chunk or len(beginning) > MAX_LINE_CHARS:
            break
    first, second = beginning[:MAX_LINE_CHARS], beginning[MAX_LINE_CHARS:]
    is_old = old_end in first and end not in first
    for chunk in chain((first, second), chunks):
        yield chunk.replace(old_end, end) if is_old else chunk
