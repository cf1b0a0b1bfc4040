"""Load the vocabularies of each system: ``words/<language>.toml``.

The name of a file is the BCP 47 tag of its language. A program whose words differ from those of the system has a file
of its own: the German of Windows is in ``de.toml``, and the texts that only Wine prints are in ``de-x-wine.toml``.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from types import ModuleType
from typing import Any, NamedTuple

from netstat_parse import logger
from netstat_parse.generated_modules import find_generated
from netstat_parse.systems import catalog

Vocabulary = Mapping[str, Mapping[str, Any]]
"""Printed texts with their English, by part: ``titles``, ``headings``, ``states`` ..."""

Tags = tuple[str, ...]
"""Languages as BCP 47 tags, with ``-x-`` and a program if only that program prints the text."""


class VocabularyError(OSError):
    """A vocabulary of this distribution that cannot be read."""


class Meaning(NamedTuple):
    """The meaning of a printed text in one language."""

    english: str
    tag: str
    """The language; with the program if only that program prints this text instead of the usual one."""


@cache
def vocabularies(system: str) -> dict[str, Vocabulary]:
    """Load the vocabularies of a system by language.

    English maps states and timers to the words of the schema, and the spellings of older versions to today's.
    """
    found: dict[str, Vocabulary] = {}
    for tag, vocabulary in _files(system).items():
        language, _ = split_tag(tag)
        found[language] = _merge(found.get(language, {}), vocabulary)
    return found


@cache
def english(system: str) -> Vocabulary:
    """Load the English vocabulary of a system; of one of ours no other."""
    if system in catalog.own_systems():
        generated = find_generated(catalog.own_package(system).__name__, "_english")
        if generated is not None:
            found: Vocabulary = generated.DATA
            return found
        return _parse_own(f"{system}/words/en.toml", catalog.own_data(system, "words/en.toml") or b"")
    return _files(system).get("en", {})


@cache
def meanings(system: str, part: str) -> dict[str, dict[str, Meaning]]:
    """Load one part of all vocabularies but English: the meaning of each printed text by language."""
    found: dict[str, dict[str, Meaning]] = {}
    for tag, vocabulary in _files(system).items():
        language, program = split_tag(tag)
        if language == "en":
            continue
        usual = dict[str, set[str]]()
        if program:
            for printed, meant in _flatten(vocabulary_part(_files(system).get(language, {}), part)):
                usual.setdefault(meant, set()).add(printed.casefold())
        for printed, meant in _flatten(vocabulary_part(vocabulary, part)):
            is_programs_own = meant in usual and printed.casefold() not in usual[meant]
            found.setdefault(printed, {}).setdefault(language, Meaning(meant, tag if is_programs_own else language))
    return found


def foreign_texts(system: str, part: str) -> Iterator[str]:
    """Yield each printed text of one part of all vocabularies but English, perhaps more than once."""
    for tag, vocabulary in _files(system).items():
        if split_tag(tag)[0] != "en":
            yield from (printed for printed, _ in _flatten(vocabulary_part(vocabulary, part)))


def phrases(system: str) -> dict[str, list[str]]:
    """Load all printed texts of a system by language."""
    return {
        language: [printed for part in vocabulary.values() for printed, _ in _flatten(part)]
        for language, vocabulary in vocabularies(system).items()
    }


def vocabulary_part(vocabulary: Vocabulary, part: str) -> Mapping[str, Any]:
    """Return one part of a vocabulary: ``states``, or a part within a part: ``labels.tcp``."""
    found: Mapping[str, Any] = vocabulary
    for name in part.split("."):
        found = found.get(name, {})
    return found


def split_tag(tag: str) -> tuple[str, str]:
    """Split a tag into language and program: ``de-x-wine`` into ``de`` and ``wine``; the program may be empty."""
    language, _, program = tag.partition("-x-")
    return language, program


@cache
def _files(system: str) -> dict[str, Vocabulary]:
    """Load all files of a system by their tags, a language's own before those of its programs.

    Raises:
        VocabularyError: a file of ours is broken.
    """
    found: dict[str, Vocabulary] = {}
    if system in catalog.own_systems():
        found |= own_files(system) if (generated := _generated_files(system)) is None else generated
    for package in catalog.foreign_packages(system):
        for tag, vocabulary in _read_folder(package, _parse_foreign):
            found.setdefault(tag, vocabulary)
    return dict(sorted(found.items()))


def own_files(system: str) -> dict[str, Vocabulary]:
    """Read our TOML files of a system by their tags.

    Raises:
        VocabularyError: a file is broken.
    """
    return dict(sorted(_read_folder(catalog.own_package(system), _parse_own)))


def _generated_files(system: str) -> dict[str, Vocabulary] | None:
    """Return what `own_files` returned when the wheel was built; None in a checkout."""
    generated = find_generated(catalog.own_package(system).__name__, "_words")
    return None if generated is None else dict(generated.DATA)


def _read_folder(package: ModuleType, parse: Callable[[str, bytes], Vocabulary]) -> Iterator[tuple[str, Vocabulary]]:
    """Read the vocabularies of a package, each with its tag; a single module has none."""
    from importlib.resources import files  # takes long to import

    words = files(package).joinpath("words") if hasattr(package, "__path__") else None
    for file in words.iterdir() if words is not None and words.is_dir() else ():
        tag, _, ending = file.name.rpartition(".")
        if ending == "toml":
            path = f"{package.__name__.removeprefix(catalog.NAME).strip('.')}/words/{file.name}"
            yield tag, parse(path, file.read_bytes())


def _parse_own(path: str, text: bytes) -> Vocabulary:
    import tomllib  # takes long to import

    try:
        return tomllib.loads(text.decode())
    except ValueError as error:  # of TOML or of UTF-8
        raise VocabularyError(f"{path} is damaged; install netstat-parse again ({error})") from error


def _parse_foreign(path: str, text: bytes) -> Vocabulary:
    """Parse words of another distribution. Broken ones are left out with a warning: the others must stay usable."""
    import tomllib  # takes long to import

    try:
        return _check_words(tomllib.loads(text.decode()))
    except ValueError as error:
        logger.warning("cannot read the words %s: %s", path, error)
        return {}


def _check_words(vocabulary: Vocabulary) -> Vocabulary:
    for part, words in vocabulary.items():
        if not isinstance(words, Mapping):
            raise ValueError(f"{part!r} is no table of words")  # noqa: TRY004 - the type of a value in a file
        for printed, meant in _flatten(words):
            if type(meant) is not str or not printed:
                raise ValueError(f"{printed!r} of {part!r} has no text as its meaning")
    return vocabulary


def _merge(first: Mapping[str, Any], second: Mapping[str, Any]) -> Mapping[str, Any]:
    """Merge two vocabularies part by part; the first one wins."""
    in_both = {name for name in first.keys() & second.keys() if isinstance(first[name], Mapping)}
    return {**second, **first, **{name: _merge(first[name], second[name]) for name in in_both}}


def _flatten(part: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for printed, meant in part.items():
        if isinstance(meant, str) or not isinstance(meant, Mapping):  # texts first: asking for a `Mapping` is slow
            yield printed, meant
        else:
            yield from _flatten(meant)
