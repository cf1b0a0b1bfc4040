"""The values of ``--only``, ``--where`` and ``--fields`` are parsed."""

import pytest

from netstat_parse.records import conditions


@pytest.mark.parametrize("text", ["connections,unix_sockets", "connection, unix-socket"])
def test_a_table_has_its_name_or_the_kind_of_its_records(text: str) -> None:
    assert conditions.parse_tables(text) == ["connections", "unix_sockets"]


def test_fields_may_be_written_with_hyphens() -> None:
    assert conditions.parse_fields("kind,local-port") == ["kind", "local_port"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("state=listen,established", {"listen", "established"}),
        ("state=null", {None}),
        ("pid=77", {77}),
        ("known=true", {True}),
        ('program="77"', {"77"}),
        ('program="a,b",c', {"a,b", "c"}),
    ],
)
def test_the_values_of_a_condition_have_the_type_of_the_field(text: str, values: set[object]) -> None:
    assert conditions.parse_condition(text).values == values
