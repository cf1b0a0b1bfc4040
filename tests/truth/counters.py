"""The counters that ``netstat -s`` prints, and their values."""

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
"""The option that selects each table. All other tables are printed with every option."""

TABLES6 = ["UdpLite6", "Icmp6", "Udp6", "Ip6"]
CONSTANT_COUNTERS = {"Ip.DefaultTTL", "Ip.Forwarding", "Tcp.RtoAlgorithm", "Tcp.RtoMin", "Tcp.RtoMax", "Tcp.MaxConn"}
"""Constants, which a build prints only by mistake: builds between 2015 and 2.10 print ``Forwarding: 2``."""

PROTOCOL_AND_FAMILY = {
    "Ip": ("ip", "ipv4"), "Ip6": ("ip", "ipv6"), "Icmp": ("icmp", "ipv4"), "Icmp6": ("icmp", "ipv6"),
    "Tcp": ("tcp", None), "Udp": ("udp", "ipv4"), "Udp6": ("udp", "ipv6"),
    "UdpLite": ("udplite", "ipv4"), "UdpLite6": ("udplite", "ipv6"),
}  # fmt: skip
"""Protocol and family of the tables that have a MIB; the protocol of others is the kernel's name of the table."""


def read_kernel_counters(folder: Path) -> dict[str, int]:
    """Read the counters of snmp, netstat and snmp6, named ``Table.Name``."""
    found: dict[str, int] = {}
    for file in ("snmp", "netstat"):
        for table, counters, _ in kernel.read_counter_tables(folder / file):
            found |= {f"{table}.{name}": value for name, value in counters.items()}
    return found | {split_ipv6_name(name): value for name, value in kernel.read_snmp6(folder / "snmp6").items()}


def split_ipv6_name(name: str) -> str:
    """Return ``Ip6.InReceives`` for ``Ip6InReceives``."""
    table = next(table for table in TABLES6 if name.startswith(table))
    return f"{table}.{name.removeprefix(table)}"


def max_line_bytes(build: Build) -> int | None:
    """Return the maximum length of a line of a kernel table; the build stops reading at a longer line."""
    if build.is_unpatched_160 or build.is_any("RHEL 5"):
        return 1023
    return 2047 if build.is_any("RHEL 6", "RHEL 7", "Debian 8") else None


def printed_tables(capture: Capture, command: Command) -> Iterator[str]:
    """Yield the tables that are printed."""
    selected = {letter for letter in "tuw" if command.has_option(letter)}
    if not selected and (command.has_option("U") or command.has_option("S")):
        selected = {"no table of OPTION_OF"}

    def is_selected(table: str) -> bool:
        return not selected or OPTION_OF.get(table, "") in selected or table not in OPTION_OF

    if "inet6" in command.families:
        yield from filter(is_selected, TABLES6)
        if is_selected("Tcp"):
            yield "Tcp"
        return
    limit = max_line_bytes(capture.build)
    for file in ("snmp", "netstat"):
        for table, _, length in kernel.read_counter_tables(capture.truth / file):
            if limit and length > limit:
                break
            if is_selected(table):
                yield table


def required_counters(capture: Capture, command: Command) -> dict[str, int]:
    """Return the counters that must be printed: all counters of the printed tables that are not zero."""
    printed = set(printed_tables(capture, command))
    return {
        name: value
        for name, value in read_kernel_counters(capture.truth).items()
        if value and name.partition(".")[0] in printed and name not in CONSTANT_COUNTERS
    }


def allowed_counters(capture: Capture, command: Command) -> dict[str, int]:
    """Return the counters that may be printed: all counters of the printed tables, constants and zeros too."""
    printed = set(printed_tables(capture, command))
    counters = read_kernel_counters(capture.truth)
    return {name: value for name, value in counters.items() if name.partition(".")[0] in printed}


def find_differences(capture: Capture, command: Command, counters: list[Counter]) -> list[str]:
    """Describe each counter that is missing, repeated or wrong."""
    allowed = allowed_counters(capture, command)
    names = [counter.kernel_name for counter in counters]
    found = [f"{name} is missing" for name in required_counters(capture, command) if name not in names]
    found += [
        f"{name} occurs {names.count(name)} times" for name in sorted({str(n) for n in names if names.count(n) > 1})
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
        found.append(f"{counter.kernel_name} has protocol and family {counter.protocol} {counter.family}, not {group}")
    if counter.known is False:
        found.append(f"{counter.kernel_name} is marked as unknown")
    return found


def is_same_value(counter: Counter, value: int, build: Build) -> bool:
    if counter.kernel_name == "Ip.Forwarding" and counter.value is None:
        return bool(counter.text == str(value))  # other versions print a word, so that the number may be kept as text
    if counter.value is None:
        return False
    if build.is_unpatched_160 or build.is_any("RHEL 5"):
        return bool((counter.value - value) % 2**32 == 0)  # printed in 32 bits, with or without a sign
    return bool(counter.value == value)


def count_printed_counters(data: bytes) -> int:
    """Count the lines of a capture that have a counter: indented lines with a number."""
    return len(re.findall(rb"(?m)^ {4}.*[0-9].*$", data))
