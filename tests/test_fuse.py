"""The fused pattern and the expression that it is made of do the same."""

import re
from collections.abc import Callable, Iterator, Sequence
from re import _constants, _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple, TypeVar

import pyparsing as pp
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from netstat_parse.fuse import Fused, NotRegularError, fuse, lower
from netstat_parse.tokens import glued, token

T = TypeVar("T")
Outcome = tuple[int, dict[str, Any]] | None


def unfused_outcome(expression: pp.ParserElement, text: str, at: int = 0) -> Outcome:
    expression.streamline()
    try:
        end, results = expression._parse(text, at)  # noqa: SLF001
    except pp.ParseException:
        return None
    return min(end, len(text)), {name: value for name, value in results.items() if value is not None}


def fused_outcome(fused: Fused, text: str, at: int = 0) -> Outcome:
    match = fused.pattern.match(text, at)
    if match is None:
        return None
    columns = fused.columns([match.groups()])
    return match.end(), {name: value for name, [value] in columns.items() if value is not None}


class Sampled(NamedTuple):
    """An expression with texts that it is likely to match."""

    expression: pp.ParserElement
    text: Callable[[], str]


def shout(text: str) -> str:
    return text.upper() + "!"


TERMINALS: Sequence[tuple[Callable[[], pp.ParserElement], Sequence[str]]] = [
    (lambda: pp.Literal("a"), ["a"]),
    (lambda: pp.Literal("b"), ["b"]),
    (lambda: pp.Literal("ab"), ["ab"]),
    (lambda: pp.Literal("ba"), ["ba"]),
    (lambda: pp.Literal("."), ["."]),
    (lambda: pp.CaselessLiteral("aB"), ["ab", "AB", "aB"]),
    (lambda: pp.CaselessLiteral("si"), ["SI", "\u017fi", "s\u0131"]),
    (lambda: pp.Keyword("a"), ["a"]),
    (lambda: pp.Keyword("ab", ident_chars="b."), ["ab"]),
    (lambda: pp.Keyword("a", ident_chars=""), ["a"]),
    (lambda: pp.CaselessKeyword("ab"), ["Ab", "aB"]),
    (lambda: pp.CaselessKeyword("a", ident_chars="s"), ["A", "a\u017f"]),
    (lambda: pp.Word("ab"), ["a", "b", "ab", "bba"]),
    (lambda: pp.Word("a", "b."), ["a", "ab", "a.b"]),
    (lambda: pp.Word("ab", min=2), ["a", "ab", "bba"]),
    (lambda: pp.Word("ab", max=2), ["a", "ab", "bba"]),
    (lambda: pp.Word("a", "b", max=2), ["a", "ab", "abb"]),
    (lambda: pp.Word("a", "b", max=1), ["a", "ab"]),
    (lambda: pp.Word("a", "ab", min=2, max=3), ["a", "ab", "abb", "abba"]),
    (lambda: pp.Word("ab.", "ab", exact=2), [".a", "ab", "abb"]),
    (lambda: pp.Word("ab.", exclude_chars="b"), ["a", "a.", "."]),
    (lambda: pp.Word("a", exclude_chars="a"), ["a"]),
    (lambda: pp.Word("ab."), ["a.b"]),
    (lambda: pp.Word("a.", as_keyword=True), ["a", "a.", "a.b"]),
    (lambda: pp.Word("a b"), ["a b", "a", "ba "]),
    (lambda: pp.Word("a ", max=2), ["a b", "a", "aaa "]),
    (lambda: pp.Word("a", "b ", min=2, max=3), ["a", "ab", "ab b", "a b a"]),
    (lambda: pp.Word("a ", exact=2), ["a", "a ", "a a"]),
    (lambda: pp.Char("ab"), ["a", "b"]),
    (lambda: pp.Char("ab", as_keyword=True), ["a", "b"]),
    (lambda: pp.CharsNotIn("a"), ["b", " b\n"]),
    (lambda: pp.CharsNotIn(" \n", max=2), ["ab", "a.b"]),
    (lambda: pp.CharsNotIn("", exact=2), ["ab"]),
    (lambda: pp.White(), [" ", "\t\n"]),
    (lambda: pp.White(" ", min=2, max=3), [" ", "  ", "   ", "    "]),
    (lambda: pp.White("\n"), ["\n", " \n"]),
    (lambda: pp.one_of("a ab abb"), ["a", "ab", "abb"]),
    (lambda: pp.one_of("a b ab", as_keyword=True), ["a", "ab"]),
    (lambda: pp.one_of("a b ab", use_regex=False), ["a", "ab"]),
    (lambda: pp.Regex("a+"), ["a", "aa"]),
    (lambda: pp.Regex("[ab]{1,2}"), ["a", "ab", "bab"]),
    (lambda: pp.Regex("[ab]{1,2}?"), ["a", "ab", "bab"]),
    (lambda: pp.Regex("a{2}"), ["a", "aa"]),
    (lambda: pp.Regex("a|ab"), ["a", "ab"]),
    (lambda: pp.Regex("a*b?"), ["", "a", "ab"]),
    (lambda: pp.Regex("a*+b"), ["b", "aab"]),
    (lambda: pp.Regex("a+?b?"), ["a", "ab"]),
    (lambda: pp.Regex("a*a"), ["a", "aa"]),
    (lambda: pp.Regex("(a|b)(?:a)"), ["aa", "ba"]),
    (lambda: pp.Regex(r"(?P<x>a)b*"), ["a", "abb"]),
    (lambda: pp.Regex(r"(?P<x>a)?b"), ["b", "ab"]),
    (lambda: pp.Regex(r"(?P<y>a+)(?P<z>b|$)?"), ["a", "aab"]),
    (lambda: pp.Regex(r"(?P<y>a|(?P<x>b))"), ["a", "b"]),
    (lambda: pp.Regex(r"[(?P<y>]|\(?"), ["a", "(", "P"]),
    (lambda: pp.Regex("A|b", flags=re.IGNORECASE), ["a", "B"]),
    (lambda: pp.Regex("(?i)A+"), ["a", "AA"]),
    (lambda: pp.Regex(re.compile("a + b # (so be it [", re.VERBOSE)), ["ab", "aab"]),
    (lambda: pp.Regex("^a", flags=re.MULTILINE), ["a"]),
    (lambda: pp.Regex(r"(?<=a)b(?!a)"), ["b"]),
    (lambda: pp.Regex(r"\w\b"), ["a", "B"]),
    (lambda: pp.Regex(r"."), ["a"]),
    (lambda: pp.Regex(r"(?:\n|\Z)"), ["\n", ""]),
    (lambda: pp.Empty(), [""]),
    (lambda: pp.NoMatch(), ["a"]),
    (lambda: pp.LineEnd(), ["\n", " \n"]),
    (lambda: pp.LineStart(), ["", "\n"]),
    (lambda: pp.StringEnd(), [""]),
    (lambda: token("a+"), ["a", "aa"]),
    (lambda: token("ab?", shout), ["a", "ab"]),
    (lambda: token("[ab]", shout), ["a", "b"]),
]
NAMES = ["x", "y", "z", "x__2"]


