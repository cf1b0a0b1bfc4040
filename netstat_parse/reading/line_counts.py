"""Count the lines of an input by their outcome, each once."""

from collections.abc import Iterable
from typing import Literal, get_args

Outcome = Literal["blank", "foreign", "unparsed", "headings", "records"]
"""The outcome of a line. If one line of the input holds several lines of netstat, the last of these names counts."""

_OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)


class LineCounts:
    """The number of lines by outcome."""

    def __init__(self) -> None:
        self.counts: dict[Outcome, int] = dict.fromkeys(_OUTCOMES, 0)
        self._open: dict[int, Outcome] = {}
        """The outcome so far of lines that may hold more lines of netstat, by number."""
        self._joined: dict[int, int] = {}
        """The number of lines that were joined to the one with this number."""

    def add(self, outcome: Outcome, count: int = 1) -> None:
        """Count lines of which each is one line of netstat."""
        self.counts[outcome] += count

    def add_shared(self, outcome: Outcome, numbers: Iterable[int]) -> None:
        """Count lines with these numbers, which may be the same, or be those of lines that others were joined to."""
        for number in numbers:
            before = self._open.get(number, outcome)
            self._open[number] = max(before, outcome, key=_OUTCOMES.index)

    def join(self, number: int, count: int) -> None:
        """Note that this many lines were joined to the line with this number: they have its outcome."""
        self._joined[number] = count

    def close_before(self, number: int) -> None:
        """Count all lines before this number: no more lines of netstat come from them."""
        for closed in [line for line in self._open if line < number]:
            self.counts[self._open.pop(closed)] += 1 + self._joined.pop(closed, 0)

    @property
    def is_shared(self) -> bool:
        """True if lines were joined that have not been counted yet."""
        return bool(self._joined)
