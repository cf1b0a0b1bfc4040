"""Facts of multicast groups."""

from netstat_parse.grammar import Columns, Section

NONSENSE = "no multicast group: from the second round of -c on, netstat misreads the kernel's table"


def set_family(columns: Columns, section: Section) -> None:
    """Set the family of each group that is an address, and warn of addresses that are no group."""
    columns["family"] = [
        "ipv6" if group.startswith("ff") and ":" in group else "ipv4" if group.replace(".", "").isdigit() else None
        for group in columns["group"]
    ]
    for row, group in enumerate(columns["group"]):
        if columns["family"][row] is None and ":" in group:
            section.note(row, "untrustworthy", NONSENSE)
