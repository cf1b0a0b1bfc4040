"""The fused pattern and the expression that it was lowered from do the same."""

from collections.abc import Callable, Iterator, Sequence
from re import _parser  # type: ignore[attr-defined]  # there is no public way to see what a pattern is made of
from typing import Any, NamedTuple, TypeVar

import pyparsing as pp
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from netstat_parse.fuse.elements import UnsupportedExpressionError
from netstat_parse.fuse.fused import Fused
from netstat_parse.fuse.lower import fuse
from netstat_parse.tokens import glued, integer, on_one_line, token
from support.fusing import parse_fused, parse_unfused

T = TypeVar("T")

BLANKS = r"[ \t\xa0]*+"


def values(expression: pp.ParserElement, text: str) -> dict[str, Any]:
    outcome = parse_fused(fuse(on_one_line(expression)), text)
    assert outcome is not None
    return outcome[1]


def shout(text: str) -> str:
    return f"{text.upper()}!"


# What the pattern is


@pytest.mark.parametrize(
    ("expression", "pattern"),
    [
        (
            token(r"\d+")("pid") + glued(token("/")) + token(r"\S+"),
            rf"{BLANKS}(?P<pid>\d++)/{BLANKS}\S++",
        ),
        (token("[ab]+") | token("c"), rf"{BLANKS}(?>[ab]++|c)"),
        (pp.Opt(token("a+")("x")), rf"{BLANKS}(?>(?P<x>a++)|)"),
        (pp.Opt(token("a") | token("c")), rf"(?>{BLANKS}(?>a|c)|)"),
        ((glued(token("a") | token("b")))("x"), "(?>(?P<x>a|b))"),
        (glued(token("a")) | token("b"), f"(?>a|{BLANKS}b)"),
        (glued(token(r"\d{4}-[01]\d")), r"\d{4}-[01]\d"),
        (glued(integer), r"[0-9]{1,20}+(?![0-9])"),
        (glued(token(r"(?:\d+\.)+")), r"(?>(?:\d+\.)+)"),
        (glued(token(r"[)+]\(\+(?=a)")), r"[)+]\(\+(?=a)"),
        (glued(pp.NoMatch()), "(?!)"),
    ],
)
def test_the_pattern_is_short(expression: pp.ParserElement, pattern: str) -> None:
    assert fuse(on_one_line(expression)).text == pattern


def test_a_choice_is_not_undone() -> None:
    assert fuse(on_one_line((token("a") | token("ab")) + token("c"))).pattern.match("abc") is None


def test_a_choice_is_not_undone_to_match_more() -> None:
    assert fuse(on_one_line(token("a") | token("ab"))).pattern.fullmatch("ab") is None


@pytest.mark.parametrize("optional", [pp.Opt(token("a")), token("[ab]+"), token("[ab]*"), token("a?")])
def test_nothing_is_given_back(optional: pp.ParserElement) -> None:
    assert fuse(on_one_line(optional + token("ab"))).pattern.match("ab") is None


@pytest.mark.parametrize("text", ["\n a", " \na", "a\nba", "a ba", "a\xa0b\ta"])
@pytest.mark.parametrize(
    "make",
    [
        lambda: pp.Opt(token("a")),
        lambda: pp.And([token("a") | token("b")]),
        lambda: token("a") + pp.And([token("b"), token("a")]),
        lambda: token("a") + (token("b") | glued(token("c"))),
        lambda: pp.Opt(token("a")) + pp.Opt(glued(token("b"))),
        lambda: glued(pp.Opt(token("a"))) + token("b"),
    ],
)
def test_each_element_skips_its_own_blanks(make: Callable[[], pp.ParserElement], text: str) -> None:
    assert parse_fused(fuse(on_one_line(make())), text) == parse_unfused(on_one_line(make()), text)


def test_an_expression_can_be_fused_after_it_was_used() -> None:
    expression = token("a")
    assert expression.matches("a")
    assert fuse(expression).pattern.match("a")


# What the values are


def test_the_blanks_before_are_no_part_of_a_value() -> None:
    assert values(token("[ab]+")("x") + (token("[cd]+") | token("e"))("y"), "  ab \t e") == {"x": "ab", "y": "e"}


def test_a_name_in_a_failed_alternative_is_not_set() -> None:
    assert values(token("a")("x") + token("b") | token("a")("y") + token("c"), "a c") == {"y": "a"}


def test_each_capture_has_its_group_and_conversion() -> None:
    fused = fuse(on_one_line(token(r"\d+", int)("x") | token("[a-z]+")("x")))
    assert fused.captures == [("x", "x", int), ("x", "x__2", None)]


def test_a_numbered_group_is_not_mistaken_for_a_name_like_it() -> None:
    assert values(token("a")("x") + token("a")("x__2") + token("b")("x"), "aab") == {"x": "b", "x__2": "a"}


