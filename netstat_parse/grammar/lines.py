"""Expressions for whole lines: how every kind of grammar compiles one, and explains why a line does not match."""

from collections.abc import Sequence
from typing import NamedTuple

import pyparsing as pp

from netstat_parse.fuse.fused import Fused
from netstat_parse.fuse.lower import fuse
from netstat_parse.grammar.protocol import Mismatch
from netstat_parse.tokens import end_of_line, on_one_line


class Term(NamedTuple):
    """A part of a line, compiled by itself to find out where a damaged line ends to agree."""

    name: str
    fused: Fused


def line_start(expression: pp.ParserElement) -> Fused:
    """Compile an expression that a line begins with."""
    return fuse(on_one_line(expression))


def whole_line(expression: pp.ParserElement) -> Fused:
    """Compile an expression that takes a line up to its end."""
    return line_start(pp.And([expression, end_of_line]))


def any_whole_line(expressions: Sequence[pp.ParserElement]) -> Fused:
    """Compile expressions of which the first that takes a line up to its end reads it."""
    return line_start(pp.MatchFirst([pp.And([expression, end_of_line]) for expression in expressions]))


def mismatch(expected: Sequence[Term], line: str) -> Mismatch:
    """Explain how far a line agrees with these terms, one behind the other."""
    at = 0
    for matched, (name, fused) in enumerate(expected):
        found = fused.pattern.match(line, at)
        if found is None:
            return Mismatch(matched, name, at + len(line[at:]) - len(line[at:].lstrip()))
        at = found.end()
    return Mismatch(len(expected), "", at)


def terms(expression: pp.ParserElement) -> list[Term]:
    """Compile the expressions of a sequence one by one, each with its results name or a general one."""
    if isinstance(expression, pp.And):
        return [term for inner in expression.exprs for term in terms(inner)]
    return [Term(expression.resultsName or "more of this line", line_start(expression))]
