"""The index of the grammars: by title, by heading, by the beginnings of rows.

Our own English titles are looked up first, because others need more: foreign titles, unknown headings and rows without
a title need the vocabularies of all languages and the grammars of other distributions.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain

from netstat_parse.grammar.protocol import (
    BlockFinder,
    Grammar,
    TitleFinder,
    WordFinder,
    finds_blocks,
    finds_titles,
    finds_words,
)
from netstat_parse.named_fields import NamedFields
from netstat_parse.reading.grammar_loader import load_grammars, own_grammars
from netstat_parse.reading.openings import Openings
from netstat_parse.reading.printed_texts import PrintedTexts, headed, load_texts, merge_titles, sort_by_last_word
from netstat_parse.systems import catalog
from netstat_parse.systems.vocabularies import Tags


class TitleMatch(NamedFields):
    """The tables of one system that a title may introduce."""

    system: str
    tables: Sequence[Grammar]
    languages: Tags
    """The languages that the title may be in."""
    own_title: str = ""
    """The title, where only our tables were looked up: `TitleIndex.complete` adds those of other distributions."""


class TitleIndex:
    """The grammars of one system, or of all."""

    def __init__(self, system: str | None = None) -> None:
        self.system = system

    def own(self, title: str) -> Sequence[TitleMatch]:
        """Find our tables with this English title."""
        return self._own.get(title, ())

    @cached_property
    def own_by_last_word(self) -> Mapping[str, Sequence[str]]:
        """Our English titles by their last word."""
        return sort_by_last_word(self._own)

    @cached_property
    def last_words_of_titles(self) -> frozenset[str]:
        """The last words of all titles, in any language."""
        return frozenset(self.own_by_last_word) | self.printed_by_last_word.keys()

    @cached_property
    def printed_by_last_word(self) -> Mapping[str, Sequence[str]]:
        """All titles, in any language and of any version, by their last word."""
        return merge_titles(self._texts.values())

    @cached_property
    def _own(self) -> Mapping[str, Sequence[TitleMatch]]:
        """Our tables by English title, at most one match for each system."""
        found: dict[str, list[TitleMatch]] = {}
        for system in catalog.own_systems() if self.system is None else [self.system]:
            for title, tables in _by_title(own_grammars(system)).items():
                found.setdefault(title, []).append(TitleMatch(system, tables, ("en",), title))
        return found

    def complete(self, titles: Sequence[TitleMatch]) -> Sequence[TitleMatch]:
        """Add the tables of other distributions to ours below an English title."""
        found = list(titles)
        for title in dict.fromkeys(match.own_title for match in titles if match.own_title):
            own = {id(table) for match in self.own(title) for table in match.tables}
            for system, by_title in self.titles.items():
                if others := [table for table in by_title.get(title, ()) if id(table) not in own]:
                    found.append(TitleMatch(system, others, ("en",)))
        return found

    @cached_property
    def by_system(self) -> Mapping[str, Sequence[Grammar]]:
        """All grammars."""
        systems = [self.system] if self.system else catalog.systems()
        return {system: list(load_grammars(system)) for system in systems}

    @cached_property
    def titles(self) -> Mapping[str, Mapping[str, Sequence[Grammar]]]:
        """The tables of each system by English title."""
        return {system: _by_title(tables) for system, tables in self.by_system.items()}

    @cached_property
    def headings(self) -> Mapping[str, set[str]]:
        """The English headings of all tables of each system."""
        return {
            system: {heading for table in headed(tables) for heading in table.columns}
            for system, tables in self.by_system.items()
        }

    @cached_property
    def _texts(self) -> Mapping[str, PrintedTexts]:
        return {system: load_texts(system, tables) for system, tables in self.by_system.items()}

    @cached_property
    def printed_titles(self) -> frozenset[str]:
        """All titles, in any language and of any version."""
        return frozenset(chain.from_iterable(self.printed_by_last_word.values()))

    @cached_property
    def beginnings_of_titles(self) -> frozenset[str]:
        """The first two words of all titles, in any language and of any version."""
        return frozenset(" ".join(title.split()[:2]) for title in self.printed_titles if title)

    @cached_property
    def heading_words(self) -> frozenset[str]:
        """All words of headings, in any language and of any version."""
        return frozenset(chain.from_iterable(texts.heading_words for texts in self._texts.values()))

    @cached_property
    def openings(self) -> Openings[Grammar]:
        """The tables that a row alone identifies."""
        return Openings((system, table) for system, table in self._all() if table.by_shape)

    @cached_property
    def title_finders(self) -> Sequence[tuple[str, TitleFinder]]:
        """The grammars whose titles are recognized by the text below them, each with its system."""
        return [(system, table) for system, table in self._all() if finds_titles(table)]

    @cached_property
    def first_words(self) -> Mapping[str, Sequence[tuple[str, WordFinder]]]:
        """The grammars that the first word of a row identifies, each with its system."""
        found: dict[str, list[tuple[str, WordFinder]]] = {}
        for system, table in self._all():
            if finds_words(table):
                for word in self._texts[system].first_words[table.name]:
                    found.setdefault(word, []).append((system, table))
        return found

    @cached_property
    def block_openings(self) -> Openings[BlockFinder]:
        """The grammars whose blocks are recognized by several rows."""
        return Openings((system, table) for system, table in self._all() if finds_blocks(table))

    def _all(self) -> Iterator[tuple[str, Grammar]]:
        return ((system, table) for system, tables in self.by_system.items() for table in tables)


def _by_title(tables: Iterable[Grammar]) -> dict[str, list[Grammar]]:
    found: dict[str, list[Grammar]] = {}
    for table in tables:
        for title in table.titles:
            found.setdefault(title, []).append(table)
    return found
