"""One language's vocabulary, back to English, and English to the words of the schema.

A vocabulary makes an answer richer, never possible: tables are found by the shape of their rows. A word is looked up in
English first and then in all languages of its system at once, so that text in English loads no other language.
"""

import tomllib
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping
from functools import cache
from importlib.resources.abc import Traversable
from typing import Any

from netstat_parse import catalog

LONGEST_HEADING = 5
"""Words in the longest heading."""

UNKNOWN_WORDS = 100
"""Unknown words that are told of in one snapshot."""

Vocabulary = Mapping[str, Mapping[str, Any]]
Tags = tuple[str, ...]
"""Languages, as BCP 47 tags."""


def _load(folder: Traversable, name: str) -> Vocabulary:
    return tomllib.loads(folder.joinpath("words", name).read_text("utf-8"))


@cache
def vocabularies(system: str) -> dict[str, Vocabulary]:
    """Every language of a system by its tag; English holds the schema's words and the spellings of older versions."""
    found: dict[str, Vocabulary] = {}
    for folder in catalog.folders(system):
        words = folder.joinpath("words")
        for file in sorted(words.iterdir(), key=lambda file: file.name) if words.is_dir() else ():
            tag, _, ending = file.name.rpartition(".")
            if ending == "toml":
                found.setdefault(tag, _load(folder, file.name))
    return found


@cache
def english(system: str) -> Vocabulary:
    """The vocabulary of English alone."""
    for folder in catalog.folders(system):
        if folder.joinpath("words", "en.toml").is_file():
            return _load(folder, "en.toml")
    return {}


@cache
def _everywhere(system: str, part: str) -> dict[str, dict[str, str]]:
    """Of one part, each printed text with its English in each language that has it."""
    found: dict[str, dict[str, str]] = {}
    for tag, vocabulary in vocabularies(system).items():
        if tag != "en":
            for printed, meant in _flat(_part(vocabulary, part)):
                found.setdefault(printed, {})[tag] = meant
    return found


def _part(vocabulary: Vocabulary, part: str) -> Mapping[str, Any]:
    """One part of a vocabulary: ``states``, or within a part ``labels.tcp``."""
    found: Mapping[str, Any] = vocabulary
    for name in part.split("."):
        found = found.get(name, {})
    return found


def phrases() -> dict[str, list[str]]:
    """All that is printed in each language, by whatever system."""
    found: dict[str, list[str]] = {}
    for system in catalog.systems():
        for tag, vocabulary in vocabularies(system).items():
            found.setdefault(tag, []).extend(printed for part in vocabulary.values() for printed, _ in _flat(part))
    return found


def _flat(part: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for printed, meant in part.items():
        if isinstance(meant, Mapping):
            yield from _flat(meant)
        else:
            yield printed, meant


def translated(system: str, part: str, text: str, language: str | None = None) -> tuple[str | None, Tags]:
    """The English for a foreign text, as `language` says or else as most do, and the languages that have it."""
    found = _everywhere(system, part).get(text)
    if found is None:
        return None, ()
    if language in found:
        return found[language], (language,)
    return Counter(found.values()).most_common(1)[0][0], tuple(found)


def in_english(system: str, part: str, text: str, known: Container[str] = ()) -> tuple[str | None, Tags]:
    """The English of today for a printed text: itself where `known` has it, or what replaced an older spelling."""
    if text in known:
        return text, ("en",)
    older = _part(english(system), part).get(text)
    return (None, ()) if older is None else (str(older), ("en",))


def canonical(
    system: str, part: str, text: str, known: Container[str] = (), language: str | None = None
) -> tuple[str | None, Tags]:
    """The English for a printed text: itself where `known` has it, else as a vocabulary says, first the language's."""
    meant, tags = in_english(system, part, text, known)
    return translated(system, part, text, language) if meant is None else (meant, tags)


LookUp = Callable[[str, str, str, Container[str]], tuple[str | None, Tags]]


def headings(system: str, line: str, known: Container[str], look_up: LookUp = canonical) -> tuple[list[str], int, Tags]:
    """The headings that a line is made of, in English, and how many of its words are of none."""
    words, at, missed = line.split(), 0, 0
    found: list[str] = []
    heard: Tags = ()
    while at < len(words):
        for length in range(min(LONGEST_HEADING, len(words) - at), 0, -1):
            heading, tags = look_up(system, "headings", " ".join(words[at : at + length]), known)
            if heading is not None:
                found += heading.split(" | ")
                heard += tags
                at += length
                break
        else:
            missed += 1
            at += 1
    return found, missed, heard


class Words:
    """The words of one snapshot: looks them up, and remembers which languages they were of."""

    def __init__(self, system: str) -> None:
        self.system = system
        self.heard: Counter[str] = Counter()
        """How many printed texts each language accounts for."""
        self.unknown: set[str] = set()
        """Words that no vocabulary has; hostile input may have any number, so only the first ones are kept."""

    @property
    def language(self) -> str | None:
        """The language of most texts; English where there was no other; none where nothing tells."""
        others = Counter({tag: count for tag, count in self.heard.items() if tag != "en"}).most_common(2)
        if not others:
            return "en" if self.heard["en"] else None
        if len(others) > 1 and others[0][1] == others[1][1]:
            return None
        return others[0][0]

    def schema_word(self, part: str, text: str) -> str | None:
        """The schema's word for a printed state or timer, in any language; ``""`` for one that the schema has none for.

        None where no vocabulary has the text.
        """
        words = english(self.system).get(part, {})
        if text in words:
            return str(words[text])
        meant, tags = translated(self.system, part, text, self.language)
        self.heard.update(tags)
        return None if meant is None else str(words.get(meant, ""))

    def english(self, part: str, text: str) -> str:
        """The English for a printed text, or the text itself where no vocabulary has it."""
        meant, tags = canonical(self.system, part, text)
        self.heard.update(tags)
        return text if meant is None else meant

    def is_new(self, text: str) -> bool:
        """Whether this unknown word has not been met before."""
        if text in self.unknown or len(self.unknown) >= UNKNOWN_WORDS:
            return False
        self.unknown.add(text)
        return True
