"""Compare the interfaces of two moments, and their counters."""

from collections.abc import Hashable, Iterator, Mapping, Sequence

from netstat_parse.insight.compare.outcomes import Movement, Reading, find_width, judge_blocks, rate_of
from netstat_parse.insight.compare.records import Values, find_changed
from netstat_parse.insight.compare.sides import Sides
from netstat_parse.insight.facts.doubts import find_lost_counters
from netstat_parse.schema import Dump, Interface
from netstat_parse.schema.comparison import FieldChange, NotComparable
from netstat_parse.schema.interfaces import INTERFACE_COUNTERS

SETTINGS = (
    "description",
    "physical_address",
    "mtu",
    "metric",
    "tx_queue_length",
    "interrupt",
    "base_address",
    "memory",
)
"""Fields that every form of the table prints alike, if it prints them."""

FORM_SETTINGS = ("flags", "addresses", "encapsulation")
"""Fields that are only comparable between tables of one form: `-i` has other flags than `-ie`, and no addresses."""

AMBIGUOUS = "several interfaces have this name: it is truncated"
LOST = "its counters are 0, and netstat may have lost them"


def compare_interfaces(sides: Sides) -> tuple[list[Values], list[NotComparable]]:
    """Compare all interfaces; return them and what cannot be compared."""
    (before, unclear), (after, also_unclear) = (_name(side.interfaces) for side in sides.moments)
    ambiguous = {*unclear, *also_unclear}
    doubted = {*_find_doubted(sides.before), *_find_doubted(sides.after)} - ambiguous
    names = [name for name in dict.fromkeys([*before, *after]) if name not in ambiguous]
    both = {name: (before[name], after[name]) for name in names if name in before and name in after}
    counters = _judge(sides, {name: pair for name, pair in both.items() if name not in doubted})
    changes = [_make_change(before.get(name), after.get(name), counters.get(name, [])) for name in names]
    problems = {
        **dict.fromkeys([*unclear, *also_unclear], AMBIGUOUS),
        **dict.fromkeys((name for name in names if name in doubted), LOST),
    }
    reasons = problems.items()
    return changes, [NotComparable(table="interfaces", subject=str(name), reason=reason) for name, reason in reasons]


def _name(interfaces: Sequence[Interface]) -> tuple[dict[Hashable, Interface], list[Hashable]]:
    """Return the interfaces by name, and names that several have."""
    named: dict[Hashable, Interface] = {}
    ambiguous: list[Hashable] = []
    for interface in interfaces:
        name = _identify(interface)
        if name in named:
            ambiguous.append(name)
        named.setdefault(name, interface)
    return named, ambiguous


def _find_doubted(side: Dump) -> set[Hashable]:
    """Return the names of interfaces whose counters are 0 because netstat has lost them."""
    lost = find_lost_counters(side)
    return {_identify(interface) for interface in side.interfaces if interface.line in lost}


def _identify(interface: Interface) -> Hashable:
    """Return the name of an interface; for one of Windows its index, and ``all`` for the sum of `netstat -e`."""
    if interface.name is not None:
        return interface.name
    return "all" if interface.index is None else interface.index


def _make_change(before: Interface | None, after: Interface | None, counters: list[FieldChange]) -> Values:
    """Make the values of an `InterfaceChange`."""
    settings: list[str] = []
    if before is None or after is None:
        change = "added" if before is None else "removed"
    else:
        settings = find_changed(before, after, _list_settings(before, after))
        change = "changed" if settings or any(counter.has_moved for counter in counters) else "unchanged"
    return {"change": change, "before": before, "after": after, "changed_fields": settings, "counters": counters}


def _list_settings(before: Interface, after: Interface) -> list[str]:
    """Return the fields, no counters, that are comparable."""
    return [*SETTINGS, *(FORM_SETTINGS if _is_long(before) == _is_long(after) else ())]


def _is_long(interface: Interface) -> bool:
    """Return whether an interface was printed by `-ie`, or as ifconfig does."""
    return interface.encapsulation is not None or interface.physical_address is not None


def _judge(sides: Sides, pairs: Mapping[Hashable, tuple[Interface, Interface]]) -> dict[Hashable, list[FieldChange]]:
    """Judge the counters of each interface: a reloaded driver resets those of its own interface only."""
    fields = {name: list(_printed(*pair)) for name, pair in pairs.items()}
    values = (getattr(side, field) for name, pair in pairs.items() for field in fields[name] for side in pair)
    width = find_width(sides.system, values)
    changes: dict[Hashable, list[FieldChange]] = {}
    for name, (before, after) in pairs.items():
        readings = [
            Reading(getattr(before, field), getattr(after, field), counts_octets="octets" in field)
            for field in fields[name]
        ]
        movements = judge_blocks({name: readings}, width, sides.seconds)[name]
        changes[name] = [
            _make_field_change(field, reading, movement, sides)
            for field, reading, movement in zip(fields[name], readings, movements, strict=True)
        ]
    return changes


def _printed(before: Interface, after: Interface) -> Iterator[str]:
    for field in INTERFACE_COUNTERS:
        if getattr(before, field) is not None and getattr(after, field) is not None:
            yield field


def _make_field_change(field: str, reading: Reading, movement: Movement, sides: Sides) -> FieldChange:
    return FieldChange(
        field=field,
        before=reading.before,
        after=reading.after,
        difference=movement.difference,
        per_second=rate_of(movement, sides.seconds),
        change=movement.change,
    )
