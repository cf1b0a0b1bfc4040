"""Rules about listening sockets: services that others can reach, listeners without a program."""

import pytest

from netstat_parse import parse
from support.rule_inputs import (
    LINUX_HEADING,
    find_cases,
    find_obstacle,
    find_severity,
    linux,
    many,
    socket_row,
    windows,
)


@pytest.mark.parametrize(
    ("local", "severity"),
    [
        ("0.0.0.0:6379", "warning"),
        (":::6379", "warning"),
        ("8.8.8.8:6379", "error"),
        ("::ffff:8.8.8.8:6379", "error"),
        ("203.0.113.7:6379", None),
        ("2a00:1450:4001::8:6379", "error"),
        ("127.0.0.1:6379", None),
        ("::1:6379", None),
        ("10.0.0.1:6379", None),
        ("100.64.0.1:6379", None),
        ("169.254.1.1:6379", None),
        ("fe80::1:6379", None),
        ("26.80.26.255:6379", None),
        ("198.18.0.1:6379", None),
        ("0.0.0.0:6378", None),
        ("0.0.0.0:5910", "warning"),
        ("0.0.0.0:5911", None),
    ],
)
def test_a_service_is_exposed_by_its_address_and_port(local: str, severity: str | None) -> None:
    protocol = "tcp6" if local.count(":") > 1 else "tcp"
    peer = ":::*" if protocol == "tcp6" else "0.0.0.0:*"
    assert find_severity("service-exposed", linux(socket_row(local, peer, protocol=protocol))) == severity


@pytest.mark.parametrize(
    ("port", "severity"), [(161, "warning"), (11211, "warning"), (514, None), (5353, None), (6379, None)]
)
def test_udp_has_ports_of_its_own(port: int, severity: str | None) -> None:
    row = socket_row(f"0.0.0.0:{port}", state="", protocol="udp")
    assert find_severity("service-exposed", linux(row)) == severity


def test_a_udp_socket_with_a_peer_is_no_service() -> None:
    row = socket_row("0.0.0.0:161", "192.0.2.1:99", "ESTABLISHED", protocol="udp")
    assert find_cases("service-exposed", linux(row, socket_row("127.0.0.1:80"))) == []


def test_both_families_of_a_service_are_one_case() -> None:
    rows = (
        socket_row("0.0.0.0:3306", program="9/mysqld"),
        socket_row(":::3306", ":::*", program="9/mysqld", protocol="tcp6"),
    )
    (case,) = find_cases("service-exposed", linux(*rows))
    assert (case.severity, case.subject) == ("warning", "MySQL (3306/tcp)")
    assert case.message == "MySQL (3306/tcp) listens on 0.0.0.0:3306, [::]:3306 by mysqld"
    assert [evidence.line for evidence in case.evidence] == [3, 4]


def test_what_every_windows_has_is_one_note() -> None:
    ports = (135, 445, 3389, 5985)
    rows = [
        ("TCP", f"{address}:{port}", f"{address}:0", "LISTENING") for address in ("0.0.0.0", "[::]") for port in ports
    ]
    (case,) = find_cases("service-exposed", windows(*rows, ("TCP", "192.168.1.5:139", "0.0.0.0:0", "LISTENING")))
    assert case.severity == "note"
    assert "SMB (445/tcp)" in case.message


def test_other_services_of_windows_are_a_warning_and_public_ones_an_error() -> None:
    rows = ("TCP", "0.0.0.0:1433", "0.0.0.0:0", "LISTENING"), ("TCP", "8.8.8.8:445", "0.0.0.0:0", "LISTENING")
    cases = find_cases("service-exposed", windows(*rows, ("TCP", "0.0.0.0:445", "0.0.0.0:0", "LISTENING")))
    assert [case.severity for case in cases] == ["error", "warning", "note"]


HEADING = "Active Internet connections (only servers)\nProto Recv-Q Send-Q Local Address  Foreign Address  State\n"


@pytest.mark.parametrize(("local", "severity"), [("*:mysql", "warning"), ("localhost:mysql", None), ("*:ssh", None)])
def test_names_of_services_and_of_this_host_are_understood(local: str, severity: str | None) -> None:
    text = f"{HEADING}tcp        0      0 {local:<14} *:*              LISTEN\n"
    assert find_severity("service-exposed", text) == severity


@pytest.mark.parametrize("rule", ["service-exposed", "service-plaintext"])
def test_a_listener_on_a_name_cannot_be_judged(rule: str) -> None:
    text = "".join(f"tcp        0      0 {end:<14} *:*              LISTEN\n" for end in ("web:mysql", "web:ftp"))
    assert "they need -n" in (find_obstacle(rule, HEADING + text) or "")


@pytest.mark.parametrize("rule", ["service-exposed", "service-plaintext", "socket-no-process", "socket-accept-queue"])
def test_listeners_cannot_be_judged_without_servers(rule: str) -> None:
    assert "w/o servers" in (find_obstacle(rule, linux(many(3), scope="w/o servers")) or "")


@pytest.mark.parametrize(
    ("local", "severity"),
    [
        ("0.0.0.0:21", "note"),
        ("10.0.0.1:143", "note"),
        ("127.0.0.1:21", None),
        ("0.0.0.0:25", None),
        ("0.0.0.0:23", None),
        ("10.0.0.1:23", "note"),
    ],
)
def test_services_that_send_passwords_in_the_clear(local: str, severity: str | None) -> None:
    assert find_severity("service-plaintext", linux(socket_row(local))) == severity


def owned(count: int) -> str:
    """Make so many listeners with a program."""
    return "".join(socket_row(f"0.0.0.0:{8000 + n}", program=f"{n + 1}/nginx") for n in range(count))


@pytest.mark.parametrize(("with_program", "without", "found"), [(3, 1, 0), (4, 1, 1), (8, 3, 3), (8, 4, 0), (40, 1, 1)])
def test_a_listener_without_a_program_among_others(with_program: int, without: int, found: int) -> None:
    rows = owned(with_program) + "".join(socket_row(f"0.0.0.0:{2049 + n}") for n in range(without))
    assert len(find_cases("socket-no-process", linux(rows))) == found


def test_programs_need_an_option_and_root() -> None:
    plain = f"{HEADING}tcp        0      0 0.0.0.0:80     0.0.0.0:*        LISTEN\n"
    assert find_obstacle("socket-no-process", plain) == "no programs were printed: they need -p"
    hidden = "(Not all processes could be identified, non-owned process info\n will not be shown, you would have to be root to see it all.)\n"
    dump = parse(hidden + LINUX_HEADING.format(scope="only servers") + owned(8) + socket_row("0.0.0.0:2049"))
    assert (
        find_obstacle("socket-no-process", dump)
        == "the programs of other users were not printed: netstat has to run as root"
    )
