"""Tables: one row a line, one field a column.

A `Table` maps each heading that netstat prints to the expression that reads the column below it. netstat prints a
column only if an option asks for it, so a grammar never spells out the whole row: the headings that were printed make
up the row. If no headings can be read, the columns of each option are optional, and the shape of the row decides.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from types import MappingProxyType
from typing import TYPE_CHECKING

from netstat_parse.fuse.fragments import END_OF_LINE, Part, Parts, option, rename
from netstat_parse.fuse.fused import Fused
from netstat_parse.grammar.base import GrammarFields
from netstat_parse.grammar.lines import (
    Term,
    character_kinds,
    compile_line,
    compile_start,
    explain_mismatch,
    lowered,
    whole,
)
from netstat_parse.grammar.protocol import HeadedGrammar, Join, Layout, Mismatch, Options, ParsedRows, Section
from netstat_parse.grammar.steps import Steps
from netstat_parse.named_fields import NamedFields
from netstat_parse.precompiled import compile_pattern
from netstat_parse.records.rows import Columns

if TYPE_CHECKING:
    from netstat_parse.fuse.fragments import Expression

OPENING_COLUMNS = 3
"""Columns in the beginning of a row: more would take longer to compare than they rule out."""

MAX_CONTINUATION_LINES = 64
"""Lines by which one record may be continued; the longest known, the modules of a program on XP, has about twenty."""

MIN_CELLS = 3
"""Cells by which a row that was cut short is recognized; one less if a wide gap separates them."""

KEPT = "kept"
"""Results name of a column that the schema lacks: `tokens.kept`."""

_DIGIT = compile_pattern(r"\d")

_LABEL = compile_pattern(r"\s*+[^\s:]++:\s")
"""A label before a line of another command: ``Mem:   8008788   400012``."""

_WIDE_GAP = compile_pattern(r"\S(?:  |\t)")


class Table(Steps, GrammarFields, HeadedGrammar):
    """A table of one netstat: one row a line, one field a column."""

    columns: "Mapping[str, Expression]"
    """The expression of each heading, in the order in which they are printed. Results names are the schema's fields."""
    only_with: Mapping[str, str] = MappingProxyType({})
    """Headings that only an option adds, with that option."""
    columns_need_headings: Options = frozenset()
    """Options whose columns are read only below their headings: without these they look like other columns."""
    trailing: "Expression | None" = None
    """An optional expression behind the known columns, for rows whose headings are not known."""
    more: "Expression | None" = None
    """A continuation line of the record above it, or several, perhaps with blank lines among them."""
    more_begins: "Expression | None" = None
    """All lines up to the end of the text, if they may be the beginning of `more`: then more text must come first."""
    unfinished: "Expression | None" = None
    """The last line of a text, if the row that begins in it may go on in the next one: then that must come first."""
    join: Join | None = None
    """Adds a continuation line to its record."""
    framed: bool = False
    """True if rulers enclose the table, with a title directly below one; its headings are then not needed."""
    shape: "Expression | None" = None
    """A lookahead that identifies a row whose headings are not known, if another table has similar rows."""
    sample: Sequence[str] = ()
    """A cell for each column, in their order: a line that the last of them make a row is one that was cut short."""

    def check(self) -> None:
        """Refuse fields that are needed together, if only one is there."""
        if (self.more is None) != (self.join is None):
            raise ValueError(f"{self.name}: `more` and `join` are needed together")
        if self.sample and len(self.sample) != len(self.columns):
            raise ValueError(f"{self.name}: `sample` needs one cell for each column")

    @cached_property
    def options(self) -> Options:
        """All options that add columns."""
        return frozenset(self.only_with.values())

    @cached_property
    def typical_row(self) -> str:
        """A row with the columns that are always printed."""
        cells = zip(self.columns, self.sample, strict=False)
        return " ".join(cell for heading, cell in cells if heading not in self.only_with)

    def layout(self, headings: Iterable[str] | None = None) -> "TableLayout":
        """Return the layout of the rows below these headings; None if the headings are not known."""
        if headings is None:
            return self.layout_with(None)
        return self.layout_with(frozenset(self.only_with[h] for h in headings if h in self.only_with))

    def layout_with(self, options: Options | None) -> "TableLayout":
        """Return the layout of the rows that these options print; None if the options are not known."""
        layouts = self._layouts
        if options not in layouts:
            layouts[options] = self.new_layout(options)
        return layouts[options]

    def options_of(self, layout: Layout) -> Options | None:
        """Return the options of a layout of this table."""
        return next(options for options, known in self._layouts.items() if known is layout)

    @cached_property
    def _layouts(self) -> dict[Options | None, "TableLayout"]:
        return {}  # at most one for each subset of the options, so it does not grow with the input

    def new_layout(self, options: Options | None) -> "TableLayout":
        """Make the layout for these options. Tables that read their rows in another way override this."""
        return TableLayout(self, self.row(options))

    def row(self, options: Options | None) -> Parts:
        """Compose the columns that these options print; None if the options are not known."""
        if options is None:
            shape = () if self.shape is None else lowered(self.shape)
            trailing = () if self.trailing is None else _optional(lowered(self.trailing))
            return (*shape, *self._optional_columns(), *trailing, *END_OF_LINE)
        columns = [parts for _, needed, parts in self._numbered_columns() if needed is None or needed in options]
        return (*chain.from_iterable(columns), *END_OF_LINE)

    def _optional_columns(self) -> Parts:
        """Return the columns of a row if the options are not known: each option may add its columns or not."""
        groups: dict[tuple[str | None, str], Parts] = {}
        for heading, needed, parts in self._numbered_columns():
            if needed not in self.columns_need_headings:
                key = needed, "" if needed else heading
                groups[key] = groups.get(key, ()) + parts
        columns = (parts if needed is None else _optional(parts) for (needed, _), parts in groups.items())
        return tuple(chain.from_iterable(columns))

    def _numbered_columns(self) -> Iterator[tuple[str, str | None, Parts]]:
        """Yield each heading with its option and its parts; columns that the schema lacks get a results name each."""
        for number, (heading, expression) in enumerate(self.columns.items()):
            parts = lowered(expression)
            column = _numbered(parts, number) if parts[0].name == KEPT else parts
            yield heading, self.only_with.get(heading), column

    @cached_property
    def opening(self) -> Fused:
        """The shape and the first columns of every row, to skip other text quickly."""
        always = [column for heading, column in self.columns.items() if heading not in self.only_with]
        first = [] if self.shape is None else [self.shape]
        return compile_start(*first, *always[:OPENING_COLUMNS])

    @cached_property
    def _terms(self) -> list[Term]:
        return [Term(heading, compile_start(expression)) for heading, expression in self.columns.items()]

    def fit(self, headings: Sequence[str]) -> int:
        """Score the headings: a missing column costs one point, an unknown heading two."""
        missing = sum(heading not in headings for heading in self.columns if heading not in self.only_with)
        unknown = sum(heading not in self.columns for heading in headings)
        return len(headings) - missing - 2 * unknown

    def diagnose(self, line: str) -> Mismatch:
        """Explain how far the line agrees with a row, column by column, or which column it was cut short before."""
        mismatch = explain_mismatch(self._terms, line)
        cut = self._find_cut(line.rstrip())
        return cut._replace(is_specific=mismatch.is_specific) if cut else mismatch

    @cached_property
    def _completed(self) -> Fused:
        """A row with any options, to complete one that was cut short."""
        return compile_line(self._optional_columns())

    def _find_cut(self, line: str) -> Mismatch | None:
        """Find the column that a line was cut short before, or within; None if it is no row that was cut short."""
        if not (self.sample and _DIGIT.search(line)) or _LABEL.match(line) or self._completed.pattern.match(line):
            return None
        is_aligned = _WIDE_GAP.search(line.lstrip()) is not None
        before, _, last_word = line.rpartition(" ")
        for start, cut_cell in ((line, ""), (before, last_word)):
            for column in range(len(self.sample) - 1, MIN_CELLS - 1 - is_aligned, -1):
                ending = " ".join(self.sample[column:])
                if self._completed.pattern.match(f"{start} {ending}"):
                    is_alike = character_kinds(cut_cell) <= character_kinds(self.sample[column])
                    return Mismatch(column, [*self.columns][column], len(line)) if is_alike else None
        return None


