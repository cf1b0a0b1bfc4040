"""Statistics: ``netstat -s``, with ``-t -u -w -S -U -6``. Only net-tools has them.

A title for each table of the kernel, then a counter a line: a sentence with its number, or the kernel's own name where
net-tools has no sentence. ICMP's kinds of message have the same words in and out; the title of the histogram tells.
net-tools 2.10 prints::

    Ip:
        Forwarding: 2
        987 total packets received
    Icmp:
        14 ICMP messages received
        ICMP input histogram:
            echo replies: 3
        12 ICMP messages sent
        ICMP output histogram:
            echo replies: 3
    TcpExt:
        Quick ack mode was activated 85 times
        TCPTimeouts: 205

Titles are never translated, labels were in old versions and are again in that of 2026. The number may then stand
anywhere in the sentence, with no blank beside it. 1.60 and Red Hat 5 print counters in 32 bits.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files
from typing import NamedTuple

import pyparsing as pp

from netstat_parse.counters import Counters, Texts
from netstat_parse.grammar import Columns, Section
from netstat_parse.mib import GROUPS, counted
from netstat_parse.tokens import glued, token
from netstat_parse.words import Words, translated

LABELS: dict[str, dict[str, str]] = {}
"""By title, or title and title of a histogram, each label with the kernel's name."""

HISTOGRAMS: list[str] = []
"""Titles of histograms, in the order in which they are printed."""


def _read_labels() -> None:
    labels = tomllib.loads(files(__package__).joinpath("counters.toml").read_text("utf-8"))
    for title, part in labels.items():
        LABELS[title] = {label: name for label, name in part.items() if isinstance(name, str)}
        for histogram, inner in part.items():
            if isinstance(inner, dict):
                LABELS[f"{title} {histogram}"] = {**LABELS[title], **inner}


_read_labels()
