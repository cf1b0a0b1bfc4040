"""Blocks of figures: what the statistics of Windows are made of.

A `Figures` grammar reads one block, which has a title, rows of a label with one figure or two, and nothing else::

    UDP Statistics for IPv4

      Datagrams Received    = 629618
      No Ports              = 4715

What a row counts is told by its label where a vocabulary has it, and else by its place: the rows of a block have one
order in every language. A place says something only if the block has as many rows as it should, so a block is read when
it is whole. Where label and place disagree, the label is right, and there is a diagnostic.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

import pyparsing as pp

from netstat_parse.fuse.fused import Fused
from netstat_parse.fuse.lower import fuse
from netstat_parse.grammar.protocol import Lookahead, ParsedRows, UniformGrammar
from netstat_parse.grammar.section import Section
from netstat_parse.records.rows import Columns
from netstat_parse.systems.lookup import translate
from netstat_parse.systems.vocabularies import Tags
from netstat_parse.tokens import end_of_line, on_one_line


class CounterRow(NamedTuple):
    """One row of a block."""

    label: str
    values: Sequence[int]
    meant: str | None
    """The English label; None where neither label nor place tells."""


Records = Callable[[Sequence[CounterRow], Section], tuple[Columns, Sequence[int]]]
"""Makes records of the rows of a block; with each, the row that it begins on."""


def no_further(_label: str) -> str | None:
    """Know no row but those that have a place."""
    return None


@dataclass(frozen=True, eq=False, kw_only=True)
class OrderedCounters(UniformGrammar):
    """A block of figures."""

    name: str
    """What is printed; when the same block is printed again, a new snapshot begins."""
    kind: str
    """The table of the schema that its records go into."""
    titles: Sequence[str]
    """English titles."""
    is_title: Callable[[str], bool] | None = None
    """Whether a line is its title, in any language; without that, what the block looks like has to tell it."""
    headed: bool = False
    """Whether a line of headings stands between title and rows."""
    row: pp.ParserElement
    """A row, which names its texts `label`, `first` and `second`."""
    shape: pp.ParserElement
    """The lines that tell the block where its title is in no vocabulary."""
    shape_height: int
    """How many lines that are."""
    part: str
    """Where vocabularies have the labels."""
    labels: Callable[[], Sequence[str]]
    """The English labels in the order of the rows."""
    further: Callable[[str], str | None] = no_further
    """The English label of a row that has no place in the order."""
    records: Records
    by_shape: bool = False

    @cached_property
    def _row(self) -> Fused:
        return fuse(on_one_line(self.row + end_of_line))

    @cached_property
    def _shape(self) -> Fused:
        return fuse(on_one_line(self.shape))

    @cached_property
    def _order(self) -> Sequence[str]:
        return self.labels()

    def may_open(self, text: str) -> bool:
        """Whether a row could stand there."""
        return self.is_row(text)

    def is_row(self, text: str, at: int = 0) -> bool:
        """Whether a row stands there."""
        return self._row.pattern.match(text, at) is not None

    def above(self, lines: Sequence[str]) -> int | None:
        """How many of the last lines of text are its title and headings; None where they are not its own."""
        if self.is_title is None:
            return next((n for n, line in enumerate(reversed(lines)) if any(map(str.isdigit, line))), len(lines))
        for number, line in enumerate(reversed(lines[-1 - self.headed :]), 1):
            if self.is_title(line):
                return number
        return None

    def ahead(self, text: str, at: int, *, is_last: bool) -> Lookahead:
        """Whether the block begins there, as several lines tell."""
        if not self.is_row(text, at):
            return Lookahead.NO
        if self._shape.pattern.match(text, at):
            return Lookahead.YES
        return Lookahead.NO if is_last or _has_lines(text, at, self.shape_height) else Lookahead.WAIT

    def take(self, text: str, at: int, section: Section) -> ParsedRows | None:
        """Read the rows that stand there, when it is certain that there are no more of them."""
        match, rows, end = self._row.pattern.match, [], at
        while (found := match(text, end)) is not None:
            rows.append(found.groups())
            end = found.end()
        if not rows:
            return None
        printed = self._row.columns(rows)
        labels = [" ".join(label.split()) for label in printed["label"]]
        meanings = [self._meaning(label, section) for label in labels]
        known = [meant for meant, _ in meanings]
        if section.apart and section.rows and not any(known):
            return None  # whose labels nobody knows must stand in one piece with those of the block
        if end == len(text) and not section.is_last and not self._is_settled(known):
            return ParsedRows({}, (), at, 0, waits=True)
        for _, languages in meanings:
            section.words.heard.update(languages)
        section.rows += len(rows)
        seconds = printed.get("second") or [None] * len(rows)
        values = [[n for n in pair if n is not None] for pair in zip(printed["first"], seconds, strict=True)]
        meant, doubts = self._told_by_place(labels, known)
        columns, lines = self.records(list(map(CounterRow, labels, values, meant)), section)
        for row, doubt in doubts:
            section.note(min(bisect_left(lines, row), len(lines) - 1), "label-out-of-place", doubt)
        return ParsedRows(columns, lines, end, len(rows))

    def _meaning(self, label: str, section: Section) -> tuple[str | None, Tags]:
        words = section.words
        meant, languages = translate(words.system, self.part, label, self._order, words.language)
        return (meant, languages) if meant is not None else (self.further(label), ())

    def _is_settled(self, meant: Sequence[str | None]) -> bool:
        """Whether the rows mean what they mean, however many may follow."""
        return len(meant) > len(self._order) or list(meant) == list(self._order)

    def _told_by_place(
        self, labels: Sequence[str], meant: Sequence[str | None]
    ) -> tuple[Sequence[str | None], Sequence[tuple[int, str]]]:
        """What the rows mean, where nobody knows their labels by place, and what is to be said of some."""
        if len(labels) != len(self._order):
            return meant, ()
        found, doubts = list(meant), []
        for row, (label, expected) in enumerate(zip(labels, self._order, strict=True)):
            if found[row] is None and expected not in meant:
                found[row] = expected
            elif found[row] is not None and found[row] != expected:
                doubts.append((row, f"{label!r} means {found[row]!r}, and stands where {expected!r} should"))
        return found, doubts


def _has_lines(text: str, at: int, count: int) -> bool:
    """Whether as many whole lines stand there."""
    for _ in range(count):
        at = text.find("\n", at) + 1
        if not at:
            return False
    return True
