"""Connections of Windows."""

import re
import tomllib
from importlib import import_module
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import netstat_parse as np
from netstat_parse import Connection
from netstat_parse.systems import catalog, lookup, vocabularies
from support.records import exact

HEADINGS = (
    "\r\nActive Connections\r\n\r\n  Proto  Local Address          Foreign Address        State           PID\r\n"
)


def connections(rows: str, headings: str = HEADINGS) -> list[Connection]:
    return np.parse(headings + rows).connections


def test_udp_has_no_state_and_no_peer() -> None:
    (found,) = connections("  UDP    0.0.0.0:5353           *:*                                    2324\r\n")
    assert (found.state, found.remote_address, found.remote_port, found.pid) == (None, None, None, 2324)


def test_a_digit_behind_the_protocol_is_no_part_of_its_name() -> None:
    (found,) = connections("  TCP6   [::1]:135              [::]:0                 LISTENING       1712\r\n")
    assert (found.protocol, found.family) == ("tcp", "ipv6")


@settings(max_examples=1000, derandomize=True)
@given(
    st.lists(st.sampled_from(["WAIT", "_1", "2", "ß", " ", "  ", "\t", "17", "InHost", "\n"]), max_size=7).map("".join)
)
def test_a_usual_state_is_that_of_the_pattern_of_all_others(text: str) -> None:
    catalog.systems()  # makes our grammars importable
    grammar = import_module(f"{catalog.NAME}.windows.connections")
    usual, other = (re.match(pattern, f"TIME{text}\n") for pattern in (grammar.USUAL_STATE, grammar.OTHER_STATE))
    assert usual is None or (other is not None and usual.span() == other.span())


def test_a_long_address_pushes_the_rest_and_keeps_its_scope() -> None:
    (found,) = connections(
        "  UDP    [fe80::10b0:462e:c279:f46a%9]:546  *:*                                    1216\r\n"
    )
    assert (found.local_address, found.local_zone, found.local_port) == ("fe80::10b0:462e:c279:f46a", "9", 546)
    assert (found.family, found.pid) == ("ipv6", 1216)


@pytest.mark.parametrize("peer", ["0.0.0.0:0", "[::]:0", "WS-0815:0"])
def test_a_listener_has_no_peer(peer: str) -> None:
    (found,) = connections(f"  TCP    0.0.0.0:445            {peer:21}  LISTENING       4\r\n")
    assert (found.remote_address, found.remote_host, found.remote_port) == (None, None, None)
    assert found.state == "listen"


def test_a_bound_port_is_not_a_listener() -> None:
    (found,) = connections("  TCP    0.0.0.0:49670          0.0.0.0:0              BOUND           1200\r\n")
    assert found.state == "bound"


def test_a_host_name_is_printed_in_place_of_an_address() -> None:
    (found,) = connections("  TCP    WS-0815:50123          lb-140-82-112-26-iad:https  ESTABLISHED     4\r\n")
    assert (found.local_host, found.remote_host, found.remote_service) == ("WS-0815", "lb-140-82-112-26-iad", "https")
    assert found.family is None


def test_owner_lines_belong_to_the_connection_above() -> None:
    rows = (
        "  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1712\r\n"
        "  RpcEptMapper\r\n  RpcSs\r\n [svchost.exe]\r\n"
        "  TCP    0.0.0.0:445            0.0.0.0:0              LISTENING       4\r\n"
        " Can not obtain ownership information\r\n"
        "  TCP    192.0.2.4:50000        198.51.100.7:443       TIME_WAIT       0\r\n"
    )
    service, denied, orphan = connections(rows)
    assert (service.components, service.program) == (["RpcEptMapper", "RpcSs"], "svchost.exe")
    assert (denied.ownership, denied.components) == ("denied", [])
    assert (orphan.pid, orphan.program) == (0, None)


def test_owner_lines_may_be_joined_to_their_row() -> None:
    (found,) = connections("  TCP    0.0.0.0:135   0.0.0.0:0   LISTENING   1948   RpcSs [svchost.exe]\r\n")
    assert (found.pid, found.components, found.program) == (1948, ["RpcSs"], "svchost.exe")


def test_the_offload_state_follows_the_state_or_a_tab() -> None:
    header = "  Proto  Local Address          Foreign Address        State           Offload State\r\n\r\n"
    (found,) = connections(
        "  TCP    192.0.2.4:50000        198.51.100.7:443       ESTABLISHED     InHost      \r\n", header
    )
    assert (found.offload_state, found.pid) == ("InHost", None)
    both = "  Proto  Local Address          Foreign Address        State           PID      Offload State\r\n\r\n"
    (found,) = connections(
        "  TCP    192.0.2.4:50000        198.51.100.7:443       ESTABLISHED     77\tInHost      \r\n", both
    )
    assert (found.offload_state, found.pid) == ("InHost", 77)


