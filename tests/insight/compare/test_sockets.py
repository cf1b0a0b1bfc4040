"""Sockets are compared as multisets: listeners by program, connections by both ends."""

import pytest

from netstat_parse import compare, parse

HEADING = """\
Active Internet connections (servers and established)
Proto Recv-Q Send-Q Local Address           Foreign Address         State       User       Inode      PID/Program name
"""
UNIX = """\
Active UNIX domain sockets (servers and established)
Proto RefCnt Flags       Type       State         I-Node   PID/Program name     Path
"""


def row(  # noqa: PLR0913 - the columns
    local: str,
    remote: str = "0.0.0.0:*",
    state: str = "LISTEN",
    *,
    protocol: str = "tcp",
    inode: int = 1,
    owner: str = "-",
) -> str:
    return f"{protocol:5}      0      0 {local:23} {remote:23} {state:11} 0          {inode:<10} {owner}\n"


def compare_rows(before: str, after: str, heading: str = HEADING) -> list[str]:
    comparison = compare(parse(heading + before), parse(heading + after))
    changes = [change.change for change in comparison.connections]
    changes += [change.change for change in comparison.unix_sockets]
    return [*changes, *(problem.reason for problem in comparison.not_comparable)]


LISTENER = row("0.0.0.0:22", owner="700/sshd")
CONNECTION = row("10.0.0.1:22", "10.0.0.2:50000", "ESTABLISHED", inode=5, owner="701/sshd")

SAME = {
    "a service that was started again": (LISTENER, row("0.0.0.0:22", owner="9/sshd", inode=7)),
    "a program that only root may see": (LISTENER, row("0.0.0.0:22")),
    "a program that netstat has truncated": (
        row("0.0.0.0:22", owner="9/very-long-program"),
        row("0.0.0.0:22", owner="12345/very-long-pro"),
    ),
    "a program that has set its title": (LISTENER, row("0.0.0.0:22", owner="9/sshd: /usr/sbin")),
    "a program that is printed with its path": (LISTENER, row("0.0.0.0:22", owner="9//usr/sbin/sshd")),
    "a socket that systemd has opened for it": (LISTENER, row("0.0.0.0:22", owner="1/systemd")),
    "queues that fill": (CONNECTION, CONNECTION.replace("     0      0 ", "    77     88 ")),
    "an IPv4 address in a socket of IPv6": (
        row("::ffff:10.0.0.1:22", "::ffff:10.0.0.2:50000", "ESTABLISHED", protocol="tcp6", inode=5),
        row("10.0.0.1:22", "10.0.0.2:50000", "ESTABLISHED", inode=5),
    ),
    "rows in another order": (LISTENER + CONNECTION, CONNECTION + LISTENER),
    "equal rows": (LISTENER * 3, LISTENER * 3),
}


@pytest.mark.parametrize("name", SAME)
def test_a_socket_is_the_same_one(name: str) -> None:
    assert compare_rows(*SAME[name]) == []


DIFFERENT = {
    "another program": (LISTENER, row("0.0.0.0:22", owner="700/nc"), ["added", "removed"]),
    "another address": (LISTENER, row("10.0.0.1:22", owner="700/sshd"), ["added", "removed"]),
    "one of several equal rows": (LISTENER * 3, LISTENER * 2, ["removed"]),
    "another state": (
        CONNECTION,
        row("10.0.0.1:22", "10.0.0.2:50000", "TIME_WAIT", inode=0),
        ["changed"],
    ),
    "another inode": (CONNECTION, CONNECTION.replace(" 5 ", " 6 "), ["added", "removed"]),
    "another process of Windows' kind": (
        row("10.0.0.1:22", "10.0.0.2:50000", "ESTABLISHED", inode=0, owner="701/sshd"),
        row("10.0.0.1:22", "10.0.0.2:50000", "ESTABLISHED", inode=0, owner="702/sshd"),
        ["added", "removed"],
    ),
}


@pytest.mark.parametrize("name", DIFFERENT)
def test_a_socket_is_another_one(name: str) -> None:
    before, after, expected = DIFFERENT[name]
    assert compare_rows(before, after) == expected
    mirrored = {"added": "removed", "removed": "added", "changed": "changed"}
    assert sorted(compare_rows(after, before)) == sorted(mirrored[change] for change in expected)


def test_a_name_is_not_comparable_with_a_number() -> None:
    [reason] = compare_rows(LISTENER, row("*:ssh", "*:*", owner="700/sshd"))
    assert "names" in reason
    assert "1 records before and 1 after may be the same" in reason


