"""Counters below titles, as ``netstat -s`` prints them on Linux.

A `Counters` grammar reads sections of counters, each with a title, one counter a line, and headings among them::

    Icmp:
        14 ICMP messages received
        ICMP input histogram:
            echo replies: 3

The meaning of a line depends on the title and the heading above it, so the section remembers its `CounterPlace`. Many
texts hold numbers, and a title may be a single word. So a line is a title only if counters follow, and a line is a
counter only below a title, or if its words identify it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from netstat_parse.fuse.fragments import Fragment, Part, Parts
from netstat_parse.fuse.fused import Fused
from netstat_parse.grammar.base import GrammarFields
from netstat_parse.grammar.lines import compile_line
from netstat_parse.grammar.protocol import Mismatch, ParsedRows, Section, TitleFinder, UniformGrammar, WordFinder
from netstat_parse.grammar.steps import Steps
from netstat_parse.precompiled import compile_pattern

if TYPE_CHECKING:
    from netstat_parse.fuse.fragments import Expression

Texts = Mapping[str, str | None]
"""The texts of a line by results name."""

_INDENT = compile_pattern(r"[ \t]*")

_SOME_BLANK_LINES = compile_pattern(r"(?:[ \t]*\n){0,9}")


class CounterPlace:
    """The title and the heading above the next counter."""

    def __init__(self, title: str | None = None, depth: int = 0) -> None:
        self.title = title
        """The title as printed; None if the text does not begin with one."""
        self.depth = depth
        """Columns by which the title is indented."""
        self.heading: str | None = None
        """The last heading below the title, as printed."""
        self.headings = 0
        """Number of headings below the title."""
        self.first: str | None = None
        """The first counter below the title, without its numbers."""
        self.indents: set[int] = set()
        """Columns by which the counters below the title are indented."""
        self.is_above = True
        """True if no counter has come since the title, or the heading."""


class _Position:
    """The place that a section was read up to; None before its first line."""

    place: CounterPlace | None = None


def current_place(section: Section) -> CounterPlace:
    """Return the place in a section of counters that is being read."""
    return section.state(_Position).place or CounterPlace()


NEVER: Parts = (Part("", Fragment("(?!)")),)
"""An expression that matches no line."""


def _is_no_counter(_texts: Texts, _title: str | None, _heading: str | None) -> bool:
    return False


def _needs_title(_texts: Texts, _indent: int) -> bool:
    return False


def _may_always_be_first(_texts: Texts, _title: str) -> bool:
    return True


class Counters(Steps, GrammarFields, UniformGrammar, TitleFinder, WordFinder):
    """Sections of counters: each has a title, and a line for each counter."""

    kind: str | None = "counters"
    by_shape: bool = False
    title: "Expression"
    """A whole line that opens a section if counters follow; its text is named `title`."""
    further_titles: "Expression" = NEVER
    """A whole line that is a `title` only directly below another section and with the same indent."""
    heading: "Expression" = NEVER
    """A whole line between counters that narrows the meaning of those below it; its text is named `heading`."""
    row: "Expression"
    """A whole line with a counter. Results names are the schema's fields, or what the facts need to make them."""
    is_counter: Callable[[Texts, str | None, str | None], bool] = _is_no_counter
    """Return whether the words of a line make it a counter under that title and heading; both None if not printed."""
    needs_no_title: Callable[[Texts, int], bool] = _needs_title
    """Return whether a line with that indent is a counter of this text even without a title above it."""
    label_starts: Callable[[], frozenset[str]] = frozenset
    """Return the first words of all labels that need no title, after a number at the beginning of the line."""
    may_be_first: Callable[[Texts, str], bool] = _may_always_be_first
    """Return whether a line may be the first one below that title, and so confirms the title."""
    may_be_empty: frozenset[str] = frozenset()
    """Titles that may have no counters, so that another title may follow."""
    cut_lines: "Sequence[tuple[Expression, str]]" = ()
    """Beginnings of lines that were cut short, each with the name of the missing end."""

    @cached_property
    def _title(self) -> Fused:
        return compile_line(self.title)

    @cached_property
    def _further_titles(self) -> Fused:
        return compile_line(self.further_titles)

    @cached_property
    def _heading(self) -> Fused:
        return compile_line(self.heading)

    @cached_property
    def _row(self) -> Fused:
        return compile_line(self.row)

    @cached_property
    def _cut_lines(self) -> list[tuple[Fused, str]]:
        return [(compile_line(expression), missing) for expression, missing in self.cut_lines]

    @cached_property
    def first_words(self) -> frozenset[str]:
        """The first words of all rows that need no title, after a number at the beginning of the line."""
        return self.label_starts()

    @property
    def opening(self) -> Fused:
        """Any line with a number may be a counter."""
        return self._row

    def is_row(self, text: str, at: int = 0) -> bool:
        """Return whether a counter that needs no title is at this offset."""
        found = self._row.pattern.match(text, at)
        return found is not None and self.needs_no_title(self._texts(found), _indent(text, at))

    def title_above(self, line: str, text: str) -> str | None:
        """Return the title in `line`, if `text` below it confirms that it is one; None if it is no title."""
        above = self._title.pattern.match(line)
        if above is None:
            return None
        title = str(above["title"])
        if row := self._row.pattern.match(text):
            texts = self._texts(row)
            belongs = _indent(text, 0) > _indent(line, 0) or self.is_counter(texts, title, None)
            is_title = belongs and self.may_be_first(texts, title)
        else:
            is_title = title in self.may_be_empty and self._title.pattern.match(text) is not None
        return title if is_title or self._heading.pattern.match(text) else None

    def diagnose(self, line: str) -> Mismatch:
        """Explain what is missing if the line is a counter that was cut short."""
        for fused, missing in self._cut_lines:
            if fused.pattern.match(line):
                return Mismatch(2, missing, len(line.rstrip()))
        return Mismatch(0, "", 0)

    def take(self, text: str, at: int, section: Section) -> ParsedRows | None:
        """Read the title at this offset, or the heading, or the consecutive counters."""
        position = section.state(_Position)
        if position.place is None:
            above = self._title.pattern.match(section.header)
            position.place = CounterPlace(above["title"] if above else None, _indent(section.header, 0))
        return (
            self._take_title(text, at, section)
            or self._take_heading(text, at, section)
            or self._take_rows(text, at, section)
        )

    def _take_title(self, text: str, at: int, section: Section) -> ParsedRows | None:
        found, depth, here = self._title.pattern.match(text, at), _indent(text, at), current_place(section)
        if found is None and here.title is not None and depth == here.depth and not section.is_apart:
            found = self._further_titles.pattern.match(text, at)
        if found is None:
            return None
        title, end = found["title"], found.end()
        if section.is_apart or title == here.title:
            below = _SOME_BLANK_LINES.match(text, end)
            below_at = below.end() if below else end
            if below_at == len(text) and not section.is_last:
                return ParsedRows({}, (), at, 0, waits=True)
            if section.is_apart and self.title_above(found[0], text[below_at:].partition("\n")[0]) is None:
                return None
            title = title if section.is_apart or self._without_numbers(text, below_at) == here.first else ""
        section.state(_Position).place = CounterPlace(found["title"], depth)
        return ParsedRows({}, (), end, 1, headings=1, title=title)

    def _without_numbers(self, text: str, at: int) -> str | None:
        """Return the counter at this offset without its numbers; if it comes again, the section is printed again."""
        found = self._row.pattern.match(text, at)
        return re.sub(r"\d+", "", found[0]) if found else None

    def _take_heading(self, text: str, at: int, section: Section) -> ParsedRows | None:
        here = current_place(section)
        found = self._heading.pattern.match(text, at) if here.title is not None else None
        if found is None or (section.is_apart and not found["heading"].endswith(":")):
            return None
        here.heading, here.headings, here.is_above = found["heading"], here.headings + 1, True
        return ParsedRows({}, (), found.end(), 1, headings=1)

    def _take_rows(self, text: str, at: int, section: Section) -> ParsedRows | None:
        start, here, rows = at, current_place(section), list[tuple[str | None, ...]]()
        while found := self._row.pattern.match(text, at):
            if not self._belongs(found, here, apart=section.is_apart and not rows):
                break
            rows.append(found.groups())
            at = found.end()
        if not rows:
            return None
        section.rows += len(rows)
        here.first = here.first or self._without_numbers(text, start)
        columns = self.start(len(rows)) | self._row.columns(rows)
        self.complete(columns, section)
        return ParsedRows(columns, range(len(rows)), at, len(rows))

    def _belongs(self, found: re.Match[str], here: CounterPlace, *, apart: bool) -> bool:
        """Return whether a counter is of this section: by its words, or by an indent below the title."""
        indent = _indent(found.string, found.start())
        is_deeper = here.title is not None and indent > here.depth
        belongs = is_deeper and not apart and (here.is_above or indent in here.indents)
        if not belongs:
            texts = self._texts(found)
            is_possible = is_deeper or not here.indents  # only below indented counters others are indented, too
            belongs = is_possible and self.is_counter(texts, here.title, here.heading)
            belongs = belongs or self.needs_no_title(texts, indent)
        if belongs:
            here.is_above = False
            if is_deeper:
                here.indents.add(indent)
        return belongs

    def _texts(self, found: re.Match[str]) -> Texts:
        """Return the texts of a line; a name in several alternatives has several groups."""
        texts: dict[str, str | None] = {}
        for name, group, *_ in self._row.captures:
            texts[name] = found[group] or texts.get(name)
        return texts


def _indent(text: str, at: int) -> int:
    found = _INDENT.match(text, at)
    return found.end() - at if found else 0
