"""The multicast groups that ``netstat -g`` lists."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from . import kernel
from .captures import Capture, Command
from .compare import Row, decoded_text, find_differences

MAX_NAME_BYTES = 10
"""Bytes of an interface's name that net-tools before 2.10 reads from igmp; from igmp6 it reads all."""


def expected_groups(capture: Capture, command: Command, *, exact: bool) -> list[Row]:
    """Return a row for each group of each interface, of the selected families."""
    families = command.families & {"inet", "inet6"}
    listed = []
    for family, interface, users, group in kernel.read_groups(capture.truth):
        if not families or ("inet6" if family == "ipv6" else "inet") in families:
            name = interface.encode("utf-8", "surrogateescape")
            if family == "ipv4" and not capture.build.is_any("2.10", "git of 2026"):
                name = name[:MAX_NAME_BYTES]
            interface_name = decoded_text(name, exact=exact)
            listed.append({"family": family, "interface": interface_name, "ref_count": users, "group": group})
    return listed


def find_repeated_differences(listed: list[Row], records: list[Any]) -> list[str]:
    """Describe the differences where -c repeated the rows; each repetition is a snapshot.

    From the second repetition on, netstat reads the lines of igmp as lines of igmp6 and prints wrong rows
    (``E0  0  0:1::100:0``): only the rows of IPv6 are compared there.
    """
    snapshots = [list(found) for _, found in groupby(records, key=lambda record: record.snapshot)]
    if len(snapshots) < 2:
        return [f"{len(snapshots)} snapshots"]
    missing = find_differences(listed, snapshots[0])
    for found in snapshots[1:]:
        again = find_differences([row for row in listed if row["family"] == "ipv6"], found)
        missing += [line for line in again if not line.startswith("nothing in the kernel for")]
    return missing
