"""Statistics of Windows: ``netstat -s``, with ``-p`` for one protocol.

A block for each protocol and family. NT 4 to 2000 leave the version out, XP has no blocks of IPv6, Wine has those of TCP
and UDP only. Windows 10 prints::

    ICMPv4 Statistics

                                Received    Sent
      Messages                  16443       22923
      Errors                    0           0

    TCP Statistics for IPv4

      Active Opens                        = 64644
      Passive Opens                       = 7674

Labels are translated and may run over their column; the acronyms in the titles are never translated, nor does the order
of the rows change. ReactOS has Echos before Echo Replies in ICMPv4 too.
"""

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, partial
from importlib.resources import files
from typing import NamedTuple

import pyparsing as pp

from netstat_parse.grammar import Columns, Section
from netstat_parse.grammar.mib import counted
from netstat_parse.grammar.ordered_counters import CounterRow, OrderedCounters, no_further
from netstat_parse.tokens import end_of_line, token

from .terminals import arrow, equals, figure, label_before_equals, label_before_two

_ACRONYM = re.compile(
    # Some languages put an ending right behind it.
    r"(?<![A-Za-z0-9])(?P<protocol>ICMP|TCP|UDP|IP(?=[vV][46]|[^A-Za-z]|$))(?:[vV](?P<version>[46]))?(?![A-Z0-9])"
)
_TYPE = re.compile(r"Type (?P<number>\d+)")
_NO_SETTING = token(r"(?![^\n]*\w[._]\w)")
"""A label is no name of a setting, ``net.ipv4.tcp_sack = 1``."""

SHAPE_HEIGHT = 3
"""Rows that tell a block below a title in an unknown language."""


@cache
def objects(block: str) -> dict[str, str]:
    """The kernel's names for a block's figures, by their English labels in the order of the rows."""
    tables = tomllib.loads(files(__package__).joinpath("counters.toml").read_text("utf-8"))
    return dict(tables[block])


def acronyms(title: str) -> tuple[str, str] | None:
    """What a title in any language is about: ``TCP-Statistik für IPv6`` about tcp and ipv6."""
    found = list(_ACRONYM.finditer(title))
    protocols = {acronym["protocol"].lower() for acronym in found}
    for protocol in ("tcp", "udp", "icmp", "ip"):
        if protocol in protocols:
            return protocol, "ipv6" if any(acronym["version"] == "6" for acronym in found) else "ipv4"
    return None


def is_title(protocol: str, family: str, line: str) -> bool:
    """Whether the line is a title of this block."""
    return acronyms(line) == (protocol, family)


def type_of_message(label: str) -> str | None:
    """A row that Windows 11 adds for a kind of ICMPv6 message without a name: ``Type 143``."""
    return label if _TYPE.fullmatch(label) else None


def counter(
    table: str, direction: str, label: str, meant: str | None, names: Mapping[str, str]
) -> tuple[str, str | None]:
    """The schema's name and the kernel's for one figure; a label that nobody knows is its own name."""
    if meant is None:
        return "_".join(re.findall(r"\w+", f"{direction} {label}".lower())), None
    name = names[meant] if meant in names else meant.replace(" ", "")
    if name.islower():
        return f"{direction}_{name}" if direction else name, None
    kernel_name = f"{table}.{direction.capitalize()}{name}"
    return counted(kernel_name).name, kernel_name


def printed_by(block: "Block", meant: Sequence[str | None]) -> str | None:
    """The program, where the block tells: only Microsoft's counts IPv6, and ReactOS has its own order in ICMP."""
    if block.about[1] == "ipv6":
        return "windows"
    if block.table == "Icmp" and "Echos" in meant and "Echo Replies" in meant:
        return "windows" if meant.index("Echo Replies") < meant.index("Echos") else "reactos"
    return None


def counters(block: "Block", figures: Sequence[CounterRow], section: Section) -> tuple[Columns, Sequence[int]]:
    """A record for each figure, in the order printed."""
    names, rows = block.names(), list[int]()
    columns: Columns = {"name": [], "value": [], "label": [], "kernel_name": [], "known": []}
    for row, (label, values, meant) in enumerate(figures):
        if meant is None and section.words.is_new(label):
            section.note(len(rows), "unknown-counter", f"no vocabulary has the label {label!r}")
        for direction, value in zip(block.directions, values, strict=True):
            name, kernel_name = counter(block.table, direction, label, meant, names)
            for field, what in zip(columns, (name, value, label, kernel_name, meant is not None), strict=True):
                columns[field].append(what)
            rows.append(row)
    protocol, family = block.about
    if tool := printed_by(block, [figure.meant for figure in figures]):
        section.snapshot["tool"] = tool
    return {"protocol": [protocol] * len(rows), "family": [family] * len(rows), **columns}, rows


class Block(NamedTuple):
    """Which block it is."""

    about: tuple[str, str]
    """Protocol and family."""
    table: str
    """The kernel's table of the same figures."""
    parts: Sequence[str]
    """The tables of ``counters.toml`` for it."""
    directions: Sequence[str] = ("",)
    """What each figure of a row is about."""

    def names(self) -> dict[str, str]:
        """The kernel's names by English label, in the order of the rows."""
        return {label: name for part in self.parts for label, name in objects(part).items()}


def statistics(title: str, block: Block) -> OrderedCounters:
    """The grammar of a block."""
    if len(block.directions) > 1:
        row = label_before_two("label") + figure("first") + figure("second")
    else:
        row = label_before_equals("label") + equals + figure("first") + pp.Opt(arrow)
    return OrderedCounters(
        name=title,
        kind="counters",
        titles=[title],
        is_title=partial(is_title, *block.about),
        headed=len(block.directions) > 1,
        row=row,
        shape=(_NO_SETTING + row + end_of_line) * SHAPE_HEIGHT,
        shape_height=SHAPE_HEIGHT,
        part=f"labels.{block.parts[0]}",
        labels=lambda: list(block.names()),
        further=type_of_message if block.table == "Icmp6" else no_further,
        records=partial(counters, block),
    )


IP = statistics("IPv4 Statistics", Block(("ip", "ipv4"), "Ip", ["ip"]))
IP6 = statistics("IPv6 Statistics", Block(("ip", "ipv6"), "Ip6", ["ip", "ip6"]))
ICMP = statistics("ICMPv4 Statistics", Block(("icmp", "ipv4"), "Icmp", ["icmp"], ["in", "out"]))
ICMP6 = statistics("ICMPv6 Statistics", Block(("icmp", "ipv6"), "Icmp6", ["icmp6"], ["in", "out"]))
TCP = statistics("TCP Statistics for IPv4", Block(("tcp", "ipv4"), "Tcp", ["tcp"]))
TCP6 = statistics("TCP Statistics for IPv6", Block(("tcp", "ipv6"), "Tcp", ["tcp"]))
UDP = statistics("UDP Statistics for IPv4", Block(("udp", "ipv4"), "Udp", ["udp"]))
UDP6 = statistics("UDP Statistics for IPv6", Block(("udp", "ipv6"), "Udp6", ["udp"]))