def test_an_unknown_column_is_kept_under_its_heading() -> None:
    header = "  Proto  Local Address          Foreign Address        State           PID      Weather\r\n"
    (found,) = connections(
        "  TCP    192.0.2.4:50000        198.51.100.7:443       ESTABLISHED     77       Sunny\r\n", header
    )
    assert (found.pid, found.extra) == (77, {"Weather": "Sunny"})


def test_french_prints_a_pid_without_a_heading() -> None:
    header = "\r\nConnexions actives\r\n\r\n  Proto  Adresse locale         Adresse distante       État\r\n"
    dump = np.parse(header + "  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1712\r\n")
    assert dump.connections[0].pid == 1712
    assert dump.snapshots[0].language == "fr"


def test_an_unknown_language_is_read_by_shape() -> None:
    text = (
        "\r\nVaktaj Ligiloj\r\n\r\n  Proto  Loka Adreso            Fora Adreso            Stando          PID\r\n"
        "  TCP    0.0.0.0:135            0.0.0.0:0              VAKTADĜAS       1712\r\n"
        "  TCP    192.0.2.4:50000        198.51.100.7:443       ATENDAS FINON   77\r\n"
    )
    dump = np.parse(text)
    assert [(c.state, c.state_text, c.pid) for c in dump.connections] == [
        (None, "VAKTADĜAS", 1712),
        (None, "ATENDAS FINON", 77),
    ]
    assert dump.snapshots[0].language is None
    assert dump.lines.headings == 2


def test_each_iteration_of_an_interval_is_a_snapshot() -> None:
    row = "  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1712\r\n"
    dump = np.parse((HEADINGS + row) * 3)
    assert [connection.snapshot for connection in dump.connections] == [0, 1, 2]
    assert [(s.first_line, s.last_line) for s in dump.snapshots] == [(2, 5), (7, 10), (12, 15)]


DAMAGED = ["ABH™REN", "ABH?REN", "ABH\ufffdREN", "ABH\x99REN", "ABH\x1aREN", "ABHÃ–REN", "ABHï¿½REN", "ABH囈EN"]
"""ABHÖREN of code page 850, and the last but two of UTF-8, after one wrong decoding; the last but one after two."""


@pytest.mark.parametrize("state", DAMAGED)
def test_a_state_decoded_wrongly_before_it_was_saved_is_read_and_flagged(state: str) -> None:
    dump = np.parse(HEADINGS + f"  TCP    0.0.0.0:135            0.0.0.0:0              {state}         1712\r\n" * 2)
    assert [(c.state, c.state_text, c.pid) for c in dump.connections] == [("listen", state, 1712)] * 2
    assert [(d.code, d.line) for d in dump.diagnostics] == [("damaged-word", 5)]
    assert dump.snapshots[0].language == "de"


@pytest.mark.parametrize(
    "state",
    [
        "LIST?NING",  # ASCII letters are never damaged
        "???????",
        "?STEN",
        "ABH?TEN",
    ],
)
def test_a_state_that_may_be_any_word_stays_unread(state: str) -> None:
    (found,) = connections(f"  TCP    0.0.0.0:135            0.0.0.0:0              {state}         1712\r\n")
    assert (found.state, found.state_text) == (None, state)


def test_a_damaged_state_is_unread_where_it_can_mean_two(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        lookup,
        "meanings",
        lambda *_: {
            "ÖFFNET": {"x": vocabularies.Meaning("SYN_SENT", "x")},
            "ÜFFNET": {"y": vocabularies.Meaning("LISTENING", "y")},
        },
    )
    assert lookup.restore("windows", "states", "?FFNET") is None


HEADINGS = "\nActive Connections\n\n  Proto  Local Address          Foreign Address        State           PID\n"
FIRST = "  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       756\n"
SECOND = "  TCP    0.0.0.0:445            0.0.0.0:0              LISTENING       4\n"


@pytest.mark.parametrize(
    "text", ["   ```\n", "    taskkill /PID 4 /F\n", "  see below\n", " [...]\n", " [output omitted]\n"]
)
def test_text_below_a_row_is_no_owner_without_a_program(text: str) -> None:
    dump = np.parse(HEADINGS + FIRST + text)
    assert (dump.connections[0].components, dump.connections[0].program) == ([], None)
    assert dump.lines.foreign == 1


