"""The netstat of another system is refused by its name, and the tables beside it are read."""

import pytest

from netstat_parse import NetstatParseError, parse
from netstat_parse.reading.pipeline import read

LINUX = (
    "Active Internet connections (only servers)\n"
    "Proto Recv-Q Send-Q Local Address           Foreign Address         State      \n"
    "tcp        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN     \n"
)

MACOS = (
    "Active Internet connections (including servers)\n"
    "Proto Recv-Q Send-Q  Local Address          Foreign Address        (state)    \n"
    "tcp4       0      0  192.0.2.7.52714        198.51.100.20.443      ESTABLISHED\n"
    "tcp6       0      0  fe80::aede:48ff:.61677 fe80::aede:48ff:.49617 ESTABLISHED\n"
    "udp4       0      0  *.5353                 *.*                               \n"
)

OTHERS = {
    "macOS": [
        MACOS,
        "tcp4       0      0  *.22                   *.*                    LISTEN\n",
        "Active LOCAL (UNIX) domain sockets\nAddress          Type   Recv-Q Send-Q Inode Conn Refs Nextref Addr\n",
        (
            "Routing tables\n\nInternet:\nDestination        Gateway            Flags        Netif Expire\n"
            "default            192.0.2.1          UGScg            en0       \n"
            "192.0.2.9          a4:83:e7:b:1:a     UHLWIi           lo0       \n"
        ),
    ],
    "FreeBSD": [
        (
            "Active Internet connections (including servers)\n"
            "Tcpcb            Proto Recv-Q Send-Q Local Address      Foreign Address    (state)\n"
            "fffff80003df43d0 tcp4       0      0 192.0.2.7.ssh      192.0.2.8.56321    ESTABLISHED\n"
        ),
        (
            "Active Internet connections\n"
            "Proto Rexmit OOORcv 0-win  Local Address          Foreign Address\n"
            "udp6                       fe80::1%lo0.123        *.*\n"
        ),
        "tcp:\nTCP connection count by state:\nudp:\nsctp:\n\tPacket drop statistics:\n",
    ],
    "OpenBSD": [
        (
            "Active Internet connections (including servers)\n"
            "Proto   Recv-Q Send-Q  Local Address          Foreign Address       \n"
            "udp          0      0  *.5353                 *.*                   \n"
            "Active Internet connections (including servers)\n"
            "Proto   Recv-Q Send-Q  Local Address          Foreign Address       \n"
            "udp6         0      0  ff02::fb%em0.5353      *.*                   \n"
        ),
        "ip:\nicmp:\nigmp:\nipencap:\ntcp:\nudp:\n",
    ],
    "NetBSD": [
        (
            "Active Internet connections (including servers)\n"
            "Proto Recv-Q Send-Q  Local Address          Foreign Address        State\n"
            "tcp        0      0  *.22                   *.*                    LISTEN\n"
        ),
    ],
    "AIX": [
        "tcp:\n\t2144 packets sent\n\t\t1042 data packets (81234 bytes)\n\t12 retransmit timeouts\n",
        (
            "Tables de routage\nDestination      Passerelle        Indicateurs  Réfs  Utilis.  If   Exp  Groupes\n\n"
            "Arborescence de la route pour la famille de protocoles 2 (Internet) :\n"
            "default          192.0.2.1         UG        1    123 en0      -      -\n"
        ),
    ],
    "HP-UX": [
        "Routing tables\nDestination  Gateway  Flags  Refs  Interface  Pmtu\n192.0.2.7  192.0.2.7  UH  0  lan0  4136\n"
    ],
    "illumos": [
        (
            "\nTCP: IPv4\n   Local Address        Remote Address    Swind Send-Q Rwind Recv-Q    State\n"
            "-------------------- -------------------- ----- ------ ----- ------ -----------\n"
            "192.0.2.7.22         198.51.100.20.50000   49640      0 1049740      0 ESTABLISHED\n"
        ),
        "\nIPv4\tipForwarding        =     2\tipDefaultTTL        =   255\n\tipInReceives        =  1002\tipInHdrErrors = 3\n",
    ],
    "z/OS": [
        (
            "MVS TCP/IP NETSTAT CS V2R5       TCPIP Name: TCPIP           11:49:59\n"
            "User Id  Conn     State\n-------  ----     -----\nFTPD1    0000004B Listen\n  Local Socket:   0.0.0.0..21\n"
        )
    ],
}