class _Continuation(NamedFields):
    """The continuation lines of a table."""

    fused: Fused
    begins: Fused | None
    join: Join

    def may_begin(self, text: str, at: int) -> bool:
        """Return whether the text ends, perhaps, inside continuation lines that begin at this offset."""
        return at == len(text) or (self.begins is not None and self.begins.pattern.match(text, at) is not None)

    def add(
        self, columns: Columns, lines: Sequence[tuple[str | None, ...]], owners: Sequence[int], section: Section
    ) -> None:
        """Add lines to the rows that own them; the last lines may have no owner."""
        values = self.fused.columns(lines)
        for owner, *texts in zip(owners, *values.values(), strict=False):
            self.join(columns, owner, dict(zip(values, texts, strict=True)), section)


class TableLayout:
    """The rows of a table with one choice of columns, as one pattern."""

    def __init__(self, table: Table, row: Parts) -> None:
        self.table = table
        self.row = row

    @cached_property
    def fused(self) -> Fused:
        """The row as one pattern."""
        return compile_start(self.row)

    @cached_property
    def _continuation(self) -> _Continuation | None:
        more, begins, join = self.table.more, self.table.more_begins, self.table.join
        if more is None or join is None:  # both or neither
            return None
        return _Continuation(compile_line(more), None if begins is None else compile_start(begins), join)

    @cached_property
    def _unfinished(self) -> Fused | None:
        return None if self.table.unfinished is None else compile_start(self.table.unfinished)

    @cached_property
    def _kept_headings(self) -> dict[str, str]:
        """Results names of columns that the schema lacks, with their headings."""
        return {f"{KEPT}_{number}": heading for number, heading in enumerate(self.table.columns)}

    def is_row(self, text: str, at: int = 0) -> bool:
        """Return whether a row begins at this offset."""
        return self.fused.pattern.match(text, at) is not None

    def may_go_on(self, row: str) -> bool:
        """Return whether this row, the last line of a text, waits for more text, as it may go on there."""
        is_unfinished = self._unfinished is not None and self._unfinished.pattern.match(row) is not None
        return is_unfinished or self._continuation is not None

    def take(self, text: str, at: int, section: Section) -> ParsedRows | None:
        """Read the consecutive rows at this offset; None if there is none."""
        if self._continuation is not None:
            return self._take_continued(text, at, section, self._continuation)
        flat, end = self.fused.read_rows(text, at)
        last = self._find_unfinished(text, end, section)
        if flat and last is not None and last < end and self.is_row(text, last):
            del flat[-self.fused.row_width :]
            end = last
        if not flat:
            return None if last is None else ParsedRows({}, (), at, 0, waits=True)
        count = len(flat) // self.fused.row_width
        section.first_row = section.first_row or text[at : text.find("\n", at)]
        section.rows += count
        lines: Sequence[int] = range(count)
        height = text.count("\n", at, end) + (text[end - 1] != "\n")
        if height != count:
            lines = self._first_lines(text, at, count)
        return ParsedRows(self._columns(flat, section), lines, end, height, waits=last is not None)

    def _find_unfinished(self, text: str, end: int, section: Section) -> int | None:
        """Return the offset of the last line of the text, if it is the last one read or the next, and may go on."""
        if section.is_last or not section.may_go_on or self._unfinished is None:
            return None
        last = text.rfind("\n", 0, -1) + 1
        return last if last <= end and self._unfinished.pattern.match(text, last) else None

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
        width, height, blank = self.fused.row_width, 0, 0
        while True:
            cells, at = self.fused.read_rows(text, at)
            if flat:
                flat += cells
            else:
                flat = cells  # not copied: without continuation lines these are all rows
            if new := len(flat) // width - len(lines):
                lines += range(height, height := height + new)
            is_too_long = not flat or height - lines[-1] > MAX_CONTINUATION_LINES
            found = None if is_too_long else continuation.fused.pattern.match(text, at)
            if found is None:
                break
            more.append(found.groups())
            owners.append(len(lines) - 1)
            read = found[0].removesuffix("\n").split("\n")
            height += len(read)
            blank += sum(not line.strip() for line in read)
            at = found.end()
        is_unfinished = self._find_unfinished(text, at, section) is not None
        if not flat:
            return ParsedRows({}, (), at, 0, waits=True) if is_unfinished else None
        waits = is_unfinished or (not section.is_last and continuation.may_begin(text, at))
        if waits:
            del flat[-width:]
            end, at = at, _start_of_lines(text, at, height - lines[-1])
            height = lines.pop()
            blank -= sum(not line.strip() for line in text[at:end].removesuffix("\n").split("\n"))
        section.rows += len(lines)
        columns = self._columns(flat, section) if flat else {}
        continuation.add(columns, more, [owner for owner in owners if owner < len(lines)], section)
        numbers = lines if more else range(len(lines))  # `row_numbers` is faster for a range
        return ParsedRows(columns, numbers, at, height, waits=waits, blank=blank)

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


def _optional(parts: Parts) -> Parts:
    """Make columns optional together."""
    return (Part("", option(whole(parts))),)


def _numbered(parts: Parts, number: int) -> Parts:
    """Give a column that the schema lacks a results name of its own."""
    name, fragment = f"{KEPT}_{number}", parts[0].fragment
    return (Part(name, rename(fragment, [capture._replace(name=name, group=name) for capture in fragment.captures])),)


def _start_of_lines(text: str, end: int, count: int) -> int:
    """Return the offset at which the last `count` of the lines before `end` begin."""
    at = end - text.endswith("\n", 0, end)
    for _ in range(count):
        at = text.rfind("\n", 0, at)
    return at + 1
