"""Statistics of Windows: the same counters in every language."""

from collections.abc import Sequence

import pytest

import netstat_parse as np
from netstat_parse import Counter
from netstat_parse.systems.vocabularies import vocabularies
from support.records import exact
from support.windows_statistics import (
    ETHERNET,
    GERMAN_TCP,
    ICMP,
    ICMP6,
    IP,
    TCP,
    UDP,
    invent_labels,
    one_value_block,
    two_value_block,
)


def counters(text: str) -> list[Counter]:
    dump = np.parse(text)
    assert dump.lines.unparsed == 0
    return dump.counters


def facts(text: str) -> list[tuple[object, ...]]:
    return [(c.protocol, c.family, c.name, c.kernel_name, c.value) for c in counters(text)]


def names(text: str) -> list[str]:
    return [counter.name for counter in counters(text)]


def in_and_out(objects: Sequence[str]) -> list[str]:
    return [f"{direction}_{name}" for name in objects for direction in ("in", "out")]


def codes(text: str) -> list[str]:
    return [diagnostic.code for diagnostic in np.parse(text).diagnostics]


def test_all_ip_counters_except_one_have_kernel_names() -> None:
    found = counters(one_value_block("IPv4 Statistics", [*IP]))
    assert [c.kernel_name and c.kernel_name.removeprefix("Ip.") for c in found] == [
        None if name.islower() else name for name in IP.values()
    ]
    assert {(c.protocol, c.family, c.known) for c in found} == {("ip", "ipv4", True)}
    assert [c.value for c in found] == list(range(100, 117))


def test_forwarded_datagrams_have_one_name_although_the_kernel_has_two() -> None:
    four, six = (counters(one_value_block(f"IPv{version} Statistics", [*IP]))[3] for version in (4, 6))
    assert (four.name, four.kernel_name) == ("forw_datagrams", "Ip.ForwDatagrams")
    assert (six.name, six.kernel_name) == ("forw_datagrams", "Ip6.OutForwDatagrams")


def test_icmp_counts_messages_in_both_directions() -> None:
    text = two_value_block("ICMPv4 Statistics", [*ICMP])
    assert names(text) == in_and_out([*ICMP.values()])
    assert [c.value for c in counters(text)][:4] == [100, 200, 101, 201]


def test_icmp_has_echo_replies_before_echos_and_icmpv6_after_them() -> None:
    assert names(two_value_block("ICMPv4 vlorpë", invent_labels(15)))[14:18] == [
        "in_echo_reps", "out_echo_reps", "in_echos", "out_echos",
    ]  # fmt: skip
    assert names(two_value_block("ICMPv6 vlorpë", invent_labels(17)))[12:16] == [
        "in_echos", "out_echos", "in_echo_reps", "out_echo_reps",
    ]  # fmt: skip


def test_icmpv6_has_the_kernels_names() -> None:
    found = counters(two_value_block("ICMPv6 Statistics", [*ICMP6]))
    assert [c.name for c in found] == in_and_out([*ICMP6.values()])
    by_name = {c.name: c.kernel_name for c in found}
    assert by_name["in_pkt_too_bigs"] == "Icmp6.InPktTooBigs"
    assert by_name["out_group_memb_responses"] == "Icmp6.OutGroupMembResponses"
    assert by_name["in_router_renumberings"] is None
    assert by_name["in_echo_reps"] == "Icmp6.InEchoReplies"
    assert by_name["out_parm_probs"] == "Icmp6.OutParmProblems"


def test_an_icmp_message_without_a_name_has_its_number() -> None:
    found = counters(two_value_block("ICMPv6 Statistics", [*ICMP6, "Type 143"]))
    assert (found[-1].name, found[-1].kernel_name, found[-1].known) == ("out_type143", "Icmp6.OutType143", True)


@pytest.mark.parametrize("version", [4, 6])
def test_counters_of_tcp_have_kernel_names_in_each_family(version: int) -> None:
    found = counters(one_value_block(f"TCP Statistics for IPv{version}", [*TCP]))
    assert [c.name for c in found] == [*TCP.values()]
    assert {c.family for c in found} == {f"ipv{version}"}
    assert found[7].kernel_name == "Tcp.RetransSegs"


def test_udp_has_a_kernel_table_for_each_family() -> None:
    four, six = (counters(one_value_block(f"UDP Statistics for IPv{version}", [*UDP])) for version in (4, 6))
    assert [c.name for c in four] == [c.name for c in six] == [*UDP.values()]
    assert (four[1].kernel_name, six[1].kernel_name) == ("Udp.NoPorts", "Udp6.NoPorts")


def test_a_counter_has_the_same_name_as_on_linux() -> None:
    windows = counters(one_value_block("TCP Statistics for IPv4", [*TCP]))[7]
    linux = np.parse("Tcp:\n    8 active connection openings\n    4 segments retransmitted\n").counters[1]
    assert (windows.protocol, windows.name, windows.kernel_name) == (linux.protocol, linux.name, linux.kernel_name)


