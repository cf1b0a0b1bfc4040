"""Messages that must not break the screen: they are collected, and printed after its end."""

import io
from collections import Counter
from typing import TextIO

MAX_MESSAGES = 100
"""Number of different messages that are kept."""


class Messages(io.TextIOBase):
    """A text stream that keeps each line once."""

    def __init__(self) -> None:
        super().__init__()
        self._counts: Counter[str] = Counter()
        self._dropped = 0
        self._latest: list[str] = []
        self._rest = ""

    def write(self, text: str, /) -> int:
        """Add text."""
        *lines, self._rest = (self._rest + text).split("\n")
        for line in lines:
            self._latest.append(line)
            if line in self._counts or len(self._counts) < MAX_MESSAGES:
                self._counts[line] += 1
            else:
                self._dropped += 1
        del self._latest[:-MAX_MESSAGES]
        return len(text)

    def pop_latest(self) -> list[str]:
        """Return the lines since the last call, the last of them if there are many."""
        latest, self._latest = self._latest, []
        return latest

    def print_all(self, file: TextIO) -> None:
        """Print each line once, with its number of times."""
        if self._rest:
            self.write("\n")
        counts = self._counts.items()
        file.writelines(f"{line} ({count:,} times)\n" if count > 1 else f"{line}\n" for line, count in counts)
        if self._dropped:
            file.write(f"netstat-parse: {self._dropped:,} other messages\n")
