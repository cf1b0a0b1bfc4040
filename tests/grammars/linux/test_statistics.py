"""Statistics of Linux: ``netstat -s``."""

import csv
from collections.abc import Iterator
from typing import cast

import pyparsing as pp
import pytest
from hypothesis import given
from hypothesis import strategies as st

import netstat_parse as np
from netstat_parse import Counter
from netstat_parse.fuse.lower import fuse
from netstat_parse.grammar.counters import Counters
from netstat_parse.reading.grammar_loader import load_grammars
from netstat_parse.systems.vocabularies import vocabularies
from netstat_parse.tokens import end_of_line, on_one_line
from support.fusing import parse_fused, parse_unfused
from support.records import exact
from truth.captures import SHARED

STATISTICS = next(grammar for grammar in load_grammars("linux") if isinstance(grammar, Counters))
ROW = on_one_line(pp.And([cast("pp.ParserElement", STATISTICS.row), end_of_line]))

NET_TOOLS = """\
Ip:
    Forwarding: 2
    987 total packets received
    0 forwarded
Icmp:
    14 ICMP messages received
    ICMP input histogram:
        destination unreachable: 4
        echo replies: 3
    12 ICMP messages sent
    ICMP output histogram:
        destination unreachable: 2
        timestamp requests: 3
IcmpMsg:
        InType3: 4
Tcp:
    245 segments retransmitted
UdpLite:
TcpExt:
    Quick ack mode was activated 85 times
    TCPTimeouts: 205
IpExt:
    InOctets: 18446744073709551615
"""


def counters(text: str) -> list[Counter]:
    return list(np.parse(text).counters)


def counter(line: str, title: str = "Tcp", *, heading: str = "") -> Counter:
    """Return the counter in one line below a title."""
    above = f"    ICMP {heading} histogram:\n    " if heading else ""
    (found,) = counters(f"{title}:\n{above}    {line}\n")
    return found


def labels_of_the_formats() -> Iterator[tuple[str, str, str]]:
    """Yield title, label and counter of each row of the reference material."""
    for file in SHARED.joinpath("formats").glob("linux-statistics*.tsv"):
        with file.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
                title, name = row.get("proto") or row["table"], (row.get("snmp_name") or row["counter"]).strip()
                label = row.get("label") or row.get("label_as_printed") or ""
                if label.strip() and name != "*":
                    yield title, label, name


def heading_of(title: str, name: str) -> str:
    way = "input" if name.removeprefix("Icmp6").startswith("In") else "output"
    return way if title in {"Icmp", "Icmp6"} else ""


def test_the_labels_of_all_versions_are_known() -> None:
    rows = sorted(set(labels_of_the_formats()))
    if not rows:
        pytest.skip(f"there are no labels in {SHARED}")
    own_name_first = ("Ip6", "Icmp6", "Udp6", "UdpLite6", "Sctp")
    for title, label, name in rows:
        line = label.replace("<N>", "18446744073709551615").replace("<S>", "other")
        found = counter(line, title, heading=heading_of(title, name))
        assert found.known, label
        assert found.kernel_name == f"{title}.{name.removeprefix(title) if title in own_name_first else name}"
        assert found.value == (2**64 - 1 if "<N>" in label else None)


@pytest.mark.parametrize("language", [tag for tag, words in vocabularies("linux").items() if "labels" in words])
def test_every_translated_label_is_a_counter_somewhere(language: str) -> None:
    labels = [label for label in vocabularies("linux")[language]["labels"] if "<N>" in label]
    lines = "".join(f"        {label.replace('<N>', '17')}\n" for label in labels)
    known: set[int] = set()
    for title in ("Ip", "Icmp", "Tcp", "Udp", "TcpExt", "Ip6", "Icmp6"):
        for heading in ("input", "output"):
            found = counters(f"{title}:\n    InCsumErrors: 1\n    ICMP {heading} histogram:\n{lines}")[1:]
            assert [one.value for one in found] == [17] * len(labels)
            known |= {row for row, one in enumerate(found) if one.known}
    assert {labels[row] for row in range(len(labels)) if row not in known} == set()


