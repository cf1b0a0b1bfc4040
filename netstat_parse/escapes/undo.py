"""Undo escapes in the text of an input, block by block."""

from collections.abc import Iterable, Iterator

from netstat_parse.decode.text import TextBlock
from netstat_parse.escapes.line_block import LineBlock, from_text


def undo(blocks: Iterable[TextBlock]) -> Iterator[LineBlock]:
    """Return the lines as netstat printed them; text without escapes stays as it is."""
    return map(from_text, blocks)
