"""Facts of the statistics: the meaning of each counter, by its label, title and heading."""

import re
from collections.abc import Iterator

from netstat_parse.grammar import Columns, Section, Texts, counted, current_place

from .counter_labels import (
    INPUT,
    NAMES,
    OUTPUT,
    CounterMeaning,
    find_histogram_title,
    is_unmistakable,
    look_up,
    make_label,
)

EMPTY = frozenset({"IcmpMsg", "UdpLite", "TcpExt", "IpExt", "MPTcpExt", "UdpLite6"})
"""Titles of tables that print only counters that are not 0."""


WRAPPED = "netstat printed 32 bits of a larger number, here and perhaps elsewhere"


def is_counter(texts: Texts, title: str | None, heading: str | None) -> bool:
    """Return whether a vocabulary has the label."""
    return look_up(make_label(texts), title, find_histogram_title(heading)[0] if heading else None) is not None


def may_be_first(texts: Texts, title: str) -> bool:
    """Return whether the line may come first below the title: ``PortNumber: 80`` below ``Tcp:`` is no counter.

    In an unknown language, a sentence must begin with its number.
    """
    meant = look_up(make_label(texts), title, None)
    if texts.get("phrase") is None:
        return meant is not None or not texts.get("before")  # "it is 3 o'clock"
    if title in EMPTY:
        return True
    own = meant is not None and (meant.kernel_name in NAMES or meant.name.startswith(("in_", "out_")))
    return own or str(texts["phrase"]).startswith(title)


def needs_no_title(texts: Texts, indent: int) -> bool:
    """Return whether the label is one of netstat's, wherever the line is."""
    return is_unmistakable(make_label(texts), indented=indent > 0)


def identify(columns: Columns, section: Section) -> None:
    """Identify the counter of each line, by its label below its title and heading."""
    above, heading = current_place(section).title, get_heading(section)
    labels, found, known = list[str](), list[CounterMeaning](), list[bool]()
    for row, texts in enumerate(pop_texts(columns)):
        label = make_label(texts)
        printed = " ".join(re.sub("<[NS]>", "", label).split()).rstrip(" :")
        meant = look_up(label, above, heading)
        known.append(meant is not None)
        if meant is None:
            meant = make_unknown(above or "", printed)
            if section.words.is_new(printed):
                section.note(row, "unknown-counter", f"no vocabulary has the label {printed!r}")
        labels.append(printed)
        section.words.language_counts.update(meant.languages)
        found.append(meant)
    columns["label"] = labels
    columns["protocol"] = [meant.protocol for meant in found]
    columns["family"] = [meant.family for meant in found]
    columns["name"] = [meant.name for meant in found]
    columns["kernel_name"] = [meant.kernel_name for meant in found]
    columns["known"] = known


def get_heading(section: Section) -> str | None:
    """Return the English title of the histogram; in an unknown language, the first one is that of input."""
    here = current_place(section)
    if here.heading is None:
        return None
    heading, languages = find_histogram_title(here.heading)
    section.words.count_languages("headings", here.heading, languages)
    return heading or (INPUT if here.headings == 1 else OUTPUT)


def pop_texts(columns: Columns) -> Iterator[Texts]:
    """Yield the texts of each line, and drop the columns that only its label is made of."""
    label_columns = [name for name in ("phrase", "before", "after") if name in columns]
    values = [name for name in ("value", "text") if name in columns]
    for row in zip(*map(columns.pop, label_columns), *map(columns.get, values), strict=True):
        yield dict(zip((*label_columns, *values), row, strict=True))


def make_unknown(title: str, label: str) -> CounterMeaning:
    """Return a meaning for a label that no vocabulary has, made from its words."""
    protocol, family, _ = counted(f"{title}.{label}")
    return CounterMeaning(protocol, family, "_".join(re.findall(r"\w+", label.lower())), None)


class Negative:
    """True if a negative counter was reported."""

    is_reported: bool = False


def report_wrapped(columns: Columns, section: Section) -> None:
    """Report the first negative counter: 1.60 prints 32 bits of larger ones, by name with a sign."""
    negative = section.state(Negative)
    for row, value in enumerate(columns.get("value", ())):
        if value is not None and value < 0 and columns["name"][row] != "max_conn" and not negative.is_reported:
            negative.is_reported = True
            section.note(row, "untrustworthy", WRAPPED)
