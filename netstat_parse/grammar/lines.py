"""Expressions for whole lines: how every kind of grammar compiles one, and explains why a line does not match.

An expression is one of pyparsing, or is lowered already, in a wheel. From here on both are the same.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from netstat_parse.fuse.fragments import END_OF_LINE, Fragment, Parts, choice, sequence
from netstat_parse.fuse.fused import Fused
from netstat_parse.grammar.protocol import Mismatch
from netstat_parse.named_fields import NamedFields

if TYPE_CHECKING:
    from netstat_parse.fuse.fragments import Expression

COMMON_CELLS = (
    *("word", "web-1", "a_b", "ms:", "a/b", "[a]"),
    *("80", "7.5", "10.1.2.3", "12:00:01", "12:00:01,123"),
    *("-", "*", "?"),
)
"""Words that lines of any text have: a column that accepts one of them does not identify a row."""


class Term(NamedFields):
    """A part of a line, compiled by itself to find out where a damaged line ends to agree."""

    name: str
    fused: Fused

    def is_specific(self, text: str) -> bool:
        """Return whether the text, which agrees, is one that lines of other text seldom have."""
        return not character_kinds(text) <= _find_common_kinds(self.fused.pattern)


def character_kinds(text: str) -> set[str]:
    """Return the kinds of the characters: a letter, a digit, or a sign as it is."""
    return {"a" if char.isalpha() else "0" if char.isdigit() else char for char in text}


@lru_cache(maxsize=256)
def _find_common_kinds(pattern: re.Pattern[str]) -> set[str]:
    """Return the kinds of all characters in the common words that the pattern accepts, alone or before a number."""
    lines = ((cell, f"{cell}{behind}") for cell in COMMON_CELLS for behind in ("", " 80"))
    accepted = (cell for cell, line in lines if (found := pattern.match(line)) and found[0].strip() == cell)
    return character_kinds("".join(accepted))


def lowered(expression: "Expression") -> Parts:
    """Return the parts of an expression, which wheels contain in its place."""
    if isinstance(expression, tuple):
        return expression
    from netstat_parse.fuse.lower import lower  # imports pyparsing

    return lower(expression)


def whole(expression: "Expression") -> Fragment:
    """Return an expression as one fragment."""
    return sequence([part.fragment for part in lowered(expression)])


def compile_start(*expressions: "Expression") -> Fused:
    """Compile expressions that a line begins with, one behind the other."""
    return sequence([part.fragment for expression in expressions for part in lowered(expression)]).fuse()


def compile_line(expression: "Expression") -> Fused:
    """Compile an expression that takes a line up to its end."""
    return compile_start(expression, END_OF_LINE)


def compile_any_line(expressions: Sequence["Expression"]) -> Fused:
    """Compile expressions of which the first that takes a line up to its end reads it."""
    return choice([whole((*lowered(expression), *END_OF_LINE)) for expression in expressions]).fuse()


def explain_mismatch(expected: Sequence[Term], line: str) -> Mismatch:
    """Explain how far a line agrees with these terms, one behind the other."""
    at = matched = 0
    is_specific = False
    for term in expected:
        found = term.fused.pattern.match(line, at)
        if found is None:
            return Mismatch(matched, term.name, at + len(line[at:]) - len(line[at:].lstrip()), is_specific)
        text = found[0].strip()
        matched += bool(text)  # a gap, or an optional column that is not there, proves nothing
        is_specific = is_specific or term.is_specific(text)
        at = found.end()
    return Mismatch(matched, "", at, is_specific)


def compile_terms(expression: "Expression") -> list[Term]:
    """Compile the parts of an expression one by one, each with its results name or a general one."""
    return [Term(part.name or "more of this line", part.fragment.fuse()) for part in lowered(expression)]