COMMANDS = {
    "ss": "State    Recv-Q   Send-Q     Local Address:Port      Peer Address:Port  Process\n"
    "LISTEN   0        128              0.0.0.0:22             0.0.0.0:*\n",
    "ip": "default via 192.0.2.1 dev eth0 proto dhcp\n192.0.2.0/24 dev eth0 proto kernel scope link src 192.0.2.7\n",
    "nstat": "#kernel\nIpInReceives                    122                0.0\n",
    "lsof": "COMMAND  PID USER   FD   TYPE DEVICE SIZE/OFF NODE NAME\nsshd     123 root    3u  IPv4  18832      0t0  TCP *:22\n",
}

CASES = [(system, text) for system, texts in OTHERS.items() for text in texts]


@pytest.mark.parametrize(("system", "text"), CASES)
@pytest.mark.parametrize("only", [None, "linux", "windows"])
def test_the_netstat_of_another_system_is_refused_by_name(system: str, text: str, only: str | None) -> None:
    with pytest.raises(NetstatParseError, match=f"this is netstat of .*{system}.*, which netstat_parse does not read"):
        parse(text, system=only)


@pytest.mark.parametrize(("system", "text"), CASES)
@pytest.mark.parametrize("between", ["", "\n", "$ netstat -an\n"])
def test_tables_beside_it_are_read_and_it_is_reported(system: str, text: str, between: str) -> None:
    for dump, count in (
        (parse(LINUX + between + text), 1),
        (parse(text + between + LINUX), 1),
        (parse(LINUX + between + text + between + LINUX), 2),
    ):
        assert [connection.local_port for connection in dump.connections] == [22] * count
        assert len(dump.snapshots) == count
        assert [(found.code, found.severity, system in found.message) for found in dump.diagnostics] == [
            ("other-system", "error", True)
        ]
        lines = dump.lines
        assert lines.total == lines.records + lines.headings + lines.blank + lines.foreign + lines.unparsed
        assert (lines.records, lines.unparsed) == (count, 0)


def test_the_diagnostic_has_the_number_of_lines() -> None:
    found = parse(LINUX + "\n" + MACOS).diagnostics[0]
    assert (found.line, found.message) == (
        6,
        "this is netstat of macOS, FreeBSD or AIX, which netstat_parse does not read (4 lines)",
    )


@pytest.mark.parametrize(("command", "text"), COMMANDS.items())
def test_another_command_is_refused_by_name_but_is_no_error_beside_a_table(command: str, text: str) -> None:
    with pytest.raises(
        NetstatParseError,
        match=f"no netstat table in . lines of text; it looks like the output of {command}; use netstat -",
    ):
        parse(text)
    assert parse(text + "\n" + LINUX).diagnostics == []
    assert parse(LINUX + "\n" + text).diagnostics == []


def test_headings_at_the_end_of_a_block_wait_for_the_first_row() -> None:
    lines = OTHERS["NetBSD"][0].splitlines(keepends=True)
    with pytest.raises(NetstatParseError, match="NetBSD"):
        list(read(lines))
    assert [rows.kind for rows in read(LINUX.splitlines(keepends=True))] == ["connections", "snapshots"]


def test_an_output_that_begins_far_above_its_end_is_reported_where_it_begins() -> None:
    text = (
        "[worker-7]unix  2      [ACC]STREAMLISTENING     306280\n"
        "2024-03-01 12:00:01 web1 netstat[7]:TCP    192.0.2.7:55265  198.51.100.20:443  ESTABLISHED     6640\n"
        "Active LOCAL (UNIX) domain sockets\n(servers)\n[worker-7]IpExt:Ip:\nOK\n"
        "2024-03-01 12:00:01web1 netstat[7]:fe80::1%eth0->12=LISTEN\n54969"
    )
    assert [item.line for item in parse(text).diagnostics if item.code == "other-system"] == [3]
