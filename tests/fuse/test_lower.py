"""The fused pattern and the expression that it was made of do the same."""

import re
from collections.abc import Callable, Iterator, Sequence
from re import _parser  # type: ignore[attr-defined]  # there is no public way to see what a pattern is made of
from typing import Any, NamedTuple, TypeVar

import pyparsing as pp
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from netstat_parse.fuse.fused import Fused
from netstat_parse.fuse.lower import fuse, lower
from netstat_parse.fuse.pieces import NotRegularError
from netstat_parse.tokens import glued, token
from support.fusing import fused_outcome, unfused_outcome

T = TypeVar("T")


def values(expression: pp.ParserElement, text: str) -> dict[str, Any]:
    outcome = fused_outcome(lower(expression), text)
    assert outcome is not None
    return outcome[1]


def shout(text: str) -> str:
    return f"{text.upper()}!"


def ours(pattern: str = "[ab]+", convert: Callable[[str], Any] | None = None) -> pp.ParserElement:
    return token(pattern, convert).set_whitespace_chars(" \t")


# What the pattern is


@pytest.mark.parametrize(
    ("expression", "pattern"),
    [
        (ours(r"\d+")("pid") + glued(ours("/")) + ours(r"\S+"), r"[\t ]*+(?P<pid>\d++)/[\t ]*+\S++"),
        (ours() | ours("c"), r"[\t ]*+(?>[ab]++|c)"),
        (pp.Opt(ours()("x")), r"[\t ]*+(?>(?P<x>[ab]++)|)"),
        (pp.Opt(ours() | ours("c")), r"(?>[\t ]*+(?>[ab]++|c)|)"),
        (glued(pp.Literal("a") | "b" | "c")("x"), r"(?>(?P<x>a|b|c))"),
        (pp.Combine(pp.Word("ab", min=2) + "." + pp.Char("xyz"))("x"), r"[\t\n\r ]*+(?P<x>[ab]{2,}+\.[x-z])"),
        (glued(pp.Keyword("on", ident_chars="no")), "(?<![no])on(?![no])"),
        (glued(pp.ZeroOrMore(pp.Literal("ab"), stop_on="c")), r"(?>(?:(?![\t\n\r ]*+c)ab)*)"),
        (glued(pp.Regex(r"\d{4}-[01]\d")), r"\d{4}-[01]\d"),
        (glued(pp.Regex(r"\d{1,20}+(?!\d)")), r"\d{1,20}+(?!\d)"),
        (glued(pp.Regex(r"(\d+\.)+")), r"(?>(?:\d+\.)+)"),
        (glued(pp.Literal("\t é-\xa0")), r"\t é\-\xa0"),
    ],
)
def test_the_pattern_is_short(expression: pp.ParserElement, pattern: str) -> None:
    assert fuse(expression).pattern == pattern


def test_a_choice_is_not_taken_back() -> None:
    assert fuse((pp.Literal("a") | "ab") + "c").match("abc") is None


def test_a_choice_is_not_taken_back_to_match_more() -> None:
    assert fuse(pp.Literal("a") | "ab").fullmatch("ab") is None


@pytest.mark.parametrize(
    "expression", [pp.Opt("a") + "ab", pp.ZeroOrMore("a") + "ab", pp.Word("ab") + "b", pp.Regex("[ab]*") + "b"]
)
def test_nothing_is_given_back(expression: pp.ParserElement) -> None:
    assert fuse(expression).match("ab") is None


@pytest.mark.parametrize("text", ["\n a", " \na", "a\nba", "a ba"])
@pytest.mark.parametrize(
    "make",
    [
        lambda: pp.Opt(pp.Char("a")).set_whitespace_chars(" "),
        lambda: pp.And([pp.Char("a") | "b"]).set_whitespace_chars(" "),
        lambda: pp.Char("a") + (pp.Char("b") + "a").set_whitespace_chars(" "),
        lambda: pp.Char("a") + (pp.Char("b") | "c").set_whitespace_chars(" "),
        lambda: pp.Opt("a") + pp.Opt("b"),
    ],
)
def test_each_element_skips_its_own_whitespace(make: Callable[[], pp.ParserElement], text: str) -> None:
    assert fused_outcome(lower(make()), text) == unfused_outcome(make(), text)


# What the values are


def test_the_whitespace_before_is_no_part_of_a_value() -> None:
    assert values(pp.Word("ab")("x") + (pp.Word("cd") | "e")("y"), "  ab \n e") == {"x": "ab", "y": "e"}


def test_what_a_failed_alternative_named_is_forgotten() -> None:
    assert values(pp.Char("a")("x") + "b" | pp.Char("a")("y") + "c", "a c") == {"y": "a"}


def test_what_a_failed_repetition_named_is_forgotten() -> None:
    assert values(pp.ZeroOrMore(pp.Word("ab")("x") + "."), "a. b. ab") == {"x": "b"}


