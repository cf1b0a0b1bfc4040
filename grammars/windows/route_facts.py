"""Facts of routes."""

from collections.abc import Mapping
from typing import Any

from netstat_parse.conversions import canonical_ipv6
from netstat_parse.grammar import Columns, Section

NO_GATEWAY = ("0.0.0.0", "::")


def canonical_cidr(text: str) -> str:
    """Write the address of an IPv6 network as RFC 5952 does."""
    address, _, length = text.partition("/")
    return f"{canonical_ipv6(address)}/{length}"


def strip_zone(text: str) -> str:
    """Write an IPv6 address as RFC 5952 does, without ``%12`` behind it."""
    return canonical_ipv6(text.partition("%")[0])


def read_hexadecimal(text: str) -> int:
    """Read a hexadecimal number without prefix."""
    return int(text, 16)


def join_netmask(columns: Columns, _section: Section) -> None:
    """Write destination and netmask as one network."""
    lengths = columns.pop("prefix_length")
    columns["destination"] = [f"{net}/{bits}" for net, bits in zip(columns["destination"], lengths, strict=True)]


def mark_on_link(columns: Columns, section: Section) -> None:
    """Mark the routes that have words, or the unspecified address, in place of a gateway."""
    texts = columns.pop("on_link_text", None)
    gateways = columns.get("gateway")
    for text in dict.fromkeys(texts or ()):
        count_language(section, text)
    if gateways is None:
        gateways = [None] * len(columns["destination"])
    columns["on_link"] = [
        True if (text or gateway in NO_GATEWAY) else False if gateway else None
        for text, gateway in zip(texts or [None] * len(gateways), gateways, strict=True)
    ]
    columns["gateway"] = [None if gateway in NO_GATEWAY else gateway for gateway in gateways]


def count_metric_languages(columns: Columns, section: Section) -> None:
    """Count the languages of metrics in words."""
    for text in dict.fromkeys(columns.get("metric_text") or ()):
        count_language(section, text)


def count_language(section: Section, text: str | None) -> None:
    """Count the languages that have this text, as evidence for the language of the snapshot."""
    if text:
        section.words.english("words", text)


def join_gateway(columns: Columns, row: int, texts: Mapping[str, Any], section: Section) -> None:
    """Add the gateway that is printed on a line of its own, below a long destination."""
    gateway = texts.get("gateway")
    columns["on_link"][row] = gateway is None or gateway in NO_GATEWAY
    columns["gateway"][row] = None if gateway in NO_GATEWAY else gateway
    count_language(section, texts.get("on_link_text"))