class Drawn:
    """Draws a grammar, and texts that it is likely to match."""

    def __init__(self, below: Callable[[int], int]) -> None:
        self.below = below
        """Draws a number from 0, the simplest, to below the one given."""

    def one_of(self, choices: Sequence[T]) -> T:
        return choices[self.below(len(choices))]

    def blanks(self) -> str:
        return self.one_of(["", "", "", " ", "  ", "\n", "\t "])

    def noise(self) -> str:
        return "".join(self.one_of("ab aAbB.\n\t") for _ in range(self.below(6) * self.below(2)))

    def terminal(self) -> Sampled:
        make, texts = self.one_of(TERMINALS)
        expression = make()
        match self.one_of(["as is", "as is", "as is", "glued", "on the line"]):
            case "glued":
                expression.leave_whitespace()
            case "on the line":
                expression.set_whitespace_chars(" \t")
        if self.below(2):
            expression = expression(self.one_of(NAMES))
        return Sampled(expression, lambda: self.one_of(texts))

    def grammar(self, depth: int) -> Sampled:
        if depth == 0 or self.below(10) == 0:
            return self.terminal()
        if self.below(2):
            return self.one_part(self.grammar(depth - 1))
        return self.parts([self.grammar(depth - 1) for _ in range(2 + self.below(2))])

    def one_part(self, part: Sampled) -> Sampled:
        expression, text = part

        def repeated() -> str:
            return "".join(self.blanks() + text() for _ in range(self.below(4)))

        most = 1 + self.below(3)
        make, texts = self.one_of(
            [
                (lambda: pp.Opt(expression), lambda: self.one_of([text, self.noise])()),
                (lambda: pp.ZeroOrMore(expression), repeated),
                (lambda: pp.OneOrMore(expression), repeated),
                (lambda: pp.ZeroOrMore(expression, max=most), repeated),
                (lambda: expression[1, most], repeated),
                (lambda: expression * most, repeated),
                (lambda: pp.Suppress(expression), text),
                (lambda: pp.Group(expression), text),
                (lambda: pp.Combine(expression), text),
                (lambda: pp.Combine(expression, adjacent=False), text),
                (lambda: pp.FollowedBy(expression), text),
                (lambda: pp.NotAny(expression), self.noise),
                (lambda: pp.DelimitedList(expression, "."), lambda: f"{text()}.{text()}"),
                (lambda: glued(expression), text),
                (lambda: expression(self.one_of(NAMES)), text),
            ]
        )
        return Sampled(make(), texts)

    def parts(self, parts: Sequence[Sampled]) -> Sampled:
        expressions = [part.expression for part in parts]
        (first, text), (last, end) = parts[0], parts[-1]
        make, texts = self.one_of(
            [
                (lambda: pp.And(expressions), lambda: "".join(self.blanks() + part.text() for part in parts)),
                (lambda: sum(expressions[1:], first), lambda: "".join(self.blanks() + part.text() for part in parts)),
                (lambda: pp.MatchFirst(expressions), lambda: self.one_of(parts).text()),
                (lambda: pp.OneOrMore(first, stop_on=last), lambda: f"{text()} {text()}{end()}"),
                (lambda: pp.Combine(pp.And(expressions)), lambda: "".join(part.text() for part in parts)),
            ]
        )
        return Sampled(make(), texts)


@settings(deadline=None, max_examples=500)
@given(st.data())
def test_fused_and_unfused_agree(data: st.DataObject) -> None:
    drawn = Drawn(lambda number: data.draw(st.integers(0, number - 1)))
    expression, likely = drawn.grammar(4)
    try:
        fused = lower(expression)
    except NotRegularError:
        reject()
    for _ in range(4):
        before = drawn.noise()
        text = before + drawn.blanks() + likely() + drawn.noise()
        expected = unfused_outcome(expression, text, len(before))
        assert fused_outcome(fused, text, len(before)) == expected, fused.pattern.pattern
