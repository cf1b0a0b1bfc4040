"""Counters that only one side prints are 0 there, or not comparable; gauges and settings have no rate."""

import pytest

from netstat_parse import compare, parse
from netstat_parse.schema.comparison import Comparison

BASE = """\
Ip:
    5 total packets received
Icmp:
    0 ICMP messages received
    0 ICMP messages sent
Tcp:
    1 active connection openings
    3 connections established
TcpExt:
    4 delayed acks sent
IpExt:
    InOctets: 700
"""
GROWN = BASE.replace("    4 delayed acks sent\n", "    4 delayed acks sent\n    TCPTimeouts: 7\n")


def compare_texts(before: str, after: str, seconds: float | None = 10) -> Comparison:
    return compare(parse(before), parse(after), seconds=seconds)


def moves(comparison: Comparison) -> dict[str, tuple[str, int | None]]:
    return {
        counter.kernel_name or counter.name: (counter.change, counter.difference)
        for counter in comparison.counters
        if counter.change != "unchanged"
    }


def reasons(comparison: Comparison) -> list[tuple[str | None, str]]:
    return [(problem.subject, problem.reason) for problem in comparison.not_comparable]


def test_a_counter_of_net_tools_that_appears_has_grown_from_0() -> None:
    comparison = compare_texts(BASE, GROWN)
    assert moves(comparison) == {"Tcp.CurrEstab": ("gauge", 0), "TcpExt.TCPTimeouts": ("appeared", 7)}
    [timeouts] = [counter for counter in comparison.counters if counter.name == "TCPTimeouts"]
    assert (timeouts.before, timeouts.per_second, reasons(comparison)) == (None, 0.7, [])


def test_a_counter_that_is_not_printed_any_more_fell_to_0() -> None:
    assert moves(compare_texts(GROWN, BASE))["TcpExt.TCPTimeouts"] == ("unclear", None)


def test_a_block_of_one_side_is_not_comparable() -> None:
    comparison = compare_texts(BASE + "Udp:\n    9 packets received\n", BASE)
    assert reasons(comparison) == [("udp ipv4", "only the dump before prints it")]
    assert "Udp.InDatagrams" not in moves(comparison)


def test_a_block_without_a_line_is_0_if_its_base_block_is() -> None:
    after = BASE.replace("Tcp:", "IcmpMsg:\n        InType3: 40\nTcp:").replace(
        "0 ICMP messages r", "40 ICMP messages r"
    )
    assert moves(compare_texts(BASE, after))["IcmpMsg.InType3"] == ("appeared", 40)


def test_a_block_is_unknown_if_its_base_block_has_counted() -> None:
    comparison = compare_texts(BASE.replace("IpExt:\n    InOctets: 700\n", ""), BASE)
    assert ("ipext ipv4", "only the dump after prints it") in reasons(comparison)


def test_the_last_block_of_a_cut_dump_may_lack_counters() -> None:
    comparison = compare_texts(BASE.partition("IpExt")[0], GROWN)
    assert "TcpExt.TCPTimeouts" not in moves(comparison)
    assert ("tcpext", "only the dump after prints it: TCPTimeouts") in reasons(comparison)


@pytest.mark.parametrize("filtered_side", [0, 1])
def test_filtered_lines_are_neither_0_nor_grown_from_0(filtered_side: int) -> None:
    filtered = GROWN.replace("    1 active connection openings\n", "").replace("    TCPTimeouts: 7\n", "")
    texts = [GROWN, GROWN]
    texts[filtered_side] = filtered
    comparison = compare_texts(texts[0], texts[1])
    assert moves(comparison) == {"Tcp.CurrEstab": ("gauge", 0)}
    side = "before" if filtered_side else "after"
    assert reasons(comparison) == [
        ("tcp", f"only the dump {side} prints it: active_opens"),
        ("tcpext", f"only the dump {side} prints it: TCPTimeouts"),
    ]


def test_a_missing_line_of_the_last_block_says_nothing_of_other_blocks() -> None:
    before = BASE.replace(
        "    InOctets: 700\n", "    InOctets: 700\nUdp:\n    9 packets received\n    8 packets sent\n"
    )
    after = before.replace("    8 packets sent\n", "").replace(
        "4 delayed acks sent\n", "4 delayed acks sent\n    TCPTimeouts: 7\n"
    )
    comparison = compare_texts(before, after)
    assert moves(comparison)["TcpExt.TCPTimeouts"] == ("appeared", 7)
    assert reasons(comparison) == [("udp ipv4", "only the dump before prints it: out_datagrams")]


def test_a_damaged_label_is_no_counter_of_its_own() -> None:
    before = BASE.replace("delayed acks sent", "deXayed aXks sent")
    comparison = compare_texts(before, GROWN)
    assert moves(comparison) == {"Tcp.CurrEstab": ("gauge", 0)}
    assert reasons(comparison) == [
        ("tcpext", "only the dump before prints it: dexayed_axks_sent"),
        ("tcpext", "only the dump after prints it: DelayedACKs, TCPTimeouts"),
    ]


def test_what_windows_does_not_print_is_unknown() -> None:
    before = "IPv4 Statistics\n\n  Packets Received                   = 5\n  Received Header Errors             = 0\n"
    after = before + "  Received Address Errors            = 9\n"
    assert reasons(compare_texts(before, after)) == [("ip ipv4", "only the dump after prints it: in_addr_errors")]


def test_two_systems_have_no_difference() -> None:
    windows = "IPv4 Statistics\n\n  Packets Received                   = 5\n  Received Header Errors             = 2\n"
    comparison = compare_texts("Ip:\n    5 total packets received\n", windows)
    assert comparison.counters == []
    assert reasons(comparison) == [
        ("system", "the systems differ: linux before, windows after"),
        (None, "two systems do not count alike"),
    ]


def test_a_gauge_and_a_setting_have_no_rate() -> None:
    before = "Ip:\n    Forwarding: 2\n    5 total packets received\nTcp:\n    3 connections established\n"
    after = before.replace("Forwarding: 2", "Forwarding: 1").replace("3 conn", "1 conn")
    comparison = compare_texts(before, after)
    assert moves(comparison) == {"Ip.Forwarding": ("setting", None), "Tcp.CurrEstab": ("gauge", -2)}
    assert {counter.per_second for counter in comparison.counters} == {None, 0.0}


def test_a_setting_that_is_a_word_keeps_both_words() -> None:
    before = "Tcp:\n    RTO algorithm is other\n    1 active connection openings\n"
    [setting, _] = compare_texts(before, before.replace("other", "vanj")).counters
    assert (setting.change, setting.before_text, setting.after_text) == ("setting", "other", "vanj")


def test_each_family_of_windows_is_a_counter_of_its_own() -> None:
    block = "TCP Statistics for IPv{}\n\n  Active Opens                        = {}\n  Passive Opens    = 0\n\n"
    before, after = (block.format(4, 5) + block.format(6, six) for six in (7, 9))
    found = [(c.family, c.name, c.difference) for c in compare_texts(before, after).counters if c.difference]
    assert found == [("ipv6", "active_opens", 2)]
