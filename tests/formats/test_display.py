"""Tables for people combine fields, and have no empty columns."""

from typing import Any

import pytest

from netstat_parse.formats.display import build_tables, select_columns


def build_row(table: str, **record: Any) -> dict[str, str]:  # noqa: ANN401 - a value of any field
    """Return the cells of a table with one record, by heading."""
    (built,) = build_tables([(table, [record])], select_columns(None))
    (row,) = built.rows
    return dict(zip(built.headings, row, strict=True))


@pytest.mark.parametrize(
    ("record", "endpoint"),
    [
        ({"local_address": "10.0.0.1", "local_port": 22}, "10.0.0.1:22"),
        ({"local_address": "::1", "local_port": 22}, "[::1]:22"),
        ({"local_host": "web", "local_service": "http"}, "web:http"),
    ],
)
def test_an_address_and_a_port_are_one_cell(record: dict[str, Any], endpoint: str) -> None:
    assert build_row("connections", **record)["Local"] == endpoint


def test_empty_columns_are_left_out() -> None:
    assert build_row("connections", protocol="tcp", pid=None, program="") == {"Proto": "tcp"}


def test_the_printed_state_is_displayed_if_the_state_is_unknown() -> None:
    assert build_row("connections", state=None, state_text="SLEEPING")["State"] == "SLEEPING"


def test_snapshots_are_displayed_only_if_they_are_selected() -> None:
    assert "snapshots" not in select_columns(None)
    assert list(select_columns(["snapshots"])) == ["snapshots"]