@pytest.mark.parametrize(
    ("line", "title", "expected"),
    [
        ("987 total packets received", "Ip6", ("ip", "ipv6", "in_receives", "Ip6.InReceives")),
        ("Ip6InECT0Pkts: 5", "Ip6", ("ip", "ipv6", "in_ect0_pkts", "Ip6.InECT0Pkts")),
        ("8 packets reassembled ok", "Ip", ("ip", "ipv4", "reasm_oks", "Ip.ReasmOKs")),
        ("14 ICMP messages received", "Icmp6", ("icmp", "ipv6", "in_msgs", "Icmp6.InMsgs")),
        ("245 segments retransmitted", "Tcp", ("tcp", None, "retrans_segs", "Tcp.RetransSegs")),
        ("InCsumErrors: 1", "Tcp", ("tcp", None, "in_csum_errors", "Tcp.InCsumErrors")),
        ("3 packets sent", "Udp6", ("udp", "ipv6", "out_datagrams", "Udp6.OutDatagrams")),
        ("UdpLite6NoPorts: 1", "UdpLite6", ("udplite", "ipv6", "no_ports", "UdpLite6.NoPorts")),
        ("3 Current Associations", "Sctp", ("sctp", None, "curr_estab", "Sctp.CurrEstab")),
        ("SctpT3RtxExpireds: 28", "Sctp", ("sctp", None, "t3_rtx_expireds", "Sctp.T3RtxExpireds")),
        ("InType3: 4", "IcmpMsg", ("icmpmsg", "ipv4", "InType3", "IcmpMsg.InType3")),
        ("InOctets: 295701", "IpExt", ("ipext", "ipv4", "InOctets", "IpExt.InOctets")),
    ],
)
def test_a_counter_has_the_names_of_the_mib_and_of_the_kernel(
    line: str, title: str, expected: tuple[str, str | None, str, str]
) -> None:
    found = counter(line, title)
    assert (found.protocol, found.family, found.name, found.kernel_name) == expected


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("Tcp", ["5 active opens", "5 active connections openings", "5 active connection openings", "ActiveOpens: 5"]),
        ("Ip", ["5 fragments received ok", "5 outgoing packets fragmented ok", "FragOKs: 5"]),
        ("TcpExt", ["5 other TCP timeouts", "TCPTimeouts: 5"]),
        ("TcpExt", ["Quick ack mode was activated 5 times", "DelayedACKLost: 5"]),
        ("Sctp", ["5 Number of Aborteds ", "SctpAborteds: 5"]),
    ],
)
def test_a_counter_is_the_same_in_every_wording(title: str, lines: list[str]) -> None:
    assert len({counter(line, title).model_dump_json(exclude={"label"}) for line in lines}) == 1


@pytest.mark.parametrize(("heading", "way"), [("input", "in"), ("output", "out")])
@pytest.mark.parametrize("title", ["Icmp", "Icmp6"])
def test_the_histogram_decides_what_a_kind_of_message_counts(title: str, heading: str, way: str) -> None:
    assert counter("destination unreachable: 4", title, heading=heading).name == f"{way}_dest_unreachs"


@pytest.mark.parametrize("colon", ["", ":"])
def test_a_histogram_may_have_its_title_in_another_language_and_without_a_colon(colon: str) -> None:
    dump = np.parse(f"Icmp:\n    Histogramme de sortie ICMP{colon}\n        echo request: 4\n")
    assert [one.kernel_name for one in dump.counters] == ["Icmp.OutEchos"]
    assert (dump.snapshots[0].language, dump.lines.headings) == ("fr", 2)


def test_the_first_of_two_histograms_in_an_unknown_language_counts_input() -> None:
    text = "Icmp:\n    ICMP vårin:\n        echo replies: 1\n    ICMP utgon:\n        echo replies: 2\n"
    assert [one.name for one in counters(text)] == ["in_echo_reps", "out_echo_reps"]


def test_a_singular_label_is_known_in_both_histograms() -> None:
    text = "Icmp6:\n    ICMP გამოტანის ჰისტოგრამა:\n        მეზობლის solicit-ები: 3\n"
    assert [one.kernel_name for one in counters(text)] == ["Icmp6.OutNeighborSolicits"]


