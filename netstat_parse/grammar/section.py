"""The section of the input that a grammar reads, and the types that grammars and the reader exchange."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar, cast

from netstat_parse.grammar.protocol import Grammar, Layout
from netstat_parse.records.rows import Columns
from netstat_parse.systems.words import Words

Options = frozenset[str]

State = TypeVar("State")


class Lookup(NamedTuple):
    """A field whose value is a word of the schema, looked up in the vocabularies by a printed text."""

    part: str
    """The part of the vocabularies, such as ``states``."""
    text: str
    """The column that holds the printed text."""


class Note(NamedTuple):
    """Something to be said of one row of a block."""

    row: int
    code: str
    message: str


class Section:
    """One printed table in the text: what its grammar, its headings and its first rows have told."""

    def __init__(self, table: Grammar, layout: Layout, words: Words, *, header: str = "") -> None:
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
        self._states: dict[type, object] = {}
        self.told: dict[str, Any] = {}
        """What the grammar's facts remember from block to block, such as the version that a row gave away."""
        self.snapshot: dict[str, Any] = {}
        """What they have found out about the snapshot, such as its tool."""
        self.notes: list[Note] = []
        """What is to be said of the rows just read."""

    def state(self, kind: type[State]) -> State:
        """Return what a grammar remembers from block to block: an object of its own class, new for each section."""
        if kind not in self._states:
            self._states[kind] = kind()
        return cast("State", self._states[kind])

    def forget(self) -> None:
        """Drop the state, because the table is printed again from its beginning."""
        self._states.clear()
        self.told.clear()

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
