"""Whole lines from whatever holds them: bytes, text, files, pipes, iterables of lines.

All of it is done in bounded memory, and on a pipe with no more waiting than for the end of a line.
"""

import io
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, AnyStr, Protocol

MAX_LINE_LENGTH = 65536
"""How long a line may be, in bytes or, in text, in characters; the rest of a longer one is left out. Also how much is
read at once, so that a piece has less than twice as many."""


BATCH = 100
"""Lines of a list that make a piece, since each piece costs its time."""


class Readable(Protocol):
    """A file of bytes or text, as far as it is needed here."""

    def read(self, size: int, /) -> str | bytes | None:
        """Read as much as that, or what is left."""


Source = str | bytes | bytearray | memoryview | Readable | Iterable[str] | Iterable[bytes]


def chunks(source: Source) -> Iterator[str | bytes]:
    """The source as it comes, never more than `LONGEST` at once."""
    if isinstance(source, bytearray | memoryview):
        source = bytes(source)
    if isinstance(source, str | bytes):
        return _slices(source)
    if hasattr(source, "read"):
        parts = _reads(source)
    elif isinstance(source, list | tuple):
        parts = _batches(source)
    else:
        parts = (_ended(line) for line in source)
    return chain.from_iterable((part,) if len(part) <= MAX_LINE_LENGTH else _slices(part) for part in parts)


def whole_lines(parts: Iterator[AnyStr], ends: tuple[AnyStr, AnyStr]) -> Iterator[tuple[AnyStr, bool]]:
    """Pieces of whole lines, and whether the first line of the piece was cut.

    A line ends as the second of `ends` says; as the first says, where the beginning has only that, as on early Macs.
    """
    end = ends[1]
    held = end[:0]
    for part in _with_end(parts, *ends):
        stop = part.rfind(end) + 1
        if not stop:
            held = (held + part)[: MAX_LINE_LENGTH + 1]
            continue
        piece = held + part[:stop]
        first = piece.find(end, len(held))
        yield (piece[:MAX_LINE_LENGTH] + piece[first:], True) if first > MAX_LINE_LENGTH else (piece, False)
        held = part[stop:]
    if held:
        yield held[:MAX_LINE_LENGTH], len(held) > MAX_LINE_LENGTH


def gathered(parts: Iterator[AnyStr], beginning: AnyStr, size: int) -> AnyStr:
    """The beginning, grown to a size if there is as much."""
    while len(beginning) < size and (part := next(parts, None)) is not None:
        beginning += part
    return beginning


def _slices(data: str | bytes) -> Iterator[str | bytes]:
    return (data[start : start + MAX_LINE_LENGTH] for start in range(0, max(len(data), 1), MAX_LINE_LENGTH))


def _reads(file: Any) -> Iterator[str | bytes]:  # noqa: ANN401 - a file may have `read1` or `readline`, or not
    if hasattr(file, "read1"):
        read = file.read1
    elif isinstance(file, io.TextIOBase) and not file.seekable():
        read = file.readline  # in a text file `read` waits for as much as it was asked for
    else:
        read = file.read
    while part := read(MAX_LINE_LENGTH):
        yield part


def _batches(lines: list[Any] | tuple[Any, ...]) -> Iterator[str | bytes]:
    for start in range(0, len(lines), BATCH):
        batch = [_ended(line) for line in lines[start : start + BATCH]]
        yield batch[0][:0].join(batch)


def _ended(line: Any) -> Any:  # noqa: ANN401 - a line of str gives str, one of bytes gives bytes
    """A line with its end, also where that was split off."""
    if not isinstance(line, str | bytes):
        raise TypeError(f"a line must be str or bytes, not {type(line).__name__}")
    end: Any = "\n" if isinstance(line, str) else b"\n"
    return line if line.endswith(end) else line + end


def _with_end(parts: Iterator[AnyStr], old_end: AnyStr, end: AnyStr) -> Iterator[AnyStr]:
    beginning = end[:0]
    for part in parts:
        beginning += part
        if end in part or len(beginning) > MAX_LINE_LENGTH:
            break
    is_old = old_end in beginning[:MAX_LINE_LENGTH] and end not in beginning[:MAX_LINE_LENGTH]
    for part in chain((beginning[:MAX_LINE_LENGTH], beginning[MAX_LINE_LENGTH:]), parts):
        yield part.replace(old_end, end) if is_old else part
