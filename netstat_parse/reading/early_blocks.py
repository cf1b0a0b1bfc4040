"""Examine blocks of text in a worker process, and read each with a copy of the same section."""

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple, cast

from netstat_parse.decode.text import LineHints
from netstat_parse.escapes.hints import find_hinted_lines
from netstat_parse.grammar.protocol import ParsedRows
from netstat_parse.reading.anchors import AnchorFinder
from netstat_parse.reading.prefix_stripper import find_marked_lines
from netstat_parse.reading.recognizers import load_recognizer
from netstat_parse.reading.section_copies import SectionDescription, dump_section, load_section
from netstat_parse.reading.sieve import ForeignLines, KnownForeign, Sieve
from netstat_parse.reading.skipped_lines import needs_no_decision
from netstat_parse.records.rows import Columns, Rows

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

    hints: LineHints | None = None
    foreign: KnownForeign | None = None
    """Lines that are foreign, whatever is around them; not searched in a block with rows."""
    rows: ParsedRows | None = None
    """The rows at the beginning of the text, encoded and without columns; None if they cannot be used."""


def examine_early(texts: Sequence[EarlyText], system: str | None) -> list[EarlyBlock]:
    """Examine blocks of text without reading rows, in a worker.

    Args:
        texts: the blocks.
        system: the only system whose tables are read; None for all.
    """
    return [_examine(text, system) for text in texts]


def _examine(text: EarlyText, system: str | None) -> EarlyBlock:
    marked = find_marked_lines(_make_anchor_finder(system), text.text, 0)
    return EarlyBlock(_find_hints(text.text, marked), _find_foreign(text, system))


def read_early(
    texts: Sequence[EarlyText], system: str | None, described: SectionDescription, snapshot: int, encode: Encode
) -> list[EarlyBlock]:
    """Examine blocks of text, in a worker, and read each with a copy of the same section.

    Args:
        texts: the blocks.
        system: the only system whose tables are read; None for all.
        described: the section.
        snapshot: the index of the snapshot that the rows are encoded for.
        encode: the encoding.
    """
    blocks = []
    for text in texts:
        rows = _read_rows(described, snapshot, text, encode)
        blocks.append(EarlyBlock(_find_hints(text.text, None), rows=rows) if rows else _examine(text, system))
    return blocks


def _find_hints(text: str, marked: list[int] | None) -> LineHints:
    return LineHints(find_hinted_lines(text), marked, needs_no_decision(text))


def _find_foreign(early: EarlyText, system: str | None) -> dict[int, ForeignLines]:
    found = _make_sieve(system).find_foreign(early.text)
    return {early.line + index: lines for index, lines in found.items()}


@cache
def _make_anchor_finder(system: str | None) -> AnchorFinder:
    return AnchorFinder(load_recognizer(system).index)


@cache
def _make_sieve(system: str | None) -> Sieve:
    return Sieve(load_recognizer(system))


def _read_rows(described: SectionDescription, snapshot: int, early: EarlyText, encode: Encode) -> ParsedRows | None:
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
    lines = cast("list[int]", range(first, first + count))  # see `Columns`
    indexes: Columns = {"snapshot": [snapshot] * count, "line": lines}
    encoded = encode(Rows(section.table.kind, {**indexes, **rows.columns}))
    return rows._replace(columns={}, lines=range(count), encoded=encoded)
