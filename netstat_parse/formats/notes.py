"""Notes about the tables of an output that are written once, below all of them."""


class Notes:
    """The notes that the tables need."""

    def __init__(self) -> None:
        """Begin without a note."""
        self.has_truncated = False
        """True if a table has a value that netstat truncated."""
        self.has_hidden = False
        """True if a table has columns for which the terminal is too narrow."""

    def __bool__(self) -> bool:
        return self.has_truncated or self.has_hidden

    def add(self, other: "Notes") -> None:
        """Add the notes about other tables of the output."""
        self.has_truncated |= other.has_truncated
        self.has_hidden |= other.has_hidden
