"""Records are counted by the values of some fields."""

import pytest

from netstat_parse.records.counting import count_records, find_tables, make_answer
from netstat_parse.records.rows import Rows

CONNECTIONS = Rows(
    "connections",
    {"snapshot": [0, 0, 0], "line": [1, 2, 3], "protocol": ["tcp", "udp", "tcp"], "state": ["listen", None, "listen"]},
)


def test_records_are_counted_by_several_fields_the_highest_count_first() -> None:
    fields = ("source", "protocol", "state")
    answer = make_answer(fields, count_records(CONNECTIONS, fields, "dump.txt"))
    assert answer.fields == ("source", "protocol", "state", "count")
    assert answer.rows == [("dump.txt", "tcp", "listen", 2), ("dump.txt", "udp", None, 1)]


def test_a_field_that_was_not_printed_is_null() -> None:
    assert dict(count_records(CONNECTIONS, ["pid", "kind"], None)) == {(None, "connection"): 3}


@pytest.mark.parametrize(("column", "value"), [([["up"], ["up"]], ["up"]), (None, [])])
def test_a_list_is_one_value(column: list[list[str]] | None, value: list[str]) -> None:
    columns = {"snapshot": [0, 0], "line": [1, 2]} | ({"flags": column} if column else {})
    counts = count_records(Rows("interfaces", columns), ["flags"], None)
    assert make_answer(["flags"], counts).rows == [(value, 2)]


@pytest.mark.parametrize(
    ("fields", "only", "tables"),
    [
        (["state"], None, ["connections", "unix_sockets"]),
        (["state", "local_port"], None, ["connections"]),
        (["state"], ["connections"], ["connections"]),
        (["code"], None, ["diagnostics"]),
        (["line"], ["diagnostics"], ["diagnostics"]),
        (["system"], None, ["snapshots"]),
    ],
)
def test_records_of_tables_with_all_fields_are_counted(
    fields: list[str], only: list[str] | None, tables: list[str]
) -> None:
    assert find_tables(fields, only) == tables


def test_kinds_of_records_are_counted_without_those_about_the_input() -> None:
    assert {"connections", "routes"} <= {*find_tables(["kind"], None)}
    assert {"snapshots", "diagnostics"}.isdisjoint(find_tables(["kind"], None))


@pytest.mark.parametrize(
    ("fields", "only", "message"),
    [
        (["metric", "pid"], None, "no table has all of metric and pid"),
        (["metric"], ["connections"], "connections have no field metric"),
    ],
)
def test_fields_that_no_table_has_together_are_an_error(
    fields: list[str], only: list[str] | None, message: str
) -> None:
    with pytest.raises(ValueError, match=f"^{message}$"):
        find_tables(fields, only)
