"""IPv6 routes: ``netstat -6r`` and ``route -6``, which -e does not change; and the neighbours, ``netstat -6rC``.

The next hop of a route without one is ``::``, or ``[::]`` without -n. net-tools 2.10 prints with -rn6::

    Kernel IPv6 routing table
    Destination                    Next Hop                   Flag Met Ref  Use If
    2001:db8:3::/48                fe80::2                    UG   1024 1      0 eth0
    2001:db8:aaaa:bbbb:cccc:dddd:eeee:1/128 2001:db8::1111:2222:3333:4444 UGH  1024 2      0 eth0

Before 2.10, from 2002 on, no blank was between Ref and Use (`routes6_glued`). 1.60 and every busybox have wider columns,
and 1.60 prints the uses below Ref and the references below Use (`routes6_swapped`)::

    Destination                                 Next Hop                                Flags Metric Ref    Use Iface
    2001:db8::/64                               ::                                      U     256    0       10 eth0

Kernel 2.2 lists its neighbours in place of a cache, with a prefix length of 0::

    Kernel IPv6 Neighbour Cache
    Neighbour                                   HW Address        Iface    Flags Ref State            Stale(sec) Delete(sec)
    fe80::200:ff:fe00:2/0                       02:00:00:00:00:02 eth0     R     1   REACHABLE        61         *
"""

import pyparsing as pp

from netstat_parse.grammar import Table
from netstat_parse.tokens import END, GAP, INTERFACE, IPV4, IPV6, canonical_ipv6, mac, signed, token

from .route6_facts import canonical_prefix, host_prefix, restore_compatible, split_host, split_references_and_uses
from .route_facts import set_type_and_link
from .route_flags import name_ipv6_flags, name_neighbour_flags
from .routes6_glued import references, uses
from .routes6_swapped import SwappedTable, order_references_and_uses

FLAGS_FOLLOW = rf"(?={GAP}[A-Za-z!]+{GAP}-?\d)"


network = token(rf"(?:{IPV6}|\[::\]|\*|default)/\d{{1,3}}(?!\S)|(?:\*|default)(?!\S)", canonical_prefix)
compatible_network = token(rf"{IPV4}/\d{{1,3}}(?!\S)")
"""A network of IPv4-compatible addresses (RFC 4291), printed without the colons: ``0.0.0.0/96`` for ``::/96``."""

named_network = token(rf"\S+/\d{{1,3}}(?={GAP}\S+{FLAGS_FOLLOW})")
no_gateway = token(r"(?:::|\[::\]|\*)(?!\S)")
gateway = token(rf"{IPV6}(?!\S)", canonical_ipv6)
gateway_host = token(rf"\S+{FLAGS_FOLLOW}")
flags = token(r"[A-Za-z!]+")
interface = token(INTERFACE)

FIRST_COLUMNS = {
    "Destination": network("destination") | compatible_network("compatible") | named_network("name"),
    "Next Hop": no_gateway | gateway("gateway") | gateway_host("gateway_host"),
}
IS_IPV6 = {"family": "ipv6"}

COLUMNS = {
    **FIRST_COLUMNS,
    "Flag": flags("flags"),
    "Met": signed("metric"),
    "Ref": references,
    "Use": uses,
    "If": interface("interface"),
}
SAMPLE = ["::/0", "::", "U", "0", "0", "0", "lo"]
FACTS = [
    name_ipv6_flags,
    restore_compatible,
    split_host,
    set_type_and_link,  # reads the names of the flags
]

# Without headings, the widths of the numbers identify the table: Met is printed as "%-3d ", Use as "%6d".

PADDED_METRIC = r"(?:\S {3}|\S\S {2}|\S{3,} )"
PADDED_USES = r"(?: {5,6}\d| {4,5}\d\d| {3,4}\d{3}| {2,3}\d{4}| {1,2}\d{5}| \d{6,})"
REFERENCES_AND_USES = rf"(?:\d+(?= {{1,6}}\d){PADDED_USES}|\d{{7,}})"

ROUTES6 = Table(
    name="IPv6 routes",
    kind="routes",
    titles=["Kernel IPv6 routing table"],
    columns=COLUMNS,
    sample=SAMPLE,
    constants=IS_IPV6,
    repairs=[split_references_and_uses],
    facts=FACTS,
    tool="net-tools",
    shape=token(rf"(?=\S+/\d+{GAP}\S+{GAP}[A-Za-z!]+{GAP}{PADDED_METRIC}{REFERENCES_AND_USES}{GAP}\S+{END})"),
)

ROUTE6_CACHE = Table(
    name="IPv6 routing cache",
    kind="routes",
    titles=["Kernel IPv6 routing cache"],
    columns=COLUMNS,
    sample=SAMPLE,
    constants=IS_IPV6,
    repairs=[split_references_and_uses],
    facts=FACTS,
    tool="net-tools",
    by_shape=False,
)

OLD_ROUTES6 = SwappedTable(
    name="IPv6 routes",
    kind="routes",
    titles=["Kernel IPv6 routing table"],
    columns={
        **FIRST_COLUMNS,
        "Flags": flags("flags"),
        "Metric": signed("metric"),
        "Ref": signed("references"),
        "Use": signed("uses"),
        "Iface": interface("interface"),
    },
    sample=SAMPLE,
    constants=IS_IPV6,
    repairs=[order_references_and_uses],
    facts=FACTS,
)

neighbour = token(rf"{IPV6}/\d{{1,3}}(?!\S)", host_prefix)
named_neighbour = token(rf"\S+/\d{{1,3}}(?={GAP}[0-9A-Fa-f]{{2}}:)")
hardware_address = token(r"[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2})+(?!\S)", mac)

NEIGHBOURS = Table(
    name="IPv6 neighbours",
    kind="routes",
    titles=["Kernel IPv6 Neighbour Cache"],
    columns={
        "Neighbour": neighbour("destination") | named_neighbour("name"),
        "HW Address": hardware_address("physical_address"),
        "Iface": interface("interface"),
        "Flags": pp.Opt(token(r"[A-Z]+(?!\S)")("flags")),
        "Ref": signed("references"),
        "State": token(r"\S+")("state_text"),
        "Stale(sec)": signed("stale_seconds"),
        "Delete(sec)": token(r"\*(?!\S)") | signed("delete_seconds"),
    },
    only_with={"Stale(sec)": "-e", "Delete(sec)": "-e"},
    constants={"family": "ipv6", "on_link": True},
    facts=[name_neighbour_flags, split_host],
    tool="net-tools",
)
