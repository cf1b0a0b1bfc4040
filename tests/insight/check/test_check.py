"""A dump, a comparison and the intervals of a log are judged; what cannot be judged is listed with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

import netstat_parse
from netstat_parse.insight.check.check import judge
from netstat_parse.insight.check.counter_judge import NO_TIME
from netstat_parse.insight.check.rules import load_rules
from netstat_parse.insight.compare.compare import compare, compare_all
from netstat_parse.schema import Diagnostic
from netstat_parse.schema.comparison import Comparison
from netstat_parse.schema.findings import Finding, Report
from support.figures import Figures, make_dump, make_pair

LOSS = {"Tcp.OutSegs": 10_000, "Tcp.RetransSegs": 1_000}

CORE_RULES = [
    "tcp-retransmission",
    "tcp-retransmission-rising",
    "tcp-syn-retransmission",
    "tcp-needless-retransmission",
    "tcp-out-of-order",
    "tcp-failed-opens",
    "tcp-connections-reset",
    "tcp-resets-sent",
    "tcp-bad-segments",
    "tcp-listen-overflow",
    "tcp-listen-drops",
    "tcp-syn-queue-full",
    "tcp-receive-pruned",
    "tcp-receive-drop",
    "tcp-zero-window",
    "tcp-memory",
    "tcp-timed-out",
    "ip-nothing-received",
    "ip-header-errors",
    "ip-address-errors",
    "ip-input-discards",
    "ip-output-discards",
    "ip-no-route",
    "ip-reassembly-failing",
    "ip-fragments-many",
    "ip-fragmentation-failing",
    "ip-reverse-path",
    "icmp-redirects",
    "icmp-source-quench",
    "icmp-unreachable",
    "icmp-errors",
    "udp-receive-buffer",
    "udp-send-buffer",
    "udp-errors",
    "udp-no-port",
    "interface-errors",
    "interface-input-drops",
    "interface-output-drops",
    "interface-overruns",
    "interface-one-way",
    "socket-close-wait",
    "socket-syn-received",
    "socket-syn-sent",
    "socket-ephemeral-ports",
    "socket-send-queue",
    "socket-accept-queue",
    "service-exposed",
    "listener-changed",
    "route-two-defaults",
    "route-gateway-unreachable",
]


def find(report: Report, rule: str) -> Finding | None:
    return next((finding for finding in report.findings if finding.rule == rule), None)


def get(report: Report, rule: str) -> Finding:
    finding = find(report, rule)
    assert finding is not None
    return finding


def reason(report: Report, rule: str) -> str | None:
    return next((found.reason for found in report.not_judged if found.rule == rule), None)


def make_series(steps: Sequence[Figures], seconds: float = 10) -> list[Comparison]:
    """Make the comparisons of a log from what was counted in each interval."""
    totals = dict.fromkeys(steps[0], 0)
    dumps = [make_dump(totals)]
    for step in steps:
        totals = {name: value + step[name] for name, value in totals.items()}
        dumps.append(make_dump(totals))
    return [compare(before, after, seconds=seconds) for before, after in pairwise(dumps)]


def test_all_core_rules_exist() -> None:
    assert len(CORE_RULES) == 50
    assert set(CORE_RULES) <= load_rules().keys()


def test_a_finding_has_its_figures_and_their_lines() -> None:
    finding = get(judge(make_dump(LOSS)), "tcp-retransmission")
    assert finding.message == "1,000 of 10,000 segments (10.0 %) were sent again"
    assert [(found.kernel_name or found.field, found.line, found.value) for found in finding.evidence] == [
        ("Tcp.RetransSegs", 2, 1_000),
        ("Tcp.OutSegs", 1, 10_000),
        ("ratio", None, 10.0),
    ]
    assert finding.subject == "TCP"


def test_the_figure_of_a_comparison_is_the_difference() -> None:
    before = make_dump({"Tcp.OutSegs": 500_000, "Tcp.RetransSegs": 0})
    after = make_dump({"Tcp.OutSegs": 510_000, "Tcp.RetransSegs": 1_000})
    finding = get(judge(compare(before, after)), "tcp-retransmission")
    assert finding.severity == "error"
    assert {found.value for found in finding.evidence if found.kernel_name} == {1_000, 10_000}


def test_a_rule_without_its_figures_is_not_judged() -> None:
    report = judge(make_dump({"Tcp.OutSegs": 10_000}))
    assert reason(report, "tcp-retransmission") == "Tcp.RetransSegs was not printed, or is doubtful"
    assert reason(report, "interface-errors") is not None


def test_a_counter_that_is_left_out_at_0_is_0_where_its_block_was_printed() -> None:
    assert reason(judge(make_dump({"Tcp.InSegs": 1})), "tcp-memory") is not None
    assert reason(judge(make_dump({"TcpExt.TCPTimeouts": 1})), "tcp-memory") is None


def test_a_block_that_was_empty_before_is_compared() -> None:
    before, after = make_dump({"Tcp.InSegs": 0}), make_dump({"Tcp.InSegs": 9_000, "TcpExt.RcvPruned": 10})
    assert get(judge(compare(before, after)), "tcp-receive-pruned").severity == "warning"


def test_windows_leaves_no_counter_out() -> None:
    assert reason(judge(make_dump({"Ip.InReceives": 10_000}, system="windows")), "ip-header-errors") is not None


def test_a_rule_for_another_system_is_not_judged() -> None:
    report = judge(make_dump(LOSS, system="windows"))
    assert reason(report, "tcp-out-of-order") == "it applies to linux only"


def test_a_dump_without_figures_has_a_system() -> None:
    report = judge(netstat_parse.parse("  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING\r\n"))
    assert reason(report, "socket-accept-queue") == "it applies to linux only"


def test_a_rate_needs_the_time() -> None:
    pair = make_pair({"TcpExt.SyncookiesSent": 1_000})
    assert reason(judge(compare(*pair)), "tcp-syncookies") == NO_TIME
    assert find(judge(compare(*pair, seconds=10)), "tcp-syncookies") is not None


def test_without_the_time_a_count_is_judged() -> None:
    figures = {"Tcp.PassiveOpens": 9, "TcpExt.ListenOverflows": 10}
    assert get(judge(compare(*make_pair(figures))), "tcp-listen-overflow").severity == "warning"
    assert find(judge(compare(*make_pair(figures), seconds=100)), "tcp-listen-overflow") is None


def test_a_doubtful_figure_feeds_no_rule() -> None:
    doubt = Diagnostic(line=2, severity="warning", code="untrustworthy", message="wrapped")
    report = judge(make_dump(LOSS, diagnostics=[doubt]))
    assert find(report, "tcp-retransmission") is None
    assert reason(report, "tcp-retransmission") is not None


def test_what_is_missing_in_a_damaged_block_is_not_0() -> None:
    lost = Diagnostic(line=2, severity="error", code="unparsed-line", message="damaged")
    figures = {"TcpExt.TCPTimeouts": 1, "Tcp.InSegs": 1, "TcpExt.TCPLossProbes": 1}
    assert reason(judge(make_dump(figures, diagnostics=[lost])), "tcp-memory") is not None


@pytest.mark.parametrize(("name", "flags"), [("lo", ["up"]), ("vpn", ["up", "loopback"])])
def test_the_loopback_never_counts(name: str, flags: list[str]) -> None:
    figures = {"interface.in_packets": 10_000, "interface.in_errors": 5_000}
    assert find(judge(make_dump(figures, name=name, flags=flags)), "interface-errors") is None
    assert get(judge(make_dump(figures, name="eth1")), "interface-errors").subject == "eth1"


@pytest.mark.parametrize("name", ["tun0", "wg0", "veth1a2b", "docker0"])
def test_a_virtual_interface_has_no_cable(name: str) -> None:
    figures = {"interface.in_packets": 100_000, "interface.in_errors": 9_000}
    figures |= {"interface.out_packets": 100_000, "interface.out_errors": 9_000, "interface.out_discards": 9_000}
    assert find(judge(make_dump(figures, name=name)), "interface-errors") is None
    assert get(judge(make_dump(figures, name="ppp0")), "interface-errors").severity == "error"
    if name in ("tun0", "wg0"):
        assert find(judge(make_dump(figures, name=name)), "interface-output-drops") is None


def test_wireless_may_drop_more() -> None:
    figures = {"interface.in_packets": 10_000, "interface.in_discards": 999}
    assert find(judge(make_dump(figures, name="wlan0")), "interface-input-drops") is None
    assert find(judge(make_dump(figures, name="eth0")), "interface-input-drops") is not None


def test_other_findings_change_the_severity() -> None:
    drops = {"interface.in_packets": 10_000, "interface.in_discards": 200}
    assert get(judge(make_dump(drops)), "interface-input-drops").severity == "note"
    assert get(judge(make_dump({**drops, **LOSS})), "interface-input-drops").severity == "warning"
    needless = {**LOSS, "TcpExt.TCPDSACKRecv": 500}
    assert get(judge(make_dump(LOSS)), "tcp-retransmission").severity == "warning"
    assert get(judge(make_dump(needless)), "tcp-retransmission").severity == "note"


def test_a_family_is_judged_where_the_sum_of_both_hides_it() -> None:
    figures = {"Tcp.OutSegs": 5_000_000, "Tcp.RetransSegs": 0, "Tcp6.OutSegs": 60_000, "Tcp6.RetransSegs": 9_000}
    finding = get(judge(compare(*make_pair(figures, system="windows"))), "tcp-retransmission")
    assert (finding.severity, finding.subject) == ("error", "TCP over IPv6")
    figures = {"Tcp.OutSegs": 100_000, "Tcp.RetransSegs": 100, "Tcp6.OutSegs": 40_000, "Tcp6.RetransSegs": 3_200}
    finding = get(judge(compare(*make_pair(figures, system="windows"))), "tcp-retransmission")
    assert (finding.severity, finding.subject) == ("note", "TCP")


def test_the_families_of_other_protocols_are_judged_apart() -> None:
    figures = {"Udp.InDatagrams": 900, "Udp.RcvbufErrors": 100, "Udp6.InDatagrams": 5_000, "Udp6.RcvbufErrors": 0}
    finding = get(judge(make_dump(figures)), "udp-receive-buffer")
    assert (finding.severity, finding.subject) == ("warning", "UDP over IPv4")
    figures |= {"Udp6.InDatagrams": 9_900, "Udp6.RcvbufErrors": 100}
    finding = get(judge(make_dump(figures)), "udp-receive-buffer")
    assert finding.subject == "UDP over IPv4, UDP over IPv6"


def test_figures_after_a_reset_have_no_rate() -> None:
    before = make_dump({"Udp.InDatagrams": 3_000_000, "Udp.NoPorts": 5_000_000, "Udp.OutDatagrams": 9})
    after = make_dump({"Udp.InDatagrams": 90_000, "Udp.NoPorts": 2_000, "Udp.OutDatagrams": 1})
    assert find(judge(compare(before, after, seconds=10)), "udp-no-port") is None


def test_several_moments_give_one_finding_of_the_latest_most_severe() -> None:
    text = "$ netstat -i\nKernel Interface table\nIface   MTU Met   RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n"
    rows = [f"eth0   1500 0     10000 {errors:6} 0 0   10 0 0 0 BMRU\n" for errors in (0, 5, 300, 400)]
    finding = get(judge(netstat_parse.parse("".join(text + row for row in rows))), "interface-errors")
    assert finding.severity == "error"
    assert finding.message.startswith("400 errors in 10,000 packets received")
    assert "in 2 of 4 moments" in finding.message


def test_loss_that_begins_is_found_at_any_place_of_a_log() -> None:
    quiet, lossy = {"Tcp.OutSegs": 6_000, "Tcp.RetransSegs": 0}, {"Tcp.OutSegs": 6_000, "Tcp.RetransSegs": 600}
    for before in range(3, 9):
        report = judge(make_series([quiet] * before + [lossy] * (11 - before)))
        assert f"in the last {11 - before} of 11 intervals" in get(report, "tcp-retransmission-rising").message
    assert find(judge(make_series([quiet] * 11)), "tcp-retransmission-rising") is None
    assert find(judge(make_series([lossy] * 11)), "tcp-retransmission-rising") is None


def test_loss_of_a_log_is_that_of_all_intervals() -> None:
    quiet, lossy = {"Tcp.OutSegs": 6_000, "Tcp.RetransSegs": 0}, {"Tcp.OutSegs": 6_000, "Tcp.RetransSegs": 660}
    finding = get(judge(make_series([quiet, lossy])), "tcp-retransmission")
    assert finding.severity == "warning"
    assert "over 2 intervals; 1 of them" in finding.message
    finding = get(judge(make_series([quiet] * 20 + [lossy])), "tcp-retransmission")
    assert finding.severity == "error"


@pytest.mark.parametrize(
    ("first", "second", "found"), [(0, 50, True), (0, 49, False), (10, 100, True), (10, 99, False)]
)
def test_a_burst_of_resets_is_ten_times_the_rate_before(first: int, second: int, found: bool) -> None:  # noqa: FBT001
    report = judge(make_series([{"Tcp.OutRsts": first}, {"Tcp.OutRsts": second}]))
    assert (find(report, "tcp-resets-sent") is not None) is found


def test_one_comparison_has_no_interval_before() -> None:
    report = judge(make_series([{"Tcp.OutRsts": 500}]))
    assert reason(report, "tcp-resets-sent") == "it compares intervals of a log with one another"


def test_check_is_a_public_function(tmp_path: Path) -> None:
    own = tmp_path / "rules.toml"
    own.write_text("[tcp-retransmission]\nenabled = false\n", encoding="utf-8")
    dump = make_dump(LOSS)
    assert [finding.rule for finding in netstat_parse.check(dump)] == ["tcp-retransmission"]
    assert netstat_parse.check(dump, rules=own) == []


ERRORS = "Iface   MTU Met   RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n"


def of_host(host: str, *lines: str) -> str:
    return "".join(f"{host} | {line}\n" for line in lines)


def interface_table(packets: int, errors: int) -> tuple[str, str, str]:
    row = f"eth0   1500 0  {packets:>8} {errors:>6}      0 0            10      0      0      0 BMRU"
    return "Kernel Interface table", ERRORS.rstrip(), row


def test_each_host_of_a_log_is_judged_by_itself() -> None:
    texts = [
        of_host("web7", *interface_table(0, 0)) + of_host("web8", *interface_table(0, 0)),
        of_host("web7", *interface_table(90_000, 1_023)) + of_host("web8", *interface_table(8_000_000, 0)),
        of_host("web7", *interface_table(180_000, 2_046)) + of_host("web8", *interface_table(9_000_000, 0)),
    ]
    finding = get(judge(compare_all(netstat_parse.parse("".join(texts)), seconds=10)), "interface-errors")
    assert (finding.severity, finding.subject) == ("error", "web7: eth0")
    assert finding.message.startswith("web7: eth0: 2,046 errors in 180,000 packets received")


LISTENING = "Active Internet connections (only servers)\nProto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name\n"


def list_servers(*ends: str) -> str:
    return LISTENING + "".join(
        f"tcp        0      0 {end:<23} 0.0.0.0:*               LISTEN      1/{end[-4:]}\n" for end in ends
    )


def test_cases_of_all_hosts_are_listed() -> None:
    text = of_host("db1", *list_servers("0.0.0.0:3306").splitlines())
    text += of_host("app2", *list_servers("0.0.0.0:6379").splitlines())
    findings = [f for f in judge(netstat_parse.parse(text)).findings if f.rule == "service-exposed"]
    assert [(finding.subject, finding.message.partition(" listens")[0]) for finding in findings] == [
        ("db1: MySQL (3306/tcp)", "db1: MySQL (3306/tcp)"),
        ("app2: Redis (6379/tcp)", "app2: Redis (6379/tcp)"),
    ]


def test_cases_of_other_moments_are_listed_if_they_are_of_other_subjects() -> None:
    moments = [list_servers("0.0.0.0:2222", *more) for more in ((), ("0.0.0.0:4444",), ("0.0.0.0:5555",))]
    dump = netstat_parse.parse("".join(moments))
    finding = get(judge(dump, baseline=["tcp *:2222"]), "listener-changed")
    assert finding.subject == "tcp 0.0.0.0:5555, tcp 0.0.0.0:4444"
    assert finding.message.startswith(
        "tcp 0.0.0.0:5555 (5555) is new; tcp 0.0.0.0:4444 (4444) is new (in 2 of 3 moments"
    )


def test_a_baseline_that_cannot_be_judged_is_an_error() -> None:
    dump = netstat_parse.parse(
        list_servers("0.0.0.0:2222").replace("only servers", "w/o servers").replace("LISTEN", "CLOSED")
    )
    with pytest.raises(ValueError, match=r"cannot be compared with the baseline: .*w/o servers"):
        netstat_parse.check(dump, baseline=["tcp *:2222"])
    assert netstat_parse.check(dump) == []


def test_a_baseline_may_be_a_text() -> None:
    dump = netstat_parse.parse(list_servers("0.0.0.0:2222"))
    for text in ("tcp *:2222", dump.model_dump_json(), list_servers("0.0.0.0:2222")):
        assert netstat_parse.check(dump, baseline=text) == []
    with pytest.raises(ValueError, match=r"baseline is neither .* pass its text"):
        netstat_parse.check(dump, baseline="ok.txt")


@pytest.mark.parametrize("subject", ["tcp", b"tcp", {}])
def test_a_text_cannot_be_judged(subject: Any) -> None:  # noqa: ANN401 - a mistake of the caller
    with pytest.raises(TypeError, match=r"check takes a Dump, as of parse\(text\)"):
        netstat_parse.check(subject)
