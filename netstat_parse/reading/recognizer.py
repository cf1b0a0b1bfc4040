"""Recognize the table that a line opens: by its title, by its headings, or by the shape of its rows.

The cheap questions come first: an English title is looked up in data, its own headings need the grammars that it names,
and only what neither answers needs all grammars and all languages.
"""

import re
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from netstat_parse.grammar import Section
from netstat_parse.grammar.protocol import Grammar, Layout, Lookahead
from netstat_parse.logs.line_kinds import LineKind, classify
from netstat_parse.reading.title_index import TitleIndex, TitleMatch, headed
from netstat_parse.systems import lookup
from netstat_parse.systems.vocabularies import Tags

MAX_CACHED_LINES = 64
"""Lines whose meaning is cached, for output that repeats itself."""


MAX_TITLE_CHARS = 200
"""Length of a title, with its suffix in parentheses."""


MAX_HEADINGS_CHARS = 1000
"""Length of a line of headings."""


_DIGIT = re.compile(r"\d")


class TableMatch(NamedTuple):
    """A table that a line opens."""

    system: str
    table: Grammar
    layout: Layout
    title: TitleMatch | None = None
    """The pending title, where it introduces this table."""
    languages: Tags = ()
    """The languages that the headings may be in."""
    lines_above: int | None = None
    """Number of lines of text right above that are its title and headings; None where that is not known."""
    counters_title: str = ""
    """The title of the first section of a text of counters."""