@pytest.mark.parametrize(
    ("title", "labels"),
    [
        ("TCP-Statistik für IPv4", GERMAN_TCP),
        ("TCP vlorpë pru IPv4", invent_labels(8)),
        ("IPv4 için TCP istatistikleri", invent_labels(8)),
        ("IPv4 的 TCP 统计信息", ["主动开放", "被动开放", "失败", "重置", "当前", "接收", "发送", "重新发送"]),
        ("TCP-tilastot IPv4ko", invent_labels(8)),
    ],
)
def test_counters_are_the_same_in_every_language(title: str, labels: list[str]) -> None:
    found = counters(one_value_block(title, labels))
    assert facts(one_value_block(title, labels)) == facts(one_value_block("TCP Statistics for IPv4", [*TCP]))
    assert [c.label for c in found] == labels
    assert all(c.known for c in found)


@pytest.mark.parametrize(
    ("english", "text"),
    [
        (one_value_block("IPv4 Statistics", [*IP]), one_value_block("IPv4 vlorpë", invent_labels(17))),
        (one_value_block("IPv6 Statistics", [*IP]), one_value_block("vlorpë IPv6", invent_labels(17))),
        (
            two_value_block("ICMPv4 Statistics", [*ICMP]),
            two_value_block("ICMPv4 vlorpë", invent_labels(15), "Vlëm    Vlot"),
        ),
        (
            two_value_block("ICMPv6 Statistics", [*ICMP6]),
            two_value_block("ICMPv6 vlorpë", invent_labels(17), "Vlëm    Vlot"),
        ),
        (one_value_block("UDP Statistics for IPv6", [*UDP]), one_value_block("UDP vlorpë pru IPv6", invent_labels(4))),
    ],
    ids=["IPv4", "IPv6", "ICMPv4", "ICMPv6", "UDP"],
)
def test_an_unknown_language_is_read_by_the_order_of_rows(english: str, text: str) -> None:
    dump = np.parse(text)
    assert facts(text) == facts(english)
    assert (dump.snapshots[0].language, dump.diagnostics) == (None, [])
    assert dump.lines.foreign == 0


def test_blocks_of_one_shape_follow_each_other_in_an_unknown_language() -> None:
    text = "".join(
        [
            one_value_block("IPv4 vlorpë", invent_labels(17)),
            one_value_block("IPv6 vlorpë", invent_labels(17)),
            two_value_block("ICMPv4 vlorpë", invent_labels(15), "Vlëm    Vlot"),
            two_value_block("ICMPv6 vlorpë", invent_labels(17), "Vlëm    Vlot"),
        ]
    )
    found = [f"{c.protocol} {c.family}" for c in counters(text)]
    groups = ("ip ipv4", "ip ipv6", "icmp ipv4", "icmp ipv6")
    assert [found.count(group) for group in groups] == [17, 17, 30, 34]
    assert len(np.parse(text).snapshots) == 1


@pytest.mark.parametrize("count", [7, 9])
def test_a_block_with_another_number_of_rows_is_never_read_by_their_order(count: int) -> None:
    found = counters(one_value_block("TCP vlorpë pru IPv4", invent_labels(count)))
    assert [c.known for c in found] == [False] * count
    assert (found[0].name, found[0].kernel_name, found[0].value) == ("vlorp_arëm", None, 100)


def test_unknown_icmp_counters_keep_their_direction() -> None:
    found = counters(two_value_block("ICMPv4 vlorpë", invent_labels(13), "Vlëm    Vlot"))
    assert [(c.name, c.value) for c in found[:2]] == [("in_vlorp_arëm", 100), ("out_vlorp_arëm", 200)]
    assert not any(c.known for c in found)


def test_xp_has_no_router_messages_in_icmp() -> None:
    assert names(two_value_block("ICMPv4 Statistics", [*ICMP][:13])) == in_and_out([*ICMP.values()][:13])


def test_echos_before_replies_on_reactos_get_no_diagnostic() -> None:
    labels = [*ICMP][:13]
    labels[7:9] = "Echos", "Echo Replies"
    text = two_value_block("ICMPv4 Statistics", labels)
    assert names(text)[14:18] == ["in_echos", "out_echos", "in_echo_reps", "out_echo_reps"]
    assert codes(text) == []


def test_the_label_wins_over_the_position() -> None:
    labels = [*GERMAN_TCP]
    labels[0], labels[1] = labels[1], labels[0]
    text = one_value_block("TCP-Statistik für IPv4", labels)
    assert names(text)[:2] == ["passive_opens", "active_opens"]
    assert codes(text) == ["label-out-of-place"] * 2
    assert [diagnostic.line for diagnostic in np.parse(text).diagnostics] == [4, 5]


