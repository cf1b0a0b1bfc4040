"""What follows from the columns of routes: where one leads, what its flags mean, what netstat has cut."""

import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

from netstat_parse.grammar import Columns, Fact, Section

NAME_CUT_AT = 15
"""Bytes of a name in the IPv4 tables."""

INTERFACE_CUT_AT = 6
"""Bytes of an interface's name where -ee prints figures behind it."""

FLAGS = {
    "U": "up",
    "!": "reject",
    "G": "gateway",
    "H": "host",
    "R": "reinstate",
    "D": "dynamic",
    "M": "modified",
    "d": "default",
    "a": "allonlink",
    "o": "nonexthop",
    "e": "expires",
    "f": "flow",
    "p": "policy",
    "l": "local",
    "u": "mtu",
    "w": "window",
    "i": "irtt",
    "n": "notcached",
}
"""Letters of IPv4 routes as their RTF_ names. One more, ``c``, is either of two."""

CACHE_FLAGS = {
    "G": "gateway",
    "!": "reject",
    "R": "reinstate",
    "D": "dynamic",
    "M": "modified",
    "H": "host",
    "-": "dead",
    "o": "onlink",
    "n": "notify",
    "d": "directdst",
    "t": "tproxy",
    "f": "fast",
    "q": "seq",
    "Ns": "snat",
    "r": "doredirect",
    "i": "directsrc",
    "Nd": "dnat",
    "b": "broadcast",
    "m": "multicast",
    "#": "reject",
    "l": "local",
}
"""Letters of the IPv4 routing cache as their RTF_ and RTCF_ names."""

IPV6_FLAGS = {
    "U": "up",
    "!": "reject",
    "G": "gateway",
    "H": "host",
    "D": "default",
    "A": "addrconf",
    "C": "cache",
    "a": "allonlink",
    "e": "expires",
    "m": "modified",
    "n": "nonexthop",
    "f": "flow",
}
"""Letters of IPv6 routes; D, A, m and n have another meaning than in IPv4."""

_LETTER = re.compile(r"N[sd]|.")


def flags_by(letters: Mapping[str, str]) -> Fact:
    """A fact: the words for a column of flags, where there is one; a letter that nobody knows stays."""

    def words(text: str) -> list[str]:
        return list(dict.fromkeys(letters.get(letter, letter) for letter in _LETTER.findall(text)))

    return lambda columns, _section: _put_flags(columns, words)


def ipv4_flags(columns: Columns, _section: Section) -> None:
    """The words for the flags of IPv4 routes."""
    _put_flags(columns, _ipv4_words)


def _put_flags(columns: Columns, words: Callable[[str], list[str]]) -> None:
    texts = column(columns, "flags")
    known = {text: words(text or "") for text in set(texts)}
    columns["flags"] = [known[text] for text in texts]


def _ipv4_words(text: str) -> list[str]:
    """``c`` is addrconf before o, e and another c, and cache behind them; alone it may be either, and stays."""
    words = []
    for at, letter in enumerate(text):
        if letter != "c":
            words.append(FLAGS.get(letter, letter))
        elif re.search("[oec]", text[at + 1 :]):
            words.append("addrconf")
        else:
            words.append("cache" if re.search("[oec]", text[:at]) else "c")
    return words


def column(columns: Columns, name: str) -> list[Any]:
    """The values of a column, printed or not."""
    return columns.get(name) or [None] * len(next(iter(columns.values())))


def flag(columns: Columns, field: str, rows: list[bool]) -> None:
    """Flag a field as cut in these rows."""
    if any(rows):
        flags = columns.get("truncated") or [[] for _ in rows]
        columns["truncated"] = [[*fields, field] if cut else fields for fields, cut in zip(flags, rows, strict=True)]


@lru_cache(maxsize=4096)
def prefix_length(mask: str) -> str:
    """The length of a network's prefix; the mask itself where its ones have gaps, which no length can say."""
    bits = "".join(f"{int(octet):08b}" for octet in mask.split("."))
    return str(bits.count("1")) if len(bits) == 32 and "01" not in bits else mask  # noqa: PLR2004 - bits of IPv4


