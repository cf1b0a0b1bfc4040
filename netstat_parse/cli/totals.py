"""Totals that are known only after the last input: counts of records, and conditions that no record meets."""

from argparse import Namespace
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from netstat_parse.cli.complaints import complain
from netstat_parse.cli.failures import Failures
from netstat_parse.cli.output import Output
from netstat_parse.formats.notes import Notes

if TYPE_CHECKING:
    from netstat_parse.records.rows import RecordSource, Rows


ABOUT_INPUTS = frozenset({"snapshots", "diagnostics"})
"""Tables that netstat did not print: an input without one lacks nothing."""


class NoSource:
    """The source of an answer about all inputs together."""

    name = None
    lines: Mapping[str, int] = MappingProxyType({})

    def rows(self) -> Iterator["Rows"]:
        """Return no rows."""
        return iter(())

    def describe_snapshot(self, _index: int) -> Mapping[str, Any]:
        """Return nothing: there are no snapshots."""
        return {}


class Totals:
    """Totals of several inputs, or of the part of them that one worker reads."""

    def __init__(self, *, names_all: bool = True) -> None:
        """Begin without an input.

        Args:
            names_all: true to print at once why each input has no table.
        """
        self.matched: set[int] = set()
        """Numbers of the conditions that a record has met, with all conditions before it."""
        self.counts: Counter[tuple[Any, ...]] = Counter()
        """Number of records by the values of the fields of --count-by."""
        self.tables: set[str] = set()
        """The tables of which an input had a record."""
        self.failures = Failures(names_all=names_all)
        self.notes = Notes()
        """Notes about the tables of several inputs."""

    def add(self, other: "Totals") -> None:
        """Add the totals of other inputs."""
        self.matched |= other.matched
        self.counts.update(other.counts)
        self.tables |= other.tables
        self.failures.add(other.failures)
        self.notes.add(other.notes)

    @property
    def has_read(self) -> bool:
        """True if an input had a record of what netstat printed."""
        return bool(self.tables - ABOUT_INPUTS)

    def count(self, source: "RecordSource", options: Namespace) -> None:
        """Count the selected records of an input."""
        from netstat_parse.cli.selection import get_selection
        from netstat_parse.records.counting import count_records, find_tables
        from netstat_parse.records.selection import select

        tables = find_tables(options.count_by, options.only)
        rows, selection = source.rows(), get_selection(options)
        if selection is not None:
            rows = select(rows, selection, source.name)
        for block in rows:
            if block.kind in tables:
                self.counts.update(count_records(block, options.count_by, source.name))

    def write(self, options: Namespace, output: Output) -> None:
        """Write notes and counts, and report inputs without a table, and what no record of the inputs meets."""
        self.failures.end()
        if self.notes:
            from netstat_parse.formats.paragraphs import write_notes

            write_notes(self.notes, output.file, output.appearance)
        if options.count_by:
            from netstat_parse.formats.registry import write
            from netstat_parse.formats.task import WriteTask
            from netstat_parse.records.counting import find_tables, make_answer

            answer = make_answer(options.count_by, self.counts)
            task = WriteTask(NoSource(), output.file, answer=answer, appearance=output.appearance)
            write(task, options.format)
            if self.has_read and not (self.counts or options.where or options.quiet):
                _complain_about_tables("--count-by", options.count_by, find_tables(options.count_by, options.only))
        elif self.has_read and self._lacks_tables(options):
            _complain_about_tables("--only", options.only, options.only)
        if options.where and self.has_read and not options.quiet:
            unmet = [condition for number, condition in enumerate(options.where) if number not in self.matched]
            if unmet:
                rest = " that meets the conditions before it" if unmet[0] is not options.where[0] else ""
                complain(f"--where {unmet[0].text}: no record{rest} has this value")

    def _lacks_tables(self, options: Namespace) -> bool:
        """Return whether the inputs have none of the tables of --only. With --where its own message says so."""
        if not options.only or options.where or options.quiet:
            return False
        return (self.tables | ABOUT_INPUTS).isdisjoint(options.only)


def _complain_about_tables(option: str, values: Iterable[str], tables: Iterable[str]) -> None:
    from netstat_parse.records.values import join_words  # imports json, which --help does not need

    names = join_words(sorted(tables), "and").replace("_", " ")
    complain(f"{option} {','.join(values)}: the input has no {names}")