def test_a_name_may_stand_in_several_places() -> None:
    numbers, words = ours(r"\d+", int)("x"), ours(r"[a-z]+", shout)("x")
    fused = lower(pp.Opt(numbers) + pp.Opt(words))
    rows = [fused.pattern.fullmatch(text) for text in ("7", "a", "7 a", "")]
    assert fused.columns([row.groups() for row in rows if row]) == {"x": [7, "A!", "A!", None]}


def test_each_capture_tells_its_group_and_conversion() -> None:
    fused = lower(ours(r"\d+", int)("x") | ours("[a-z]+")("x"))
    assert [capture[:3] for capture in fused.captures] == [("x", "x", int), ("x", "x__2", None)]


def test_a_numbered_group_is_not_taken_for_a_name_like_it() -> None:
    assert values(pp.Char("a")("x") + pp.Char("a")("x__2") + pp.Char("b")("x"), "aab") == {"x": "b", "x__2": "a"}


def test_a_choice_converts_where_its_alternatives_do_so_alike() -> None:
    assert values((ours(r"\d+", int) | ours(r"0x\d+", int))("x"), "7") == {"x": 7}


def test_the_pattern_converts_nothing() -> None:
    match = fuse(ours("[ab]+", shout)("x")).match("ab")
    assert match is not None
    assert match["x"] == "ab"


def test_without_rows_there_are_no_columns() -> None:
    assert lower(ours()("x")).columns([]) == {}


def test_a_name_for_which_no_row_has_a_value_is_left_out() -> None:
    fused = lower(pp.Opt(ours(r"\d+", int)("x")) + pp.Opt(ours("[a-z]+")("y")))
    rows = [fused.pattern.fullmatch(text) for text in ("a", "b")]
    assert fused.columns([row.groups() for row in rows if row]) == {"y": ["a", "b"]}


# What is refused


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        (pp.Literal("a") ^ "b", "longest alternative"),
        (pp.Literal("a") & "b", "any order"),
        (pp.Literal("a") - "b", "makes a failure final"),
        (pp.Forward(), "may contain itself"),
        (pp.SkipTo("a"), "searches"),
        (pp.PrecededBy("a"), "looks back"),
        (pp.Literal("a") + ... + "b", "searches"),
        (pp.QuotedString('"'), "does not know QuotedString"),
        (pp.common.integer, "has a parse action"),
        (ours().add_condition(lambda: True), "has a parse action"),
        (pp.one_of("a b", caseless=True), "has a parse action"),
        (ours("(?P<x>a)", shout), "converts more than the text of one token"),
        (pp.Literal("a").set_fail_action(lambda *_: None), "has a fail action"),
        (pp.Word("ab").ignore(pp.Literal("#")), "ignores what matches another expression"),
        (pp.Opt("a", default="b"), "has a default"),
        (pp.ZeroOrMore(pp.Opt("a")), "repeats what may match nothing"),
        (pp.OneOrMore(pp.Regex("a*")), "repeats what may match nothing"),
        (pp.ZeroOrMore(pp.Char("a")("x") | pp.Char("b")("x")), "repeats a name that stands twice"),
        (pp.ZeroOrMore(pp.Regex("(?P<x>a)|b")), "within a Regex"),
        (pp.Char("a")("x") + pp.Regex("(?P<x>a)|b"), "may unset a name"),
        ((pp.Char("a") + "b")("x"), "use Combine"),
        (pp.Opt("a")("x"), "name what is inside"),
        (pp.Suppress("a")("x"), "name what is inside"),
        (pp.CaselessLiteral("a")("x"), "more than the text of one token"),
        ((ours("a") | ours("b", shout))("x"), "name what is inside"),
        (pp.Combine(pp.Char("a") + "b", adjacent=False)("x"), "more than the text of one token"),
        (pp.Combine(pp.Char("a") + pp.Suppress("b"))("x"), "more than the text of one token"),
        (pp.Combine(ours(r"\d", int) + "b")("x"), "more than the text of one token"),
        (pp.Combine(pp.Char("a")("y"))("x"), "nests the names inside under 'x'"),
        (pp.Group(pp.Char("a")("x")), "nests the names inside"),
        (pp.Char("a")("x*"), "lists all matches"),
        (pp.Char("a")("recv-q"), "no group can have the name 'recv-q'"),
        (pp.Regex(r"(?P<x>a)\1"), "refers back"),
        (pp.Regex("(?P<x>a)?(?(x)a|b)"), "refers back"),
        (pp.Regex("a", as_match=True), "not text"),
        (pp.CaselessLiteral("ß"), "ignores the case of"),
        (pp.Word("a ", as_keyword=True), "keyword with blanks"),
        (pp.Literal("a") + pp.LineStart(), "whitespace in its own way"),
        (pp.LineEnd() + pp.Opt("a"), "behind the end of the text"),
        (pp.And([]), "has no parts"),
        (pp.MatchFirst([]), "has no alternatives"),
    ],
)
def test_what_no_pattern_does_is_refused(expression: pp.ParserElement, reason: str) -> None:
    with pytest.raises(NotRegularError, match=re.escape(reason)):
        fuse(expression)


