"""The title of a table until its headings or its first row come."""

from collections.abc import Container, Sequence

from netstat_parse.reading.title_index import TitleMatch


class PendingTitle:
    """The last title, with the tables that it may introduce. It is false if no title is pending."""

    def __init__(self) -> None:
        self.matches: Sequence[TitleMatch] = ()
        """The tables of each system; empty if no title is pending."""
        self.line = 0
        """The line of the last title, pending or not."""
        self.number = 0
        """The number of that line in the input."""
        self.original = ""
        """The line as it was in the input, if a prefix was stripped, which may have a time stamp; else empty."""

    def __bool__(self) -> bool:
        return bool(self.matches)

    def begin(self, matches: Sequence[TitleMatch], line: int, number: int, original: str = "") -> None:
        """Wait for the table below this title."""
        self.matches, self.line, self.number, self.original = matches, line, number, original

    def narrow(self, matches: Sequence[TitleMatch]) -> bool:
        """Narrow the choice by a second title of the same table, such as "Active Routes" below "IPv4 Route Table".

        Return false if the tables of this title are others: then it begins a table of its own. The same title printed
        twice narrows nothing.
        """
        if self.matches and self.matches == matches:
            return True
        before = [table for match in self.matches for table in match.tables]
        common = [match._replace(tables=[table for table in match.tables if table in before]) for match in matches]
        if not 0 < sum(len(match.tables) for match in common) < len(before):
            return False
        self.matches = common
        return True

    def end(self) -> None:
        """Forget the title: its table has begun."""
        self.matches = ()

    def first_new(self, seen: Container[str]) -> tuple[TitleMatch, str]:
        """Return the first match, and the name of its first table that is not among `seen`, if there is one."""
        match = self.matches[0]
        return match, min(match.tables, key=lambda table: table.name in seen).name
