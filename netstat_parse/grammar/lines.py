"""Expressions for whole lines: how every kind of grammar compiles one, and explains why a line does not match."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

import pyparsing as pp

from netstat_parse.fuse.fused import Fused
from netstat_parse.fuse.lower import fuse
from netstat_parse.grammar.protocol import Mismatch
from netstat_parse.tokens import end_of_line, on_one_line

COMMON_CELLS = [
    "word",
    "80",
    "7.5",
    "-",
    "*",
    "?",
    "10.1.2.3",
    "web-1",
    "12:00:01",
    "12:00:01,123",
    "a/b",
    "[a]",
    "ms:",
    "a_b",
]
"""Words that lines of any text have: a column that accepts one of them does not identify a row."""


class Term(NamedTuple):
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


def compile_start(expression: pp.ParserElement) -> Fused:
    """Compile an expression that a line begins with."""
    return fuse(on_one_line(expression))


def compile_line(expression: pp.ParserElement) -> Fused:
    """Compile an expression that takes a line up to its end."""
    return compile_start(pp.And([expression, end_of_line]))


def compile_any_line(expressions: Sequence[pp.ParserElement]) -> Fused:
    """Compile expressions of which the first that takes a line up to its end reads it."""
    return compile_start(pp.MatchFirst([pp.And([expression, end_of_line]) for expression in expressions]))


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


def compile_terms(expression: pp.ParserElement) -> list[Term]:
    """Compile the expressions of a sequence one by one, each with its results name or a general one."""
    if isinstance(expression, pp.And):
        return [term for inner in expression.exprs for term in compile_terms(inner)]
    return [Term(expression.resultsName or "more of this line", compile_start(expression))]
