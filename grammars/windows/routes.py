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

import pyparsing as pp

from netstat_parse.grammar import Table
from netstat_parse.tokens import IPV4, IPV6, NETMASK, glued, integer, prefix_length, token

from .program import detect_by_ipv6_routes
from .route_facts import (
    canonical_cidr,
    count_metric_languages,
    join_gateway,
    join_netmask,
    mark_on_link,
    read_hexadecimal,
    strip_zone,
)
from .tokens import ROW_END, SPACE

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
