"""IPv6 routes of Linux."""

import pytest

import netstat_parse as np
from netstat_parse import Dump, Route
from support.records import exact

NEW = "Destination                    Next Hop                   Flag Met Ref  Use If"
OF_2018 = "Destination                    Next Hop                   Flag Met Ref Use If"
OLD = f"{'Destination':43} {'Next Hop':39} Flags Metric Ref    Use Iface"


def dump(heading: str, *rows: str) -> Dump:
    return np.parse("\n".join((heading, *rows)) + "\n")


def route(heading: str, row: str) -> Route:
    (found,) = dump(heading, row).routes
    return found


def old(flags: str, below_ref: int, below_use: int) -> str:
    return f"{'2001:db8::/64':43} {'::':39} {flags:5} 256    {below_ref:<2} {below_use:7} eth0    "


def own_address(below_ref: int, below_use: int) -> str:
    return f"{'::1/128':43} {'::':39} U     0      {below_ref:<2} {below_use:7} lo      "


def refs_and_uses(read: Dump) -> list[tuple[int | None, int | None]]:
    return [(found.references, found.uses) for found in read.routes]


def test_ipv6_has_other_flags_than_ipv4() -> None:
    found = route(NEW, "2001:db8::/64                  fe80::2                    UGDAne 1024 1      0 eth0")
    assert found.flags == ["up", "gateway", "default", "addrconf", "nonexthop", "expires"]


@pytest.mark.parametrize("none", ["::", "[::]", "*"])
def test_without_a_next_hop_an_ipv6_destination_is_on_the_link(none: str) -> None:
    found = route(NEW, f"{none}/0                           {none:26} U    1024 1      0 eth0")
    assert (found.destination, found.gateway, found.on_link) == ("::/0", None, True)


def test_an_ipv6_name_is_printed_with_a_length() -> None:
    found = route(NEW, "localhost/128                  [::]                       Un   0   6      0 lo")
    assert (found.destination_host, found.extra) == ("localhost", {"Destination": "localhost/128"})


def test_a_local_address_has_no_type_because_an_anycast_address_looks_the_same() -> None:
    found = route(NEW, "2001:db8::1/128                ::                         Un   0   5      0 eth0")
    assert (found.type, found.on_link) == (None, True)


def test_ref_and_use_without_a_blank_are_split_if_they_have_seven_digits() -> None:
    found = route(OF_2018, "::/0                           2001:db8::1                UG   1024 3384554 eth0")
    assert (found.references, found.uses) == (3, 384554)


def test_ref_and_use_without_a_blank_are_not_split_if_they_have_eight_digits() -> None:
    read = dump(OF_2018, "::/0                           2001:db8::1                UG   1024 10123456 eth0")
    assert (read.routes[0].references, read.routes[0].uses) == (None, None)
    assert read.routes[0].extra == {"Ref Use": "10123456"}
    assert [found.code for found in read.diagnostics] == ["untrustworthy"]


def test_a_local_address_shows_that_net_tools_1_60_swaps_ref_and_use() -> None:
    rows = old("U", 0, 10), own_address(0, 6)
    assert refs_and_uses(dump(OLD, *rows)) == [(10, 0), (6, 0)]


@pytest.mark.parametrize("row", [own_address(6, 0), old("!n", 1, 0)])
def test_busybox_does_not_swap_ref_and_use(row: str) -> None:
    read = dump(OLD, old("U", 10, 0), row)
    assert (read.routes[0].references, read.routes[0].uses, read.snapshots[0].tool) == (10, 0, "busybox")


def test_ref_and_use_are_null_if_nothing_distinguishes_them() -> None:
    read = dump(OLD, old("U", 0, 10), old("UG", 2, 2))
    assert [(found.references, found.uses) for found in read.routes] == [(None, None), (2, 2)]
    assert read.routes[0].extra == {"Ref": "0", "Use": "10"}
    assert [found.code for found in read.diagnostics] == ["untrustworthy"]


def test_a_row_that_identifies_ref_and_use_decides_for_the_rows_above() -> None:
    lines = [OLD, *[old("U", 0, 10)] * 20, own_address(0, 6)]
    whole = "".join(f"{line}\n" for line in lines)
    assert exact(np.stream(f"{line}\n" for line in lines)) == exact(np.stream([whole]))
    assert {found.references for found in np.parse(whole).routes} == {10, 6}


def test_neighbours_are_hosts_on_the_link() -> None:
    read = dump(
        f"{'Neighbour':43} HW Address        Iface    Flags Ref {'State':16} Stale(sec) Delete(sec)",
        f"{'fe80::200:ff:fe00:2/0':43} 02:00:00:00:00:02 eth0     R     1   {'REACHABLE':16} 61         * ",
        f"{'2001:db8::2/0':43} 02:00:00:00:00:02 eth0           0   {'STALE':16} 0          2       ",
    )
    first, second = read.routes
    assert (first.destination, first.physical_address, first.on_link) == (
        "fe80::200:ff:fe00:2/128",
        "02:00:00:00:00:02",
        True,
    )
    assert (first.flags, first.stale_seconds, first.delete_seconds) == (["router"], 61, None)
    assert (second.flags, second.state_text, second.delete_seconds) == ([], "STALE", 2)


def test_table_and_cache_of_one_run_are_one_snapshot() -> None:
    titles = "Kernel IPv6 routing table", "Kernel IPv6 routing cache"
    assert len(np.parse("".join(f"{title}\n{NEW}\n" for title in titles)).snapshots) == 1


@pytest.mark.parametrize("cut", ["U    256 1      4", "U    256 1", "!n   1024 0      0"])
def test_a_number_below_use_is_no_interface(cut: str) -> None:
    read = dump(OF_2018, f"fe80::/64                      ::                         {cut}")
    assert not read.routes
    assert [found.code for found in read.diagnostics] == ["truncated-row"]


def test_a_network_of_compatible_addresses_is_ipv6() -> None:
    read = dump(OF_2018, "0.0.0.0/96                     ::                         !n   1024 0      0 lo")
    assert (read.routes[0].destination, read.routes[0].destination_host) == ("::/96", None)
    assert [found.code for found in read.diagnostics] == ["untrustworthy"]
