"""Listeners that are new, gone, or of another program."""

import pytest

from netstat_parse import parse
from netstat_parse.insight.check.cases import CannotJudgeError, Case
from support.rule_inputs import LINUX_HEADING, find_cases, find_obstacle, linux, many, socket_row

SSH = socket_row("0.0.0.0:22", program="10/sshd")
CUPS = socket_row("127.0.0.1:631", program="11/cupsd")
RULE = "listener-changed"


def changes(before: str, after: str) -> list[tuple[str, str]]:
    """Return severity and message of each change."""
    return describe(find_cases(RULE, linux(after), linux(before)))


def describe(cases: list[Case]) -> list[tuple[str, str]]:
    """Return severity and message of each case."""
    return [(case.severity, case.message) for case in cases]


def test_a_new_listener_is_a_warning() -> None:
    assert changes(SSH, SSH + CUPS) == [("warning", "tcp 127.0.0.1:631 (cupsd) is new")]


def test_a_listener_that_has_gone_is_a_warning() -> None:
    assert changes(SSH + CUPS, SSH) == [("warning", "tcp 127.0.0.1:631 (cupsd) has gone, it was before")]


def test_another_program_on_a_port_is_an_error() -> None:
    after = socket_row("0.0.0.0:22", program="99/nc")
    assert changes(SSH, after) == [("error", "tcp 0.0.0.0:22 is of nc now, and was of sshd before")]


@pytest.mark.parametrize(
    "after",
    [
        socket_row("0.0.0.0:22", program="4711/sshd"),
        socket_row("0.0.0.0:22", program="4711/sshd: /usr/sbin"),
        socket_row("0.0.0.0:22", program="1/systemd"),
        socket_row("0.0.0.0:22"),
        SSH * 2,
        SSH + many(5),
        socket_row("0.0.0.0:22", program="10/sshd", queues=(1, 0)),
    ],
)
def test_a_restart_is_no_change(after: str) -> None:
    assert changes(SSH, after) == []
    assert changes(after, SSH) == []


def test_the_first_listener_is_new_and_the_last_one_gone() -> None:
    assert changes(many(2), many(2) + SSH) == [("warning", "tcp 0.0.0.0:22 (sshd) is new")]
    assert changes(many(2) + SSH, many(2)) == [("warning", "tcp 0.0.0.0:22 (sshd) has gone, it was before")]


def test_a_program_with_another_dynamic_port_has_only_moved() -> None:
    before, after = (SSH + socket_row(f"0.0.0.0:{port}", program="7/rpc.statd") for port in (40000, 50000))
    assert changes(before, after) == []
    assert len(changes(before, after + socket_row("0.0.0.0:50001", program="7/rpc.statd"))) == 1


def test_udp_sockets_of_dynamic_ports_are_mostly_clients() -> None:
    client, server = (socket_row(f"0.0.0.0:{port}", state="", protocol="udp") for port in (45000, 514))
    assert changes(SSH, SSH + client) == []
    assert changes(SSH, SSH + server) == [("warning", "udp 0.0.0.0:514 is new")]


def test_an_address_of_ipv4_in_ipv6_is_the_same() -> None:
    before, after = socket_row("10.0.0.1:80"), socket_row("::ffff:10.0.0.1:80", ":::*", protocol="tcp6")
    assert changes(before, after) == []


@pytest.mark.parametrize(("port", "found"), [(40002, 0), (40003, 1)])
def test_a_truncated_address_may_be_the_missing_one_of_its_port(port: int, found: int) -> None:
    cut = linux(SSH, "tcp6       0      0 2001:db8:1111:222:40002 [::]:*                  LISTEN\n")
    whole = linux(SSH, f"tcp6       0      0 2001:db8:1111:222::1:{port} [::]:*               LISTEN\n", CUPS)
    assert "local_address" in cut.connections[1].truncated
    assert len(find_cases(RULE, cut, whole)) == found + 1


def test_a_damaged_row_may_be_the_missing_listener() -> None:
    damaged = linux(SSH, "tcp        0      0 127.0.0.1:6\n", many(1))
    assert any(found.code in ("unparsed-line", "truncated-row") for found in damaged.diagnostics)
    assert "could not be read" in (find_obstacle(RULE, damaged, linux(SSH, CUPS)) or "")


