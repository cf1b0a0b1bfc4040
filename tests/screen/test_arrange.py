"""Rows are sorted and filtered."""

from typing import Any

import pytest

from netstat_parse.formats.display import COLUMNS
from netstat_parse.records.fields import field_defaults
from netstat_parse.screen.arrange import Order, arrange, next_order
from netstat_parse.screen.tracker import TableRound, Tracker


def connection(address: str, port: int, **values: object) -> dict[str, Any]:
    return {**field_defaults("connections"), "protocol": "tcp", "local_address": address, "local_port": port, **values}


def counter(name: str, value: int) -> dict[str, Any]:
    return {**field_defaults("counters"), "protocol": "tcp", "name": name, "label": name, "value": value}


def last_round(table: str, *rounds: list[dict[str, Any]]) -> TableRound:
    tracker = Tracker(COLUMNS)
    for number, records in enumerate(rounds):
        read = tracker.add_round([(table, records)], float(number))
    return read.tables[table]


def cells(table: TableRound, order: Order, text: str = "", column: int = 1) -> list[str]:
    return [row.cells[column] for row in arrange(table, order, text)]


A, B, C = connection("10.0.0.2", 5), connection("10.0.0.10", 7), connection("9.0.0.1", 80, state="listen", pid=12)


def test_what_changed_last_comes_first_then_what_changed_before() -> None:
    table = last_round("connections", [A], [A, B], [A, B, C])
    assert cells(table, Order()) == ["9.0.0.1:80", "10.0.0.10:7", "10.0.0.2:5"]
    assert cells(table, Order(is_reversed=True)) == ["10.0.0.2:5", "10.0.0.10:7", "9.0.0.1:80"]


def test_without_changes_the_order_is_that_of_netstat() -> None:
    assert cells(last_round("connections", [B, C, A]), Order()) == ["10.0.0.10:7", "9.0.0.1:80", "10.0.0.2:5"]


def test_counters_without_rates_are_in_the_order_of_netstat() -> None:
    assert cells(last_round("counters", [counter(name, 1) for name in "cab"]), Order()) == ["c", "a", "b"]


def test_the_highest_rates_come_first() -> None:
    values = [[("a", 1), ("b", 5), ("c", 7)], [("a", 2), ("b", 50), ("c", 7)]]
    table = last_round("counters", *([counter(*value) for value in row] for row in values))
    assert cells(table, Order()) == ["b", "a", "c"]
    assert cells(table, Order("Per second")) == ["c", "a", "b"]


def test_addresses_are_sorted_by_their_numbers() -> None:
    table = last_round("connections", [A, B, C])
    assert cells(table, Order("Local")) == ["9.0.0.1:80", "10.0.0.2:5", "10.0.0.10:7"]
    assert cells(table, Order("Local", is_reversed=True)) == ["10.0.0.10:7", "10.0.0.2:5", "9.0.0.1:80"]


def test_figures_are_sorted_by_value() -> None:
    table = last_round("counters", [counter("a", 1_000), counter("b", 9), counter("c", 70)])
    assert cells(table, Order("Value")) == ["b", "c", "a"]


@pytest.mark.parametrize("is_reversed", [False, True])
def test_rows_without_a_value_come_last(is_reversed: bool) -> None:  # noqa: FBT001 - a parameter of the test
    assert cells(last_round("connections", [A, C]), Order("State", is_reversed)) == ["9.0.0.1:80", "10.0.0.2:5"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("LISTEN", ["9.0.0.1:80"]),
        ("10.0 :7", ["10.0.0.10:7"]),
        (" ", ["10.0.0.2:5", "10.0.0.10:7", "9.0.0.1:80"]),
        ("[", []),
    ],
)
def test_a_row_contains_each_word_of_the_filter(text: str, found: list[str]) -> None:
    assert cells(last_round("connections", [A, B, C]), Order(), text) == found


def test_the_next_order_is_that_of_the_next_column_and_at_last_of_changes() -> None:
    columns = last_round("counters", [counter("a", 1)], [counter("a", 2)]).columns
    orders = [Order()]
    for _ in range(5):
        orders.append(next_order(columns, orders[-1]))
    assert [order.heading for order in orders] == [None, "Protocol", "Counter", "Value", "Per second", None]


def test_a_column_that_is_gone_sorts_nothing() -> None:
    table = last_round("connections", [B, A])
    assert cells(table, Order("Timer")) == ["10.0.0.10:7", "10.0.0.2:5"]
    assert next_order(table.columns, Order("Timer")).heading == "Proto"