def test_a_name_that_cannot_be_the_number_is_added() -> None:
    named = row("10.0.0.1:ssh", "client:https", "ESTABLISHED")
    assert compare_rows(CONNECTION, CONNECTION + named) == ["added"]
    assert compare_rows(LISTENER, row("10.9.9.9:ssh", "client:https", "ESTABLISHED")) == ["added", "removed"]


def test_an_address_that_is_cut_is_not_comparable_with_a_whole_one() -> None:
    whole = row("2001:db8:aaaa:bbbb:cccc:dddd:eeee:1:22", "2001:db8::9:50000", "ESTABLISHED", protocol="tcp6")
    cut = row("2001:db8:aaaa:bbbb::22", "2001:db8::9:50000", "ESTABLISHED", protocol="tcp6")
    before, after = parse(HEADING + whole), parse(HEADING + cut)
    socket = after.connections[0].model_copy(update={"local_address": "2001:db8:aaaa", "truncated": ["local_address"]})
    comparison = compare(before, after.model_copy(update={"connections": [socket]}))
    assert comparison.connections == []
    assert "truncated" in comparison.not_comparable[0].reason


def test_a_table_of_one_side_is_not_comparable() -> None:
    comparison = compare(parse(HEADING + LISTENER), parse("Tcp:\n    1 active connection openings\n"))
    assert [(problem.table, problem.reason) for problem in comparison.not_comparable] == [
        ("counters", "only the dump after has this table"),
        ("connections", "only the dump before has this table"),
    ]


def test_a_table_that_another_command_printed_is_not_empty() -> None:
    statistics = "Tcp:\n    1 active connection openings\n"
    comparison = compare(parse(HEADING + LISTENER + statistics), parse(statistics))
    assert comparison.connections == []
    assert [problem.reason for problem in comparison.not_comparable] == ["only the dump before has this table"]


def test_a_socket_whose_row_is_damaged_has_not_gone() -> None:
    other = LISTENER.replace(":22 ", ":23 ")
    comparison = compare(parse(HEADING + LISTENER + other), parse(HEADING + LISTENER[:30] + "\n" + other))
    assert comparison.connections == []
    assert [problem.reason for problem in comparison.not_comparable] == [
        "a row after could not be read: records that seem removed may be there"
    ]


def test_more_sockets_have_gone_than_rows_are_damaged() -> None:
    others = [LISTENER.replace(":22 ", f":{port} ") for port in (23, 24)]
    comparison = compare(parse(HEADING + LISTENER + "".join(others)), parse(HEADING + LISTENER[:30] + "\n" + others[0]))
    assert [change.change for change in comparison.connections] == ["removed", "removed"]
    assert len(comparison.not_comparable) == 1


def test_a_table_without_a_row_is_compared_if_its_command_printed_another_one() -> None:
    unix = UNIX + "unix  2      [ ACC ]     STREAM     LISTENING     12345    650/dhclient         /run/dhclient.sock\n"
    comparison = compare(parse(HEADING + unix), parse(HEADING + LISTENER + unix))
    assert [change.change for change in comparison.connections] == ["added"]


@pytest.mark.parametrize(
    ("before", "after", "subject"),
    [
        ("w/o servers", "servers and established", "listeners"),
        ("only servers", "servers and established", "sockets that do not listen"),
    ],
)
def test_sockets_that_one_side_was_not_asked_for_are_not_comparable(before: str, after: str, subject: str) -> None:
    own = {"w/o servers": CONNECTION, "only servers": LISTENER}[before]
    old, new = (HEADING.replace("servers and established", title) for title in (before, after))
    comparison = compare(parse(old + own), parse(new + LISTENER + CONNECTION))
    assert comparison.connections == []
    assert [problem.subject for problem in comparison.not_comparable] == [subject]


LISTENING = "unix  2      [ ACC ]     STREAM     LISTENING     {}    {}/dbus         /run/bus\n"
CONNECTED = "unix  3      [ ]         STREAM     CONNECTED     {}    650/dbus         /run/bus\n"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (LISTENING.format(11, 650), LISTENING.format(99, 777), []),
        (CONNECTED.format(21), CONNECTED.format(22), ["added", "removed"]),
        (CONNECTED.format(21), CONNECTED.format(21).replace("CONNECTED ", "CONNECTING"), ["changed"]),
    ],
    ids=["a listener by its path", "a connection by its inode", "a state"],
)
def test_unix_sockets_are_compared(before: str, after: str, expected: list[str]) -> None:
    assert compare_rows(before, after, UNIX) == expected