def test_a_choice_converts_where_its_alternatives_do_so_alike() -> None:
    assert values((token(r"\d+", int) | token(r"0x\d+", int))("x"), "7") == {"x": 7}


def test_the_pattern_converts_nothing() -> None:
    match = fuse(token("[ab]+", shout)("x")).pattern.match("ab")
    assert match is not None
    assert match["x"] == "ab"


# What holds for all

Terminals = Sequence[tuple[str, Sequence[str]]]
"""The pattern of a terminal, and texts that it is likely to match, or only just not."""

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
"""Terminals that match in one way only once they are possessive."""

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
    """Draws a text that the expression is likely to match."""


class Draw:
    """Draws a grammar, and texts for it."""

    def __init__(self, below: Callable[[int], int], terminals: Terminals) -> None:
        self.below = below
        """Draws a number from 0, the simplest, to below the one given."""
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
            return self.around(self.grammar(depth - 1))
        if self.below(4) == 0:
            return self.named_choice()
        return self.of([self.grammar(depth - 1) for _ in range(1 + self.below(3))])

    def named_choice(self) -> Sampled:
        convert = self.one_of(CONVERSIONS)
        parts = [self.terminal(convert, may_be_named=False) for _ in range(2)]
        choice = pp.MatchFirst([part.expression for part in parts])
        return Sampled(choice(self.one_of(NAMES)), lambda: self.one_of(parts).text())

    def around(self, part: Sampled) -> Sampled:
        inner, text = part
        makes: list[tuple[Callable[[], pp.ParserElement], Callable[[], str]]] = [
            (lambda: pp.Opt(inner), self.one_of([text, self.noise])),
            (lambda: pp.Opt(inner).leave_whitespace(recursive=False), text),
            (lambda: glued(inner), text),
            (lambda: inner.copy().leave_whitespace(recursive=False), text),
        ]
        make, texts = self.one_of(makes)
        return Sampled(make(), texts)

    def of(self, parts: Sequence[Sampled]) -> Sampled:
        inner = [part.expression for part in parts]

        def text() -> str:
            return "".join(self.blanks() + part.text() for part in parts)

        makes: list[tuple[Callable[[], pp.ParserElement], Callable[[], str]]] = [
            (lambda: pp.And(inner), text),
            (lambda: sum(inner[1:], inner[0]), text),
            (lambda: pp.MatchFirst(inner), lambda: self.one_of(parts).text()),
            (lambda: pp.MatchFirst([*inner, pp.NoMatch()]), lambda: self.one_of(parts).text()),
        ]
        make, texts = self.one_of(makes)
        return Sampled(make(), texts)


def fused_or_rejected(expression: pp.ParserElement) -> Fused:
    try:
        return fuse(expression)
    except UnsupportedExpressionError as error:
        assert "names more than one token" in str(error)  # noqa: PT017  # a choice of which one skips blanks
        reject()


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_fused_and_unfused_agree(data: st.DataObject) -> None:
    draw = Draw(lambda number: data.draw(st.integers(0, number - 1)), [*DETERMINED, *BACKTRACKING])
    sampled, likely = draw.grammar(depth=3)
    expression = on_one_line(sampled)
    fused = fused_or_rejected(expression)
    for _ in range(4):
        before = draw.noise()
        text = before + draw.blanks() + likely() + draw.noise()
        expected = parse_unfused(expression, text, len(before))
        assert parse_fused(fused, text, len(before)) == expected, fused.text


def given_back(pattern: Any, *, last: bool) -> Iterator[str]:  # noqa: ANN401  # a private type of `re`
    """All that might match in another way when what follows it fails; `last` if nothing follows."""
    for index, (kind, value) in enumerate(pattern):
        final = last and index == len(pattern) - 1
        match str(kind):
            case "BRANCH":
                parts = [(part, final) for part in value[1]]
                yield from [] if final else ["choice"]
            case "MAX_REPEAT" | "MIN_REPEAT":
                parts = [(value[2], False)]
                yield from [] if final or value[0] == value[1] else ["repetition"]
            case "POSSESSIVE_REPEAT":
                parts = [(value[2], False)]
            case "SUBPATTERN":
                parts = [(value[-1], final)]
            case "ATOMIC_GROUP":
                parts = [(value, True)]
            case "ASSERT" | "ASSERT_NOT":
                parts = [(value[1], True)]
            case _:
                parts = []
        for part, part_final in parts:
            yield from given_back(part, last=part_final)


def test_a_pattern_that_gives_back_is_seen() -> None:
    assert list(given_back(_parser.parse("(?:a*)*(?>b+|c)d?"), last=False)) == ["repetition"] * 3


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_no_pattern_gives_back(data: st.DataObject) -> None:
    draw = Draw(lambda number: data.draw(st.integers(0, number - 1)), DETERMINED)
    fused = fused_or_rejected(on_one_line(draw.grammar(depth=3).expression))
    assert not list(given_back(_parser.parse(fused.text), last=False)), fused.text
