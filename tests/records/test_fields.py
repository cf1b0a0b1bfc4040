"""Tables and fields, taken from the published JSON Schema."""

from netstat_parse.records.fields import field_defaults, record_kind, table_names
from netstat_parse.schema import TABLES


def test_the_tables_are_those_of_the_models() -> None:
    assert table_names() == list(TABLES)
    assert {table: list(field_defaults(table)) for table in TABLES} == {
        table: [name for name, field in model.model_fields.items() if not field.exclude]
        for table, model in TABLES.items()
    }


def test_the_kind_of_a_record_is_the_singular_of_its_table() -> None:
    singulars = "snapshot connection unix_socket counter interface route multicast_group masquerade diagnostic"
    assert list(map(record_kind, TABLES)) == singulars.split()
