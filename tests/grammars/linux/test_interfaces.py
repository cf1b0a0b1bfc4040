"""Tables of interfaces of Linux: ``netstat -i``."""

import pytest

import netstat_parse as np
from netstat_parse import Interface
from support.diagnostics import list_diagnostics

TITLE = "Kernel Interface table\n"
WITH_METRIC = "Iface   MTU Met   RX-OK RX-ERR RX-DRP RX-OVR   TX-OK TX-ERR TX-DRP TX-OVR Flg\n"
OF_2012 = "Iface      MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n"
OF_2018 = "Iface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n"


def short(row: str, header: str = OF_2018) -> Interface:
    (interface,) = np.parse(f"{TITLE}{header}{row}\n").interfaces
    return interface


def received_and_sent(interface: Interface) -> list[int | None]:
    return [
        interface.in_packets, interface.in_errors, interface.in_discards, interface.in_overruns,
        interface.out_packets, interface.out_errors, interface.out_discards, interface.out_overruns,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (OF_2018, "eth0             1500     1234      1      2 3          4321      5      6      7 BMRU"),
        (OF_2012, "eth0      1500     1234      1      2 3          4321      5      6      7 BMRU"),
        (WITH_METRIC, "eth0       1500 0      1234      1      2 3          4321      5      6      7 BMRU"),
        (WITH_METRIC, "eth0   1500   0    1234      1      2      3    4321      5      6      7 BMRU"),
        (WITH_METRIC, "eth0       1500   0     1234      1      2      3     4321      5      6      7 BMRU"),
        ("SStelle           MTU    RX-OK RX-Feh RX-DRP RX-Ülf    TX-OK TX-Feh TX-DRP TX-Üb Flg\n",
         "eth0             1500     1234      1      2 3          4321      5      6      7 BMRU"),
        ("whatever one calls it\n", "eth0 1500 1234 1 2 3 4321 5 6 7 BMRU"),
        ("", "eth0 1500 0 1234 1 2 3 4321 5 6 7 BMRU"),
    ],
)  # fmt: skip
def test_counters_are_the_same_in_every_version(header: str, row: str) -> None:
    interface = short(row, header)
    assert (interface.name, interface.mtu) == ("eth0", 1500)
    assert received_and_sent(interface) == [1234, 1, 2, 3, 4321, 5, 6, 7]
    assert interface.flags == ["broadcast", "multicast", "running", "up"]


def test_the_metric_is_distinguished_from_the_counters_after_it() -> None:
    assert (
        short("eth0   1500   7    1234      1      2      3    4321      5      6      7 BMRU", WITH_METRIC).metric == 7
    )
    assert (
        short("eth0      1500 10903298      0      0 0      10847741      0      0      0 BMRU", OF_2012).metric is None
    )


@pytest.mark.parametrize(
    ("printed", "numbers"),
    [
        ("lo    65536   099999999      1      2      3100000000     21     22     23 LRU",
         [99999999, 1, 2, 3, 100000000, 21, 22, 23]),
        ("lo    65536  1512345678      1      2      3       4     21     22     23 LRU",
         [12345678, 1, 2, 3, 4, 21, 22, 23]),
        ("lo    65536   0    1234      1      2 12345612345678     21     22     23 LRU",
         [1234, 1, 2, 123456, 12345678, 21, 22, 23]),
        ("lo    65536   018446744073709551614 4294967295 1234567      5       4     21     22     23 LRU",
         [18446744073709551614, 4294967295, 1234567, 5, 4, 21, 22, 23]),
    ],
)  # fmt: skip
def test_numbers_without_a_blank_between_are_split_where_their_columns_end(printed: str, numbers: list[int]) -> None:
    assert received_and_sent(short(printed, WITH_METRIC)) == numbers


def test_numbers_that_cannot_be_split_are_kept() -> None:
    row = "eth0   1500   0    1234      1 1234567 7654321123456789012 999999999 8888888 7777777 BMRU"
    dump = np.parse(f"{TITLE}{WITH_METRIC}{row}\n")
    (interface,) = dump.interfaces
    assert received_and_sent(interface) == [1234, 1, 1234567, None, None, 999999999, 8888888, 7777777]
    assert interface.extra == {"RX-OVR TX-OK": "7654321123456789012"}
    assert list_diagnostics(dump) == [(3, "untrustworthy")]


@pytest.mark.parametrize(
    "printed",
    [
        "- no statistics available -",
        "- 統計情報を利用できません -",
        "- statistikat ei ole      -",
        "- keine Statistiken -",
    ],
)
def test_an_alias_has_no_counters_in_any_language(printed: str) -> None:
    interface = short(f"eth0:web         1500      {printed}                        BMRU")
    assert (interface.name, interface.mtu, interface.flags[0]) == ("eth0:web", 1500, "broadcast")
    assert received_and_sent(interface) == [None] * 8


