"""Statistics: ``netstat -s``, with ``-t -u -w -S -U -6``. Only net-tools has them.

A title for each table of the kernel, then one counter a line: a sentence with its number, or the kernel's name if
net-tools has no sentence. ICMP's kinds of message have the same words in both histograms: the title of the histogram
says which one it is. net-tools 2.10 prints::

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

Titles are never translated. Sentences are, and the number may then be anywhere in them, with no blank beside it.
"""

import re

import pyparsing as pp

from netstat_parse.grammar import Counters
from netstat_parse.tokens import BLANK, END, glued, token

from .counter_labels import (
    LABELS,
    TITLES,
    find_label_starts,
)
from .statistics_facts import EMPTY, identify, is_counter, may_be_first, needs_no_title, report_wrapped

NUMBER = r"-?\d{1,20}(?![\d.,:/%)A-Za-z])"
"""A number of at most 64 bits that is no part of a date, an address or a word. Chinese has no blank behind it."""

LETTER_AHEAD = r"(?=[^\n]*[^\W\d_])"

number = token(NUMBER, int)

sentence = token(rf"(?!-[\x00-\x7f]){LETTER_AHEAD}[^\n]*\S")
"""Words with a letter among them. Georgian has a hyphen between number and word, as dates have between numbers."""

# As in "987 total packets received":

leading_number = token(r"-?\d{1,20}(?![\d.,:/%)])", int)
number_first = leading_number("value") + glued(token(rf"(?!{BLANK}{{2}})")) + glued(sentence)("after")

# As in "TCPTimeouts: 205":

phrase = token(rf"(?!-?\d){LETTER_AHEAD}[^\n:：]*[^\s:：](?=[ \t]*[:：][ \t]*{NUMBER}(?={END}))")
number_behind_colon = phrase("phrase") + token("[:：]") + number("value")

# As in "Quick ack mode was activated 85 times":

before = token(rf"(?![\d-])(?=[^\n\d]*[^\W\d_])[^\n]*?(?=(?<![A-Za-z0-9_.,:/%-]){NUMBER})")
number_within = before("before") + number("value") + pp.Opt(glued(sentence)("after"))


def without_number(label: str) -> pp.ParserElement:
    """Return the expression for a line without a number: ``Forwarding is enabled``, or a label alone."""
    start, has_word, _ = label.partition(" <S>")
    if not has_word:
        return token(rf"{re.escape(start)}(?={END})")("phrase")
    return token(rf"{re.escape(start)}(?={BLANK})")("phrase") + token(rf"[^\s\d][^\n\d]*?(?={END})")("text")


labels_without_number = pp.MatchFirst(
    [without_number(label) for part in LABELS.values() for label in part if "<N>" not in label]
)


def title(names: str) -> pp.ParserElement:
    """Return the expression for a line with a name, as a pattern, and a colon."""
    return token(rf"(?:{names})(?=:)")("title") + glued(token(":"))


STATISTICS = Counters(
    name="statistics",
    title=title("|".join(TITLES)),
    further_titles=title("[A-Z][A-Za-z0-9]*"),
    heading=token(r"(?=[^\W\d])[^\n\d]*ICMP[^\n\d]*")("heading"),
    row=number_first | number_behind_colon | labels_without_number | number_within,
    facts=[
        identify,
        report_wrapped,  # reads the names that identify sets
    ],
    tool="net-tools",
    is_counter=is_counter,
    needs_no_title=needs_no_title,
    label_starts=find_label_starts,
    may_be_first=may_be_first,
    may_be_empty=EMPTY,
    cut_lines=[
        (token(r"\d+"), "the words of a counter"),
        (token(r"[A-Z][a-z0-9]+[A-Z]\w*:?"), "a number"),
    ],
)
