"""Collect lines into blocks, with their numbers and originals."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from netstat_parse.escapes.line_block import LineBlock, SharedLine


class InputLine(NamedTuple):
    """A line of the input, or several that are one line of netstat."""

    text: str
    number: int
    """The number of the first line."""
    end: str
    """The line end; empty for an incomplete last line."""
    undecodable: bool = False
    cut: bool = False
    joined: int = 0
    """The number of lines that are joined to the first one."""


class Output:
    """Blocks of lines in the making; lines of another origin begin another block."""

    def __init__(self) -> None:
        self._blocks: list[LineBlock] = []
        self._begin(None)

    def _begin(self, origin: str | None) -> None:
        self._origin = origin
        self._texts: list[str] = []
        self._runs: list[range] = []
        self._originals: dict[int, str] = {}
        self._shared: dict[int, SharedLine] = {}
        self._undecodable: list[int] = []
        self._cut: list[int] = []

    def add_plain(self, text: str, numbers: range, undecodable: Sequence[int], cut: Sequence[int]) -> None:
        """Add lines that stay as they are."""
        self._set_origin(None)
        self._add(text, numbers)
        self._undecodable += _select(undecodable, numbers)
        self._cut += _select(cut, numbers)

    def add(self, line: InputLine, texts: Sequence[str], origin: str | None) -> None:
        """Add what a line of the input holds, at least one line."""
        self._set_origin(origin)
        number = line.number
        if not line.end:  # nothing ends the last line
            texts = _strip_blank_end(texts)
        text = "\n".join(texts) + line.end
        for _ in texts:
            self._runs.append(range(number, number + 1))
        self._merge_last(len(texts))
        self._texts.append(text or " ")  # a last line without text stays a line
        if len(texts) > 1 or line.joined:
            self._shared[number] = SharedLine(len(texts), line.joined)
        if len(texts) != 1 or texts[0] != line.text:
            self._originals[number] = line.text
        self._undecodable += [number] * line.undecodable
        self._cut += [number] * line.cut

    def blocks(self) -> Iterator[LineBlock]:
        """Return the blocks, and forget them."""
        self._end()
        blocks, self._blocks = self._blocks, []
        self._begin(None)
        return iter(blocks)

    def _set_origin(self, origin: str | None) -> None:
        if origin != self._origin:
            self._end()
            self._begin(origin)

    def _add(self, text: str, numbers: range) -> None:
        self._texts.append(text)
        self._runs.append(numbers)
        self._merge_last(1)

    def _merge_last(self, count: int) -> None:
        """Merge the last run of numbers, if only one was added, with the one before it."""
        if count == 1 and len(self._runs) > 1 and self._runs[-2].stop == self._runs[-1].start:
            last = self._runs.pop()
            self._runs[-1] = range(self._runs[-1].start, last.stop)

    def _end(self) -> None:
        if not self._texts:
            return
        numbers: Sequence[int] = self._runs[0] if len(self._runs) == 1 else list(chain(*self._runs))
        text = "".join(self._texts)
        facts = (self._originals, self._shared, self._undecodable, self._cut, self._origin)
        self._blocks.append(LineBlock(text, numbers, *facts))


def _select(numbers: Sequence[int], lines: range) -> Sequence[int]:
    """Return the ascending numbers that are of these lines."""
    return numbers[bisect_left(numbers, lines.start) : bisect_left(numbers, lines.stop)] if numbers else ()


def _strip_blank_end(texts: Sequence[str]) -> Sequence[str]:
    """Return the texts up to the last that is not empty, but at least one."""
    count = next((at for at in range(len(texts), 1, -1) if texts[at - 1]), 1)
    return texts[:count]
