"""Lowered grammars are the same objects as those that they were made from, and need no pyparsing."""

from collections import Counter
from enum import IntEnum, StrEnum
from functools import partial
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netstat_parse.fuse.named_functions import NamedFunction, name_of
from netstat_parse.grammar import Section, Table
from netstat_parse.grammar.base import GrammarFields
from netstat_parse.grammar.lowering import generate
from netstat_parse.grammar.protocol import Lookup
from netstat_parse.reading.grammar_loader import import_grammars
from netstat_parse.systems import catalog
from netstat_parse.systems.words import Words
from netstat_parse.tokens import integer, token, word
from support.generated_rows import rows


def lower(text: str) -> list[GrammarFields]:
    """Run a generated module, and return its grammars."""
    variables: dict[str, Any] = {}
    exec(text, variables)  # noqa: S102 - as the import of the module in a wheel does
    found: list[GrammarFields] = variables["GRAMMARS"]
    return found


def sources(system: str) -> list[GrammarFields]:
    return [grammar for grammar in import_grammars(system) if isinstance(grammar, GrammarFields)]


SYSTEMS = catalog.own_systems()
TEXTS = {system: generate(sources(system)) for system in SYSTEMS}
PAIRS = [(system, *pair) for system in SYSTEMS for pair in zip(sources(system), lower(TEXTS[system]), strict=True)]


@pytest.mark.parametrize("system", SYSTEMS)
def test_lowered_grammars_are_lowered_to_the_same_text(system: str) -> None:
    assert generate(lower(TEXTS[system])) == TEXTS[system]


@pytest.mark.parametrize("system", SYSTEMS)
def test_lowered_grammars_do_not_name_pyparsing(system: str) -> None:
    assert "pyparsing" not in TEXTS[system]
    assert "netstat_parse.tokens" not in TEXTS[system]


@settings(max_examples=400)
@given(st.data())
def test_both_read_the_same_of_damaged_rows(data: st.DataObject) -> None:
    system, source, lowered = data.draw(st.sampled_from(PAIRS))
    text = data.draw(rows())
    outcomes = []
    for grammar in (source, lowered):
        options = [None, [*grammar.columns]] if isinstance(grammar, Table) else [None]
        for headings in options:
            layout = grammar.layout(headings)
            section = Section(grammar, layout, Words(system))
            outcomes.append([layout.take(text, 0, section), section.notes, section.snapshot, grammar.diagnose(text)])
    half = len(outcomes) // 2
    assert outcomes[:half] == outcomes[half:]


def double(number: str) -> int:
    return 2 * int(number)


def test_a_function_is_written_by_its_name() -> None:
    (table,) = lower(generate([Table(name="a", kind="routes", columns={"A": token(r"\d+", double)("metric")})]))
    assert isinstance(table, Table)
    layout = table.layout()
    parsed = layout.take("4\n", 0, Section(table, layout, Words("linux")))
    assert parsed is not None
    assert parsed.columns == {"metric": [8]}


def test_a_partial_function_is_written_with_its_arguments() -> None:
    fact = partial(double, "3")
    table = Table(name="a", kind="routes", columns={"A": word("x")}, facts=[fact])  # type: ignore[list-item]
    assert "partial(NamedFunction(" in generate([table])


class Level(IntEnum):
    LOW = 1


class Word(StrEnum):
    TCP = "tcp"


class Items(list[int]):
    pass


class Twin(NamedTuple):
    part: str


Twin.__name__ = "Lookup"


@pytest.mark.parametrize("value", [None, True, -1, 2.5, "a'b\n", [1, "a"], (1,), {"a": {1: ()}}, frozenset("ab")])
def test_a_literal_is_written_as_it_is(value: Any) -> None:  # noqa: ANN401 - of many types
    (table,) = lower(
        generate([Table(name="a", kind="routes", columns={"A": integer("metric")}, constants={"x": value})])
    )
    assert isinstance(table, Table)
    assert (type(table.constants["x"]), table.constants["x"]) == (type(value), value)


@pytest.mark.parametrize(
    ("value", "error", "message"),
    [
        (lambda _: None, ValueError, "name this function in its module"),
        (partial(double, number="3"), ValueError, "name this partial in its module"),
        (object(), TypeError, "no such value of type object can be lowered"),
        (Level.LOW, TypeError, "no such value of type Level can be lowered"),
        (Word.TCP, TypeError, "no such value of type Word can be lowered"),
        (float("nan"), TypeError, "no such value of type float can be lowered"),
        (float("-inf"), TypeError, "no such value of type float can be lowered"),
        (frozenset([Level.LOW]), TypeError, "no such value of type Level can be lowered"),
        (Counter("a"), TypeError, "no such value of type Counter can be lowered"),
        (Items([1]), TypeError, "no such value of type Items can be lowered"),
        ([Lookup("states", "state"), Twin("a")], TypeError, "Lookup'> have one name; rename one of them"),
    ],
)
def test_a_value_that_cannot_be_written_is_refused(value: Any, error: type[Exception], message: str) -> None:  # noqa: ANN401
    with pytest.raises(error, match=message):
        generate([Table(name="a", kind="routes", columns={"A": integer("metric")}, facts=[value])])


def test_a_named_function_is_imported_when_it_is_called() -> None:
    function = NamedFunction("netstat_parse.conversions:mac")
    assert name_of(function) == "netstat_parse.conversions:mac"
    assert function("00-11-AA") == "00:11:aa"
