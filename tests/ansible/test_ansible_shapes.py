"""The results of the filters of the Ansible collection, without Ansible."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

import netstat_parse as np
from netstat_parse.ansible.plugins.plugin_utils.documents import InvalidInputError, document, read
from netstat_parse.ansible.plugins.plugin_utils.tables import group_by_process, index_counters, select_listeners
from support.samples import choose_representatives, sample_id

SAMPLES = Path(__file__).parents[2] / "samples"

LINUX = """\
Active Internet connections (servers and established)
Proto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name
tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      700/sshd: /usr/sbin
tcp        0      0 10.0.0.1:22             10.0.0.2:50000          ESTABLISHED 701/sshd: me
tcp6       0      0 :::22                   :::*                    LISTEN      700/sshd: /usr/sbin
tcp        0      0 0.0.0.0:111             0.0.0.0:*               LISTEN      -
udp        0      0 0.0.0.0:68              0.0.0.0:*                           650/dhclient
udp        0      0 10.0.0.1:40000          10.0.0.53:53            ESTABLISHED 900/dig
raw        0      0 0.0.0.0:1               0.0.0.0:*               7           -
Active UNIX domain sockets (servers and established)
Proto RefCnt Flags       Type       State         I-Node   PID/Program name     Path
unix  2      [ ACC ]     STREAM     LISTENING     12345    650/dhclient         /run/dhclient.sock
"""

WINDOWS = """
Aktive Verbindungen

  Proto  Lokale Adresse         Remoteadresse          Status           PID
  TCP    0.0.0.0:135            0.0.0.0:0              ABHÖREN         988
  TCP    10.0.0.5:49700         10.0.0.9:445           HERGESTELLT     4
  TCP    [::]:135               [::]:0                 ABHÖREN         988
  UDP    0.0.0.0:123            *:*                                    1200
"""

UNKNOWN_WORDS = """\
  TCP    0.0.0.0:135            0.0.0.0:0              OVRENU           988
  TCP    10.0.0.5:49700         10.0.0.9:445           TALMET           4
  TCP    10.0.0.5:49800         0.0.0.0:0              BOUND            4
