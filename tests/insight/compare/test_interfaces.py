"""Interfaces are compared by name, and their counters each interface by itself."""

import pytest

from netstat_parse import compare, parse

HEADING = """\
Kernel Interface table
Iface      MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg
"""
ETH0 = "eth0      1500      500      0      0 0           600      0      0      0 BMRU\n"
ETH1 = "eth1      1500      800      0      0 0           900      0      0      0 BMRU\n"
LONG = """\
Kernel Interface table
eth0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500
        inet 10.0.0.1  netmask 255.255.255.0  broadcast 10.0.0.255
        ether 02:00:00:00:00:01  txqueuelen 1000  (Ethernet)
        RX packets 550  bytes 50000 (50.0 KB)
        RX errors 0  dropped 0  overruns 0  frame 0
        TX packets 660  bytes 60000 (60.0 KB)
        TX errors 0  dropped 0 overruns 0  carrier 0  collisions 0

"""


def compare_tables(before: str, after: str) -> list[tuple[str, str, dict[str, tuple[str, int | None]]]]:
    comparison = compare(parse(before), parse(after))
    return [
        (
            str((change.after or change.before).name),  # type: ignore[union-attr]  # one of them is there
            change.change,
            {field.field: (field.change, field.difference) for field in change.counters if field.change != "unchanged"},
        )
        for change in comparison.interfaces
    ]


def test_an_interface_is_added_removed_or_the_same() -> None:
    assert compare_tables(HEADING + ETH0, HEADING + ETH0) == [("eth0", "unchanged", {})]
    assert compare_tables(HEADING + ETH0, HEADING + ETH0 + ETH1)[1][:2] == ("eth1", "added")
    assert compare_tables(HEADING + ETH0 + ETH1, HEADING + ETH0)[1][:2] == ("eth1", "removed")


def test_a_driver_that_was_reloaded_resets_its_own_interface_only() -> None:
    after = ETH0.replace("500 ", "  7 ").replace("600", "  8") + ETH1.replace("800", "850")
    assert compare_tables(HEADING + ETH0 + ETH1, HEADING + after) == [
        ("eth0", "changed", {"in_packets": ("reset", 7), "out_packets": ("reset", 8)}),
        ("eth1", "changed", {"in_packets": ("increased", 50)}),
    ]


def test_two_forms_of_the_table_are_compared_by_what_both_print() -> None:
    moved = {"in_packets": ("increased", 50), "out_packets": ("increased", 60)}
    assert compare_tables(HEADING + ETH0, LONG) == [("eth0", "changed", moved)]


@pytest.mark.parametrize(
    ("old", "new"),
    [("mtu 1500", "mtu 9000"), ("inet 10.0.0.1", "inet 10.0.0.2"), ("flags=4163<UP,", "flags=4419<PROMISC,UP,")],
)
def test_an_interface_has_changed_with_its_settings(old: str, new: str) -> None:
    assert compare_tables(LONG, LONG.replace(old, new)) == [("eth0", "changed", {})]


def test_counters_that_netstat_has_lost_are_not_comparable() -> None:
    after = """\
Kernel Interface table
Iface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg
eth0             1500        0      0      0 0             0      0      0      0 BMRU
lo              65536        0      0      0 0             0      0      0      0 LRU
"""
    before = after.replace("1500        0", "1500      500")
    comparison = compare(parse(before), parse(after))
    assert [problem.subject for problem in comparison.not_comparable] == ["eth0", "lo"]
    assert [change.counters for change in comparison.interfaces] == [[], []]


def test_only_an_interface_with_a_long_name_may_have_lost_its_counters() -> None:
    row = "{:<15}  1500        0      0      0 0             0      0      0      0 {}\n"
    before = HEADING + ETH1 + row.format("longifname12345", "BMRU") + row.format("ppp0", "MOPRU")
    comparison = compare(parse(before), parse(before.replace("ppp0             1500   ", "ppp0             1500 77")))
    assert [problem.subject for problem in comparison.not_comparable] == ["longifname12345"]
