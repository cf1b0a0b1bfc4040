"""Names of counters: from the Linux kernel's table and name to the protocol, family and name of the schema.

The kernel's name, ``Ip6.InReceives``, identifies a counter on every system. The schema's words follow from it::

    >>> counted("Ip6.InReceives")
    Counted(protocol='ip', family='ipv6', name='in_receives')
    >>> counted("TcpExt.TCPTimeouts")
    Counted(protocol='tcpext', family=None, name='TCPTimeouts')

The same object has the same protocol and name for both families; where their MIBs differ, IPv4's name holds::

    >>> counted("Icmp6.InEchoReplies")
    Counted(protocol='icmp', family='ipv6', name='in_echo_reps')
"""

from typing import NamedTuple

from netstat_parse.precompiled import compile_pattern
from netstat_parse.text_cache import cache_short_texts

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
"""The kernel's tables of MIB objects, with protocol and family.

The counters of any other table are the kernel's own, and keep its spelling. ``IpExt.InOctets`` is one of them, although
``Ip6.InOctets`` counts the same for IPv6: the kernel does not print it among the MIB objects of ``Ip``.
"""

ONE_FAMILY = {"IpExt": "ipv4", "IcmpMsg": "ipv4"}
"""The kernel's own tables that cover one family."""

IPV4_NAMES = {
    "Ip6.OutForwDatagrams": "ForwDatagrams",
    "Icmp6.InParmProblems": "InParmProbs",
    "Icmp6.OutParmProblems": "OutParmProbs",
    "Icmp6.InEchoReplies": "InEchoReps",
    "Icmp6.OutEchoReplies": "OutEchoReps",
}
"""Objects of IPv6 that IPv4 has under another name, with that name; all others have the same name or no counterpart.

Each pair is ipv6IfStats... of RFC 2465 or ipv6IfIcmp... of RFC 2466, with ip... or icmp... of RFC 2011. The kernel
prints both of the first pair from one counter, IPSTATS_MIB_OUTFORWDATAGRAMS; those of ICMP count the same messages (RFC
792, RFC 4443). Messages that only one family has stay apart: Packet Too Big, neighbor discovery, multicast listeners,
source quench, timestamps. Types by number (``InType3``) differ in meaning between the families.
"""

_WORD = compile_pattern(r"[A-Z]+v\d+|[A-Z]+s(?![a-z])|[A-Z]+\d*(?![a-z])|[A-Z]?[a-z]+\d*|\d+")
"""A word of a kernel's name: `In`, `OKs`, `ECT0`, `MLDv2`."""


class Counted(NamedTuple):
    """A counter in the words of the schema."""

    protocol: str
    family: str | None
    name: str


@cache_short_texts
def counted(kernel_name: str) -> Counted:
    """Return protocol, family and name for the kernel's table and name."""
    table, _, name = kernel_name.partition(".")
    if table in GROUPS:
        return Counted(*GROUPS[table], snake_case(IPV4_NAMES.get(kernel_name, name)))
    return Counted(table.lower(), ONE_FAMILY.get(table), name)


def snake_case(name: str) -> str:
    """Rewrite a kernel's name as the schema spells it: `InPktTooBigs` becomes `in_pkt_too_bigs`."""
    return "_".join(_WORD.findall(name)).lower()
