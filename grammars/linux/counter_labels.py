"""Labels of ``netstat -s``: look up their counters in ``counters.toml`` and in the vocabularies."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from netstat_parse.generated_modules import read_toml
from netstat_parse.grammar import GROUPS, counted
from netstat_parse.precompiled import compile_pattern
from netstat_parse.systems.lookup import translate_foreign
from netstat_parse.systems.vocabularies import Tags, foreign_texts
from netstat_parse.text_cache import cache_short_texts

SYSTEM = "linux"
"""The system of the vocabularies. Labels identify lines before a section is there to name its system."""

INPUT, OUTPUT = "ICMP input histogram", "ICMP output histogram"

AMBIGUOUS_WORDS_INDENTED = 2
AMBIGUOUS_WORDS = 4
"""Words of a label, the number included, that do not identify it without a title: in an indented line, and in others."""

_NAME = compile_pattern(r"[A-Z][A-Za-z0-9]+", re.ASCII)
"""A name of the kernel: ``TCPTimeouts``, ``OfoPruned``, ``Blackhole``."""

_NAME_OF_MIB = compile_pattern(r"[A-Z][a-z0-9]+[A-Z]\w*", re.ASCII)
"""A name of at least two words: a single word may be a sentence in another language, unless it is known."""


class CounterMeaning(NamedTuple):
    """The counter that a label denotes."""

    protocol: str
    family: str | None
    name: str
    kernel_name: str | None
    """The kernel's table and name, ``Ip.InReceives``; None if the label fits several counters."""
    languages: Tags = ()
    """The languages that have the label; none for the kernel's name, which is the same in every language."""


def _read_labels() -> dict[tuple[str, str | None], dict[str, str]]:
    """Read ``counters.toml``; a heading inherits the labels of its title."""
    found: dict[tuple[str, str | None], dict[str, str]] = {}
    for title, part in read_toml(__package__, "counters.toml").items():
        found[title, None] = {label: f"{title}.{name}" for label, name in part.items() if isinstance(name, str)}
        for heading, labels in part.items():
            if isinstance(labels, dict):
                inner = {label: f"{title}.{name}" for label, name in labels.items()}
                found[title, heading] = {**found[title, None], **inner}
    return found


LABELS = _read_labels()
"""For each title and heading, the labels below them with the kernel's names."""

TITLES = [title for title, heading in LABELS if heading is None]
NAMES = {name for labels in LABELS.values() for name in labels.values()}


def _index_by_label() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for (_, heading), labels in LABELS.items():
        for label, name in labels.items() if heading is None else ():
            found.setdefault(label, set()).add(name)
    return found


ANYWHERE = _index_by_label()
"""Each label with all kernel names that it may denote without a title. Labels of histograms are too ambiguous."""


def make_label(texts: Mapping[str, str | None]) -> str:
    """Return the label of a line as in ``counters.toml``: ``Ran <N> times out of system memory during packet sending``."""
    phrase = texts.get("phrase")
    if phrase is None:
        return " ".join(f"{texts.get('before') or ''}<N>{texts.get('after') or ''}".split())
    if texts.get("value") is not None:
        return f"{phrase}: <N>"
    return f"{phrase} <S>" if texts.get("text") is not None else phrase


def find_histogram_title(heading: str) -> tuple[str | None, Tags]:
    """Return the English title of a histogram and its languages; French and Portuguese print no colon behind it."""
    bare = heading.rstrip(" :：")
    if bare in (INPUT, OUTPUT):
        return bare, ("en",)
    for text in (bare, f"{bare}:"):
        english, languages = translate_foreign(SYSTEM, "labels", text)
        if english is not None:
            return english.rstrip(":"), languages
    return None, ()


@cache_short_texts
def look_up(label: str, title: str | None, heading: str | None) -> CounterMeaning | None:
    """Look up a label below a title and an English heading; None if no vocabulary has the label.

    Without a title, only labels that denote one counter have a meaning.
    """
    found = _look_up_english(label, title, heading)
    if found is None:
        english, languages = translate_foreign(SYSTEM, "labels", label)
        found = _look_up_english(english, title, heading) if english else None
        return found._replace(languages=languages) if found else None
    return found


def _look_up_english(label: str, title: str | None, heading: str | None) -> CounterMeaning | None:
    labels = LABELS.get((title, heading)) or LABELS.get((title, None), {}) if title else {}
    if label in labels:
        return CounterMeaning(*counted(labels[label]), labels[label], ("en",))
    if label.endswith(": <N>"):
        return _look_up_name(label.removesuffix(": <N>"), title)
    found = _merge_meanings(ANYWHERE.get(label, set()))
    return found if found and (title is None or found.kernel_name) else None


def is_unmistakable(label: str, *, indented: bool) -> bool:
    """Return whether only netstat prints a line with this label, wherever the line is."""
    words = len(label.split())
    if words <= (AMBIGUOUS_WORDS_INDENTED if indented else AMBIGUOUS_WORDS):
        return False
    return look_up(label, None, None) is not None


def find_label_starts() -> frozenset[str]:
    """Return the first word of each label that may be unmistakable, in any language, after the number before it."""
    labels = map(str.split, {*ANYWHERE, *foreign_texts(SYSTEM, "labels")})
    return frozenset(words[words[0].startswith("<N>")] for words in labels if len(words) > AMBIGUOUS_WORDS_INDENTED)


def _merge_meanings(kernel_names: set[str]) -> CounterMeaning | None:
    """Return the meaning that these names share: an object of IPv4 and that of IPv6 may have the same words."""
    objects = {counted(kernel_name) for kernel_name in kernel_names}
    if len(kernel_names) == 1:
        return CounterMeaning(*objects.pop(), min(kernel_names), ("en",))
    if len({(protocol, name) for protocol, _, name in objects}) == 1:
        protocol, _, name = objects.pop()
        return CounterMeaning(protocol, None, name, None, ("en",))
    return None


def _look_up_name(name: str, title: str | None) -> CounterMeaning | None:
    """Return the meaning of a name of the kernel; the tables of IPv6 and SCTP print their own name before it."""
    if title is None:
        tables = [table for table in ("TcpExt", "Icmp6", "Ip6", "UdpLite6", "Udp6", "Sctp") if _is_of(table, name)]
        title = tables[0] if tables else None
    if title is None:
        return None
    kernel_name = f"{title}.{name.removeprefix(title) or name}" if title in GROUPS else f"{title}.{name}"
    if not _NAME.fullmatch(name) and kernel_name not in NAMES:
        return None
    if title in GROUPS and not _NAME_OF_MIB.fullmatch(name) and kernel_name not in NAMES:
        return _look_up_name(name, None) if name.startswith("TCP") else None
    return CounterMeaning(*counted(kernel_name), kernel_name)


def _is_of(table: str, name: str) -> bool:
    """Return whether the name alone identifies its table."""
    if table == "TcpExt":
        return name.startswith("TCP") or f"{table}.{name}" in NAMES
    return name.startswith(table) and name != table
