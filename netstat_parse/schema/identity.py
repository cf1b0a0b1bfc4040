"""Values by which a thing is recognized in another dump, whatever netstat prints of it beside them."""

from functools import lru_cache
from typing import TypeVar

MAPPED = "::ffff:"
"""Prefix of an IPv4-mapped address (RFC 4291)."""

MAX_ADDRESSES = 1 << 12
"""Addresses that are kept."""

Text = TypeVar("Text", str, str | None)


@lru_cache(MAX_ADDRESSES)
def _unmap(address: str) -> str:
    from ipaddress import IPv6Address

    try:
        return str(IPv6Address(address).ipv4_mapped or address)
    except ValueError:
        return address


def unmap(address: Text) -> Text:
    """Return the IPv4 address of an IPv4-mapped one in canonical text, and any other text unchanged."""
    if not address or not address.startswith(MAPPED):
        return address
    return _unmap(address)


def name_end(address: str | None, zone: str | None, host: str | None) -> str | None:
    """Return the address of one end of a connection with its zone, or the name printed instead."""
    text = host if address is None else unmap(address)
    return text if zone is None else f"{text or ''}%{zone}"
