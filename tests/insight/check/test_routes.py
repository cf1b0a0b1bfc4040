"""Rules about routes, of Linux and of Windows."""

import pytest

from support.rule_inputs import find_cases, find_obstacle, find_severity

METRICS = "Kernel IP routing table\nDestination     Gateway         Genmask         Flags Metric Ref    Use Iface\n"
NO_METRICS = "Kernel IP routing table\nDestination     Gateway         Genmask         Flags   MSS Window  irtt Iface\n"
IPV6 = "Kernel IPv6 routing table\nDestination                    Next Hop                   Flag Met Ref Use If\n"

LAN = "10.20.0.0       0.0.0.0         255.255.255.0   U     0      0        0 eth0\n"


def via(gateway: str, metric: int = 0, interface: str = "eth0", destination: str = "0.0.0.0", flags: str = "UG") -> str:
    """Make a route over a gateway."""
    mask = "0.0.0.0" if destination == "0.0.0.0" else "255.255.255.0"
    return f"{destination:<15} {gateway:<15} {mask:<15} {flags:<5} {metric:<6} 0        0 {interface}\n"


def on_link(network: str, interface: str = "eth0", mask: str = "255.255.255.0") -> str:
    """Make a route to a connected network."""
    return f"{network:<15} 0.0.0.0         {mask:<15} U     0      0        0 {interface}\n"


def windows(active: str, persistent: str = "  None\n") -> str:
    """Make the IPv4 table of Windows 10."""
    ruler = "=" * 75 + "\n"
    heading = "Network Destination        Netmask          Gateway       Interface  Metric\n"
    loopback = "        127.0.0.0        255.0.0.0         On-link         127.0.0.1    331\n"
    text = f"\nIPv4 Route Table\n{ruler}Active Routes:\n{heading}{active}{loopback}{ruler}Persistent Routes:\n{persistent}{ruler}"
    return text.replace("\n", "\r\n")


def windows_route(destination: str, mask: str, gateway: str, interface: str, metric: int) -> str:
    """Make an active route of Windows."""
    return f"{destination:>17} {mask:>16} {gateway:>15} {interface:>15} {metric:>6}\n"


@pytest.mark.parametrize(
    ("rows", "severity"),
    [
        (via("10.20.0.2") + via("10.20.0.3"), "warning"),
        (via("10.20.0.2", 100) + via("10.20.0.3", 600), None),
        (via("10.20.0.2") + via("10.20.0.2", interface="eth1"), None),
        (via("10.20.0.2"), None),
        (via("10.20.0.2") + via("10.20.0.3", destination="10.30.0.0"), None),
        (via("10.20.0.2") + via("-", flags="!"), None),
    ],
)
def test_two_defaults_need_one_metric_and_two_gateways(rows: str, severity: str | None) -> None:
    assert find_severity("route-two-defaults", METRICS + rows + LAN) == severity


def test_two_defaults_cannot_be_judged_without_metrics() -> None:
    row = "0.0.0.0         10.20.0.{}       0.0.0.0         UG        0 0          0 eth0\n"
    assert "-rne" in (find_obstacle("route-two-defaults", NO_METRICS + row.format(2) + row.format(3)) or "")
    assert find_obstacle("route-two-defaults", NO_METRICS + row.format(2)) is None


def test_two_defaults_of_windows() -> None:
    lan = windows_route("0.0.0.0", "0.0.0.0", "192.168.1.1", "192.168.1.5", 25)
    second = windows_route("0.0.0.0", "0.0.0.0", "10.0.0.1", "10.0.0.5", 25)
    assert find_severity("route-two-defaults", windows(lan + second)) == "warning"
    assert find_severity("route-two-defaults", windows(lan + second.replace("25", "50"))) is None


def test_default_routers_of_ipv6_may_be_several() -> None:
    rows = "".join(
        f"::/0                           fe80::{n}                    UG   1024 1     0 eth0\n" for n in (1, 2)
    )
    assert find_cases("route-two-defaults", IPV6 + rows) == []


@pytest.mark.parametrize(
    ("rows", "severity"),
    [
        (via("10.99.0.1") + LAN, "warning"),
        (via("10.20.0.9") + LAN, None),
        (via("10.99.0.1") + on_link("10.99.0.0", "eth1") + LAN, "warning"),
        (via("10.99.0.1") + on_link("10.99.0.1", mask="255.255.255.255") + LAN, None),
        (via("10.99.0.1", interface="eth1") + LAN, None),
        (via("10.99.0.1", interface="eth1") + on_link("10.5.0.1", "eth1", "255.255.255.255") + LAN, None),
        (via("10.8.0.5", interface="tun0") + on_link("10.9.0.0", "tun0") + LAN, None),
        (via("169.254.1.1") + LAN, None),
        (via("10.99.0.1", flags="!") + LAN, None),
    ],
)
def test_a_gateway_is_in_a_network_of_its_interface(rows: str, severity: str | None) -> None:
    assert find_severity("route-gateway-unreachable", METRICS + rows) == severity


def test_a_gateway_whose_network_has_gone_is_an_error() -> None:
    before, after = METRICS + via("10.99.0.1") + LAN + on_link("10.99.0.0"), METRICS + via("10.99.0.1") + LAN
    assert find_severity("route-gateway-unreachable", after, before) == "error"
    assert find_severity("route-gateway-unreachable", after, after) == "warning"


