"""Answers about logs and dumps of both systems, in several languages."""

from typing import Any

import pytest

import netstat_parse as np
from netstat_parse.insight.questions.listeners import Listeners
from netstat_parse.insight.questions.networks import NetworkFinder
from netstat_parse.insight.questions.peers import ONLY_LISTENING, States, Talkers
from netstat_parse.insight.questions.question import NO_SOCKETS, Question
from netstat_parse.reading.pipeline import Reading
from netstat_parse.records.conditions import parse_condition
from netstat_parse.records.selection import Selection
from support.samples import SAMPLES, sample_id

HEADINGS = "Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name\n"
TITLE = "Active Internet connections (servers and established)\n"
LINUX = (
    f"{TITLE}{HEADINGS}"
    "tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      77/sshd\n"
    "tcp        0      0 127.0.0.1:5432          0.0.0.0:*               LISTEN      99/postgres\n"
    "tcp        0      0 10.0.0.1:22             10.0.0.2:4000           ESTABLISHED 78/sshd: me\n"
    "tcp        0      0 10.0.0.1:22             10.0.0.2:4001           TIME_WAIT   -\n"
    "tcp        0      0 10.0.0.1:40000          198.51.100.9:443        TIME_WAIT   -\n"
    "tcp        0      0 10.0.0.1:40001          198.51.100.9:443        TIME_WAIT   -\n"
    "tcp6       0      0 ::ffff:10.0.0.1:22      ::ffff:10.0.0.2:4009    ESTABLISHED 78/sshd: me\n"
    "udp        0      0 0.0.0.0:68              0.0.0.0:*                           79/dhclient\n"
)
WINDOWS = (
    "Aktive Verbindungen\n\n"
    "  Proto  Lokale Adresse         Remoteadresse          Status           PID\n"
    "  TCP    0.0.0.0:445            0.0.0.0:0              ABHÖREN         4\n"
    "  TCP    10.0.0.5:445           10.0.0.9:50000         HERGESTELLT     4\n"
    "  TCP    10.0.0.5:50001         [fe80::9%3]:443        SCHLIESSEN_WARTEN 7\n"
    "  UDP    [::1]:5353             *:*                                    12\n"
)
SERVERS = f"Active Internet connections (only servers)\n{HEADINGS}{LINUX.splitlines(keepends=True)[2]}"
WITHOUT = f"Active Internet connections (w/o servers)\n{HEADINGS}{LINUX.splitlines(keepends=True)[4]}"


def ask(question: Question, text: str) -> list[dict[str, Any]]:
    for rows in Reading(text).rows():
        question.add(rows)
    answer = question.answer()
    return [dict(zip(answer.fields, row, strict=True)) for row in answer.rows]


def where(*conditions: str) -> Selection:
    return Selection(frozenset({"connections"}), tuple(map(parse_condition, conditions)))


def pick(records: list[dict[str, Any]], *fields: str) -> list[tuple[Any, ...]]:
    return [tuple(record[field] for field in fields) for record in records]


def test_a_listener_has_its_service_exposure_and_owner() -> None:
    assert pick(ask(Listeners(), LINUX), "protocol", "local_port", "service", "exposure", "program") == [
        ("tcp", 22, "ssh", "every_address", "sshd"),
        ("tcp", 5432, "postgresql", "loopback", "postgres"),
        ("udp", 68, "bootpc", "every_address", "dhclient"),
    ]


def test_a_listener_of_windows_has_the_same_fields() -> None:
    assert pick(ask(Listeners(), WINDOWS), "protocol", "local_port", "service", "exposure", "pid") == [
        ("tcp", 445, "microsoft-ds", "every_address", 4),
        ("udp", 5353, "mdns", "loopback", 12),
    ]


@pytest.mark.parametrize("sample", SAMPLES[::5], ids=sample_id)
def test_listeners_are_the_same_records_as_those_of_the_python_function(sample: Any) -> None:  # noqa: ANN401
    try:
        dump = np.parse(sample.read_bytes())
        expected = np.listeners(dump)
    except ValueError:  # no table, or none of sockets
        return
    question = Listeners()
    for rows in Reading(sample.read_bytes()).rows():
        question.add(rows)
    assert [row[question.fields.index("line")] for row in question.answer().rows] == [
        record.line for record in expected
    ]


def test_each_snapshot_of_a_log_lists_its_own_listeners() -> None:
    log = f"2024-05-06 07:08:09\n{LINUX}\n2024-05-06 07:09:09\n{LINUX}"
    found = ask(Listeners(where("local_port=22")), log)
    assert pick(found, "snapshot", "captured_at") == [(0, "2024-05-06 07:08:09"), (1, "2024-05-06 07:09:09")]


def test_each_origin_of_a_log_has_its_own_answer() -> None:
    log = "".join(f"{host} | {line}" for host in ("web1", "web2") for line in LINUX.splitlines(keepends=True))
    found = ask(Talkers(where("state=established")), log)
    assert pick(found, "origin", "remote_address", "connections") == [("web1", "10.0.0.2", 2), ("web2", "10.0.0.2", 2)]


def test_talkers_are_counted_by_host_with_the_direction() -> None:
    found = ask(Talkers(), LINUX)
    assert pick(found, "remote_address", "exposure", "connections", "inbound", "outbound") == [
        ("10.0.0.2", "private", 3, 3, 0),
        ("198.51.100.9", "public", 2, 0, 2),
    ]
    assert pick(found, "states", "ports") == [
        ({"established": 2, "time_wait": 1}, {"tcp/22": 3}),
        ({"time_wait": 2}, {"tcp/443": 2}),
    ]


