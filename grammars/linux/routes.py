"""IPv4 routes: ``netstat -r`` with -e, -ee, -F and -C; and ``route``, where -e means the opposite.

net-tools 2.10 prints with -r, -re and -ree::

    Kernel IP routing table
    Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface
    default         gw              0.0.0.0         UG        0 0          0 eth0
    10.66.0.0       -               255.255.0.0     !         - -          - -
    Destination     Gateway         Genmask         Flags Metric Ref    Use Iface
    default         gw              0.0.0.0         UG    100    0        0 eth0
    Destination     Gateway         Genmask         Flags Metric Ref    Use Iface    MSS   Window irtt
    longhostname-ga 0.0.0.0         255.255.255.255 UH    0      0        0 longif   1400  32767  300

busybox and toybox print the first two. Kernels before 3.6 have a cache, -C::

    Kernel IP routing cache
    Source          Destination     Gateway         Flags   MSS Window  irtt Iface
    192.0.2.1       192.0.2.2       192.0.2.2              1500 32767    300 eth0
    192.0.2.2       224.0.0.251     224.0.0.251     ml     1500 0          0 eth0
"""

import pyparsing as pp

from netstat_parse.grammar import Table
from netstat_parse.tokens import GAP, IPV4, kept, signed, token

from .route_facts import (
    CACHE_FLAGS,
    cached,
    cut_interface,
    cut_names,
    flags_by,
    ipv4_destination,
    ipv4_flags,
    reach,
    toybox,
)

FIGURE = r"(?:-?\d+|-)"
FIGURES = rf"(?:{GAP}{FIGURE}){{3}}{GAP}\S"

# How the figures stand tells which they are, where no heading does: MSS is printed as "%5d %-5d %6d", Metric as
# "%-6d %-2d %7d". In rows whose blanks were squeezed nothing tells.
MSS_FIRST = rf"(?<!\S)(?:\d{{1,5}}|-) (?:{FIGURE} {{2,}}|\d{{5,}} (?=\d{{6}})){FIGURE}{GAP}\S+[^\S\n]*(?:\n|\Z)"
METRIC_FIRST = rf"(?:{FIGURE} {{2,}}|-?\d{{6,}} ){FIGURE}{GAP}{FIGURE}{GAP}\S"
BOTH = rf"{FIGURE}{GAP}{FIGURE}{GAP}{FIGURE}{GAP}\S+(?:{GAP}{FIGURE}){{3}}"

PART = r"(?:0|128|192|224|240|248|252|254|255)"
MASK = rf"(?:{PART}\.0\.0\.0|255\.{PART}\.0\.0|255\.255\.{PART}\.0|255\.255\.255\.{PART})"


def figure(name: str) -> pp.ParserElement:
    """A number; net-tools prints ``-`` in a route that rejects."""
    return token(r"-(?!\S)") | signed(name)


interface = token(r"[*-](?!\S)") | token(r"\S+")("interface")
next_hop = token(r"(?:0\.0\.0\.0|[*-])(?!\S)") | token(rf"{IPV4}(?!\S)")("gateway")

USE = {"Metric": figure("metric"), "Ref": figure("references"), "Use": figure("uses")}
MSS = {"MSS": figure("mss"), "Window": figure("window"), "irtt": figure("irtt")}
IFACE = {"Iface": interface}

ROUTE = {
    "Destination": token(rf"{IPV4}(?!\S)")("network")
    # Old versions, busybox and toybox call any network default that begins with 0.0.0.0: the mask tells which it is.
    | token(r"(?:default|\*)(?!\S)", lambda _: "0.0.0.0")("network")
    | token(rf"\S+(?={GAP}\S+{GAP}{IPV4}{GAP}[U!])")("destination_host"),
    "Gateway": next_hop | token(rf"\S+(?={GAP}{IPV4}{GAP}[U!])")("gateway_host"),
    "Genmask": token(rf"{MASK}(?!\S)|{IPV4}(?={GAP}U)")("mask"),  # the cache, too, has three addresses
    "Flags": token(r"[U!][A-Za-z!]*")("flags"),  # busybox prints six letters and no blank behind them
}
"""What every route of the table has."""

