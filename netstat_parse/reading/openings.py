"""Find the tables that a line may open, with one pattern for the beginnings of all their rows."""

import re
from collections.abc import Iterable
from itertools import compress

from netstat_parse.grammar.protocol import Grammar

_GROUP_NAME = re.compile(r"\(\?P<\w+>")


class Openings:
    """Tables that a row identifies, each with its system."""

    def __init__(self, tables: Iterable[tuple[str, Grammar]]) -> None:
        self.tables = list(tables)
        openings = (_GROUP_NAME.sub("(?:", table.opening.text) for _, table in self.tables)
        # Each opening is looked for at the same place, and has a group that tells whether it was found.
        self._pattern = re.compile("".join(f"(?=({opening})?)" for opening in openings))

    def find(self, text: str, at: int = 0) -> list[tuple[str, Grammar]]:
        """Find the tables of which a row may begin at this offset."""
        found = self._pattern.match(text, at)
        return list(compress(self.tables, found.groups())) if found else []
