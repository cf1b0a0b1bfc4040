"""Routes of Windows: ``netstat -r``, which is ``route print``.

Rulers of 75 ``=`` stand between the tables, and titles between the rulers. Windows 10 prints after the interfaces::

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

Headings are no help: those of IPv6 are mistranslated nearly everywhere. The rows of the two IPv4 tables differ by a
column; those of the two IPv6 tables are alike, and the second is the one behind a ruler. XP has no IPv6 here, and ends
the active routes with a line for the default gateway, which is among them already.
"""

from collections.abc import Mapping
from typing import Any

import pyparsing as pp

from netstat_parse.grammar import Columns, Section, Table
from netstat_parse.tokens import IPV4, IPV6, canonical_ipv6, glued, integer, token

from .terminals import BLANK, END

_BITS = "255|254|252|248|240|224|192|128|0"


def prefix_length(netmask: str) -> int:
    """How many bits of an address the mask covers."""
    return sum(int(octet).bit_count() for octet in netmask.split("."))


def canonical_cidr(text: str) -> str:
    """An IPv6 network, its address as RFC 5952 writes it."""
    address, _, length = text.partition("/")
    return f"{canonical_ipv6(address)}/{length}"


address = token(rf"{IPV4}(?!\S)")

netmask = token(
    rf"(?:255\.255\.255\.(?:{_BITS})|255\.255\.(?:{_BITS})\.0|255\.(?:{_BITS})\.0\.0|(?:{_BITS})\.0\.0\.0)(?!\S)",
    prefix_length,
)

index = token(r"(?=\d)[\dA-Fa-f]{1,8}(?!\S)", lambda text: int(text, 16))
"""XP's, where an interface has no address: the number of its list, without the 0x."""

WORDS = r"(?!\d+\.)\S++(?:[ \u00a0]\S++)*?"
"""What stands for a gateway on the link, in any language: some have several words for it."""

network6 = token(rf"{IPV6}/\d{{1,3}}(?!\S)", canonical_cidr)

gateway6 = token(rf"{IPV6}(?:%\S+)?(?!\S)", lambda text: canonical_ipv6(text.partition("%")[0]))

NO_GATEWAY = ("0.0.0.0", "::")


def on_link(columns: Columns, section: Section) -> None:
    """A word instead of a gateway means that there is none, in whatever language."""
    texts = columns.pop("on_link_text", None)
    gateways = columns.get("gateway")
    for text in dict.fromkeys(texts or ()):
        hear(section, text)
    if gateways is None:
        gateways = [None] * len(columns["destination"])
    columns["on_link"] = [
        True if (text or gateway in NO_GATEWAY) else False if gateway else None
        for text, gateway in zip(texts or [None] * len(gateways), gateways, strict=True)
    ]
    columns["gateway"] = [None if gateway in NO_GATEWAY else gateway for gateway in gateways]


def networks(columns: Columns, _section: Section) -> None:
    """The destination with its mask, as one."""
    lengths = columns.pop("prefix_length")
    columns["destination"] = [f"{net}/{bits}" for net, bits in zip(columns["destination"], lengths, strict=True)]


def metrics(columns: Columns, section: Section) -> None:
    """The language that a word for a metric is of."""
    for text in dict.fromkeys(columns.get("metric_text") or ()):
        hear(section, text)


def tool(_columns: Columns, section: Section) -> None:
    """Only Microsoft's prints routes of IPv6: Wine has no -r, and that of ReactOS knows IPv4 alone."""
    section.snapshot["tool"] = "windows"


def hear(section: Section, text: str | None) -> None:
    """Take a word as evidence of its language; what stands here in English stands so in others too."""
    if text:
        section.words.english("words", text)


def gateway_below(columns: Columns, row: int, found: Mapping[str, Any], section: Section) -> None:
    """Add the gateway that stands on a line of its own, below a long destination."""
    gateway, text = found.get("gateway"), found.get("on_link_text")
    columns["on_link"][row] = gateway is None or gateway in NO_GATEWAY
    columns["gateway"][row] = None if gateway in NO_GATEWAY else gateway
    hear(section, text)


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
        "Gateway": address("gateway")
        | token(rf"{WORDS}(?={BLANK}+(?:{IPV4}|\d[\dA-Fa-f]*){BLANK}+\d+{END})")("on_link_text"),
        "Interface": address("interface") | index("interface_index"),
        "Metric": integer("metric"),
    },
    constants={"family": "ipv4", "persistent": False},
    facts=[networks, on_link],
    framed=True,
)

PERSISTENT_IPV4 = Table(
    name="persistent IPv4 routes",
    kind="routes",
    titles=["IPv4 Route Table", "Persistent Routes"],
    columns={
        **DESTINATION,
        "Gateway": address("gateway") | token(rf"{WORDS}(?={BLANK}{{2,}}\S|{BLANK}+\d+{END})")("on_link_text"),
        "Metric": integer("metric") | token(rf"[^\s\d][^\n\d]*(?<=\S)(?={END})")("metric_text"),
    },
    constants={"family": "ipv4", "persistent": True},
    facts=[networks, on_link, metrics],
    framed=True,
)

ROUTE6 = {
    "If": integer("interface_index"),
    "Metric": integer("metric"),
    "Network Destination": network6("destination"),
    "Gateway": pp.Opt(gateway6("gateway") | token(r"\S(?:[^\n]*\S)?")("on_link_text")),
}

BELOW = glued(token(rf"{BLANK}{{10,}}(?=\S)")) + (
    gateway6("gateway") | token(r"(?![\d=])\S(?:[^\n]*\S)?")("on_link_text")
)

ACTIVE_IPV6 = Table(
    name="IPv6 routes",
    kind="routes",
    titles=["IPv6 Route Table", "Active Routes"],
    columns=ROUTE6,
    constants={"family": "ipv6", "persistent": False},
    facts=[on_link, tool],
    more=BELOW,
    join=gateway_below,
    framed=True,
)

PERSISTENT_IPV6 = Table(
    name="persistent IPv6 routes",
    kind="routes",
    titles=["IPv6 Route Table", "Persistent Routes"],
    columns=ROUTE6,
    constants={"family": "ipv6", "persistent": True},
    facts=[on_link, tool],
    more=BELOW,
    join=gateway_below,
    framed=True,
)