@pytest.mark.parametrize(
    ("letters", "words"),
    [
        ("LRU", ["loopback", "running", "up"]),
        ("MOPU", ["multicast", "noarp", "pointopoint", "up"]),
        ("MPORU", ["multicast", "noarp", "promisc", "running", "up"]),
        ("MPPU", ["multicast", "pointopoint", "promisc", "up"]),
        ("MPpU", ["multicast", "pointopoint", "promisc", "up"]),
        ("ABDdNsmU", ["allmulti", "broadcast", "debug", "dynamic", "master", "notrailers", "slave", "up"]),
        ("[NO FLAGS]", []),
    ],
)
def test_flags_are_words(letters: str, words: list[str]) -> None:
    row = "tun0             1500        0      0      0 0             0      0      0      0"
    assert sorted(short(f"{row} {letters}").flags) == words


def test_a_single_p_may_be_either_of_two_flags() -> None:
    row = "eth0             1500        4      0      0 0             4      0      0      0 BMPRU"
    dump = np.parse(f"{TITLE}{OF_2018}{row}\n")
    assert dump.interfaces[0].flags == ["broadcast", "multicast", "running", "up"]
    assert list_diagnostics(dump) == [(3, "untrustworthy")]


@pytest.mark.parametrize(
    ("header", "row", "truncated"),
    [
        (WITH_METRIC, "longi  1500   0       4      0      0      0       7      0      0      0 BRU", ["name"]),
        (WITH_METRIC, "lo:1  65536   0     - no statistics available -                        LRU", []),
        (WITH_METRIC, "wlan0      1500 0    823255       0     13 0        297940      0      0      0 BMRU", []),
        (OF_2012, "longifna  1500        4      0      0 0             4      0      0      0 BRU", ["name"]),
        (OF_2018, "longifna         1500        4      0      0 0             4      0      0      0 BRU", []),
        (OF_2018, "longifname12345  1500        4      0      0 0             4      0      0      0 BRU", []),
    ],
)
def test_a_name_that_fills_its_column_may_be_cut(header: str, row: str, truncated: list[str]) -> None:
    assert short(row, header).truncated == truncated


def test_cut_names_that_are_the_same_may_be_two_interfaces() -> None:
    row = "longi  1500   0       4      0      0      0       7      0      0      0 BRU\n"
    assert list_diagnostics(np.parse(TITLE + WITH_METRIC + row + row)) == [(4, "untrustworthy")]


def test_zero_counters_of_a_name_of_fifteen_bytes_get_a_diagnostic() -> None:
    other = "eth0             1500        4      0      0 0             4      0      0      0 BMRU\n"
    row = "longifname12345  1500        0      0      0 0             0      0      0      0 BRU\n"
    assert list_diagnostics(np.parse(TITLE + OF_2018 + other + row)) == [(4, "counters-lost")]


def test_zero_counters_everywhere_get_a_diagnostic_if_an_interface_is_running() -> None:
    zeros = "        0      0      0 0             0      0      0      0"
    rows = f"eth0             1500{zeros} BMRU\nlo              65536{zeros} LRU\n"
    assert list_diagnostics(np.parse(TITLE + OF_2018 + rows)) == [(4, "all-counters-lost")]


def test_zero_counters_without_a_running_interface_get_no_diagnostic() -> None:
    zeros = "        0      0      0 0             0      0      0      0"
    rows = f"docker0          1500{zeros} BMU\nlo              65536{zeros} LRU\n"
    assert list_diagnostics(np.parse(TITLE + OF_2018 + rows)) == []


def test_a_row_cut_short_is_reported_and_affects_no_other_row() -> None:
    cut = "eth0             1500     1234      1      2\n"
    whole = "lo              65536       10      0      0 0            10      0      0      0 LRU\n"
    dump = np.parse(TITLE + OF_2018 + cut + whole)
    assert [interface.name for interface in dump.interfaces] == ["lo"]
    assert list_diagnostics(dump) == [(3, "truncated-row")]


def test_each_repetition_of_a_listing_is_a_snapshot() -> None:
    network = "eth0      1500 10903298      0      0 0      10847741      0      0      0 BMRU\n"
    loopback = "lo       65536   453650      0      0 0        453650      0      0      0 LRU\n"
    dump = np.parse(TITLE + OF_2012 + (network + loopback) * 3)
    assert [interface.snapshot for interface in dump.interfaces] == [0, 0, 1, 1, 2, 2]
    assert [snapshot.language for snapshot in dump.snapshots] == ["en"] * 3


@pytest.mark.parametrize(
    ("name", "interface"),
    [("eth0[/code]", "eth0"), ("<b>eth0", "eth0"), ("#eth0", None), ("a-name-of-sixteen", None)],
)
def test_markup_is_no_part_of_an_interface(name: str, interface: str | None) -> None:
    row = "lo               1500     1234      1      2 3          4321      5      6      7 BMRU\n"
    dump = np.parse(TITLE + OF_2018 + row + row.replace("lo", name) + row.replace("lo", "eth1"))
    assert [found.name for found in dump.interfaces] == (["lo", interface, "eth1"] if interface else ["lo", "eth1"])
