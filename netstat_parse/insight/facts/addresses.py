"""Addresses and ports of sockets: parsed, in one text for both families, and with the names printed instead."""

from functools import lru_cache
from ipaddress import IPv4Address, IPv6Address, ip_address
from typing import Protocol

WILDCARD = "*"
"""Text for every address, as netstat without -n prints it."""

MAX_PORT = 65535

MAX_ADDRESSES = 1 << 12
"""Addresses that are kept parsed."""


class Ends(Protocol):
    """A socket, in any form of record."""

    @property
    def local_port(self) -> int | None:
        """Local port."""

    @property
    def local_service(self) -> str | None:
        """Name printed instead of the local port."""

    @property
    def remote_port(self) -> int | None:
        """Remote port."""

    @property
    def remote_service(self) -> str | None:
        """Name printed instead of the remote port."""


@lru_cache(MAX_ADDRESSES)
def parse_address(text: str) -> IPv4Address | IPv6Address | None:
    """Parse an address, an IPv4-mapped one as IPv4; None for that of another family."""
    try:
        address = ip_address(text)
    except ValueError:
        return None
    return getattr(address, "ipv4_mapped", None) or address


def local_port(socket: Ends) -> int | str | None:
    """Return the local port, or its name."""
    return socket.local_service if socket.local_port is None else socket.local_port


def remote_port(socket: Ends) -> int | str | None:
    """Return the remote port, or its name."""
    return socket.remote_service if socket.remote_port is None else socket.remote_port


def join_end(address: str, port: int | str) -> str:
    """Join an address and a port: `192.0.2.7:22`, `[2001:db8::7]:22`."""
    return f"[{address}]:{port}" if ":" in address else f"{address}:{port}"
