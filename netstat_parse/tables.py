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
        self._remembered: dict[str, Opening | None] = {}

    def title(self, line: str) -> Opening | None:
        """The tables that have this line as their title, in any language."""
        text = " ".join(_SUFFIX.sub("", line).split())
        for system, by_title in self._titles.items():
            title, languages = words.canonical(system, "titles", text, by_title)
            if title in by_title:
                return Opening(system, by_title[title], languages)
        return None

    def headings(self, line: str, title: Opening | None) -> Opening | None:
        """The table that has the headings in this line, in any language; the one with this title before others."""
        if line not in self._remembered:
            if len(self._remembered) >= REMEMBERED:
                self._remembered.clear()
            self._remembered[line] = self._read_headings(line, title)
        return self._remembered[line]

    def _read_headings(self, line: str, title: Opening | None) -> Opening | None:
        preferred = title.tables if title else ()
        for system, tables in self.by_system.items():
            found, languages = words.headings(system, line, self._headings[system])
            best = max(tables, key=lambda table: (_fit(table, found), table in preferred), default=None)
            if found and best is not None and _fit(best, found) > 1:
                return Opening(system, [best], languages, best.layout(found))
        return None

    def row(self, text: str, title: Opening | None) -> Opening | None:
        """The table that has such a row: one with this title, or one whose shape nothing else has."""
        if title:
            for table in title.tables:
                if table.layout().is_row(text):
                    return Opening(title.system, [table], title.languages, table.layout())
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
