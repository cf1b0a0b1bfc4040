"""Undo escapes in the text of an input.

What is undone to a line depends on the lines before it alone, but for the soft line breaks of mails and the folded
strings of YAML. So the result is the same for blocks of any size, and no row waits.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from netstat_parse.decode.text import TextBlock
from netstat_parse.escapes.hints import find_hinted_lines
from netstat_parse.escapes.line_block import LineBlock, from_text

if TYPE_CHECKING:
    from netstat_parse.escapes.line_undoer import LineUndoer


def undo(blocks: Iterable[TextBlock]) -> Iterator[LineBlock]:
    """Return the lines as netstat printed them; text without escapes stays as it is."""
    undoer: LineUndoer | None = None
    for block in blocks:
        hinted = block.hints.escaped if block.hints else find_hinted_lines(block.text)
        if undoer is None and not hinted:
            yield from_text(block)
            continue
        undoer = undoer or _make_undoer()
        yield from undoer.read(block, hinted)
    if undoer:
        yield from undoer.end()


def _make_undoer() -> "LineUndoer":
    from netstat_parse.escapes.line_undoer import LineUndoer  # most dumps have no escapes

    return LineUndoer()
