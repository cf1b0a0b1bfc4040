"""Counters under titles: what statistics are made of.

A `Counters` grammar reads a text of sections, each with a title, a counter a line, and headings among them::

    Icmp:
        14 ICMP messages received
        ICMP input histogram:
            echo replies: 3

What a line counts depends on the title and the heading above it, so the section remembers its `Place`. Numbers stand
in any text, and a title may be a single word: so a title is one only if counters follow, and a counter is one only
where it belongs.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import pyparsing as pp

from netstat_parse.fuse.fused import Fused
from netstat_parse.fuse.lower import fuse
from netstat_parse.grammar.protocol import Mismatch, ParsedRows, UniformGrammar
from netstat_parse.grammar.section import Fact, Section
from netstat_parse.tokens import end_of_line, on_one_line

Texts = Mapping[str, str | None]
"""A line's texts by results name."""


_INDENT = re.compile(r"[ \t]*")


_SOME_BLANK_LINES = re.compile(r"(?:[ \t]*\n){0,9}")


@dataclass
class Place:
    """Where in its text a section has come to: what stands above the next counter."""

    title: str | None
    """The title as printed; none where the text does not begin with one."""
    depth: int
    """How far it is indented."""
    heading: str | None = None
    """The last heading below it, as printed."""
    headings: int = 0
    """How many headings there were below it."""
    first: str | None = None
    """The first line of a counter below it, without its figures."""
    indents: set[int] = field(default_factory=set)
    """How far the counters below it are indented."""
    is_above: bool = True
    """Whether no counter has come since the title, or the heading."""


def place(section: Section) -> Place:
    """Where a section of counters has come to."""
    here: Place = section.told["place"]
    return here


def nothing_known(_texts: Texts, _title: str | None, _heading: str | None) -> bool:
    """Know no counter by its words."""
    return False


@dataclass(frozen=True, eq=False, kw_only=True)
class Counters(UniformGrammar):
    """A text of counters: sections with a title each, and a line for each counter."""

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
    """A whole line of a counter. Results names are the schema's fields, or what the facts make these of."""
    facts: Sequence[Fact] = ()
    knows: Callable[[Texts, str | None, str | None], bool] = nothing_known
    """Whether a line is a counter by its words under that title and heading; both are `None` where none was printed."""
    alone: Callable[[Texts, int], bool] = lambda _texts, _indent: False
    """Whether a line with that indent is surely a counter of this text, even if nothing stands above it."""
    begins: Callable[[Texts, str], bool] = lambda _texts, _title: True
    """Whether a line may be the first below that title, and so make a title of it."""
    may_be_empty: frozenset[str] = frozenset()
    """Titles that can stand without counters, so that another title may follow."""
    cut: Sequence[tuple[pp.ParserElement, str]] = ()
    """What a line begins with that was cut short, each with what is missing behind it."""

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
        """Whether a counter stands there that needs no title."""
        found = self._row.pattern.match(text, at)
        return found is not None and self.alone(self._texts(found), _indent(text, at))

    def title_above(self, line: str, text: str) -> str | None:
        """The title that `line` is, when `text` stands below it; `None` when it is none."""
        above = self._title.pattern.match(line)
        if above is None:
            return None
        title = str(above["title"])
        if row := self._row.pattern.match(text):
            texts = self._texts(row)
            belongs = _indent(text, 0) > _indent(line, 0) or self.knows(texts, title, None)
            is_title = belongs and self.begins(texts, title)
        else:
            is_title = title in self.may_be_empty and self._title.pattern.match(text) is not None
        return title if is_title or self._heading.pattern.match(text) else None

    def diagnose(self, line: str) -> Mismatch:
        """What is missing where a line was cut short."""
        for fused, missing in self._cut:
            if fused.pattern.match(line):
                return Mismatch(2, missing, len(line.rstrip()))
        return Mismatch(0, "", 0)

    def take(self, text: str, at: int, section: Section) -> ParsedRows | None:
        """Read the title that stands there, or the heading, or the counters one after the other."""
        if "place" not in section.told:
            above = self._title.pattern.match(section.header)
            section.told["place"] = Place(above["title"] if above else None, _indent(section.header, 0))
        return (
            self._take_title(text, at, section)
            or self._take_heading(text, at, section)
            or self._take_rows(text, at, section)
        )

    def _take_title(self, text: str, at: int, section: Section) -> ParsedRows | None:
        found, depth, here = self._title.pattern.match(text, at), _indent(text, at), place(section)
        if found is None and here.title is not None and depth == here.depth and not section.apart:
            found = self._further.pattern.match(text, at)
        if found is None:
            return None
        title, end = found["title"], found.end()
        if section.apart or title == here.title:
            below = _SOME_BLANK_LINES.match(text, end)
            below_at = below.end() if below else end
            if below_at == len(text) and not section.is_last:
                return ParsedRows({}, (), at, 0, waits=True)
            if section.apart and self.title_above(found[0], text[below_at:].partition("\n")[0]) is None:
                return None
            title = title if section.apart or self._words(text, below_at) == here.first else ""
        section.told["place"] = Place(found["title"], depth)
        return ParsedRows({}, (), end, 1, headings=1, title=title)

    def _words(self, text: str, at: int) -> str | None:
        """The line of a counter without its figures; the same line means that all is printed again."""
        found = self._row.pattern.match(text, at)
        return re.sub(r"\d+", "", found[0]) if found else None

    def _take_heading(self, text: str, at: int, section: Section) -> ParsedRows | None:
        here = place(section)
        found = self._heading.pattern.match(text, at) if here.title is not None else None
        if found is None or (section.apart and not found["heading"].endswith(":")):
            return None
        here.heading, here.headings, here.is_above = found["heading"], here.headings + 1, True
        return ParsedRows({}, (), found.end(), 1, headings=1)

    def _take_rows(self, text: str, at: int, section: Section) -> ParsedRows | None:
        start, here, rows = at, place(section), list[tuple[str | None, ...]]()
        while found := self._row.pattern.match(text, at):
            if not self._belongs(found, here, apart=section.apart and not rows):
                break
            rows.append(found.groups())
            at = found.end()
        if not rows:
            return None
        section.rows += len(rows)
        here.first = here.first or self._words(text, start)
        columns = self._row.columns(rows)
        for fact in self.facts:
            fact(columns, section)
        return ParsedRows(columns, range(len(rows)), at, len(rows))

    def _belongs(self, found: re.Match[str], here: Place, *, apart: bool) -> bool:
        """Whether a counter is of this section: its words tell, or it stands deeper than the title, as its likes do."""
        indent = _indent(found.string, found.start())
        is_deeper = here.title is not None and indent > here.depth
        belongs = is_deeper and not apart and (here.is_above or indent in here.indents)
        if not belongs:
            texts = self._texts(found)
            belongs = self.knows(texts, here.title, here.heading) or self.alone(texts, indent)
        if belongs:
            here.is_above = False
            if is_deeper:
                here.indents.add(indent)
        return belongs

    def _texts(self, found: re.Match[str]) -> Texts:
        """The texts of a line; a name that stands in several alternatives has several groups."""
        texts: dict[str, str | None] = {}
        for name, group, *_ in self._row.captures:
            texts[name] = found[group] or texts.get(name)
        return texts


def _indent(text: str, at: int) -> int:
    found = _INDENT.match(text, at)
    return found.end() - at if found else 0


def _line(expression: pp.ParserElement) -> Fused:
    return fuse(on_one_line(pp.And([expression, end_of_line])))
