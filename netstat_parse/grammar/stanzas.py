"""Records of several lines: what long listings are made of.

A `Block` grammar reads a record as its first line and the further ones below it, in any order and number, up to a blank
line, to the next record's first line, or to a line that is not indented::

    lo: flags=73<UP,LOOPBACK,RUNNING>  mtu 65536
            inet 127.0.0.1  netmask 255.0.0.0
            loop  txqueuelen 1000  (Local Loopback)

Each kind of line is one expression, whose results names are the schema's fields. A kind that comes more than once in a
record makes a list, such as that of the addresses: each line is an item of it, a mapping of the line's results names.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import pyparsing as pp

from netstat_parse.fuse.fused import Fused
from netstat_parse.fuse.lower import fuse
from netstat_parse.grammar.protocol import Mismatch, ParsedRows, UniformGrammar
from netstat_parse.grammar.repeated import is_repetition, remember_key
from netstat_parse.grammar.section import Fact, Section
from netstat_parse.records.rows import Columns
from netstat_parse.tokens import end_of_line, on_one_line

MAX_RECORD_LINES = 1000
"""Lines that a record may have; an interface can have hundreds of addresses."""


INDENT = 6
"""Columns, at least, that a line which could not be read must be indented to be a line of a record all the same."""


_BLANK = re.compile(r"[^\S\n]*(?:\n|\Z)")


_INDENTED = re.compile(rf"(?:\t|[^\S\n]{{{INDENT}}})[^\S\n]*\S[^\n]*(?:\n|\Z)")


Groups = tuple[str | None, ...]


class _Record(NamedTuple):
    """A record in the text."""

    key: str
    first: Groups
    further: Sequence[tuple[int, Groups]]
    """Its other lines, each with the number of the pattern that reads it."""
    unread: Sequence[int]
    """Which of its lines could not be read."""
    end: int
    height: int
    ended: bool
    """Whether a blank line has ended it, which is then its last one."""


@dataclass(frozen=True, eq=False, kw_only=True)
class Stanzas(UniformGrammar):
    """A listing of one netstat: several lines a record."""

    name: str
    """What is printed; when the same table is printed again, a new snapshot begins."""
    kind: str
    """The table of the schema that its records go into."""
    titles: Sequence[str] = ()
    first: pp.ParserElement
    """The line that begins a record. Results names are the schema's fields."""
    shape: pp.ParserElement | None = None
    """How such a line begins where no title has told the table; else `first` tells it."""
    key: str = "name"
    """The field of the first line in which a record is known again, when a listing is repeated without a title."""
    cuts: bool = False
    """Whether netstat cuts that field."""
    lines: Sequence[pp.ParserElement]
    """Further lines, each of which comes once."""
    lists: Mapping[str, Sequence[pp.ParserElement]] = field(default_factory=dict)
    """Further lines that are items of a list, under the name of the list."""
    facts: Sequence[Fact] = ()

    @cached_property
    def _first(self) -> Fused:
        return _line(self.first)

    @cached_property
    def _key(self) -> list[str]:
        return [capture.group for capture in self._first.captures if capture.name == self.key]

    @cached_property
    def _further(self) -> list[tuple[str | None, Fused]]:
        return [*((name, _any_line(lines)) for name, lines in self.lists.items()), (None, _any_line(self.lines))]

    @cached_property
    def _opening(self) -> Fused:
        return fuse(on_one_line(self.first if self.shape is None else self.shape))

    def may_open(self, text: str) -> bool:
        """Whether a record begins there that is known without a title."""
        return self._opening.pattern.match(text) is not None

    def is_row(self, text: str, at: int = 0) -> bool:
        """Whether a record begins there."""
        return self._first.pattern.match(text, at) is not None

    def diagnose(self, line: str) -> Mismatch:
        """How far `line` could be read as a line of a record: as how many parts, what was missing, and where."""
        if not _INDENTED.match(line):
            return _read(self.first, line)
        if self._line(line, 0) is not None:
            return Mismatch(2, "the first line of its record above it", len(line) - len(line.lstrip()))
        return max(_read(expression, line) for lines in (self.lines, *self.lists.values()) for expression in lines)

    def take(self, text: str, at: int, section: Section) -> ParsedRows | None:
        """Read the records that stand there one after the other; the last one only if it is whole."""
        records: list[_Record] = []
        lines, unread, height, title, waits = list[int](), list[int](), 0, "", False
        while (record := self._record(text, at)) is not None:
            waits = record.end == len(text) and not record.ended and not section.is_last
            is_again = is_repetition(record.key, section, cuts=self.cuts)
            if waits or (is_again and records):
                break
            if is_again:
                section.forget()
                title = self.name
            remember_key(record.key, section)
            records.append(record)
            lines.append(height)
            unread += [height + line for line in record.unread]
            at, height = record.end, height + record.height
        if not records:
            return ParsedRows({}, (), at, 0, waits=True) if waits else None
        section.rows += len(records)
        blank = sum(record.ended for record in records)
        columns = self._columns(records, section)
        return ParsedRows(columns, lines, at, height, waits=waits, title=title, blank=blank, unread=unread)

    def _record(self, text: str, at: int) -> _Record | None:
        first = self._first.pattern.match(text, at)
        if first is None:
            return None
        key = next(group for name in self._key if (group := first[name]) is not None)
        further, unread, at, height = list[tuple[int, Groups]](), list[int](), first.end(), 1
        while at < len(text) and height < MAX_RECORD_LINES:
            if (line := self._line(text, at)) is not None:
                further.append(line[1:])
                at = line[0]
            elif (blank := _BLANK.match(text, at)) is not None:
                return _Record(key, first.groups(), further, unread, blank.end(), height + 1, ended=True)
            elif (strange := _INDENTED.match(text, at)) is not None:
                unread.append(height)
                at = strange.end()
            else:
                break
            height += 1
        return _Record(key, first.groups(), further, unread, at, height, ended=False)

    def _line(self, text: str, at: int) -> tuple[int, int, Groups] | None:
        """The further line that stands there: its end, the number of the pattern that reads it, and its groups."""
        for number, (_, fused) in enumerate(self._further):
            if (found := fused.pattern.match(text, at)) is not None:
                return found.end(), number, found.groups()
        return None

    def _columns(self, records: Sequence[_Record], section: Section) -> Columns:
        columns = self._first.columns([record.first for record in records])
        for number, (name, fused) in enumerate(self._further):
            owners, rows = [], []
            for owner, record in enumerate(records):
                for pattern, groups in record.further:
                    if pattern == number:
                        owners.append(owner)
                        rows.append(groups)
            values = fused.columns(rows)
            if name is not None:
                columns[name] = _items(values, owners, len(records))
                continue
            for field_, column in values.items():
                _spread(column, owners, columns.setdefault(field_, [None] * len(records)))
        for fact in self.facts:
            fact(columns, section)
        return columns


