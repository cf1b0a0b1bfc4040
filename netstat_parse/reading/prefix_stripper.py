"""Strip what other tools have added before and behind the lines of netstat, and keep the original lines.

A prefix is learnt where text that only netstat prints is behind it: an *anchor*. The template of the prefix is
proven by a second anchor, by rows or headings if no sentence can be this prefix, or by a row below a title. Then it is
stripped from all lines around that have it, also from those above that were not decided. A name in the prefix, or in a
header above, is the origin of the line.

Every decision depends on the lines alone, at most `MAX_HELD_LINES` above, and never on where blocks end.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from sys import maxsize

from netstat_parse.escapes.line_block import LineBlock
from netstat_parse.logs.origin_headers import HeaderFinder, find_header_lines
from netstat_parse.reading import suffixes
from netstat_parse.reading.anchors import Anchor, AnchorFinder, may_be_ours
from netstat_parse.reading.learnt_prefixes import MAX_HELD_LINES, LearntPrefixes, Stripped
from netstat_parse.reading.line_buffer import Decision, LineBuffer
from netstat_parse.reading.recognizer import TableRecognizer
from netstat_parse.reading.skipped_lines import choose_skipped_lines

MAX_EXAMINED_LINES = 12
"""Lines of a block that are examined one by one before hints are searched in all of it at once."""

_PADDING = " \xa0"
"""Blanks that may belong to a prefix or to the text behind it."""


class PrefixStripper:
    """Strips prefixes and suffixes from the blocks of one input."""

    def __init__(self, recognizer: TableRecognizer) -> None:
        self._anchors = AnchorFinder(recognizer.index)
        self._learnt = LearntPrefixes(recognizer)
        self._suffixes = suffixes.LearntSuffixes(recognizer)
        self._buffer = LineBuffer()
        self._is_quiet = True
        """True as long as nothing is learnt."""
        self._expiry: float = 0
        """The next line at which something that was learnt may be forgotten."""
        self._line = 0
        """Number of the current line, counted over all lines of the input from 0."""
        self._barrier = -1
        """Number of the last line that is netstat's without a prefix: nothing above it changes."""
        self._skipped = choose_skipped_lines("")
        """The patterns of lines of the current block that need no decision."""
        self._examined = 0
        """Lines of the current block that were examined one by one."""
        self._marked: Sequence[int] | None = None
        """The offsets of lines of the block that may have an anchor or be a header; None if they are not known yet."""
        self._origin: str | None = None
        """The origin of the last block."""
        self._headers = HeaderFinder()
        self._header: str | None = None
        """The origin that the last header names."""

    def strip_all(self, blocks: Iterable[LineBlock]) -> Iterator[LineBlock]:
        """Strip prefixes and suffixes of an input."""
        for block in blocks:
            yield from self._strip(block)
        yield from self._buffer.release(len(self._buffer))

    def _strip(self, block: LineBlock) -> Iterator[LineBlock]:
        buffer = self._buffer
        if block.origin != self._origin:
            yield from buffer.release(len(buffer))
            self._origin, self._barrier = block.origin, self._line - 1
        block = block._replace(origin=_join_origins(block.origin, self._header))
        text, index, at = block.text, len(buffer), 0
        self._skipped = choose_skipped_lines(text)
        if not buffer and not block.originals and self._skips_all(block):
            self._pass(text, len(block.numbers))
            yield block
            return
        buffer.add(block)
        self._examined, self._marked = 0, block.hints.marked if block.hints else None
        changed = block.find_changed() if block.originals else ()
        while index < len(buffer):
            line = buffer.lines[index]
            original = buffer.original(index) if block.originals else None
            end = changed[following] if (following := bisect_right(changed, at)) < len(changed) else len(text)
            found = None if original is not None else self._skip(text, at, end)
            if found is not None:
                count = text.count("\n", at, found.end())
                self._pass(found[0], count)
                at = found.end()
                index += count
                continue
            if self._is_quiet and original is None and not self._may_matter(line, text, at):
                count, at = self._pass_plain(text, at, index, end)
                index += count
                continue
            at += len(line) + 1
            if original is not None:
                self._learn_from(original, line, index)
            elif self._examine(line, index):
                yield from buffer.release(index)
                buffer.set_origin(_join_origins(self._origin, self._header))
                index = 0
                self._barrier = self._line
            self._pass("", 1)
            index += 1
        yield from buffer.release(self._count_decided())

    def _skips_all(self, block: LineBlock) -> bool:
        """Return whether no line of a block needs a decision."""
        if block.hints and not (self._learnt or self._suffixes):
            return block.hints.needs_no_decision
        found = self._skip(block.text, 0)
        return found is not None and found.end() == len(block.text)

    def _may_matter(self, line: str, text: str, at: int) -> bool:
        """Return whether a line at this offset of the block may have an anchor or be a header."""
        if self._marked is None:
            self._examined += 1
            if self._examined < MAX_EXAMINED_LINES:
                return self._anchors.may_find(line) or self._headers.may_find(line)
            self._marked = find_marked_lines(self._anchors, text, at)
        return _find_next(self._marked, at) == at or self._headers.is_open

    def _pass_plain(self, text: str, at: int, index: int, stop: int) -> tuple[int, int]:
        """Pass the line with this index, and those up to an offset that cannot matter; return their number and end."""
        end, count = at + len(self._buffer.lines[index]) + 1, 1
        if self._marked is not None:
            stop = min(stop, _find_next(self._marked, end))
            if found := self._skipped.others.match(text, end, stop):
                count += text.count("\n", end, found.end())
                end = found.end()
        self._line += count
        return count, end

    def _skip(self, text: str, at: int, end: int = maxsize) -> re.Match[str] | None:
        if self._suffixes:
            return None
        return (self._skipped.rows if self._learnt else self._skipped.plain).match(text, at, end)

    def _pass(self, rows: str, count: int) -> None:
        """Move on behind lines; if they are rows, nothing above them changes."""
        self._line += count
        if rows and not rows.isspace():
            self._barrier = self._line - 1
        if not self._is_quiet and self._line >= self._expiry:
            self._expiry = min(self._learnt.forget_before(self._line), self._suffixes.forget_before(self._line))
            self._is_quiet = not (self._learnt or self._suffixes)

    def _expect_change(self) -> None:
        """Note that something may be learnt from the current line."""
        self._is_quiet, self._expiry = False, self._line

    def _examine(self, line: str, index: int) -> bool:
        """Decide what a line becomes; return true if it is a header that names an origin."""
        if not line or line.isspace():
            return False
        found = self._learnt.match(line, self._line)
        anchor = self._anchors.find(line, found.end if found else 0)
        is_comment = found is not None and line.startswith("#")
        if anchor is None and not is_comment and self._is_header(line):
            return True
        core, proven = "", None
        if anchor:
            core = self._find_core(line, anchor)
            self._note(anchor, line, index)
        if anchor and len(core) > (found.end if found else 0):
            proven = self._learnt.propose(line, core, anchor, self._line)
            self._expect_change()
        if found is None and proven is None:
            proven = self._learnt.prove_below(line, self._line)
        if proven:
            self._expect_change()
            self._strip_above(proven, index)
            found = proven
        if found:
            self._strip_line(index, found, anchor)
        elif anchor and not core.strip():
            self._barrier = self._line
            self._expect_change()
            self._decide(index, self._suffixes.strip(line, "", anchor, self._line))
        elif anchor is None:
            self._decide(index, self._suffixes.strip(line, "", None, self._line), is_final=False)
        return False

    def _find_core(self, line: str, anchor: Anchor) -> str:
        """Return the prefix before an anchor without blanks at its end; a blank alone may be the mark of a diff."""
        core = line[: anchor.start].rstrip(_PADDING)
        if not core and line[0] == " " and self._learnt.may_be_diff:
            return " "
        return core.rstrip() and core

    def _note(self, anchor: Anchor, line: str, index: int) -> None:
        """Note the suffix of headings, or a row, which is reported if nothing reads it."""
        if anchor.kind != "row":
            self._suffixes.learn(line, anchor, self._line)
        elif may_be_ours(line, anchor):
            self._buffer.possible_rows[index] = anchor.start + 1

    def _learn_from(self, original: str, line: str, index: int) -> None:
        """Learn from a line whose prefix was stripped with its escapes; the lines around it may have it still."""
        found = self._learnt.match(original, self._line)
        anchor = self._anchors.find(line)
        if anchor:
            anchor = anchor._replace(start=anchor.start + original.find(line))
            self._note(anchor, original, index)
        if found is None:
            if anchor is None:
                found = self._learnt.prove_below(original, self._line)
            else:
                core = original[: anchor.start].rstrip(_PADDING)
                found = self._learnt.propose(original, core, anchor, self._line)
            self._expect_change()
            if found:
                self._strip_above(found, index)
        if found and found.origin is not None:
            self._decide(index, line, found.origin)

    def _strip_line(self, index: int, found: Stripped, anchor: Anchor | None = None) -> None:
        text = self._suffixes.strip(found.text, found.prefix, anchor, self._line)
        self._decide(index, text, found.origin)

    def _strip_above(self, proven: Stripped, index: int) -> None:
        """Strip the prefix from the lines above that are not decided yet."""
        buffer, first = self._buffer, index - min(self._line - self._barrier - 1, MAX_HELD_LINES)
        below = proven
        for at in range(index - 1, max(first, 0) - 1, -1):
            if self._is_final(at):
                continue
            original = buffer.original(at)
            found = self._learnt.match_above(original or buffer.lines[at], below)
            if found is None:
                continue
            if original:
                self._decide(at, buffer.lines[at], found.origin)
            else:
                self._strip_line(at, found)
            below = found

    def _decide(self, index: int, text: str, origin: str | None = None, *, is_final: bool = True) -> None:
        if origin is not None or text is not self._buffer.lines[index]:
            origin = _join_origins(self._origin, self._header, origin)
            self._buffer.decisions[index] = Decision(text, origin, is_final)

    def _is_final(self, at: int) -> bool:
        decision = self._buffer.decisions.get(at)
        return decision is not None and decision.is_final

    def _is_header(self, line: str) -> bool:
        """Note the origin that a header names in this line; return false if the line is no header."""
        header = self._headers.find_origin(line, self._line)
        if header is None:
            return False
        self._header = header
        return True

    def _count_decided(self) -> int:
        """Return the number of lines that later lines cannot change."""
        lines = self._buffer.lines
        count = len(lines)
        first = max(count - min(MAX_HELD_LINES, self._line - self._barrier - 1), 0)
        for at in range(first, count):
            if not self._is_final(at) and lines[at] and not lines[at].isspace():
                return at
        return count


def find_marked_lines(anchors: AnchorFinder, text: str, at: int) -> list[int]:
    """Return the offset of this line, and of the lines below it that may have an anchor or be a header, in order.

    Of the first line `find_header_lines` does not tell: a search for line breaks does not find it.
    """
    return sorted({at, *find_header_lines(text, at), *anchors.find_lines(text, at)})


def _find_next(offsets: Sequence[int], at: int) -> int:
    """Return the first of these offsets, which ascend, that is not before another; a large number if there is none."""
    index = bisect_left(offsets, at)
    return offsets[index] if index < len(offsets) else maxsize


def _join_origins(*origins: str | None) -> str | None:
    return " ".join(filter(None, origins)) or None
