"""Interfaces in short: ``netstat -i``, with -a and -c; Red Hat has -I for it too.

net-tools 2.10 prints with -ia::

    Kernel Interface table
    Iface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg
    eth0             1500     1234      1      2 3          4321      5      6      7 BMRU
    eth0:1           1500      - no statistics available -                        BMRU
    lo              65536 99999999      1      2 3      100000000     21     22     23 LRU

Up to 2012 a metric stands behind the MTU. 1.60 puts no blank before RX-OK and before TX-OK, so that a number of eight
digits runs into the one on its left, which then only its place can tell::

    Iface   MTU Met   RX-OK RX-ERR RX-DRP RX-OVR   TX-OK TX-ERR TX-DRP TX-OVR Flg
    lo    65536   099999999      1      2      3100000000     21     22     23 LRU
"""

from dataclasses import dataclass

import pyparsing as pp

from netstat_parse.grammar import Columns, RepeatedTable, Section
from netstat_parse.tokens import glued, integer, token

from .interface_facts import doubt_figures, doubt_names, fills, of_net_tools

B = r"[ \t\u00a0]"


def numbers_and_flags(count: int) -> str:
    """What stands behind a column: so many numbers, then the flags."""
    return rf"(?:{B}+\d+){{{count}}}{B}+[^\s\d]"


def ends_in_column(digits: int, most: int) -> str:
    """A number that ends a column of that many digits, with a blank before the column; `most` digits at most."""
    return "|".join(rf" {{{digits + 1 - n}}}\d{{{n}}}" for n in range(1, most + 1))


GLUED = rf"(?=[1-9]\d{{7,19}}{B})"
"""A number that needs no blank before it, as it fills its column of eight."""

metric_in_column = glued(token(rf"(?:{ends_in_column(3, 2)})(?:{GLUED}|(?={numbers_and_flags(7)}))", int))
metric = token(rf"\d{{1,10}}(?={numbers_and_flags(8)}|{B}+-{B})", int)

no_figures = token(rf"-{B}[^\n]*{B}-(?={B}+\S+{B}*(?:\n|\Z))")
"""In any language; aliases have no figures of their own."""

behind_no_figures = glued(token(rf"(?<={B}-)"))

glued_overruns = glued(token(rf"(?:{ends_in_column(6, 5)}){GLUED}| \d{{6}}(?=[1-9]\d{{7}}{numbers_and_flags(3)})", int))

run_together = token(rf"\d{{15,40}}(?={numbers_and_flags(3)})")
"""RX-OVR and TX-OK, of which the first is too long for its place to tell where it ends."""

behind_run_together = glued(token(rf"(?<=\d{{15}})(?={numbers_and_flags(3)})"))


def figure(name: str) -> pp.ParserElement:
    """A column of figures."""
    return behind_no_figures | integer(name)


FLAGS = {
    "A": "allmulti",
    "B": "broadcast",
    "D": "debug",
    "L": "loopback",
    "M": "multicast",
    "d": "dynamic",
    "N": "notrailers",
    "O": "noarp",
    "p": "pointopoint",
    "s": "slave",
    "m": "master",
    "R": "running",
    "U": "up",
}
"""In the order in which they are printed. Between d and N a P is promisc, behind O it is pointopoint."""


@dataclass
class SeenFlags:
    """Flags that this netstat has printed."""

    has_p: bool = False
    """The letter of pointopoint since 2001; before, it is P, as that of promisc."""


def flags(columns: Columns, section: Section) -> None:
    """The flags by name. A single P may be either of two, unless a flag beside it tells."""
    letters, seen = columns["flags"], section.state(SeenFlags)
    names = {text: _names(text) for text in set(letters)}
    for row, text in enumerate(letters):
        seen.has_p = seen.has_p or "p" in text
        columns["flags"][row] = list(names[text])
        if "P" in text and not {"promisc", "pointopoint"} & set(names[text]):
            if seen.has_p:
                columns["flags"][row].append("promisc")
            else:
                section.note(row, "untrustworthy", "the flag P is promisc or pointopoint: which one is not told")


def _names(letters: str) -> list[str]:
    if letters.startswith("["):
        return []
    names = [FLAGS[letter] for letter in letters if letter in FLAGS]
    first, _, behind = letters.partition("P")
    if set(behind) & {"P", "N", "O", "p"}:
        names.append("promisc")
    if "P" in behind or ("P" in letters and set(first) & {"N", "O"}):
        names.append("pointopoint")
    return names


def numbers_run_together(columns: Columns, section: Section) -> None:
    """Keep what are two numbers of 1.60 without a blank between."""
    texts = columns.pop("run_together", None)
    if texts is None:
        return
    columns["extra"] = [{"RX-OVR TX-OK": text} if text else {} for text in texts]
    for row, text in enumerate(texts):
        if text:
            section.note(row, "untrustworthy", "RX-OVR and TX-OK run together: where one ends is not told")


MTU_COLUMN = 6
"""A blank and five digits."""


def cut_names(columns: Columns, section: Section) -> None:
    """Flag a name that fills its column where that cuts: of 5 bytes in 1.60, of 8 from 2012 to 2018."""
    gaps = columns.pop("gap")
    metrics = columns.get("metric") or [None] * len(gaps)
    cut = [
        len(gap) + len(str(mtu)) == MTU_COLUMN and fills(name, 8 if metric_ is None else 5)
        for name, gap, mtu, metric_ in zip(columns["name"], gaps, columns["mtu"], metrics, strict=True)
    ]
    doubt_names(columns, cut, section)


INTERFACES = RepeatedTable(
    name="Interfaces",
    kind="interfaces",
    key="name",
    titles=["Kernel Interface table"],
    columns={
        "Iface": token(r"\S+")("name") + glued(token(rf"{B}+(?=\d)"))("gap"),
        "MTU": integer("mtu"),
        "Metric": pp.Opt(metric_in_column("metric") | metric("metric")),
        "RX-OK": no_figures | integer("in_packets"),
        "RX-ERR": figure("in_errors"),
        "RX-DRP": figure("in_discards"),
        "RX-OVR": glued_overruns("in_overruns") | run_together("run_together") | figure("in_overruns"),
        "TX-OK": behind_run_together | figure("out_packets"),
        "TX-ERR": figure("out_errors"),
        "TX-DRP": figure("out_discards"),
        "TX-OVR": figure("out_overruns"),
        "Flags": token(r"\[[^\]\n]+\]|[ABDLMdPNOpsmRU]+(?!\S)")("flags"),
    },
    facts=[of_net_tools, flags, numbers_run_together, cut_names, doubt_figures],
)
