"""Lines of systems without a grammar are recognized, and no line of ours is."""

import re
import time
from pathlib import Path

import pytest

from netstat_parse.systems import others

SAMPLES = Path(__file__).parents[2] / "samples"

ROWS = {
    "tcp4       0      0  127.0.0.1.631          *.*                    LISTEN     ": "macOS",
    "tcp4       0      0 192.0.2.7.22           198.51.100.20.50000    ESTABLISHED": "FreeBSD",
    "tcp46      0      0  *.22                   *.*                    LISTEN": "macOS",
    "udp6       0      0  fe80::1%lo0.123        *.*": "OpenBSD",
    "tcp          0      0  localhost.25           *.*                    LISTEN": "HP-UX",
    "f1000e0001c8bbb8 tcp4 0 0 *.22 *.* LISTEN": "AIX",
    "fffff80003df43d0 stream 0 0 fffff80003df4000 0 0 0 /var/run/a.sock": "FreeBSD",
    "default            192.0.2.1          UGSc           en0": "macOS",
    "192.0.2            link#4             UCS             3        0     en0": "macOS",
    "lo0   16384 <Link#1>                          12     0       12     0     0": "NetBSD",
    "tcp4  0/0/128        *.22": "FreeBSD",
    "203.0.113.5.22 198.51.100.20.50000  49640 126 1049740 0 ESTABLISHED": "Solaris or illumos",
    "\ttcpRtoAlgorithm     =     4\ttcpRtoMin           =   400": "Solaris or illumos",
    "Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)": "AIX",
    "Proto   Recv-Q Send-Q  Local Address          Foreign Address        TCP-State": "OpenBSD",
    "Destination  Gateway  Flags  Refs  Interface  Pmtu": "HP-UX",
    "Name  Mtu   Network     Address            Ipkts Ierrs    Opkts Oerrs  Coll": "AIX",
    "Local Socket:   0.0.0.0..23": "z/OS",
}

LONG = [
    "a" * 1000,
    "1" * 1000,
    "1." * 500,
    "a:" * 500,
    "1 " * 500,
    "tcp4 0 0 " + "a.1 " * 240,
    "default 1 U" + "S" * 900,
]


@pytest.mark.parametrize(("line", "system"), ROWS.items())
def test_a_line_identifies_the_systems_that_may_have_printed_it(line: str, system: str) -> None:
    found = others.find(line)
    assert found is not None
    assert (system in found.systems, found.command) == (True, "netstat")


@pytest.mark.parametrize("line", ROWS)
def test_a_line_that_is_found_may_be_another_systems_by_its_words_or_is_a_row_of_a_socket(line: str) -> None:
    sockets = re.compile(r"\s*(?:tcp|udp) +\d+ +\d+ |\d+\.|Name|\S+ +\d+ <|\S+ +link#|\t")
    assert others.may_be_other(line, line.split()) or sockets.match(line)


@pytest.mark.parametrize(
    "line",
    [
        "tcp        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN",
        "tcp        0      0 192.0.2.7               192.0.2.8",
        "tcp6       0      0 :::22                   :::*                    LISTEN",
        "tcp6       0      0 ::ffff:192.0.2.7:22     ::ffff:192.0.2.8:50000  ESTABLISHED",
        "default         192.0.2.1       0.0.0.0         UG    100    0        0 eth0",
        "Proto Recv-Q Send-Q Local Address           Foreign Address         (State)",
        "Dec 15 21:45:14 web1 sshd[123]: Accepted publickey for root from 192.0.2.7 port 22 ssh2",
        "default gateway is unreachable",
    ],
)
def test_other_text_is_not_found(line: str) -> None:
    assert others.find(line) is None


def test_no_line_of_a_sample_is_another_systems_netstat() -> None:
    lines = {line for path in SAMPLES.glob("*/*.txt") for line in path.read_text("latin-1").splitlines()}
    assert len(lines) > 1000
    assert [line for line in lines if (found := others.find(line)) and found.command == "netstat"] == []


@pytest.mark.parametrize("title", ["tcp:", "ip6:", "icmpv6:"])
def test_a_counter_below_a_lower_case_title_is_found(title: str) -> None:
    assert others.find("\t2144 packets sent", [title])
    assert others.find("\t2144 packets sent", ["Tcp:"]) is None
    assert others.find("  22: ssh", [title]) is None


@pytest.mark.parametrize("line", LONG)
@pytest.mark.parametrize("within", [False, True])
def test_the_time_for_a_line_is_bounded(line: str, within: bool) -> None:  # noqa: FBT001 - a parameter of the test
    start = time.process_time()
    for _ in range(20):
        others.find(line, ["tcp:"], within=within)
    assert time.process_time() - start < 0.2
