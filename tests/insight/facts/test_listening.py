"""Sockets that listen, from where they can be reached, and when a dump cannot show them."""

import pytest

import netstat_parse as np
from netstat_parse.insight.facts.listening import (
    EXCLUDED,
    NO_TABLE,
    UNKNOWN,
    classify_address,
    classify_endpoint,
    is_listening,
    widest,
)

HEADINGS = "Proto Recv-Q Send-Q Local Address           Foreign Address         State\n"
LISTENING = "tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN\n"
CONNECTED = "tcp        0      0 10.0.0.1:22             10.0.0.2:4000           ESTABLISHED\n"
SERVERS, WITHOUT, ALL = (
    f"Active Internet connections ({text})\n{HEADINGS}"
    for text in ("only servers", "w/o servers", "servers and established")
)
STATISTICS = "Tcp:\n    5 active connection openings\n"


@pytest.mark.parametrize(
    ("protocol", "state", "has_peer", "listens"),
    [
        ("tcp", "listen", False, True),
        ("tcp", "established", True, False),
        ("tcp", "bound", False, False),
        ("tcp", None, False, True),
        ("tcp", None, True, False),
        ("udp", None, False, True),
        ("udp", None, True, False),
        ("udp", "established", True, False),
        ("sctp", None, False, True),
        ("raw", None, False, False),
        ("ax25", "listen", False, True),
    ],
)
def test_a_socket_listens_by_its_state_or_without_a_peer(
    protocol: str,
    state: str | None,
    has_peer: bool,  # noqa: FBT001 - a parameter of the test
    listens: bool,  # noqa: FBT001 - a parameter of the test
) -> None:
    assert is_listening(protocol, state, has_peer=has_peer) is listens


@pytest.mark.parametrize(
    ("address", "scope"),
    [
        ("0.0.0.0", "every_address"),
        ("::", "every_address"),
        ("::ffff:0.0.0.0", "every_address"),
        ("127.0.0.53", "loopback"),
        ("::1", "loopback"),
        ("169.254.1.2", "link_local"),
        ("fe80::1", "link_local"),
        ("10.1.2.3", "private"),
        ("172.31.0.1", "private"),
        ("172.32.0.1", "public"),
        ("192.168.1.1", "private"),
        ("100.64.0.1", "private"),
        ("fd00::1", "private"),
        ("::ffff:192.168.1.1", "private"),
        ("8.8.8.8", "public"),
        ("203.0.113.9", "reserved"),
        ("198.18.0.1", "reserved"),
        ("0.0.0.1", "reserved"),
        ("2001:db8::1", "reserved"),
        ("::ffff:192.0.2.1", "reserved"),
        ("2002:808:808::1", "public"),
        ("224.0.0.251", "multicast"),
        ("ff02::fb", "multicast"),
        ("255.255.255.255", "multicast"),
        ("host.example", None),
    ],
)
def test_an_address_has_a_scope(address: str, scope: str | None) -> None:
    assert classify_address(address) == scope


@pytest.mark.parametrize(
    ("address", "scope"), [("fe80::1234:56", "link_local"), ("2001:db8:1:2:3", "public"), ("::ffff:10.0", None)]
)
def test_the_first_group_of_a_cut_address_decides(address: str, scope: str | None) -> None:
    assert classify_address(address, is_cut=True) == scope


@pytest.mark.parametrize(
    ("family", "address", "host", "scope"),
    [
        ("ipv4", None, None, "every_address"),
        (None, None, "localhost", "loopback"),
        ("ipv4", None, "web1", None),
        ("ax25", "CALL-1", None, None),
    ],
)
def test_an_end_without_an_address_may_have_a_scope(
    family: str | None, address: str | None, host: str | None, scope: str | None
) -> None:
    assert classify_endpoint(family, address, host, is_cut=False) == scope


def test_the_widest_of_several_scopes_counts() -> None:
    assert widest(["loopback", "private"]) == "private"
    assert widest(["public", "reserved"]) == "public"
    assert widest(["loopback", None]) is None
    assert widest([None, "every_address"]) == "every_address"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (WITHOUT + CONNECTED, EXCLUDED),
        (WITHOUT, EXCLUDED),
        (CONNECTED, UNKNOWN),
        (STATISTICS, NO_TABLE),
        (f"C:\\> netstat -n\n{CONNECTED}", EXCLUDED),
        (f"$ netstat -an | grep ESTABLISHED\n{CONNECTED}", UNKNOWN),
    ],
)
def test_a_dump_that_cannot_show_listeners_is_an_error(text: str, reason: str) -> None:
    dump = np.parse(text)
    for form in (dump, dump.model_dump(mode="json")):
        with pytest.raises(ValueError, match=r"\w") as raised:
            np.listeners(form)
        assert str(raised.value) == reason


@pytest.mark.parametrize("text", [ALL + CONNECTED, SERVERS])
def test_a_host_may_have_no_listeners(text: str) -> None:
    assert np.listeners(np.parse(text)) == []


def test_listeners_are_those_of_the_chosen_snapshot() -> None:
    dump = np.parse(SERVERS + LISTENING + WITHOUT + CONNECTED)
    assert np.listeners(dump) == np.listeners(dump, snapshot=0) == [dump.connections[0]]
    with pytest.raises(ValueError, match="w/o servers"):
        np.listeners(dump, snapshot=1)
