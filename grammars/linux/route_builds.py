"""Detect the build of netstat that printed a table of IPv4 routes."""

from netstat_parse.grammar import Columns, Section


def detect_toybox(_columns: Columns, section: Section) -> None:
    """Set the tool of the snapshot to toybox, which alone prints tabs in its headings."""
    if "\t" in section.header:
        section.snapshot["tool"] = "toybox"
