"""Each counter knows the rules that use it."""

import pytest

from netstat_parse.insight.check.uses import find_rules


@pytest.mark.parametrize(
    ("name", "rules"),
    [
        ("Tcp.OutRsts", ["tcp-resets-sent"]),
        ("Udp6.RcvbufErrors", ["udp-receive-buffer", "udp-errors"]),
        ("Ip6.OutForwDatagrams", ["ip-header-errors", "ip-no-route", "ip-fragmentation-failing", "ip-forwards", "ip-silent-drops"]),
        ("TcpExt.SyncookiesRecv", ["tcp-syn-queue-full", "tcp-syncookies"]),
        ("TcpExt.ListenOverflows", ["tcp-listen-overflow", "tcp-listen-drops", "socket-accept-queue"]),
        ("interfaces.in_overruns", ["interface-overruns"]),
        ("Tcp.RtoMin", []),
    ],
)  # fmt: skip
def test_the_rules_of_a_counter_are_found(name: str, rules: list[str]) -> None:
    assert find_rules(name) == rules
