"""Find the lines of a dump that the parser doubts: by the codes of its diagnostics, never by their texts."""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from netstat_parse.schema.dump import Dump
from netstat_parse.schema.interfaces import INTERFACE_COUNTERS, Interface
from netstat_parse.schema.model import PrintedRecord

LOST_LINES = frozenset({"unparsed-line", "truncated-row", "line-cut"})
"""Codes about a line that is missing in its block of counters, or not whole."""

LOST_ROWS = frozenset({"unparsed-line", "truncated-row", "possible-row"})
"""Codes about a row that is in no record, or not whole."""

DOUBTED_RECORDS = frozenset({"untrustworthy", "truncated-row", "damaged-word", "line-cut"})
"""Codes about a record that feeds no rule."""

DOUBTED_FIGURES = LOST_LINES | {"untrustworthy", "damaged-word", "text-behind-row", "missing-cell"}
"""Codes about a line whose figures may be wrong or missing."""

LOST_COUNTER_LINES = LOST_LINES | {"possible-row", "unread-table", "label-out-of-place"}
"""Codes about a line that may be one of a counter, and is none or that of another one."""

HIDDEN_PROCESSES = "processes-hidden"
"""Code about processes of other users, which netstat did not see."""

LOST_COUNTERS = "counters-lost"
"""Code about an interface whose counters are 0 because netstat has lost them."""

ALL_LOST = "all-counters-lost"
"""Code about a table of interfaces, in the line of one of them: netstat has lost the counters of all."""


def find_lines(dump: Dump, codes: AbstractSet[str]) -> frozenset[int]:
    """Find the lines that have a diagnostic with one of the codes."""
    return frozenset(found.line for found in dump.diagnostics if found.line and found.code in codes)


def count_lost_rows(dump: Dump, records: Sequence[PrintedRecord]) -> int:
    """Count the rows among these records, or next to them, that could not be read."""
    lines = [record.line for record in records]
    table = range(min(lines, default=1) - 1, max(lines, default=0) + 2)
    return sum(line in table for line in find_lines(dump, LOST_ROWS))


def find_lost_counters(dump: Dump) -> frozenset[int]:
    """Find the interfaces whose counters are 0 because netstat has lost them, by their lines."""
    lost, of_tables = find_lines(dump, {LOST_COUNTERS}), find_lines(dump, {ALL_LOST})
    if not lost and not of_tables:
        return frozenset()
    tables = {interface.snapshot for interface in dump.interfaces if interface.line in of_tables}
    return frozenset(
        interface.line
        for interface in dump.interfaces
        if (interface.line in lost or interface.snapshot in tables) and _is_zero(interface)
    )


def _is_zero(interface: Interface) -> bool:
    return {getattr(interface, field) for field in INTERFACE_COUNTERS} - {None} == {0}
