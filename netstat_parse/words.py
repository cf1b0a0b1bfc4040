"""One language's vocabulary, back to English, and English to the words of the schema.

A vocabulary makes an answer richer, never possible: tables are found by the shape of their rows. A word is looked up in
English first and then in all languages of its system at once, so that text in English loads no other language.

A file's name is its language's tag. A program whose words are its own has a file beside that: what Windows prints in
German is in ``de.toml``, and what only Wine prints in ``de-x-wine.toml``.
"""

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Container, Iterable, Mapping
from functools import cache
from itertools import zip_longest
from typing import Any, NamedTuple

from netstat_parse import catalog

LONGEST_HEADING = 5
"""Words in the longest heading."""

OWN_WORDS = 2
"""Texts of a program's own that tell the program; one may be what another prints in a version that nobody has shown."""

MOST_WORDS = 100
"""Words in a line of headings; a longer line is none."""

UNKNOWN_WORDS = 100
"""Unknown words that are told of in one snapshot."""

LEGIBLE = 3
"""Characters of a damaged word that must be left to tell it by."""

GROWTH = 4
"""How many times as long as a word its damaged form may be."""

_DAMAGE = re.compile(r"(?:[^ -~]|\?)+")
"""What stands in place of a letter that was decoded wrongly before it was saved."""

Vocabulary = Mapping[str, Mapping[str, Any]]
Tags = tuple[str, ...]
"""Languages, as BCP 47 tags."""


class Meaning(NamedTuple):
    """What a printed text means."""

    english: str
    tag: str
    """The language; with the program, where it is known what others print in place of this text."""


class Doubt(NamedTuple):
    """Why a word may not be what it was read as, for a diagnostic."""

    code: str
    message: str


def _loads(text: bytes) -> Vocabulary:
    return tomllib.loads(text.decode())


@cache
def _files(system: str) -> dict[str, Vocabulary]:
    """Every vocabulary of a system by its tag, a language's own before those of further programs."""
    found: dict[str, Vocabulary] = {}
    for folder in catalog.folders(system):
        words = folder.joinpath("words")
        for file in words.iterdir() if words.is_dir() else ():
            tag, _, ending = file.name.rpartition(".")
            if ending == "toml":
                found.setdefault(tag, _loads(file.read_bytes()))
    return dict(sorted(found.items()))


@cache
def vocabularies(system: str) -> dict[str, Vocabulary]:
    """Every language of a system by its tag; English holds the schema's words and the spellings of older versions."""
    found: dict[str, Vocabulary] = {}
    for tag, vocabulary in _files(system).items():
        language, _ = _language_and_program(tag)
        found[language] = _merged(found.get(language, {}), vocabulary)
    return found


def _merged(first: Mapping[str, Any], second: Mapping[str, Any]) -> Mapping[str, Any]:
    parts = {name for name in first.keys() & second.keys() if isinstance(first[name], Mapping)}
    return {**second, **first, **{name: _merged(first[name], second[name]) for name in parts}}


def _language_and_program(tag: str) -> tuple[str, str]:
    language, _, program = tag.partition("-x-")
    return language, program


@cache
def english(system: str) -> Vocabulary:
    """The vocabulary of English alone."""
    return _loads(catalog.data(system, "words/en.toml") or b"")


@cache
def _everywhere(system: str, part: str) -> dict[str, dict[str, Meaning]]:
    """Of one part, what each printed text means in each language that has it."""
    found: dict[str, dict[str, Meaning]] = {}
    for tag, vocabulary in _files(system).items():
        language, program = _language_and_program(tag)
        if language == "en":
            continue
        usual = dict[str, set[str]]()
        if program:
            for printed, meant in _flat(_part(_files(system).get(language, {}), part)):
                usual.setdefault(meant, set()).add(printed.casefold())
        for printed, meant in _flat(_part(vocabulary, part)):
            is_own = meant in usual and printed.casefold() not in usual[meant]
            found.setdefault(printed, {}).setdefault(language, Meaning(meant, tag if is_own else language))
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
        return found[language].english, (found[language].tag,)
    most = Counter(meaning.english for meaning in found.values()).most_common(1)
    return most[0][0], tuple(meaning.tag for meaning in found.values())


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


def undamaged(system: str, part: str, text: str) -> str | None:
    """The word that a damaged text was, ABHÖREN for ``ABH?REN``, where all that it can be mean the same.

    Only letters that are not ASCII are damaged. One may have become several, and may have taken the letter behind it
    along, as half a character of Chinese.
    """
    legible = _DAMAGE.split(text)
    if len(legible) == 1 or sum(map(len, legible)) < LEGIBLE:
        return None
    words = {word: meanings for word, meanings in _everywhere(system, part).items() if not word.isascii()}
    near = [word for word in words if word.startswith(legible[0]) and word.endswith(legible[-1])]
    if not near or len(text) > GROWTH * max(map(len, near)):
        return None
    lost = (f"[^ -~]{{1,{len(damage)}}}.?" for damage in _DAMAGE.findall(text))
    pattern = "".join(map("".join, zip_longest(map(re.escape, legible), lost, fillvalue="")))
    found = [word for word in near if re.fullmatch(pattern, word)]
    meant = {meaning.english for word in found for meaning in words[word].values()}
    return found[0] if len(meant) == 1 else None


LookUp = Callable[[str, str, str, Container[str]], tuple[str | None, Tags]]


def headings(system: str, line: str, known: Container[str], look_up: LookUp = canonical) -> tuple[list[str], int, Tags]:
    """The headings that a line is made of, in English, and how many of its words are of none."""
    words, at, missed = line.split(), 0, 0
    if len(words) > MOST_WORDS:
        return [], len(words), ()
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
        """The language of most texts; English where there was no other; none where nothing tells.

        Two kinds of one language of which neither has more are that language: ``pt`` of ``pt-BR`` and ``pt-PT``.
        """
        spoken: Counter[str] = Counter()
        for tag, count in self.heard.items():
            spoken[_language_and_program(tag)[0]] += count
        english = spoken.pop("en", 0)
        if not spoken:
            return "en" if english else None
        most = [tag for tag, count in spoken.items() if count == max(spoken.values())]
        kin = {tag.partition("-")[0] for tag in most}
        return most[0] if len(most) == 1 else kin.pop() if len(kin) == 1 else None

    @property
    def program(self) -> str | None:
        """The program, where several texts are of one alone."""
        printed_by: Counter[str] = Counter()
        for tag, count in self.heard.items():
            printed_by[_language_and_program(tag)[1]] += count
        del printed_by[""]
        return next(iter(printed_by)) if len(printed_by) == 1 and printed_by.total() >= OWN_WORDS else None

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

    def read(self, part: str, text: str) -> tuple[str | None, Doubt | None]:
        """The schema's word for a printed one, which may be damaged, and what is doubtful of it."""
        word = self.schema_word(part, text)
        if word is not None or text.isdigit():
            return word, None
        whole = undamaged(self.system, part, text)
        if whole is None:
            return None, Doubt("unknown-state", f"no vocabulary has the word {text!r}")
        message = f"{text!r} was decoded wrongly, and can only be {whole!r}"
        return self.schema_word(part, whole), Doubt("damaged-word", message)

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
