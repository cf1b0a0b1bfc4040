"""Rules about queues and timers of sockets, each at its thresholds."""

import pytest

from netstat_parse import parse
from netstat_parse.schema import Diagnostic
from support.rule_inputs import (
    LINUX_HEADING,
    find_cases,
    find_obstacle,
    find_severity,
    linux,
    socket_row,
    windows,
)

PEER = "192.0.2.9:9000"


def sending(queue: int, timer: str, remote: str = PEER, state: str = "ESTABLISHED") -> str:
    """Make a connection with data that was not acknowledged."""
    return socket_row("10.0.0.1:4000", remote, state, queues=(0, queue), timer=timer)


@pytest.mark.parametrize(
    ("row", "severity"),
    [
        (sending(2000, "on (1.01/2/0)"), None),
        (sending(2000, "on (1.01/3/0)"), "warning"),
        (sending(2000, "on (1.01/5/0)"), "warning"),
        (sending(2000, "on (1.01/6/0)"), "error"),
        (sending(0, "on (1.01/6/0)"), None),
        (sending(2000, "keepalive (1.01/6/0)"), None),
        (sending(1, "on (1.01/6/0)", state="SYN_SENT"), None),
        (sending(2000, "on (1.01/6/0)", remote="127.0.0.1:9000"), None),
        (sending(4294967290, "on (1.01/6/0)"), None),
    ],
)
def test_data_sent_again_and_again_is_not_acknowledged(row: str, severity: str | None) -> None:
    assert find_severity("socket-send-queue", linux(row)) == severity


@pytest.mark.parametrize(
    ("before", "after", "seconds", "severity"),
    [
        (sending(500, "probe (0.26/0/0)"), sending(500, "probe (2.5/0/0)"), 10, "warning"),
        (sending(500, "probe (0.26/0/0)"), sending(500, "probe (2.5/0/0)"), 9, None),
        (sending(500, "probe (0.26/0/0)"), sending(500, "probe (2.5/0/0)"), None, None),
        (sending(499, "probe (0.26/0/0)"), sending(500, "probe (2.5/0/0)"), 10, None),
        (sending(500, "on (0.2/0/0)"), sending(500, "on (0.2/0/0)"), 20, None),
        (sending(500, "on (0.2/0/0)"), sending(500, "on (0.2/2/0)"), 20, "warning"),
    ],
)
def test_a_queue_that_stays_waits_for_its_peer(
    before: str, after: str, seconds: float | None, severity: str | None
) -> None:
    cases = find_cases("socket-send-queue", linux(after), linux(before), seconds=seconds)
    assert [case.severity for case in cases] == ([severity] if severity else [])


def test_connections_to_one_peer_are_one_case() -> None:
    (case,) = find_cases("socket-send-queue", linux(sending(10, "on (1.00/3/0)"), sending(2000, "on (1.00/7/0)")))
    assert (case.severity, case.subject) == ("error", PEER)
    assert case.message.startswith(f"2 connections to {PEER} with data that is not acknowledged, at most 2000 bytes")


@pytest.mark.parametrize(
    ("rows", "severity"),
    [
        (sending(500, "probe (2.99/0/0)"), None),
        (sending(500, "probe (3.00/0/0)"), "warning"),
        (sending(500, "probe (0.10/0/4)"), None),
        (sending(500, "probe (0.10/0/5)"), "warning"),
        (sending(500, "probe (0.10/0/0)") * 4, None),
        (sending(500, "probe (0.10/0/0)") * 5, "warning"),
        (sending(500, "keepalive (7000.00/0/9)"), None),
        (sending(500, "probe (9.00/0/0)", remote="127.0.0.1:9"), None),
    ],
)
def test_a_window_that_stays_closed_is_a_warning(rows: str, severity: str | None) -> None:
    assert find_severity("tcp-zero-window", linux(rows)) == severity


@pytest.mark.parametrize("rule", ["tcp-zero-window", "socket-send-queue"])
def test_timers_need_an_option(rule: str) -> None:
    text = "tcp        0      0 10.0.0.1:22   10.0.0.2:4000   ESTABLISHED\n"
    heading = "Active Internet connections (w/o servers)\nProto Recv-Q Send-Q Local Address  Foreign Address  State\n"
    assert find_obstacle(rule, heading + text) == "the timers were not printed: they need -o"


