"""Which counters ``netstat -s`` prints, and their values."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from netstat_parse import Counter

from . import kernel
from .captures import Build, Capture, Command

OPTION_OF = {
    "Ip": "w", "Icmp": "w", "Tcp": "t", "Udp": "u", "TcpExt": "t",
    "Ip6": "w", "Icmp6": "w", "Udp6": "u",
}  # fmt: skip
"""The option that asks for each table. All other tables come with every option."""

TABLES6 = ["UdpLite6", "Icmp6", "Udp6", "Ip6"]
CONSTANT_COUNTERS = {"Ip.DefaultTTL", "Ip.Forwarding", "Tcp.RtoAlgorithm", "Tcp.RtoMin", "Tcp.RtoMax", "Tcp.MaxConn"}
"""Constants, which a build prints only by mistake: ``Forwarding: 2`` of those between 2015 and 2.10."""

PROTOCOL_AND_FAMILY = {
    "Ip": ("ip", "ipv4"), "Ip6": ("ip", "ipv6"), "Icmp": ("icmp", "ipv4"), "Icmp6": ("icmp", "ipv6"),
    "Tcp": ("tcp", None), "Udp": ("udp", "ipv4"), "Udp6": ("udp", "ipv6"),
    "UdpLite": ("udplite", "ipv4"), "UdpLite6": ("udplite", "ipv6"),
}  # fmt: skip
"""Protocol and family of the tables that have a MIB; the others go by the kernel's name."""


def read_kernel_counters(folder: Path) -> dict[str, int]:
    """Every counter of snmp, netstat and snmp6 as ``Table.Name``."""
    found: dict[str, int] = {}
    for file in ("snmp", "netstat"):
        for table, counters, _ in kernel.read_counter_tables(folder / file):
            found |= {f"{table}.{name}": value for name, value in counters.items()}
    return found | {split_ipv6_name(name): value for name, value in kernel.read_snmp6(folder / "snmp6").items()}


def split_ipv6_name(name: str) -> str:
    """``Ip6InReceives`` as ``Ip6.InReceives``."""
    table = next(table for table in TABLES6 if name.startswith(table))
    return f"{table}.{name.removeprefix(table)}"


def max_line_bytes(build: Build) -> int | None:
    """Return the longest line of a kernel table that the build can read; it stops at a longer one."""
    if build.is_unpatched_160 or build.is_any("RHEL 5"):
        return 1023
    return 2047 if build.is_any("RHEL 6", "RHEL 7", "Debian 8") else None


def printed_tables(capture: Capture, command: Command) -> Iterator[str]:
    """The tables that are printed."""
    asked = {letter for letter in "tuw" if command.has_option(letter)}
    if not asked and (command.has_option("U") or command.has_option("S")):
        asked = {"nothing of the known"}

    def wanted(table: str) -> bool:
        return not asked or OPTION_OF.get(table, "") in asked or table not in OPTION_OF

    if "inet6" in command.families:
        yield from filter(wanted, TABLES6)
        if wanted("Tcp"):
            yield "Tcp"
        return
    limit = max_line_bytes(capture.build)
    for file in ("snmp", "netstat"):
        for table, _, length in kernel.read_counter_tables(capture.truth / file):
            if limit and length > limit:
                break
            if wanted(table):
                yield table


def required_counters(capture: Capture, command: Command) -> dict[str, int]:
    """The counters that cannot be left out: all of the tables printed that are not zero."""
    printed = set(printed_tables(capture, command))
    return {
        name: value
        for name, value in read_kernel_counters(capture.truth).items()
        if value and name.partition(".")[0] in printed and name not in CONSTANT_COUNTERS
    }


def allowed_counters(capture: Capture, command: Command) -> dict[str, int]:
    """Those, the constants, and whatever is zero: some labels print always."""
    printed = set(printed_tables(capture, command))
    counters = read_kernel_counters(capture.truth)
    return {name: value for name, value in counters.items() if name.partition(".")[0] in printed}


def find_differences(capture: Capture, command: Command, counters: list[Counter]) -> list[str]:
    """Describe each counter that is missing, doubled or wrong."""
    allowed = allowed_counters(capture, command)
    names = [counter.kernel_name for counter in counters]
    found = [f"{name} is missing" for name in required_counters(capture, command) if name not in names]
    found += [
        f"{name} is there {names.count(name)} times" for name in sorted({str(n) for n in names if names.count(n) > 1})
    ]
    for counter in counters:
        if counter.kernel_name not in allowed:
            found.append(f"the kernel has no {counter.kernel_name}, or it should not be printed: {counter!r}")
        else:
            found += find_wrong_fields(counter, allowed[counter.kernel_name], capture.build)
    return found


def find_wrong_fields(counter: Counter, value: int, build: Build) -> list[str]:
    found = []
    if not is_same_value(counter, value, build):
        found.append(f"{counter.kernel_name} is {counter.value}, not {value}")
    table = str(counter.kernel_name).partition(".")[0]
    group = PROTOCOL_AND_FAMILY.get(table, (table.lower(), counter.family))
    if (counter.protocol, counter.family) != group:
        found.append(f"{counter.kernel_name} is of {counter.protocol} {counter.family}, not of {group}")
    if counter.known is False:
        found.append(f"{counter.kernel_name} is called unknown")
    return found


def is_same_value(counter: Counter, value: int, build: Build) -> bool:
    if counter.kernel_name == "Ip.Forwarding" and counter.value is None:
        return bool(counter.text == str(value))  # a word in other versions, so that it may be kept as text
    if counter.value is None:
        return False
    if build.is_unpatched_160 or build.is_any("RHEL 5"):
        return bool((counter.value - value) % 2**32 == 0)  # printed in 32 bits, with or without a sign
    return bool(counter.value == value)


def count_printed_counters(data: bytes) -> int:
    """Count the lines of a capture that hold a counter: indented, with a figure."""
    return len(re.findall(rb"(?m)^ {4}.*[0-9].*$", data))