@pytest.mark.parametrize(
    ("line", "title", "value", "label"),
    [
        ("Quick ack mode was activated 85 times", "TcpExt", 85, "Quick ack mode was activated times"),
        ("共计收到4139个数据包", "Ip", 4139, "共计收到个数据包"),
        ("S'han lliurat 2782 paquets entrants", "Ip", 2782, "S'han lliurat paquets entrants"),
        ("სოკეტის მოსმენის რიგი 10-ჯერ გადაივსო", "TcpExt", 10, "სოკეტის მოსმენის რიგი -ჯერ გადაივსო"),
        ("不適当なアドレスが7", "Ip", 7, "不適当なアドレスが"),
        ("Celkem přijatých paketů: 5", "Ip", 5, "Celkem přijatých paketů"),
        ("received ICMPv6 time exceeded: 6", "Icmp6", 6, "received ICMPv6 time exceeded"),
        ("Forwarding: 2", "Ip", 2, "Forwarding"),
        ("TCPMD5Failure: -7", "TcpExt", -7, "TCPMD5Failure"),
    ],
)
def test_the_number_may_be_anywhere_and_the_label_is_the_rest(line: str, title: str, value: int, label: str) -> None:
    heading = "input" if title.startswith("Icmp") else ""
    found = counter(line, title, heading=heading)
    assert (found.value, found.label, found.known) == (value, label, True)


@pytest.mark.parametrize(
    ("line", "heading", "text", "name"),
    [
        ("RTO algorithm is other", "", "other", "rto_algorithm"),
        ("address mask replies", "input", None, "in_addr_mask_reps"),
    ],
)
def test_a_counter_may_have_a_word_or_nothing_in_place_of_a_number(
    line: str, heading: str, text: str | None, name: str
) -> None:
    found = counter(line, "Icmp" if heading else "Tcp", heading=heading)
    assert (found.value, found.text, found.name, found.known) == (None, text, name, True)


def test_an_unknown_label_is_kept_and_reported() -> None:
    dump = np.parse("Tcp:\n    5 resets sent\n    17 flux capacitors charged\n")
    found = dump.counters[1]
    assert (found.name, found.kernel_name, found.known) == ("flux_capacitors_charged", None, False)
    assert [note.code for note in dump.diagnostics] == ["unknown-counter"]


def test_an_unknown_section_is_read_below_known_ones() -> None:
    found = counters("IpExt:\n    InOctets: 5\nDccpExt:\n    ResetSent: 7\n")[1]
    assert (found.protocol, found.name, found.kernel_name) == ("dccpext", "ResetSent", "DccpExt.ResetSent")


def test_a_negative_counter_gets_one_diagnostic() -> None:
    dump = np.parse("IpExt:\n    InOctets: -5\n    OutOctets: -7\n")
    assert [one.value for one in dump.counters] == [-5, -7]
    assert [note.code for note in dump.diagnostics] == ["untrustworthy"]


@pytest.mark.parametrize(
    "text",
    [
        "Tcp:\n  port: 80\n  PortNumber: 8080\nUdp:\n  max: 4\n",
        "Tcp:\nUdp:\nnothing but titles\n",
        "tcp:\n\t17 packets sent\nip:\n\t138 total packets received\n\t0 fragments dropped after timeout\n",
        "Udp:\n\n5 things I like about UDP\n",
    ],
)
def test_a_title_without_counters_is_not_statistics(text: str) -> None:
    with pytest.raises(np.NetstatParseError):
        np.parse(text)


def test_text_after_a_blank_line_is_not_read_as_counters() -> None:
    dump = np.parse("Tcp:\n    5 resets sent\n\nShopping list:\n    3 apples\n")
    assert (len(dump.counters), dump.lines.foreign) == (1, 2)


def test_titles_of_empty_sections_are_headings() -> None:
    dump = np.parse("UdpLite:\nTcpExt:\n    0 packet headers predicted\nIpExt:\nMPTcpExt:\n")
    assert (dump.lines.headings, dump.lines.records) == (4, 1)


