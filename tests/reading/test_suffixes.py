"""Suffixes are stripped where the text of netstat cannot end so."""

import pytest

from netstat_parse import parse
from netstat_parse.reading.anchors import Anchor
from netstat_parse.reading.recognizer import TableRecognizer
from netstat_parse.reading.suffixes import MAX_GAP_LINES, LearntSuffixes, strip_closing, strip_sure

ROW = "tcp        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN      1/sshd"


@pytest.mark.parametrize(
    ("text", "prefix", "stripped"),
    [
        ('tcp LISTEN",', '"', "tcp LISTEN"),
        ("tcp LISTEN')", "print('", "tcp LISTEN"),
        ("TCP 756==", "==", "TCP 756"),
        ("TCP 756  |", "|", "TCP 756"),
        ("udp 0.0.0.0:*", "*", "udp 0.0.0.0:*"),
        ("tcp LISTEN", '"', "tcp LISTEN"),
        ('tcp LISTEN"', "#", 'tcp LISTEN"'),
    ],
)
def test_a_mark_closes_one_in_the_prefix(text: str, prefix: str, stripped: str) -> None:
    assert strip_closing(text, prefix) == stripped


@pytest.mark.parametrize("suffix", ["$", "\\", "\\\\", ' "', '",', ";", " |", "  # the agent", "  // why?"])
@pytest.mark.parametrize("end", ["LISTEN", "0.0.0.0:*", "off (0.00/0/0)", "LISTENING       4"])
def test_a_suffix_is_stripped_behind_a_cell_that_cannot_hold_it(end: str, suffix: str) -> None:
    assert strip_sure(f"tcp {end}{suffix}") == f"tcp {end}"


@pytest.mark.parametrize("text", [f"{ROW};", f'{ROW}"', "unix  2      [ ]  DGRAM   12  @a$", "tcp 1/sshd # x"])
def test_a_cell_that_may_hold_it_stays(text: str) -> None:
    assert strip_sure(text) == text


def test_a_suffix_of_headings_is_stripped_from_rows_below_until_it_is_gone() -> None:
    found = LearntSuffixes(TableRecognizer())
    headings = Anchor(0, "headings")
    assert found.strip("Proto Recv-Q State$", "", headings, 1) == "Proto Recv-Q State"
    assert found.strip(f"{ROW}$", "", Anchor(0, "row"), 2) == ROW
    assert found.forget_before(MAX_GAP_LINES) == MAX_GAP_LINES + 3
    found.forget_before(MAX_GAP_LINES + 3)
    assert found.strip(f"{ROW}$", "", Anchor(0, "row"), MAX_GAP_LINES + 3) == f"{ROW}$"


UNIX = """Active UNIX domain sockets (servers and established)
Proto RefCnt Flags       Type       State         I-Node   Path
unix  2      [ ACC ]     STREAM     LISTENING     12345    /run/a.sock
unix  2      [ ACC ]     STREAM     LISTENING     12346    /run/b.sock
"""


@pytest.mark.parametrize("suffix", ["</line>", "  # 2", "\\n", " | 2026-11-28 12:00:01", ": /x.sh", '"', " |"])
def test_a_suffix_of_headings_is_stripped_from_paths(suffix: str) -> None:
    dump = parse(UNIX.replace("\n", f"{suffix}\n"))
    assert [one.path for one in dump.unix_sockets] == ["/run/a.sock", "/run/b.sock"]


def test_numbers_in_a_suffix_differ() -> None:
    dump = parse("".join(f"{line}  # {number}\n" for number, line in enumerate(UNIX.splitlines(), 8)))
    assert [one.path for one in dump.unix_sockets] == ["/run/a.sock", "/run/b.sock"]


@pytest.mark.parametrize(("before", "behind"), [('web1,"', '"'), ("```", "```"), ("", "```"), ('OUT="', '"')])
def test_the_end_of_a_text_of_several_lines_is_no_part_of_the_last_path(before: str, behind: str) -> None:
    dump = parse(f"{before}{UNIX.rstrip()}{behind}\n")
    assert [one.path for one in dump.unix_sockets] == ["/run/a.sock", "/run/b.sock"]


def test_an_element_closes_at_the_end_of_the_line() -> None:
    text = "".join(f'<line n="{number}">{line}</line>\n' for number, line in enumerate(UNIX.splitlines()))
    assert [one.path for one in parse(text).unix_sockets] == ["/run/a.sock", "/run/b.sock"]


def test_a_row_that_is_not_read_behind_a_prefix_is_reported() -> None:
    row = (
        "10.0.0.5 - cgi-1: tcp        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN: /x.sh: a = {b}\n"
    )
    dump = parse(f"{UNIX}\n\n{row * 3}")
    assert dump.lines.records == len(dump.unix_sockets)
    assert [(one.line, one.code) for one in dump.diagnostics] == [(7, "possible-row")]


def test_offsets_are_a_prefix_though_their_steps_differ() -> None:
    lines = UNIX.splitlines()
    text = "".join(f"{16 * number:08x}  {line}\n" for number, line in enumerate(lines))
    assert [one.path for one in parse(text).unix_sockets] == ["/run/a.sock", "/run/b.sock"]


@pytest.mark.parametrize(
    "headings", ["State           Time in State (ms)", "State       PID/Program name", "State   Offload"]
)
def test_more_headings_are_no_suffix(headings: str) -> None:
    found = LearntSuffixes(TableRecognizer())
    found.learn(f"Proto  Local Address  {headings}", Anchor(0, "headings"), 1)
    assert not found


@pytest.mark.parametrize("end", ["\\", "\\\\"])
def test_a_backslash_that_ends_each_line_is_stripped_below_a_title_in_it(end: str) -> None:
    counters = "UDP Statistics for IPv6\n\n  Datagrams Received    = 218457\n  No Ports              = 2114\n"
    text = "".join(f"{line}{end}\n" for line in counters.splitlines())
    assert [one.value for one in parse(text).counters] == [218457, 2114]


def test_a_backslash_behind_a_row_is_no_part_of_its_program() -> None:
    row = "tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      12/sshd"
    assert [one.program for one in parse(f"{row}\\\n{row}\\\n").connections] == ["sshd", "sshd"]
