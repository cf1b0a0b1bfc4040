"""Tables for people combine fields, and have no empty columns."""

from typing import Any

import pytest

from netstat_parse.formats.display import COLUMNS, format_row, make_table, select_columns


def build_row(table: str, **record: Any) -> dict[str, str]:  # noqa: ANN401 - a value of any field
    """Return the cells of a table with one record, by heading."""
    built = make_table(table, list(COLUMNS[table]), [format_row(COLUMNS[table], record)])
    (row,) = built.rows
    return dict(zip(built.headings, row, strict=True))


@pytest.mark.parametrize(
    ("record", "endpoint"),
    [
        ({"local_address": "10.0.0.1", "local_port": 22}, "10.0.0.1:22"),
        ({"local_address": "::1", "local_port": 22}, "[::1]:22"),
        ({"local_host": "web", "local_service": "http"}, "web:http"),
        ({"local_address": "fe80::1", "local_zone": "eth0", "local_port": 22}, "[fe80::1%eth0]:22"),
        ({"local_address": "10.0.0.1", "local_port": 0}, "10.0.0.1:0"),
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


@pytest.mark.parametrize(
    ("table", "record", "heading", "cell"),
    [
        ("connections", {"protocol": "tcp", "family": "ipv6"}, "Proto", "tcp6"),
        ("connections", {"protocol": "raw", "family": "ipx"}, "Proto", "raw ipx"),
        ("connections", {"timer": "on", "timer_seconds": 1.5, "timer_retransmits": 2}, "Timer", "on (1.50/2/0)"),
        ("connections", {"timer": "off", "timer_seconds": 0.0}, "Timer", "off"),
        ("connections", {"extra": {"PSM": "1"}}, "Other", "PSM=1"),
        ("routes", {"on_link": True}, "Gateway", "on-link"),
        ("interfaces", {"in_octets": 1234567}, "In bytes", "1,234,567"),
        ("interfaces", {"addresses": [{"address": "::1", "prefix_length": 128}]}, "Addresses", "::1/128"),
        ("masquerades", {"source_host": "a", "source_port": 5}, "Source", "a:5"),
    ],
)
def test_fields_form_a_cell(table: str, record: dict[str, Any], heading: str, cell: str) -> None:
    assert build_row(table, **record)[heading] == cell
