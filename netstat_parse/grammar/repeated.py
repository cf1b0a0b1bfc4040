"""Tables that netstat -c prints again and again with no title between the repetitions.

A repetition begins where the first record comes again: interfaces are listed in the order of their names. But a name
directly behind a longer one that begins with it is no repetition: net-tools 1.60 lists eth1 again behind eth10, and
names that were cut may be equal.
"""

from netstat_parse.fuse.fragments import Parts
from netstat_parse.grammar.protocol import Options, ParsedRows, Section
from netstat_parse.grammar.table import Table, TableLayout


class Keys:
    """The keys of the first and of the last record since the table began."""

    first: str | None = None
    last: str = ""

    def is_repetition(self, key: str, *, cuts: bool) -> bool:
        """Return whether a record with this key begins a repetition; `cuts` if netstat may have cut the key."""
        return key == self.first and (not self.last.startswith(key) or (self.last == key and not cuts))

    def add(self, key: str) -> None:
        """Record the key of the next record."""
        self.first = key if self.first is None else self.first
        self.last = key


class RepeatedTable(Table):
    """A table that may be repeated without title or headings."""

    key: str
    """The field by which the first row is recognized when it comes again."""

    def new_layout(self, options: Options | None) -> TableLayout:
        """Return a layout that reads one repetition at a time."""
        return _RepeatedLayout(self, self.row(options), self.key)


class _RepeatedLayout(TableLayout):
    """The rows of one repetition at a time."""

    def __init__(self, table: Table, row: Parts, key: str) -> None:
        super().__init__(table, row)
        self.key = key

    def take(self, text: str, at: int, section: Section) -> ParsedRows | None:
        end, title = at, ""
        while (found := self.fused.pattern.match(text, end)) is not None:
            key = found[self.key]
            if section.state(Keys).is_repetition(key, cuts=True):
                if end > at:
                    break
                section.forget()
                title = self.table.name
            section.state(Keys).add(key)
            end = found.end()
        rows = super().take(text[at:end], 0, section)
        return None if rows is None else rows._replace(end=end, title=title)
