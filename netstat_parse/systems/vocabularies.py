"""Load the vocabularies of each system: ``words/<language>.toml``."""

import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from netstat_parse.systems import catalog

Vocabulary = Mapping[str, Mapping[str, Any]]


Tags = tuple[str, ...]
"""Languages, as BCP 47 tags."""


class Meaning(NamedTuple):
    """What a printed text means."""

    english: str
    tag: str
    """The language; with the program, where it is known what others print in place of this text."""


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
