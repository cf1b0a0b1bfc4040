"""Foreign text that is skipped, and the number of its last lines that a table below it may need."""

from netstat_parse.named_fields import NamedFields

MAX_HEADING_LINES = 2
"""Lines right above a table that may be its title and its headings in an unknown language."""


class SkippedText(NamedFields):
    """Consecutive lines of foreign text."""

    end: int
    """Offset behind the last line."""
    lines: int
    blank: list[int]
    """The places of the lines that are blank, from 0."""
    last: list[tuple[int, str]]
    """The last lines that are not blank, each with its place."""
    headings: list[tuple[int, str]]
    """The last lines that may be title and headings of a table below, each with its place."""
