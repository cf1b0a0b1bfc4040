"""Masqueraded connections of kernels 2.0 and 2.2: ``netstat -M``, with -e and -n.

net-tools 2.10 prints with -Me::

    IP masquerading entries
    prot   expire    initseq delta prevd source               destination          ports
    tcp  14:59.99          0     0     0 10.0.0.2             203.0.113.7          2748 -> http (61000)
    udp   0:01.23       4660    -5    12 10.0.0.3             203.0.113.8          domain -> domain (61001)
    icmp  0:59.99          0     0     0 10.0.0.4             203.0.113.9          8 -> * (61002)
"""

import pyparsing as pp

from netstat_parse.grammar import PORT, Table
from netstat_parse.tokens import IPV4, glued, integer, signed, token

from .conversions import read_seconds


def host(side: str) -> pp.ParserElement:
    """Return the expression for an address or a name, which is never cut."""
    return token(rf"{IPV4}(?!\S)")(f"{side}_address") | token(r"\S+")(f"{side}_host")


def port(side: str) -> pp.ParserElement:
    """Return the expression for a port or its name; icmp has the type of its message and ``*``."""
    none = token(r"\*(?!\S)")
    return none | token(rf"{PORT}(?!\S)", int)(f"{side}_port") | token(r"\S+")(f"{side}_service")


protocol = token(r"(?:tcp|udp|icmp)(?!\S)")
duration = token(r"\d{1,10}:\d\d\.\d\d(?!\S)", read_seconds)
arrow = token(r"->")
masquerade_port = glued(token(rf"{PORT}(?=\))", int))

MASQUERADES = Table(
    name="masqueraded connections",
    kind="masquerades",
    titles=["IP masquerading entries"],
    columns={
        "prot": protocol("protocol"),
        "expire": duration("expires_seconds"),
        "initseq": integer("init_sequence"),
        "delta": signed("delta"),
        "prevd": signed("previous_delta"),
        "source": host("source"),
        "destination": host("destination"),
        "ports": port("source")
        + arrow
        + port("destination")
        + token(r"\(")
        + masquerade_port("masquerade_port")
        + glued(token(r"\)")),
    },
    only_with=dict.fromkeys(("initseq", "delta", "prevd"), "-e"),
    tool="net-tools",
)
