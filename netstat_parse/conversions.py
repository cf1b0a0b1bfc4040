"""Convert printed texts to values: addresses, netmasks, numbers. Grammars name these functions as conversions."""

from netstat_parse.precompiled import compile_pattern
from netstat_parse.text_cache import cache_short_texts

IPV4_BITS = 32

_HEXTET = "[1-9a-f][0-9a-f]{0,3}+"

_HEXTETS = f"(?:{_HEXTET}(?::{_HEXTET})*+)?"

_WITHOUT_ZEROS = compile_pattern(f"(?!::ffff:){_HEXTETS}::{_HEXTETS}|{_HEXTET}(?::{_HEXTET}){{7}}")
"""An address whose only zeros are those that the double colon stands for, but for v4-mapped ones."""

MAX_COLONS = 6
"""Colons of an address whose double colon stands for two hextets or more: RFC 5952 writes a single zero as such."""


def canonical_ipv6(text: str) -> str:
    """Return the address as RFC 5952 writes it, a v4-mapped one with its dotted quad; other text is unchanged."""
    is_canonical = _WITHOUT_ZEROS.fullmatch(text) and (text.count(":") <= MAX_COLONS or "::" not in text)
    return text if is_canonical else _rewrite_ipv6(text)  # as most are, at a twentieth of the time


@cache_short_texts
def _rewrite_ipv6(text: str) -> str:
    from ipaddress import AddressValueError, IPv6Address  # many dumps have no IPv6 address

    try:
        address = IPv6Address(text)
    except AddressValueError:
        return text
    return f"::ffff:{address.ipv4_mapped}" if address.ipv4_mapped else str(address)


@cache_short_texts
def prefix_length(netmask: str) -> int | None:
    """Return the prefix length of an IPv4 netmask; None if its ones have gaps, which no length can express."""
    bits = "".join(f"{int(octet):08b}" for octet in netmask.split("."))
    return bits.count("1") if len(bits) == IPV4_BITS and "01" not in bits else None


def mac(text: str) -> str:
    """Return a hardware address as lower-case octets with colons, whatever separated them."""
    return ":".join(text.replace("-", " ").replace(":", " ").lower().split())


def unsigned(text: str) -> int:
    """Return an unsigned 32-bit number; toybox prints those from 2³¹ on as negative."""
    number = int(text)
    return number % 2**32 if number < 0 else number
