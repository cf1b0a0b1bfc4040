"""Which table a line opens: by its title, by its headings, or by the shape of its row."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

from netstat_parse import catalog, log, words
from netstat_parse.figures import Ahead
from netstat_parse.grammar import Layout, Table

REMEMBERED = 64
"""Heading lines whose meaning is kept, for output that repeats itself."""

LONGEST_TITLE = 200
"""Characters of a line that may be a title, with what it has in brackets."""

LONGEST_HEADINGS = 1000
"""Characters of a line that may be headings."""


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
        self.systems = [system] if system else catalog.systems()
        self.by_system = {system: list(catalog.grammars(system)) for system in self.systems}
        self._titles = {system: _by_title(tables) for system, tables in self.by_system.items()}
        self._headings = {
            system: {heading for table in tables if not is_framed(table) for heading in table.columns}
            for system, tables in self.by_system.items()
        }
        self._counters: list[tuple[str, Any]] = [
            (system, table)
            for system, tables in self.by_system.items()
            for table in tables
            if hasattr(table, "title_above")
        ]
        self._blocks: list[tuple[str, Any]] = [
            (system, table) for system, tables in self.by_system.items() for table in tables if hasattr(table, "ahead")
        ]
        self._told: dict[str, bool] = {}
        self._remembered: dict[tuple[str, ...], Opening | None] = {}

    def tells(self, line: str) -> bool:
        """Whether the line by itself is one of netstat's, or runs it."""
        if line not in self._told:
            if len(self._told) >= REMEMBERED:
                self._told.clear()
            self._told[line] = self._tells(line)
        return self._told[line]

    def _tells(self, line: str) -> bool:
        text = line.strip()
        is_told = self.title(text) or self.row(f"{line}\n", ()) or self.headings(text, ()) or log.command(text)
        return bool(is_told)

    def title(self, line: str) -> list[Opening]:
        """The tables that have this line as their title, in any language; one opening for each system."""
        if len(line) > LONGEST_TITLE:
            return []
        text = " ".join(_without_suffix(line).split())
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
        """English first: other languages take time to load."""
        in_english = self._headed(line, titles, words.in_english, missed_at_most=0)
        return in_english or self._headed(line, titles, words.canonical, missed_at_most=len(line))

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
