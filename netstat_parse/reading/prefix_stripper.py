"""Strip line prefixes that other tools have added, and keep the original lines.

What looks like a prefix may be netstat's own text. So a prefix is stripped if a title, a row, headings or a command
line follow it, or if several lines in a row have it, and then from all further lines that have it.
"""

from collections.abc import Iterable, Iterator

from netstat_parse.escapes.line_block import LineBlock
from netstat_parse.logs import prefixes
from netstat_parse.logs.prefixes import Prefix
from netstat_parse.reading.recognizer import TableRecognizer

MIN_RUN_LINES = 3
"""Consecutive lines with a prefix that prove it, even if nothing after it looks like netstat's text."""


class _Run:
    """Consecutive lines with the same kind of prefix."""

    def __init__(self, line: str, prefix: Prefix) -> None:
        self.kind = prefix.kind
        self.number = prefix.number
        """The last line number; 0 if the prefixes have none."""
        self.length = 1
        self.is_padded = _is_padded(line, prefix)
        """True if all lines have a blank after their number."""
        self.is_sure = False
        """True if this is certainly a prefix."""

    def continues(self, prefix: Prefix) -> bool:
        """Return whether a line with this prefix may continue the run."""
        if prefix.kind != self.kind:
            return False
        if not prefix.number:
            return True
        return prefix.number == self.number + 1 or (prefix.number > self.number and not prefix.is_ambiguous)

    def add(self, line: str, prefix: Prefix) -> None:
        """Add a line; a gap in the line numbers resets the length to 1."""
        is_next = not prefix.number or prefix.number == self.number + 1
        self.length = self.length + 1 if is_next else 1
        self.number = prefix.number
        self.is_padded &= _is_padded(line, prefix)

    def strip(self, line: str, prefix: Prefix) -> str:
        """Strip the prefix of a line, with the blank after its number if all lines have one."""
        is_padded = prefix.kind == "number" and self.is_padded and line.startswith(" ", prefix.end)
        return line[prefix.end + is_padded :]


class PrefixStripper:
    """Strips prefixes from the blocks of one input."""

    def __init__(self, recognizer: TableRecognizer) -> None:
        self.recognizer = recognizer
        self._run: _Run | None = None

    def strip_all(self, blocks: Iterable[LineBlock]) -> Iterator[LineBlock]:
        """Strip the prefixes of an input."""
        return map(self.strip, blocks)

    def strip(self, block: LineBlock) -> LineBlock:
        """Strip the prefixes of a block; a run may continue from block to block."""
        if not prefixes.may_have_prefix(block.text):
            if block.text.strip():
                self._run = None
            return block
        lines = block.text.split("\n")
        stripped = self._strip_runs([prefixes.strip_quotation(line) for line in lines])
        originals = {
            number: line for number, line, rest in zip(block.numbers, lines, stripped, strict=False) if line != rest
        }
        if lines[-1] and not stripped[-1]:
            stripped[-1] = " "  # a line that was only a mark stays a line, also at the end of the text
        return block._replace(text="\n".join(stripped), originals={**originals, **block.originals})

    def _strip_runs(self, lines: list[str]) -> list[str]:
        """Strip the prefixes of runs; when a run is certain, also from its earlier lines."""
        stripped = list(lines)
        undecided: list[tuple[int, Prefix]] = []
        for index, line in enumerate(lines):
            if not line.strip():
                continue
            prefix = self._follow(line)
            if prefix is None or self._run is None:
                undecided = []
                continue
            undecided = [item for item in undecided if item[1].kind == prefix.kind]
            undecided.append((index, prefix))
            is_long = self._run.length >= MIN_RUN_LINES and not prefix.is_ambiguous
            self._run.is_sure = self._run.is_sure or is_long or self._precedes_netstat(line, prefix)
            if self._run.is_sure:
                for at, found in undecided:
                    stripped[at] = self._run.strip(lines[at], found)
                undecided = []
        return stripped

    def _follow(self, line: str) -> Prefix | None:
        """Find the prefix that continues the run, or else one that begins a run."""
        found = list(prefixes.find_prefixes(line))
        for prefix in found:
            if self._run and self._run.continues(prefix):
                self._run.add(line, prefix)
                return prefix
        self._run = None
        if not found:
            return None
        first = next((prefix for prefix in found if self._precedes_netstat(line, prefix)), found[0])
        if first.number and first.is_ambiguous:
            return None
        self._run = _Run(line, first)
        return first

    def _precedes_netstat(self, line: str, prefix: Prefix) -> bool:
        """Return whether netstat's text follows the prefix, and the prefix is not part of that text."""
        if prefix.is_ambiguous and self.recognizer.is_netstat_line(line):
            return False
        return self.recognizer.is_netstat_line(line[prefix.end :])


def _is_padded(line: str, prefix: Prefix) -> bool:
    return line[prefix.end :][:1] in {" ", ""}
