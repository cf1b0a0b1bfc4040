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
    for name, fused in expected:
        found = fused.pattern.match(line, at)
        if found is None:
            return Mismatch(matched, name, at + len(line[at:]) - len(line[at:].lstrip()))
        matched += bool(found[0].strip())  # a gap, or an optional column that is not there, proves nothing
        at = found.end()
    return Mismatch(matched, "", at)


def compile_terms(expression: pp.ParserElement) -> list[Term]:
    """Compile the expressions of a sequence one by one, each with its results name or a general one."""
    if isinstance(expression, pp.And):
        return [term for inner in expression.exprs for term in compile_terms(inner)]
    return [Term(expression.resultsName or "more of this line", compile_start(expression))]