def unread(queue: int, protocol: str = "tcp", state: str = "ESTABLISHED", remote: str = PEER) -> str:
    """Make a socket with data that was not read."""
    return socket_row("10.0.0.1:514", remote, state, queues=(queue, 0), program="7/rsyslogd", protocol=protocol)


@pytest.mark.parametrize(
    ("row", "severity"),
    [
        (unread(65535), None),
        (unread(65536), "note"),
        (unread(2**32 - 5), None),
        (unread(70000, state="CLOSE_WAIT"), None),
        (unread(179_999, "udp", "", "0.0.0.0:*"), None),
        (unread(180_000, "udp", "", "0.0.0.0:*"), "warning"),
    ],
)
def test_data_that_was_not_read_is_judged_by_bytes(row: str, severity: str | None) -> None:
    assert find_severity("socket-receive-queue", linux(row)) == severity


@pytest.mark.parametrize(
    ("before", "after", "seconds", "severity"),
    [
        (70_000, 70_000, 10, "warning"),
        (70_000, 80_000, 10, "warning"),
        (80_000, 70_000, 10, "note"),
        (10, 70_000, 10, "note"),
        (70_000, 70_000, 9, "note"),
    ],
)
def test_a_receive_queue_that_does_not_shrink_is_a_warning(
    before: int, after: int, seconds: float, severity: str
) -> None:
    rule = "socket-receive-queue"
    assert find_severity(rule, linux(unread(after)), linux(unread(before)), seconds=seconds) == severity


def waiting(queue: int, overflows: int = 0) -> str:
    """Make a dump with a listener whose connections wait, and with its overflows."""
    heading = "Active Internet connections (only servers)\nProto Recv-Q Send-Q Local Address  Foreign Address  State\n"
    row = f"tcp   {queue:>6}      0 0.0.0.0:80     0.0.0.0:*        LISTEN\n"
    return f"{heading}{row}TcpExt:\n    {overflows} times the listen queue of a socket overflowed\n"


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        (waiting(9), None),
        (waiting(10), "note"),
        (waiting(128), "note"),
        (waiting(129), "warning"),
        (waiting(6), None),
        (waiting(6, overflows=1), "warning"),
        (waiting(7, overflows=1), None),
    ],
)
def test_connections_wait_to_be_accepted(text: str, severity: str | None) -> None:
    assert find_severity("socket-accept-queue", text) == severity


@pytest.mark.parametrize(
    ("before", "after", "severity"),
    [
        (waiting(10), waiting(12), "warning"),
        (waiting(9), waiting(12), "note"),
        (waiting(0, overflows=5), waiting(6, overflows=5), None),
        (waiting(0, overflows=5), waiting(6, overflows=6), "warning"),
    ],
)
def test_connections_that_wait_twice_are_a_warning(before: str, after: str, severity: str | None) -> None:
    assert find_severity("socket-accept-queue", after, before) == severity


def test_windows_prints_no_queues() -> None:
    dump = windows(("TCP", "0.0.0.0:80", "0.0.0.0:0", "LISTENING"))
    assert find_obstacle("socket-receive-queue", dump) == "the queues were not printed"
    assert find_obstacle("socket-accept-queue", dump) == "no TCP listener with a receive queue was printed"


def test_sockets_of_one_program_are_one_case() -> None:
    (case,) = find_cases("socket-receive-queue", linux(unread(70_000), unread(90_000), unread(80_000)))
    assert (
        case.message
        == "rsyslogd has not read 90000 bytes from 192.0.2.9:9000 on tcp 10.0.0.1:514, and has 2 more such sockets"
    )
    assert [evidence.value for evidence in case.evidence] == [70_000, 90_000, 80_000]


def test_a_doubtful_overflow_makes_no_queue_full() -> None:
    text = socket_row("0.0.0.0:80", queues=(6, 0)) + "TcpExt:\n    7 times the listen queue of a socket overflowed\n"
    rows = parse(LINUX_HEADING.format(scope="only servers") + text)
    overflow = next(counter for counter in rows.counters if counter.kernel_name == "TcpExt.ListenOverflows")
    doubt = Diagnostic(line=overflow.line, severity="warning", code="untrustworthy", message="wrapped")
    assert find_severity("socket-accept-queue", rows) == "warning"
    assert find_severity("socket-accept-queue", rows.model_copy(update={"diagnostics": [doubt]})) is None
