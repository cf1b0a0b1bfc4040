"""Kinds of awkward text: each is a function from a size to a text of about that many bytes.

Most repeat one damaged line of a kind that the reader knows below a row, so that a cost for each line that grows with
the lines above it is seen. `growth.py` measures them.
"""

from collections.abc import Callable
from itertools import count

from support.samples import SAMPLES

Kind = Callable[[int], bytes]
"""Return a text of about this many bytes."""

ROW = "tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN\n"

UDP_STATISTICS = (
    "UDP Statistics for IPv4\r\n\r\n  Datagrams Received    = 5\r\n  No Ports              = 6\r\n"
    "  Receive Errors        = 7\r\n  Datagrams Sent        = 8\r\n"
)

ROW_WITH_PROGRAM = "tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      1/sshd\n"

WINDOWS_ROW = "  TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1712\r\n"

ROUTES = (
    "Kernel IP routing table\n"
    "Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface\n"
    "0.0.0.0         10.0.0.1        0.0.0.0         UG        0 0          0 eth0\n"
)

INTERFACES = (
    "Kernel Interface table\n"
    "Iface      MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg\n"
    "eth0      1500     1000      0      0 0           900      0      0      0 BMRU\n"
)

UNIX = (
    "Active UNIX domain sockets (servers and established)\n"
    "Proto RefCnt Flags       Type       State         I-Node   Path\n"
    "unix  2      [ ACC ]     STREAM     LISTENING     12345    /run/a\n"
)

GROUPS = (
    "IPv6/IPv4 Group Memberships\n"
    "Interface       RefCnt Group\n"
    "--------------- ------ ---------------------\n"
    "lo              1      224.0.0.1\n"
)

IFCONFIG = "lo: flags=73<UP,LOOPBACK,RUNNING>  mtu 65536\n        inet 127.0.0.1  netmask 255.0.0.0\n"

OLD_IFCONFIG = (
    "eth0      Link encap:Ethernet  HWaddr 00:00:00:00:00:01  \n          inet addr:10.0.0.1  Mask:255.0.0.0\n"
)

STATISTICS = "Ip:\n    5 total packets received\n"

WINDOWS_STATISTICS = "IPv4 Statistics\r\n\r\n  Packets Received                   = 100\r\n"

WINDOWS_ROUTES = (
    "=" * 75 + "\r\nInterface List\r\n 12...00 15 5d 00 01 02 ......Hyper-V Adapter\r\n" + "=" * 75 + "\r\n\r\n"
    "IPv4 Route Table\r\n" + "=" * 75 + "\r\nActive Routes:\r\n"
    "Network Destination        Netmask          Gateway       Interface  Metric\r\n"
    "          0.0.0.0          0.0.0.0      10.0.0.1     10.0.0.2     25\r\n"
)

ETHERNET = (
    "Interface Statistics\r\n\r\n                           Received            Sent\r\n\r\nBytes   100   200\r\n"
)

SCTP = "sctp       0      0 10.0.0.1:80             0.0.0.0:*               LISTEN\n"


def encode(text: str) -> bytes:
    """Encode a text, of which a lone surrogate is a byte that no encoding has."""
    return text.encode("utf-8", "surrogateescape")


