"""Each rule about counters: figures on which it has its severity, and figures just below."""

from __future__ import annotations

from typing import NamedTuple

import pytest

from netstat_parse.insight.check.check import judge
from netstat_parse.insight.check.counter_functions import FIGURES_RULES, SERIES_RULES
from netstat_parse.insight.check.rules import load_rules
from netstat_parse.insight.compare.compare import compare
from netstat_parse.records.severities import SEVERITIES
from netstat_parse.schema.findings import Report, Severity
from support.figures import Figures, make_dump, make_pair


class Edge(NamedTuple):
    """A severity of a rule, with figures that just reach it."""

    rule: str
    severity: Severity
    figures: Figures
    below: Figures
    """Figures that change to miss it."""
    seconds: float | None = None
    """Seconds of a comparison; None for a dump."""
    system: str = "linux"


OPENS = {"Tcp.ActiveOpens": 400, "Tcp.PassiveOpens": 600}
COOKIES = {"TcpExt.TCPReqQFullDoCookies": 50, "TcpExt.SyncookiesSent": 50}
BLOCK = {"TcpExt.TCPTimeouts": 1}
"""Any counter of the block: what is not printed there is 0."""

EDGES = [
    Edge("tcp-retransmission", "note", {"Tcp.OutSegs": 10_000, "Tcp.RetransSegs": 100}, {"Tcp.RetransSegs": 99}),
    Edge("tcp-retransmission", "note", {"Tcp.OutSegs": 10_000, "Tcp.RetransSegs": 900}, {"Tcp.OutSegs": 9_999}),
    Edge("tcp-retransmission", "warning", {"Tcp.OutSegs": 10_000, "Tcp.RetransSegs": 1000}, {"Tcp.RetransSegs": 999}),
    Edge("tcp-retransmission", "note", {"Tcp.OutSegs": 10_000, "Tcp.RetransSegs": 100}, {"Tcp.RetransSegs": 99}, 9),
    Edge("tcp-retransmission", "warning", {"Tcp.OutSegs": 10_000, "Tcp.RetransSegs": 300}, {"Tcp.RetransSegs": 299}, 9),
    Edge("tcp-retransmission", "error", {"Tcp.OutSegs": 1_000, "Tcp.RetransSegs": 100}, {"Tcp.OutSegs": 999}, 9),
    Edge(
        "tcp-retransmission",
        "error",
        {"Tcp.OutSegs": 10_000, "Tcp.RetransSegs": 1_100, "TcpExt.TCPSynRetrans": 60, "TcpExt.TCPLossProbes": 40},
        {"TcpExt.TCPLossProbes": 41},
        9,
    ),
    Edge(
        "tcp-retransmission",
        "note",
        {"Tcp.OutSegs": 20_000, "Tcp.RetransSegs": 199, "Tcp6.OutSegs": 9_000, "Tcp6.RetransSegs": 91},
        {"Tcp6.RetransSegs": 90},
        system="windows",
    ),
    Edge("tcp-syn-retransmission", "note", {**OPENS, "TcpExt.TCPSynRetrans": 50}, {"TcpExt.TCPSynRetrans": 49}),
    Edge("tcp-syn-retransmission", "warning", {**OPENS, "TcpExt.TCPSynRetrans": 200}, {"TcpExt.TCPSynRetrans": 199}, 9),
    Edge("tcp-needless-retransmission", "note", {"Tcp.RetransSegs": 100, "TcpExt.TCPDSACKRecv": 50}, {"TcpExt.TCPDSACKRecv": 49}),
    Edge("tcp-needless-retransmission", "note", {"Tcp.RetransSegs": 100, "TcpExt.TCPDSACKRecv": 99}, {"Tcp.RetransSegs": 99}, 9),
    Edge("tcp-out-of-order", "note", {"Tcp.InSegs": 10_000, "TcpExt.TCPOFOQueue": 1_000}, {"TcpExt.TCPOFOQueue": 999}),
    Edge("tcp-failed-opens", "note", {**OPENS, "Tcp.AttemptFails": 200}, {"Tcp.AttemptFails": 199}),
    Edge("tcp-failed-opens", "warning", {**OPENS, "Tcp.AttemptFails": 500}, {"Tcp.AttemptFails": 499}, 9),
    Edge("tcp-connections-reset", "note", {**OPENS, "Tcp.EstabResets": 250}, {"Tcp.EstabResets": 249}),
    Edge("tcp-connections-reset", "warning", {**OPENS, "Tcp.EstabResets": 500}, {"Tcp.EstabResets": 499}, 9),
    Edge("tcp-bad-segments", "note", {"Tcp.InSegs": 1_000_000, "Tcp.InCsumErrors": 100}, {"Tcp.InCsumErrors": 99}),
    Edge("tcp-bad-segments", "error", {"Tcp.InSegs": 10_000, "Tcp.InCsumErrors": 100}, {"Tcp.InCsumErrors": 99}, 9),
    Edge("tcp-timed-out", "note", {**OPENS, "TcpExt.TCPAbortOnTimeout": 50}, {"TcpExt.TCPAbortOnTimeout": 49}),
    Edge("tcp-timed-out", "warning", {**OPENS, "TcpExt.TCPAbortOnTimeout": 200}, {"TcpExt.TCPAbortOnTimeout": 199}, 9),
    Edge("tcp-listen-overflow", "warning", {"Tcp.PassiveOpens": 9, "TcpExt.ListenOverflows": 500}, {"TcpExt.ListenOverflows": 499}),
    Edge("tcp-listen-overflow", "warning", {"Tcp.PassiveOpens": 9, "TcpExt.ListenOverflows": 10}, {"TcpExt.ListenOverflows": 9}, 10),
    Edge("tcp-listen-overflow", "error", {"Tcp.PassiveOpens": 9, "TcpExt.ListenOverflows": 50}, {"TcpExt.ListenOverflows": 49}, 10),
    Edge("tcp-listen-drops", "note", {"Tcp.PassiveOpens": 9, "TcpExt.ListenDrops": 600, "TcpExt.ListenOverflows": 100}, {"TcpExt.ListenOverflows": 101}),
    Edge("tcp-listen-drops", "warning", {"Tcp.PassiveOpens": 9, "TcpExt.ListenDrops": 50}, {"TcpExt.ListenDrops": 49}, 10),
    Edge("tcp-syn-queue-full", "warning", {"TcpExt.TCPReqQFullDrop": 500}, {"TcpExt.TCPReqQFullDrop": 499}),
    Edge("tcp-syn-queue-full", "error", {"TcpExt.TCPReqQFullDrop": 50}, {"TcpExt.TCPReqQFullDrop": 49}, 10),
    Edge("tcp-syn-queue-full", "error", {**COOKIES, "TcpExt.SyncookiesRecv": 24}, {"TcpExt.SyncookiesRecv": 25}, 10),
    Edge("tcp-syncookies", "note", {"TcpExt.SyncookiesSent": 1_000}, {"TcpExt.SyncookiesSent": 999}),
    Edge("tcp-syncookies", "warning", {"TcpExt.SyncookiesSent": 10}, {"TcpExt.TCPReqQFullDoCookies": 1}, 10),
    Edge("tcp-receive-pruned", "warning", {"Tcp.InSegs": 900, "TcpExt.RcvPruned": 90, "TcpExt.OfoPruned": 10}, {"TcpExt.OfoPruned": 9}),
    Edge("tcp-receive-pruned", "note", {"Tcp.InSegs": 900, "TcpExt.PruneCalled": 500}, {"TcpExt.PruneCalled": 499}),
    Edge("tcp-receive-pruned", "warning", {"Tcp.InSegs": 900, "TcpExt.RcvPruned": 10}, {"TcpExt.RcvPruned": 9}, 9),
    Edge("tcp-receive-drop", "note", {"Tcp.InSegs": 90_000, "TcpExt.TCPRcvQDrop": 500}, {"TcpExt.TCPRcvQDrop": 499}),
    Edge("tcp-receive-drop", "warning", {"Tcp.InSegs": 9, "TcpExt.TCPBacklogDrop": 100}, {"TcpExt.TCPBacklogDrop": 99}, 9),
    Edge("tcp-zero-window", "note", {"TcpExt.TCPToZeroWindowAdv": 100}, {"TcpExt.TCPToZeroWindowAdv": 99}, 10),
    Edge("tcp-memory", "note", {"TcpExt.TCPMemoryPressures": 1}, {"TcpExt.TCPMemoryPressures": 0}),
    Edge("tcp-memory", "error", {"TcpExt.PFMemallocDrop": 1}, {"TcpExt.PFMemallocDrop": 0}, 9),
    Edge("tcp-time-wait-overflow", "note", {"TcpExt.TCPTimeWaitOverflow": 100}, {"TcpExt.TCPTimeWaitOverflow": 99}),
    Edge("tcp-time-wait-overflow", "warning", {"TcpExt.TCPTimeWaitOverflow": 1}, {"TcpExt.TCPTimeWaitOverflow": 0}, 9),
    Edge("tcp-local-queue", "note", {"Tcp.OutSegs": 10_000, "TcpExt.TCPSpuriousRtxHostQueues": 100}, {"TcpExt.TCPSpuriousRtxHostQueues": 99}),
    Edge("tcp-timestamp-rejects", "note", {"Tcp.InSegs": 9_000, "TcpExt.PAWSEstab": 1_000}, {"TcpExt.PAWSEstab": 999}),
    Edge("tcp-timestamp-rejects", "error", {"Tcp.InSegs": 9, "TcpExt.PAWSPassive": 1}, {"TcpExt.PAWSPassive": 0}, 9),
    Edge("tcp-authentication", "note", {"TcpExt.TCPMD5NotFound": 10}, {"TcpExt.TCPMD5NotFound": 9}),
    Edge("tcp-challenges", "note", {"TcpExt.TCPChallengeACK": 100}, {"TcpExt.TCPChallengeACK": 99}, 10),
    Edge("ip-header-errors", "note", {"Ip.InReceives": 1_000_000, "Ip.ForwDatagrams": 0, "Ip.InHdrErrors": 100}, {"Ip.InHdrErrors": 99}),
    Edge("ip-header-errors", "error", {"Ip.InReceives": 10_000, "Ip.ForwDatagrams": 99, "Ip.InHdrErrors": 100}, {"Ip.ForwDatagrams": 100}, 9),
    Edge("ip-address-errors", "note", {"Ip.InReceives": 100_000, "Ip.InAddrErrors": 100}, {"Ip.InAddrErrors": 99}),
    Edge("ip-address-errors", "warning", {"Ip6.InReceives": 10_000, "Ip6.InAddrErrors": 100}, {"Ip6.InAddrErrors": 99}, 9),
    Edge("ip-address-errors", "note", {"Ip.InReceives": 10, "IpExt.InNoECTPkts": 100_000, "Ip.InAddrErrors": 100}, {"IpExt.InNoECTPkts": 100_001}),
    Edge("ip-input-discards", "warning", {"Ip.InReceives": 9_000, "Ip.InDiscards": 10}, {"Ip.InDiscards": 9}, 9),
    Edge("ip-input-discards", "note", {"Ip.InReceives": 10_000, "Ip.InDiscards": 100}, {"Ip.InDiscards": 99}, system="windows"),
    Edge("ip-output-discards", "warning", {"Ip.OutRequests": 9_000, "Ip.OutDiscards": 100}, {"Ip.OutDiscards": 89}),
    Edge("ip-output-discards", "error", {"Ip.OutRequests": 10_000, "Ip.OutDiscards": 100}, {"Ip.OutDiscards": 99}, 9),
    Edge("ip-no-route", "warning", {"Ip.OutRequests": 9_900, "Ip.OutNoRoutes": 100}, {"Ip.OutNoRoutes": 99}, 9),
    Edge("ip-no-route", "note", {"Ip6.OutRequests": 9, "Ip6.OutNoRoutes": 100}, {"Ip6.OutNoRoutes": 99}, 9),
    Edge("ip-no-route", "note", {"Ip.InReceives": 10_000, "Ip.ForwDatagrams": 100, "IpExt.InNoRoutes": 100}, {"Ip.ForwDatagrams": 99}),
    Edge("ip-unknown-protocol", "note", {"Ip.InReceives": 100_000, "Ip.InUnknownProtos": 100}, {"Ip.InUnknownProtos": 99}),
    Edge("ip-reassembly-failing", "error", {"Ip.ReasmReqds": 1_000, "Ip.ReasmOKs": 100, "Ip.ReasmFails": 100}, {"Ip.ReasmReqds": 999}, 9),
    Edge("ip-fragments-many", "note", {"Ip.InReceives": 9_000, "Ip.ReasmReqds": 1_000}, {"Ip.ReasmReqds": 999}),
    Edge("ip-fragments-many", "warning", {"Ip.OutRequests": 10_000, "Ip.FragCreates": 2_000, "Ip.FragOKs": 1_000}, {"Ip.FragOKs": 999}, 9),
    Edge("ip-fragmentation-failing", "warning", {"Ip.OutRequests": 9_000, "Ip.ForwDatagrams": 1_000, "Ip.FragFails": 100}, {"Ip.ForwDatagrams": 1_001}, 9),
    Edge("ip-reassembly-overlaps", "warning", {"IpExt.ReasmOverlaps": 1}, {"IpExt.ReasmOverlaps": 0}, 9),
    Edge("ip-reverse-path", "note", {"Ip.InReceives": 500_000, "TcpExt.IPReversePathFilter": 500}, {"TcpExt.IPReversePathFilter": 499}),
    Edge("ip-reverse-path", "warning", {"Ip.InReceives": 50_000, "TcpExt.IPReversePathFilter": 500}, {"Ip.InReceives": 50_001}, 9),
    Edge("ip-congestion-marks", "note", {"IpExt.InECT0Pkts": 9_900, "IpExt.InCEPkts": 100}, {"IpExt.InCEPkts": 99}),
    Edge("ip-congestion-marks", "note", {"TcpExt.TCPDelivered": 10_000, "TcpExt.TCPDeliveredCE": 2_000}, {"TcpExt.TCPDeliveredCE": 1_999}),
    Edge("ip-forwards", "note", {"Ip.InReceives": 9_000, "Ip.ForwDatagrams": 1_000}, {"Ip.ForwDatagrams": 999}),
    Edge("ip-silent-drops", "note", {**BLOCK, "IpExt.InOctets": 9, "Ip.InReceives": 1_100, "Ip.InDelivers": 900, "Ip.ForwDatagrams": 50, "Ip.InDiscards": 0, "Ip.ReasmReqds": 60, "Ip.ReasmOKs": 10}, {"Ip.InDelivers": 901}),
    Edge("icmp-redirects", "note", {"Icmp.InRedirects": 5}, {"Icmp.InRedirects": 4}),
    Edge("icmp-redirects", "warning", {"Icmp6.InRedirects": 5}, {"Icmp6.InRedirects": 4}, 9),
    Edge("icmp-source-quench", "note", {"Icmp.InSrcQuenchs": 1}, {"Icmp.InSrcQuenchs": 0}),
    Edge("icmp-source-quench", "warning", {"Icmp.OutSrcQuenchs": 1}, {"Icmp.OutSrcQuenchs": 0}, 9),
    Edge("icmp-unreachable", "note", {"Ip.OutRequests": 40_000, "Icmp.InDestUnreachs": 200}, {"Icmp.InDestUnreachs": 199}),
    Edge("icmp-unreachable", "note", {"Ip.OutRequests": 90_000, "Icmp.InDestUnreachs": 10}, {"Icmp.InDestUnreachs": 9}, 10),
    Edge("icmp-time-exceeded", "warning", {"Ip.OutRequests": 10_000, "Icmp.InTimeExcds": 100}, {"Icmp.InTimeExcds": 99}, 9),
    Edge("icmp-errors", "warning", {"Icmp.InMsgs": 10_000, "Icmp.InErrors": 100, "Icmp.InCsumErrors": 100}, {"Icmp.InCsumErrors": 99}, 9),
    Edge("icmp-errors", "note", {"Icmp.InMsgs": 200, "Icmp.InErrors": 100}, {"Icmp.InErrors": 99}),
    Edge("icmp-errors", "warning", {"Icmp.InMsgs": 10_000, "Icmp.InErrors": 100}, {"Icmp.InErrors": 99}, 9, "windows"),
    Edge("icmp-rate-limited", "note", {"Icmp.OutRateLimitHost": 1_000}, {"Icmp.OutRateLimitHost": 999}),
    Edge("icmp-rate-limited", "warning", {"Icmp.OutRateLimitHost": 1_000}, {"Icmp.OutRateLimitHost": 999}, 10),
    Edge("udp-receive-buffer", "warning", {"Udp6.InDatagrams": 900, "Udp6.RcvbufErrors": 100}, {"Udp6.RcvbufErrors": 99}),
    Edge("udp-receive-buffer", "warning", {"Udp.InDatagrams": 900_000, "Udp.RcvbufErrors": 100}, {"Udp.RcvbufErrors": 99}, 10),
    Edge("udp-send-buffer", "note", {"Udp.OutDatagrams": 900_000, "Udp.SndbufErrors": 500}, {"Udp.SndbufErrors": 499}),
    Edge("udp-send-buffer", "warning", {"Udp.OutDatagrams": 900, "Udp.SndbufErrors": 100}, {"Udp.SndbufErrors": 99}, 100),
    Edge("udp-errors", "error", {"Udp.InDatagrams": 790, "Udp.InErrors": 110, "Udp.RcvbufErrors": 10}, {"Udp.RcvbufErrors": 11}, 9),
    Edge("udp-errors", "warning", {**BLOCK, "Udp.InDatagrams": 9, "Udp.InErrors": 1, "Udp.MemErrors": 1}, {"Udp.MemErrors": 0}, 9),
    Edge("udp-no-port", "note", {"Udp.InDatagrams": 1_000, "Udp.NoPorts": 1_000}, {"Udp.InDatagrams": 1_001}),
    Edge("udp-no-port", "warning", {"Udp.InDatagrams": 90_000, "Udp.NoPorts": 1_000}, {"Udp.NoPorts": 999}, 10),
    Edge("interface-errors", "warning", {"interface.in_packets": 100_000, "interface.in_errors": 10}, {"interface.in_errors": 9}),
    Edge("interface-errors", "error", {"interface.out_packets": 10_000, "interface.out_errors": 100}, {"interface.out_packets": 9_999}),
    Edge("interface-errors", "warning", {"interface.in_packets": 100, "interface.in_errors": 6}, {"interface.in_errors": 5}, 3),
    Edge("interface-input-drops", "note", {"interface.in_packets": 10_000, "interface.in_discards": 200}, {"interface.in_discards": 199}),
    Edge("interface-output-drops", "warning", {"interface.out_packets": 99, "interface.out_discards": 901}, {"interface.out_discards": 900}),
    Edge("interface-overruns", "warning", {"interface.in_packets": 9_000, "interface.in_overruns": 100}, {"interface.in_overruns": 99}),
    Edge("interface-overruns", "warning", {"interface.out_packets": 9_000, "interface.out_overruns": 1}, {"interface.out_overruns": 0}, 9),
    Edge("interface-carrier", "warning", {"interface.out_carrier_errors": 10}, {"interface.out_carrier_errors": 9}),
    Edge("interface-collisions", "note", {"interface.out_packets": 9_900, "interface.collisions": 100}, {"interface.collisions": 99}),
    Edge("interface-broadcasts", "note", {"interface.in_ucast_pkts": 50_000, "interface.in_nucast_pkts": 50_000}, {"interface.in_nucast_pkts": 49_999}, system="windows"),
    Edge("ip-nothing-received", "warning", {"Ip.InReceives": 0, "Ip.OutRequests": 0}, {"Ip.OutRequests": 1}),
    Edge("ip-nothing-received", "error", {"Ip.InReceives": 0, "Ip.OutRequests": 10, "Tcp.RetransSegs": 3}, {"Tcp.RetransSegs": 2}, 30),
]  # fmt: skip


def judge_figures(edge: Edge, figures: Figures) -> Report:
    if edge.seconds is None:
        return judge(make_dump(figures, system=edge.system))
    return judge(compare(*make_pair(figures, system=edge.system), seconds=edge.seconds))


def find_rank(report: Report, rule: str) -> int:
    """Return the place of a rule's severity, from 1; 0 if it found nothing."""
    ranks = [SEVERITIES.index(finding.severity) + 1 for finding in report.findings if finding.rule == rule]
    return max(ranks, default=0)


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: f"{edge.rule}-{edge.severity}-{edge.seconds}")
def test_a_rule_has_its_severity_from_its_threshold_on(edge: Edge) -> None:
    rank = SEVERITIES.index(edge.severity) + 1
    assert find_rank(judge_figures(edge, edge.figures), edge.rule) == rank
    assert find_rank(judge_figures(edge, {**edge.figures, **edge.below}), edge.rule) < rank


def test_the_table_has_all_rules_about_counters() -> None:
    rules = {rule.id for rule in load_rules().values() if rule.counters} | FIGURES_RULES.keys()
    assert {edge.rule for edge in EDGES} == rules
    assert not rules & SERIES_RULES.keys()
