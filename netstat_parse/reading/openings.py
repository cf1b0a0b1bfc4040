"""Find the tables that a line may open, with one pattern for the beginnings of all their rows."""

import re
from collections.abc import Iterable
from functools import cached_property
from itertools import chain, compress
from operator import itemgetter
from typing import Generic, TypeVar

from netstat_parse.grammar.protocol import Grammar
from netstat_parse.precompiled import compile_pattern

AnyGrammar = TypeVar("AnyGrammar", bound=Grammar)

_GROUP_NAME = compile_pattern(r"\(\?P<\w+>")


class Openings(Generic[AnyGrammar]):
    """Tables with the beginnings of their rows: a line is matched once, not once for each table."""

    def __init__(self, tables: Iterable[tuple[str, AnyGrammar]]) -> None:
        by_opening: dict[str, list[tuple[int, str, AnyGrammar]]] = {}
        for number, (system, table) in enumerate(tables):
            opening = _GROUP_NAME.sub("(?:", table.opening.text)
            by_opening.setdefault(opening, []).append((number, system, table))
        self._by_opening = by_opening

    @cached_property
    def any(self) -> re.Pattern[str]:
        """Matches the opening of any of these tables."""
        return compile_pattern("|".join(f"(?:{opening})" for opening in self._by_opening))

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        # Each opening is an optional group in a lookahead at the same offset: the group is set if the opening matches.
        return compile_pattern("".join(f"(?=({opening})?)" for opening in self._by_opening))

    def find(self, text: str, at: int = 0) -> list[tuple[str, AnyGrammar]]:
        """Find the tables of which a row may begin at this offset, in their order, each with its system."""
        found = self._pattern.match(text, at)
        if found is None or not found.lastindex:
            return []
        matches = sorted(chain(*compress(self._by_opening.values(), found.groups())), key=itemgetter(0))
        return [(system, table) for _, system, table in matches]
