"""Rules about the states of TCP connections, each at its thresholds."""

import time

import pytest

from support.rule_inputs import find_cases, find_obstacle, find_severity, linux, many, socket_row, windows

SERVER = "12/apache2"


def closing(count: int, of: int, program: str = SERVER) -> str:
    """Make so many connections in CLOSE_WAIT, of a program with so many in all."""
    left = (
        many(count, "198.51.100.{}:99", "CLOSE_WAIT", program=program)
        if count < 250
        else many(count, "192.0.2.9:99", "CLOSE_WAIT", program=program)
    )
    return left + many(of - count, program=program)


@pytest.mark.parametrize(
    ("count", "total", "severity"),
    [
        (19, 19, None),
        (20, 20, "note"),
        (20, 80, "note"),
        (20, 81, None),
        (99, 99, "note"),
        (100, 2000, "warning"),
        (999, 999, "warning"),
        (1000, 1000, "error"),
    ],
)
def test_close_wait_is_judged_by_count_and_share(count: int, total: int, severity: str | None) -> None:
    assert find_severity("socket-close-wait", linux(closing(count, total))) == severity


@pytest.mark.parametrize(("seconds", "severity"), [(59, "note"), (60, "warning"), (None, "note")])
def test_close_wait_that_lasts_is_one_step_more_severe(seconds: float | None, severity: str) -> None:
    dump = linux(closing(20, 20))
    cases = find_cases("socket-close-wait", dump, dump, seconds=seconds)
    assert [case.severity for case in cases] == [severity]


def test_close_wait_of_other_sockets_does_not_last() -> None:
    before = linux(closing(20, 20, "99/apache2"))
    assert find_severity("socket-close-wait", linux(closing(20, 20)), before, seconds=60) == "note"


def test_close_wait_without_programs_is_counted_by_service() -> None:
    clients = linux(many(20, "192.0.2.9:443", "CLOSE_WAIT"))
    server = linux(*(socket_row("10.0.0.1:80", f"192.0.2.9:{n}", "CLOSE_WAIT") for n in range(20)))
    assert [case.subject for case in find_cases("socket-close-wait", clients)] == ["peer 192.0.2.9:443"]
    assert [case.subject for case in find_cases("socket-close-wait", server)] == ["local port 80"]


def test_close_wait_cites_lines_and_the_number() -> None:
    (case,) = find_cases("socket-close-wait", linux(closing(30, 40)))
    assert case.message == "30 of 40 connections of program apache2 are in CLOSE_WAIT"
    assert (case.evidence[0].field, case.evidence[0].value) == ("close_wait", 30)
    assert (case.evidence[1].source, case.evidence[1].line, case.evidence[1].value) == ("dump.txt", 3, "close_wait")


@pytest.mark.parametrize(
    ("rows", "end"),
    [
        (many(20, "192.0.2.9:443", "CLOSE_WAIT", "9/app"), ", 20 of them to 192.0.2.9:443"),
        (many(20, "192.0.2.{}:443", "CLOSE_WAIT", "9/app"), ""),
        (
            "".join(socket_row("10.0.0.1:80", f"192.0.2.9:{n}", "CLOSE_WAIT", program="9/app") for n in range(20)),
            ", 20 of them on local port 80",
        ),
    ],
)
def test_close_wait_names_the_service_of_most(rows: str, end: str) -> None:
    (case,) = find_cases("socket-close-wait", linux(rows))
    assert case.message == f"20 of 20 connections of program app are in CLOSE_WAIT{end}"


def half_open(count: int, peer: str = "192.0.2.{}") -> str:
    """Make so many half-open connections to one port."""
    return "".join(socket_row("10.0.0.1:80", f"{peer.format(n % 250)}:{n}", "SYN_RECV") for n in range(count))


@pytest.mark.parametrize(("count", "severity"), [(31, None), (32, "warning"), (255, "warning"), (256, "error")])
def test_half_open_connections_are_counted_by_local_port(count: int, severity: str | None) -> None:
    assert find_severity("socket-syn-received", linux(half_open(count))) == severity


def test_half_open_connections_name_the_number_of_peers() -> None:
    (case,) = find_cases("socket-syn-received", linux(half_open(40, "192.0.2.1")))
    assert case.message == "40 half-open connections to local port 80 from 1 address"


@pytest.mark.parametrize(
    ("rows", "severity"),
    [
        (many(4, "192.0.2.9:443", "SYN_SENT"), None),
        (many(5, "192.0.2.9:443", "SYN_SENT"), "warning"),
        (many(19, "192.0.2.{}:443", "SYN_SENT"), None),
        (many(20, "192.0.2.{}:443", "SYN_SENT"), "warning"),
        (many(5, "127.0.0.1:443", "SYN_SENT"), None),
        (many(5, "10.0.0.1:443", "SYN_SENT"), None),
    ],
)
def test_attempts_to_connect_are_counted_by_peer_and_in_all(rows: str, severity: str | None) -> None:
    assert find_severity("socket-syn-sent", linux(rows)) == severity


