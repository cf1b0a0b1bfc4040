"""Totals that are known only after the last input: counts of records, and conditions that no record meets."""

from argparse import Namespace
from collections import Counter
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import IO, TYPE_CHECKING, Any

from netstat_parse.cli.complaints import complain
from netstat_parse.cli.failures import Failures
from netstat_parse.formats.notes import Notes

if TYPE_CHECKING:
    from netstat_parse.records.rows import RecordSource, Rows


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
        self.has_read = False
        """True if an input had a record."""
        self.failures = Failures(names_all=names_all)
        self.notes = Notes()
        """Notes about the tables of several inputs."""

    def add(self, other: "Totals") -> None:
        """Add the totals of other inputs."""
        self.matched |= other.matched
        self.counts.update(other.counts)
        self.has_read |= other.has_read
        self.failures.add(other.failures)
        self.notes.add(other.notes)

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

    def write(self, options: Namespace, output: IO[bytes]) -> None:
        """Write notes and counts, and report inputs without a table, and the first condition that no record meets."""
        self.failures.end()
        if self.notes:
            from netstat_parse.formats.paragraphs import write_notes

            write_notes(self.notes, output, options.appearance)
        if options.count_by:
            from netstat_parse.formats.registry import write
            from netstat_parse.formats.task import WriteTask
            from netstat_parse.records.counting import find_tables, make_answer

            answer = make_answer(options.count_by, self.counts)
            write(WriteTask(NoSource(), output, answer=answer, appearance=options.appearance), options.format)
            if self.has_read and not (self.counts or options.where or options.quiet):
                tables = " and ".join(sorted(find_tables(options.count_by, options.only)))
                complain(f"--count-by {','.join(options.count_by)}: the input has no {tables.replace('_', ' ')}")
        if options.where and self.has_read and not options.quiet:
            unmet = [condition for number, condition in enumerate(options.where) if number not in self.matched]
            if unmet:
                rest = " that meets the conditions before it" if unmet[0] is not options.where[0] else ""
                complain(f"--where {unmet[0].text}: no record{rest} has this value")
