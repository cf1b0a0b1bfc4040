"""Multicast groups: ``netstat -g``.

One table for both families, IPv4 first. net-tools 2.10 prints::

    IPv6/IPv4 Group Memberships
    Interface       RefCnt Group
    --------------- ------ ---------------------
    lo              1      224.0.0.1
    eth0            3      ff02::1:ff00:1

Before 2.10, IPv4 rows have no more than ten bytes of an interface's name. From the second round of -c on, lines of IPv4
are taken for such of IPv6: ``E0`` is then no interface, and ``0:1::100:0`` no group.
"""

from dataclasses import dataclass

from netstat_parse.grammar import Columns, Section, Table
from netstat_parse.tokens import GAP, IPV6, canonical_ipv6, integer, token, word

from .route_facts import net_tools

GROUP = r"(?:2(?:2[4-9]|3\d)(?:\.\d{1,3}){3}|ff[0-9a-f]{0,2}:[0-9a-f:.]*)"


NAME_CUT_AT = 10
"""Bytes of an interface's name."""

CUT = f"before 2.10, netstat has no more than {NAME_CUT_AT} bytes of an interface's name here: more than one may be called so"
NONSENSE = "no multicast group: from the second round of -c on, netstat misreads the kernel's table"


def family(columns: Columns, _section: Section) -> None:
    """The family, as the address tells."""
    columns["family"] = [
        "ipv6" if group.startswith("ff") and ":" in group else "ipv4" if group.replace(".", "").isdigit() else None
        for group in columns["group"]
    ]


@dataclass
class Reported:
    """Diagnostics that come once a table."""

    cut_name: bool = False


def doubts(columns: Columns, section: Section) -> None:
    """What netstat gets wrong."""
    rows = zip(columns["family"], columns["interface"], columns["group"], strict=True)
    for row, (family_, interface, group) in enumerate(rows):
        if family_ is None and ":" in group:
            section.note(row, "untrustworthy", NONSENSE)
        elif family_ == "ipv4" and len(interface.encode()) == NAME_CUT_AT and not section.state(Reported).cut_name:
            section.state(Reported).cut_name = True
            section.note(row, "untrustworthy", CUT)


GROUPS = Table(
    name="multicast groups",
    kind="multicast_groups",
    titles=["IPv6/IPv4 Group Memberships", "IPv4 Group Memberships"],
    columns={
        "Interface": word("interface"),
        "RefCnt": integer("ref_count"),
        "Group": token(rf"{IPV6}(?!\S)", canonical_ipv6)("group") | word("group"),  # a name without -n, never cut
    },
    facts=[family, doubts, net_tools],
    alone=token(rf"(?=\S+{GAP}\d+{GAP}{GROUP}\s*(?:\n|\Z))"),
)
