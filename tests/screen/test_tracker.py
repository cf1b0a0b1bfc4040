"""The tracker finds what a round has changed."""

from collections.abc import Mapping
from typing import Any

import pytest

from netstat_parse.formats.display import COLUMNS, INPUT_COLUMNS
from netstat_parse.records.fields import field_defaults, table_names
from netstat_parse.records.identity import IDENTITIES
from netstat_parse.screen.pairs import CHANGE_FIELDS, LOOSE_KEYS, OWN_FIELDS, Change
from netstat_parse.screen.rates import MAX_RATES, RATES
from netstat_parse.screen.tracker import Tracker


def record(table: str, **values: object) -> dict[str, Any]:
    return {**field_defaults(table), **values}


def connection(port: int, **values: object) -> dict[str, Any]:
    return record("connections", protocol="tcp", local_address="10.0.0.1", local_port=port, **values)


def counter(value: int | None, name: str = "in_segs", **values: object) -> dict[str, Any]:
    return record("counters", **{"protocol": "tcp", "name": name, "label": name, "value": value, **values})


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


def test_a_table_without_any_selected_field_is_not_displayed() -> None:
    tracker = Tracker({"connections": {"port": ("local_port",)}, "counters": {}})
    read = tracker.add_round([("connections", [connection(1)]), ("counters", [counter(1)])], 1.0)
    assert [*read.tables] == ["connections"]


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


SOCKETS_OF_ONE_PORT = [connection(5353, pid=pid, program="a") for pid in (1, 2, 3)]
ROUTES = [
    record("routes", family="ipv4", destination="0.0.0.0/0", gateway=f"10.0.0.{number}", metric=100 * number)
    for number in (1, 2, 3)
]
RAW_SOCKETS = [record("connections", protocol="raw", local_port=1, state_text=str(number)) for number in (7, 8, 9)]
CALLS = [record("connections", protocol="ax25", local_address="A", state_text=text) for text in ("X", "Y", "Z")]
LABELS = [counter(5, label=label) for label in "abc"]


@pytest.mark.parametrize(
    ("table", "records"),
    [
        ("connections", SOCKETS_OF_ONE_PORT),
        ("connections", RAW_SOCKETS),
        ("connections", CALLS),
        ("routes", ROUTES),
        ("counters", LABELS),
    ],
    ids=["ports", "raw", "ax25", "routes", "labels"],
)
def test_of_records_that_share_a_key_the_one_that_is_gone_is_removed(table: str, records: list[dict[str, Any]]) -> None:
    tracker = Tracker(COLUMNS)
    tracker.add_round([(table, records)], 1.0)
    rows = tracker.add_round([(table, records[:0:-1])], 2.0).tables[table].rows
    assert [(row.record, row.change) for row in rows] == [(records[2], ""), (records[1], ""), (records[0], "removed")]


def test_a_route_with_another_gateway_has_changed() -> None:
    other = {**ROUTES[0], "gateway": "10.9.9.9", "metric": 7}
    assert [row[1] for row in track("routes", [ROUTES[0]], [other])[1]] == ["changed"]


def test_another_run_is_the_same_snapshot() -> None:
    tracker = Tracker(INPUT_COLUMNS)
    for second in (1, 2):
        snapshot = record("snapshots", index=0, started_at=f"2026-01-01T00:00:0{second}Z")
        read = tracker.add_round([("snapshots", [snapshot])], float(second))
    assert [row.change for row in read.tables["snapshots"].rows] == [""]


@pytest.mark.parametrize("is_whole", [True, False])
def test_a_record_that_was_not_read_has_no_rate(is_whole: bool) -> None:  # noqa: FBT001 - a parameter of the test
    tracker = Tracker(COLUMNS)
    for second, records in enumerate(([counter(1)], [counter(5)], [])):
        read = tracker.add_round([("counters", records)], float(second), is_whole=is_whole)
    [row] = read.tables["counters"].rows
    assert [row.cells[column] for column in range(3, len(row.cells))] == ["", "" if is_whole else " █ "]


def test_columns_of_numbers_are_figures() -> None:
    tracker = Tracker(COLUMNS)
    numbers = connection(1, pid=7, uid=0, recv_q=0)
    kinds = [
        {column.heading: column.kind for column in tracker.add_round([block], second).tables["connections"].columns}
        for second, block in enumerate([("connections", [numbers]), ("connections", [connection(2, user="root")])], 1)
    ]
    assert kinds[0] == {"Proto": "text", "Recv-Q": "figure", "Local": "text", "PID": "figure", "User": "figure"}
    assert kinds[1]["User"] == "text"


def test_a_round_that_failed_removes_nothing() -> None:
    rounds = track("connections", [connection(1), connection(2)], [connection(1)], [connection(1)], failed=1)
    assert [[change for _, change in rows] for rows in rounds] == [["", ""], ["", ""], ["", "removed"]]


def test_a_rate_is_beside_its_counter_with_thousands() -> None:
    rounds = track("counters", [counter(1000)], [counter(3500)])
    assert rounds[0] == [("tcp in_segs 1,000", "")]
    assert rounds[1] == [("tcp in_segs 3,500 2,500  █", "changed")]


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
    tracker = Tracker({"counters": {"value": ("value",)}}, adds_rates=False)
    for second in (1.0, 2.0):
        read = tracker.add_round([("counters", [counter(1000)]), ("connections", [connection(1)])], second)
    assert [*read.tables] == ["counters"]
    assert [*read.tables["counters"].rows[0].cells] == ["1,000"]
    assert read.tables["counters"].rows[0].rates == {}


def test_a_table_without_records_is_left_out() -> None:
    assert Tracker(COLUMNS).add_round([("connections", [])], 1.0).tables == {}


def test_a_round_that_is_skipped_has_a_number() -> None:
    tracker = Tracker(COLUMNS)
    assert [tracker.skip_round().number, tracker.add_round([], 1.0).number] == [1, 2]


def test_every_table_has_an_identity() -> None:
    assert IDENTITIES.keys() == {*table_names()} == COLUMNS.keys() | INPUT_COLUMNS.keys()


@pytest.mark.parametrize("fields", [OWN_FIELDS, CHANGE_FIELDS, LOOSE_KEYS, RATES])
def test_all_fields_are_in_the_schema(fields: Mapping[str, Any]) -> None:
    assert {
        (table, name) for table, names in fields.items() for name in names if name not in field_defaults(table)
    } == set()
