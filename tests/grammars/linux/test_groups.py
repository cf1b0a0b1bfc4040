"""Multicast groups, masqueraded connections and the version of net-tools."""

import pytest

import netstat_parse as np
from netstat_parse import Dump, Masquerade, MulticastGroup

GROUPS = "IPv6/IPv4 Group Memberships\nInterface       RefCnt Group\n--------------- ------ ---------------------\n"
VERSION = """net-tools 1.60
netstat 1.42 (2001-04-15)
Fred Baumgarten, Alan Cox, Bernd Eckenfels, Phil Blundell, Tuan Hoang and others
+NEW_ADDRT +RTF_IRTT +RTF_REJECT +FW_MASQUERADE +I18N
AF: (inet) +UNIX +INET +INET6 +IPX +AX25 +NETROM +X25 +ATALK +ECONET +ROSE
HW:  +ETHER +ARC +SLIP +PPP +TUNNEL -TR +AX25 +NETROM +X25 +FR +ROSE +ASH +SIT +FDDI +HIPPI +HDLC/LAPB
"""


def groups(*rows: str) -> Dump:
    return np.parse(GROUPS + "".join(f"{row}\n" for row in rows))


def group(row: str) -> MulticastGroup:
    (found,) = groups(row).multicast_groups
    return found


def masquerade(row: str) -> Masquerade:
    (found,) = np.parse(f"{row}\n").masquerades
    return found


@pytest.mark.parametrize(
    ("printed", "family"), [("224.0.0.1", "ipv4"), ("ff02::1:ff00:1", "ipv6"), ("all-systems.mcast.net", None)]
)
def test_the_address_of_a_group_decides_its_family(printed: str, family: str | None) -> None:
    found = group(f"eth0            3      {printed}")
    assert (found.family, found.interface, found.ref_count, found.group) == (family, "eth0", 3, printed)


def test_the_ruler_below_the_headings_is_a_heading() -> None:
    lines = groups("lo              1      224.0.0.1").lines
    assert (lines.headings, lines.records, lines.foreign) == (3, 1, 0)


def test_a_group_without_headings_is_recognized_only_by_its_address() -> None:
    assert np.parse("lo              1      ff02::1\n").multicast_groups
    with pytest.raises(np.NetstatParseError):
        np.parse("lo              1      all-systems.mcast.net\n")


def test_before_2_10_equal_interface_names_of_ten_bytes_may_be_cut() -> None:
    read = groups(*["longifname      1      224.0.0.1"] * 2, "longifname12345 1      ff02::1")
    assert [(found.code, found.line) for found in read.diagnostics] == [("untrustworthy", 4)]


def test_a_group_that_netstat_misread_has_no_family() -> None:
    read = groups("E0              0      0:1::100:0")
    assert read.multicast_groups[0].family is None
    assert [found.code for found in read.diagnostics] == ["untrustworthy"]


def test_a_masqueraded_connection_has_three_ports_in_any_language() -> None:
    found = masquerade("tcp  14:59.99 10.0.0.2             203.0.113.7          2748 -> 80 (61000)")
    assert (found.source_address, found.source_port) == ("10.0.0.2", 2748)
    assert (found.destination_address, found.destination_port) == ("203.0.113.7", 80)
    assert (found.masquerade_port, found.expires_seconds) == (61000, 899.99)


def test_host_and_service_names_are_kept() -> None:
    found = masquerade("udp   0:01.23 10.0.0.3             gw.example           domain -> domain (61001)")
    assert (found.destination_host, found.destination_address) == ("gw.example", None)
    assert (found.source_service, found.destination_service, found.source_port) == ("domain", "domain", None)


def test_icmp_has_a_type_in_place_of_a_port() -> None:
    found = masquerade("icmp  0:59.99 10.0.0.4             203.0.113.9          8 -> * (61002)")
    assert (found.source_port, found.destination_port, found.destination_service) == (8, None, None)


def test_sequence_numbers_are_printed_before_the_addresses() -> None:
    found = masquerade(
        "udp   0:01.23       4660    -5    12 10.0.0.3             203.0.113.8          53 -> 53 (61001)"
    )
    assert (found.init_sequence, found.delta, found.previous_delta) == (4660, -5, 12)


@pytest.mark.parametrize(
    ("text", "version"),
    [(VERSION, "1.60"), (VERSION.replace("1.60\nnetstat 1.42 (2001-04-15)", "2.10-alpha"), "2.10-alpha")],
)
def test_the_version_goes_into_the_snapshot(text: str, version: str) -> None:
    read = np.parse(text)
    assert [(snapshot.tool, snapshot.tool_version) for snapshot in read.snapshots] == [("net-tools", version)]
    assert read.lines.headings == read.lines.total


def test_the_version_is_that_of_the_tables_below() -> None:
    read = np.parse(f"{VERSION}{GROUPS}lo              1      224.0.0.1\n")
    assert [(snapshot.tool_version, snapshot.last_line) for snapshot in read.snapshots] == [("1.60", 10)]
