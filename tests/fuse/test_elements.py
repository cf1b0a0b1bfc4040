"""The interface between `fuse` and pyparsing: supported classes, attributes, releases."""

import ast
import inspect
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pyparsing as pp
import pytest

from netstat_parse.fuse import elements, lower
from netstat_parse.fuse.elements import INSTEAD, PLAIN, READ, SUPPORTED, UnsupportedExpressionError
from netstat_parse.fuse.lower import fuse
from netstat_parse.tokens import on_one_line, token

PYPROJECT = Path(__file__).parents[2] / "pyproject.toml"


def release(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version)))


def subclasses(kind: Any) -> Iterator[Any]:  # noqa: ANN401 - mypy accepts no abstract class as a type
    for below in kind.__subclasses__():
        if below.__module__.startswith("pyparsing"):
            yield below
            yield from subclasses(below)


# Without Forward, which is tested below: its finalizer fails for an element that was not initialized.
ALL = [kind for kind in subclasses(pp.ParserElement) if not issubclass(kind, pp.Forward)]
UNSUPPORTED = sorted({*ALL} - {*SUPPORTED}, key=lambda kind: kind.__name__)


def test_the_release_of_pyparsing_is_within_the_tested_bounds() -> None:
    dependencies = tomllib.loads(PYPROJECT.read_text("utf-8"))["project"]["dependencies"]
    (bounds,) = (found for text in dependencies if (found := re.fullmatch(r"pyparsing>=([\d.]+),<([\d.]+)", text)))
    assert release(bounds[1]) <= release(pp.__version__) < release(bounds[2])


@pytest.mark.parametrize(
    ("kind", "attribute"), [(kind, name) for table in (READ, PLAIN) for kind, names in table.items() for name in names]
)
def test_pyparsing_has_every_attribute_that_fuse_reads(kind: type, attribute: str) -> None:
    terminal = pp.Regex("a")
    examples = [terminal, pp.And([terminal]), pp.MatchFirst([terminal]), pp.Opt(terminal), pp.NoMatch()]
    found = [element for element in examples if isinstance(element, kind)]
    assert found
    for element in found:
        getattr(element, attribute)


@pytest.mark.parametrize("module", [elements, lower])
def test_fuse_reads_no_other_attribute_of_an_element(module: ModuleType) -> None:
    listed = {name for table in (READ, PLAIN) for names in table.values() for name in names}
    read = {
        node.attr
        for node in ast.walk(ast.parse(inspect.getsource(module)))
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
        if node.value.id in {"element", "expression"}
    }
    assert read
    assert read <= listed


def test_many_classes_are_unsupported() -> None:
    assert len(UNSUPPORTED) > 30


@pytest.mark.parametrize("kind", UNSUPPORTED, ids=lambda kind: kind.__name__)
def test_an_unsupported_class_is_refused_by_name_with_what_to_write_instead(kind: type[pp.ParserElement]) -> None:
    element: Any = object.__new__(kind)  # each class has other arguments
    element.customName = "flag"
    expected = rf"flag: fuse does not support {kind.__name__}: (?:{'|'.join(map(re.escape, INSTEAD.values()))})"
    with pytest.raises(UnsupportedExpressionError, match=f"^{expected}$"):
        elements.check(element)


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        (pp.Literal("a"), 'Literal: write its text as a regular expression, as in token("/")'),
        (pp.Word("ab"), "Word: write its text as a regular expression"),
        (pp.Literal("a") ^ "b", "Or: it takes the longest alternative"),
        (pp.Literal("a") & "b", "Each: it takes its parts in any order"),
        (token("a") - token("b"), "_ErrorStop: it makes a failure final"),
        (pp.SkipTo("a"), "SkipTo: it searches"),
        (token("a") + ... + token("b"), "SkipTo: it searches"),
        (pp.ZeroOrMore("a"), "ZeroOrMore: write the repetition into a token"),
        (token("a")[1, ...], "OneOrMore: write the repetition into a token"),
        (~token("a"), "NotAny: write a lookahead"),
        (pp.LineEnd(), "LineEnd: write a lookaround into a token, as in (?=...); a row ends with tokens.end_of_line"),
        (pp.Combine(token("a")), "Combine: fuse keeps named texts only"),
        (pp.Empty(), "Empty: write its text"),
    ],
)
def test_an_unsupported_element_is_refused_within_an_expression(expression: pp.ParserElement, reason: str) -> None:
    with pytest.raises(UnsupportedExpressionError, match=re.escape(reason)):
        fuse(on_one_line(pp.And([token("a"), pp.Opt(expression)])))


