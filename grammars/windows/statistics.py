"""Statistics: ``netstat -s``, with ``-p`` for one protocol.

Each protocol and family has a block. NT 4 to 2000 print no version in the titles, XP has no blocks for IPv6, and Wine
has only those for TCP and UDP. Windows 10 prints::

    ICMPv4 Statistics

                                Received    Sent
      Messages                  16443       22923
      Errors                    0           0

    TCP Statistics for IPv4

      Active Opens                        = 64644
      Passive Opens                       = 7674

Labels are translated, and a long one pushes its numbers to the right. The acronyms in the titles are never translated,
and the order of the rows is the same in every language; only ReactOS has Echos before Echo Replies in ICMPv4.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from typing import NamedTuple

import pyparsing as pp

from netstat_parse.grammar import Columns, CounterRow, OrderedCounters, Section, counted
from netstat_parse.systems import catalog
from netstat_parse.tokens import end_of_line, token

from .program import detect_by_counters
from .tokens import arrow, equals, label_before_equals, label_before_two, number

SHAPE_ROWS = 3
"""Rows that identify a block below a title in an unknown language."""

_ACRONYM = re.compile(
    # A suffix may follow without a blank: ``TCP-tilastot IPv4ko``.
    r"(?<![A-Za-z0-9])(?P<protocol>ICMP|TCP|UDP|IP(?=[vV][46]|[^A-Za-z]|$))(?:[vV](?P<version>[46]))?(?![A-Z0-9])"
)

_TYPE = re.compile(r"Type (?P<number>\d+)")

not_a_setting = token(r"(?![^\n]*\w[._]\w)")
"""A lookahead: the row is not that of a settings file, ``net.ipv4.tcp_sack = 1``."""

row_of_one = label_before_equals("label") + equals + number("first") + pp.Opt(arrow)
row_of_two = label_before_two("label") + number("first") + number("second")


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
    text = (catalog.own_data("windows", "counters.toml") or b"").decode()
    return dict(tomllib.loads(text)[table])


def find_protocol(title: str) -> tuple[str, str] | None:
    """Find protocol and family in a title in any language: tcp and ipv6 in ``TCP-Statistik für IPv6``."""
    found = list(_ACRONYM.finditer(title))
    protocols = {acronym["protocol"].lower() for acronym in found}
    for protocol in ("tcp", "udp", "icmp", "ip"):
        if protocol in protocols:
            return protocol, "ipv6" if any(acronym["version"] == "6" for acronym in found) else "ipv4"
    return None


def is_title(protocol: str, family: str, line: str) -> bool:
    """Return whether the line is the title of the block of this protocol and family."""
    return find_protocol(line) == (protocol, family)


def accept_type(label: str) -> str | None:
    """Accept the rows that Windows 11 adds for ICMPv6 messages without a name: ``Type 143``."""
    return label if _TYPE.fullmatch(label) else None


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


def make_records(block: ProtocolBlock, rows: Sequence[CounterRow], section: Section) -> tuple[Columns, Sequence[int]]:
    """Make a record of each number, in the order printed."""
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


def make_grammar(title: str, block: ProtocolBlock) -> OrderedCounters:
    """Make the grammar of a block."""
    has_two_numbers = len(block.directions) > 1
    row = row_of_two if has_two_numbers else row_of_one
    return OrderedCounters(
        name=title,
        kind="counters",
        titles=[title],
        is_title=partial(is_title, block.protocol, block.family),
        has_headings=has_two_numbers,
        row=row,
        shape=(not_a_setting + row + end_of_line) * SHAPE_ROWS,
        shape_height=SHAPE_ROWS,
        vocabulary_part=f"labels.{block.label_tables[0]}",
        labels=lambda: list(block.kernel_names()),
        records=partial(make_records, block),
    )


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

IP, IP6, ICMP, _ICMP6, TCP, TCP6, UDP, UDP6 = (make_grammar(title, block) for title, block in BLOCKS.items())
ICMP6 = replace(_ICMP6, label_of_extra_row=accept_type)
