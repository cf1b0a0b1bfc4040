"""Foreign text is skipped, and nothing that may be netstat's."""

from collections.abc import Iterable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netstat_parse.decode.text import TextBlock, number_lines
from netstat_parse.escapes.undo import undo
from netstat_parse.reading.prefix_stripper import PrefixStripper
from netstat_parse.reading.recognizer import TableRecognizer
from netstat_parse.reading.sieve import ForeignLines, Sieve
from netstat_parse.systems import lookup
from support.samples import SAMPLES, get_encoding, sample_id
from support.stored import ROW

RECOGNIZER = TableRecognizer()

SIEVE = Sieve(RECOGNIZER)

FOREIGN = [
    "2026-11-12 19:04:25,593 DEBUG [index-24] com.example.Upstream: commit took 1652 ms for 192.0.2.1:15186",
    "Nov 26 03:56:42 web8 sshd[30482]: Accepted publickey for session from 192.0.2.1 port 60663 ssh2",
    "root     18457  1.1  3.9 277102 42409 ?        R   21:47   0:20 /usr/sbin/session --socket=29",
    "/dev/sdc4    5301215    329005    568973  35% /buffer",
    '192.0.2.7 - - [04/Nov/2026:03:38:32 +0000] "POST /api/route/6056 HTTP/1.1" 500 67513 "-" "Mozilla/5.0"',
    '{"ts": "2026-11-12T19:04:25Z", "level": "info", "peer": "192.0.2.7:80", "ms": 4.5}',
    "\tat com.example.user.User.request(Flush.java:491)",
    "[63832.043412] audit: index database 31052",
    "Le serveur ne répond plus depuis ce matin.",
    "The server was restarted on Monday because the update had failed.",
]


def find_lost(lines: Iterable[str]) -> list[str]:
    """Return the lines that are skipped though they may be netstat's: these are the faults of the fast path."""
    may_be = (line for line in lines if line.strip() and SIEVE.may_be_netstat(line))
    return [line for line in may_be if SIEVE.skip(f"{line}\n", 0, (), is_last=True) is not None]


@pytest.mark.parametrize("line", FOREIGN)
def test_a_line_of_a_log_is_skipped(line: str) -> None:
    skipped = SIEVE.skip(f"{line}\n", 0, (), is_last=True)
    assert skipped is not None
    assert (skipped.end, skipped.lines, skipped.last) == (len(line) + 1, 1, [(0, line)])


def test_foreign_text_is_skipped_up_to_a_row() -> None:
    text = "\n".join(FOREIGN) + "\n\n"
    row = "tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN\n"
    skipped = SIEVE.skip(text + row, 0, (), is_last=True)
    assert skipped is not None
    assert (skipped.end, skipped.lines, skipped.blank) == (len(text), 11, [10])


@pytest.mark.parametrize("part", ["titles", "headings", "messages"])
@pytest.mark.parametrize("system", ["linux", "windows"])
def test_no_text_of_a_vocabulary_that_may_be_netstats_is_skipped(system: str, part: str) -> None:
    assert not find_lost(lookup.printed_texts(system, part))


@pytest.mark.parametrize("sample", SAMPLES, ids=sample_id)
def test_no_line_of_a_sample_that_may_be_netstats_is_skipped(sample: Path) -> None:
    text = sample.read_bytes().decode(get_encoding(sample), "replace").replace("\r\n", "\n")
    blocks = PrefixStripper(RECOGNIZER).strip_all(undo([TextBlock(text, number_lines(text, 1))]))
    assert not find_lost(line for block in blocks for line in block.text.split("\n"))


@pytest.mark.parametrize("sample", SAMPLES, ids=sample_id)
def test_the_lines_that_are_foreign_whatever_is_around_them_are_skipped(sample: Path) -> None:
    text = sample.read_bytes().decode(get_encoding(sample), "replace").replace("\r\n", "\n")
    lines = [*FOREIGN, *text.splitlines(), *FOREIGN]
    runs = SIEVE.find_foreign("\n".join(lines))
    found = {number for first, run in runs.items() for number in range(first, first + run.lines)}
    for number, line in enumerate(lines):
        skipped = SIEVE.skip(f"{line}\n", 0, (), is_last=True)
        if number in found:
            assert (skipped is not None, bool(line.strip())) == (True, True), line
        elif skipped is not None and line.strip():
            assert line.split()[-1].isdigit(), line  # a block of counters might begin


def test_lines_that_were_found_foreign_are_not_looked_at_again() -> None:
    text = "\n".join([*FOREIGN, "", "$ netstat -an", ""])
    expected = SIEVE.skip(text, 0, (), is_last=True)
    assert expected is not None
    foreign = {first + 40: run for first, run in SIEVE.find_foreign(text).items()}
    assert SIEVE.skip(text, 0, (), is_last=True, number=40, foreign=foreign) == expected
    command = {40 + expected.lines: ForeignLines(1, len("$ netstat -an\n"))}
    trusted = SIEVE.skip(text, 0, (), is_last=True, number=40, foreign=foreign | command)
    assert trusted is not None
    assert trusted.lines == expected.lines + 1
    for number in (None, 900):
        assert SIEVE.skip(text, 0, (), is_last=True, number=number, foreign=foreign) == expected


def test_foreign_lines_may_go_on_behind_the_text() -> None:
    text = "\n".join([*FOREIGN, ""])
    (run,) = SIEVE.find_foreign(text).values()
    longer = {0: ForeignLines(run.lines + 2, run.size + 40)}
    whole = SIEVE.skip(text, 0, (), is_last=True)
    assert whole is not None
    assert SIEVE.skip(text, 0, (), is_last=False, number=0, foreign=longer) == whole


@given(st.lists(st.sampled_from([*FOREIGN, "", "  ", "$ netstat -an", "Active Connections", "x 1 2", ROW[:-1]])))
def test_foreign_lines_have_the_sizes_of_their_text(lines: list[str]) -> None:
    text = "\n".join(lines)
    for first, run in SIEVE.find_foreign(text).items():
        found = lines[first : first + run.lines]
        begin = sum(len(line) + 1 for line in lines[:first])
        assert text[begin : begin + run.size].rstrip("\n") == "\n".join(found)
        assert all(line.strip() for line in found)


def test_a_rejected_route_with_single_blanks_is_not_skipped() -> None:
    route = "10.66.0.0 - 255.255.0.0 ! 0 - 0 -"
    assert not find_lost([route])
    assert SIEVE.may_be_netstat(route)


@pytest.mark.parametrize(
    "line",
    [
        "Active Internet connections (only servers)",
        "Aktive Verbindungen",
        "Proto Recv-Q Send-Q Local Address           Foreign Address         State",
        "tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN",
        "  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       948",
        "    8138 total packets received",
        "    Quick ack mode was activated 85 times",
        "eth0       1500        0      0      0 0             0      0      0      0 BMRU",
        "Tcp:",
        "[root@host ~]# netstat -an",
        "(Not all processes could be identified, non-owned process info",
        "netstat: no support for `AF IPX' on this system.",
        "=" * 75,
    ],
)
def test_a_line_that_may_be_netstats_is_not_skipped(line: str) -> None:
    assert SIEVE.may_be_netstat(line)
    assert SIEVE.skip(f"{line}\n", 0, (), is_last=True) is None
