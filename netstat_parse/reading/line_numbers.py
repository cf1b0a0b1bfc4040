"""The numbers of the input's lines that the lines of netstat come from."""

from bisect import bisect
from collections.abc import Sequence


class LineNumbers:
    """Maps the lines that one reader reads, counted from 1, to the numbers of lines in the input.

    Nearly every input is one segment in which both are the same.
    """

    def __init__(self) -> None:
        self._starts: list[int] = []
        """The first line of each segment."""
        self._segments: list[Sequence[int]] = []
        self.end = 1
        """The line behind the last segment."""

    def add(self, numbers: Sequence[int]) -> None:
        """Add the numbers of the next lines."""
        if not numbers:
            return
        last = self._segments[-1] if self._segments else ()
        if isinstance(numbers, range) and isinstance(last, range) and last.stop == numbers.start:
            self._segments[-1] = range(last.start, numbers.stop)
        else:
            self._starts.append(self.end)
            self._segments.append(numbers)
        self.end += len(numbers)

    @property
    def is_continuous(self) -> bool:
        """True if each line is one of the input: nothing that is still needed was split or joined."""
        return len(self._segments) <= 1 and all(isinstance(segment, range) for segment in self._segments)

    def of(self, line: int) -> int:
        """Return the number of a line; behind the last line, the number that would follow."""
        if not self._segments:
            return line
        at = max(bisect(self._starts, line) - 1, 0)
        segment, index = self._segments[at], line - self._starts[at]
        return segment[index] if index < len(segment) else segment[-1] + 1 + index - len(segment)

    def forget_before(self, line: int) -> None:
        """Forget segments that end before this line."""
        keep = max(bisect(self._starts, line) - 1, 0)
        del self._starts[:keep], self._segments[:keep]
