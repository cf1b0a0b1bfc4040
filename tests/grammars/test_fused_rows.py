"""The rows of every grammar: pyparsing and the fused pattern read the same."""

from functools import cache
from typing import Any

import pyparsing as pp
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netstat_parse.grammar.table import Table, TableLayout
from netstat_parse.reading.grammar_loader import load_grammars
from netstat_parse.systems import catalog
from support.fusing import compose_row, parse_fused, parse_unfused
from support.generated_rows import rows, sample_lines


@cache
def layouts() -> dict[str, tuple[TableLayout, pp.ParserElement]]:
    """Return the layouts of each table, with the same row in pyparsing: with the columns of one option, of all, of none, and of unknown options."""
    found = {}
    for system in catalog.systems():
        for grammar in load_grammars(system):
            if isinstance(grammar, Table):
                options: list[Any] = [None, grammar.options, frozenset(), *({option} for option in grammar.options)]
                for chosen in options:
                    wanted = None if chosen is None else [h for h, o in grammar.only_with.items() if o in chosen]
                    name = f"{system} {grammar.name} {'?' if chosen is None else ''.join(sorted(chosen))}"
                    found[f"{name} {grammar.kind} {len(grammar.columns)}"] = (
                        grammar.layout(wanted),
                        compose_row(grammar, chosen),
                    )
    return found


def names() -> list[str]:
    return sorted(layouts())


@pytest.mark.parametrize("name", names())
def test_a_row_fuses(name: str) -> None:
    assert layouts()[name][0].fused.pattern.pattern


@settings(max_examples=400)
@given(st.data())
def test_fused_and_unfused_agree_on_damaged_rows(data: st.DataObject) -> None:
    layout, expression = layouts()[data.draw(st.sampled_from(sorted(layouts())))]
    row = data.draw(rows())
    assert parse_fused(layout.fused, row) == parse_unfused(expression, row)


@pytest.mark.parametrize("name", names())
def test_fused_and_unfused_agree_on_rows_of_samples(name: str) -> None:
    layout, expression = layouts()[name]
    read = [line for line in sample_lines() if layout.is_row(line)][:15]
    for line in read:
        assert parse_fused(layout.fused, line) == parse_unfused(expression, line)
