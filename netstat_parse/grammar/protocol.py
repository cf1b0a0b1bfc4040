"""The interface between the reader and every kind of grammar.

A grammar recognizes and reads one table of one netstat. The reader uses only what is declared here: it asks whether a
line may begin the table, passes the text from there on, and gets the rows back by column::

    layout = grammar.layout(headings)
    section = Section(grammar, layout, words, header=line)
    parsed = layout.take(text, at, section)  # a ParsedRows, or None if there is no row

A kind of grammar must inherit from `Grammar`: the reader ignores an object that only has the same attributes. If the
rows are the same for all options, it inherits from `UniformGrammar`. Abilities that some kinds have are protocols of
their own, which these must inherit from, too: `HeadedGrammar`, `TitleFinder`, `WordFinder`, `BlockFinder`. So type
checkers compare each kind with its protocols, and the reader's test is fast.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import Enum
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, Self, TypeGuard, TypeVar, cast

from netstat_parse.fuse.fused import Fused
from netstat_parse.named_fields import NamedFields
from netstat_parse.records.rows import Columns
from netstat_parse.systems.words import Words

if TYPE_CHECKING:
    from netstat_parse.fuse.fragments import Expression

Options = frozenset[str]
"""Options of netstat that add columns to a table."""

State = TypeVar("State")


class ParsedRows(NamedFields):
    """Consecutive rows of one table, by column, and the lines that they occupy."""

    columns: Columns
    lines: Sequence[int]
    """The first line of each record, counted from the first line of the rows."""
    end: int
    """Offset in the text behind the last row."""
    height: int
    """Number of lines, including headings and blank lines."""
    headings: int = 0
    """Number of lines that are headings, such as the title of a histogram."""
    blank: int = 0
    """Number of blank lines, each of which ends a record."""
    unread: Sequence[int] = ()
    """Lines inside records that could not be read, counted from the first line of the rows."""
    waits: bool = False
    """The text ends inside a record: read again from `end` when there is more text."""
    title: str = ""
    """A title among the lines: the table that is printed from here on, as in `Grammar.name`."""
    encoded: bytes = b""
    """The rows as the output has them, in place of the columns, if a worker has read them (`reading.early_rows`)."""


class Mismatch(NamedTuple):
    """Why a line is not a row of a table."""

    matched: int
    """Number of columns that could be read and are not empty."""
    expected: str
    """The heading of the column that could not be read, or what else was expected there."""
    column: int
    """Offset in the line at which it was expected."""
    is_specific: bool = True
    """True if one of the columns that agree has text that few other lines have, such as an endpoint or a netmask."""


class Lookahead(Enum):
    """The answer to whether a block of rows begins at an offset, if a single row is not enough to decide."""

    NO = 0
    YES = 1
    WAIT = 2
    """The text ends too early to decide."""


class Lookup(NamedTuple):
    """A field that is looked up in the vocabularies by a printed word."""

    part: str
    """The part of the vocabularies, such as ``states``."""
    text: str
    """The column that holds the printed word."""


class Note(NamedTuple):
    """A diagnostic for one row of a block."""

    row: int
    code: str
    message: str


class Layout(Protocol):
    """The rows of a table with one choice of columns."""

    def is_row(self, text: str, at: int = 0) -> bool:
        """Return whether a row begins at this offset."""

    def take(self, text: str, at: int, section: "Section") -> ParsedRows | None:
        """Read the consecutive rows at this offset; None if there is none.

        The answer depends on the text and the section alone: a worker process may read with a copy of the section.
        """


class Grammar(Protocol):
    """A table of one netstat."""

    name: str
    """The table. If the same one is printed again, a new snapshot begins."""
    kind: str | None
    """The table of the schema that the records go into; None if the grammar reads no records."""
    titles: Sequence[str] = ()
    """Titles in English, without the parentheses behind them."""
    by_shape: bool = True
    """True if a row alone identifies the table, without title or headings."""
    framed: bool = False
    """True if rulers enclose the table, as Windows prints them around each table of ``netstat -r``."""

    def layout(self, headings: Iterable[str] | None = None) -> Layout:
        """Return the layout of the rows below these headings; None if the headings are not known."""

    @property
    def typical_row(self) -> str:
        """A row, to compare lines with before any row was read; empty if there is none."""
        return ""

    @property
    def opening(self) -> Fused:
        """The beginning of every row that is recognized by its shape: a fast test that skips other text."""

    def diagnose(self, line: str) -> Mismatch:
        """Explain how far the line agrees with a row. By default no line is a damaged row."""
        del line
        return Mismatch(0, "", 0)


class Section:
    """One printed table in the text: its headings, its vocabularies, and the state of its grammar."""

    def __init__(self, table: Grammar, layout: Layout, words: Words, *, header: str = "") -> None:
        self.table = table
        self.layout = layout
        self.words = words
        self.header = header
        """The line of headings or the title as printed; empty if there is none."""
        self.first_row = ""
        """The first row as printed; its column widths may identify the version."""
        self.rows = 0
        """Number of rows read so far."""
        self.is_last = True
        """True if no more text follows: the last record cannot continue."""
        self.may_go_on = True
        """False if the next line of the input is of another origin: a row cannot go on in it."""
        self.is_apart = False
        """True if a blank line follows the last row."""
        self._states: dict[type, object] = {}
        self.snapshot: dict[str, str | None] = {}
        """Fields of the snapshot that the rows identify, such as the tool."""
        self.notes: list[Note] = []
        """Diagnostics for the rows just read."""

    def state(self, kind: type[State]) -> State:
        """Return the grammar's state of this class, which lasts from block to block; each section has its own."""
        if kind not in self._states:
            self._states[kind] = kind()
        return cast("State", self._states[kind])

    def forget(self) -> None:
        """Drop the state, because the table is printed again from its beginning."""
        self._states.clear()

    def note(self, row: int, code: str, message: str) -> None:
        """Report a diagnostic for this row of the block."""
        self.notes.append(Note(row, code, message))

    def schema_words(self, part: str, texts: Sequence[str | None]) -> list[str | None]:
        """Look up printed words in a part of the vocabularies; report each unknown or damaged word once."""
        words = {text: self.words.read(part, text) if text else (None, None) for text in dict.fromkeys(texts)}
        for text, (_, doubt) in words.items():
            if text and doubt and self.words.is_new(text, part):
                self.note(texts.index(text), doubt.code, doubt.message)
        meanings = {text: word or None for text, (word, _) in words.items()}
        return list(map(meanings.__getitem__, texts))


