"""Stanzas: records of several lines, as long listings of interfaces print them.

A `Stanzas` grammar reads a record as its first line and further lines below it, in any order and number, up to a blank
line, to the first line of the next record, or to a line that is not indented::

    lo: flags=73<UP,LOOPBACK,RUNNING>  mtu 65536
            inet 127.0.0.1  netmask 255.0.0.0
            loop  txqueuelen 1000  (Local Loopback)

Each kind of line is one expression, whose results names are the schema's fields. A kind that may come several times in
a record makes a list, such as that of the addresses: each line is one item, a mapping by the results names of the line.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from netstat_parse.fuse.fused import Fused
from netstat_parse.grammar.base import GrammarFields
from netstat_parse.grammar.lines import (
    Term,
    compile_any_line,
    compile_line,
    compile_start,
    compile_terms,
    explain_mismatch,
)
from netstat_parse.grammar.protocol import Mismatch, ParsedRows, Section, UniformGrammar
from netstat_parse.grammar.repeated import Keys
from netstat_parse.grammar.steps import Steps
from netstat_parse.named_fields import NamedFields
from netstat_parse.patterns import BLANK, END
from netstat_parse.precompiled import compile_pattern
from netstat_parse.records.rows import Columns

if TYPE_CHECKING:
    from netstat_parse.fuse.fragments import Expression

MAX_RECORD_LINES = 1000
"""Lines of one record; an interface can have hundreds of addresses."""

MIN_INDENT = 6
"""Columns by which a line of unknown content must be indented to belong to the record above it."""

MAX_INDENT = 32
"""Characters of a line in which its indent is measured."""

_BLANK_LINE = compile_pattern(END)

_INDENTED_LINE = compile_pattern(rf"(?:\t|{BLANK}{{{MIN_INDENT}}}){BLANK}*\S[^\n]*(?:\n|\Z)")

Groups = tuple[str | None, ...]
"""The capture groups of one line."""


class _Line(NamedFields):
    """A further line of a record."""

    pattern: int
    """Index of the pattern that reads it."""
    groups: Groups
    end: int


class _Record(NamedFields):
    """A record in the text."""

    key: str
    first: Groups
    further: Sequence[_Line]
    unread: Sequence[int]
    """Lines that could not be read, counted from the first line of the record."""
    end: int
    height: int
    is_ended: bool
    """True if a blank line, which is then its last line, ends the record."""


class Stanzas(Steps, GrammarFields, UniformGrammar):
    """A listing of one netstat with several lines for each record."""

    first_line: "Expression"
    """The first line of a record. Results names are the schema's fields."""
    shape: "Expression | None" = None
    """The beginning of a first line that identifies the listing without a title; by default `first_line`."""
    key: str = "name"
    """The field of the first line by which a record is recognized when the listing is repeated without a title."""
    cuts: bool = False
    """True if netstat may cut the key."""
    lines: "Sequence[Expression]"
    """Further lines that come at most once in a record."""
    lists: "Mapping[str, Sequence[Expression]]" = MappingProxyType({})
    """Further lines that are items of a list, by the name of the list."""

    @cached_property
    def _first(self) -> Fused:
        return compile_line(self.first_line)

    @cached_property
    def _key_groups(self) -> list[str]:
        return [capture.group for capture in self._first.captures if capture.name == self.key]

    @cached_property
    def _further(self) -> list[tuple[str | None, Fused]]:
        """The patterns of further lines, each with the list that its lines are items of."""
        lists = [(name, compile_any_line(lines)) for name, lines in self.lists.items()]
        return [*lists, (None, compile_any_line(self.lines))]

    @cached_property
    def _first_terms(self) -> list[Term]:
        return compile_terms(self.first_line)

    @cached_property
    def _further_terms(self) -> list[list[Term]]:
        return [compile_terms(kind) for lines in (self.lines, *self.lists.values()) for kind in lines]

    @cached_property
    def opening(self) -> Fused:
        """The beginning of a record that needs no title."""
        return compile_start(self.first_line if self.shape is None else self.shape)

    def is_row(self, text: str, at: int = 0) -> bool:
        """Return whether a record begins at this offset."""
        return self._first.pattern.match(text, at) is not None

    def diagnose(self, line: str) -> Mismatch:
        """Explain how far the line agrees with a line of a record, term by term."""
        if not _INDENTED_LINE.match(line):
            return explain_mismatch(self._first_terms, line)
        if self._further_line(line, 0) is not None:
            return Mismatch(2, "the first line of its record above it", len(line) - len(line.lstrip()))
        found = (explain_mismatch(kind, line) for kind in self._further_terms)
        return max(found, key=lambda mismatch: (mismatch.is_specific, mismatch.matched))

    def take(self, text: str, at: int, section: Section) -> ParsedRows | None:
        """Read the consecutive records at this offset; the last one waits until it is complete."""
        records: list[_Record] = []
        lines, unread, height, title, waits = list[int](), list[int](), 0, "", False
        while (record := self._record(text, at, is_last=section.is_last)) is not None:
            waits = record.end == len(text) and not record.is_ended and not section.is_last
            is_repetition = section.state(Keys).is_repetition(record.key, cuts=self.cuts)
            if waits or (is_repetition and records):
                break
            if is_repetition:
                section.forget()
                title = self.name
            section.state(Keys).add(record.key)
            records.append(record)
            lines.append(height)
            unread += [height + line for line in record.unread]
            at, height = record.end, height + record.height
        if not records:
            return ParsedRows({}, (), at, 0, waits=True) if waits else None
        section.rows += len(records)
        columns = self._columns(records)
        self.complete(columns, section)
        blank = sum(record.is_ended for record in records)
        return ParsedRows(columns, lines, at, height, waits=waits, title=title, blank=blank, unread=unread)

    def _record(self, text: str, at: int, *, is_last: bool) -> _Record | None:
        first = self._first.pattern.match(text, at)
        if first is None:
            return None
        key = next(group for name in self._key_groups if (group := first[name]) is not None)
        further, unread, at, height = list[_Line](), list[int](), first.end(), 1
        end, end_height, indents = at, height, set[int]()
        while at < len(text) and height < MAX_RECORD_LINES:
            if (line := self._further_line(text, at)) is not None:
                further.append(line)
                indents.add(_measure_indent(text, at))
                at = line.end
            elif (blank := _BLANK_LINE.match(text, at)) is not None:
                return _Record(key, first.groups(), further, unread, blank.end(), height + 1, is_ended=True)
            elif (unknown := _INDENTED_LINE.match(text, at)) is not None:
                unread.append(height)
                at = unknown.end()
                if not self._is_damaged(unknown[0], indents):
                    height += 1
                    continue  # unless a known line follows, this is other text
            else:
                break
            height += 1
            end, end_height = at, height
        if at == len(text) and not is_last:
            end, end_height = at, height
        unread = [line for line in unread if line < end_height]
        return _Record(key, first.groups(), further, unread, end, end_height, is_ended=False)

    def _is_damaged(self, line: str, indents: Container[int]) -> bool:
        """Return whether an unknown line resembles a further line of a record with these indents."""
        mismatch = self.diagnose(line)
        return mismatch.matched > 0 and (mismatch.is_specific or _measure_indent(line, 0) in indents)

    def _further_line(self, text: str, at: int) -> _Line | None:
        """Read the further line at this offset by the first pattern that matches it."""
        for pattern, (_, fused) in enumerate(self._further):
            if (found := fused.pattern.match(text, at)) is not None:
                return _Line(pattern, found.groups(), found.end())
        return None

    def _columns(self, records: Sequence[_Record]) -> Columns:
        columns = self.start(len(records)) | self._first.columns([record.first for record in records])
        for pattern, (name, fused) in enumerate(self._further):
            owned = [(row, line.groups) for row, line in _lines_with_owners(records) if line.pattern == pattern]
            owners = [row for row, _ in owned]
            values = fused.columns([groups for _, groups in owned])
            if name is not None:
                columns[name] = _items(values, owners, len(records))
                continue
            for field_, cells in values.items():
                _spread(cells, owners, columns.setdefault(field_, [None] * len(records)))
        return columns


def _measure_indent(text: str, at: int) -> int:
    """Count the blanks at this offset; a tab is no blank that netstat prints."""
    line = text[at : at + MAX_INDENT]
    return len(line) - len(line.lstrip(" "))


def _lines_with_owners(records: Iterable[_Record]) -> Iterator[tuple[int, _Line]]:
    """Yield each further line with the index of its record."""
    for row, record in enumerate(records):
        for line in record.further:
            yield row, line


def _items(values: Columns, owners: Sequence[int], count: int) -> list[list[dict[str, Any]]]:
    """Collect the lines of each of `count` records into a list of items."""
    lists: list[list[dict[str, Any]]] = [[] for _ in range(count)]
    for row, owner in enumerate(owners):
        lists[owner].append({name: cells[row] for name, cells in values.items() if cells[row] is not None})
    return lists


def _spread(cells: Sequence[Any], owners: Sequence[int], column: list[Any]) -> None:
    """Put the values of further lines into the rows of their records."""
    for value, owner in zip(cells, owners, strict=True):
        if value is not None:
            column[owner] = value
