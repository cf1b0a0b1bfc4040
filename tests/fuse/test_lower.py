"""A fused pattern matches like the expression from which it was made."""

from collections.abc import Callable, Iterator
from re import _parser  # type: ignore[attr-defined]  # re has no public syntax tree
from typing import Any

import pyparsing as pp
import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from netstat_parse.fuse.elements import UnsupportedExpressionError
from netstat_parse.fuse.fused import Fused
from netstat_parse.fuse.lower import fuse
from netstat_parse.tokens import glued, integer, on_one_line, token
from support.fusing import parse_fused, parse_unfused
from support.generated_expressions import BACKTRACKING, DETERMINED, Draw

BLANKS = r"[ \t\u00a0]*+"


def values(expression: pp.ParserElement, text: str) -> dict[str, Any]:
    outcome = parse_fused(fuse(on_one_line(expression)), text)
    assert outcome is not None
    return outcome[1]


def shout(text: str) -> str:
    return f"{text.upper()}!"


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
def test_a_match_is_not_shortened_to_match_what_follows(optional: pp.ParserElement) -> None:
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


def test_the_blanks_before_a_value_are_not_part_of_it() -> None:
    assert values(token("[ab]+")("x") + (token("[cd]+") | token("e"))("y"), "  ab \t e") == {"x": "ab", "y": "e"}


def test_a_name_in_a_failed_alternative_is_not_set() -> None:
    assert values(token("a")("x") + token("b") | token("a")("y") + token("c"), "a c") == {"y": "a"}


def test_each_capture_has_its_group_and_conversion() -> None:
    fused = fuse(on_one_line(token(r"\d+", int)("x") | token("[a-z]+")("x")))
    assert list(fused.captures) == [("x", "x", int), ("x", "x__2", None)]


def test_a_numbered_group_is_not_mistaken_for_a_name_like_it() -> None:
    assert values(token("a")("x") + token("a")("x__2") + token("b")("x"), "aab") == {"x": "b", "x__2": "a"}


def test_a_choice_converts_where_its_alternatives_do_so_alike() -> None:
    assert values((token(r"\d+", int) | token(r"0x\d+", int))("x"), "7") == {"x": 7}


def test_the_pattern_converts_nothing() -> None:
    match = fuse(token("[ab]+", shout)("x")).pattern.match("ab")
    assert match is not None
    assert match["x"] == "ab"


def fused_or_rejected(expression: pp.ParserElement) -> Fused:
    try:
        return fuse(expression)
    except UnsupportedExpressionError as error:
        assert "names more than one token" in str(error)  # noqa: PT017 - only this reason is expected
        reject()


@settings(max_examples=300)
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


def backtracking_elements(pattern: Any, *, last: bool) -> Iterator[str]:  # noqa: ANN401 - a private type of `re`
    """Yield the elements that may backtrack if the rest of the pattern fails; `last` if nothing follows."""
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
            yield from backtracking_elements(part, last=part_final)


def test_backtracking_in_a_pattern_is_found() -> None:
    assert list(backtracking_elements(_parser.parse("(?:a*)*(?>b+|c)d?"), last=False)) == ["repetition"] * 3


@settings(max_examples=200)
@given(st.data())
def test_no_pattern_backtracks(data: st.DataObject) -> None:
    draw = Draw(lambda number: data.draw(st.integers(0, number - 1)), DETERMINED)
    fused = fused_or_rejected(on_one_line(draw.grammar(depth=3).expression))
    assert not list(backtracking_elements(_parser.parse(fused.text), last=False)), fused.text