Fact = Callable[[Columns, Section], None]
"""A function that derives fields from the columns of one block of rows, or mends them, in place."""

Join = Callable[[Columns, int, Mapping[str, Any], Section], None]
"""A function that adds a continuation line, as its named values, to the record with that index."""


class UniformGrammar(Grammar, Layout, Protocol):
    """A grammar with the same rows for all options of netstat: it is its own layout."""

    def layout(self, headings: Iterable[str] | None = None) -> Self:
        """Return the only layout."""
        del headings
        return self


class HeadedGrammar(Grammar, Protocol):
    """A grammar of a table with a line of headings."""

    columns: "Mapping[str, Expression]"
    """Each heading with the expression that reads the column below it."""

    def fit(self, headings: Sequence[str]) -> int:
        """Score how well these headings agree with the columns; the highest score wins."""


class TitleFinder(Grammar, Protocol):
    """A grammar whose titles are recognized by the text below them."""

    def title_above(self, line: str, text: str) -> str | None:
        """Return the title in `line`, if `text` below it confirms that it is one; None if it is no title."""


class WordFinder(Grammar, Protocol):
    """A grammar whose rows are recognized by their words, and not by a shape that other text has, too."""

    @property
    def first_words(self) -> frozenset[str]:
        """The first words of all rows that need no title, after a number at the beginning of the line."""


class BlockFinder(Grammar, Layout, Protocol):
    """A grammar whose blocks are recognized by several rows, in any language.

    Its first row ends with a number, behind another number or an equals sign.
    """

    def count_heading_lines(self, lines: Sequence[str]) -> int | None:
        """Return how many of the last lines of text are the block's title and headings; None if they are not."""

    def detect_block(self, text: str, at: int, *, is_last: bool) -> Lookahead:
        """Return whether a block begins at this offset; `is_last` if no more text follows."""


# Each test looks for the class among the bases. `isinstance` of a protocol would look for each attribute in every
# object: 9 ms for all modules of grammars, in place of 0.2.


def is_grammar(value: object) -> TypeGuard[Grammar]:
    """Return whether the value is a grammar."""
    return Grammar in type(value).__mro__


def has_headings(grammar: Grammar) -> TypeGuard[HeadedGrammar]:
    """Return whether the grammar is one of a table with a line of headings."""
    return HeadedGrammar in type(grammar).__mro__


def finds_titles(grammar: Grammar) -> TypeGuard[TitleFinder]:
    """Return whether the text below a title identifies the title."""
    return TitleFinder in type(grammar).__mro__


def finds_words(grammar: Grammar) -> TypeGuard[WordFinder]:
    """Return whether the words of a row identify the table."""
    return WordFinder in type(grammar).__mro__


def finds_blocks(grammar: Grammar) -> TypeGuard[BlockFinder]:
    """Return whether several rows identify a block."""
    return BlockFinder in type(grammar).__mro__
