"""Addresses and ports of sockets: which reach other hosts, which belong to a service, which a name or a cut hides."""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Literal

from netstat_parse.schema.sockets import Connection

Reach = Literal["loopback", "link_local", "multicast", "wildcard", "private", "public", "unknown"]
"""From where an address can be reached. unknown: a name was printed instead of it, or netstat truncated it."""

WILDCARD = "*"
"""Text for every address, as netstat without -n prints it."""

MAX_ADDRESSES = 1 << 17
"""Addresses that are kept parsed: parsing one takes as long as ten rules take for a socket."""

LOOPBACK_NAMES = ("localhost", "ip6-localhost", "ip6-loopback")


@lru_cache(MAX_ADDRESSES)
def parse_address(text: str) -> IPv4Address | IPv6Address | None:
    """Parse an address, an IPv4-mapped one as IPv4; None for that of another family."""
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


@lru_cache(MAX_ADDRESSES)
def normalize(text: str) -> str:
    """Return the text of an address, of an IPv4-mapped one as IPv4."""
    return str(parse_address(text) or text)


@lru_cache(MAX_ADDRESSES)
def classify(text: str) -> Reach:
    """Classify an address by where it can be reached from (RFC 6890)."""
    address = parse_address(text)
    if address is None:
        return "unknown"
    reaches: tuple[tuple[bool, Reach], ...] = (
        (address.is_unspecified, "wildcard"),
        (address.is_loopback, "loopback"),
        (address.is_multicast, "multicast"),
        (address.is_link_local, "link_local"),
        (address.is_global, "public"),
    )
    return next((reach for applies, reach in reaches if applies), "private")


def local_reach(socket: Connection) -> Reach:
    """Return from where the local address can be reached; `*` is a wildcard."""
    if socket.local_address is not None:
        return "unknown" if "local_address" in socket.truncated else classify(socket.local_address)
    return "wildcard" if socket.local_host is None else _reach_of_name(socket.local_host)


def is_loopback(socket: Connection) -> bool:
    """Return whether both ends are on this host, so that no network is between them."""
    local, remote = socket.local_address, socket.remote_address
    if local is not None and remote is not None:
        return local == remote or "loopback" in (classify(local), classify(remote))
    return "loopback" in (_reach_of_end(local, socket.local_host), _reach_of_end(remote, socket.remote_host))


def _reach_of_end(address: str | None, host: str | None) -> Reach:
    return classify(address) if address is not None else _reach_of_name(host)


def _reach_of_name(host: str | None) -> Reach:
    return "loopback" if host is not None and host.partition(".")[0].lower() in LOOPBACK_NAMES else "unknown"


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
    shown = host if address is None else normalize(address)
    return join_end(shown or WILDCARD, (service or WILDCARD) if port is None else port)


def count_peers(sockets: Iterable[Connection]) -> int:
    """Count the addresses of peers."""
    return len({address for address in map(peer_address, sockets) if address is not None})
