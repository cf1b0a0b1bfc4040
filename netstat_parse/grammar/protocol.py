"""The interface between the reader and every kind of grammar.

A grammar recognizes and reads one table of one netstat. The reader knows only what stands here: it asks whether a line
may begin the table, hands over the text from there on, and gets the rows back by column::

    layout = grammar.layout(headings)
    parsed = layout.take(text, at, section)  # a ParsedRows, or None where there is no row

Kinds of grammar inherit from `Grammar` explicitly, and so take its defaults. What only some of them can do is a
protocol of its own (`HeadedGrammar`, `TitleFinder`, `BlockFinder`), which the reader tests with `isinstance`, once.
"""

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, Self, runtime_checkable

from netstat_parse.records.rows import Columns

if TYPE_CHECKING:
    from netstat_parse.grammar.section import Section


class ParsedRows(NamedTuple):
    """Rows that were read in one go, by column, and the lines that they took."""

    columns: Columns
    lines: Sequence[int]
    """For each record the line on which it starts, counted from the first line of the rows."""
    end: int
    """Offset in the text behind the last row."""
    height: int
    """Number of lines, those of headings and blank ones included."""
    headings: int = 0
    """Number of lines that are headings, such as the title of a histogram."""
    blank: int = 0
    """Number of blank lines, each of which ends a record."""
    unread: Sequence[int] = ()
    """Lines inside records that could not be read, counted from the first line of the rows."""
    waits: bool = False
    """The text ends inside a record: read again from `end` when there is more text."""
    title: str = ""
    """A title among the lines: the table that is printed from here on, as `Grammar.name` has it."""


class Mismatch(NamedTuple):
    """Why a line is not a row of a table."""

    matched: int
    """Number of columns that could be read."""
    expected: str
    """The heading of the column that could not be read, or what else was expected there."""
    column: int
    """Offset in the line at which it was expected."""


class Lookahead(Enum):
    """Whether a block of rows begins at a place, where one row alone does not tell."""

    NO = 0
    YES = 1
    WAIT = 2
    """The text ends too early to tell."""


class Layout(Protocol):
    """The rows of a table with one choice of columns."""

    def is_row(self, text: str, at: int = 0) -> bool:
        """Return whether a row begins at this offset."""

    def take(self, text: str, at: int, section: "Section") -> ParsedRows | None:
        """Read the rows that stand at this offset one after the other; None where there is none."""


@runtime_checkable
class Grammar(Protocol):
    """A table of one netstat."""

    name: str
    """What is printed. A table that is printed again begins a new snapshot."""
    kind: str
    """The table of the schema that the records go into."""
    titles: Sequence[str] = ()
    """Titles in English, without what stands in parentheses behind them."""
    by_shape: bool = True
    """Whether a row alone identifies the table, without title or headings."""
    framed: bool = False
    """Whether rulers enclose the table, as Windows prints them around each table of ``netstat -r``."""

    def layout(self, headings: Iterable[str] | None = None) -> Layout:
        """Return the layout of the rows below these headings; None where the headings are not known."""

    def may_open(self, text: str) -> bool:
        """Return whether a row may begin the text: a fast test that passes over other text."""

    def diagnose(self, line: str) -> Mismatch:
        """Explain how far the line agrees with a row. By default no line is a damaged row."""
        del line
        return Mismatch(0, "", 0)


class UniformGrammar(Grammar, Layout, Protocol):
    """A grammar whose rows are the same whatever the options of netstat were: it is its own layout."""

    def layout(self, headings: Iterable[str] | None = None) -> Self:
        """Return the only layout."""
        del headings
        return self


@runtime_checkable
class HeadedGrammar(Grammar, Protocol):
    """A grammar whose table has a line of headings."""

    columns: Mapping[str, Any]
    """Each heading with the expression that reads the column below it."""

    def fit(self, headings: Sequence[str]) -> int:
        """Score how well these headings agree with the columns; the highest score wins."""


@runtime_checkable
class TitleFinder(Grammar, Protocol):
    """A grammar whose titles are recognized by what follows them."""

    def title_above(self, line: str, text: str) -> str | None:
        """Return the title that `line` is when `text` follows it; None where it is no title."""


@runtime_checkable
class BlockFinder(Grammar, Layout, Protocol):
    """A grammar whose blocks are recognized by several rows, in any language."""

    def above(self, lines: Sequence[str]) -> int | None:
        """Return how many of the last lines of text are the block's title and headings; None where they are not."""

    def ahead(self, text: str, at: int, *, is_last: bool) -> Lookahead:
        """Return whether a block begins at this offset; `is_last` where no more text follows."""