def ipv4_destination(columns: Columns, _section: Section) -> None:
    """The destination as a prefix; of a name's, the mask is kept beside it."""
    networks, hosts, masks = columns.pop("network", None), columns.get("destination_host"), columns.pop("mask")
    if networks is not None:
        columns["destination"] = [
            None if network is None else f"{network}/{prefix_length(mask)}"
            for network, mask in zip(networks, masks, strict=True)
        ]
    if hosts is not None:
        extra = columns.get("extra") or [{} for _ in hosts]
        columns["extra"] = [
            others if host is None else {**others, "Genmask": mask}
            for others, host, mask in zip(extra, hosts, masks, strict=True)
        ]


def reach(columns: Columns, _section: Section) -> None:
    """What becomes of a packet, and whether it needs a next hop.

    ``blackhole`` and ``throw`` look like any route, but IPv4 prints no interface for them. IPv6 lists the machine's own
    addresses and multicast, and the flags do not tell these apart from others of their kind: they have no type.
    """
    gateways, hosts = column(columns, "gateway"), column(columns, "gateway_host")
    interfaces, destinations = column(columns, "interface"), column(columns, "destination")
    types: list[str | None] = []
    on_link: list[bool | None] = []
    rows = zip(columns["flags"], gateways, hosts, interfaces, destinations, strict=True)
    for flags, gateway, host, interface, destination in rows:
        rejects = "reject" in flags
        nowhere = rejects or interface is None
        special = nowhere or "nonexthop" in flags or (destination or "").startswith("ff")
        types.append("reject" if rejects else "unicast" if "up" in flags and not special else None)
        on_link.append(None if nowhere else not (gateway or host or "gateway" in flags))
    columns["type"] = types
    columns["on_link"] = on_link


def cached(columns: Columns, _section: Section) -> None:
    """A route of the cache leads to one host, which is its own next hop where it is on the link."""
    gateways, hosts = column(columns, "gateway"), column(columns, "gateway_host")
    same = [
        (gateway is not None and destination == f"{gateway}/32") or (host is not None and name == host)
        for destination, gateway, name, host in zip(
            column(columns, "destination"), gateways, column(columns, "destination_host"), hosts, strict=True
        )
    ]
    columns["gateway"] = [None if own else gateway for own, gateway in zip(same, gateways, strict=True)]
    columns["gateway_host"] = [None if own else host for own, host in zip(same, hosts, strict=True)]
    columns["on_link"] = [
        None if "reject" in words else own or not (gateway or host)
        for own, words, gateway, host in zip(same, columns["flags"], gateways, hosts, strict=True)
    ]
    kinds = ("reject", "broadcast", "multicast", "local")
    columns["type"] = [next((kind for kind in kinds if kind in words), "unicast") for words in columns["flags"]]


def cut_names(columns: Columns, _section: Section) -> None:
    """A name that fills its column, at whose width it is cut."""
    for field in ("destination_host", "gateway_host"):
        if field in columns:
            flag(columns, field, [len((name or "").encode()) == NAME_CUT_AT for name in columns[field]])


def cut_interface(columns: Columns, _section: Section) -> None:
    """An interface's name that -ee may have cut, and perhaps in the middle of a character."""
    if "mss" in columns and "interface" in columns:
        names = [name or "" for name in columns["interface"]]
        flag(columns, "interface", [len(n.encode()) == INTERFACE_CUT_AT or n.endswith("\ufffd") for n in names])


def toybox(_columns: Columns, section: Section) -> None:
    """Only toybox prints tabs into its heading."""
    if "\t" in section.header:
        section.snapshot["tool"] = "toybox"


def net_tools(_columns: Columns, section: Section) -> None:
    """A table that busybox and toybox do not have."""
    section.snapshot["tool"] = "net-tools"