"""

STATISTICS_SAMPLES = sorted({*SAMPLES.glob("linux/*.s[.t6]*.txt"), *SAMPLES.glob("windows/*.en.s.*.txt")})

STATISTICS = "Tcp:\n    5 active connection openings\n    7 segments retransmitted\n"


def ends(records: list[Mapping[str, Any]]) -> list[tuple[str, str, int]]:
    return [(record["protocol"], record["local_address"], record["local_port"]) for record in records]


@pytest.mark.parametrize(
    "sample", ["linux/net-tools-2.10.debian-12.cs.anepo.txt", "windows/windows-10.de.ano.cp850.txt"]
)
def test_the_document_is_that_of_to_json(sample: str) -> None:
    data = (SAMPLES / sample).read_bytes()
    assert read(data, name="a host") == json.loads(np.to_json(data, name="a host"))


@pytest.mark.parametrize("encoding", ["utf-8", "cp850"])
def test_text_that_ansible_could_not_decode_is_parsed_as_its_bytes(encoding: str) -> None:
    undecoded = WINDOWS.encode(encoding).decode("utf-8", "surrogateescape")
    assert read(undecoded)["connections"][0]["state_text"] == "ABHÖREN"


def test_text_with_a_lone_surrogate_is_parsed() -> None:
    assert read(LINUX.replace("dig", "d\ud83dg"))["connections"][5]["pid"] == 900


def test_a_value_above_64_bits_is_exact() -> None:
    counted = index_counters(read(STATISTICS.replace("5", "36893488147419103232")))
    assert counted["tcp"]["active_opens"] == 36893488147419103232


def test_listeners_are_tcp_sockets_in_state_listen_and_udp_sockets_without_a_peer() -> None:
    assert ends(select_listeners(read(LINUX))) == [
        ("tcp", "0.0.0.0", 22),
        ("tcp", "::", 22),
        ("tcp", "0.0.0.0", 111),
        ("udp", "0.0.0.0", 68),
    ]


def test_listeners_of_windows_are_selected() -> None:
    assert ends(select_listeners(read(WINDOWS))) == [
        ("tcp", "0.0.0.0", 135),
        ("tcp", "::", 135),
        ("udp", "0.0.0.0", 123),
    ]


def test_a_tcp_socket_in_an_unknown_state_is_a_listener_if_it_has_no_peer() -> None:
    assert ends(select_listeners(read(UNKNOWN_WORDS))) == [("tcp", "0.0.0.0", 135)]


def test_a_listener_is_the_unchanged_record() -> None:
    dump = read(LINUX)
    assert select_listeners(dump)[0] == dump["connections"][0]


def test_sockets_are_grouped_by_process_with_unknown_processes_last() -> None:
    found = [
        (group["pid"], group["program"], len(group["connections"]), len(group["unix_sockets"]))
        for group in group_by_process(read(LINUX))
    ]
    assert found == [
        (700, "sshd: /usr/sbin", 2, 0),
        (701, "sshd: me", 1, 0),
        (650, "dhclient", 1, 1),
        (900, "dig", 1, 0),
        (None, None, 2, 0),
    ]


def test_processes_without_a_name_are_grouped_by_pid() -> None:
    assert [(group["pid"], group["program"]) for group in group_by_process(read(WINDOWS))] == [
        (988, None),
        (4, None),
        (1200, None),
    ]


@pytest.mark.parametrize("sample", choose_representatives(), ids=sample_id)
def test_every_socket_belongs_to_one_process_or_to_none(sample: Path) -> None:
    dump = read(sample.read_bytes())
    grouped = [record for group in group_by_process(dump) for record in group["connections"]]
    assert sorted(record["line"] for record in grouped) == [record["line"] for record in dump["connections"]]


def test_counters_are_indexed_by_protocol_and_name() -> None:
    assert index_counters(read(STATISTICS)) == {"tcp": {"active_opens": 5, "retrans_segs": 7}}


def test_counters_of_ipv6_have_a_protocol_of_their_own() -> None:
    sample = SAMPLES / "windows/windows-10.de.s.cp850.txt"
    protocols = index_counters(read(sample.read_bytes())).keys()
    assert protocols == {"ip", "ip6", "icmp", "icmp6", "tcp", "tcp6", "udp", "udp6"}


@pytest.mark.parametrize("sample", STATISTICS_SAMPLES, ids=lambda path: path.name)
def test_no_counter_replaces_another_one_of_its_snapshot(sample: Path) -> None:
    dump = read(sample.read_bytes())
    for index in range(len(dump["snapshots"])):
        counted = [record for record in dump["counters"] if record["snapshot"] == index]
        assert sum(map(len, index_counters(dump, index).values())) == len(counted)


def test_the_value_of_a_counter_may_be_a_word() -> None:
    assert index_counters(read("Tcp:\n    RTO algorithm is other\n    5 active connection openings\n"))["tcp"] == {
        "rto_algorithm": "other",
        "active_opens": 5,
    }


def test_a_counter_of_a_later_snapshot_replaces_an_earlier_one() -> None:
    assert index_counters(read(STATISTICS + STATISTICS.replace("5", "6")))["tcp"] == {
        "active_opens": 6,
        "retrans_segs": 7,
    }


@pytest.mark.parametrize(("snapshot", "opens"), [(0, 5), (1, 6), (-1, 6), (-2, 5)])
def test_a_snapshot_can_be_selected(snapshot: int, opens: int) -> None:
    assert index_counters(read(STATISTICS + STATISTICS.replace("5", "6")), snapshot)["tcp"]["active_opens"] == opens


def test_listeners_are_those_of_all_snapshots_by_default() -> None:
    assert [record["snapshot"] for record in select_listeners(read(LINUX + LINUX))] == [0] * 4 + [1] * 4


def test_a_process_has_its_sockets_of_all_snapshots_by_default() -> None:
    assert [record["snapshot"] for record in group_by_process(read(LINUX + LINUX))[0]["connections"]] == [0, 0, 1, 1]


@pytest.mark.parametrize("table", [select_listeners, group_by_process, index_counters])
@pytest.mark.parametrize(
    ("snapshot", "message"),
    [
        (1, "no snapshot 1 (number of snapshots: 1; 0 is the first, -1 the last)"),
        (-2, "no snapshot -2 (number of snapshots: 1; 0 is the first, -1 the last)"),
        ("0", "snapshot must be a number, not str"),
        (True, "snapshot must be a number, not bool"),
    ],
)
def test_an_unknown_snapshot_is_an_error(table: Callable[..., object], snapshot: object, message: str) -> None:
    with pytest.raises(InvalidInputError) as raised:
        table(read(LINUX), snapshot)
    assert str(raised.value) == message


def test_a_document_is_not_changed() -> None:
    dump = read(LINUX)
    assert document(dump) is dump


NO_TABLE = "no netstat table in 1 line of text (looked for {} tables in any language)"


@pytest.mark.parametrize(
    ("text", "options", "message"),
    [
        ("dear support", {}, NO_TABLE.format("Windows and Linux")),
        ("dear support", {"name": "web1"}, "web1: " + NO_TABLE.format("Windows and Linux")),
        ("dear support", {"system": "linux"}, NO_TABLE.format("Linux")),
        ("", {}, "no netstat table: the input is empty"),
        (LINUX, {"system": "vms"}, "unknown system 'vms' (there are linux, windows)"),
        (LINUX, {"encoding": "x"}, "unknown encoding 'x': try utf-8, utf-16, or what chcp prints, as in cp850"),
        (LINUX, {"encoding": 850}, "encoding must be text, not int"),
        (LINUX, {"codec": "x"}, "unknown option codec (there are encoding, system, name)"),
        (
            LINUX.splitlines(),
            {},
            "the output of netstat must be text, not a list; use .stdout instead of .stdout_lines",
        ),
        (None, {}, "the output of netstat must be text, not NoneType"),
        (
            {"stdout": LINUX},
            {},
            "expected text or a document from from_netstat, not another dictionary; use its .stdout",
        ),
        ({"connections": []}, {}, "expected text or a document from from_netstat, not another dictionary"),
        (
            read(LINUX),
            {"name": "web1"},
            "name applies to text only, and this is a parsed document; pass it to from_netstat",
        ),
    ],
)
def test_invalid_input_is_an_error_of_one_line(text: object, options: dict[str, object], message: str) -> None:
    with pytest.raises(InvalidInputError) as raised:
        document(text, **options)
    assert str(raised.value) == message


def test_the_result_of_a_task_is_not_text() -> None:
    with pytest.raises(InvalidInputError, match=r"not a dictionary; use its [.]stdout$"):
        read({"stdout": LINUX})


WITHOUT_SERVERS = f"{LINUX.splitlines()[0].replace('servers and established', 'w/o servers')}\n" + "".join(
    line for line in LINUX.splitlines(keepends=True)[1:] if "LISTEN" not in line and "dhclient" not in line
)


@pytest.mark.parametrize("text", [WITHOUT_SERVERS, STATISTICS])
def test_text_that_cannot_show_listeners_is_an_error(text: str) -> None:
    with pytest.raises(InvalidInputError, match=r"^web1: it cannot show listening sockets: "):
        select_listeners(read(text, name="web1"))


def test_a_host_without_listeners_has_an_empty_list() -> None:
    assert select_listeners(read("".join(LINUX.splitlines(keepends=True)[:2]))) == []


@pytest.mark.parametrize("sample", choose_representatives(), ids=sample_id)
def test_the_filter_and_the_command_select_the_same_listeners(sample: Path) -> None:
    dump = np.parse(sample.read_bytes())
    try:
        expected = [record.model_dump(mode="json") for record in np.listeners(dump)]
    except ValueError:
        with pytest.raises(InvalidInputError):
            select_listeners(dump.model_dump(mode="json"))
    else:
        assert select_listeners(dump.model_dump(mode="json")) == expected