@pytest.mark.parametrize("gap", ["", "\n"])
@pytest.mark.parametrize("indent", [0, 1])
def test_owners_are_read_with_blank_lines_doubled_and_without_indent(gap: str, indent: int) -> None:
    owners = ["  RpcSs\n", " [svchost.exe]\n", SECOND, " Can not obtain ownership information\n", FIRST, " [a.exe]\n"]
    text = "".join(gap + (line if indent else line.lstrip()) for line in owners)
    dump = np.parse(HEADINGS + FIRST + text)
    assert [row.program for row in dump.connections] == ["svchost.exe", None, "a.exe"]
    assert [row.ownership for row in dump.connections] == [None, "denied", None]
    assert dump.connections[0].components == ["RpcSs"]
    assert dump.lines.foreign == dump.lines.unparsed == 0


def test_a_second_program_in_brackets_replaces_nothing() -> None:
    dump = np.parse(HEADINGS + FIRST + " [a.exe]\n [b.exe]\n")
    assert dump.connections[0].program == "a.exe"
    assert dump.lines.foreign == 1


def test_a_wrapped_pid_belongs_to_the_row_above() -> None:
    full = "  TCP    192.168.0.2:49267      host212-range-cdn-example:https  ESTABLISHED    \n"
    dump = np.parse(HEADINGS + full + " 3492\n" + FIRST)
    assert [(row.line, row.pid) for row in dump.connections] == [(5, 3492), (7, 756)]
    assert dump.lines.records == 3


def test_owners_are_the_same_wherever_the_text_is_divided() -> None:
    text = HEADINGS + FIRST + "\n  RpcSs\n\n [svchost.exe]\n\n" + SECOND + " [a.exe]\n  prose\n" + FIRST + "  prose\n"
    whole = np.parse(text)
    rows = [row for row in np.stream(text.splitlines(keepends=True)) if isinstance(row, np.Connection)]
    assert exact(rows) == exact(whole.connections)
    assert [row.program for row in whole.connections] == ["svchost.exe", "a.exe", None]


def test_an_unreadable_first_row_is_reported() -> None:
    unreadable = "  TCP    xxx                    xxx                    ESTABLISHED     33\n"
    dump = np.parse(HEADINGS + unreadable + FIRST)
    assert [(found.line, found.code) for found in dump.diagnostics] == [(5, "unparsed-line")]


@pytest.mark.parametrize("text", [" ", "\n \n", "rc: 0\n", "  ]", "</pre>\n", "Best regards\n", "{'a': 1}", "\t\n"])
@pytest.mark.parametrize("owner", ["", " Can not obtain ownership information\n", " [a.exe]\n", "  RpcSs\n [a.exe]\n"])
def test_text_below_the_last_row_changes_no_connection(owner: str, text: str) -> None:
    rows = HEADINGS + FIRST + "  RpcSs\n [svchost.exe]\n" + SECOND + owner
    assert exact(np.parse(rows + text).connections) == exact(np.parse(rows).connections)
    assert len(np.parse(rows).connections) == 2


def test_the_sentence_in_place_of_an_owner_is_known_in_all_languages() -> None:
    words = [*Path("grammars/windows/words").glob("*.toml")]
    sentences = {
        text
        for path in words
        for text, english in tomllib.loads(path.read_text("utf-8")).get("words", {}).items()
        if english == "Can not obtain ownership information"
    }
    assert sentences
    for sentence in sentences:
        dump = np.parse(f"{HEADINGS}{FIRST} {sentence}\nrc: 0\n")
        assert dump.connections[0].ownership == "denied"


def test_a_row_without_pid_is_reported_below_the_heading_of_the_pids() -> None:
    cut = FIRST.replace("756", "")
    bare = HEADINGS.replace("PID", "")
    reported = [
        [(found.line, found.code) for found in np.parse(text).diagnostics]
        for text in (HEADINGS + cut + FIRST, bare + FIRST + cut, bare + cut + cut)
    ]
    assert reported == [[(5, "missing-cell")], [(6, "missing-cell")], []]


def test_a_row_with_a_wrapped_pid_is_not_cut_short() -> None:
    full = "  TCP    192.168.0.2:49267      host212-range-cdn-example:https  ESTABLISHED    \n"
    assert np.parse(HEADINGS + FIRST + full + " 3492\n" + FIRST).diagnostics == []