def test_a_single_unknown_label_is_identified_by_its_position() -> None:
    labels = [*GERMAN_TCP[:7], "Nochmals übertragene Segmente"]
    found = counters(one_value_block("TCP-Statistik für IPv4", labels))
    assert (found[7].name, found[7].known) == ("retrans_segs", True)


def test_an_unknown_label_never_gets_the_name_of_a_known_one() -> None:
    labels = [*TCP]
    labels[0], labels[1] = labels[1], "Vlorpëm"
    assert names(one_value_block("TCP Statistics for IPv4", labels))[:2] == ["passive_opens", "vlorpëm"]


@pytest.mark.parametrize("protocol", ["IP", "TCP", "UDP"])
def test_old_windows_prints_no_version_in_the_title(protocol: str) -> None:
    labels = {"IP": IP, "TCP": TCP, "UDP": UDP}[protocol]
    title = "IPv4 Statistics" if protocol == "IP" else f"{protocol} Statistics for IPv4"
    assert facts(one_value_block(f"{protocol} Statistics", [*labels])) == facts(one_value_block(title, [*labels]))


def test_labels_of_reactos_are_known() -> None:
    text = one_value_block("IPv4 Statistics", ["Output Packets No Route", "Datagrams successfully fragmented"])
    assert names(text) == ["out_no_routes", "frag_oks"]


def test_turkish_reactos_prints_no_blank_before_the_equals_sign() -> None:
    (found,) = counters("\nIPv4 Statistics\n\n  Başarıyla Parçalanan Veri Birimleri= 7\n")
    assert (found.label, found.value) == ("Başarıyla Parçalanan Veri Birimleri", 7)


def test_a_label_may_contain_an_equals_sign() -> None:
    (found,) = counters("\nIPv4 Statistics\n\n  Vlorp = 5 rëm = 7\n")
    assert (found.label, found.value) == ("Vlorp = 5 rëm", 7)


def test_a_label_may_exceed_its_column() -> None:
    text = "\nICMPv6-Statistik\n\n     Empfangen   Gesendet\n  Routerneunummerierungen    14          46        \n"
    assert names(text) == ["in_router_renumberings", "out_router_renumberings"]


def test_an_arrow_after_a_row_is_ignored() -> None:
    assert [c.value for c in counters("\tIP Statistics\n\t\n\t  Packets Received   = 84167    <-------\n")] == [84167]


def test_statistics_of_one_protocol_are_followed_by_its_connections() -> None:
    text = one_value_block("TCP Statistics for IPv4", [*TCP]) + (
        "\r\nActive Connections\r\n\r\n  Proto  Local Address          Foreign Address        State\r\n"
        "  TCP    192.0.2.4:50412        198.51.100.7:443       ESTABLISHED\r\n"
    )
    dump = np.parse(text)
    assert (len(dump.counters), len(dump.connections), len(dump.snapshots)) == (8, 1, 1)


def test_each_iteration_of_an_interval_is_a_snapshot_in_any_language() -> None:
    dump = np.parse(one_value_block("UDP vlorpë", invent_labels(4)) * 3)
    assert [counter.snapshot for counter in dump.counters] == [0] * 4 + [1] * 4 + [2] * 4


def test_a_stream_of_single_lines_gives_the_same_records() -> None:
    text = one_value_block("TCP vlorpë pru IPv4", invent_labels(8)) + two_value_block(
        "ICMPv4 vlorpë", invent_labels(15)
    )
    streamed = [record for record in np.stream(text.splitlines(keepends=True)) if isinstance(record, Counter)]
    assert exact(streamed) == exact(counters(text))


@pytest.mark.parametrize("language", sorted(vocabularies("windows")))
def test_every_label_of_a_vocabulary_belongs_to_its_block(language: str) -> None:
    labels = vocabularies("windows")[language].get("labels", {})
    blocks = {"ip": IP, "icmp": ICMP, "icmp6": ICMP6, "tcp": TCP, "udp": UDP, "ethernet": ETHERNET}
    assert {(part, meant) for part in labels for meant in labels[part].values() if meant not in blocks[part]} == set()


def test_known_words_identify_the_language() -> None:
    assert np.parse(one_value_block("TCP vlorpë pru IPv4", GERMAN_TCP)).snapshots[0].language == "de"


def test_settings_below_a_title_are_not_counters() -> None:
    settings = "# TCP over IPv4\nnet.ipv4.tcp_sack = 1\nnet.ipv4.tcp_ecn = 2\nnet.ipv4.tcp_fack = 0\nnet.ipv4.x = 0\n"
    with pytest.raises(np.NetstatParseError):
        np.parse(settings)


def test_other_text_after_a_block_is_not_a_counter() -> None:
    dump = np.parse(one_value_block("UDP Statistics for IPv4", [*UDP]) + "\r\nDone, so that\r\nresult = 5\r\n")
    assert (len(dump.counters), dump.lines.foreign) == (4, 2)
