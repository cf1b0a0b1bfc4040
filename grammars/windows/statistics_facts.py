"""Facts of the statistics: the labels of each block, and its records."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from netstat_parse.generated_modules import read_toml
from netstat_parse.grammar import Columns, CounterRow, Section, counted
from netstat_parse.precompiled import compile_pattern

from .program import detect_by_counters

_ACRONYM = compile_pattern(
    # A suffix may follow without a blank: ``TCP-tilastot IPv4ko``.
    r"(?<![A-Za-z0-9])(?P<protocol>ICMP|TCP|UDP|IP(?=[vV][46]|[^A-Za-z]|$))(?:[vV](?P<version>[46]))?(?![A-Z0-9])"
)


_TYPE = compile_pattern(r"Type (?P<number>\d+)")


class ProtocolBlock(NamedTuple):
    """The block of one protocol and family."""

    protocol: str
    family: str
    kernel_table: str
    """The Linux kernel's table of the same counters."""
    label_tables: Sequence[str]
    """The tables of ``counters.toml`` that have its labels; later ones take precedence."""
    directions: Sequence[str] = ("",)
    """The direction of each number of a row: ``in`` and ``out`` if there are two."""

    def kernel_names(self) -> dict[str, str]:
        """Return the kernel's names by English label, in the order of the rows."""
        return {label: name for table in self.label_tables for label, name in read_labels(table).items()}

    def counters(self) -> Iterator[tuple[str, str]]:
        """Yield English label and name of each counter: the kernel's, or protocol and the schema's if it has none."""
        names = self.kernel_names()
        for label in names:
            for direction in self.directions:
                name, kernel_name = name_counter(self.kernel_table, direction, label, label, names)
                yield label, kernel_name or f"{self.protocol}.{name}"


@cache
def read_labels(table: str) -> dict[str, str]:
    """Read a table of ``counters.toml``."""
    return dict(read_toml(__package__, "counters.toml")[table])


def find_protocol(title: str) -> tuple[str, str] | None:
    """Find protocol and family in a title in any language: tcp and ipv6 in ``TCP-Statistik für IPv6``."""
    found = list(_ACRONYM.finditer(title))
    protocols = {acronym["protocol"].lower() for acronym in found}
    for protocol in ("tcp", "udp", "icmp", "ip"):
        if protocol in protocols:
            return protocol, "ipv6" if any(acronym["version"] == "6" for acronym in found) else "ipv4"
    return None


def is_title(title: str, line: str) -> bool:
    """Return whether the line is, in any language, the title of the block that has this title in English."""
    return find_protocol(line) == (BLOCKS[title].protocol, BLOCKS[title].family)


def list_labels(title: str) -> Sequence[str]:
    """List the English labels of the block with this title, in the order of its rows."""
    return list(BLOCKS[title].kernel_names())


def accept_type(title: str, label: str) -> str | None:
    """Accept the rows that Windows 11 adds for ICMPv6 messages without a name: ``Type 143``."""
    return label if title == "ICMPv6 Statistics" and _TYPE.fullmatch(label) else None


def name_counter(
    kernel_table: str, direction: str, label: str, meant: str | None, names: Mapping[str, str]
) -> tuple[str, str | None]:
    """Return the schema's name and the kernel's for one number; an unknown label is its own name."""
    if meant is None:
        return "_".join(re.findall(r"\w+", f"{direction} {label}".lower())), None
    name = names[meant] if meant in names else meant.replace(" ", "")
    if name.islower():
        return f"{direction}_{name}" if direction else name, None
    kernel_name = f"{kernel_table}.{direction.capitalize()}{name}"
    return counted(kernel_name).name, kernel_name


def make_records(title: str, rows: Sequence[CounterRow], section: Section) -> tuple[Columns, Sequence[int]]:
    """Make a record of each number of the block with this title, in the order printed."""
    block = BLOCKS[title]
    names, lines = block.kernel_names(), list[int]()
    columns: Columns = {"name": [], "value": [], "label": [], "kernel_name": [], "known": []}
    for line, (label, values, meant) in enumerate(rows):
        if meant is None and section.words.is_new(label):
            section.note(len(lines), "unknown-counter", f"no vocabulary has the label {label!r}")
        for direction, value in zip(block.directions, values, strict=True):
            name, kernel_name = name_counter(block.kernel_table, direction, label, meant, names)
            for field, cell in zip(columns, (name, value, label, kernel_name, meant is not None), strict=True):
                columns[field].append(cell)
            lines.append(line)
    detect_by_counters(block.family, [row.meant for row in rows], section)
    constants: Columns = {"protocol": [block.protocol] * len(lines), "family": [block.family] * len(lines)}
    return {**constants, **columns}, lines


BLOCKS = {
    "IPv4 Statistics": ProtocolBlock("ip", "ipv4", "Ip", ["ip"]),
    "IPv6 Statistics": ProtocolBlock("ip", "ipv6", "Ip6", ["ip", "ip6"]),
    "ICMPv4 Statistics": ProtocolBlock("icmp", "ipv4", "Icmp", ["icmp"], ["in", "out"]),
    "ICMPv6 Statistics": ProtocolBlock("icmp", "ipv6", "Icmp6", ["icmp6"], ["in", "out"]),
    "TCP Statistics for IPv4": ProtocolBlock("tcp", "ipv4", "Tcp", ["tcp"]),
    "TCP Statistics for IPv6": ProtocolBlock("tcp", "ipv6", "Tcp", ["tcp"]),
    "UDP Statistics for IPv4": ProtocolBlock("udp", "ipv4", "Udp", ["udp"]),
    "UDP Statistics for IPv6": ProtocolBlock("udp", "ipv6", "Udp6", ["udp"]),
}
"""The blocks by title."""
