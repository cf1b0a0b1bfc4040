"""Collect the figures of interfaces; the loopback never counts."""

from collections.abc import Iterator
from itertools import pairwise

from netstat_parse.insight.check.cases import View
from netstat_parse.insight.check.scopes import NO_COUNTS, Amount, Scope
from netstat_parse.insight.facts.doubts import DOUBTED_FIGURES, find_lines, find_lost_counters
from netstat_parse.schema.comparison import Comparison, FieldChange
from netstat_parse.schema.dump import Dump
from netstat_parse.schema.findings import Evidence
from netstat_parse.schema.interfaces import INTERFACE_COUNTERS, Interface

ALL = "all interfaces"
"""Subject of the figures of Windows, which are those of all interfaces together."""

STANZA_LINES = 10
"""Lines that `netstat -ie` prints of an interface, about."""


def list_interface_scopes(view: View) -> list[Scope]:
    """List the figures of each interface since the start, or of what it counted between two moments."""
    if view.comparison is not None:
        return list(_list_differences(view.comparison))
    doubted = _find_doubted(view.dump)
    return [
        _make_scope(view.dump, interface, doubted) for interface in view.dump.interfaces if not _is_loopback(interface)
    ]


def _is_loopback(interface: Interface) -> bool:
    return "loopback" in interface.flags or interface.encapsulation == "loop" or interface.name == "lo"


def _find_doubted(dump: Dump) -> frozenset[int]:
    """Find the interfaces that have a doubtful line, by their first lines."""
    doubted, lost = find_lines(dump, DOUBTED_FIGURES), find_lost_counters(dump)
    if not doubted:
        return lost
    lines = sorted({interface.line for interface in dump.interfaces})
    spans = pairwise([*lines, *(line + STANZA_LINES for line in lines[-1:])])
    return lost | {first for first, end in spans if any(line in doubted for line in range(first, end))}


def _make_scope(dump: Dump, interface: Interface, doubted: frozenset[int]) -> Scope:
    is_doubted = interface.line in doubted
    amounts = {
        f"interface.{field}": None if is_doubted else Amount(value, (_prove(dump, interface, field, value),))
        for field in INTERFACE_COUNTERS
        if (value := getattr(interface, field)) is not None
    }
    return Scope("interface", interface.name or ALL, amounts, flags=frozenset(interface.flags))


def _list_differences(comparison: Comparison) -> Iterator[Scope]:
    before, after = comparison.moments
    doubted_before, doubted_after = _find_doubted(before), _find_doubted(after)
    for change in comparison.interfaces:
        interface = change.after
        if interface is None or change.before is None or _is_loopback(interface):
            continue
        is_doubted = change.before.line in doubted_before or interface.line in doubted_after
        amounts = {
            f"interface.{found.field}": None if is_doubted else _make_amount(after, interface, found)
            for found in change.counters
        }
        yield Scope("interface", interface.name or ALL, amounts, flags=frozenset(interface.flags))


def _make_amount(dump: Dump, interface: Interface, change: FieldChange) -> Amount | None:
    if change.change in NO_COUNTS or change.difference is None:
        return None
    return Amount(
        change.difference, (_prove(dump, interface, change.field, change.difference),), change.change != "reset"
    )


def _prove(dump: Dump, interface: Interface, field: str, value: int) -> Evidence:
    return Evidence(
        source=dump.source,
        snapshot=interface.snapshot,
        line=interface.line,
        table="interfaces",
        field=field,
        value=value,
    )
