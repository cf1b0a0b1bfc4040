"""Names of counters: one for each object, whichever family counts it."""

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import netstat_parse as np
from netstat_parse.systems import catalog
from netstat_parse.systems.mib import GROUPS, IPV4_NAMES, counted
from support.samples import SAMPLES, parse_options

UNLABELLED = [
    *(f"Ip6.{name}" for name in ("OutTransmits", "InOctets", "OutOctets", "InMcastOctets", "OutMcastOctets")),
    *(f"Ip6.{name}" for name in ("InBcastOctets", "OutBcastOctets", "InNoECTPkts", "InECT1Pkts", "InECT0Pkts")),
    *(
        f"Icmp6.{name}"
        for name in ("OutErrors", "InCsumErrors", "OutRateLimitHost", "InMLDv2Reports", "OutMLDv2Reports")
    ),
    *(
        f"Icmp6.{way}Type{number}"
        for way in ("In", "Out")
        for number in (1, 2, 3, 4, 128, 129, 133, 134, 135, 136, 143)
    ),
    *(f"{table}.InCsumErrors" for table in ("Icmp", "Tcp", "Udp", "UdpLite", "UdpLite6")),
    *(f"UdpLite6.{name}" for name in ("InDatagrams", "NoPorts", "InErrors", "OutDatagrams", "RcvbufErrors")),
    *("Ip.OutTransmits", "Ip6.InCEPkts", "Icmp.OutRateLimitHost", "Icmp.OutRateLimitGlobal"),
]
"""Counters that are printed by the kernel's name, and so have no label in ``counters.toml``."""

SAME_OBJECTS = [
    # The kernel's name for IPv6, which RFC 2465, 2466 and 4113 gave, and the one for IPv4, from RFC 2011 and 4113.
    ("Ip6.InReceives", "Ip.InReceives"),
    ("Ip6.InHdrErrors", "Ip.InHdrErrors"),
    ("Ip6.InAddrErrors", "Ip.InAddrErrors"),
    ("Ip6.InUnknownProtos", "Ip.InUnknownProtos"),
    ("Ip6.InDiscards", "Ip.InDiscards"),
    ("Ip6.InDelivers", "Ip.InDelivers"),
    ("Ip6.OutForwDatagrams", "Ip.ForwDatagrams"),
    ("Ip6.OutRequests", "Ip.OutRequests"),
    ("Ip6.OutDiscards", "Ip.OutDiscards"),
    ("Ip6.OutNoRoutes", "Ip.OutNoRoutes"),
    ("Ip6.OutTransmits", "Ip.OutTransmits"),
    ("Ip6.ReasmTimeout", "Ip.ReasmTimeout"),
    ("Ip6.ReasmReqds", "Ip.ReasmReqds"),
    ("Ip6.ReasmOKs", "Ip.ReasmOKs"),
    ("Ip6.ReasmFails", "Ip.ReasmFails"),
    ("Ip6.FragOKs", "Ip.FragOKs"),
    ("Ip6.FragFails", "Ip.FragFails"),
    ("Ip6.FragCreates", "Ip.FragCreates"),
    *(
        (f"Icmp6.{way}{name6}", f"Icmp.{way}{name4}")
        for way in ("In", "Out")
        for name6, name4 in [
            ("Msgs", "Msgs"),
            ("Errors", "Errors"),
            ("DestUnreachs", "DestUnreachs"),
            ("TimeExcds", "TimeExcds"),
            ("ParmProblems", "ParmProbs"),
            ("Redirects", "Redirects"),
            ("Echos", "Echos"),
            ("EchoReplies", "EchoReps"),
        ]
    ),
    ("Icmp6.InCsumErrors", "Icmp.InCsumErrors"),
    ("Icmp6.OutRateLimitHost", "Icmp.OutRateLimitHost"),
    *(
        (f"{table}6.{name}", f"{table}.{name}")
        for table in ("Udp", "UdpLite")
        for name in (
            *("InDatagrams", "NoPorts", "InErrors", "OutDatagrams", "RcvbufErrors", "SndbufErrors", "InCsumErrors"),
            *("IgnoredMulti", "MemErrors"),
        )
    ),
]

ONLY_IPV6 = {
    # Ip6
    *("in_too_big_errors", "in_no_routes", "in_truncated_pkts", "in_mcast_pkts", "out_mcast_pkts"),
    # Icmp6
    *("in_pkt_too_bigs", "in_group_memb_queries", "in_group_memb_responses", "in_group_memb_reductions"),
    *("out_pkt_too_bigs", "out_group_memb_queries", "out_group_memb_responses", "out_group_memb_reductions"),
    *("in_router_solicits", "in_router_advertisements", "in_neighbor_solicits", "in_neighbor_advertisements"),
    *("out_router_solicits", "out_router_advertisements", "out_neighbor_solicits", "out_neighbor_advertisements"),
}