@pytest.mark.parametrize("indent", ["", " ", "\t", "        "])
def test_the_indent_does_not_matter(indent: str) -> None:
    flat = "".join(f"{indent}{line.strip()}\n" for line in NET_TOOLS.splitlines())
    assert [one.kernel_name for one in counters(flat)] == [one.kernel_name for one in counters(NET_TOOLS)]


def test_blank_lines_between_all_lines_do_not_matter() -> None:
    doubled = NET_TOOLS.replace("\n", "\n\n")
    assert [one.kernel_name for one in counters(doubled)] == [one.kernel_name for one in counters(NET_TOOLS)]


def test_an_excerpt_is_read_without_its_titles() -> None:
    grepped = "    245 segments retransmitted\n    TCPSynRetrans: 29\n    8 outgoing packets dropped\n"
    found = counters(grepped)
    assert [one.name for one in found] == ["retrans_segs", "TCPSynRetrans", "out_discards"]
    assert [one.kernel_name for one in found] == ["Tcp.RetransSegs", "TcpExt.TCPSynRetrans", None]  # of Ip or Ip6


@pytest.mark.parametrize(("line", "snapshot"), [("6 SYN cookies sent", 1), ("TCPTimeouts: 6", 0)])
def test_a_repeated_title_begins_a_snapshot_unless_the_kernel_split_its_table(line: str, snapshot: int) -> None:
    text = f"TcpExt:\n    5 SYN cookies sent\nTcpExt:\n    {line}\n"
    assert [one.snapshot for one in counters(text)] == [0, snapshot]


@pytest.mark.parametrize("cut", ["    8", "    InCsumErr", "    InCsumErrors:"])
def test_a_line_cut_short_is_reported(cut: str) -> None:
    dump = np.parse(f"Tcp:\n    5 resets sent\n{cut}")
    assert [note.code for note in dump.diagnostics] == ["truncated-row"]


def test_an_error_message_of_netstat_is_not_a_counter() -> None:
    dump = np.parse("Ip:\n    5 forwarded\nerror parsing /proc/net/netstat: Success\n    6 requests sent out\n")
    assert (len(dump.counters), dump.lines.unparsed) == (2, 0)


@given(st.integers(0, len(NET_TOOLS)), st.text("\n :5aÄ", max_size=5))
def test_every_line_is_accounted_for_wherever_the_text_is_split(at: int, garbage: str) -> None:
    try:
        dump = np.parse(NET_TOOLS[:at] + garbage + NET_TOOLS[at:])
    except np.NetstatParseError:
        return
    lines = dump.lines.model_dump()
    assert lines.pop("total") == sum(lines.values())
    assert lines["records"] == len(dump.counters)


def test_the_size_of_blocks_does_not_matter() -> None:
    text = NET_TOOLS + NET_TOOLS
    records = np.stream(line for line in text.splitlines(keepends=True))
    assert exact(record for record in records if isinstance(record, Counter)) == exact(counters(text))


def test_the_time_for_counters_is_linear() -> None:
    text = "Ip:\n" + NET_TOOLS * 5000 + "    " + "a 1x " * 10000 + "\n    5" + " " * 60000 + "\n    " + "a" * 60000
    assert len(counters(text)) == 5000 * 14


@given(st.sampled_from(NET_TOOLS.splitlines()), st.integers(0, 40), st.sampled_from(["", "-", ":5", " ", "é", "数"]))
def test_fused_and_unfused_agree(line: str, at: int, put_in: str) -> None:
    text = line[:at] + put_in + line[at:]
    assert parse_fused(fuse(ROW), text) == parse_unfused(ROW, text)


def test_counters_without_titles_have_the_protocol_that_their_label_can_only_be_of() -> None:
    text = "$ netstat -s\n\n    8138 total packets received\n    0 forwarded\n\n    142 active connections openings\n"
    found = [(one.protocol, one.family, one.name, one.value) for one in np.parse(text).counters]
    assert found == [
        ("ip", None, "in_receives", 8138),
        ("ip", None, "forw_datagrams", 0),
        ("tcp", None, "active_opens", 142),
    ]
