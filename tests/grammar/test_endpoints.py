"""An endpoint is an address or a host name, a colon, and a port or a service name."""

from typing import Any

import pytest

from netstat_parse.fuse.lower import fuse
from netstat_parse.grammar import Columns, endpoint, normalize_addresses, peer
from netstat_parse.tokens import end_of_line, on_one_line
from support.fusing import parse_fused

LOCAL = fuse(on_one_line(endpoint("local") + end_of_line))
PEER = fuse(on_one_line(peer + end_of_line))


@pytest.mark.parametrize(
    ("printed", "fields"),
    [
        ("10.0.0.1:22", {"local_address": "10.0.0.1", "local_port": 22}),
        ("10.0.0.1:ssh", {"local_address": "10.0.0.1", "local_service": "ssh"}),
        ("10.0.0.1:*", {"local_address": "10.0.0.1"}),
        ("::1:22", {"local_ipv6": "::1", "local_port": 22}),
        ("fe80::1%eth0:22", {"local_ipv6": "fe80::1%eth0", "local_port": 22}),
        ("[fe80::1%5]:22", {"local_ipv6": "[fe80::1%5]", "local_port": 22}),
        ("*:22", {"local_host": "*", "local_port": 22}),
        ("web-3.example:http", {"local_host": "web-3.example", "local_service": "http"}),
    ],
)
def test_an_endpoint_has_the_fields_of_its_side(printed: str, fields: dict[str, Any]) -> None:
    outcome = parse_fused(LOCAL, printed)
    assert outcome is not None
    assert outcome[1] == fields


def test_a_number_above_65535_is_not_a_port() -> None:
    assert parse_fused(LOCAL, "10.0.0.1:65536") is None


@pytest.mark.parametrize("printed", ["0.0.0.0:*", "*:*", "[::]:0", "DESKTOP-1:0"])
def test_a_listener_has_no_peer(printed: str) -> None:
    outcome = parse_fused(PEER, printed)
    assert outcome is not None
    assert outcome[1] == {}


def test_an_ipv6_address_is_written_as_rfc_5952_does() -> None:
    columns: Columns = {"local_ipv6": ["2001:DB8:0::1", None], "local_address": [None, "10.0.0.1"]}
    normalize_addresses(columns)
    assert columns == {"local_address": ["2001:db8::1", "10.0.0.1"]}


def test_brackets_and_zone_are_no_part_of_an_address() -> None:
    columns: Columns = {"local_ipv6": ["fe80::1%eth0", "[FE80::2%5]", "[::3]", "fe80::4%", "::5"]}
    normalize_addresses(columns)
    assert columns == {
        "local_address": ["fe80::1", "fe80::2", "::3", "fe80::4", "::5"],
        "local_zone": ["eth0", "5", None, None, None],
    }


def test_any_host_is_no_name() -> None:
    columns: Columns = {"local_host": ["*", "web"], "remote_host": ["*", "*"]}
    normalize_addresses(columns)
    assert columns["local_host"] == [None, "web"]
    assert "remote_host" not in columns


@pytest.mark.parametrize("printed", ["[fe80::1%5:22", "fe80::1%5]:22", "[fe80::1]%5:22"])
def test_brackets_are_around_address_and_zone(printed: str) -> None:
    assert parse_fused(LOCAL, printed) is None


def test_an_address_that_fills_its_column_stays_as_printed_and_is_marked() -> None:
    columns: Columns = {"local_ipv6": ["2001:DB8::1"], "local_port": [22]}
    normalize_addresses(columns, frozenset({14}))
    assert (columns["local_address"], columns["truncated"]) == (["2001:DB8::1"], [["local_address"]])
