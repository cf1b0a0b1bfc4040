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

from functools import partial

import pyparsing as pp

from netstat_parse.grammar import OrderedCounters
from netstat_parse.tokens import end_of_line, token

from .statistics_facts import BLOCKS, ProtocolBlock, accept_type, is_title, list_labels, make_records
from .tokens import arrow, equals, label_before_equals, label_before_two, number

SHAPE_ROWS = 3
"""Rows that identify a block below a title in an unknown language."""


not_a_setting = token(r"(?![^\n]*\w[._]\w)")
"""A lookahead: the row is not that of a settings file, ``net.ipv4.tcp_sack = 1``."""

row_of_one = label_before_equals("label") + equals + number("first") + pp.Opt(arrow)
row_of_two = label_before_two("label") + number("first") + number("second")


def make_grammar(title: str, block: ProtocolBlock) -> OrderedCounters:
    """Make the grammar of a block."""
    has_two_numbers = len(block.directions) > 1
    row = row_of_two if has_two_numbers else row_of_one
    return OrderedCounters(
        name=title,
        kind="counters",
        titles=[title],
        is_title=partial(is_title, title),
        has_headings=has_two_numbers,
        row=row,
        shape=(not_a_setting + row + end_of_line) * SHAPE_ROWS,
        shape_height=SHAPE_ROWS,
        vocabulary_part=f"labels.{block.label_tables[0]}",
        labels=partial(list_labels, title),
        label_of_extra_row=partial(accept_type, title),
        records=partial(make_records, title),
    )


IP, IP6, ICMP, ICMP6, TCP, TCP6, UDP, UDP6 = (make_grammar(title, block) for title, block in BLOCKS.items())
