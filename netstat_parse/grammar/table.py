"""Tables: one row a line, one field a column.

A `Table` maps each heading that netstat prints to the expression that reads the column below it. netstat prints a
column only if an option asks for it, so a grammar never spells out the whole row: the headings that were printed make
up the row. If no headings can be read, the columns of each option are optional, and the shape of the row decides.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

import pyparsing as pp

from netstat_parse.fuse.fused import Fused
from netstat_parse.fuse.lower import fuse
from netstat_parse.grammar.base import GrammarFields
from netstat_parse.grammar.lines import Term, compile_line, compile_start, explain_mismatch
from netstat_parse.grammar.protocol import HeadedGrammar, Join, Mismatch, Options, ParsedRows, Section
from netstat_parse.grammar.steps import Steps
from netstat_parse.records.rows import Columns
from netstat_parse.tokens import end_of_line, kept, on_one_line

OPENING_COLUMNS = 3
"""Columns in the beginning of a row: more would take longer to compare than they rule out."""

MAX_CONTINUATION_LINES = 64
"""Lines by which one record may be continued; the longest known, the modules of a program on XP, has about twenty."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Table(Steps, GrammarFields, HeadedGrammar):
    """A table of one netstat: one row a line, one field a column."""

    columns: Mapping[str, pp.ParserElement]
    """The expression of each heading, in the order in which they are printed. Results names are the schema's fields."""
    only_with: Mapping[str, str] = field(default_factory=dict)
    """Headings that only an option adds, with that option."""
    columns_need_headings: Options = frozenset()
    """Options whose columns are read only below their headings: without these they look like other columns."""
    trailing: pp.ParserElement | None = None
    """An optional expression behind the known columns, for rows whose headings are not known."""
    more: pp.ParserElement | None = None
    """A continuation line of the record above it."""
    join: Join | None = None
    """Adds a continuation line to its record."""
    framed: bool = False
    """True if rulers enclose the table, with a title directly below one; its headings are then not needed."""
    shape: pp.ParserElement | None = None
    """A lookahead that identifies a row whose headings are not known, if another table has similar rows."""

    def __post_init__(self) -> None:
        if (self.more is None) != (self.join is None):
            raise ValueError(f"{self.name}: `more` and `join` are needed together")

    @cached_property
    def options(self) -> Options:
        """All options that add columns."""
        return frozenset(self.only_with.values())

    def layout(self, headings: Iterable[str] | None = None) -> "TableLayout":
        """Return the layout of the rows below these headings; None if the headings are not known."""
        if headings is None:
            return self._layout(None)
        return self._layout(frozenset(self.only_with[h] for h in headings if h in self.only_with))

    def _layout(self, options: Options | None) -> "TableLayout":
        layouts = self._layouts
        if options not in layouts:
            layouts[options] = self.new_layout(options)
        return layouts[options]

    @cached_property
    def _layouts(self) -> dict[Options | None, "TableLayout"]:
        return {}  # at most one for each subset of the options, so it does not grow with the input

    def new_layout(self, options: Options | None) -> "TableLayout":
        """Make the layout for these options. Tables that read their rows in another way override this."""
        return TableLayout(self, self.row(options))

    def row(self, options: Options | None) -> pp.ParserElement:
        """Compose the columns that these options print; None if the options are not known."""
        if options is not None:
            columns = [column for _, option, column in self._numbered_columns() if option is None or option in options]
            return on_one_line(pp.And([*columns, end_of_line]))
        groups: dict[tuple[str | None, str], list[pp.ParserElement]] = {}
        for heading, option, column in self._numbered_columns():
            if option not in self.columns_need_headings:
                groups.setdefault((option, "" if option else heading), []).append(column)
        elements = [
            columns[0] if option is None else pp.Opt(pp.And(columns)) for (option, _), columns in groups.items()
        ]
        first = [] if self.shape is None else [self.shape]
        last = [] if self.trailing is None else [pp.Opt(self.trailing)]
        return on_one_line(pp.And([*first, *elements, *last, end_of_line]))

    def _numbered_columns(self) -> Iterator[tuple[str, str | None, pp.ParserElement]]:
        """Yield each heading with its option and its expression; columns that the schema lacks get a results name."""
        for number, (heading, expression) in enumerate(self.columns.items()):
            column = expression(f"kept_{number}") if expression is kept else expression
            yield heading, self.only_with.get(heading), column

    @cached_property
    def opening(self) -> Fused:
        """The shape and the first columns of every row, to skip other text quickly."""
        always = [column for heading, column in self.columns.items() if heading not in self.only_with]
        first = [] if self.shape is None else [self.shape]
        return compile_start(pp.And([*first, *always[:OPENING_COLUMNS]]))

    @cached_property
    def _terms(self) -> list[Term]:
        return [Term(heading, compile_start(expression)) for heading, expression in self.columns.items()]

    def fit(self, headings: Sequence[str]) -> int:
        """Score the headings: a missing column costs one point, an unknown heading two."""
        missing = sum(heading not in headings for heading in self.columns if heading not in self.only_with)
        unknown = sum(heading not in self.columns for heading in headings)
        return len(headings) - missing - 2 * unknown

    def diagnose(self, line: str) -> Mismatch:
        """Explain how far the line agrees with a row, column by column."""
        return explain_mismatch(self._terms, line)


