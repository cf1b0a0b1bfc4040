"""The expected fields of one endpoint of a connection: numeric or resolved, complete or truncated."""

from __future__ import annotations

from .captures import Build, Command
from .compare import ANY_VALUE, Row, one_of
from .kernel import UNSPECIFIED_ADDRESSES, InetSocket

HOSTS = {
    "127.0.0.1": "localhost", "::1": "localhost", "192.0.2.1": "here.example", "fe80::1": "ll-one",
    "192.0.2.2": "a-very-long-host-name-for-truncation.department.example.com",
    "2001:db8::1": "here6.example", "2001:db8::2": "peer6-with-a-long-name.example.com",
}  # fmt: skip
"""Host names that the resolver of the captures returned, by address."""

SERVICES = {
    "tcp": {
        22: "ssh", 53: "domain", 80: "http", 443: "https", 631: "ipp", 3306: "mysql", 5432: "postgresql",
        8080: "http-alt", 9101: "bacula-dir", 9102: "bacula-fd", 9103: "bacula-sd",
        40001: "averylongservicename", 40003: "odd-name_x",
    },
    "udp": {9: "discard", 53: "domain", 68: "bootpc", 546: "dhcpv6-client", 5353: "mdns"},
    "udplite": {},
    "raw": {1: "icmp", 58: "ipv6-icmp", 89: "ospf"},
}  # fmt: skip


def max_endpoint_chars(sock: InetSocket, command: Command, build: Build) -> tuple[int, int] | None:
    """Return the maximum length of host and port together, and the length to which longer ones are truncated."""
    if build.is_toybox:
        return (50, 50) if command.has_option("W") else (22, 22)
    if build.is_busybox or command.has_option("W"):
        return None
    if build.is_old_red_hat:
        return (26, 26) if sock.protocol == "tcp" else (26, 22)
    return 22, 22


def expected_endpoint(
    side: str, end: tuple[str, int], sock: InetSocket, command: Command, build: Build
) -> tuple[Row, set[str], set[str]]:
    """Return the fields of an endpoint, the names of its truncated fields, and of those that may look truncated."""
    address, port = end
    names = [f"{side}_{field}" for field in ("address", "host", "port", "service", "zone")]
    if side == "remote" and address in UNSPECIFIED_ADDRESSES and not port:
        return expected_missing_peer(names, sock, build), set(), set()
    host, service = resolve_names(address, port, sock, command, build)
    host_text, port_text = host or printed_address(address, build), service or (str(port) if port else "*")
    cut_host, cut_port = truncate(host_text, port_text, max_endpoint_chars(sock, command, build), build)
    is_printed_as_star = address in UNSPECIFIED_ADDRESSES and build.is_160 and not command.has_option("n")
    row: dict[str, object] = dict.fromkeys(names)
    row[names[1 if host else 0]] = expected_address(cut_host, host_text) if not host else cut_host
    if is_printed_as_star:
        row[names[0]] = one_of(None, address)
    row[names[3 if service else 2]] = cut_port if service else port or None
    if build.is_busybox and sock.protocol == "raw" and sock.is_ipv6:
        row[names[4]] = ANY_VALUE
    doubtful = {names[1 if host else 0], names[3 if service else 2]}
    certain = {names[1 if host else 0]} if cut_host != host_text else set()
    if cut_port != port_text:
        certain.add(names[3])
    if build.is_unpatched_160 and sock.is_ipv6 and not command.has_option("n"):
        # It appends uninitialized memory as a scope, ``2001:db8::200%327247:81``, and may truncate the address in it.
        row[names[4]] = ANY_VALUE
        return row, certain, doubtful | {names[0], names[4]}
    if command.has_option("W"):
        return row, set(), certain  # toybox truncates with -W too, at 51; busybox, with the same columns, does not
    possible = doubtful if len(f"{cut_host}:{cut_port}") >= 23 else set()
    return row, certain, possible


def expected_missing_peer(names: list[str], sock: InetSocket, build: Build) -> Row:
    """Return the fields of a missing peer: all null, except that busybox prints ``::%32:*`` for raw sockets of IPv6.

    The scope is uninitialized memory.
    """
    row: dict[str, object] = dict.fromkeys(names)
    if build.is_busybox and sock.protocol == "raw" and sock.is_ipv6:
        row |= {names[0]: one_of(None, "::"), names[4]: ANY_VALUE}
    return row


def resolve_names(
    address: str, port: int, sock: InetSocket, command: Command, build: Build
) -> tuple[str | None, str | None]:
    """Return the host name and service that are printed instead of address and port; none with -n."""
    if command.has_option("n") or (build.is_toybox and not port):
        return None, None
    host, service = HOSTS.get(address), SERVICES[sock.protocol].get(port)
    if sock.protocol == "raw" and (build.is_busybox or build.is_toybox):
        service = None  # neither resolves the number of a protocol
    return host, service


def printed_address(address: str, build: Build) -> str:
    """Return the address as printed: builds of net-tools that print tcp6 print a v4-mapped address as an IPv4 address."""
    if build.is_toybox or not build.prints_tcp6:
        return address
    return address.removeprefix("::ffff:") if "." in address else address


def truncate(host: str, port: str, limit: tuple[int, int] | None, build: Build) -> tuple[str, str]:
    """Truncate host and port to the column: the host is shortened; since Debian 9 the port has up to 18 characters."""
    if limit is None or len(host) + len(port) <= limit[0]:
        return host, port
    if not (build.is_toybox or build.is_160):
        port = port[:18]
    return host[: limit[1] - len(port)], port


def expected_address(text: str, whole: str) -> object:
    """Accept the address, complete or truncated; an IPv4 address in an IPv6 address may also be hexadecimal."""
    if text != whole or not (":" in text and "." in text):
        return text
    head, _, tail = text.rpartition(":")
    high = "{:02x}{:02x}{:02x}{:02x}".format(*map(int, tail.split(".")))
    other = f"{head}:{int(high[:4], 16):x}:{int(high[4:], 16):x}"
    return one_of(text, other)
