"""What grammars are made of.

A `Table` maps each heading that netstat prints to the expression that reads the column under it. netstat prints a
column only when an option asks for it, so the row is never written down as a whole: the headings that are there make
it up, and where no heading can be read, each option's columns may be there or not, and the shape of the row tells.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property
from typing import Any, NamedTuple

import pyparsing as pp

from netstat_parse.fuse import Fused, lower
from netstat_parse.tokens import end_of_line, kept, on_one_line
from netstat_parse.words import Words

Columns = dict[str, list[Any]]
"""Records by column: each field with its values, one a record. A field that was not printed is not there."""

Options = frozenset[str]

GOES_ON = 64
"""Lines that a record may go on for; the longest known, a program's modules on XP, has about twenty."""


class Note(NamedTuple):
    """Something to be said of one row of a block."""

    row: int
    code: str
    message: str


class Section:
    """One printed table in the text: what its grammar, its headings and its first rows have told."""

    def __init__(self, table: "Table", layout: "Layout", words: Words, *, header: str = "") -> None:
        self.table = table
        self.layout = layout
        self.words = words
        self.header = header
        self.first_row = ""
        """As it was printed; its blanks may tell the version."""
        self.rows = 0
        self.is_last = True
        """Whether the block being read is the last one: nothing can go on with a record at its end."""
        self.apart = False
        """Whether a blank line has come since the last row."""
        self.told: dict[str, Any] = {}
        """What the grammar's facts remember from block to block, such as the version that a row gave away."""
        self.snapshot: dict[str, Any] = {}
        """What they have found out about the snapshot, such as its tool."""
        self.notes: list[Note] = []
        """What is to be said of the rows just read."""

    def note(self, row: int, code: str, message: str) -> None:
        """Have a diagnostic about this row of the block."""
        self.notes.append(Note(row, code, message))

    def schema_words(self, part: str, texts: Sequence[str | None]) -> list[str | None]:
        """The schema's words for printed ones; what is doubtful of one is noted when it is first met."""
        words = {text: self.words.read(part, text) if text else (None, None) for text in dict.fromkeys(texts)}
        for text, (_, doubt) in words.items():
            if text and doubt and self.words.is_new(text):
                self.note(texts.index(text), *doubt)
        return [words[text][0] or None for text in texts]


Fact = Callable[[Columns, Section], None]
"""What follows from the columns that were printed: it completes or mends the columns of one block of rows."""

Join = Callable[[Columns, int, Mapping[str, Any], Section], None]
"""Adds a continuation line, as its named values, to the record with that index."""


class Taken(NamedTuple):
    """A run of rows read in one go."""

    columns: Columns
    lines: Sequence[int]
    """Of each record, the line it starts on, counted from the start of the run."""
    end: int
    """Where in the text the run ends."""
    height: int
    """Lines in the run."""
    headings: int = 0
    """Lines in the run that are headings, such as the title of a histogram."""
    blank: int = 0
    """Blank lines in the run, which end its records."""
    unread: Sequence[int] = ()
    """Lines of its records that could not be read, counted from the start of the run."""
    waits: bool = False
    """Whether the text ends in a record that the next block may go on with; it begins where the run ends."""
    title: str = ""
    """The title in the run, of a text that has many: what is printed from here on."""


class Ahead(Enum):
    """Whether a table begins there, where a row alone does not tell it."""

    NO = 0
    YES = 1
    WAIT = 2
    """The text ends before that can be said."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Table:
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
    facts: Sequence[Fact] = ()
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
        return lower(on_one_line(pp.And(always[:2])))

    def may_open(self, text: str) -> bool:
        """Whether a row of this table could stand there."""
        return self.opening.pattern.match(text) is not None

    def mishap(self, line: str) -> tuple[int, str, int]:
        """Why `line` is no row: how many columns could be read, the heading that failed, and where."""
        at = 0
        for read, (heading, expression) in enumerate(self.columns.items()):
            try:
                at = on_one_line(expression).try_parse(line, at)
            except pp.ParseBaseException:
                return read, heading, at + len(line[at:]) - len(line[at:].lstrip())
        return len(self.columns), "", at


class Layout:
    """A table's row with a certain choice of columns, fused."""

    def __init__(self, table: Table, row: pp.ParserElement) -> None:
        self.table = table
        self.row = row

    @cached_property
    def fused(self) -> Fused:
        """The row as one pattern."""
        return lower(self.row)

    @cached_property
    def more(self) -> Fused | None:
        """The continuation line as one pattern."""
        if self.table.more is None:
            return None
        return lower(on_one_line(pp.And([self.table.more, end_of_line])))

    @cached_property
    def headings(self) -> dict[str, str]:
        """The names under which columns without a field of their own are read, with their headings."""
        return {f"kept_{n}": heading for n, heading in enumerate(self.table.columns)}

    def is_row(self, text: str, at: int = 0) -> bool:
        """Whether a row stands there."""
        return self.fused.pattern.match(text, at) is not None

    def take(self, text: str, at: int, section: Section) -> Taken | None:
        """Read the rows that stand there one after the other; `None` where there is none."""
        if self.more is not None:
            return self._take_with_more(text, at, section, self.more)
        flat: list[str | None] = []
        end = self.fused.run(text, at, flat)
        if not flat:
            return None
        count = len(flat) // self.fused.width
        section.first_row = section.first_row or text[at : text.find("\n", at)]
        section.rows += count
        lines: Sequence[int] = range(count)
        height = text.count("\n", at, end) + (text[end - 1] != "\n")
        if height != count:
            lines = self._lines(text, at, count)
        return Taken(self._columns(flat, section), lines, end, height)

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

    def _take_with_more(self, text: str, at: int, section: Section, more: Fused) -> Taken | None:
        flat: list[str | None] = []
        lines: list[int] = []
        further: list[tuple[str | None, ...]] = []
        goes_on: list[int] = []  # for each line in `further`, its row
        width, height = self.fused.width, 0
        while True:
            at = self.fused.run(text, at, flat)
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
        return Taken(columns, lines, at, height, waits=waits)

    def _columns(self, flat: list[str | None], section: Section) -> Columns:
        count = len(flat) // self.fused.width
        columns: Columns = {name: [value] * count for name, value in self.table.constants.items()}
        columns |= self.fused.values(flat)
        self._keep(columns, count)
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
