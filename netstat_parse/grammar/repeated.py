"""Listings that are printed again and again with no title between the rounds.

What tells one round from the next is that its first record comes again: interfaces are listed in the order of their
names. But a name right behind a longer one that begins with it is no new round: 1.60 lists eth1 again behind eth10, and
names that were cut may be the same.
"""

from dataclasses import dataclass

import pyparsing as pp

from netstat_parse.grammar.protocol import ParsedRows
from netstat_parse.grammar.section import Options, Section
from netstat_parse.grammar.table import Layout, Table


def is_repetition(key: str, section: Section, *, cuts: bool) -> bool:
    """Whether a new round begins with this record; `cuts` where two records of one round may have the same key."""
    first, last = section.told.get("first key"), section.told.get("last key", "")
    return key == first and (not last.startswith(key) or (last == key and not cuts))


def remember_key(key: str, section: Section) -> None:
    """Take note of a record's key."""
    section.told.setdefault("first key", key)
    section.told["last key"] = key


@dataclass(frozen=True, eq=False, kw_only=True)
class RepeatedTable(Table):
    """A table that may be repeated without headings."""

    key: str
    """The field in which the first row is known again."""

    def _layout(self, options: Options | None) -> Layout:
        layouts = self._layouts
        if options not in layouts:
            layouts[options] = _Rounds(self, self.row(options))
        return layouts[options]


class _Rounds(Layout):
    """The rows of one round at a time."""

    def __init__(self, table: RepeatedTable, row: pp.ParserElement) -> None:
        super().__init__(table, row)
        self.key = table.key

    def take(self, text: str, at: int, section: Section) -> ParsedRows | None:
        end, title = at, ""
        while (found := self.fused.pattern.match(text, end)) is not None:
            if is_repetition(found[self.key], section, cuts=True):
                if end > at:
                    break
                section.forget()
                title = self.table.name
            remember_key(found[self.key], section)
            end = found.end()
        taken = super().take(text[at:end], 0, section)
        return None if taken is None else taken._replace(end=end, title=title)
