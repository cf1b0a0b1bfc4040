"""An anchor is the beginning of text that only netstat prints."""

import re

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from netstat_parse.reading import anchors
from netstat_parse.reading.anchors import AnchorFinder
from netstat_parse.reading.title_index import TitleIndex

INDEX = TitleIndex()

FINDER = AnchorFinder(INDEX)

PRINTED_TITLES = sorted({*INDEX.printed_titles, "Ip", "IcmpMsg", "Udp6", "UdpLite6", "TcpExt", "MPTcpExt"} - {""})


ANCHORS = [
    ("tcp        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN", "row"),
    ("tcp6 0 0 :::22 :::* LISTEN", "row"),
    ("udp        0      0 0.0.0.0:68              0.0.0.0:*", "row"),
    ("sctp                0.0.0.0:22             0.0.0.0:*", "row"),
    ("udplite6        0      0 ::1:68                  :::*", "row"),
    ("raw6       0      0 :::58                   :::*                    7", "row"),
    ("icmp       0      0 0.0.0.0:1               0.0.0.0:*               7", "row"),
    ("dccp       0      0 192.0.2.7:22            0.0.0.0:*               LISTEN", "row"),
    ("unix  2      [ ACC ]     STREAM     LISTENING     1034   /run/a.sock", "row"),
    ("TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       948", "row"),
    ("UDP    [::]:500               *:*                                    948", "row"),
    ("0.0.0.0         192.0.2.1       0.0.0.0         UG        0 0          0 eth0", "row"),
    ("default         192.0.2.1       0.0.0.0         UG        0 0          0 eth0", "row"),
    ("0.0.0.0          0.0.0.0      192.0.2.1    192.0.2.152     11", "row"),
    ("fe80::/64                      ::                         U    256 1     0 eth0", "row"),
    ("Proto Recv-Q Send-Q Local Address           Foreign Address         State", "headings"),
    ("Iface      MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg", "headings"),
    ("Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface", "headings"),
    ("Active Internet connections (only servers)", "title"),
    ("Aktive Verbindungen", "title"),
    ("IPv4-Statistik", "title"),
    ("TCP-Statistik für IPv4", "title"),
    ("Persistent Routes:", "title"),
    ("TcpExt:", "counters"),
]


@pytest.mark.parametrize(("text", "kind"), ANCHORS)
@pytest.mark.parametrize("prefix", ["[5] ", "# ", "=="])
def test_text_of_netstat_is_an_anchor_behind_any_prefix(prefix: str, text: str, kind: str) -> None:
    found = FINDER.find(prefix + text)
    assert found
    assert (found.start, found.kind) == (len(prefix), kind)
    assert FINDER.may_find(prefix + text)
    assert {*FINDER.find_lines(f"some words\n{prefix}{text}\nothers\n", 0)} == {len("some words\n")}


def test_each_word_with_which_a_row_begins_is_searched_and_tested() -> None:
    found = re.findall(r"(\w)\(\?<!\\w\1\)(\w+)", anchors._ROW.pattern)  # noqa: SLF001 - as it is written
    words = {first + rest for first, rest in found if first not in "PIDNS"}  # the others begin headings
    assert words == {*anchors._ROW_WORDS, "default"}  # noqa: SLF001 - `default` has two addresses behind it
    tested = [text.split()[0].rstrip("46") for text, kind in ANCHORS if kind == "row"]
    assert words <= {*tested}


@pytest.mark.parametrize(
    "line",
    [
        "ipv4     2 tcp      6 431999 ESTABLISHED src=192.0.2.7 dst=192.0.2.8 sport=1 dport=2",
        "sshd    1234 root    3u  IPv4  12345      0t0  TCP *:22 (LISTEN)",
        "ACCEPT     tcp  --  anywhere             anywhere             tcp dpt:ssh",
        "tcp   ESTAB 0      0      192.0.2.7:22    192.0.2.8:50000",
        "2001:db8::1 dev eth0 lladdr 02:00:00:00:00:01 REACHABLE",
        "The kernel has no table",
        "ships: 3",
        "===== Active Connections =====",
    ],
)
def test_other_text_has_no_anchor(line: str) -> None:
    assert FINDER.find(line) is None


TITLES = ["IPv4-Statistik", "Schnittstellenliste", "Статистика TCP для IPv4", "Список интерфейсов", "Udp6:", "接口列表"]


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize(
    ("before", "behind"), [('<line n="1">', "</line>"), ("a.txt:", ""), ("[web1] out: ", ""), ("|", "")]
)
def test_a_title_of_any_language_is_an_anchor_among_other_lines(title: str, before: str, behind: str) -> None:
    line = f"{before}{title}{behind}"
    text = f"{'some words of a log' * 3}\n" * 3
    assert list(FINDER.find_lines(f"{text}{line}\n{text}", 0)) == [len(text)]
    found = FINDER.find(line)
    assert found
    assert found.start == len(before)


@given(
    before=st.sampled_from(["", "2: ", "<li>", "a.txt:", "{'text': '", "=", "==== "]),
    title=st.sampled_from(PRINTED_TITLES),
    behind=st.lists(
        st.sampled_from([*"\"'`,;|\\$*=#_~} :)>?.1", "：", "</td>", "(w/o servers)", "(2)", " ===="]), max_size=5
    ).map("".join),
)
@example(before='echo("', title="Active Connections", behind='");')
@example(before="", title="Active Connections", behind=" (w/o servers)")
@example(before="<h1>", title="Active Connections", behind="</h1>")
@example(before='"', title="Active Connections", behind=' (w/o servers)"')
@example(before="{'text': '", title="Udp6", behind=":'}")
def test_a_title_among_other_lines_is_found_as_it_is_by_itself(before: str, title: str, behind: str) -> None:
    line = f"{before}{title}{behind}"
    found = FINDER.find(line)
    assume(found and found.kind in {"title", "counters"})
    assert list(FINDER.find_lines(f"some words\n{line}\nothers\n", 0)) == [len("some words\n")]