def _line(expression: pp.ParserElement) -> Fused:
    return fuse(on_one_line(pp.And([expression, end_of_line])))


def _any_line(expressions: Sequence[pp.ParserElement]) -> Fused:
    return fuse(on_one_line(pp.MatchFirst([pp.And([expression, end_of_line]) for expression in expressions])))


def _items(values: Columns, owners: Sequence[int], count: int) -> list[list[dict[str, Any]]]:
    """The items of each record."""
    lists: list[list[dict[str, Any]]] = [[] for _ in range(count)]
    for row, owner in enumerate(owners):
        lists[owner].append({name: column[row] for name, column in values.items() if column[row] is not None})
    return lists


def _spread(column: Sequence[Any], owners: Sequence[int], wanted: list[Any]) -> None:
    """Put the values of lines where the records that own them stand."""
    for value, owner in zip(column, owners, strict=True):
        if value is not None:
            wanted[owner] = value


def _read(expression: pp.ParserElement, line: str) -> Mismatch:
    """How far a line agrees with the expression: how many parts of it could be read, what was missing, and where."""
    at, parts = 0, _parts(expression)
    for read, part in enumerate(parts):
        try:
            at = on_one_line(part).try_parse(line, at)
        except pp.ParseBaseException:
            missing = part.resultsName or "more of this line"
            return Mismatch(read, missing, at + len(line[at:]) - len(line[at:].lstrip()))
    return Mismatch(len(parts), "", at)


def _parts(expression: pp.ParserElement) -> list[pp.ParserElement]:
    if not isinstance(expression, pp.And):
        return [expression]
    return [part for inner in expression.exprs for part in _parts(inner)]
