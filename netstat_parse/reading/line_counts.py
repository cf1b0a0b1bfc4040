"""Count the lines of an input by their outcome, each once."""

from collections.abc import Iterable, Mapping
from typing import Literal, get_args

from netstat_parse.escapes.line_block import SharedLine

Outcome = Literal["blank", "foreign", "unparsed", "headings", "records"]
"""The outcome of a line. If one line of the input holds several lines of netstat, the last of these names counts."""

_OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)

_PUBLISHED: tuple[Outcome, ...] = ("records", "headings", "blank", "foreign", "unparsed")
"""The order in the JSON document."""


class _OpenLine:
    """A shared line of which not all lines of netstat are counted yet."""

    __slots__ = ("missing", "outcome", "size")

    def __init__(self, missing: int, size: int) -> None:
        self.missing = missing
        """The number of its lines of netstat that are not counted yet."""
        self.size = size
        """The number of lines of the input that have its outcome."""
        self.outcome: Outcome = "blank"
        """The best outcome so far."""


class LineCounts:
    """The number of lines of one input by outcome; several readers may read lines of netstat from the same line."""

    def __init__(self) -> None:
        self._counts: dict[Outcome, int] = dict.fromkeys(_PUBLISHED, 0)
        self._open: dict[int, _OpenLine] = {}
        """The shared lines that are not counted yet, by number."""

    @property
    def counts(self) -> dict[Outcome, int]:
        """The number of lines by outcome, as far as it is decided."""
        return dict(self._counts)

    @property
    def has_shared(self) -> bool:
        """True if there are shared lines that are not counted yet."""
        return bool(self._open)

    def share(self, lines: Mapping[int, SharedLine]) -> None:
        """Note shared lines, by number, before any of their lines of netstat is counted."""
        for number, line in lines.items():
            if number not in self._open:
                self._open[number] = _OpenLine(line.held, 1 + line.joined)

    def add(self, outcome: Outcome, count: int = 1) -> None:
        """Count lines of which none is shared."""
        self._counts[outcome] += count

    def add_numbered(self, outcome: Outcome, numbers: Iterable[int]) -> None:
        """Count a line of netstat in each of the lines with these numbers, which may be shared."""
        for number in numbers:
            line = self._open.get(number)
            if line is None:
                self._counts[outcome] += 1
                continue
            line.outcome = max(line.outcome, outcome, key=_OUTCOMES.index)
            line.missing -= 1
            if not line.missing:
                self._counts[line.outcome] += line.size
                del self._open[number]
