"""Which table a line opens: by its title, by its headings, or by the shape of its row."""

import re
from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import Any, NamedTuple

from netstat_parse import catalog, words
from netstat_parse.grammar import Ahead, Layout, Table

REMEMBERED = 64
"""Heading lines whose meaning is kept, for output that repeats itself."""

LONGEST_TITLE = 200
"""Characters of a line that may be a title, with what it has in brackets."""

LONGEST_HEADINGS = 1000
"""Characters of a line that may be headings."""


_DIGIT = re.compile(r"\d")


class Opening(NamedTuple):
    """What a heading line says: the tables that may follow, and the languages that it may be in."""

    system: str
    tables: Sequence[Table]
    languages: words.Tags = ()
    layout: Layout | None = None
    above: int | None = None
    """How many of the lines of text right above are its title and headings, where that is known."""
    title: str = ""
    """The title that was read, where a text of counters has many."""


class Tables:
    """The tables of one system, or of all."""

    def __init__(self, system: str | None = None) -> None:
        self.system = system
        self._told: dict[str, bool] = {}
        self._remembered: dict[tuple[str, ...], Opening | None] = {}

    @cached_property
    def by_system(self) -> dict[str, list[Any]]:
        """All grammars: what a title in English and its usual headings do not tell needs them, and imports them."""
        systems = [self.system] if self.system else catalog.systems()
        return {system: list(catalog.grammars(system)) for system in systems}

    @property
    def has_all(self) -> bool:
        """Whether all grammars have been imported."""
        return "by_system" in vars(self)

    @cached_property
    def _titles(self) -> dict[str, dict[str, list[Table]]]:
        return {system: _by_title(tables) for system, tables in self.by_system.items()}

    @cached_property
    def _headings(self) -> dict[str, set[str]]:
        return {
            system: {heading for table in tables if not is_framed(table) for heading in table.columns}
            for system, tables in self.by_system.items()
        }

    @cached_property
    def _counters(self) -> list[tuple[str, Any]]:
        return self._with("title_above")

    @cached_property
    def _blocks(self) -> list[tuple[str, Any]]:
        return self._with("ahead")

    def _with(self, ability: str) -> list[tuple[str, Any]]:
        return [
            (system, table) for system, tables in self.by_system.items() for table in tables if hasattr(table, ability)
        ]

    def tells(self, line: str) -> bool:
        """Whether the line by itself is one of netstat's, or runs it."""
        if line not in self._told:
            if len(self._told) >= REMEMBERED:
                self._told.clear()
            self._told[line] = self._tells(line)
        return self._told[line]

    def _tells(self, line: str) -> bool:
        from netstat_parse import log

        text = line.strip()
        if self.title_in_english(text) or log.command(text):
            return True
        return bool(self.title(text) or self.row(f"{line}\n", ()) or self.headings(text, ()))

    def title_in_english(self, line: str) -> list[Opening]:
        """The tables that have this line as their title, in English; one opening for each system."""
        text = _title(line)
        return self._titled(text, words.in_english) if self.has_all else self._named(text)

    def _named(self, text: str) -> list[Opening]:
        """The same, of our tables, while no more than these have to be imported."""
        found: dict[str, list[Table]] = {}
        for system, table in catalog.naming(text) if text else ():
            if self.system in {None, system} and text in table.titles:
                found.setdefault(system, []).append(table)
        return [Opening(system, tables, ("en",)) for system, tables in found.items()]

    def others(self, line: str) -> list[Opening]:
        """The tables of other distributions below a title in English, which may have been left out so far."""
        text = _title(line)
        ours = {id(table) for opening in self._named(text) for table in opening.tables}
        every = self._titled(text, words.in_english)
        theirs = [o._replace(tables=[table for table in o.tables if id(table) not in ours]) for o in every]
        return [opening for opening in theirs if opening.tables]

    def title(self, line: str) -> list[Opening]:
        """The tables that have this line as their title, in any language; one opening for each system."""
        text = _title(line)
        return self._titled(text, words.in_english) or self._titled(text, words.canonical)

    def _titled(self, text: str, look_up: words.LookUp) -> list[Opening]:
        found = []
        for system, by_title in self._titles.items():
            title, languages = look_up(system, "titles", text, by_title)
            if title in by_title:
                found.append(Opening(system, by_title[title], languages))
        return found

    def headings(self, line: str, titles: Sequence[Opening]) -> Opening | None:
        """The table that has the headings in this line, in any language; one with such a title before others."""
        if len(line) > LONGEST_HEADINGS:
            return None
        key = (line, *(table.name for opening in titles for table in opening.tables))
        if key not in self._remembered:
            if len(self._remembered) >= REMEMBERED:
                self._remembered.clear()
            self._remembered[key] = self._read_headings(line, titles)
        return self._remembered[key]

    def _read_headings(self, line: str, titles: Sequence[Opening]) -> Opening | None:
        """The titles' own first, and English: others take time to load."""
        if own := self._own_headings(line, titles):
            return own
        in_english = self._headed(line, titles, words.in_english, missed_at_most=0)
        return in_english or self._headed(line, titles, words.canonical, missed_at_most=len(line))

    def _own_headings(self, line: str, titles: Sequence[Opening]) -> Opening | None:
        """The table with such a title that has just these headings: no other can fit better."""
        for system, tables, *_ in titles:
            own = [table for table in tables if not is_framed(table)]
            known = {heading for table in own for heading in table.columns}
            found, missed, languages = words.headings(system, line, known, words.in_english)
            for table in own:
                if len(found) > 1 and not missed and _fit(table, found) == len(found):
                    return Opening(system, [table], languages, table.layout(found))
        return None

    def _headed(
        self, line: str, titles: Sequence[Opening], look_up: words.LookUp, *, missed_at_most: int
    ) -> Opening | None:
        preferred = [table for opening in titles for table in opening.tables]
        best, best_fit = None, (1, False)
        for system, tables in self.by_system.items():
            found, missed, languages = words.headings(system, line, self._headings[system], look_up)
            if len(found) <= max(1, missed) or missed > missed_at_most:
                continue
            for table in (table for table in tables if not is_framed(table)):
                fit = (_fit(table, found) - missed, table in preferred)
                if fit > best_fit and fit[0] * 2 > len(found):
                    best, best_fit = Opening(system, [table], languages, table.layout(found)), fit
        return best

    def below(self, line: str, text: str) -> Opening | None:
        """The text of counters that has this line as a title, as the text below it tells."""
        for system, counters in self._counters:
            title = counters.title_above(line, text)
            if title is not None:
                return Opening(system, [counters], title=title)
        return None

    def ahead(
        self, text: str, at: int, lines: Sequence[str], titles: Sequence[Opening], *, is_last: bool
    ) -> Opening | Ahead:
        """The block of figures that begins there below no known title, as its rows tell and the lines of text above."""
        if not _DIGIT.search(text[at : text.find("\n", at) + 1 or None]):
            return Ahead.NO
        if any(table.layout().is_row(text, at) for opening in titles for table in opening.tables):
            return Ahead.NO
        for system, block in self._blocks:
            above = block.above(lines) if block.is_row(text, at) else None
            if above is not None and (found := block.ahead(text, at, is_last=is_last)) is not Ahead.NO:
                return found if found is Ahead.WAIT else Opening(system, [block], layout=block.layout(), above=above)
        return Ahead.NO

    def row(self, text: str, titles: Sequence[Opening], seen: AbstractSet[str] = frozenset()) -> Opening | None:
        """The table that has such a row: one with this title, or one whose shape nothing else has.

        Where two tables have rows of one shape, the first that has not been seen.
        """
        for opening in titles:
            for table in sorted(opening.tables, key=lambda table: table.name in seen):
                if table.layout().is_row(text):
                    return Opening(opening.system, [table], (), table.layout())
        for system, tables in self.by_system.items():
            for table in sorted(tables, key=lambda table: is_framed(table) and table.name in seen) if seen else tables:
                if table.by_shape and table.may_open(text) and table.layout().is_row(text):
                    return Opening(system, [table], (), table.layout())
        return None


def _title(line: str) -> str:
    """What may be a title: the line without its suffix, and one blank between two words."""
    return " ".join(_without_suffix(line).split()) if len(line) <= LONGEST_TITLE else ""


def _without_suffix(line: str) -> str:
    """A title without its colon and what stands in brackets before that."""
    text = line.rstrip()
    text = (text[:-1] if text.endswith((":", "：")) else text).rstrip()
    return text.partition("(")[0] if text.endswith(")") else text


def is_framed(table: Table) -> bool:
    """Whether rulers stand around the table."""
    return bool(getattr(table, "framed", False))  # which grammars of other classes do not have


def _by_title(tables: Iterable[Table]) -> dict[str, list[Table]]:
    found: dict[str, list[Table]] = {}
    for table in tables:
        for title in table.titles:
            found.setdefault(title, []).append(table)
    return found


def _fit(table: Table, headings: Sequence[str]) -> int:
    """How well a table's columns agree with the headings found."""
    missing = sum(heading not in headings for heading in table.columns if heading not in table.only_with)
    strange = sum(heading not in table.columns for heading in headings)
    return len(headings) - missing - 2 * strange
