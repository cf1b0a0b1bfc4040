"""Which table a line opens: by its title, by its headings, or by the shape of its row."""

import re
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import NamedTuple

from netstat_parse.grammar.protocol import BlockFinder, Grammar, HeadedGrammar, Layout, Lookahead, TitleFinder
from netstat_parse.systems import catalog, lookup, vocabularies

REMEMBERED = 64
"""Heading lines whose meaning is kept, for output that repeats itself."""


LONGEST_TITLE = 200
"""Characters of a line that may be a title, with what it has in brackets."""


LONGEST_HEADINGS = 1000
"""Characters of a line that may be headings."""


_DIGIT = re.compile(r"\d")


class Recognized(NamedTuple):
    """What a heading line says: the tables that may follow, and the languages that it may be in."""

    system: str
    tables: Sequence[Grammar]
    languages: vocabularies.Tags = ()
    layout: Layout | None = None
    above: int | None = None
    """How many of the lines of text right above are its title and headings, where that is known."""
    title: str = ""
    """The title that was read, where a text of counters has many."""


class TableRecognizer:
    """The tables of one system, or of all."""

    def __init__(self, system: str | None = None) -> None:
        self.system = system
        self._told: dict[str, bool] = {}
        self._remembered: dict[tuple[str, ...], Recognized | None] = {}

    @cached_property
    def by_system(self) -> dict[str, list[Grammar]]:
        """All grammars: what a title in English and its usual headings do not tell needs them, and imports them."""
        systems = [self.system] if self.system else catalog.systems()
        return {system: list(catalog.grammars(system)) for system in systems}

    @property
    def has_all(self) -> bool:
        """Whether all grammars have been imported."""
        return "by_system" in vars(self)

    @cached_property
    def _titles(self) -> dict[str, dict[str, list[Grammar]]]:
        return {system: _by_title(tables) for system, tables in self.by_system.items()}

    @cached_property
    def _headings(self) -> dict[str, set[str]]:
        return {
            system: {heading for table in _headed(tables) for heading in table.columns}
            for system, tables in self.by_system.items()
        }

    @cached_property
    def _title_finders(self) -> list[tuple[str, TitleFinder]]:
        return [(system, table) for system, table in self._all() if isinstance(table, TitleFinder)]

    @cached_property
    def _block_finders(self) -> list[tuple[str, BlockFinder]]:
        return [(system, table) for system, table in self._all() if isinstance(table, BlockFinder)]

    def _all(self) -> Iterator[tuple[str, Grammar]]:
        return ((system, table) for system, tables in self.by_system.items() for table in tables)

    def tells(self, line: str) -> bool:
        """Whether the line by itself is one of netstat's, or runs it."""
        if line not in self._told:
            if len(self._told) >= REMEMBERED:
                self._told.clear()
            self._told[line] = self._tells(line)
        return self._told[line]

    def _tells(self, line: str) -> bool:
        from netstat_parse.logs import prompts

        text = line.strip()
        if self.title_in_english(text) or prompts.find_command(text):
            return True
        return bool(self.title(text) or self.row(f"{line}\n", ()) or self.headings(text, ()))

    def title_in_english(self, line: str) -> list[Recognized]:
        """The tables that have this line as their title, in English; one opening for each system."""
        text = _title(line)
        return self._titled(text, lookup.in_english) if self.has_all else self._named(text)

    def _named(self, text: str) -> list[Recognized]:
        """The same, of our tables, while no more than these have to be imported."""
        found: dict[str, list[Grammar]] = {}
        for system, table in catalog.naming(text) if text else ():
            if self.system in {None, system} and text in table.titles:
                found.setdefault(system, []).append(table)
        return [Recognized(system, tables, ("en",)) for system, tables in found.items()]

    def others(self, line: str) -> list[Recognized]:
        """The tables of other distributions below a title in English, which may have been left out so far."""
        text = _title(line)
        ours = {id(table) for opening in self._named(text) for table in opening.tables}
        every = self._titled(text, lookup.in_english)
        theirs = [o._replace(tables=[table for table in o.tables if id(table) not in ours]) for o in every]
        return [opening for opening in theirs if opening.tables]

    def title(self, line: str) -> list[Recognized]:
        """The tables that have this line as their title, in any language; one opening for each system."""
        text = _title(line)
        return self._titled(text, lookup.in_english) or self._titled(text, lookup.canonical)

    def _titled(self, text: str, look_up: lookup.LookUp) -> list[Recognized]:
        found = []
        for system, by_title in self._titles.items():
            title, languages = look_up(system, "titles", text, by_title)
            if title in by_title:
                found.append(Recognized(system, by_title[title], languages))
        return found

    def headings(self, line: str, titles: Sequence[Recognized]) -> Recognized | None:
        """The table that has the headings in this line, in any language; one with such a title before others."""
        if len(line) > LONGEST_HEADINGS:
            return None
        key = (line, *(table.name for opening in titles for table in opening.tables))
        if key not in self._remembered:
            if len(self._remembered) >= REMEMBERED:
                self._remembered.clear()
            self._remembered[key] = self._read_headings(line, titles)
        return self._remembered[key]

    def _read_headings(self, line: str, titles: Sequence[Recognized]) -> Recognized | None:
        """The titles' own first, and English: others take time to load."""
        if own := self._own_headings(line, titles):
            return own
        in_english = self._headed(line, titles, lookup.in_english, missed_at_most=0)
        return in_english or self._headed(line, titles, lookup.canonical, missed_at_most=len(line))

    def _own_headings(self, line: str, titles: Sequence[Recognized]) -> Recognized | None:
        """The table with such a title that has just these headings: no other can fit better."""
        for system, tables, *_ in titles:
            own = _headed(tables)
            known = {heading for table in own for heading in table.columns}
            found, missed, languages = lookup.headings(system, line, known, lookup.in_english)
            for table in own:
                if len(found) > 1 and not missed and table.fit(found) == len(found):
                    return Recognized(system, [table], languages, table.layout(found))
        return None

    def _headed(
        self, line: str, titles: Sequence[Recognized], look_up: lookup.LookUp, *, missed_at_most: int
    ) -> Recognized | None:
        preferred = [table for opening in titles for table in opening.tables]
        best, best_fit = None, (1, False)
        for system, tables in self.by_system.items():
            found, missed, languages = lookup.headings(system, line, self._headings[system], look_up)
            if len(found) <= max(1, missed) or missed > missed_at_most:
                continue
            for table in _headed(tables):
                fit = (table.fit(found) - missed, table in preferred)
                if fit > best_fit and fit[0] * 2 > len(found):
                    best, best_fit = Recognized(system, [table], languages, table.layout(found)), fit
        return best

    def below(self, line: str, text: str) -> Recognized | None:
        """The text of counters that has this line as a title, as the text below it tells."""
        for system, counters in self._title_finders:
            title = counters.title_above(line, text)
            if title is not None:
                return Recognized(system, [counters], title=title)
        return None

    def ahead(
        self, text: str, at: int, lines: Sequence[str], titles: Sequence[Recognized], *, is_last: bool
    ) -> Recognized | Lookahead:
        """The block of figures that begins there below no known title, as its rows tell and the lines of text above."""
        if not _DIGIT.search(text[at : text.find("\n", at) + 1 or None]):
            return Lookahead.NO
        if any(table.layout().is_row(text, at) for opening in titles for table in opening.tables):
            return Lookahead.NO
        for system, block in self._block_finders:
            above = block.above(lines) if block.is_row(text, at) else None
            if above is not None and (found := block.ahead(text, at, is_last=is_last)) is not Lookahead.NO:
                return (
                    found
                    if found is Lookahead.WAIT
                    else Recognized(system, [block], layout=block.layout(), above=above)
                )
        return Lookahead.NO

    def row(self, text: str, titles: Sequence[Recognized], seen: AbstractSet[str] = frozenset()) -> Recognized | None:
        """The table that has such a row: one with this title, or one whose shape nothing else has.

        Where two tables have rows of one shape, the first that has not been seen.
        """
        for opening in titles:
            for table in sorted(opening.tables, key=lambda table: table.name in seen):
                if table.layout().is_row(text):
                    return Recognized(opening.system, [table], (), table.layout())
        for system, tables in self.by_system.items():
            for table in sorted(tables, key=lambda table: table.framed and table.name in seen) if seen else tables:
                if table.by_shape and table.may_open(text) and table.layout().is_row(text):
                    return Recognized(system, [table], (), table.layout())
        return None


def _title(line: str) -> str:
    """What may be a title: the line without its suffix, and one blank between two words."""
    return " ".join(_without_suffix(line).split()) if len(line) <= LONGEST_TITLE else ""


def _without_suffix(line: str) -> str:
    """A title without its colon and what stands in brackets before that."""
    text = line.rstrip()
    text = (text[:-1] if text.endswith((":", "：")) else text).rstrip()
    return text.partition("(")[0] if text.endswith(")") else text


def _headed(tables: Iterable[Grammar]) -> list[HeadedGrammar]:
    """The tables that their headings identify: framed ones are found by their titles and rows alone."""
    return [table for table in tables if isinstance(table, HeadedGrammar) and not table.framed]


def _by_title(tables: Iterable[Grammar]) -> dict[str, list[Grammar]]:
    found: dict[str, list[Grammar]] = {}
    for table in tables:
        for title in table.titles:
            found.setdefault(title, []).append(table)
    return found
