"""Collect texts of all languages: titles, headings, the words that begin rows, those that detect a code page.

A wheel has them computed: a run that reads any text which is not a table's in English needs them.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from netstat_parse.decode.code_pages import KnownWords, split_words
from netstat_parse.grammar.protocol import Grammar, HeadedGrammar, finds_words, has_headings
from netstat_parse.named_fields import NamedFields
from netstat_parse.systems import catalog, lookup, vocabularies
from netstat_parse.systems.generated import read_computed


class PrintedTexts(NamedFields):
    """The texts of one system, in all languages and of all versions."""

    titles: Mapping[str, Sequence[str]]
    """The titles by their last words, long ones first."""
    heading_words: Sequence[str]
    """The words of headings."""
    first_words: Mapping[str, Sequence[str]]
    """For each grammar by its name, the first words of rows that a word identifies."""


def load_texts(system: str, tables: Iterable[Grammar]) -> PrintedTexts:
    """Return the texts of a system with these grammars."""
    generated = read_computed(system, "_printed_texts")
    return PrintedTexts(**(collect_texts(system, tables) if generated is None else generated))


def collect_texts(system: str, tables: Iterable[Grammar]) -> dict[str, Any]:
    """Return the fields of the `PrintedTexts` of a system, as literals."""
    tables = list(tables)
    titles = {title for table in tables for title in table.titles} | {*lookup.printed_texts(system, "titles")}
    headings = {heading for table in headed(tables) for heading in table.columns}
    words = {word for text in (*headings, *lookup.printed_texts(system, "headings")) for word in text.split()}
    return {
        "titles": sort_by_last_word(titles),
        "heading_words": sorted(words),
        "first_words": {table.name: sorted(table.first_words) for table in tables if finds_words(table)},
    }


def load_words() -> KnownWords:
    """Return the words outside ASCII in the phrases of all systems, by language."""
    found: dict[str, list[str]] = {}
    for system in catalog.systems():
        generated = read_computed(system, "_words_by_language")
        for language, words in (collect_words(system) if generated is None else generated).items():
            found.setdefault(language, []).extend(words)
    return found


def collect_words(system: str) -> dict[str, list[str]]:
    """Return the words outside ASCII in the phrases of a system, by language."""
    phrases = vocabularies.phrases(system)
    return {language: sorted(split_words("\n".join(texts))) for language, texts in phrases.items()}


def headed(tables: Iterable[Grammar]) -> list[HeadedGrammar]:
    """Select the tables that headings identify: framed ones are recognized by their titles and rows alone."""
    return [table for table in tables if has_headings(table) and not table.framed]


def sort_by_last_word(titles: Iterable[str]) -> dict[str, list[str]]:
    """Return the titles by their last word, long ones first."""
    found: dict[str, list[str]] = {}
    for title in _sort(titles):
        found.setdefault(title[title.rfind(" ") + 1 :], []).append(title)
    return found


def merge_titles(systems: Iterable[PrintedTexts]) -> Mapping[str, Sequence[str]]:
    """Return the titles of all these systems by their last word, long ones first."""
    found: dict[str, Sequence[str]] = {}
    for texts in systems:
        for last, titles in texts.titles.items():
            found[last] = _sort({*found[last], *titles}) if last in found else titles
    return found


def _sort(titles: Iterable[str]) -> list[str]:
    return sorted(titles, key=lambda title: (-len(title), title))
