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
from netstat_parse.tokens import END, GAP, INTERFACE, IPV4, NETMASK, kept, signed, token

from .conversions import add_host_length, name_default
from .route_builds import detect_toybox
from .route_facts import (
    join_mask,
    mark_cut_hosts,
    mark_cut_interfaces,
    set_cached_type_and_link,
    set_type_and_link,
)
from .route_flags import name_cache_flags, name_ipv4_flags

NUMBER = r"(?:-?\d+|-)"
"""A metric or another number; net-tools prints ``-`` in a route that rejects."""

THREE_NUMBERS_FOLLOW = rf"(?:{GAP}{NUMBER}){{3}}{GAP}\S"

# Without headings, the alignment of three numbers shows which ones they are: MSS, Window and irtt are printed as
# "%5d %-5d %6d", Metric, Ref and Use as "%-6d %-2d %7d". If blanks were squeezed, nothing does: SQUEEZED_ROUTES.

MSS_FIRST = rf"(?<!\S)(?:\d{{1,5}}|-) (?:{NUMBER} {{2,}}|\d{{5,}} (?=\d{{6}})){NUMBER}{GAP}\S+{END}"
"""``    0 0          0 eth0``."""

METRIC_FIRST = rf"(?:{NUMBER} {{2,}}|-?\d{{6,}} ){NUMBER}{GAP}{NUMBER}{GAP}\S"
"""``100    0        0 eth0``."""

BOTH = rf"{NUMBER}{GAP}{NUMBER}{GAP}{NUMBER}{GAP}\S+(?:{GAP}{NUMBER}){{3}}"
"""``0      0        0 longif   1400  32767  300``."""


def number(name: str) -> pp.ParserElement:
    """Return the expression for a number, or for the ``-`` of a route that rejects."""
    return token(r"-(?!\S)") | signed(name)


network = token(rf"{IPV4}(?!\S)")
default = token(r"(?:default|\*)(?!\S)", name_default)
"""Any network that begins with 0.0.0.0, in old versions, busybox and toybox: the mask shows which one it is."""

destination_host = token(rf"\S++(?={GAP}\S++{GAP}{IPV4}{GAP}[U!])")
gateway_host = token(rf"(?!\d++(?!\S))[^\s/]++(?={GAP}{IPV4}{GAP}[U!])")
next_hop = token(r"(?:0\.0\.0\.0|[*-])(?!\S)") | token(rf"{IPV4}(?!\S)")("gateway")

mask = token(rf"{NETMASK}(?!\S)|{IPV4}(?={GAP}U)")
"""A mask with gaps needs a flag behind it: the cache has three addresses side by side, too."""

flags = token(r"[U!][A-Za-z!]*")
"""``UG``; busybox prints six letters without a blank behind them."""

interface = token(r"[*-](?!\S)") | token(INTERFACE)("interface")

METRIC_COLUMNS = {"Metric": number("metric"), "Ref": number("references"), "Use": number("uses")}
MSS_COLUMNS = {"MSS": number("mss"), "Window": number("window"), "irtt": number("irtt")}
INTERFACE_COLUMN = {"Iface": interface}

ROUTE_COLUMNS = {
    "Destination": network("network") | default("network") | destination_host("destination_host"),
    "Gateway": next_hop | gateway_host("gateway_host"),
    "Genmask": mask("mask"),
    "Flags": flags("flags"),
}
"""The first columns of every route."""

ROUTE = ["0.0.0.0", "0.0.0.0", "0.0.0.0", "U"]
"""The cells of a route in these columns."""

ROUTE_PREFIX = rf"(?:\S++{GAP}){{3}}[U!][A-Za-z!]*[^\S\n]*"

FACTS = [
    name_ipv4_flags,
    join_mask,
    set_type_and_link,  # reads the names of the flags, and the destination that join_mask makes
    mark_cut_hosts,
    mark_cut_interfaces,
    detect_toybox,
]
IS_IPV4 = {"family": "ipv4"}
TITLES = ["Kernel IP routing table"]

ROUTES = Table(
    name="IPv4 routes",
    kind="routes",
    titles=TITLES,
    columns={**ROUTE_COLUMNS, **MSS_COLUMNS, **INTERFACE_COLUMN},
    sample=[*ROUTE, "0", "0", "0", "lo"],
    constants=IS_IPV4,
    facts=FACTS,
    shape=token(rf"(?={ROUTE_PREFIX}{MSS_FIRST})"),
)

