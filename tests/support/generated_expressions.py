"""Generate expressions of the kinds that grammars use, and texts that they are likely to match."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple, TypeVar

import pyparsing as pp

from netstat_parse.tokens import glued, token

T = TypeVar("T")


def shout(text: str) -> str:
    return f"{text.upper()}!"


Terminals = Sequence[tuple[str, Sequence[str]]]
"""The pattern of a terminal, and texts that it matches or nearly matches."""

DETERMINED: Terminals = [
    ("a", ["a"]),
    ("b", ["b"]),
    ("ab", ["ab"]),
    ("ba", ["ba"]),
    (r"\.", ["."]),
    ("[ab]", ["a", "b"]),
    ("[ab]+", ["a", "b", "ab", "bba"]),
    ("[ab]*", ["", "a", "b", "ab", "bba"]),
    ("a?", ["", "a"]),
    ("a[b.]*", ["a", "ab", "a.b"]),
    ("[ab]{2,}", ["a", "ab", "bba"]),
    ("[ab]{1,2}", ["a", "ab", "bba"]),
    ("a{2}b*", ["aa", "aab"]),
    ("a{2}", ["a", "aa"]),
    ("a*+b", ["b", "aab"]),
    ("a*+b+", ["b", "aabb"]),
    ("a{1,20}+(?!b)", ["a", "aa", "aab"]),
    (r"(?<=a)b(?!a)", ["b"]),
    (r"\w\b", ["a", "B"]),
    (r"[^\s]+", ["a.", "ab"]),
    ("(?!a)b", ["b"]),
    (".", ["a"]),
]
"""Terminals that match in only one way when they are possessive."""

BACKTRACKING: Terminals = [
    ("a|ab", ["a", "ab"]),
    ("a|ab|abb", ["a", "ab", "abb"]),
    ("a*b?", ["", "a", "ab"]),
    ("a+?b?", ["a", "ab"]),
    ("a*a", ["a", "aa"]),
    ("[ab]{1,2}?", ["a", "ab", "bab"]),
    ("a{2}?", ["a", "aa"]),
    ("(?:a|b)(?:a)", ["aa", "ba"]),
    ("(?:ab){1}", ["ab"]),
    ("(?:ab)*", ["", "ab", "abab"]),
    ("(?:a|ab)+?", ["a", "ab", "aab"]),
    (r"(?:\n|\Z)", ["\n", ""]),
    (r"[](]|\(?[^][]", ["a", "(b", "]"]),
    (r"(?>a|ab)b?", ["a", "ab"]),
    (r"\\?a|\(", ["a", "\\a", "("]),
]

NAMES = ["x", "y", "z", "x__2"]

CONVERSIONS = [None, None, shout, len]


class Sampled(NamedTuple):
    expression: pp.ParserElement
    text: Callable[[], str]
    """Draw a text that the expression is likely to match."""


class Draw:
    """Draw a grammar and texts for it."""

    def __init__(self, below: Callable[[int], int], terminals: Terminals) -> None:
        self.below = below
        """Draw a number from 0, the simplest, to below the one given."""
        self.terminals = terminals

    def one_of(self, choices: Sequence[T]) -> T:
        return choices[self.below(len(choices))]

    def blanks(self) -> str:
        return self.one_of(["", "", "", " ", "  ", "\n", "\t ", "\xa0"])

    def noise(self) -> str:
        return "".join(self.one_of("ab aAbB.\n\t") for _ in range(self.below(6) * self.below(2)))

    def terminal(self, convert: Callable[[str], Any] | None, *, may_be_named: bool = True) -> Sampled:
        pattern, texts = self.one_of(self.terminals)
        expression: pp.ParserElement = token(pattern, convert)
        if self.below(5) == 1:
            expression.leave_whitespace()
        if may_be_named and self.below(2):
            expression = expression(self.one_of(NAMES))
        return Sampled(expression, lambda: self.one_of(texts))

    def grammar(self, depth: int) -> Sampled:
        if depth == 0 or self.below(10) == 0:
            return self.terminal(self.one_of(CONVERSIONS))
        if self.below(3) == 0:
            return self.wrap(self.grammar(depth - 1))
        if self.below(4) == 0:
            return self.named_choice()
        return self.combine([self.grammar(depth - 1) for _ in range(1 + self.below(3))])

    def named_choice(self) -> Sampled:
        convert = self.one_of(CONVERSIONS)
        choices = [self.terminal(convert, may_be_named=False) for _ in range(2)]
        choice = pp.MatchFirst([sampled.expression for sampled in choices])
        return Sampled(choice(self.one_of(NAMES)), lambda: self.one_of(choices).text())

    def wrap(self, sampled: Sampled) -> Sampled:
        inner, text = sampled
        makes: list[tuple[Callable[[], pp.ParserElement], Callable[[], str]]] = [
            (lambda: pp.Opt(inner), self.one_of([text, self.noise])),
            (lambda: pp.Opt(inner).leave_whitespace(recursive=False), text),
            (lambda: glued(inner), text),
            (lambda: inner.copy().leave_whitespace(recursive=False), text),
        ]
        make, texts = self.one_of(makes)
        return Sampled(make(), texts)

    def combine(self, choices: Sequence[Sampled]) -> Sampled:
        inner = [sampled.expression for sampled in choices]

        def text() -> str:
            return "".join(self.blanks() + sampled.text() for sampled in choices)

        makes: list[tuple[Callable[[], pp.ParserElement], Callable[[], str]]] = [
            (lambda: pp.And(inner), text),
            (lambda: sum(inner[1:], inner[0]), text),
            (lambda: pp.MatchFirst(inner), lambda: self.one_of(choices).text()),
            (lambda: pp.MatchFirst([*inner, pp.NoMatch()]), lambda: self.one_of(choices).text()),
        ]
        make, texts = self.one_of(makes)
        return Sampled(make(), texts)
