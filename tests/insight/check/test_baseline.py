"""The listeners that a host should have: lists, JSON and dumps."""

import pytest

from netstat_parse.insight.check.baseline import is_list, list_baseline, parse_baseline
from support.rule_inputs import find_cases, linux, many, socket_row

TEXT = """\
# web server
tcp 0.0.0.0:22 sshd
TCP6 [::]:22 sshd: /usr/sbin/sshd  # both families

tcp *:https
udp 127.0.0.1:323
"""


def test_a_list_has_a_listener_a_line() -> None:
    found = parse_baseline(TEXT, "web.txt").listeners
    assert [(entry.protocol, entry.address, entry.port, entry.program) for entry in found] == [
        ("tcp", "0.0.0.0", 22, "sshd"),
        ("tcp", "::", 22, "sshd: /usr/sbin/sshd"),
        ("tcp", "*", 443, None),
        ("udp", "127.0.0.1", 323, None),
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("tcp 0.0.0.0:22\ntcp", "web.txt:2: no address in 'tcp'"),
        ("tcp 0.0.0.0", "web.txt:1: 'tcp 0.0.0.0' is no listener"),
        ("tcp web:22", "web.txt:1: 'web' is no address"),
        ("tcp 0.0.0.0:70000", "web.txt:1: 70000 is no port"),
        ("tcp 0.0.0.0:nonsense", "web.txt:1: 'nonsense' is no known service of tcp"),
        ("# nothing\n", "web.txt: no listeners"),
        ('{"listeners": 1}', "web.txt: no list of listeners"),
        ('[{"protocol": "tcp"}]', "web.txt: entry 1: no local_port"),
        ('[{"local_port": 22}]', "web.txt: entry 1: no protocol"),
        ("[1,", "web.txt: Expecting value"),
    ],
)
def test_an_error_names_the_file_and_the_line(text: str, message: str) -> None:
    with pytest.raises(ValueError, match="web") as caught:
        parse_baseline(text, "web.txt")
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("key", ["listeners", "connections"])
def test_json_has_listeners_among_other_records(key: str) -> None:
    entries = """[
        {"protocol": "tcp", "local_address": "0.0.0.0", "local_port": 22, "program": "sshd", "state": "listen"},
        {"protocol": "udp", "local_address": "::", "local_port": 53},
        {"protocol": "tcp", "local_address": "10.0.0.1", "local_port": 22, "remote_address": "10.0.0.2", "state": "established"}
    ]"""
    found = parse_baseline(f'{{"{key}": {entries}}}', "web.json").listeners
    assert [entry.end for entry in found] == ["tcp 0.0.0.0:22", "udp [::]:53"]


def test_json_may_have_a_record_a_line() -> None:
    line = '{"protocol": "tcp", "local_address": "::", "local_port": %s, "truncated": [%s]}\n'
    found = parse_baseline(line % (22, "") + line % (80, "") + line % (90, '"local_address"'), "web.ndjson").listeners
    assert [entry.end for entry in found] == ["tcp [::]:22", "tcp [::]:80"]
    with pytest.raises(ValueError, match=r"^web:2: local_port: "):
        parse_baseline(line % (22, "") + line % (70000, ""), "web")


def test_a_dump_is_a_baseline() -> None:
    found = list_baseline(linux(socket_row("::ffff:10.0.0.1:22", ":::*", program="1/sshd", protocol="tcp6"), many(2)))
    assert [(entry.end, entry.program) for entry in found.listeners] == [("tcp 10.0.0.1:22", "sshd")]
    assert found.source == "dump.txt"


def test_lines_are_a_baseline() -> None:
    assert [entry.end for entry in list_baseline(["tcp *:22", ""]).listeners] == ["tcp *:22"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (TEXT, True),
        ("[]", True),
        ("tcp 0.0.0.0:22 sshd: /usr/sbin/sshd\nnonsense\n", True),
        ("  TCP    0.0.0.0:135     0.0.0.0:0     LISTENING\n", False),
        ("  UDP    0.0.0.0:123     *:*\n", False),
        ("", False),
        ("tcp        0      0 0.0.0.0:22      0.0.0.0:*    LISTEN\n", False),
        ("Active Internet connections (only servers)\ntcp 0.0.0.0:22\n", False),
    ],
)
def test_a_list_differs_from_a_dump(text: str, *, expected: bool) -> None:
    assert is_list(text) is expected


def test_the_json_of_a_dump_has_the_listeners_of_the_dump() -> None:
    dump = linux(
        socket_row("0.0.0.0:1", state="7", protocol="raw"),
        socket_row("0.0.0.0:myserv", "0.0.0.0:*", program="1/serv"),
        socket_row("0.0.0.0:53", state="", protocol="udp"),
        socket_row("0.0.0.0:68", "10.0.0.1:67", "ESTABLISHED", protocol="udp"),
        socket_row("::ffff:10.0.0.1:22", ":::*", program="1/sshd", protocol="tcp6"),
    )
    found = parse_baseline(dump.model_dump_json(), "dump.json").listeners
    assert [entry[:4] for entry in found] == [entry[:4] for entry in list_baseline(dump).listeners]
    assert [entry.end for entry in found] == ["tcp 0.0.0.0:myserv", "udp 0.0.0.0:53", "tcp 10.0.0.1:22"]


def test_a_listener_of_json_is_not_cited_as_a_line_of_netstat() -> None:
    before = linux(socket_row("0.0.0.0:22", program="10/sshd"), socket_row("0.0.0.0:23"))
    baseline = parse_baseline(before.model_dump_json(), "dump.json")
    cases = find_cases("listener-changed", linux(socket_row("0.0.0.0:22", program="99/nc")), baseline=baseline)
    assert [[evidence.line for evidence in case.evidence] for case in cases] == [[3], []]