def test_the_zone_of_a_peer_is_part_of_its_address() -> None:
    assert pick(ask(Talkers(), WINDOWS), "remote_address", "remote_zone", "inbound") == [
        ("10.0.0.9", None, 1),
        ("fe80::9", "3", 0),
    ]


def test_the_direction_is_known_if_a_port_is_printed_by_name_in_one_row_only() -> None:
    resolved = LINUX.replace("0.0.0.0:22  ", "0.0.0.0:ssh ")
    assert pick(ask(Talkers(), resolved), "inbound", "outbound") == [(3, 0), (0, 2)]
    named = LINUX.replace("10.0.0.1:22  ", "10.0.0.1:ssh ").replace("0.0.0.0:ssh", "0.0.0.0:22 ")
    assert pick(ask(Talkers(), named), "inbound", "outbound") == [(3, 0), (0, 2)]


def test_the_direction_is_unknown_without_listeners() -> None:
    assert pick(ask(Talkers(), WITHOUT), "inbound", "outbound", "ports") == [(None, None, {})]


@pytest.mark.parametrize("log", [SERVERS + WITHOUT, WITHOUT + SERVERS])
def test_another_snapshot_of_the_host_may_have_the_listeners(log: str) -> None:
    assert pick(ask(Talkers(), log), "inbound", "outbound") == [(1, 0)]


def test_a_condition_does_not_hide_the_listeners_that_give_the_direction() -> None:
    assert pick(ask(Talkers(where("state=time_wait", "local_port=22")), LINUX), "inbound", "connections") == [(1, 1)]


@pytest.mark.parametrize(
    ("lengths", "networks"),
    [("24", ["10.0.0.0/24", "198.51.100.0/24"]), ("0", ["0.0.0.0/0"]), ("/8", ["10.0.0.0/8", "198.0.0.0/8"])],
)
def test_talkers_can_be_grouped_by_network(lengths: str, networks: list[str]) -> None:
    assert [record["remote_network"] for record in ask(Talkers(None, NetworkFinder(lengths)), LINUX)] == networks


def test_the_exposure_of_a_network_is_the_widest_of_its_peers() -> None:
    assert pick(ask(Talkers(None, NetworkFinder("0")), LINUX), "exposure", "connections") == [("public", 5)]


def test_an_address_that_netstat_has_cut_is_no_member_of_a_network() -> None:
    row = "tcp6       0      0 2001:db8:1111:2222:3:22 2001:db8:1111:2222:3333 ESTABLISHED 1/a\n"
    found = ask(Talkers(None, NetworkFinder("24")), TITLE + HEADINGS + row)
    assert pick(found, "remote_network", "truncated") == [(None, ["remote_address"])]


def test_a_network_of_ipv6_has_64_bits_by_default() -> None:
    assert NetworkFinder("24").find("2001:db8:1:2:3::4") == "2001:db8:1:2::/64"
    assert NetworkFinder("24,48").find("2001:db8:1:2:3::4") == "2001:db8:1::/48"


@pytest.mark.parametrize("text", ["33", "x", "24,129", "24,64,1", ""])
def test_a_wrong_prefix_length_is_an_error(text: str) -> None:
    with pytest.raises(ValueError, match="prefix length"):
        NetworkFinder(text)


def test_states_are_counted_by_the_port_of_the_server_and_by_program() -> None:
    found = ask(States(where("state=time_wait,established")), LINUX)
    assert pick(found, "state", "local_port", "remote_port", "service", "program", "connections") == [
        ("time_wait", None, 443, "https", None, 2),
        ("time_wait", 22, None, "ssh", None, 1),
        ("established", 22, None, "ssh", "sshd: me", 2),
    ]


def test_states_have_the_process_if_no_program_was_printed() -> None:
    found = ask(States(where("state=close_wait")), WINDOWS)
    assert pick(found, "state", "remote_port", "pid", "connections") == [("close_wait", 443, 7, 1)]


def test_states_can_be_counted_by_some_fields() -> None:
    found = ask(States(by=["state"]), LINUX)
    assert pick(found, "state", "connections") == [("time_wait", 3), ("established", 2), ("listen", 2), (None, 1)]


def test_a_dynamic_port_is_that_of_a_client_if_the_listeners_are_unknown() -> None:
    row = "tcp        0      0 10.0.0.1:{}          198.51.100.9:443        TIME_WAIT   -\n"
    found = ask(States(), f"{row.format(40000)}{row.format(40001)}{row.format(8443)}")
    assert pick(found, "local_port", "remote_port", "connections") == [(None, 443, 2), (8443, None, 1)]


@pytest.mark.parametrize(
    ("question", "text", "reason"),
    [
        (Talkers(), SERVERS, ONLY_LISTENING),
        (Talkers(), TITLE + HEADINGS, None),
        (Talkers(where("state=closed")), LINUX, None),
        (States(), "Tcp:\n    5 active connection openings\n", NO_SOCKETS),
        (States(), LINUX, None),
        (Listeners(where("local_port=9")), LINUX, None),
    ],
)
def test_an_input_that_cannot_answer_says_why(question: Question, text: str, reason: str | None) -> None:
    ask(question, text)
    assert question.explain_silence() == reason
