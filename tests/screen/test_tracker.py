"""The tracker finds what a round has changed."""

from collections.abc import Mapping
from typing import Any

import pytest

from netstat_parse.formats.display import COLUMNS, INPUT_COLUMNS
from netstat_parse.records.fields import field_defaults, table_names
from netstat_parse.screen.keys import CHANGE_FIELDS, KEYS
from netstat_parse.screen.rates import MAX_RATES, RATES
from netstat_parse.screen.tracker import Change, Tracker


def record(table: str, **values: object) -> dict[str, Any]:
    return {**field_defaults(table), **values}


def connection(port: int, **values: object) -> dict[str, Any]:
    return record("connections", protocol="tcp", local_address="10.0.0.1", local_port=port, **values)


def counter(value: int | None, name: str = "in_segs", **values: object) -> dict[str, Any]:
    return record("counters", protocol="tcp", name=name, label=name, value=value, **values)


def track(table: str, *rounds: list[dict[str, Any]], failed: int | None = None) -> list[list[tuple[str, Change]]]:
    """Return the cells of each row of each round, joined, with its change."""
    tracker, found = Tracker(COLUMNS), []
    for number, records in enumerate(rounds):
        read = tracker.add_round([(table, records)], float(number), is_whole=number != failed)
        rows = read.tables[table].rows if table in read.tables else []
        found.append([(" ".join(row.cells), row.change) for row in rows])
    return found


def test_a_new_record_and_one_that_is_gone_are_marked_for_one_round() -> None:
    one, two = [connection(1)], [connection(1), connection(2)]
    assert track("connections", one, two, two, one, one) == [
        [("tcp 10.0.0.1:1", "")],
        [("tcp 10.0.0.1:1", ""), ("tcp 10.0.0.1:2", "added")],
        [("tcp 10.0.0.1:1", ""), ("tcp 10.0.0.1:2", "")],
        [("tcp 10.0.0.1:1", ""), ("tcp 10.0.0.1:2", "removed")],
        [("tcp 10.0.0.1:1", "")],
    ]


def test_a_connection_that_loses_its_process_is_the_same_one() -> None:
    before = connection(1, state="established", pid=7, inode=9)
    after = connection(1, state="time_wait", inode=0)
    assert [row[1] for row in track("connections", [before], [after])[1]] == ["changed"]


def test_queues_and_line_numbers_change_nothing() -> None:
    rounds = track("connections", [connection(1, line=3, recv_q=0)], [connection(1, line=4, recv_q=7)])
    assert [row[1] for row in rounds[1]] == [""]


def test_equal_records_are_counted_one_by_one() -> None:
    rounds = track("connections", [connection(1)] * 2, [connection(1)] * 3, [connection(1)])
    assert [[change for _, change in rows] for rows in rounds] == [
        ["", ""],
        ["", "", "added"],
        ["", "removed", "removed"],
    ]


def test_a_round_that_failed_removes_nothing() -> None:
    rounds = track("connections", [connection(1), connection(2)], [connection(1)], [connection(1)], failed=1)
    assert [[change for _, change in rows] for rows in rounds] == [["", ""], ["", ""], ["", "removed"]]


def test_a_rate_is_beside_its_counter_with_thousands() -> None:
    rounds = track("counters", [counter(1000)], [counter(3500)])
    assert rounds[0] == [("tcp in_segs 1,000", "")]
    assert rounds[1] == [("tcp in_segs 3,500 2,500.0  █", "changed")]


def test_a_gauge_has_no_rate() -> None:
    gauge = {"name": "curr_estab", "kernel_name": "Tcp.CurrEstab"}
    assert track("counters", [counter(1, **gauge)], [counter(9, **gauge)])[1] == [("tcp curr_estab 9", "changed")]


def test_a_sparkline_has_a_bounded_width() -> None:
    tracker = Tracker(COLUMNS)
    for number in range(2 * MAX_RATES):
        read = tracker.add_round([("counters", [counter(number)])], float(number))
    table = read.tables["counters"]
    assert table.rows[0].cells[-1] == "█" * MAX_RATES
    assert [column.kind for column in table.columns] == ["text", "text", "figure", "rate", "sparkline"]


def test_columns_stay_as_wide_as_they_were() -> None:
    tracker = Tracker(COLUMNS)
    long = tracker.add_round([("connections", [connection(1, remote_host="a" * 50, state="listen")])], 1.0)
    short = tracker.add_round([("connections", [connection(2)])], 2.0)
    assert long.tables["connections"].widths == short.tables["connections"].widths == [5, 10, 50, 6]


def test_chosen_fields_are_the_columns() -> None:
    tracker = Tracker({"counters": {"value": ("value",)}}, has_rates=False)
    for second in (1.0, 2.0):
        read = tracker.add_round([("counters", [counter(1000)]), ("connections", [connection(1)])], second)
    assert [*read.tables] == ["counters"]
    assert [*read.tables["counters"].rows[0].cells] == ["1,000"]


def test_a_table_without_records_is_left_out() -> None:
    assert Tracker(COLUMNS).add_round([("connections", [])], 1.0).tables == {}


def test_a_round_that_is_skipped_has_a_number() -> None:
    tracker = Tracker(COLUMNS)
    assert [tracker.skip_round().number, tracker.add_round([], 1.0).number] == [1, 2]


def test_every_table_has_a_key() -> None:
    assert KEYS.keys() == {*table_names()} == COLUMNS.keys() | INPUT_COLUMNS.keys()


@pytest.mark.parametrize("fields", [KEYS, CHANGE_FIELDS, RATES], ids=["keys", "changes", "rates"])
def test_all_fields_are_in_the_schema(fields: Mapping[str, Any]) -> None:
    assert {
        (table, name) for table, names in fields.items() for name in names if name not in field_defaults(table)
    } == set()