def test_a_dump_without_servers_cannot_be_compared() -> None:
    without = linux(many(2), scope="w/o servers")
    assert "w/o servers" in (find_obstacle(RULE, without, linux(SSH)) or "")
    assert "w/o servers" in (find_obstacle(RULE, linux(SSH), without) or "")


def test_names_are_not_compared_with_numbers() -> None:
    heading = "Active Internet connections (only servers)\nProto Recv-Q Send-Q Local Address  Foreign Address  State\n"
    named = f"{heading}tcp        0      0 *:ssh          *:*              LISTEN\n"
    assert "both need -n" in (find_obstacle(RULE, named, linux(SSH)) or "")
    assert find_cases(RULE, named, named) == []


def test_a_single_dump_needs_a_baseline() -> None:
    assert find_obstacle(RULE, linux(SSH)) == "it needs a comparison or a baseline"


def test_a_baseline_replaces_the_earlier_moment() -> None:
    cases = find_cases(RULE, linux(SSH, CUPS), linux(SSH, CUPS), baseline=["tcp 0.0.0.0:22 sshd", "tcp *:443"])
    assert describe(cases) == [
        ("warning", "tcp 127.0.0.1:631 (cupsd) is new"),
        ("warning", "tcp *:443 has gone, it was in the baseline"),
    ]


@pytest.mark.parametrize("line", ["tcp *:22", "tcp *:ssh sshd", "tcp 0.0.0.0:22 /usr/sbin/sshd"])
def test_a_baseline_may_leave_out_address_and_program(line: str) -> None:
    assert find_cases(RULE, linux(SSH), baseline=[line]) == []


def udp(count: int) -> str:
    """Make so many UDP sockets of servers."""
    return "".join(socket_row(f"0.0.0.0:{514 + n}", state="", protocol="udp") for n in range(count))


@pytest.mark.parametrize(("count", "found"), [(1, 1), (2, 2), (3, 0)])
def test_a_protocol_that_only_one_side_has_was_chosen_by_an_option(count: int, found: int) -> None:
    for before, after in ((SSH, SSH + udp(count)), (SSH + udp(count), SSH)):
        if found:
            assert len(changes(before, after)) == found
        else:
            with pytest.raises(CannotJudgeError, match="only one side has sockets of udp of IPv4"):
                changes(before, after)


def test_families_may_be_chosen_by_an_option() -> None:
    more = "".join(socket_row(f":::{80 + n}", ":::*", protocol="tcp6") for n in range(3))
    with pytest.raises(CannotJudgeError, match="only one side has sockets of tcp of IPv6"):
        changes(SSH, SSH + more)
    assert len(changes(SSH + socket_row(":::22", ":::*", protocol="tcp6"), SSH + more)) == 4


def test_a_baseline_of_tcp_says_nothing_about_udp() -> None:
    assert find_cases(RULE, linux(SSH, udp(1)), baseline=["tcp *:22"]) == []
    with pytest.raises(CannotJudgeError, match="no protocol in common"):
        find_cases(RULE, linux(udp(1)), baseline=["tcp *:22"])


def test_a_change_cites_both_dumps() -> None:
    (case,) = find_cases(RULE, linux(socket_row("0.0.0.0:22", program="99/nc")), linux(CUPS, SSH, CUPS))[:1]
    assert [(evidence.line, evidence.value) for evidence in case.evidence] == [(3, "nc"), (4, "sshd")]


def test_a_filter_may_have_left_out_the_missing_listener() -> None:
    heading = "web1$ netstat -tln{}\n" + LINUX_HEADING.format(scope="only servers") + SSH
    whole, part = (parse(heading.format(pipe) + rows) for pipe, rows in (("", CUPS), (" | grep 22", "")))
    other = parse(heading.format(" | grep 22") + socket_row("0.0.0.0:2222"))
    assert "filtered out" in (find_obstacle(RULE, part, whole) or "")
    assert describe(find_cases(RULE, other, part)) == [("warning", "tcp 0.0.0.0:2222 is new")]
