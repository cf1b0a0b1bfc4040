"""Split a dump into moments: tables that were printed at about one time, by one command or several.

A log may have `netstat -an`, `-s`, `-i` and `-rn` one after the other, and then all of them again. A snapshot is one
command's output, so a moment may have several. The next one begins where a table
begins again.
"""

from bisect import bisect_right
from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from operator import attrgetter
from statistics import fmean

from netstat_parse.schema import (
    Connection,
    Counter,
    Diagnostic,
    Dump,
    Interface,
    Masquerade,
    MulticastGroup,
    PrintedRecord,
    Route,
    Snapshot,
)

TABLES = ("connections", "unix_sockets", "counters", "interfaces", "routes", "multicast_groups", "masquerades")
"""Tables that netstat prints."""


@dataclass
class _Moment:
    """The records of a moment, as they are found."""

    records: dict[str, list[PrintedRecord]] = field(default_factory=dict)
    openings: dict[str, tuple[Hashable, int]] = field(default_factory=dict)
    """For each table the part that was printed first, and its snapshot."""

    def is_repeated(self, table: str, part: Hashable, snapshot: int) -> bool:
        """Return whether a record begins its table again.

        Only the first part counts: `netstat -s -6` prints the block Tcp of `netstat -s` too.
        """
        opening, first = self.openings.setdefault(table, (part, snapshot))
        return part == opening and snapshot != first


def split_moments(dump: Dump) -> list[Dump]:
    """Split a dump into moments, in order; those of each origin by themselves.

    A table that several commands of a moment print is in it once, as the command with the most columns prints it.
    """
    if len(dump.snapshots) == 1:  # nothing can begin again
        only = {table: sorted(getattr(dump, table), key=attrgetter("line")) for table in TABLES}
        return [dump.model_copy(update=only)] if any(only.values()) else []
    series = {snapshot.index: (snapshot.origin, snapshot.system) for snapshot in dump.snapshots}
    latest: dict[Hashable, _Moment] = {}
    moments: list[_Moment] = []
    for table, record in _in_order(dump):
        own, part = series.get(record.snapshot), (group_of(record), _form_of(record))
        if own not in latest or latest[own].is_repeated(table, part, record.snapshot):
            latest[own] = _Moment(openings={table: (part, record.snapshot)})
            moments.append(latest[own])
        latest[own].openings.setdefault(table, (part, record.snapshot))
        latest[own].records.setdefault(table, []).append(record)
    diagnostics = _group_diagnostics(dump)
    snapshots = {snapshot.index: snapshot for snapshot in dump.snapshots}
    return [_make_dump(dump, moment, snapshots, diagnostics) for moment in moments]


def _in_order(dump: Dump) -> Iterator[tuple[str, PrintedRecord]]:
    """Yield each record with its table, in the order of the lines."""
    records = ((table, record) for table in TABLES for record in getattr(dump, table))
    return iter(sorted(records, key=lambda found: (found[1].line, found[1].snapshot)))


def group_of(record: PrintedRecord) -> Hashable:
    """Return the part of a table that the record belongs to: a block of counters, an interface, a family of routes."""
    match record:
        case Counter():
            return (record.protocol, record.family)
        case Interface():
            return (record.name, record.index)
        case Route() | MulticastGroup():
            return record.family
        case Connection() | Masquerade():
            return record.protocol
        case _:
            return None


def _form_of(record: PrintedRecord) -> Hashable:
    """Return which of several forms of its table a record has: `-i` and `-ie`, `-rn` and `-rne`."""
    match record:
        case Interface():
            return record.encapsulation is not None or record.physical_address is not None
        case Route():
            return (record.metric is not None or record.metric_text is not None, record.persistent)
        case _:
            return None


def _make_dump(
    dump: Dump, moment: _Moment, snapshots: Mapping[int, Snapshot], diagnostics: Mapping[int, list[Diagnostic]]
) -> Dump:
    tables = {table: _choose_richest(moment.records.get(table, [])) for table in TABLES}
    indexes = sorted({record.snapshot for record in chain.from_iterable(tables.values())})
    about = {
        "snapshots": [snapshots[index] for index in indexes],
        "diagnostics": [found for index in indexes for found in diagnostics.get(index, ())],
    }
    return dump.model_copy(update={**about, **tables})


def _group_diagnostics(dump: Dump) -> Mapping[int, list[Diagnostic]]:
    """Group the diagnostics by snapshot: the last one that begins above them, or else the first."""
    first_lines = [snapshot.first_line for snapshot in dump.snapshots]
    found: dict[int, list[Diagnostic]] = {}
    for diagnostic in dump.diagnostics:
        place = max(bisect_right(first_lines, diagnostic.line or 0) - 1, 0)
        found.setdefault(dump.snapshots[place].index, []).append(diagnostic)
    return found


def _choose_richest(records: list[PrintedRecord]) -> list[PrintedRecord]:
    """Keep for each part of a table the records of one snapshot: of the one that prints the most columns."""
    if len({record.snapshot for record in records}) < 2:  # noqa: PLR2004 - there is no choice
        return records
    parts: dict[Hashable, dict[int, list[PrintedRecord]]] = {}
    for record in records:
        parts.setdefault(group_of(record), {}).setdefault(record.snapshot, []).append(record)
    chosen = {part: max(found, key=lambda index: _rank(found[index])) for part, found in parts.items()}
    return [record for record in records if chosen[group_of(record)] == record.snapshot]


def _rank(records: list[PrintedRecord]) -> tuple[bool, float]:
    """Rank a form of a table: the metric tells routes apart, so no other column makes up for it."""
    has_metric = any(isinstance(record, Route) and record.metric is not None for record in records)
    return has_metric, fmean(len(record.model_fields_set) for record in records)