class TableRecognizer:
    """Recognizes the tables of one system, or of all."""

    def __init__(self, system: str | None = None) -> None:
        self.index = TitleIndex(system)
        self._netstat_lines: dict[str, bool] = {}
        self._headings: dict[tuple[object, ...], TableMatch | None] = {}

    def by_title(self, line: str) -> list[TitleMatch]:
        """Find the tables of ours that this line is the English title of, at most one match for each system."""
        return self.index.own(_title(line))

    def by_translated_title(self, line: str) -> list[TitleMatch]:
        """Find the tables that this line is the title of, in any language and any distribution."""
        return self._titled(line, lookup.translate_english) or self._titled(line, lookup.translate)

    def by_headings(self, line: str, titles: Sequence[TitleMatch]) -> TableMatch | None:
        """Find the table that has these headings, in any language; one that the pending title introduces wins.

        Without a title, a line with digits is not one of headings.
        """
        return self._cached_by_headings(line, titles) if titles or not _DIGIT.search(line) else None

    def by_row(
        self, text: str, titles: Sequence[TitleMatch], seen: AbstractSet[str] = frozenset()
    ) -> TableMatch | None:
        """Find the table that has this row: one that the pending title introduces, or the only one with this shape.

        Where two tables have rows of one shape, the first one wins whose name is not among `seen`.
        """
        for title in self.index.complete(titles):
            for table in sorted(title.tables, key=lambda table: table.name in seen):
                if table.layout().is_row(text):
                    return TableMatch(title.system, table, table.layout(), title)
        found = self.index.openings.find(text)
        if seen:
            found.sort(key=lambda match: match[1].framed and match[1].name in seen)
        for system, table in found:
            if table.layout().is_row(text):
                return TableMatch(system, table, table.layout())
        return None

    def by_block(
        self, text: str, at: int, above: Sequence[str], titles: Sequence[TitleMatch], *, is_last: bool
    ) -> TableMatch | Lookahead:
        """Find the block of counters that begins at this offset below an unknown title, by several of its rows.

        Args:
            text: the text from which no table has been read yet.
            at: where a line begins in it.
            above: the lines of text right above, of which nothing is known.
            titles: what the pending title may introduce; its tables need no other recognition.
            is_last: true where no more text follows.
        """
        line = text[at : text.find("\n", at) + 1 or None]
        if not _DIGIT.search(line) or self.by_title(line):
            return Lookahead.NO
        titles = self.index.complete(titles)
        if any(table.layout().is_row(text, at) for title in titles for table in title.tables):
            return Lookahead.NO
        for system, block in self.index.block_finders:
            lines_above = block.above(above) if block.is_row(text, at) else None
            if lines_above is None:
                continue
            begins = block.ahead(text, at, is_last=is_last)
            if begins is Lookahead.WAIT:
                return begins
            if begins is Lookahead.YES:
                return TableMatch(system, block, block.layout(), lines_above=lines_above)
        return Lookahead.NO

    def by_title_above(self, above: Sequence[str], text: str) -> TableMatch | None:
        """Find the text of counters that has the last of the lines above as a title, by what follows it."""
        for system, counters in self.index.title_finders if above else ():
            title = counters.title_above(above[-1], text)
            if title is not None:
                return TableMatch(system, counters, counters.layout(), counters_title=title)
        return None

    def is_netstat_line(self, line: str) -> bool:
        """Return whether the line by itself is a title, a row or headings of netstat, or a command line."""
        if line not in self._netstat_lines:
            if len(self._netstat_lines) >= MAX_CACHED_LINES:
                self._netstat_lines.clear()
            text = line.strip()
            self._netstat_lines[line] = bool(
                self.by_title(text)
                or classify(text) is LineKind.COMMAND
                or self.by_translated_title(text)
                or self.by_row(f"{line}\n", ())
                or self._cached_by_headings(text, ())
            )
        return self._netstat_lines[line]

    def _titled(self, line: str, translate: lookup.Translate) -> list[TitleMatch]:
        found, printed = [], _title(line)
        if printed not in self.index.printed_titles:
            return []
        for system, by_title in self.index.titles.items():
            title, languages = translate(system, "titles", printed, by_title)
            if title is not None and title in by_title:
                found.append(TitleMatch(system, by_title[title], languages))
        return found

    def _cached_by_headings(self, line: str, titles: Sequence[TitleMatch]) -> TableMatch | None:
        if len(line) > MAX_HEADINGS_CHARS:
            return None
        key = (line, *((title.languages, *(table.name for table in title.tables)) for title in titles))
        if key not in self._headings:
            if len(self._headings) >= MAX_CACHED_LINES:
                self._headings.clear()
            self._headings[key] = _by_own_headings(line, titles) or (
                self._by_all_headings(line, titles, lookup.translate_english, max_unknown=0)
                or self._by_all_headings(line, titles, lookup.translate, max_unknown=len(line))
                if self._may_be_headings(line)
                else None
            )
        return self._headings[key]

    def _may_be_headings(self, line: str) -> bool:
        """Return whether more than half of the words are of headings, as a line of headings needs."""
        words = line.split()
        known = sum(map(self.index.heading_words.__contains__, words))
        return known > 1 and 2 * known > len(words)

    def _by_all_headings(
        self, line: str, titles: Sequence[TitleMatch], translate: lookup.Translate, *, max_unknown: int
    ) -> TableMatch | None:
        titles = self.index.complete(titles)
        titled = [(table, title) for title in titles for table in title.tables]
        best, best_score = None, (1, False)
        for system, tables in self.index.by_system.items():
            found, unknown, languages = lookup.split_headings(system, line, self.index.headings[system], translate)
            if len(found) <= max(1, unknown) or unknown > max_unknown:
                continue
            for table in headed(tables):
                title = next((title for other, title in titled if other is table), None)
                score = (table.fit(found) - unknown, title is not None)
                if score > best_score and score[0] * 2 > len(found):
                    best, best_score = TableMatch(system, table, table.layout(found), title, languages), score
        return best


def other_layout(section: Section, text: str) -> Layout | None:
    """Find the layout of a row that the section's table has with other columns than its headings say."""
    layout = section.table.layout()
    return layout if layout is not section.layout and layout.is_row(text) else None


def _by_own_headings(line: str, titles: Sequence[TitleMatch]) -> TableMatch | None:
    """Find the table below these titles that has just these headings in English: no other can fit better."""
    for title in titles:
        tables = headed(title.tables)
        known = {heading for table in tables for heading in table.columns}
        found, unknown, languages = lookup.split_headings(title.system, line, known, lookup.translate_english)
        for table in tables:
            if len(found) > 1 and not unknown and table.fit(found) == len(found):
                return TableMatch(title.system, table, table.layout(found), title, languages)
    return None


def _title(line: str) -> str:
    """Normalize what may be a title: without colon and parentheses at its end, and with one blank between two words."""
    if len(line) > MAX_TITLE_CHARS:
        return ""
    text = line.rstrip()
    text = (text[:-1] if text.endswith((":", "：")) else text).rstrip()
    return " ".join((text.partition("(")[0] if text.endswith(")") else text).split())
