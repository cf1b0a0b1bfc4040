"""A block of lines as netstat printed them, each with the line of the input that it comes from."""

from collections.abc import Mapping, Sequence

from netstat_parse.decode.text import LineHints, TextBlock
from netstat_parse.named_fields import NamedFields


class SharedLine(NamedFields):
    """A line of the input that is not exactly one line of netstat."""

    held: int = 1
    """The number of lines of netstat that it holds, in one or more blocks."""
    joined: int = 0
    """The number of lines of the input that were joined to it."""


class LineBlock(NamedFields):
    r"""Whole lines of text; only the last block of an input may lack its line end.

    One line of the input may hold several lines of netstat, such as a string of JSON with ``\n`` in it; then these
    have the same number. Several lines of the input may be one line of netstat that was wrapped. Both
    are `shared`.
    """

    text: str
    numbers: Sequence[int]
    """For each line of the text the number of the input's line in which it begins, from 1; never decreasing."""
    originals: Mapping[int, str] = {}
    """The input's lines that differ from those of the text, as they were, by number."""
    shared: Mapping[int, SharedLine] = {}
    """The lines that hold several lines of netstat or that others were joined to, by number."""
    undecodable: Sequence[int] = ()
    """Numbers of lines in which U+FFFD replaces bytes that the encoding cannot decode."""
    cut: Sequence[int] = ()
    """Numbers of lines that were cut, being too long."""
    origin: str | None = None
    """The host, container, process or file that prefixes of these lines or a header above them name."""
    possible_rows: Mapping[int, int] = {}
    """The columns, from 1, of rows that may be behind other text, by the index of their line in the block."""
    hints: LineHints | None = None
    """None if nobody has searched the text yet."""

    def find_changed(self) -> list[int]:
        """Return the offsets of the lines that differ from those of the input, in order."""
        changed, at = [], 0
        for number, line in zip(self.numbers, self.text.split("\n"), strict=False):
            if number in self.originals:
                changed.append(at)
            at += len(line) + 1
        return changed


def from_text(block: TextBlock) -> LineBlock:
    """Return decoded text as it is."""
    return LineBlock(block.text, block.numbers, undecodable=block.undecodable, cut=block.cut, hints=block.hints)
