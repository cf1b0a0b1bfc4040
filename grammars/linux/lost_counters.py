"""Detect netstats that print 0 for counters of interfaces that they have lost.

The first fix of CVE-2025-46836 (Debian's 2.10-0.1+deb12u1) prints 0 for every counter. The second one (deb12u2, and
net-tools' git of 2026) does so only for interfaces whose name has 15 bytes.
"""

from netstat_parse.grammar import Columns, Section

COUNTERS = [
    f"{way}_{counter}"
    for way in ("in", "out")
    for counter in ("packets", "octets", "errors", "discards", "overruns", "frame_errors", "carrier_errors")
]

MAX_NAME_BYTES = 15
"""Bytes of the longest name that an interface can have."""

ZERO_FOR_LONG_NAME = "all counters are 0, as some netstats print for any name of 15 bytes"

ALL_ZERO = "all counters so far are 0, as a netstat prints that fails to read them"


class Zeros:
    """Counters of the interfaces so far."""

    any_count: bool = False
    """True if a counter was not 0."""
    silent_loopback: bool = False
    """True if a running loopback has no packets."""
    silent_network: bool = False
    """True if a running network has no packets."""
    is_reported: bool = False


def report_lost_counters(columns: Columns, section: Section) -> None:
    """Report interfaces whose counters are 0, if that is likely to be wrong."""
    printed = [columns[name] for name in COUNTERS if name in columns]
    flags = columns.get("flags") or [[] for _ in columns["name"]]
    for row, counters in enumerate(zip(*printed, strict=True)):
        if all(counter is None for counter in counters):
            continue
        is_zero = not any(counters)
        if is_zero and len(columns["name"][row].encode(errors="replace")) == MAX_NAME_BYTES:
            section.note(row, "counters-lost", ZERO_FOR_LONG_NAME)
        elif _are_lost(set(flags[row]), section.state(Zeros), is_zero=is_zero):
            section.note(row, "all-counters-lost", ALL_ZERO)


def _are_lost(flags: set[str], seen: Zeros, *, is_zero: bool) -> bool:
    """Return whether this row, for the first time, makes it likely that all counters were lost."""
    seen.any_count = seen.any_count or not is_zero
    if is_zero and {"up", "running", "loopback"} <= flags:
        seen.silent_loopback = True
    elif is_zero and {"up", "running", "broadcast"} <= flags and "noarp" not in flags:
        seen.silent_network = True
    if seen.any_count or seen.is_reported or not (seen.silent_loopback and seen.silent_network):
        return False
    seen.is_reported = True
    return True
