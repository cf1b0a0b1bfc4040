"""Flags of routes: the letters that netstat prints, and their names."""

import re
from collections.abc import Callable, Mapping

from netstat_parse.grammar import Columns, Fact, Section, get_column
from netstat_parse.precompiled import compile_pattern

IPV4_FLAGS = {
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
"""Letters of IPv4 routes, with their RTF_ names. One more, ``c``, may be either of two."""

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
"""Letters of the IPv4 routing cache, with their RTF_ and RTCF_ names."""

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
"""Letters of IPv6 routes. D, A, m and n differ from IPv4."""

NEIGHBOUR_FLAGS = {"R": "router", "P": "proxy"}
"""Letters of IPv6 neighbours."""

_LETTER = compile_pattern(r"N[sd]|.")


def name_route_flags(letters: Mapping[str, str]) -> Fact:
    """Return a fact that replaces the letters of the column ``flags`` by names; unknown letters stay as they are."""

    def names(text: str) -> list[str]:
        return list(dict.fromkeys(letters.get(letter, letter) for letter in _LETTER.findall(text)))

    return _replace_flags(names)


def _replace_flags(names: Callable[[str], list[str]]) -> Fact:
    def fact(columns: Columns, _section: Section) -> None:
        texts = get_column(columns, "flags")
        known = {text: names(text or "") for text in set(texts)}
        columns["flags"] = [known[text] for text in texts]

    return fact


def _ipv4_names(text: str) -> list[str]:
    """Name the flags of IPv4: ``c`` is addrconf before o, e and another c, and cache behind them; alone it stays."""
    names = []
    for at, letter in enumerate(text):
        if letter != "c":
            names.append(IPV4_FLAGS.get(letter, letter))
        elif re.search("[oec]", text[at + 1 :]):
            names.append("addrconf")
        else:
            names.append("cache" if re.search("[oec]", text[:at]) else "c")
    return names


name_ipv4_flags = _replace_flags(_ipv4_names)
name_ddp_flags = name_route_flags(IPV4_FLAGS)
name_cache_flags = name_route_flags(CACHE_FLAGS)
name_ipv6_flags = name_route_flags(IPV6_FLAGS)
name_neighbour_flags = name_route_flags(NEIGHBOUR_FLAGS)