def test_attempts_to_connect_to_a_truncated_address_are_of_no_peer() -> None:
    row = "tcp6       0      1 2001:db8:1111:222:51234 2001:db8:aaaa:bbbb:cccc SYN_SENT    -                    on (1.00/1/0)\n"
    assert find_cases("socket-syn-sent", linux(row * 5)) == []


@pytest.mark.parametrize(("ports", "severity"), [(14115, None), (14116, "note"), (19763, "warning"), (25409, "error")])
def test_ports_of_linux_are_counted_by_service_of_the_peer(ports: int, severity: str | None) -> None:
    rows = "".join(socket_row(f"10.0.0.1:{32768 + n}", "192.0.2.9:80", "TIME_WAIT") for n in range(ports))
    assert find_severity("socket-ephemeral-ports", linux(rows)) == severity


def test_ports_of_linux_to_several_services_are_no_shortage() -> None:
    rows = (socket_row(f"10.0.0.1:{32768 + n}", f"192.0.2.{n % 4}:80", "TIME_WAIT") for n in range(20_000))
    assert find_severity("socket-ephemeral-ports", linux(*rows)) is None


@pytest.mark.parametrize(
    ("first", "ports", "severity"),
    [(49152, 8191, None), (49152, 8192, "note"), (49152, 14746, "error"), (1025, 1987, None), (1025, 1988, "note")],
)
def test_ports_of_windows_are_shared_by_all_connections(first: int, ports: int, severity: str | None) -> None:
    rows = [("TCP", f"10.0.0.1:{first + n}", f"192.0.2.{n % 200}:80", "TIME_WAIT") for n in range(ports)]
    assert find_severity("socket-ephemeral-ports", windows(*rows)) == severity


@pytest.mark.parametrize(("count", "severity"), [(4999, None), (5000, "note"), (7057, "note"), (7058, "warning")])
def test_time_wait_is_counted_by_service_of_the_peer(count: int, severity: str | None) -> None:
    rows = "".join(socket_row(f"10.0.0.1:{32768 + n}", "192.0.2.9:80", "TIME_WAIT") for n in range(count))
    assert find_severity("socket-time-wait", linux(rows)) == severity


def test_time_wait_of_a_server_is_of_no_service_of_a_peer() -> None:
    rows = (socket_row("10.0.0.1:80", f"192.0.2.9:{1024 + n}", "TIME_WAIT") for n in range(8000))
    assert find_severity("socket-time-wait", linux(*rows)) is None


@pytest.mark.parametrize(
    ("count", "state", "severity"),
    [(49, "FIN_WAIT1", None), (50, "LAST_ACK", "note"), (499, "FIN_WAIT2", None), (500, "FIN_WAIT2", "note")],
)
def test_unfinished_closing_is_a_note(count: int, state: str, severity: str | None) -> None:
    assert find_severity("socket-fin-wait", linux(many(count, state=state))) == severity


@pytest.mark.parametrize(
    ("own", "others", "severity"), [(100, 100, "note"), (99, 101, None), (100, 99, None), (200, 0, None)]
)
def test_one_peer_has_most_connections_of_a_listener(own: int, others: int, severity: str | None) -> None:
    rows = [socket_row("10.0.0.1:80", f"192.0.2.1:{n}", "ESTABLISHED") for n in range(own)]
    rows += [socket_row("10.0.0.1:80", f"198.51.100.{n}:99", "ESTABLISHED") for n in range(others)]
    assert find_severity("socket-one-peer", linux(socket_row("0.0.0.0:80"), *rows)) == severity


@pytest.mark.parametrize(
    ("rule", "obstacle"),
    [
        ("socket-close-wait", "no TCP connections were printed"),
        ("socket-one-peer", "no TCP connections were printed"),
        ("socket-ephemeral-ports", "no TCP connections were printed"),
    ],
)
def test_states_cannot_be_judged_by_listeners_alone(rule: str, obstacle: str) -> None:
    assert find_obstacle(rule, linux(socket_row("0.0.0.0:80"), scope="only servers")) == obstacle


def test_one_peer_cannot_be_judged_without_listeners() -> None:
    dump = linux(many(5), scope="w/o servers")
    assert "w/o servers" in (find_obstacle("socket-one-peer", dump) or "")


def test_a_hundred_thousand_sockets_take_seconds() -> None:
    states = ("TIME_WAIT", "ESTABLISHED", "CLOSE_WAIT", "SYN_SENT", "SYN_RECV", "FIN_WAIT2")
    rows = (
        socket_row(f"10.0.{n % 256}.1:{n % 60000}", f"192.0.{n // 256}.2:{n % 50000}", states[n % 6])
        for n in range(100_000)
    )
    dump = linux(*rows)
    start = time.process_time()
    for rule in (
        "socket-close-wait",
        "socket-syn-sent",
        "socket-ephemeral-ports",
        "socket-time-wait",
        "socket-fin-wait",
    ):
        find_cases(rule, dump)
    assert time.process_time() - start < 20
