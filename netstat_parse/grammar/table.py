"""What grammars are made of.

A `Table` maps each heading that netstat prints to the expression that reads the column under it. netstat prints a
column only when an option asks for it, so the row is never written down as a whole: the headings that are there make
it up, and where no heading can be read, each option's columns may be there or not, and the shape of the row tells.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import pyparsing as pp

from netstat_parse.fuse.fused import Fused
from netstat_parse.fuse.lower import fuse
from netstat_parse.grammar.protocol import Grammar, Mismatch, ParsedRows
from netstat_parse.grammar.section import Fact, Join, Lookup, Options, Section
from netstat_parse.records.rows import Columns
from netstat_parse.tokens import end_of_line, kept, on_one_line

GOES_ON = 64
"""Lines that a record may go on for; the longest known, a program's modules on XP, has about twenty."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Table(Grammar):
    """A table of one netstat: a row a line, a column a field."""

    name: str
    """What is printed; when the same table is printed again, a new snapshot begins."""
    kind: str
    """The table of the schema that its records go into."""
    titles: Sequence[str] = ()
    """English titles, without what stands in brackets behind them."""
    columns: Mapping[str, pp.ParserElement]
    """Heading to expression, in the order in which they are printed. Results names are the schema's fields."""
    only_with: Mapping[str, str] = field(default_factory=dict)
    """Headings that an option adds, with that option."""
    headed: Options = frozenset()
    """Options whose columns only a heading can tell: without it they look like others."""
    trailing: pp.ParserElement | None = None
    """What may stand behind the known columns where the headings are not known."""
    constants: Mapping[str, Any] = field(default_factory=dict)
    """Fields that are the same in every row."""
    repairs: Sequence[Fact] = ()
    """Mend cells that netstat prints wrongly, such as two that run together. They run first, in this order."""
    words: Mapping[str, Lookup] = field(default_factory=dict)
    """Fields whose words are looked up in the vocabularies, after the repairs."""
    facts: Sequence[Fact] = ()
    """What follows from the columns; they run last, in this order: each sees what the ones before it have left."""
    more: pp.ParserElement | None = None
    """A line that goes on with the record above it."""
    join: Join | None = None
    by_shape: bool = True
    """Whether a row tells the table, without title or headings."""
    framed: bool = False
    """Whether rulers stand around it, and a title right below one; its headings are then not needed."""
    alone: pp.ParserElement | None = None
    """A lookahead: what a row must look like where no headings tell how to read it, as another table's rows may."""

    @cached_property
    def options(self) -> Options:
        """All the options that add columns."""
        return frozenset(self.only_with.values())

    def layout(self, headings: Iterable[str] | None = None) -> "Layout":
        """The rows under these headings; without headings, rows in which any option's columns may stand."""
        if headings is None:
            return self._layout(None)
        return self._layout(frozenset(self.only_with[h] for h in headings if h in self.only_with))

    def _layout(self, options: Options | None) -> "Layout":
        layouts = self._layouts
        if options not in layouts:
            layouts[options] = Layout(self, self.row(options))
        return layouts[options]

    @cached_property
    def _layouts(self) -> dict[Options | None, "Layout"]:
        return {}  # as many as there are subsets of the options, so it does not grow with the input

    def row(self, options: Options | None) -> pp.ParserElement:
        """The columns that these options print, composed; `None` for an unknown choice of options."""
        parts = [self.alone] if options is None and self.alone is not None else []
        choice: dict[str, list[pp.ParserElement]] = {}
        for number, (heading, expression) in enumerate(self.columns.items()):
            option = self.only_with.get(heading)
            column = expression(f"kept_{number}") if expression is kept else expression
            if options is None and option in self.headed:
                continue
            if options is None and option is not None:
                if option not in choice:
                    parts.append(pp.Opt(pp.Empty()))  # holds the place for the columns of this option
                    choice[option] = [parts[-1]]
                choice[option].append(column)
            elif option is None or option in options:  # type: ignore[operator]  # options is a set here
                parts.append(column)
        for place, *columns in choice.values():
            parts[parts.index(place)] = pp.Opt(pp.And(columns))
        if options is None and self.trailing is not None:
            parts.append(pp.Opt(self.trailing))
        return on_one_line(pp.And([*parts, end_of_line]))

    @cached_property
    def opening(self) -> "Fused":
        """How its rows begin, to pass over other text quickly."""
        always = [column for heading, column in self.columns.items() if heading not in self.only_with]
        return fuse(on_one_line(pp.And(always[:2])))

    def may_open(self, text: str) -> bool:
        """Whether a row of this table could stand there."""
        return self.opening.pattern.match(text) is not None

    def fit(self, headings: Sequence[str]) -> int:
        """Score the headings: a missing column costs one point, a heading of no column two."""
        missing = sum(heading not in headings for heading in self.columns if heading not in self.only_with)
        strange = sum(heading not in self.columns for heading in headings)
        return len(headings) - missing - 2 * strange

    def diagnose(self, line: str) -> Mismatch:
        """Explain how far the line agrees with a row, column by column."""
        at = 0
        for read, (heading, expression) in enumerate(self.columns.items()):
            try:
                at = on_one_line(expression).try_parse(line, at)
            except pp.ParseBaseException:
                return Mismatch(read, heading, at + len(line[at:]) - len(line[at:].lstrip()))
        return Mismatch(len(self.columns), "", at)


