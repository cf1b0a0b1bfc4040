"""Interfaces, one a line: ``netstat -i``, with -a and -c; Red Hat has -I for it too.

net-tools 2.10 prints with -ia::

    Kernel Interface table
    Iface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg
    eth0             1500     1234      1      2 3          4321      5      6      7 BMRU
    eth0:1           1500      - no statistics available -                        BMRU
    lo              65536 99999999      1      2 3      100000000     21     22     23 LRU

Up to 2012 a metric follows the MTU. In 1.60 some columns have no blank between them (`interfaces_glued`)::

    Iface   MTU Met   RX-OK RX-ERR RX-DRP RX-OVR   TX-OK TX-ERR TX-DRP TX-OVR Flg
    lo    65536   099999999      1      2      3100000000     21     22     23 LRU
"""

import pyparsing as pp

from netstat_parse.grammar import RepeatedTable
from netstat_parse.tokens import BLANK, END, GAP, INTERFACE, glued, integer, token

from .interface_facts import keep_run_together, name_flag_letters
from .interface_name_facts import mark_cut_names
from .interfaces_glued import (
    behind_run_together,
    glued_overruns,
    metric_in_column,
    numbers_and_flags,
    run_together,
)
from .lost_counters import report_lost_counters

name = token(INTERFACE)
gap_before_mtu = glued(token(rf"{BLANK}+(?=\d)"))
"""Captured for `mark_cut_names`: the width of the gap shows whether the name fills its column."""

metric = token(rf"\d{{1,10}}(?={numbers_and_flags(8)}|{BLANK}+-{BLANK})", int)
"""A number with eight counters behind it, or with the text of an alias: only this row has one number more."""

no_counters = token(rf"-{BLANK}[^\n]*{BLANK}-(?={GAP}\S+{END})")
"""``- no statistics available -``, in any language: aliases have no counters of their own."""

behind_no_counters = glued(token(rf"(?<={BLANK}-)"))
"""No text, in place of each further counter of an alias."""

figures_ahead = token(rf"(?=\S++(?:{GAP}\d++){{6}}|\S++{GAP}\d++(?:{GAP}\d++)?{GAP}-{BLANK})")
"""A row has at least six figures, even if some run together, or the dash of an alias."""

flag_letters = token(r"\[[^\]\n]+\]|[ABDLMdPNOpsmRU]+(?!\S)")
"""``BMRU``, or ``[NO FLAGS]`` in any language."""


def counter(field: str) -> pp.ParserElement:
    """Return the expression for a column of counters."""
    return behind_no_counters | integer(field)


INTERFACES = RepeatedTable(
    name="Interfaces",
    kind="interfaces",
    key="name",
    titles=["Kernel Interface table"],
    shape=figures_ahead,
    columns={
        "Iface": name("name") + gap_before_mtu("gap_before_mtu"),
        "MTU": integer("mtu"),
        "Metric": pp.Opt(metric_in_column("metric") | metric("metric")),
        "RX-OK": no_counters | integer("in_packets"),
        "RX-ERR": counter("in_errors"),
        "RX-DRP": counter("in_discards"),
        "RX-OVR": glued_overruns("in_overruns") | run_together("run_together") | counter("in_overruns"),
        "TX-OK": behind_run_together | counter("out_packets"),
        "TX-ERR": counter("out_errors"),
        "TX-DRP": counter("out_discards"),
        "TX-OVR": counter("out_overruns"),
        "Flags": flag_letters("flags"),
    },
    sample=["lo", "1500", "0", *["0"] * 8, "LRU"],
    repairs=[keep_run_together],
    facts=[
        name_flag_letters,
        mark_cut_names,
        report_lost_counters,  # reads the names of the flags
    ],
    tool="net-tools",
)
