"""Routes and multicast groups that appeared, went, or changed."""

import pytest

from netstat_parse import compare, parse

ROUTES = """\
Kernel IP routing table
Destination     Gateway         Genmask         Flags Metric Ref    Use Iface
0.0.0.0         10.0.0.254      0.0.0.0         UG    100    0        0 eth0
10.0.0.0        0.0.0.0         255.255.255.0   U     100    0        0 eth0
"""
SHORT = """\
Kernel IP routing table
Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface
0.0.0.0         10.0.0.254      0.0.0.0         UG        0 0          0 eth0
10.0.0.0        0.0.0.0         255.255.255.0   U         0 0          0 eth0
"""
NAMED = ROUTES.replace("0.0.0.0         10.0.0.254 ", "default         gateway    ")
GROUPS = """\
IPv6/IPv4 Group Memberships
Interface       RefCnt Group
--------------- ------ ---------------------
lo              1      224.0.0.1
eth0            1      224.0.0.251
"""


def compare_tables(before: str, after: str) -> list[str]:
    comparison = compare(parse(before), parse(after))
    routes, groups = comparison.routes, comparison.multicast_groups
    return [*(change.change for change in routes), *(change.change for change in groups)]


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (ROUTES, []),
        (ROUTES.replace("0        0 eth0", "3      999 eth0"), []),
        (ROUTES.replace("10.0.0.254", "10.0.0.253"), ["changed"]),
        (ROUTES.replace("UG    100", "UG    200"), ["changed"]),
        (ROUTES.replace("UG    100    0        0 eth0", "UG    100    0        0 eth1"), ["changed"]),
        (ROUTES.replace("10.0.0.0 ", "10.9.0.0 "), ["added", "removed"]),
        (ROUTES + "10.7.0.0        10.0.0.9        255.255.0.0     UG    0      0        0 eth0\n", ["added"]),
        (ROUTES.partition("10.0.0.0 ")[0], ["removed"]),
        (SHORT, []),
    ],
)
def test_routes_are_compared(after: str, expected: list[str]) -> None:
    assert compare_tables(ROUTES, after) == expected


def test_a_gateway_with_a_name_is_not_comparable_with_a_number() -> None:
    comparison = compare(parse(ROUTES), parse(NAMED))
    assert comparison.routes == []
    assert "names" in comparison.not_comparable[0].reason


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        (GROUPS, []),
        (GROUPS.replace("1      224.0.0.251", "2      224.0.0.251"), ["changed"]),
        (GROUPS.replace("224.0.0.251", "239.0.0.1"), ["added", "removed"]),
    ],
)
def test_groups_are_compared(after: str, expected: list[str]) -> None:
    assert compare_tables(GROUPS, after) == expected