def test_an_expression_that_may_contain_itself_is_refused() -> None:
    with pytest.raises(UnsupportedExpressionError, match="Forward: it may contain itself"):
        fuse(pp.Forward())


def test_a_refusal_names_the_element_and_the_expression() -> None:
    flag = (pp.Literal("a") ^ "b").set_name("flag")
    with pytest.raises(UnsupportedExpressionError, match=r"^flag: fuse does not support Or: .* with \|\nin row$"):
        fuse(on_one_line((token("[xyz]") + pp.Opt(flag)).set_name("row")))


def test_a_subclass_is_refused_because_it_may_parse_differently() -> None:
    class Odd(pp.Regex):
        pass

    with pytest.raises(UnsupportedExpressionError, match="does not support Odd"):
        fuse(Odd("ab"))


@pytest.mark.parametrize(
    ("expression", "reason"),
    [
        (token("a").add_condition(lambda: True), "has a parse action"),
        (token("a", str.upper).add_condition(lambda: True), "has a parse action"),
        (pp.Opt(token("a")).add_parse_action(lambda: "b"), "has a parse action"),
        (token("a").set_fail_action(lambda *_: None), "has a fail action"),
        (token("a").ignore(token("#")), "ignores another expression"),
        (pp.Opt(token("a"), default="b"), "has a default"),
        (token("a")("x*"), "lists all matches"),
        (token("a")("recv-q"), "no group can have the name 'recv-q'"),
        ((token("a") + token("b"))("x"), "'x' names more than one token"),
        (pp.Opt(token("a"))("x"), "'x' names more than one token"),
        ((token("a") | token("b", str.upper))("x"), "'x' names more than one token"),
        ((token("a")("y") | token("b"))("x"), "'x' names more than one token"),
        (token("(?P<x>a)"), "has a group that captures"),
        (token("(a)"), "has a group that captures"),
        (token(r"(?:a)\1"), "has a group that captures, refers"),
        (token("a(?(x)a|b)"), "has a group that captures, refers"),
        (token("(?i)a"), "has a group that captures, refers or sets flags"),
        (token("(?x:a # (\n)"), "has a group that captures, refers or sets flags"),
        (pp.Regex("a", as_match=True), "returns a match"),
        (pp.Regex("a", as_group_list=True), "returns its groups"),
        (pp.Regex("a", flags=re.IGNORECASE), "has flags"),
        (pp.Regex(re.compile("a", re.IGNORECASE)), "from a compiled pattern with flags"),
        (pp.Regex(lambda: "a"), "is made from a function"),
        (pp.And([]), "has no parts"),
        (pp.MatchFirst([]), "has no parts"),
    ],
)
def test_an_element_with_settings_that_no_pattern_has_is_refused(expression: pp.ParserElement, reason: str) -> None:
    with pytest.raises(UnsupportedExpressionError, match=re.escape(reason)):
        fuse(on_one_line(expression))


def test_an_expression_that_may_skip_the_end_of_a_line_is_refused() -> None:
    with pytest.raises(UnsupportedExpressionError, match=r"skips whitespace other than blanks; apply on_one_line\(\)"):
        fuse(pp.Regex("a"))