class _Continuation(NamedTuple):
    """The continuation lines of a table."""

    fused: Fused
    join: Join

    def add(
        self, columns: Columns, lines: Sequence[tuple[str | None, ...]], owners: Sequence[int], section: Section
    ) -> None:
        """Add lines to the rows that own them; the last lines may have no owner."""
        values = self.fused.columns(lines)
        for owner, *texts in zip(owners, *values.values(), strict=False):
            self.join(columns, owner, dict(zip(values, texts, strict=True)), section)


class TableLayout:
    """The rows of a table with one choice of columns, as one pattern."""

    def __init__(self, table: Table, row: pp.ParserElement) -> None:
        self.table = table
        self.row = row

    @cached_property
    def fused(self) -> Fused:
        """The row as one pattern."""
        return fuse(self.row)

    @cached_property
    def _continuation(self) -> _Continuation | None:
        more, join = self.table.more, self.table.join  # both or neither
        return None if more is None or join is None else _Continuation(compile_line(more), join)

    @cached_property
    def _kept_headings(self) -> dict[str, str]:
        """Results names of columns that the schema lacks, with their headings."""
        return {f"kept_{number}": heading for number, heading in enumerate(self.table.columns)}

    def is_row(self, text: str, at: int = 0) -> bool:
        """Return whether a row begins at this offset."""
        return self.fused.pattern.match(text, at) is not None

    def take(self, text: str, at: int, section: Section) -> ParsedRows | None:
        """Read the consecutive rows at this offset; None if there is none."""
        if self._continuation is not None:
            return self._take_continued(text, at, section, self._continuation)
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
            lines = self._first_lines(text, at, count)
        return ParsedRows(self._columns(flat, section), lines, end, height)

    def _first_lines(self, text: str, at: int, count: int) -> list[int]:
        """Number the first line of each row, if some rows have several lines: a program's name may hold a newline."""
        lines, line = [], 0
        for _ in range(count):
            lines.append(line)
            found = self.fused.pattern.match(text, at)
            if found is not None:
                line += text.count("\n", at, found.end())
                at = found.end()
        return lines

    def _take_continued(self, text: str, at: int, section: Section, continuation: _Continuation) -> ParsedRows | None:
        """Read rows and the continuation lines below them; the last row waits if more text may continue it."""
        flat: list[str | None] = []
        lines: list[int] = []
        more: list[tuple[str | None, ...]] = []
        owners: list[int] = []  # for each continuation line, its row
        width, height = self.fused.row_width, 0
        while True:
            at = self.fused.read_rows(text, at, flat)
            if new := len(flat) // width - len(lines):
                lines += range(height, height := height + new)
            is_too_long = not flat or height - lines[-1] > MAX_CONTINUATION_LINES
            found = None if is_too_long else continuation.fused.pattern.match(text, at)
            if found is None:
                break
            more.append(found.groups())
            owners.append(len(lines) - 1)
            at, height = found.end(), height + 1
        if not flat:
            return None
        waits = at == len(text) and not section.is_last
        if waits:
            del flat[-width:]
            at, height = _start_of_lines(text, at, height - lines[-1]), lines.pop()
        section.rows += len(lines)
        columns = self._columns(flat, section) if flat else {}
        continuation.add(columns, more, [owner for owner in owners if owner < len(lines)], section)
        return ParsedRows(columns, lines, at, height, waits=waits)

    def _columns(self, flat: list[str | None], section: Section) -> Columns:
        """Make the columns of rows from their texts, and complete them."""
        count = len(flat) // self.fused.row_width
        columns = self.table.start(count) | self.fused.cell_columns(flat)
        self._keep_extra(columns, count)
        self.table.complete(columns, section)
        return columns

    def _keep_extra(self, columns: Columns, count: int) -> None:
        """Move columns that the schema lacks into `extra`, under their headings."""
        names = [name for name in columns if name in self._kept_headings]
        if names:
            headings = [self._kept_headings[name] for name in names]
            texts = zip(*(columns.pop(name) for name in names), strict=True)
            columns["extra"] = [
                {heading: text for heading, text in zip(headings, row, strict=True) if text is not None}
                for row in texts
            ] or [{}] * count


def _start_of_lines(text: str, end: int, count: int) -> int:
    """Return the offset at which the last `count` of the lines before `end` begin."""
    at = end - text.endswith("\n")
    for _ in range(count):
        at = text.rfind("\n", 0, at)
    return at + 1
