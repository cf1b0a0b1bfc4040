"""Recognize the table that a line opens: by its title, by its headings, or by the shape of its rows.

Cheap tests come first: an English title and its own headings are looked up in our grammars, and only what neither
answers needs all languages and the grammars of other distributions.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from typing import Literal

from netstat_parse.grammar import Section
from netstat_parse.grammar.protocol import Grammar, Layout, Lookahead
from netstat_parse.logs.line_kinds import LineKind, classify
from netstat_parse.named_fields import NamedFields
from netstat_parse.precompiled import compile_pattern
from netstat_parse.reading.printed_texts import headed
from netstat_parse.reading.title_index import TitleIndex, TitleMatch
from netstat_parse.systems import catalog, lookup, others
from netstat_parse.systems.others import OtherOutput
from netstat_parse.systems.vocabularies import Tags

MAX_CACHED_LINES = 64
"""Lines whose meaning is cached, for output that repeats itself."""

MAX_CACHED_CHARS = 1000
"""Length of a line whose meaning is cached."""

MAX_TITLE_CHARS = 200
"""Length of a title, with its suffix in parentheses."""

MAX_HEADINGS_CHARS = 1000
"""Length of a line of headings."""

_DIGIT = compile_pattern(r"\d")


class TextLine(NamedFields):
    """A line with all that is known of it without its neighbours: classified and looked up once."""

    printed: str
    """The line with its line break."""
    text: str
    """The line without its line break."""
    kind: LineKind
    has_digit: bool
    title: str
    """The line in the form in which titles are looked up; empty if it is too long for a title."""
    titles: Sequence[TitleMatch]
    """Our tables that have this English title, at most one match for each system."""


class HeadingsMatch(NamedFields):
    """A table that is recognized by its headings."""

    system: str
    table: Grammar
    layout: Layout
    title: TitleMatch | None
    """The pending title, if it introduces this table."""
    languages: Tags
    """The languages that the headings may be in."""


class RowMatch(NamedFields):
    """A table that is recognized by a row."""

    system: str
    table: Grammar
    layout: Layout
    title: TitleMatch | None = None
    """The pending title, if it introduces this table."""


class BlockMatch(NamedFields):
    """A block of counters that is recognized by several rows."""

    system: str
    table: Grammar
    layout: Layout
    heading_lines: int
    """Number of lines of text right above that are its title and headings."""


class CountersMatch(NamedFields):
    """A text of counters that is recognized by the first counter below its title."""

    system: str
    table: Grammar
    layout: Layout
    title: str


TableMatch = HeadingsMatch | RowMatch | BlockMatch | CountersMatch


class TableRecognizer:
    """Recognizes the tables of one system, or of all."""

    def __init__(self, system: str | None = None) -> None:
        self.index = TitleIndex(system)
        self._netstat_lines: dict[str, bool] = {}
        self._headings: dict[tuple[object, ...], HeadingsMatch | None] = {}

    def examine(self, printed: str) -> TextLine:
        """Classify a line and look its title up in our data."""
        text = printed.rstrip("\n")
        kind = classify(text)
        title = "" if kind is LineKind.BLANK else _normalize_title(text.strip())
        return TextLine(printed, text, kind, _DIGIT.search(text) is not None, title, self.index.own(title))

    def by_translated_title(self, line: TextLine) -> list[TitleMatch]:
        """Find the tables that this line is the title of, in any language and any distribution."""
        if line.title not in self.index.printed_titles:
            return []
        return self._by_title(line.title, lookup.translate_english) or self._by_title(line.title, lookup.translate)

    def by_headings(self, line: TextLine, titles: Sequence[TitleMatch]) -> HeadingsMatch | None:
        """Find the table that has these headings, in any language; one that the pending title introduces wins.

        Without a title, a line with digits is not one of headings.
        """
        text = line.text.strip()
        if len(text) > MAX_HEADINGS_CHARS:
            return None
        if not titles and (line.has_digit or not self.may_be_headings(text.split())):
            return None
        key = (text, *((title.languages, *(table.name for table in title.tables)) for title in titles))
        if key not in self._headings:
            if len(self._headings) >= MAX_CACHED_LINES:
                self._headings.clear()
            found = _by_own_headings(text, titles)
            if not found and self.may_be_headings(text.split()):
                found = self._by_all_headings(
                    text, titles, lookup.translate_english, max_unknown=0
                ) or self._by_all_headings(text, titles, lookup.translate, max_unknown=len(text))
                if found and found.system in catalog.own_systems() and others.find(text):
                    found = None
            self._headings[key] = found
        return self._headings[key]

    def by_row(self, text: str, titles: Sequence[TitleMatch], seen: AbstractSet[str] = frozenset()) -> RowMatch | None:
        """Find the table that has this row: one that the pending title introduces, or the only one with this shape.

        Where two tables have rows of one shape, the first one wins whose name is not among `seen`.
        """
        for title in self.index.complete(titles):
            for table in sorted(title.tables, key=lambda table: table.name in seen):
                if table.layout().is_row(text):
                    return RowMatch(title.system, table, table.layout(), title)
        found = [*self.index.openings.find(text), *self.by_first_word(text.split(None, 2))]
        if seen:
            found.sort(key=lambda match: match[1].framed and match[1].name in seen)
        for system, table in found:
            if table.layout().is_row(text):
                return RowMatch(system, table, table.layout())
        return None

    def by_block(
        self, text: str, at: int, above: Sequence[str], titles: Sequence[TitleMatch], *, is_last: bool
    ) -> BlockMatch | Literal[Lookahead.WAIT] | None:
        """Find the block of counters that begins at this offset below an unknown title, by several of its rows.

        Args:
            text: the text from which no table has been read yet.
            at: the offset of a line that has a digit and is no title.
            above: the lines of text right above, of which nothing is known.
            titles: the pending title; its tables need no other recognition.
            is_last: true if no more text follows.

        Returns:
            The block; None if there is none, and `Lookahead.WAIT` if the text ends too early to decide.
        """
        found = self.index.block_openings.find(text, at)
        if not found:
            return None
        titles = self.index.complete(titles)
        if any(table.layout().is_row(text, at) for title in titles for table in title.tables):
            return None
        for system, block in found:
            heading_lines = block.count_heading_lines(above)
            if heading_lines is None:
                continue
            begins = block.detect_block(text, at, is_last=is_last)
            if begins is Lookahead.WAIT:
                return Lookahead.WAIT
            if begins is Lookahead.YES:
                return BlockMatch(system, block, block.layout(), heading_lines)
        return None

    def by_title_above(self, above: Sequence[str], text: str) -> CountersMatch | None:
        """Find the text of counters that has the last of the lines above as a title, by the text below it."""
        for system, counters in self.index.title_finders if above else ():
            title = counters.title_above(above[-1], text)
            if title is not None:
                return CountersMatch(system, counters, counters.layout(), title)
        return None

    def by_other_system(
        self, text: str, above: Sequence[str], section: Section | None, *, within: bool = False
    ) -> OtherOutput | None:
        """Find the output without a grammar that a line belongs to, unless another distribution has the grammar.

        Args:
            text: the line.
            above: the lines of text right above, of which nothing is known.
            section: the section that the line may be in.
            within: true if the line is below a line of such an output.
        """
        own = catalog.own_systems()
        if section and section.words.system not in own:
            return None
        found = others.find(text, above, within=within)
        if found and len(self.index.by_system) > len(own) and (row := self.by_row(text, ())):
            return found if row.system in own else None
        return found

    def is_netstat_line(self, line: str) -> bool:
        """Return whether the line by itself is a title, a row or headings of netstat, or a command line."""
        if len(line) > MAX_CACHED_CHARS:
            return self._is_netstat_line(line)
        if line not in self._netstat_lines:
            if len(self._netstat_lines) >= MAX_CACHED_LINES:
                self._netstat_lines.clear()
            self._netstat_lines[line] = self._is_netstat_line(line)
        return self._netstat_lines[line]

    def _is_netstat_line(self, line: str) -> bool:
        found = self.examine(line.strip())
        return bool(
            found.titles
            or found.kind is LineKind.COMMAND
            or self.by_translated_title(found)
            or self.by_row(f"{line}\n", ())
            or self.by_headings(found, ())
        )

    def by_first_word(self, words: Sequence[str]) -> Sequence[tuple[str, Grammar]]:
        """Find the tables that the first word behind a number at the beginning identifies."""
        label = words[1] if len(words) > 1 and words[0].lstrip("-")[:1].isdigit() else words[0] if words else ""
        return self.index.first_words.get(label, ())

    def _by_title(self, title: str, translate: lookup.Translate) -> list[TitleMatch]:
        found = []
        for system, by_title in self.index.titles.items():
            english, languages = translate(system, "titles", title, by_title)
            if english is not None and english in by_title:
                found.append(TitleMatch(system, by_title[english], languages))
        return found

    def may_be_headings(self, words: Sequence[str]) -> bool:
        """Return whether more than half of the words are of headings, as a line of headings needs."""
        known = sum(map(self.index.heading_words.__contains__, words))
        return known > 1 and 2 * known > len(words)

    def _by_all_headings(
        self, line: str, titles: Sequence[TitleMatch], translate: lookup.Translate, *, max_unknown: int
    ) -> HeadingsMatch | None:
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
                    best, best_score = HeadingsMatch(system, table, table.layout(found), title, languages), score
        return best


def other_layout(section: Section, text: str) -> Layout | None:
    """Find the layout of a row that the section's table has with other columns than its headings name."""
    layout = section.table.layout()
    return layout if layout is not section.layout and layout.is_row(text) else None


def _by_own_headings(line: str, titles: Sequence[TitleMatch]) -> HeadingsMatch | None:
    """Find the table below these titles that has exactly these headings in English: no other can fit better."""
    for title in titles:
        tables = headed(title.tables)
        known = {heading for table in tables for heading in table.columns}
        found, unknown, languages = lookup.split_headings(title.system, line, known, lookup.translate_english)
        for table in tables:
            if len(found) > 1 and not unknown and table.fit(found) == len(found):
                return HeadingsMatch(title.system, table, table.layout(found), title, languages)
    return None


def _normalize_title(line: str) -> str:
    """Remove colon and parentheses from the end of a line, and all but one blank between two words."""
    if len(line) > MAX_TITLE_CHARS:
        return ""
    text = line.rstrip()
    text = (text[:-1] if text.endswith((":", "：")) else text).rstrip()
    return " ".join((text.partition("(")[0] if text.endswith(")") else text).split())
