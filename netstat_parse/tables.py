"""Which table a line opens: by its title, by its headings, or by the shape of its row."""

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from netstat_parse import catalog, words
from netstat_parse.grammar import Layout, Table

REMEMBERED = 64
"""Heading lines whose meaning is kept, for output that repeats itself."""

_SUFFIX = re.compile(r"\s*(\(.*\))?\s*[:：]?\s*$")


class Opening(NamedTuple):
    """What a heading line says: the tables that may follow, and the languages that it may be in."""

    system: str
    tables: Sequence[Table]
    languages: words.Tags = ()
    layout: Layout | None = None


class Tables:
    """The tables of one system, or of all."""

    def __init__(self, system: str | None = None) -> None:
        self.systems = [system] if system else catalog.systems()
        self.by_system = {system: list(catalog.grammars(system)) for system in self.systems}
        self._titles = {system: _by_title(tables) for system, tables in self.by_system.items()}
        self._headings = {
            system: {heading for table in tables for heading in table.columns}
            for system, tables in self.by_system.items()
        }
        self._remembered: dict[tuple[str, ...], Opening | None] = {}

    def title(self, line: str) -> list[Opening]:
        """The tables that have this line as their title, in any language; one opening for each system."""
        text = " ".join(_SUFFIX.sub("", line).split())
        found = []
        for system, by_title in self._titles.items():
            title, languages = words.canonical(system, "titles", text, by_title)
            if title in by_title:
                found.append(Opening(system, by_title[title], languages))
        return found

    def headings(self, line: str, titles: Sequence[Opening]) -> Opening | None:
        """The table that has the headings in this line, in any language; one with such a title before others."""
        key = (line, *(table.name for opening in titles for table in opening.tables))
        if key not in self._remembered:
            if len(self._remembered) >= REMEMBERED:
                self._remembered.clear()
            self._remembered[key] = self._read_headings(line, titles)
        return self._remembered[key]

    def _read_headings(self, line: str, titles: Sequence[Opening]) -> Opening | None:
        preferred = [table for opening in titles for table in opening.tables]
        best, best_fit = None, (1, False)
        for system, tables in self.by_system.items():
            found, languages = words.headings(system, line, self._headings[system])
            for table in tables if found else ():
                fit = (_fit(table, found), table in preferred)
                if fit > best_fit:
                    best, best_fit = Opening(system, [table], languages, table.layout(found)), fit
        return best

    def row(self, text: str, titles: Sequence[Opening]) -> Opening | None:
        """The table that has such a row: one with this title, or one whose shape nothing else has."""
        for opening in titles:
            for table in opening.tables:
                if table.layout().is_row(text):
                    return Opening(opening.system, [table], (), table.layout())
        for system, tables in self.by_system.items():
            for table in tables:
                if table.by_shape and table.may_open(text) and table.layout().is_row(text):
                    return Opening(system, [table], (), table.layout())
        return None


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
