"""Ends of sockets: which are on this host, and which a name or a cut hides."""

import pytest

from netstat_parse.insight.check.endpoints import find_scope, is_loopback, local_end, peer_end
from netstat_parse.schema.sockets import Connection


def make(local: str | None, remote: str | None, **more: object) -> Connection:
    """Make a TCP connection."""
    values = {"snapshot": 0, "line": 1, "protocol": "tcp", "local_port": 80, "remote_port": 4000}
    return Connection.model_validate({**values, "local_address": local, "remote_address": remote, **more})


@pytest.mark.parametrize(
    ("socket", "expected"),
    [
        (make("127.0.0.1", "127.0.0.2"), True),
        (make("::1", "::1"), True),
        (make("::ffff:127.0.0.1", "::ffff:127.0.0.1"), True),
        (make("10.0.0.1", "10.0.0.1"), True),
        (make("10.0.0.1", "10.0.0.2"), False),
        (make(None, None, local_host="localhost", remote_host="localhost"), True),
        (make(None, None, local_host="web", remote_host="db"), False),
        (make("2001:db8:1", "2001:db8:1", truncated=["local_address", "remote_address"]), False),
    ],
)
def test_loopback_is_found_by_either_end(socket: Connection, *, expected: bool) -> None:
    assert is_loopback(socket) is expected


@pytest.mark.parametrize(
    ("socket", "expected"),
    [
        (make("10.0.0.1", "::ffff:10.0.0.2"), "10.0.0.2:4000"),
        (make("10.0.0.1", "2001:db8::2"), "[2001:db8::2]:4000"),
        (make("10.0.0.1", None, remote_host="db", remote_port=None, remote_service="mysql"), "db:mysql"),
        (make("10.0.0.1", "2001:db8:1", truncated=["remote_address"]), None),
        (make("10.0.0.1", None, remote_port=None), None),
    ],
)
def test_a_peer_has_an_address_and_a_port(socket: Connection, expected: str | None) -> None:
    assert peer_end(socket) == expected


def test_no_address_and_no_name_is_every_address() -> None:
    socket = make(None, None, state="listen")
    assert (local_end(socket), find_scope(socket)) == ("*:80", "every_address")
