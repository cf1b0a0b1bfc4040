"""Read blocks of text in a worker process, each with a copy of the same section."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from netstat_parse.escapes.hints import find_hinted_lines
from netstat_parse.grammar.protocol import ParsedRows
from netstat_parse.reading.prefix_stripper import has_only_rows
from netstat_parse.reading.section_copies import OpenSection, dump_section, load_section
from netstat_parse.records.rows import Rows

Encode = Callable[[Rows], bytes]
"""Encodes rows as the output has them. Workers call it, so it must be possible to pickle it."""


class EarlyText(NamedTuple):
    """A block of text to be read in advance."""

    text: str
    line: int
    """The number of its first line."""
    rest: str
    """The line above, if it is read again with the text, else empty."""


class EarlyBlock(NamedTuple):
    """The results of a worker for a block."""

    is_plain: bool
    """As in `TextBlock`."""
    rows: ParsedRows | None
    """The rows at the beginning of the text, encoded and without columns; None if they cannot be used."""


def read_early(described: OpenSection, snapshot: int, texts: Sequence[EarlyText], encode: Encode) -> list[EarlyBlock]:
    """Read blocks of text, in a worker, each with a copy of the same section.

    Args:
        described: the section.
        snapshot: the index of the snapshot that the rows are encoded for.
        texts: the blocks.
        encode: the encoding.
    """
    return [EarlyBlock(is_plain(text.text), _read_rows(described, snapshot, text, encode)) for text in texts]


def is_plain(text: str) -> bool:
    """Return whether `undo` and `PrefixStripper` pass a text on as it is, unless they know of something above it."""
    return not find_hinted_lines(text) and has_only_rows(text)


def _read_rows(described: OpenSection, snapshot: int, early: EarlyText, encode: Encode) -> ParsedRows | None:
    """Read the rows at the beginning of a text.

    Returns:
        The rows, encoded and without columns. None if more than adding them is to be done for them: a line among them
        could not be read, they begin a table, or have changed the section.
    """
    section = load_section(described)
    before = dump_section(section)
    rows = section.layout.take(early.rest + early.text, 0, section)
    count = len(rows.lines) if rows else 0
    if not rows or not count or rows.height != count or rows.headings or rows.unread or rows.title:
        return None
    if dump_section(section) != before or section.table.kind is None:
        return None
    first = early.line - bool(early.rest)
    indexes = {"snapshot": [snapshot] * count, "line": list(range(first, first + count))}
    encoded = encode(Rows(section.table.kind, {**indexes, **rows.columns}))
    return rows._replace(columns={}, lines=range(count), encoded=encoded)
