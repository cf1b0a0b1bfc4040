"""What the labels of ``netstat -s`` mean, by the tables of ``counters.toml`` and the vocabularies."""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from netstat_parse.grammar import GROUPS, counted
from netstat_parse.systems.lookup import translated
from netstat_parse.systems.vocabularies import Tags

INPUT, OUTPUT = "ICMP input histogram", "ICMP output histogram"

FEW, SOME = 2, 4
"""Words, the number among them, that do not tell a label where no title stands above it: indented, and not."""

_NAME = re.compile(r"[A-Za-z]\w*", re.ASCII)
_NAME_OF_MIB = re.compile(r"[A-Z][a-z0-9]+[A-Z]\w*", re.ASCII)
"""A name of at least two words. One may be a sentence in another language, except where it is known."""


class Meaning(NamedTuple):
    """What a label stands for."""

    protocol: str
    family: str | None
    name: str
    kernel_name: str | None
    languages: Tags = ()
    """Whose words they are; none for the kernel's name, which is the same in every language."""


def _read() -> dict[tuple[str, str | None], dict[str, str]]:
    """The labels below each title and heading, with the kernel's names."""
    found: dict[tuple[str, str | None], dict[str, str]] = {}
    for title, part in tomllib.loads(files(__package__).joinpath("counters.toml").read_text("utf-8")).items():
        found[title, None] = {label: f"{title}.{name}" for label, name in part.items() if isinstance(name, str)}
        for heading, labels in part.items():
            if isinstance(labels, dict):
                inner = {label: f"{title}.{name}" for label, name in labels.items()}
                found[title, heading] = {**found[title, None], **inner}
    return found


LABELS = _read()
TITLES = [title for title, heading in LABELS if heading is None]
NAMES = {name for labels in LABELS.values() for name in labels.values()}


def _by_label() -> dict[str, set[str]]:
    found: dict[str, set[str]] = {}
    for (_, heading), labels in LABELS.items():
        for label, name in labels.items() if heading is None else ():
            found.setdefault(label, set()).add(name)
    return found


ANYWHERE = _by_label()
"""Each label with all that it may be where no title tells. In a histogram it may be too much."""


def label_of(texts: Mapping[str, str | None]) -> str:
    """The label of a line as the tables write it: ``Ran <N> times out of system memory during packet sending``."""
    phrase = texts.get("phrase")
    if phrase is None:
        return " ".join(f"{texts.get('before') or ''}<N>{texts.get('after') or ''}".split())
    if texts.get("value") is not None:
        return f"{phrase}: <N>"
    return f"{phrase} <S>" if texts.get("text") is not None else phrase


def histogram(heading: str) -> tuple[str | None, Tags]:
    """The English title of a histogram, whose colon French and Portuguese leave out, and the languages it is in."""
    bare = heading.rstrip(" :：")
    if bare in (INPUT, OUTPUT):
        return bare, ("en",)
    for text in (bare, f"{bare}:"):
        english, languages = translated("linux", "labels", text)
        if english is not None:
            return english.rstrip(":"), languages
    return None, ()


@lru_cache(maxsize=4096)
def meaning(label: str, title: str | None, heading: str | None) -> Meaning | None:
    """What a label means below a title and, in English, a heading; `None` for a label that no vocabulary has.

    Without a title, and where the title was lost, it is what the label itself tells.
    """
    found = _in_english(label, title, heading)
    if found is None:
        english, languages = translated("linux", "labels", label)
        found = _in_english(english, title, heading) if english else None
        return found._replace(languages=languages) if found else None
    return found


def _in_english(label: str, title: str | None, heading: str | None) -> Meaning | None:
    labels = LABELS.get((title, heading)) or LABELS.get((title, None), {}) if title else {}
    if label in labels:
        return Meaning(*counted(labels[label]), labels[label], ("en",))
    if label.endswith(": <N>"):
        return _by_name(label.removesuffix(": <N>"), title)
    found = _agreed(ANYWHERE.get(label, set()))
    return found if found and (title is None or found.kernel_name) else None


def is_clear(label: str, *, indented: bool) -> bool:
    """Whether a line with this label is surely one of netstat's, wherever it stands."""
    words = len(label.split())
    if words <= (FEW if indented else SOME):
        return False
    found = meaning(label, None, None)
    return found is not None and found.kernel_name is not None


def _agreed(kernel_names: set[str]) -> Meaning | None:
    """What all of these say alike: the same object of another family may have the same words."""
    objects = {counted(kernel_name) for kernel_name in kernel_names}
    if len(kernel_names) == 1:
        return Meaning(*objects.pop(), min(kernel_names), ("en",))
    if len({(protocol, name) for protocol, _, name in objects}) == 1:
        protocol, _, name = objects.pop()
        return Meaning(protocol, None, name, None, ("en",))
    return None


def _by_name(name: str, title: str | None) -> Meaning | None:
    """What the kernel itself calls so: the tables of IPv6 and SCTP write their own name before it."""
    if title is None:
        tables = [table for table in ("TcpExt", "Icmp6", "Ip6", "UdpLite6", "Udp6", "Sctp") if _is_of(table, name)]
        title = tables[0] if tables else None
    if title is None or not _NAME.fullmatch(name):
        return None
    kernel_name = f"{title}.{name.removeprefix(title) or name}" if title in GROUPS else f"{title}.{name}"
    if title in GROUPS and not _NAME_OF_MIB.fullmatch(name) and kernel_name not in NAMES:
        return _by_name(name, None) if name.startswith("TCP") else None
    return Meaning(*counted(kernel_name), kernel_name)


def _is_of(table: str, name: str) -> bool:
    """Whether the name alone tells its table."""
    if table == "TcpExt":
        return name.startswith("TCP") or f"{table}.{name}" in NAMES
    return name.startswith(table) and name != table