def test_a_refusal_tells_what_and_where() -> None:
    flag = (pp.Literal("a") ^ "b").set_name("flag")
    with pytest.raises(NotRegularError, match=r"^flag: takes the longest .* \(at row > Opt > flag\)$"):
        fuse((pp.Word("xyz") + pp.Opt(flag)).set_name("row"))


def test_a_subclass_is_refused_because_it_may_do_anything() -> None:
    class Odd(pp.Word):
        pass

    with pytest.raises(NotRegularError, match="does not know Odd"):
        fuse(Odd("ab"))


# What holds for all

Terminals = Sequence[tuple[Callable[[], pp.ParserElement], Sequence[str]]]
"""What makes a terminal, and texts that it is likely to match, or only just not."""

CHARACTERS: Terminals = [
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
    (lambda: pp.Word("a b"), ["a b", "a", "ba "]),
    (lambda: pp.Word("a ", max=2), ["a b", "a", "aaa "]),
    (lambda: pp.Word("a", "b ", min=2, max=3), ["a", "ab", "ab b", "a b a"]),
    (lambda: pp.Word("a ", exact=2), ["a", "a ", "a a"]),
    (lambda: pp.Char("ab"), ["a", "b"]),
    (lambda: pp.CharsNotIn("a"), ["b", " b\n"]),
    (lambda: pp.CharsNotIn(" \n", max=2), ["ab", "a.b"]),
    (lambda: pp.CharsNotIn("", exact=2), ["ab"]),
    (pp.White, [" ", "\t\n"]),
    (lambda: pp.White(" ", min=2, max=3), [" ", "  ", "   ", "    "]),
    (lambda: pp.White("\n"), ["\n", " \n"]),
    (lambda: pp.one_of("a b ab", use_regex=False), ["a", "ab"]),
    (pp.Empty, [""]),
    (pp.NoMatch, ["a"]),
    (pp.LineEnd, ["\n", " \n"]),
    (pp.LineStart, ["", "\n"]),
    (pp.StringEnd, [""]),
    (ours, ["a", "ab"]),
    (lambda: ours("[ab]", shout), ["a", "b"]),
    (lambda: ours("a+", shout), ["a", "aa"]),
]
REGEXES: Terminals = [
    (lambda: pp.one_of("a ab abb"), ["a", "ab", "abb"]),
    (lambda: pp.one_of("a b ab", as_keyword=True), ["a", "ab"]),
    (lambda: pp.Word("a.", as_keyword=True), ["a", "a.", "a.b"]),
    (lambda: pp.Char("ab", as_keyword=True), ["a", "b"]),
    (lambda: pp.Regex("[ab]{1,2}"), ["a", "ab", "bab"]),
    (lambda: pp.Regex("[ab]{1,2}?"), ["a", "ab", "bab"]),
    (lambda: pp.Regex("a{2}"), ["a", "aa"]),
    (lambda: pp.Regex("a{2}?"), ["a", "aa"]),
    (lambda: pp.Regex("a{2}b*"), ["aa", "aab"]),
    (lambda: pp.Regex("a|ab"), ["a", "ab"]),
    (lambda: pp.Regex("a*b?"), ["", "a", "ab"]),
    (lambda: pp.Regex("a*+b"), ["b", "aab"]),
    (lambda: pp.Regex("a*+b+"), ["b", "aabb"]),
    (lambda: pp.Regex("a+?b?"), ["a", "ab"]),
    (lambda: pp.Regex("a*a"), ["a", "aa"]),
    (lambda: pp.Regex("(a|b)(?:a)"), ["aa", "ba"]),
    (lambda: pp.Regex("(?:ab){1}"), ["ab"]),
    (lambda: pp.Regex(r"(?P<x>a)b*"), ["a", "abb"]),
    (lambda: pp.Regex(r"(?P<x>a)?b"), ["b", "ab"]),
    (lambda: pp.Regex(r"(?P<y>a+)(?P<z>b|$)?"), ["a", "aab"]),
    (lambda: pp.Regex(r"(?P<y>a|(?P<x>b))"), ["a", "b"]),
    (lambda: pp.Regex(r"[](?P<y>]|\(?[^][]"), ["a", "(b", "P", "]"]),
    (lambda: pp.Regex("A|b", flags=re.IGNORECASE), ["a", "B"]),
    (lambda: pp.Regex("(?i)A+"), ["a", "AA"]),
    (lambda: pp.Regex("(?#one (or two [)a+"), ["a"]),
    (lambda: pp.Regex(re.compile("a + b # (so be it [", re.VERBOSE)), ["ab", "aab"]),
    (lambda: pp.Regex("^a", flags=re.MULTILINE), ["a"]),
    (lambda: pp.Regex(r"(?<=a)b(?!a)"), ["b"]),
    (lambda: pp.Regex(r"\w\b"), ["a", "B"]),
    (lambda: pp.Regex(r"."), ["a"]),
    (lambda: pp.Regex(r"(?:\n|\Z)"), ["\n", ""]),
    (lambda: ours("ab?", shout), ["a", "ab"]),
]
NAMES = ["x", "y", "z", "x__2"]


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
        return self.one_of(["", "", "", " ", "  ", "\n", "\t "])

    def noise(self) -> str:
        return "".join(self.one_of("ab aAbB.\n\t") for _ in range(self.below(6) * self.below(2)))

    def terminal(self) -> Sampled:
        make, texts = self.one_of(self.terminals)
        expression = make()
        match self.below(5):
            case 1:
                expression.leave_whitespace()
            case 2:
                expression.set_whitespace_chars(" \t")
        if self.below(2):
            expression = expression(self.one_of(NAMES))
        return Sampled(expression, lambda: self.one_of(texts))

    def grammar(self, depth: int) -> Sampled:
        if depth == 0 or self.below(10) == 0:
            return self.terminal()
        if self.below(2):
            return self.around(self.grammar(depth - 1))
        return self.of([self.grammar(depth - 1) for _ in range(2 + self.below(2))])

    def around(self, part: Sampled) -> Sampled:
        inner, text = part
        most = 1 + self.below(3)

        def repeated() -> str:
            return "".join(self.blanks() + text() for _ in range(self.below(4)))

        makes: list[tuple[Callable[[], pp.ParserElement], Callable[[], str]]] = [
            (lambda: pp.Opt(inner), self.one_of([text, self.noise])),
            (lambda: pp.ZeroOrMore(inner), repeated),
            (lambda: pp.OneOrMore(inner), repeated),
            (lambda: pp.ZeroOrMore(inner, max=most), repeated),
            (lambda: inner[1, most], repeated),
            (lambda: inner * most, repeated),
            (lambda: pp.Suppress(inner), text),
            (lambda: pp.Group(inner), text),
            (lambda: pp.Combine(inner), text),
            (lambda: pp.Combine(inner, adjacent=False), text),
            (lambda: pp.FollowedBy(inner), text),
            (lambda: pp.NotAny(inner), self.noise),
            (lambda: pp.DelimitedList(inner, "."), lambda: f"{text()}.{text()}"),
            (lambda: glued(inner), text),
            (lambda: inner.copy().set_whitespace_chars(" "), text),
            (lambda: inner(self.one_of(NAMES)), text),
        ]
        make, texts = self.one_of(makes)
        return Sampled(make(), texts)

    def of(self, parts: Sequence[Sampled]) -> Sampled:
        inner = [part.expression for part in parts]

        def text(blanks: Callable[[], str]) -> str:
            return "".join(blanks() + part.text() for part in parts)

        makes: list[tuple[Callable[[], pp.ParserElement], Callable[[], str]]] = [
            (lambda: pp.And(inner), lambda: text(self.blanks)),
            (lambda: sum(inner[1:], inner[0]), lambda: text(self.blanks)),
            (lambda: pp.MatchFirst(inner), lambda: self.one_of(parts).text()),
            (lambda: pp.OneOrMore(inner[0], stop_on=inner[-1]), lambda: parts[0].text() + text(self.blanks)),
            (lambda: pp.Combine(pp.And(inner)), lambda: text(str)),
        ]
        make, texts = self.one_of(makes)
        return Sampled(make(), texts)


def fused_or_rejected(expression: pp.ParserElement) -> Fused:
    try:
        return lower(expression)
    except NotRegularError:
        reject()


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_fused_and_unfused_agree(data: st.DataObject) -> None:
    draw = Draw(lambda number: data.draw(st.integers(0, number - 1)), [*CHARACTERS, *REGEXES])
    expression, likely = draw.grammar(depth=3)
    fused = fused_or_rejected(expression)
    for _ in range(4):
        before = draw.noise()
        text = before + draw.blanks() + likely() + draw.noise()
        expected = unfused_outcome(expression, text, len(before))
        assert fused_outcome(fused, text, len(before)) == expected, fused.pattern.pattern


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
    draw = Draw(lambda number: data.draw(st.integers(0, number - 1)), CHARACTERS)
    fused = fused_or_rejected(draw.grammar(depth=3).expression)
    assert not list(given_back(_parser.parse(fused.pattern.pattern), last=False)), fused.pattern.pattern
