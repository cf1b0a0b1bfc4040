"""Addresses and ports of sockets: which reach other hosts, which belong to a service, which a name or a cut hides."""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address

from netstat_parse.insight.facts.listening import LOOPBACK_HOSTS, classify_endpoint
from netstat_parse.schema.sockets import Connection

MAPPED = "::ffff:"
"""Start of an IPv4-mapped address (RFC 4291)."""

LOOPBACK_PREFIXES = ("127.", f"{MAPPED}127.")

WILDCARD = "*"
"""Text for every address, as netstat without -n prints it."""

MAX_ADDRESSES = 1 << 12
"""Addresses that are kept parsed."""


@lru_cache(MAX_ADDRESSES)
def parse_address(text: str) -> IPv4Address | IPv6Address | None:
    """Parse an address, an IPv4-mapped one as IPv4; None for that of another family."""
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def normalize(text: str) -> str:
    """Return an address of a record, which is canonical text; an IPv4-mapped one as IPv4."""
    return str(parse_address(text) or text) if text.startswith(MAPPED) else text


def find_scope(socket: Connection) -> str | None:
    """Return from where the local end can be reached, as `netstat-parse listeners` does; None if it is not known."""
    is_cut = "local_address" in socket.truncated
    return classify_endpoint(socket.family, socket.local_address, socket.local_host, is_cut=is_cut)


def is_loopback(socket: Connection) -> bool:
    """Return whether both ends are on this host, so that no network is between them."""
    if socket.local_address is not None and socket.local_address == socket.remote_address:
        return not socket.truncated
    ends = (socket.local_address, socket.local_host), (socket.remote_address, socket.remote_host)
    return any(_is_loopback_end(address, host) for address, host in ends)


def _is_loopback_end(address: str | None, host: str | None) -> bool:
    if address is None:
        return host is not None and host.lower() in LOOPBACK_HOSTS
    return address.startswith(LOOPBACK_PREFIXES) or address == "::1"


def local_end(socket: Connection) -> str:
    """Return the text of the local address and port."""
    return _join(socket.local_address, socket.local_host, socket.local_port, socket.local_service)


def remote_end(socket: Connection) -> str:
    """Return the text of the remote address and port."""
    return _join(socket.remote_address, socket.remote_host, socket.remote_port, socket.remote_service)


def local_port(socket: Connection) -> int | str | None:
    """Return the local port, or its name."""
    return socket.local_service if socket.local_port is None else socket.local_port


def peer_address(socket: Connection) -> str | None:
    """Return the address or name of the peer; None if there is none, or if netstat truncated it."""
    if "remote_address" in socket.truncated or "remote_host" in socket.truncated:
        return None
    return socket.remote_host if socket.remote_address is None else normalize(socket.remote_address)


def peer_end(socket: Connection) -> str | None:
    """Return the text of the peer's address and port; None if either is unknown or truncated."""
    address = peer_address(socket)
    port = socket.remote_service if socket.remote_port is None else socket.remote_port
    hidden = "remote_port" in socket.truncated or "remote_service" in socket.truncated
    return None if address is None or port is None or hidden else join_end(address, port)


def join_end(address: str, port: int | str) -> str:
    """Join an address and a port: `192.0.2.7:22`, `[2001:db8::7]:22`."""
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"


def _join(address: str | None, host: str | None, port: int | None, service: str | None) -> str:
    text = host if address is None else normalize(address)
    return join_end(text or WILDCARD, (service or WILDCARD) if port is None else port)


def count_peers(sockets: Iterable[Connection]) -> int:
    """Count the addresses of peers."""
    return len({address for address in map(peer_address, sockets) if address is not None})