EXTENDED_ROUTES = Table(
    name="IPv4 routes",
    kind="routes",
    titles=TITLES,
    columns={**ROUTE_COLUMNS, **METRIC_COLUMNS, **INTERFACE_COLUMN, **MSS_COLUMNS},
    sample=[*ROUTE, "0", "0", "0", "lo", "0", "0", "0"],
    only_with=dict.fromkeys(MSS_COLUMNS, "-ee"),
    constants=IS_IPV4,
    facts=FACTS,
    shape=token(rf"(?={ROUTE_PREFIX}(?:{METRIC_FIRST}|{BOTH}))"),
)

SQUEEZED_ROUTES = Table(
    name="IPv4 routes",
    kind="routes",
    titles=TITLES,
    columns={
        **ROUTE_COLUMNS,
        "MSS or Metric": kept,
        "Window or Ref": kept,
        "irtt or Use": kept,
        **INTERFACE_COLUMN,
    },
    sample=[*ROUTE, "0", "0", "0", "lo"],
    constants=IS_IPV4,
    facts=FACTS,
)

cached_source = token(rf"\S++(?={GAP}\S++{GAP}\S++(?:{GAP}\S++)*?{THREE_NUMBERS_FOLLOW})")
cached_address = token(rf"{IPV4}(?!\S)", add_host_length)
cached_host = token(rf"\S++(?={GAP}\S++(?:{GAP}\S++)*?{THREE_NUMBERS_FOLLOW})")
cached_gateway_host = token(rf"\S+(?!\S)(?=[^\n]*{THREE_NUMBERS_FOLLOW})")
cached_flags = token(r"[A-Za-z!#-]+")

CACHE_COLUMNS = {
    "Source": token(r"\*(?!\S)") | cached_source("source"),
    "Destination": cached_address("destination") | cached_host("destination_host"),
    "Gateway": next_hop | cached_gateway_host("gateway_host"),
    "Flags": pp.Opt(cached_flags("flags")),
}
"""The first columns of every route of the cache. In Portuguese, the cache has the title and headings of the table."""

CACHE_PREFIX = rf"(?=(?:\S++{GAP}){{0,2}}{IPV4}{GAP})(?:\S++{GAP}){{3}}(?:[A-Za-z!#-]+{GAP})?"

CACHE_FACTS = [
    name_cache_flags,
    set_cached_type_and_link,  # reads the names of the flags; removes hosts that mark_cut_hosts must not mark
    mark_cut_hosts,
    mark_cut_interfaces,
]
CACHE_TITLES = ["Kernel IP routing cache"]

ROUTE_CACHE = Table(
    name="IPv4 routing cache",
    kind="routes",
    titles=CACHE_TITLES,
    columns={**CACHE_COLUMNS, **MSS_COLUMNS, **INTERFACE_COLUMN},
    constants=IS_IPV4,
    facts=CACHE_FACTS,
    shape=token(rf"(?={CACHE_PREFIX}{MSS_FIRST})"),
)

EXTENDED_ROUTE_CACHE = Table(
    name="IPv4 routing cache",
    kind="routes",
    titles=CACHE_TITLES,
    columns={
        **CACHE_COLUMNS,
        **METRIC_COLUMNS,
        **INTERFACE_COLUMN,
        **MSS_COLUMNS,
        "TOS": number("tos"),
        "HHRef": number("hh_references"),
        "HHUptod": number("hh_up_to_date"),
        "SpecDst": token(r"\S+")("specific_destination"),
        "HH": kept,  # kernel 2.0, as the next
        "Arp": kept,
    },
    only_with={
        **dict.fromkeys(MSS_COLUMNS, "-ee"),
        **dict.fromkeys(("TOS", "HHRef", "HHUptod", "SpecDst"), "-ee of 2.2"),
        **dict.fromkeys(("HH", "Arp"), "-ee of 2.0"),
    },
    columns_need_headings=frozenset({"-ee of 2.0"}),
    constants=IS_IPV4,
    facts=CACHE_FACTS,
    shape=token(rf"(?={CACHE_PREFIX}(?:{METRIC_FIRST}|{BOTH}))"),
)
