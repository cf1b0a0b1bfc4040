"""Read chunks from any source of bytes or text, and cut them at line ends.

Memory is bounded, and on a pipe nothing waits for more than the end of a line.
"""

import io
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, AnyStr, Protocol

from netstat_parse.precompiled import compile_pattern

if TYPE_CHECKING:
    from typing_extensions import TypeIs

MAX_LINE_CHARS = 131_072
"""Maximum length of a line, in characters or, before decoding, in bytes; the rest of a longer line is dropped. Also the
size of a read, so that a chunk of whole lines is less than twice as long."""

LINES_PER_CHUNK = 100
"""Lines of a list that are joined to one chunk, as each chunk has a cost."""

_OTHER_ENDS: Mapping[type, tuple[Any, ...]] = {
    str: ("\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029"),
    bytes: (b"\r",),
}
"""Characters other than the line end after which `splitlines` splits, too; in UTF-16 half a character."""

_LINE_END = compile_pattern(r"\r(?<!\r\r)\r*+\n")


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
        chunks = _join_lines(_end_lines(source))
    else:
        chunks = _end_lines(source)
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


def translate_line_ends(text: str) -> str:
    r"""Replace any number of ``\r`` before ``\n`` by ``\n``, and drop those behind a last line without ``\n``."""
    decoder = io.IncrementalNewlineDecoder(None, translate=True)  # half the time of any method of `str`
    translated = decoder.decode(text, final=True)
    if decoder.newlines in {"\r\n", ("\n", "\r\n")}:  # no ``\r`` by itself, which would be replaced, too
        return translated
    text = _LINE_END.sub("\n", text)
    return text if text.endswith("\n") else text.rstrip("\r")


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


def _join_lines(lines: Iterator[Any]) -> Iterator[str | bytes]:
    while joined := list(islice(lines, LINES_PER_CHUNK)):
        yield joined[0][:0].join(joined)


def _end_lines(source: Iterable[Any]) -> Iterator[Any]:
    """Return lines of str or of bytes with their line ends, which may have been split off.

    The first line that is not empty decides, or the one behind it. No line waits but these.
    """
    lines = map(_check_line, source)
    above: list[Any] = []
    while not any(above) and (line := next(lines, None)) is not None:
        above.append(line)
    if not above:
        return iter(())
    first = above[-1]
    if first.endswith(_OTHER_ENDS[type(first)]):
        above += islice(lines, 1)
    end: Any = "\n" if isinstance(first, str) else b"\n"
    everything = chain(above, lines)
    is_wide = any(map(_may_be_wide, above))
    if any(line.endswith((end, *_OTHER_ENDS[type(end)] * is_wide)) for line in above):
        return _join_kept(everything, end)
    if is_wide or _OTHER_ENDS[type(end)][0] in first.rstrip(_OTHER_ENDS[type(end)][0]):
        return _separate(everything, end)
    return (line if line.endswith(end) else line + end for line in everything)


def _join_kept(lines: Iterable[AnyStr], end: AnyStr) -> Iterator[AnyStr]:
    """Return lines that have their line ends; where one has none, it is added once another line follows."""
    others = (end, *_OTHER_ENDS[type(end)])
    is_open = False
    for line in filter(None, lines):
        yield end + line if is_open else line
        is_open = not line.endswith(others)


def _separate(lines: Iterable[AnyStr], end: AnyStr) -> Iterator[AnyStr]:
    r"""Return lines with this end between them, but not behind the last.

    In UTF-16 it is no whole line end. Behind lines that end with ``\r`` it would be the only one of the text.
    """
    before = end[:0]
    for line in lines:
        yield before + line
        before = end


def _may_be_wide(line: str | bytes) -> bool:
    return isinstance(line, bytes) and (b"\0" in line or line.startswith((BOM_UTF16_LE, BOM_UTF16_BE)))


def _check_line(line: Any) -> Any:  # noqa: ANN401 - a line of str gives str, one of bytes gives bytes
    if not isinstance(line, str | bytes):
        raise TypeError(f"a line must be str or bytes, not {type(line).__name__}")
    return line


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
