"""Notes about tables for people: values that netstat truncated, and columns for which a terminal is too narrow."""

from collections.abc import Iterable


class Notes:
    """The notes about the tables of one output, each of which is to be written once."""

    def __init__(self) -> None:
        """Begin without a note."""
        self.has_truncated = False
        """True if a table has a value that netstat truncated."""
        self.hidden: dict[str, dict[str, None]] = {}
        """Headings of columns that are not visible, by the title of their table."""

    def add_truncated(self) -> bool:
        """Add that a value was truncated, and return whether that is new."""
        is_new = not self.has_truncated
        self.has_truncated = True
        return is_new

    def add_hidden(self, table: str, headings: Iterable[str]) -> bool:
        """Add columns that are not visible, and return whether one of them is new."""
        known = self.hidden.setdefault(table, {})
        count = len(known)
        known |= dict.fromkeys(headings)
        return len(known) > count

    def add(self, other: "Notes") -> None:
        """Add the notes about other tables of the output."""
        self.has_truncated |= other.has_truncated
        for table, headings in other.hidden.items():
            self.add_hidden(table, headings)
