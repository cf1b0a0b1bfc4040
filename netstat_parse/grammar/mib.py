"""What a counter counts: the object of a MIB, or the counter of a kernel, by the Linux kernel's name for it.

The kernel's name, ``Ip6.InReceives``, is the one that every system's counters share; protocol, family and name follow
from it::

    >>> counted("Ip6.InReceives")
    Counted(protocol='ip', family='ipv6', name='in_receives')
    >>> counted("TcpExt.TCPTimeouts")
    Counted(protocol='tcpext', family=None, name='TCPTimeouts')
"""

import re
from functools import lru_cache
from typing import NamedTuple

GROUPS = {
    "Ip": ("ip", "ipv4"),
    "Icmp": ("icmp", "ipv4"),
    "Tcp": ("tcp", None),
    "Udp": ("udp", "ipv4"),
    "UdpLite": ("udplite", "ipv4"),
    "Sctp": ("sctp", None),
    "Ip6": ("ip", "ipv6"),
    "Icmp6": ("icmp", "ipv6"),
    "Udp6": ("udp", "ipv6"),
    "UdpLite6": ("udplite", "ipv6"),
}
"""The kernel's tables of MIB objects, with protocol and family. What stands in any other is only the kernel's."""


ONE_FAMILY = {"IpExt": "ipv4", "IcmpMsg": "ipv4"}
"""Those of the kernel's own tables that are of one family."""


_WORD = re.compile(r"[A-Z]+v\d+|[A-Z]+s(?![a-z])|[A-Z]+\d*(?![a-z])|[A-Z]?[a-z]+\d*|\d+")
"""A word of a kernel's name: `In`, `OKs`, `ECT0`, `MLDv2`."""


class Counted(NamedTuple):
    """What a counter counts, in the words of the schema."""

    protocol: str
    family: str | None
    name: str


@lru_cache(maxsize=4096)  # there are no more of them; input can invent any number
def counted(kernel_name: str) -> Counted:
    """The schema's words for the kernel's table and name."""
    table, _, name = kernel_name.partition(".")
    if table in GROUPS:
        return Counted(*GROUPS[table], snake_case(name))
    return Counted(table.lower(), ONE_FAMILY.get(table), name)


def snake_case(name: str) -> str:
    """A kernel's name as the schema writes it: `InPktTooBigs` is `in_pkt_too_bigs`."""
    return "_".join(_WORD.findall(name)).lower()
