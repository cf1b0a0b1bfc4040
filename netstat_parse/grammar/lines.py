"""Expressions for whole lines: how every kind of grammar compiles one, and explains why a line does not match."""

from collections.abc import Iterable, Iterator, Sequence

import pyparsing as pp

from netstat_parse.fuse.fused import Fused
from netstat_parse.fuse.lower import fuse
from netstat_parse.grammar.protocol import Mismatch
from netstat_parse.tokens import end_of_line, on_one_line


def line_start(expression: pp.ParserElement) -> Fused:
    """Compile an expression that a line begins with."""
    return fuse(on_one_line(expression))


def whole_line(expression: pp.ParserElement) -> Fused:
    """Compile an expression that takes a line up to its end."""
    return line_start(pp.And([expression, end_of_line]))


def any_whole_line(expressions: Sequence[pp.ParserElement]) -> Fused:
    """Compile expressions of which the first that takes a line up to its end reads it."""
    return line_start(pp.MatchFirst([pp.And([expression, end_of_line]) for expression in expressions]))


def mismatch(expected: Iterable[tuple[str, pp.ParserElement]], line: str) -> Mismatch:
    """Explain how far a line agrees with these expressions, one behind the other, each with its name."""
    at = matched = 0
    for name, expression in expected:
        try:
            at = on_one_line(expression).try_parse(line, at)
        except pp.ParseBaseException:
            return Mismatch(matched, name, at + len(line[at:]) - len(line[at:].lstrip()))
        matched += 1
    return Mismatch(matched, "", at)


def terms(expression: pp.ParserElement) -> Iterator[tuple[str, pp.ParserElement]]:
    """Yield the expressions of a sequence, flat, each with its results name or a general one."""
    if isinstance(expression, pp.And):
        for inner in expression.exprs:
            yield from terms(inner)
    else:
        yield expression.resultsName or "more of this line", expression