def test_a_network_that_was_printed_as_a_name_may_have_the_gateway() -> None:
    named = NO_METRICS + "office          *               255.255.255.0   U         0 0          0 eth0\n"
    other = "10.20.0.0       *               255.255.255.0   U         0 0          0 eth0\n"
    route = "10.70.0.0       10.99.0.1       255.255.0.0     UG        0 0          0 eth0\n"
    assert find_severity("route-gateway-unreachable", NO_METRICS + other + route) == "warning"
    assert find_obstacle("route-gateway-unreachable", named + other + route) is not None


def test_windows_prints_networks_as_on_link_or_over_its_own_address() -> None:
    default = windows_route("0.0.0.0", "0.0.0.0", "192.168.1.1", "192.168.1.5", 25)
    for gateway in ("On-link", "192.168.1.5"):
        network = windows_route("192.168.1.0", "255.255.255.0", gateway, "192.168.1.5", 281)
        assert find_severity("route-gateway-unreachable", windows(default + network)) is None
        other = network.replace("192.168.1.0 ", "192.168.2.0 ")
        assert find_severity("route-gateway-unreachable", windows(default + other)) == "warning"


def test_a_link_local_gateway_of_ipv6_is_in_every_network() -> None:
    rows = (
        "2001:db8:1::/64                ::                         U    256 1     0 eth0\n"
        "::/0                           fe80::1                    UG   1024 1     0 eth0\n"
        "2001:db8:9::/64                2001:db8:2::1              UG   1024 1     0 eth0\n"
    )
    cases = find_cases("route-gateway-unreachable", IPV6 + rows)
    assert [case.subject for case in cases] == ["2001:db8:9::/64"]


@pytest.mark.parametrize(
    ("rows", "severity"),
    [
        (LAN, "note"),
        (LAN + via("10.20.0.1"), None),
        (on_link("172.17.0.0", "docker0"), None),
        (on_link("172.18.0.0", "br-0a1b2c3d4e5f"), None),
        (on_link("169.254.0.0", mask="255.255.0.0"), None),
        (on_link("127.0.0.0", "lo", "255.0.0.0"), None),
        (on_link("0.0.0.0", "tun0", "128.0.0.0") + on_link("128.0.0.0", "tun0", "128.0.0.0") + LAN, None),
        (on_link("0.0.0.0", "ppp0", "0.0.0.0") + LAN, None),
        (via("-", interface="-", flags="!") + LAN, "note"),
    ],
)
def test_a_table_without_a_default_route_is_a_note(rows: str, severity: str | None) -> None:
    assert find_severity("route-no-default", METRICS + rows) == severity


def test_a_part_of_the_table_of_windows_shows_no_missing_route() -> None:
    network = windows_route("192.168.1.0", "255.255.255.0", "On-link", "192.168.1.5", 281)
    assert find_severity("route-no-default", windows(network)) == "note"
    part = "\r\n".join(line for line in windows(network).splitlines() if "127.0.0.1" not in line)
    assert find_obstacle("route-no-default", part) == "the table of active routes was not printed whole"


PERSISTENT = "  Network Address          Netmask  Gateway Address  Metric\n     203.0.113.0    255.255.255.0        10.20.0.2       1\n"


def test_a_persistent_route_that_is_not_active_is_a_note() -> None:
    active = windows_route("203.0.113.0", "255.255.255.0", "10.20.0.2", "10.20.0.7", 26)
    assert find_severity("route-persistent-unused", windows("", PERSISTENT)) == "note"
    assert find_severity("route-persistent-unused", windows(active, PERSISTENT)) is None


@pytest.mark.parametrize(
    ("flags", "severity"), [("UGD", "warning"), ("UGHD", "warning"), ("UGM", "warning"), ("UG", None)]
)
def test_a_redirect_marks_a_route(flags: str, severity: str | None) -> None:
    row = via("10.20.0.2", destination="10.30.0.0", flags=flags)
    assert find_severity("icmp-redirects", METRICS + row + LAN) == severity


@pytest.mark.parametrize("flags", ["UGD", "UGM", "UGHD"])
def test_flags_of_ipv6_show_no_redirect(flags: str) -> None:
    row = f"2001:db8:9::1/128              fe80::1                    {flags:<4} 1024 1     0 eth0\n"
    assert find_cases("icmp-redirects", IPV6 + row) == []


@pytest.mark.parametrize(
    "rule", ["route-two-defaults", "route-gateway-unreachable", "route-no-default", "route-persistent-unused"]
)
def test_routes_are_needed(rule: str) -> None:
    text = "Active Internet connections (w/o servers)\nProto Recv-Q Send-Q Local Address  Foreign Address  State\n"
    row = "tcp        0      0 10.0.0.1:22   10.0.0.2:4000   ESTABLISHED\n"
    assert find_obstacle(rule, text + row) == "no routes were printed"


def test_a_filter_may_have_left_out_the_default_route() -> None:
    assert find_obstacle("route-no-default", f"web1$ route -n\n{METRICS}{LAN}") is None
    assert "filtered out" in (find_obstacle("route-no-default", f"web1$ route -n | grep -v UG\n{METRICS}{LAN}") or "")
