"""Detect the build of netstat that printed a table of IPv4 routes, and the names that it cut."""

from netstat_parse.grammar import Columns, Section, mark_truncated

HOST_BYTES = 15
"""Bytes of a host name in the IPv4 tables."""

INTERFACE_BYTES = 6
"""Bytes of an interface's name if -ee prints columns behind it."""


def detect_toybox(_columns: Columns, section: Section) -> None:
    """Set the tool of the snapshot to toybox, which alone prints tabs in its headings."""
    if "\t" in section.header:
        section.snapshot["tool"] = "toybox"


def mark_cut_hosts(columns: Columns, _section: Section) -> None:
    """Mark host names that fill their column."""
    for field in ("destination_host", "gateway_host"):
        if field in columns:
            mark_truncated(columns, field, [len((name or "").encode()) == HOST_BYTES for name in columns[field]])


def mark_cut_interfaces(columns: Columns, _section: Section) -> None:
    """Mark interfaces that -ee may have cut, perhaps inside a character."""
    if "mss" in columns and "interface" in columns:
        names = [name or "" for name in columns["interface"]]
        is_cut = [len(name.encode()) == INTERFACE_BYTES or name.endswith("\ufffd") for name in names]
        mark_truncated(columns, "interface", is_cut)
