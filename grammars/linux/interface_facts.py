"""What netstat's listings of interfaces are known to get wrong, and when the text shows it.

Interfaces are told apart by names that some versions cut, and patched ones print 0 for figures that they have lost.
"""

from dataclasses import dataclass

from netstat_parse.grammar import Columns, Section

FIGURES = [
    f"{way}_{figure}"
    for way in ("in", "out")
    for figure in ("packets", "octets", "errors", "discards", "overruns", "frame_errors", "carrier_errors")
]

LONGEST_NAME = 15
"""Bytes of the longest name that an interface can have."""


@dataclass
class LastName:
    """The name of the last interface, if it may be cut."""

    cut: str | None = None


@dataclass
class Zeros:
    """Interfaces so far whose figures are all zero."""

    counts: bool = False
    silent_loopback: bool = False
    silent_network: bool = False
    lost: bool = False


def of_net_tools(_columns: Columns, section: Section) -> None:
    """No other netstat of Linux lists interfaces."""
    section.snapshot["tool"] = "net-tools"


def fills(name: str, width: int) -> bool:
    """Whether a name has that many bytes; cut in the middle of a letter, or in another encoding, it counts otherwise."""
    return width in (len(name), len(name.encode(errors="replace"))) or name.endswith("\ufffd")


def doubt_names(columns: Columns, cut: list[bool], section: Section) -> None:
    """Flag the names that may be cut, and tell where one comes again: it may be of another interface."""
    if not any(cut):
        return
    columns["truncated"] = [["name"] if is_cut else [] for is_cut in cut]
    for row, name in enumerate(columns["name"]):
        if cut[row] and name == section.state(LastName).cut:
            section.note(row, "untrustworthy", f"the name {name!r} is cut, and the interface before has it too")
        section.state(LastName).cut = name if cut[row] else None


def doubt_figures(columns: Columns, section: Section) -> None:
    """Tell where zeros are likely to be no figures.

    The first fix of CVE-2025-46836 (Debian's 2.10-0.1+deb12u1) prints 0 for every figure; the second (deb12u2, and
    net-tools' git of 2026) for those of an interface whose name has 15 bytes.
    """
    printed = [columns[name] for name in FIGURES if name in columns]
    flags = columns.get("flags") or [[] for _ in columns["name"]]
    for row, figures in enumerate(zip(*printed, strict=True)):
        if all(figure is None for figure in figures):
            continue
        zero = not any(figures)
        if zero and len(columns["name"][row].encode(errors="replace")) == LONGEST_NAME:
            section.note(row, "untrustworthy", "all figures are 0, as some netstats print for any name of 15 bytes")
        elif _is_lost(set(flags[row]), section, zero=zero):
            section.note(row, "untrustworthy", "all figures so far are 0, as a netstat prints that has lost them")


def _is_lost(flags: set[str], section: Section, *, zero: bool) -> bool:
    """Whether this row makes it likely: a network that runs without a packet, on a machine that never spoke to itself."""
    seen = section.state(Zeros)
    seen.counts = seen.counts or not zero
    if zero and {"up", "running", "loopback"} <= flags:
        seen.silent_loopback = True
    elif zero and {"up", "running", "broadcast"} <= flags and "noarp" not in flags:
        seen.silent_network = True
    if seen.counts or seen.lost or not (seen.silent_loopback and seen.silent_network):
        return False
    seen.lost = True
    return True
