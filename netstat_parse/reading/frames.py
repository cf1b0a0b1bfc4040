"""The rulers that Windows prints around the tables of ``netstat -r``.

A title is printed right below a ruler. A table whose title and headings no vocabulary has is recognized by that::

    ===========================================================================
    Interface List
    ===========================================================================

"""

from collections.abc import Iterable

from netstat_parse.grammar.protocol import Grammar
from netstat_parse.reading.title_index import TitleMatch

MAX_LINES_BELOW_RULER = 2
"""Lines of text right below a ruler that belong to its table: a title, and headings or the word for an empty table."""


class Frames:
    """The position of the reader relative to the rulers. Only the methods change it."""

    def __init__(self) -> None:
        self.is_framed = False
        """True if rulers enclose the last table."""
        self.is_after_ruler = False
        """True if a ruler follows the last row."""
        self.is_below_ruler = False
        """True if a ruler follows the last row, and no blank line follows the ruler."""

    def pass_ruler(self) -> None:
        """Note a ruler."""
        self.is_after_ruler = self.is_below_ruler = True

    def pass_blank(self) -> None:
        """Note a blank line: what follows is no longer right below a ruler."""
        self.is_below_ruler = False

    def pass_title(self, matches: Iterable[TitleMatch]) -> None:
        """Note a title: right below a ruler it may introduce a framed table."""
        self.is_framed |= self.is_below_ruler and any(table.framed for match in matches for table in match.tables)

    def pass_rows(self) -> None:
        """Note rows."""
        self.is_after_ruler = self.is_below_ruler = False

    def enter(self, table: Grammar) -> None:
        """Note that this table begins."""
        self.is_framed = table.framed

    def leave(self) -> None:
        """Note that no table can continue from here on."""
        self.is_framed = False

    def has_headings(self, lines: int) -> bool:
        """Return whether this many lines of unknown text are title and headings of a framed table."""
        return self.is_framed and self.is_below_ruler and lines <= MAX_LINES_BELOW_RULER
