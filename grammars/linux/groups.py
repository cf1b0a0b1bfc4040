"""Multicast groups: ``netstat -g``.

One table for both families, IPv4 rows first. net-tools 2.10 prints::

    IPv6/IPv4 Group Memberships
    Interface       RefCnt Group
    --------------- ------ ---------------------
    lo              1      224.0.0.1
    eth0            3      ff02::1:ff00:1

From the second repetition of -c on, netstat reads lines of IPv4 as lines of IPv6: ``E0`` is then no interface, and
``0:1::100:0`` no group.
"""

from netstat_parse.grammar import Table
from netstat_parse.tokens import BLANK, END, GAP, INTERFACE, IPV6, canonical_ipv6, token

from .group_facts import set_family
from .interface_name_facts import warn_of_cut_group_interface

GROUP = r"(?:2(?:2[4-9]|3\d)(?:\.\d{1,3}){3}|ff[0-9a-f]{0,2}:[0-9a-f:.]*)"

NAME = rf"(?:(?=\S*[.-])|(?<={BLANK}{{2}}))(?=\S*[^\W\d])[\w.-]++"
"""The name of a group without -n, never cut: ``all-systems.mcast.net``. A single word is one only in its column."""


GROUPS = Table(
    name="multicast groups",
    kind="multicast_groups",
    titles=["IPv6/IPv4 Group Memberships", "IPv4 Group Memberships"],
    columns={
        "Interface": token(INTERFACE)("interface"),
        "RefCnt": token(r"\d{1,10}(?!\S)", int)("ref_count"),
        "Group": token(rf"{IPV6}(?!\S)", canonical_ipv6)("group") | token(f"(?:{GROUP}|{NAME})(?!\\S)")("group"),
    },
    facts=[
        set_family,
        warn_of_cut_group_interface,  # reads the family
    ],
    sample=["lo", "1", "224.0.0.1"],
    tool="net-tools",
    shape=token(rf"(?=\S++{GAP}\d+{GAP}{GROUP}{END})"),
)