class Layout:
    """A table's row with a certain choice of columns, fused."""

    def __init__(self, table: Table, row: pp.ParserElement) -> None:
        self.table = table
        self.row = row

    @cached_property
    def fused(self) -> Fused:
        """The row as one pattern."""
        return fuse(self.row)

    @cached_property
    def more(self) -> Fused | None:
        """The continuation line as one pattern."""
        if self.table.more is None:
            return None
        return fuse(on_one_line(pp.And([self.table.more, end_of_line])))

    @cached_property
    def headings(self) -> dict[str, str]:
        """The names under which columns without a field of their own are read, with their headings."""
        return {f"kept_{n}": heading for n, heading in enumerate(self.table.columns)}

    def is_row(self, text: str, at: int = 0) -> bool:
        """Whether a row stands there."""
        return self.fused.pattern.match(text, at) is not None

    def take(self, text: str, at: int, section: Section) -> ParsedRows | None:
        """Read the rows that stand there one after the other; `None` where there is none."""
        if self.more is not None:
            return self._take_with_more(text, at, section, self.more)
        flat: list[str | None] = []
        end = self.fused.read_rows(text, at, flat)
        if not flat:
            return None
        count = len(flat) // self.fused.row_width
        section.first_row = section.first_row or text[at : text.find("\n", at)]
        section.rows += count
        lines: Sequence[int] = range(count)
        height = text.count("\n", at, end) + (text[end - 1] != "\n")
        if height != count:
            lines = self._lines(text, at, count)
        return ParsedRows(self._columns(flat, section), lines, end, height)

    def _lines(self, text: str, at: int, count: int) -> list[int]:
        """Where each row starts, when some are of more than one line: a program's name can hold a newline."""
        lines, line = [], 0
        for _ in range(count):
            lines.append(line)
            found = self.fused.pattern.match(text, at)
            if found is not None:
                line += text.count("\n", at, found.end())
                at = found.end()
        return lines

    def _take_with_more(self, text: str, at: int, section: Section, more: Fused) -> ParsedRows | None:
        flat: list[str | None] = []
        lines: list[int] = []
        further: list[tuple[str | None, ...]] = []
        goes_on: list[int] = []  # for each line in `further`, its row
        width, height = self.fused.row_width, 0
        while True:
            at = self.fused.read_rows(text, at, flat)
            if new := len(flat) // width - len(lines):
                lines += range(height, height := height + new)
            is_too_long = not flat or height - lines[-1] > GOES_ON
            found = None if is_too_long else more.pattern.match(text, at)
            if found is None:
                break
            further.append(found.groups())
            goes_on.append(len(lines) - 1)
            at, height = found.end(), height + 1
        if not flat:
            return None
        waits = at == len(text) and not section.is_last
        if waits:
            del flat[-width:]
            at, height = _line(text, at, height - lines[-1]), lines.pop()
        section.rows += len(lines)
        columns = self._columns(flat, section) if flat else {}
        values = more.columns(further)
        for row, *record in zip(goes_on, *values.values(), strict=True):
            if row < len(lines):
                self.table.join(columns, row, dict(zip(values, record, strict=True)), section)  # type: ignore[misc]  # there is one where there is more
        return ParsedRows(columns, lines, at, height, waits=waits)

    def _columns(self, flat: list[str | None], section: Section) -> Columns:
        count = len(flat) // self.fused.row_width
        columns: Columns = {name: [value] * count for name, value in self.table.constants.items()}
        columns |= self.fused.cell_columns(flat)
        self._keep(columns, count)
        for repair in self.table.repairs:
            repair(columns, section)
        for name, (part, text) in self.table.words.items():
            if text in columns:
                columns[name] = section.schema_words(part, columns[text])
        for fact in self.table.facts:
            fact(columns, section)
        return columns

    def _keep(self, columns: Columns, count: int) -> None:
        names = [name for name in columns if name in self.headings]
        if names:
            headings = [self.headings[name] for name in names]
            texts = zip(*(columns.pop(name) for name in names), strict=True)
            columns["extra"] = [
                {heading: text for heading, text in zip(headings, row, strict=True) if text is not None}
                for row in texts
            ] or [{}] * count


def _line(text: str, end: int, number: int) -> int:
    """Where the last but `number` of the lines that end there begins."""
    at = end - text.endswith("\n")
    for _ in range(number):
        at = text.rfind("\n", 0, at)
    return at + 1
