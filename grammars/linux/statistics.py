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

Titles are never translated. Sentences are, and the number may then stand anywhere in them, with no blank beside it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pyparsing as pp

from netstat_parse.grammar import Columns, Counters, Section, Texts, counted, place
from netstat_parse.tokens import glued, token

from .counter_labels import INPUT, LABELS, NAMES, OUTPUT, TITLES, Meaning, histogram, is_clear, label_of, meaning

NUMBER = r"-?\d{1,20}(?![\d.,:/%)A-Za-z])"
"""A figure of at most 64 bits, which is no part of a date, an address or a word. Chinese goes on without a blank."""

EMPTY = frozenset({"IcmpMsg", "UdpLite", "TcpExt", "IpExt", "MPTcpExt", "UdpLite6"})
"""Titles of tables of which only what is not zero is printed."""

number = token(NUMBER, int)
words = token(r"(?!-[\x00-\x7f])(?=[^\n]*[^\W\d_])[^\n]*\S")  # Georgian puts a hyphen between, as dates do
end = r"(?=[ \t]*(?:\n|\Z))"

first = token(r"-?\d{1,20}(?![\d.,:/%)])", int)("value") + glued(words)("after")
named = (
    token(rf"(?!-?\d)(?=[^\n]*[^\W\d_])[^\n:：]*[^\s:：](?=[ \t]*[:：][ \t]*{NUMBER}{end})")("phrase")
    + token("[:：]")
    + number("value")
)
within = (
    token(rf"(?![\d-])(?=[^\n\d]*[^\W\d_])[^\n]*?(?=(?<![A-Za-z0-9_.,:/%-]){NUMBER})")("before")
    + number("value")
    + pp.Opt(glued(words)("after"))
)


def in_words(label: str) -> pp.ParserElement:
    """A line without a number: its label tells a word, or nothing."""
    phrase, told, _ = label.partition(" <S>")
    if not told:
        return token(re.escape(phrase) + end)("phrase")
    return token(re.escape(phrase) + r"(?=[ \t])")("phrase") + token(rf"[^\s\d][^\n\d]*?{end}")("text")


wordy = pp.MatchFirst([in_words(label) for part in LABELS.values() for label in part if "<N>" not in label])


def title(names: str) -> pp.ParserElement:
    """A line of nothing but a name and a colon."""
    return token(rf"(?:{names})(?=:)")("title") + glued(token(":"))


def knows(texts: Texts, title: str | None, heading: str | None) -> bool:
    """Whether some vocabulary has the label."""
    return meaning(label_of(texts), title, histogram(heading)[0] if heading else None) is not None


def begins(texts: Texts, title: str) -> bool:
    """Whether this comes first below the title: elsewhere, too, `Tcp:` may stand above `PortNumber: 80`."""
    if texts.get("phrase") is None or title in EMPTY:
        return True
    meant = meaning(label_of(texts), title, None)
    own = meant is not None and (meant.kernel_name in NAMES or meant.name.startswith(("in_", "out_")))
    return own or str(texts["phrase"]).startswith(title)


def name(columns: Columns, section: Section) -> None:
    """Tell what each line counts, by its label below its title and heading."""
    section.snapshot["tool"] = "net-tools"
    above, heading = place(section).title, heading_of(section)
    columns["label"], found, known = [], [], []
    for row, texts in enumerate(texts_of(columns)):
        label = label_of(texts)
        printed = " ".join(re.sub("<[NS]>", "", label).split()).rstrip(" :")
        meant = meaning(label, above, heading)
        known.append(meant is not None)
        if meant is None:
            meant = unknown(above or "", printed)
            if section.words.is_new(printed):
                section.note(row, "unknown-counter", f"no vocabulary has the label {printed!r}")
        columns["label"].append(printed)
        section.words.heard.update(meant.languages)
        found.append(meant)
    for field in ("protocol", "family", "name", "kernel_name"):
        columns[field] = [getattr(meant, field) for meant in found]
    columns["known"] = known


def heading_of(section: Section) -> str | None:
    """The histogram that the counters stand in; in a language that no vocabulary has, the first is that of input."""
    here = place(section)
    if here.heading is None:
        return None
    heading, languages = histogram(here.heading)
    section.words.heard.update(languages)
    return heading or (INPUT if here.headings == 1 else OUTPUT)


def texts_of(columns: Columns) -> Iterator[Texts]:
    """The texts of each line; those that make up its label are columns no more."""
    parts = [part for part in ("phrase", "before", "after") if part in columns]
    given = [part for part in ("value", "text") if part in columns]
    for row in zip(*map(columns.pop, parts), *map(columns.get, given), strict=True):
        yield dict(zip((*parts, *given), row, strict=True))


def unknown(title: str, label: str) -> Meaning:
    """A counter that is known only by its words."""
    protocol, family, _ = counted(f"{title}.{label}")
    return Meaning(protocol, family, "_".join(re.findall(r"\w+", label.lower())), None)


@dataclass
class Reported:
    """Diagnostics that come once a text."""

    wrapped: bool = False


def wrapped(columns: Columns, section: Section) -> None:
    """Doubt a negative figure: 1.60 prints counters of more than 31 bits in 32, and by name with a sign."""
    for row, value in enumerate(columns.get("value", ())):
        if (
            value is not None
            and value < 0
            and columns["name"][row] != "max_conn"
            and not section.state(Reported).wrapped
        ):
            section.state(Reported).wrapped = True
            section.note(row, "untrustworthy", "netstat printed 32 bits of a larger number, here and perhaps elsewhere")


STATISTICS = Counters(
    name="statistics",
    title=title("|".join(TITLES)),
    further=title("[A-Z][A-Za-z0-9]*"),
    heading=token(r"(?=[^\W\d])[^\n\d]*ICMP[^\n\d]*")("heading"),
    row=first | named | wordy | within,
    facts=[name, wrapped],
    knows=knows,
    alone=lambda texts, indent: is_clear(label_of(texts), indented=indent > 0),
    begins=begins,
    may_be_empty=EMPTY,
    cut=[
        (token(r"\d+"), "the words of a counter"),
        (token(r"[A-Z][a-z0-9]+[A-Z]\w*:?"), "a number"),
    ],
)
