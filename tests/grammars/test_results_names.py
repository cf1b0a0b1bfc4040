"""Names of grammars are names of the schema: the writers drop a column that the schema does not have, in silence."""

from collections.abc import Iterator

import pytest

from netstat_parse.errors import NetstatParseError
from netstat_parse.grammar.protocol import Grammar, is_grammar
from netstat_parse.reading.pipeline import read
from netstat_parse.records.fields import field_schemas, table_names
from netstat_parse.records.rows import Rows
from netstat_parse.systems import catalog
from support.samples import SAMPLES, parse_options

GRAMMARS: list[Grammar] = [
    value
    for system in catalog.own_systems()
    for module in catalog.own_modules(system)
    for value in vars(module).values()
    if is_grammar(value)
]


def read_all_samples() -> Iterator[Rows]:
    for sample in SAMPLES:
        try:
            yield from read(sample.read_bytes(), **parse_options(sample))
        except NetstatParseError:
            continue  # a sample without a table


@pytest.mark.parametrize("grammar", GRAMMARS, ids=lambda grammar: grammar.name)
def test_the_kind_of_a_grammar_is_a_table_of_the_schema(grammar: Grammar) -> None:
    assert grammar.kind is None or grammar.kind in table_names()


def test_every_column_that_is_read_from_a_sample_is_a_field_of_the_schema() -> None:
    unknown = {
        (rows.kind, name) for rows in read_all_samples() for name in rows.columns.keys() - field_schemas(rows.kind)
    }
    assert unknown == set()
