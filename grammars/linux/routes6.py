"""IPv6 routes: ``netstat -6r`` and ``route -6``, which -e does not change; and what -C shows of neighbours.

The next hop is ``::`` where there is none, ``[::]`` without -n. net-tools 2.10 prints with -rn6::

    Kernel IPv6 routing table
    Destination                    Next Hop                   Flag Met Ref  Use If
    2001:db8:3::/48                fe80::2                    UG   1024 1      0 eth0
    2001:db8:aaaa:bbbb:cccc:dddd:eeee:1/128 2001:db8::1111:2222:3333:4444 UGH  1024 2      0 eth0

Before, from 2002 on, no blank stood between Ref and Use. 1.60, and busybox to this day, have wider columns, and 1.60
prints the uses below Ref and the references below Use (`routes6_swapped`)::

    Destination                                 Next Hop                                Flags Metric Ref    Use Iface
    2001:db8::/64                               ::                                      U     256    0       10 eth0

Kernels of 2.2 showed their neighbours in place of a cache. Their prefix length is always 0::

    Kernel IPv6 Neighbour Cache
    Neighbour                                   HW Address        Iface    Flags Ref State            Stale(sec) Delete(sec)
    fe80::200:ff:fe00:2/0                       02:00:00:00:00:02 eth0     R     1   REACHABLE        61         *
"""

import pyparsing as pp

from netstat_parse.grammar import Columns, Section, Table
from netstat_parse.tokens import GAP, IPV6, canonical_ipv6, mac, signed, token

from .route_facts import IPV6_FLAGS, column, flags_by, net_tools, reach
from .routes6_swapped import OldTable, in_order

END = r"[^\S\n]*(?:\n|\Z)"
FLAGS_FOLLOW = rf"(?={GAP}[A-Za-z!]+{GAP}-?\d)"

GLUED = 7
"""Digits of Ref and Use together that can be divided in one way: "%-1d%6d"."""


def prefix(text: str) -> str:
    """The destination in canonical text; ``[::]/0``, ``*/0`` and ``default/0`` are ``::/0``."""
    address, _, length = text.partition("/")
    address = "::" if address in ("[::]", "*", "default") else canonical_ipv6(address)
    return f"{address}/{length or 0}"


def named_destination(columns: Columns, _section: Section) -> None:
    """A name is printed with its prefix length, which is kept."""
    printed = columns.pop("name", None)
    if printed is not None:
        columns["destination_host"] = [name and name.rpartition("/")[0] for name in printed]
        extra = columns.get("extra") or [{} for _ in printed]
        columns["extra"] = [
            {**others, "Destination": name} if name else others for others, name in zip(extra, printed, strict=True)
        ]


def glued_figures(columns: Columns, section: Section) -> None:
    """Ref and Use without a blank between: Use has six digits at the least, so that seven are plain."""
    glued = columns.pop("glued", None)
    if glued is None:
        return
    columns["references"] = [
        int(text[0]) if text and len(text) == GLUED else value
        for text, value in zip(glued, column(columns, "references"), strict=True)
    ]
    columns["uses"] = [
        int(text[1:]) if text and len(text) == GLUED else value
        for text, value in zip(glued, column(columns, "uses"), strict=True)
    ]
    unclear = {row: text for row, text in enumerate(glued) if text and len(text) > GLUED}
    if unclear:
        extra = columns.get("extra") or [{} for _ in glued]
        columns["extra"] = [
            {**others, "Ref Use": unclear[row]} if row in unclear else others for row, others in enumerate(extra)
        ]
    for row, text in unclear.items():
        section.note(row, "untrustworthy", f"Ref and Use run together: nothing tells where {text} is to be divided")


ends_of_route = {
    "Destination": token(rf"(?:{IPV6}|\[::\]|\*|default)/\d{{1,3}}(?!\S)|(?:\*|default)(?!\S)", prefix)("destination")
    | token(rf"\S+/\d{{1,3}}(?={GAP}\S+{FLAGS_FOLLOW})")("name"),
    "Next Hop": token(r"(?:::|\[::\]|\*)(?!\S)")
    | token(rf"{IPV6}(?!\S)", canonical_ipv6)("gateway")
    | token(rf"\S+{FLAGS_FOLLOW}")("gateway_host"),
}
flag_words = flags_by(IPV6_FLAGS)
flags = token(r"[A-Za-z!]+")("flags")
interface = token(r"\S+")("interface")

IS_IPV6 = {"family": "ipv6"}

NEW = {
    **ends_of_route,
    "Flag": flags,
    "Met": signed("metric"),
    "Ref": token(rf"\d{{7,}}(?={GAP}\S+{END})")("glued") | signed("references"),
    "Use": pp.Opt(token(rf"-?\d{{1,20}}(?={GAP}\S+{END})", int)("uses")),
    "If": interface,
}

NEW_FACTS = [flag_words, glued_figures, named_destination, reach, net_tools]

ROUTES6 = Table(
    name="IPv6 routes",
    kind="routes",
    titles=["Kernel IPv6 routing table"],
    columns=NEW,
    constants=IS_IPV6,
    facts=NEW_FACTS,
    # Met is printed as "%-3d ", Use as "%6d".
    alone=token(
        rf"(?=\S+/\d+{GAP}\S+{GAP}[A-Za-z!]+{GAP}(?:\S {{3}}|\S\S {{2}}|\S{{3,}} )"
        rf"(?:\d+(?= {{1,6}}\d)(?: {{5,6}}\d| {{4,5}}\d\d| {{3,4}}\d{{3}}| {{2,3}}\d{{4}}| {{1,2}}\d{{5}}| \d{{6,}})"
        rf"|\d{{7,}}){GAP}\S+{END})"
    ),
)

ROUTE6_CACHE = Table(
    name="IPv6 routing cache",
    kind="routes",
    titles=["Kernel IPv6 routing cache"],
    columns=NEW,
    constants=IS_IPV6,
    facts=NEW_FACTS,
    by_shape=False,
)

OLD_ROUTES6 = OldTable(
    name="IPv6 routes",
    kind="routes",
    titles=["Kernel IPv6 routing table"],
    columns={
        **ends_of_route,
        "Flags": flags,
        "Metric": signed("metric"),
        "Ref": signed("references"),
        "Use": signed("uses"),
        "Iface": interface,
    },
    constants=IS_IPV6,
    facts=[flag_words, in_order, named_destination, reach],
)

NEIGHBOURS = Table(
    name="IPv6 neighbours",
    kind="routes",
    titles=["Kernel IPv6 Neighbour Cache"],
    columns={
        "Neighbour": token(rf"{IPV6}/\d{{1,3}}(?!\S)", lambda text: f"{canonical_ipv6(text.partition('/')[0])}/128")(
            "destination"
        )
        | token(rf"\S+/\d{{1,3}}(?={GAP}[0-9A-Fa-f]{{2}}:)")("name"),
        "HW Address": token(r"[0-9A-Fa-f]{2}(?::[0-9A-Fa-f]{2})+(?!\S)", mac)("physical_address"),
        "Iface": interface,
        "Flags": pp.Opt(token(r"[A-Z]+(?!\S)")("flags")),
        "Ref": signed("references"),
        "State": token(r"\S+")("state_text"),
        "Stale(sec)": signed("stale_seconds"),
        "Delete(sec)": token(r"\*(?!\S)") | signed("delete_seconds"),
    },
    only_with={"Stale(sec)": "-e", "Delete(sec)": "-e"},
    constants={"family": "ipv6", "on_link": True},
    facts=[flags_by({"R": "router", "P": "proxy"}), named_destination, net_tools],
)