BEFORE = rf"(?:\S+{GAP}){{3}}[U!][A-Za-z!]*[^\S\n]*"

FACTS = [ipv4_flags, ipv4_destination, reach, cut_names, cut_interface, toybox]
IS_IPV4 = {"family": "ipv4"}
TITLES = ["Kernel IP routing table"]

ROUTES = Table(
    name="IPv4 routes",
    kind="routes",
    titles=TITLES,
    columns={**ROUTE, **MSS, **IFACE},
    constants=IS_IPV4,
    facts=FACTS,
    alone=token(rf"(?={BEFORE}{MSS_FIRST})"),
)

EXTENDED_ROUTES = Table(
    name="IPv4 routes",
    kind="routes",
    titles=TITLES,
    columns={**ROUTE, **USE, **IFACE, **MSS},
    only_with=dict.fromkeys(MSS, "-ee"),
    constants=IS_IPV4,
    facts=FACTS,
    alone=token(rf"(?={BEFORE}(?:{METRIC_FIRST}|{BOTH}))"),
)

SQUEEZED_ROUTES = Table(
    name="IPv4 routes",
    kind="routes",
    titles=TITLES,
    columns={**ROUTE, "MSS or Metric": kept, "Window or Ref": kept, "irtt or Use": kept, **IFACE},
    constants=IS_IPV4,
    facts=FACTS,
)

CACHED = {
    "Source": token(r"\*(?!\S)") | token(rf"\S+(?={GAP}\S++{GAP}\S++[^\n]*{FIGURES})")("source"),
    "Destination": token(rf"{IPV4}(?!\S)", lambda text: f"{text}/32")("destination")
    | token(rf"\S+(?={GAP}\S++[^\n]*{FIGURES})")("destination_host"),
    "Gateway": next_hop | token(rf"\S+(?!\S)(?=[^\n]*{FIGURES})")("gateway_host"),
    "Flags": pp.Opt(token(r"[A-Za-z!#-]+")("flags")),
}
"""What every route of the cache has. Portuguese calls title and headings of it those of the table."""

IN_CACHE = rf"(?=(?:\S+{GAP}){{0,2}}{IPV4}{GAP})(?:\S+{GAP}){{3}}(?:[A-Za-z!#-]+{GAP})?"

CACHE_FACTS = [flags_by(CACHE_FLAGS), cached, cut_names, cut_interface]
CACHE_TITLES = ["Kernel IP routing cache"]

ROUTE_CACHE = Table(
    name="IPv4 routing cache",
    kind="routes",
    titles=CACHE_TITLES,
    columns={**CACHED, **MSS, **IFACE},
    constants=IS_IPV4,
    facts=CACHE_FACTS,
    alone=token(rf"(?={IN_CACHE}{MSS_FIRST})"),
)

EXTENDED_ROUTE_CACHE = Table(
    name="IPv4 routing cache",
    kind="routes",
    titles=CACHE_TITLES,
    columns={
        **CACHED,
        **USE,
        **IFACE,
        **MSS,
        "TOS": figure("tos"),
        "HHRef": figure("hh_references"),
        "HHUptod": figure("hh_up_to_date"),
        "SpecDst": token(r"\S+")("specific_destination"),
        "HH": kept,  # kernel 2.0, as the next
        "Arp": kept,
    },
    only_with={
        **dict.fromkeys(MSS, "-ee"),
        **dict.fromkeys(("TOS", "HHRef", "HHUptod", "SpecDst"), "-ee of 2.2"),
        **dict.fromkeys(("HH", "Arp"), "-ee of 2.0"),
    },
    headed=frozenset({"-ee of 2.0"}),
    constants=IS_IPV4,
    facts=CACHE_FACTS,
    alone=token(rf"(?={IN_CACHE}(?:{METRIC_FIRST}|{BOTH}))"),
)
