"""Counters under titles: what statistics are made of.

A `Counters` grammar reads a text of sections, each with a title, a counter a line, and headings among them::

    Icmp:
        14 ICMP messages received
        ICMP input histogram:
            echo replies: 3

What a line counts depends on the title and the heading above it, so the section remembers them (`Section.told`):
`title` and `heading` as printed, `headings` for how many of them there were. Numbers stand in any text, and a title may
be a single word. So a title is one only if counters follow, and a counter is one only where it belongs.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pyparsing as pp

from netstat_parse.fuse import Fused, lower
from netstat_parse.grammar import Columns, Fact, Section, Taken
from netstat_parse.tokens import end_of_line, on_one_line

Texts = Mapping[str, str | None]
"""A line's texts by results name."""

_INDENT = re.compile(r"[ \t]*")


def nothing_known(_texts: Texts, _title: str | None, _heading: str | None) -> bool:
    """Know no counter by its words."""
    return False


@dataclass(frozen=True, eq=False, kw_only=True)
class Counters:
    """A text of counters: sections with a title each, and a line for a counter, or for more than one."""

    name: str
    """What is printed."""
    kind: str = "counters"
    """The table of the schema that its records go into."""
    title: pp.ParserElement
    """A whole line that opens a section where counters follow; it names its text `title`."""
    further: pp.ParserElement = field(default_factory=pp.NoMatch)
    """A whole line that is a title, `title` too, only right below another section and as far to the left."""
    heading: pp.ParserElement = field(default_factory=pp.NoMatch)
    """A whole line between counters that says more of those below it; it names its text `heading`."""
    row: pp.ParserElement
    """A whole line of counters. Results names are the schema's fields, or what the facts make these of."""
    facts: Sequence[Fact] = ()
    """What the columns mean. A line of several counters is made several records by repeating its number in `row`."""
    knows: Callable[[Texts, str | None, str | None], bool] = nothing_known
    """Whether a line is a counter by its words, under that title and heading, or by itself when there is no title."""
    begins: Callable[[Texts], bool] = lambda _texts: True
    """Whether a line whose words are not known may be the first below a title."""
    may_be_empty: frozenset[str] = frozenset()
    """Titles that can stand without counters, so that another title may follow."""
    whole: int = 0
    """Up to how many lines are waited for, so that facts see a whole section when text comes in pieces."""
    cut: Sequence[tuple[pp.ParserElement, str]] = ()
    """What a line begins with that was cut short, each with what is missing behind it."""
    titles: Sequence[str] = ()
    columns: Mapping[str, pp.ParserElement] = field(default_factory=dict)
    only_with: Mapping[str, str] = field(default_factory=dict)
    by_shape: bool = True
    """Whether a line that `knows` without a title tells the table."""

    def layout(self, _headings: object = None) -> "Counters":
        """The same whatever the headings: no option changes how a counter is printed."""
        return self

    @cached_property
    def _title(self) -> Fused:
        return _line(self.title)

    @cached_property
    def _further(self) -> Fused:
        return _line(self.further)

    @cached_property
    def _heading(self) -> Fused:
        return _line(self.heading)

    @cached_property
    def _row(self) -> Fused:
        return _line(self.row)

    @cached_property
    def _cut(self) -> list[tuple[Fused, str]]:
        return [(_line(expression), missing) for expression, missing in self.cut]

    def may_open(self, text: str) -> bool:
        """Whether a counter could stand there."""
        return self._row.pattern.match(text) is not None

    def is_row(self, text: str, at: int = 0) -> bool:
        """Whether a counter stands there that is known without a title."""
        found = self._row.pattern.match(text, at)
        return found is not None and self.knows(found.groupdict(), None, None)

    def title_above(self, line: str, text: str) -> str | None:
        """The title that `line` is, when `text` stands below it; `None` when it is none."""
        above = self._title.pattern.match(line)
        if above is None:
            return None
        title = str(above["title"])
        row = self._row.pattern.match(text)
        if row is None:
            return title if title in self.may_be_empty and self._title.pattern.match(text) else None
        texts = row.groupdict()
        if self.knows(texts, title, None) or (_indent(text, 0) > _indent(line, 0) and self.begins(texts)):
            return title
        return None

    def mishap(self, line: str) -> tuple[int, str, int]:
        """What is missing where a line was cut short."""
        for fused, missing in self._cut:
            if fused.pattern.match(line):
                return 2, missing, len(line.rstrip())
        return 0, "", 0

    def take(self, text: str, at: int, section: Section) -> Taken | None:
        """Read the title that stands there, or the heading, or the counters one after the other."""
        if "title" not in section.told:
            above = self._title.pattern.match(section.header)
            _enter(section, above["title"] if above else None, _indent(section.header, 0))
        if not section.apart and (taken := self._take_title(text, at, section) or self._take_heading(text, at, section)):
            return taken
        return self._take_rows(text, at, section)

    def _take_title(self, text: str, at: int, section: Section) -> Taken | None:
        found = self._title.pattern.match(text, at)
        depth = _indent(text, at)
        if found is None and section.told["title"] is not None and depth == section.told["depth"]:
            found = self._further.pattern.match(text, at)
        if found is None:
            return None
        _enter(section, found["title"], depth)
        return Taken({}, (), found.end(), 1, headings=1, title=found["title"])

    def _take_heading(self, text: str, at: int, section: Section) -> Taken | None:
        found = self._heading.pattern.match(text, at) if section.told["title"] is not None else None
        if found is None:
            return None
        section.told["heading"] = found["heading"]
        section.told["headings"] += 1
        return Taken({}, (), found.end(), 1, headings=1)

    def _take_rows(self, text: str, at: int, section: Section) -> Taken | None:
        match, rows, start = self._row.pattern.match, [], at
        while (found := match(text, at)) is not None and self._belongs(found, section, apart=section.apart and not rows):
            rows.append(found.groups())
            at = found.end()
        if not rows:
            return None
        if at == len(text) and not section.is_last and len(rows) < self.whole:
            return Taken({}, (), start, 0, waits=True)
        section.rows += len(rows)
        columns = self._columns(rows, section)
        return Taken(columns, columns.pop("row"), at, len(rows))

    def _belongs(self, found: re.Match[str], section: Section, *, apart: bool) -> bool:
        """Whether a counter is of this section: it stands deeper than the title, or its words say so."""
        title, depth = section.told["title"], section.told["depth"]
        if title is not None and not apart and _indent(found.string, found.start()) > depth:
            return True
        return self.knows(found.groupdict(), title, section.told["heading"])

    def _columns(self, rows: list[tuple[str | None, ...]], section: Section) -> Columns:
        columns = {name: values for name, values in self._row.columns(rows).items() if any(v is not None for v in values)}
        columns["row"] = list(range(len(rows)))
        for fact in self.facts:
            fact(columns, section)
        return columns


def _enter(section: Section, title: str | None, depth: int) -> None:
    section.told.update(title=title, depth=depth, heading=None, headings=0)


def _indent(text: str, at: int) -> int:
    found = _INDENT.match(text, at)
    return found.end() - at if found else 0


def _line(expression: pp.ParserElement) -> Fused:
    return lower(on_one_line(pp.And([expression, end_of_line])))
