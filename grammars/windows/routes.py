"""Routes: ``netstat -r``, which runs ``route print``.

Rulers of 75 ``=`` separate the tables, and titles are between the rulers. Windows 10 prints after the interfaces::

    IPv4 Route Table
    ===========================================================================
    Active Routes:
    Network Destination        Netmask          Gateway       Interface  Metric
              0.0.0.0          0.0.0.0      192.168.1.1     192.168.1.34     25
            127.0.0.0        255.0.0.0         On-link         127.0.0.1    331
    ===========================================================================
    Persistent Routes:
      Network Address          Netmask  Gateway Address  Metric
              0.0.0.0          0.0.0.0      192.168.1.1  Default
    ===========================================================================

    IPv6 Route Table
    ===========================================================================
    Active Routes:
     If Metric Network Destination      Gateway
     12    281 fe80::6c1f:20ab:4d03:91e7/128
                                        On-link
    ===========================================================================
    Persistent Routes:
      None

Headings do not identify the tables, because those of IPv6 are mistranslated in nearly every language. The two IPv4
tables differ by a column; the two IPv6 tables have the same rows, and the persistent one follows a ruler. XP has no IPv6
tables, and prints below the active routes a line with the default gateway, which is one of them.
"""

from collections.abc import Mapping
from typing import Any

import pyparsing as pp

from netstat_parse.grammar import Columns, Section, Table
from netstat_parse.tokens import IPV4, IPV6, NETMASK, canonical_ipv6, glued, integer, prefix_length, token

from .program import detect_by_ipv6_routes
from .tokens import ROW_END, SPACE

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


address = token(rf"{IPV4}(?!\S)")

netmask = token(rf"{NETMASK}(?!\S)", prefix_length)

index = token(r"(?=\d)[\dA-Fa-f]{1,8}(?!\S)", read_hexadecimal)
"""An interface without an address on XP: its index in the Interface List, without the 0x."""

_WORDS = r"(?!\d+\.)\S++(?:[ \u00a0]\S++)*?"
"""The words for a gateway on the link, in any language: ``On-link``, ``Auf Verbindung``."""

_INTERFACE_METRIC_END = rf"{SPACE}+(?:{IPV4}|\d[\dA-Fa-f]*){SPACE}+\d+{ROW_END}"
on_link_before_interface = token(rf"{_WORDS}(?={_INTERFACE_METRIC_END})")
"""``255.0.0.0   Auf Verbindung   127.0.0.1   331``."""

on_link_before_metric = token(rf"{_WORDS}(?={SPACE}{{2,}}\S|{SPACE}+\d+{ROW_END})")
"""``255.0.0.0   Auf Verbindung   Standard``, or one blank before a metric that is a number."""

metric_word = token(rf"[^\s\d][^\n\d]*(?<=\S)(?={ROW_END})")
"""A metric in words, in any language: ``Default``, ``Par défaut``."""

network6 = token(rf"{IPV6}/\d{{1,3}}(?!\S)", canonical_cidr)

gateway6 = token(rf"{IPV6}(?:%\S+)?(?!\S)", strip_zone)

on_link_at_end = token(r"\S(?:[^\n]*\S)?")

indent_of_gateway = glued(token(rf"{SPACE}{{10,}}(?=\S)"))

on_link_alone = token(r"(?![\d=])\S(?:[^\n]*\S)?")
"""The words for a gateway on the link below a long destination; neither a number nor a ruler."""


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


DESTINATION = {
    "Network Destination": address("destination"),
    "Netmask": netmask("prefix_length"),
}

ACTIVE_IPV4 = Table(
    name="IPv4 routes",
    kind="routes",
    titles=["IPv4 Route Table", "Active Routes"],
    columns={
        **DESTINATION,
        "Gateway": address("gateway") | on_link_before_interface("on_link_text"),
        "Interface": address("interface") | index("interface_index"),
        "Metric": integer("metric"),
    },
    sample=["0.0.0.0", "0.0.0.0", "127.0.0.1", "127.0.0.1", "1"],
    constants={"family": "ipv4", "persistent": False},
    repairs=[join_netmask],
    facts=[mark_on_link],
    framed=True,
)

PERSISTENT_IPV4 = Table(
    name="persistent IPv4 routes",
    kind="routes",
    titles=["IPv4 Route Table", "Persistent Routes"],
    columns={
        **DESTINATION,
        "Gateway": address("gateway") | on_link_before_metric("on_link_text"),
        "Metric": integer("metric") | metric_word("metric_text"),
    },
    sample=["0.0.0.0", "0.0.0.0", "127.0.0.1", "1"],
    constants={"family": "ipv4", "persistent": True},
    repairs=[join_netmask],
    facts=[mark_on_link, count_metric_languages],
    framed=True,
)

ROUTE6 = {
    "If": integer("interface_index"),
    "Metric": integer("metric"),
    "Network Destination": network6("destination"),
    "Gateway": pp.Opt(gateway6("gateway") | on_link_at_end("on_link_text")),
}

gateway_below = indent_of_gateway + (gateway6("gateway") | on_link_alone("on_link_text"))

ACTIVE_IPV6 = Table(
    name="IPv6 routes",
    kind="routes",
    titles=["IPv6 Route Table", "Active Routes"],
    columns=ROUTE6,
    sample=["1", "1", "::/0", "::"],
    constants={"family": "ipv6", "persistent": False},
    facts=[mark_on_link, detect_by_ipv6_routes],
    more=gateway_below,
    join=join_gateway,
    framed=True,
)

PERSISTENT_IPV6 = Table(
    name="persistent IPv6 routes",
    kind="routes",
    titles=["IPv6 Route Table", "Persistent Routes"],
    columns=ROUTE6,
    sample=["1", "1", "::/0", "::"],
    constants={"family": "ipv6", "persistent": True},
    facts=[mark_on_link, detect_by_ipv6_routes],
    more=gateway_below,
    join=join_gateway,
    framed=True,
)