def labelled(system: str) -> dict[str, Any]:
    return tomllib.loads((catalog.own_data(system, "counters.toml") or b"").decode())


def kernel_names() -> set[str]:
    """Return every kernel name that our grammars know."""
    found = {*UNLABELLED, *(name for pair in SAME_OBJECTS for name in pair)}
    for table, labels in labelled("linux").items():
        for value in labels.values():
            found |= {f"{table}.{name}" for name in (value.values() if isinstance(value, dict) else (value,))}
    for table, ways in [("Icmp", ("In", "Out")), ("Icmp6", ("In", "Out")), ("Ip", ("",)), ("Tcp", ("",))]:
        names = labelled("windows")[table.lower()].values()
        found |= {f"{table}.{way}{name}" for name in names if not name.islower() for way in ways}
    return found


def same_labels() -> Iterator[tuple[str, str, str]]:
    """Yield each label that net-tools prints for both families, with its kernel names."""
    linux = labelled("linux")
    for table in ("Ip", "Icmp", "Udp"):
        four, six = linux[table], linux[f"{table}6"]
        for heading in (None, *(label for label, value in four.items() if isinstance(value, dict))):
            labels4, labels6 = (labels if heading is None else labels[heading] for labels in (four, six))
            for label in labels4.keys() & labels6.keys():
                if isinstance(labels4[label], str):
                    yield label, f"{table}.{labels4[label]}", f"{table}6.{labels6[label]}"


@pytest.mark.parametrize(("ipv6", "ipv4"), SAME_OBJECTS)
def test_an_object_has_the_same_protocol_and_name_in_both_families(ipv6: str, ipv4: str) -> None:
    assert counted(ipv6) == counted(ipv4)._replace(family="ipv6")
    assert counted(ipv4).family == "ipv4"


@pytest.mark.parametrize(("label", "ipv4", "ipv6"), sorted(same_labels()))
def test_a_label_of_net_tools_means_the_same_counter_in_both_families(label: str, ipv4: str, ipv6: str) -> None:
    assert counted(ipv6).name == counted(ipv4).name, label


@pytest.mark.parametrize("label", sorted(labelled("windows")["icmp"].keys() & labelled("windows")["icmp6"].keys()))
def test_a_label_of_windows_means_the_same_counter_in_both_families(label: str) -> None:
    text = "\n{} Statistics\n\n                            Received    Sent\n  {}      1      2\n"
    four, six = (np.parse(text.format(title, label.ljust(24))).counters for title in ("ICMPv4", "ICMPv6"))
    assert [c.name for c in four] == [c.name for c in six]
    assert ({c.family for c in four}, {c.family for c in six}) == ({"ipv4"}, {"ipv6"})


def test_no_two_counters_of_a_family_have_the_same_name() -> None:
    names = kernel_names()
    assert len({counted(name) for name in names}) == len(names)


def test_a_counter_that_only_ipv6_has_keeps_the_name_of_the_kernel() -> None:
    names = {name for name in kernel_names() if name.partition(".")[0] in ("Ip6", "Icmp6", "Udp6")}
    paired = {ipv6 for ipv6, _ in SAME_OBJECTS}
    assert {counted(name).name for name in names - paired - {*UNLABELLED}} == ONLY_IPV6


def test_only_counters_of_ipv6_take_the_name_of_ipv4() -> None:
    assert {GROUPS[kernel_name.partition(".")[0]][1] for kernel_name in IPV4_NAMES} == {"ipv6"}


def test_message_types_are_counters_of_one_family() -> None:
    assert counted("Icmp6.InType3") == ("icmp", "ipv6", "in_type3")
    assert counted("IcmpMsg.InType3") == ("icmpmsg", "ipv4", "InType3")


@pytest.mark.parametrize(
    "sample", [sample for sample in SAMPLES if ".invented-every-counter" in sample.name], ids=lambda sample: sample.name
)
def test_the_kernel_name_determines_protocol_family_and_name(sample: Path) -> None:
    counters = [one for one in np.parse(sample.read_bytes(), **parse_options(sample)).counters if one.kernel_name]
    names = {(one.kernel_name, one.protocol, one.family, one.name) for one in counters}
    assert {(kernel_name, *counted(kernel_name or "")) for kernel_name, *_ in names} == names