def repeat(unit: str, beginning: str = ROW, encoding: str = "utf-8") -> Kind:
    """Return the kind of text that repeats a unit below a beginning."""
    first, more = (text.encode(encoding, "surrogateescape") for text in (beginning, unit))
    return lambda size: first + more * (size // len(more) + 1)


def number(make: Callable[[int], str], beginning: str = ROW) -> Kind:
    """Return the kind of text whose units are all different."""

    def kind(size: int) -> bytes:
        units, length = [beginning], len(beginning)
        for index in count():
            units.append(make(index))
            length += len(units[-1])
            if length >= size:
                return encode("".join(units))
        raise AssertionError

    return kind


def long_lines(token: str, start: str = "", chars: int = 60_000, beginning: str = ROW) -> Kind:
    """Return the kind of text whose lines each repeat a token, nearly up to the maximum length of a line."""
    return repeat(f"{start}{token * (chars // len(token))}\n", beginning)


def one_line(token: str, start: str = "", beginning: str = ROW) -> Kind:
    """Return the kind of text with a single long line."""
    return lambda size: encode(f"{beginning}{start}{token * (size // len(token) + 1)}\n")


def name_lines(lines: dict[str, str], beginning: str = ROW) -> dict[str, Kind]:
    """Return a kind for each line that is repeated."""
    return {name: repeat(line, beginning) for name, line in lines.items()}


def cut(row: str, beginning: str = "") -> dict[str, Kind]:
    """Return the kinds of text that repeat a damaged row: cut at every word, glued to the next, wrapped, undecodable."""
    line, found = row.strip("\r\n"), dict[str, Kind]()
    name = " ".join(line.split()[:2])
    above = beginning or f"{line}\n"
    ends = [at for at in range(1, len(line)) if line[at - 1] != " " and line[at] == " "]
    for end in ends:
        found[f"{name}, cut at {end}"] = repeat(f"{line[:end]}\n", above)
        found[f"{name}, only its end from {end}"] = repeat(f"{line[end:]}\n", above)
    middle = len(line) // 2
    return found | {
        f"{name}, in the middle of a word": repeat(f"{line[:middle]}\n", above),
        f"{name}, glued": repeat(f"{line}{line}\n", above),
        f"{name}, wrapped": repeat(f"{line[:middle]}\n{line[middle:]}\n", above),
        f"{name}, wrapped with an indent": repeat(f"{line[:middle]}\n    {line[middle:]}\n", above),
        f"{name}, undecodable": repeat(f"{line[:middle]}\udcff{line[middle:]}\n", above),
        f"{name}, overwritten": repeat(f"xxx{line[3:]}\n", above),
        f"{name}, with blank lines": repeat(f"{line}\n\n", above),
        f"{name}, with a word more": repeat(f"{line} more\n", above),
        f"{name}, with other numbers": number(lambda index: f"{line[:middle]}{index}{line[middle:]}\n", above),
    }


DAMAGED_ROWS: dict[str, Kind] = {
    **cut(ROW_WITH_PROGRAM),
    **cut(WINDOWS_ROW),
    **cut(SCTP),
    **cut(ROUTES.splitlines()[-1], ROUTES),
    **cut(INTERFACES.splitlines()[-1], INTERFACES),
    **cut(UNIX.splitlines()[-1], UNIX),
    **cut(GROUPS.splitlines()[-1], GROUPS),
    **cut(WINDOWS_ROUTES.splitlines()[-1], WINDOWS_ROUTES),
    **cut(ROUTES.splitlines()[1], ROUTES),
    **cut(UNIX.splitlines()[1], UNIX),
    **cut(IFCONFIG.splitlines()[0], IFCONFIG),
    **cut(IFCONFIG.splitlines()[1], IFCONFIG),
    **cut(OLD_IFCONFIG.splitlines()[0], OLD_IFCONFIG),
    **cut(OLD_IFCONFIG.splitlines()[1], OLD_IFCONFIG),
    **cut(STATISTICS.splitlines()[1], STATISTICS),
    **cut(WINDOWS_STATISTICS.splitlines()[-1], WINDOWS_STATISTICS),
    **cut(ETHERNET.splitlines()[-1], ETHERNET),
}
"""Rows and headings of each table, damaged in every way."""

UNDECODABLE: dict[str, Kind] = {
    "undecodable bytes below an order mark": repeat("\udcff\n", f"\ufeff{ROW}"),
    "undecodable bytes below UTF-8": repeat("\udcff\n", f"é\n{ROW}"),
    "undecodable bytes without proof": repeat("\udcff\n"),
    "undecodable escapes": repeat("\x1b[0m\udcff\n", f"\ufeff{ROW}"),
    "undecodable prefixes": repeat(f"web\udcff: {ROW}", f"\ufeffweb: {ROW}"),
    "undecodable origins": number(lambda index: f"h{index % 9} | \udcff\nh{index % 9} | {ROW}", f"\ufeffh1 | {ROW}"),
    "lone surrogates of UTF-16": lambda size: ("\ufeff" + ROW).encode("utf-16-le") + b"\x00\xd8\x0a\x00" * (size // 4),
    "UTF-16": repeat(ROW, ROW, "utf-16-le"),
    "UTF-16, half a character in each line": lambda size: (
        f"\ufeff{ROW}".encode("utf-16-le") + b"a\n\0b\0\n" * (size // 6)
    ),
    "CP850": repeat("  TCP    0.0.0.0:135            0.0.0.0:0              ABHÖREN\r\n", "ö\r\n", "cp850"),
    "mixed encodings": lambda size: (
        b"ABH\x99REN\nABH\xd6REN\nABH\xc3\x96REN\n\xff\xfea\0\n\0" * (size // 34) + ROW.encode()
    ),
    "binary": lambda size: bytes(range(256)) * (size // 256),
    "binary without line ends": lambda size: bytes(byte for byte in range(256) if byte != 10) * (size // 255),
    "NULs": repeat("\0"),
    "NULs in rows": repeat(ROW.replace(" ", "\0")),
    "replacement characters": repeat("\ufffd\n"),
    "order marks": repeat("\ufeff\n"),
    "order marks in one line": one_line("\ufeff"),
}

STATISTIC_LINES: dict[str, Kind] = {
    **{f"{title} and blank lines": repeat(f"{title}\n\n", STATISTICS + "\n") for title in ("Ip:", "Tcp:", "X:", "Foo")},
    **{f"{title} repeated": repeat(f"{title}\n", STATISTICS) for title in ("Ip:", "Tcp:", "X:", "TcpExt:")},
    "Ip: and many blank lines": repeat("Ip:\n" + "\n" * 12, STATISTICS),
    "Ip: and a counter": repeat(STATISTICS),
    "Ip: and an unknown counter": repeat("Ip:\n    5 xx\n"),
    "blank lines": repeat("\n"),
    "blank lines of blanks": repeat("   \n"),
    "a counter and a blank line": repeat("    5 total packets received\n\n", STATISTICS),
    "counters with other labels": number(lambda index: f"    {index} a{index:x}\n", STATISTICS),
    "counters with long labels": number(lambda index: f"    5 a{index:x}{' b' * 500}\n", "TcpExt:\n"),
    "counters with names of the kernel": number(lambda index: f"    TCPx{index:x}: 5\n", "TcpExt:\n"),
    "counters with deeper and deeper indents": number(lambda index: f"{' ' * (index % 500)}5 a\n", STATISTICS),
    "headings of histograms": repeat("    ICMP input histogram:\n", "Icmp:\n    1 ICMP messages received\n"),
    "counters of Windows with other labels": number(lambda index: f"  A{index:x} = 5\r\n", WINDOWS_STATISTICS),
    "counters of Windows below a whole block": number(lambda index: f"  A{index:x} = 5\r\n", UDP_STATISTICS),
    "counters of Windows with numbers": number(lambda index: f"  A {index:x} = 5\r\n", WINDOWS_STATISTICS),
    "counters of Windows, glued": repeat("  Packets Received  = 1  Packets Received  = 1\r\n", WINDOWS_STATISTICS),
    "counters of Windows repeated below a block": repeat("  A = 5\r\n  B   6\r\n", UDP_STATISTICS),
    "titles of Windows": repeat("IPv4 Statistics\r\n\r\n"),
    "titles of Windows in turn": repeat("IPv4 Statistics\r\n\r\nTCP Statistics for IPv4\r\n\r\n"),
    "unknown titles of Windows": number(lambda index: f"Foo{index}\r\n\r\n  A = 5\r\n  B = 6\r\n  C = 7\r\n"),
    "equals signs of anything": repeat("  a = 5\r\n"),
    "two numbers of anything": repeat("a  5  6\r\n"),
    "Ethernet repeated": repeat(ETHERNET),
    "Ethernet that goes on": number(lambda index: f"A{index:x}   100   200\r\n", ETHERNET),
    "Ethernet below unknown headings": repeat("a   b\r\n\r\nx   100   200\r\n"),
}

RECORD_LINES: dict[str, Kind] = {
    "ifconfig that goes on": repeat("        inet 127.0.0.1  netmask 255.0.0.0\n", IFCONFIG),
    "ifconfig with unknown lines": repeat("        foo bar\n", IFCONFIG),
    "ifconfig with short unknown lines": repeat("        a\n", IFCONFIG),
    "ifconfig with damaged lines": repeat("        inet 127.0.0.1  netmask\n", IFCONFIG),
    "ifconfig with damaged and good lines": repeat(
        "        inet x\n        inet 1.1.1.1  netmask 255.0.0.0\n", IFCONFIG
    ),
    "ifconfig with lines of other indents": number(lambda index: f"{' ' * (8 + index % 60)}inet x\n", IFCONFIG),
    "ifconfig repeated": repeat(IFCONFIG),
    "ifconfig repeated with blank lines": repeat(f"{IFCONFIG}\n"),
    "ifconfig, only first lines": repeat(IFCONFIG.split("\n", maxsplit=1)[0] + "\n"),
    "ifconfig, only further lines": repeat(IFCONFIG.split("\n")[1] + "\n"),
    "old ifconfig that goes on": repeat("          inet addr:10.0.0.1  Mask:255.0.0.0\n", OLD_IFCONFIG),
    "old ifconfig with unknown lines": repeat("          foo bar\n", OLD_IFCONFIG),
    "old ifconfig, only first lines": repeat(OLD_IFCONFIG.split("\n", maxsplit=1)[0] + "\n"),
    "many interfaces": number(lambda index: f"eth{index}: flags=73<UP>  mtu 1500\n", IFCONFIG),
    "owners": repeat("  [svchost.exe]\r\n", WINDOWS_ROW),
    "owners below rows": repeat(f"{WINDOWS_ROW}  RpcSs\r\n [svchost.exe]\r\n"),
    "modules of owners": repeat("  C:\\WINDOWS\\system32\\a.dll\r\n", WINDOWS_ROW),
    "owners and blank lines": repeat(f"{WINDOWS_ROW} [a.exe]\r\n\r\n"),
    "owners with long names": repeat(f"{WINDOWS_ROW} [{'a' * 5000}]\r\n"),
    "ownership that could not be read": repeat(f"{WINDOWS_ROW} Can not obtain ownership information\r\n"),
    "programs with line breaks": repeat(f"{ROW_WITH_PROGRAM.rstrip()}\nfoo bar\n"),
    "programs with line breaks and blanks": repeat(f"{ROW_WITH_PROGRAM.rstrip()}\nb           \n"),
    "programs with many line breaks": repeat(f"{ROW_WITH_PROGRAM.rstrip()}\na\nb\nc\nd\ne\nf\ng\nh\n"),
    "programs with odd blanks": repeat(f"{ROW_WITH_PROGRAM.rstrip()}\v\f\u2003x\n"),
    "routes that continue": repeat("0.0.0.0\n", ROUTES),
    "Windows rulers": repeat("=" * 75 + "\r\n", WINDOWS_ROUTES),
    "Windows rulers and blank lines": repeat("=" * 75 + "\r\n\r\n", WINDOWS_ROUTES),
    "Windows interface list that goes on": repeat(" 12...00 15 5d 00 01 02 ......A\r\n", WINDOWS_ROUTES),
    "Windows routes with a gateway in the next line": repeat(" 12    281 2001:db8::1:2:3:4/128\r\n", WINDOWS_ROUTES),
    "snapshots": repeat(f"Active Internet connections\n{ROW}"),
    "snapshots of all tables": repeat(ROW + ROUTES + INTERFACES + UNIX + GROUPS + IFCONFIG + STATISTICS),
    "snapshots of Windows": repeat(f"Active Connections\r\n\r\n{WINDOWS_ROW}"),
    "samples": lambda size: b"\n".join(path.read_bytes() for path in SAMPLES[::5])[:size],
}
