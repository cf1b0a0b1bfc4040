"""Counters in a fixed order: the statistics of Windows.

An `OrderedCounters` grammar reads one block: a title, then rows of a label with one number or two, and nothing else::

    UDP Statistics for IPv4

      Datagrams Received    = 629618
      No Ports              = 4715

The label of a row identifies its counter, if a vocabulary has the label. If not, the place of the row does: the rows
of a block have the same order in every language. Places count only in a block with the expected number of rows, so a
block is read when it is complete. If label and place disagree, the label wins, and a diagnostic reports it.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from netstat_parse.fuse.fused import Fused
from netstat_parse.grammar.base import GrammarFields
from netstat_parse.grammar.lines import compile_line, compile_start
from netstat_parse.grammar.protocol import BlockFinder, Lookahead, ParsedRows, Section, UniformGrammar
from netstat_parse.precompiled import compile_pattern
from netstat_parse.records.rows import Columns
from netstat_parse.systems.lookup import translate
from netstat_parse.systems.vocabularies import Tags

if TYPE_CHECKING:
    from netstat_parse.fuse.fragments import Expression

MAX_ROWS_PER_LABEL = 2
"""Rows of a block that are read at once, for each of its labels: a block waits until all of them are there."""

_LIKE_OTHERS = compile_pattern(r"[\d:]")
"""Another number or a colon: no unknown label has them."""


class CounterRow(NamedTuple):
    """One row of a block."""

    label: str
    values: Sequence[int]
    meant: str | None
    """The English label; None if neither label nor place identifies it."""


class _ForeignRows:
    """Rows that were found not to be of the block: none of them is examined again with each line."""

    text: str = ""
    end: int = 0
    """The offset of their end in this text."""

    def note(self, text: str, end: int) -> None:
        """Remember the rows up to this offset."""
        self.text, self.end = text, end


class _Examined(NamedTuple):
    """Facts about rows."""

    printed: Columns
    labels: list[str]
    meanings: list[tuple[str | None, Tags]]
    is_alike: list[bool]
    """For each row, true if it has two numbers behind a label of words, as the block has."""


Records = Callable[[Sequence[CounterRow], Section], tuple[Columns, Sequence[int]]]
"""A function that makes records of the rows of a block, and gives for each record the row on which it begins."""


def _has_no_label(_label: str) -> str | None:
    return None


class OrderedCounters(GrammarFields, UniformGrammar, BlockFinder):
    """A block of counters in a fixed order."""

    by_shape: bool = False
    is_title: Callable[[str], bool] | None = None
    """Return whether a line is its title, in any language; without it, only `shape` identifies the block."""
    has_headings: bool = False
    """True if a line of headings is between title and rows."""
    row: "Expression"
    """A row, with the results names `label`, `first` and `second`."""
    shape: "Expression"
    """The lines that identify the block if no vocabulary has its title."""
    shape_height: int
    """Number of lines in `shape`."""
    vocabulary_part: str
    """The part of the vocabularies with the labels."""
    labels: Callable[[], Sequence[str]]
    """Return the English labels in the order of the rows."""
    label_of_extra_row: Callable[[str], str | None] = _has_no_label
    """Return the English label of a row that has no place in the order; None if the row is unknown."""
    is_one_record: bool = False
    """True if all rows make one record."""
    records: Records
    """Make the records."""

    @cached_property
    def _row(self) -> Fused:
        return compile_line(self.row)

    @cached_property
    def _shape(self) -> Fused:
        return compile_start(self.shape)

    @cached_property
    def _order(self) -> Sequence[str]:
        return self.labels()

    @cached_property
    def _max_rows(self) -> int:
        return MAX_ROWS_PER_LABEL * len(self._order)

    @property
    def opening(self) -> Fused:
        """A row."""
        return self._row

    def is_row(self, text: str, at: int = 0) -> bool:
        """Return whether a row is at this offset."""
        return self._row.pattern.match(text, at) is not None

    def count_heading_lines(self, lines: Sequence[str]) -> int | None:
        """Return how many of the last lines of text are the block's title and headings; None if they are not."""
        if self.is_title is None:
            return next((n for n, line in enumerate(reversed(lines)) if any(map(str.isdigit, line))), len(lines))
        for number, line in enumerate(reversed(lines[-1 - self.has_headings :]), 1):
            if self.is_title(line):
                return number
        return None

    def detect_block(self, text: str, at: int, *, is_last: bool) -> Lookahead:
        """Return whether the block begins at this offset, by the shape of several lines."""
        if not self.is_row(text, at):
            return Lookahead.NO
        if self._shape.pattern.match(text, at):
            return Lookahead.YES
        return Lookahead.NO if is_last or _has_lines(text, at, self.shape_height) else Lookahead.WAIT

    def take(self, text: str, at: int, section: Section) -> ParsedRows | None:
        """Read the rows at this offset, once it is certain that no more of them follow."""
        if self._are_foreign(text, at, section):
            return None
        rows, ends = self._match_rows(text, at, self._max_rows)
        if not rows:
            return None
        end = ends[-1]
        printed, labels, meanings, is_alike = self._examine(rows, section)
        known = [meant for meant, _ in meanings]
        is_settled = not self.is_one_record and known[: len(self._order)] == list(self._order)
        may_go_on = not is_settled and len(rows) < self._max_rows
        if may_go_on and end == len(text) and not section.is_last:
            return ParsedRows({}, (), at, 0, waits=True)
        count = len(self._order) if is_settled else self._count_own(meanings, is_alike, section)
        if not count:
            section.state(_ForeignRows).note(text, end)
            return None
        if count < len(rows):
            rows, labels, meanings, end = rows[:count], labels[:count], meanings[:count], ends[count - 1]
            printed, known = self._row.columns(rows), known[:count]
        if section.is_apart and section.rows and not any(known):
            return None  # unknown labels belong to the block only if no blank line is before them
        for _, languages in meanings:
            section.words.language_counts.update(languages)
        section.rows += len(rows)
        seconds = printed.get("second") or [None] * len(rows)
        values = [[n for n in pair if n is not None] for pair in zip(printed["first"], seconds, strict=True)]
        meant, doubts = self._fill_by_place(labels, known)
        columns, lines = self.records(list(map(CounterRow, labels, values, meant)), section)
        for row, doubt in doubts:
            section.note(min(bisect_left(lines, row), len(lines) - 1), "label-out-of-place", doubt)
        return ParsedRows(columns, lines, end, len(rows))

    def _examine(self, rows: Sequence[tuple[str | None, ...]], section: Section) -> _Examined:
        """Look up the labels of rows."""
        printed = self._row.columns(rows)
        labels = [" ".join(label.split()) for label in printed["label"]]
        language = section.words.language
        meanings = [self._meaning(label, section.words.system, language) for label in labels]
        seconds = printed.get("second") or [None] * len(rows)
        is_alike = [
            self.has_headings and second is not None and not _LIKE_OTHERS.search(label)
            for second, label in zip(seconds, labels, strict=True)
        ]
        return _Examined(printed, labels, meanings, is_alike)

    def _are_foreign(self, text: str, at: int, section: Section) -> bool:
        """Return whether the rows at this offset are known not to be of the block, as those above them are not.

        Only the rows behind those that were examined for the row above are examined.
        """
        foreign = section.state(_ForeignRows)
        if foreign.text is not text or at >= foreign.end:
            return False
        rows, ends = self._match_rows(text, foreign.end, self._max_rows - text.count("\n", at, foreign.end))
        if not rows or _is_indented(text, foreign.end) != _is_indented(text, at):
            return section.is_last or foreign.end < len(text)
        examined = self._examine(rows, section)
        is_known = any(meant is not None for meant, _ in examined.meanings) or any(examined.is_alike)
        if is_known or (ends[-1] == len(text) and not section.is_last):
            return False
        foreign.end = ends[-1]
        return True

    def _match_rows(self, text: str, at: int, most: int) -> tuple[list[tuple[str | None, ...]], list[int]]:
        """Match the consecutive rows that are indented if the first one is; return their groups and their ends."""
        rows, ends, is_indented = list[tuple[str | None, ...]](), list[int](), _is_indented(text, at)
        match = self._row.pattern.match
        while len(rows) < most and (found := match(text, at)) is not None and _is_indented(text, at) == is_indented:
            rows.append(found.groups())
            at = found.end()
            ends.append(at)
        return rows, ends

    def _count_own(
        self, meanings: Sequence[tuple[str | None, Tags]], is_alike: Sequence[bool], section: Section
    ) -> int:
        """Count the rows of the block: behind its last counter, rows with unknown labels are other text.

        Args:
            meanings: the meaning of each row's label.
            is_alike: for each row, true if it has two numbers behind a label of words, as the block has.
            section: the section.
        """
        last = self._order[-1]
        known = [meant is not None or alike for (meant, _), alike in zip(meanings, is_alike, strict=True)]
        if section.rows and not any(known):
            return 0
        ends = [row for row, (meant, _) in enumerate(meanings, 1) if meant == last]
        if not ends:
            return len(known)
        return max(row for row, own in enumerate(known, 1) if own)

    def _meaning(self, label: str, system: str, language: str | None) -> tuple[str | None, Tags]:
        meant, languages = translate(system, self.vocabulary_part, label, self._order, language)
        return (meant, languages) if meant is not None else (self.label_of_extra_row(label), ())

    def _fill_by_place(
        self, labels: Sequence[str], meant: Sequence[str | None]
    ) -> tuple[Sequence[str | None], Sequence[tuple[int, str]]]:
        """Identify the rows with unknown labels by their place; list the rows whose known label is out of place."""
        if len(labels) != len(self._order):
            return meant, ()
        found, doubts = list(meant), []
        for row, (label, expected) in enumerate(zip(labels, self._order, strict=True)):
            if found[row] is None and expected not in meant:
                found[row] = expected
            elif found[row] is not None and found[row] != expected:
                doubts.append((row, f"{label!r} means {found[row]!r}, but {expected!r} was expected here"))
        return found, doubts


def _is_indented(text: str, at: int) -> bool:
    return text.startswith((" ", "\t", "\u00a0"), at)


def _has_lines(text: str, at: int, count: int) -> bool:
    """Return whether the text has this many complete lines from the offset on."""
    for _ in range(count):
        at = text.find("\n", at) + 1
        if not at:
            return False
    return True
