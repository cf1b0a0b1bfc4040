"""Compare the protocol statistics of two moments.

net-tools leaves out many counters that are 0, so a counter that only one side prints was 0 on the other side, if that
side has the block. Windows always prints all rows: there an absent one is unknown.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import NamedTuple

from netstat_parse.insight.compare.kinds import kind_of
from netstat_parse.insight.compare.outcomes import Movement, Reading, find_width, judge_blocks, rate_of
from netstat_parse.insight.compare.sides import Sides
from netstat_parse.insight.facts.doubts import LOST_COUNTER_LINES, find_lines
from netstat_parse.insight.facts.kernel_counters import is_always_printed
from netstat_parse.insight.moments import group_of
from netstat_parse.schema import Counter, Dump
from netstat_parse.schema.comparison import CounterChange, NotComparable

Names = Mapping[tuple[str, int], Counter]
"""The counters of a block by name; a name that is printed several times is numbered."""


class Pair(NamedTuple):
    """A counter at both moments."""

    before: Counter | None
    """None if it was not printed because it is 0."""
    after: Counter | None
    counter: Counter
    """Either of them, for what both have."""

    @property
    def kind(self) -> str:
        """Kind of the figure: ``counter``, ``gauge`` or ``setting``."""
        return kind_of(self.counter)

    @property
    def reading(self) -> Reading:
        """The values at both moments."""
        return Reading(_value(self.before), _value(self.after), counts_octets="octets" in self.counter.name.lower())


EXTENSIONS = {"icmpmsg": "icmp", "ipext": "ip", "tcpext": "tcp"}
"""Blocks of net-tools without a line if they have counted nothing, as their base block has not, either."""

SILENT_EXTENSIONS = {"mptcpext": "tcpext"}
"""Blocks without a line until they are used; those with which they are printed."""


def compare_counters(sides: Sides) -> tuple[list[CounterChange], list[NotComparable]]:
    """Compare all counters; return what moved and what cannot be compared."""
    before, after = (_group(side.counters) for side in sides.moments)
    complete: tuple[set[Hashable], set[Hashable]] = (set(), set())
    if sides.omits_zeros:
        before, after = _add_silent_blocks(before, after), _add_silent_blocks(after, before)
        complete = _find_complete(sides.before, before, after), _find_complete(sides.after, after, before)
    problems: list[NotComparable] = []
    pairs: dict[Hashable, list[Pair]] = {}
    for block in [*before, *(block for block in after if block not in before)]:
        if block in before and block in after:
            pairs[block], alone = _match(before[block], after[block], complete=[block in side for side in complete])
        else:
            alone = {"before": [*before.get(block, ())], "after": [*after.get(block, ())]}
        problems += _report_alone(block, alone, has_block=block in before and block in after)
    return [*_judge(pairs, sides)], problems


def _group(counters: Sequence[Counter]) -> Mapping[Hashable, Names]:
    """Group the counters by block."""
    blocks: defaultdict[Hashable, dict[tuple[str, int], Counter]] = defaultdict(dict)
    for counter in counters:
        block, number = blocks[group_of(counter)], 0
        while (counter.name, number) in block:
            number += 1
        block[counter.name, number] = counter
    return blocks


def _add_silent_blocks(blocks: Mapping[Hashable, Names], others: Mapping[Hashable, Names]) -> Mapping[Hashable, Names]:
    """Add the blocks of the other side of which this side has printed the title only: all of it is 0."""
    silent: dict[Hashable, Names] = {
        block: {} for block, names in others.items() if block not in blocks and _is_silent(names, blocks)
    }
    return {**blocks, **silent}


def _is_silent(names: Names, blocks: Mapping[Hashable, Names]) -> bool:
    counter = next(iter(names.values()))
    if counter.protocol in SILENT_EXTENSIONS:
        return (SILENT_EXTENSIONS[counter.protocol], counter.family) in blocks
    base = blocks.get((EXTENSIONS.get(counter.protocol), counter.family))
    return base is not None and not any(found.value for found in base.values() if kind_of(found) == "counter")


def _find_complete(side: Dump, blocks: Mapping[Hashable, Names], others: Mapping[Hashable, Names]) -> set[Hashable]:
    """Return the blocks of one side of which no line is missing, so that a counter that is not printed is 0.

    A line is missing where one could not be parsed or has an unknown label, and perhaps at the end of a text that was
    cut: the last block is not complete if the other side has further ones. A counter that net-tools always prints is
    missing if lines were filtered out, as by grep: then they may be from any block.
    """
    starts = {block: min(found.line for found in names.values()) for block, names in blocks.items() if names}
    ordered = sorted(starts, key=lambda block: starts[block])
    complete = {*blocks}
    if ordered and not others.keys() <= blocks.keys():
        complete.discard(ordered[-1])
    lines = [starts[block] for block in ordered]
    for line in find_lines(side, LOST_COUNTER_LINES):
        place = bisect_right(lines, line) - 1
        complete.difference_update(ordered[max(place, 0) : place + 1])
    complete -= {block for block in ordered if _find_unknown(blocks[block], others.get(block, {}))}
    lacking = {block for block in ordered if _lacks_line(blocks[block], others.get(block, {}))}
    is_filtered = not complete.isdisjoint(lacking - {*ordered[-1:]})
    return set() if is_filtered else complete - lacking


def _find_unknown(names: Names, others: Names) -> list[tuple[str, int]]:
    """Return the names of counters with unknown labels that the other side does not print, or not with this label."""
    return [name for name, counter in names.items() if name not in others and counter.kernel_name is None]


def _find_unpaired(names: Names, others: Names, *, is_complete: bool) -> list[tuple[str, int]]:
    """Return the names of the counters that the other side does not print, and that may not be 0 there."""
    alone = [name for name in names if name not in others]
    never_0 = (name for name in alone if names[name].kernel_name is None or kind_of(names[name]) == "setting")
    return [*never_0] if is_complete else alone


def _lacks_line(names: Names, others: Names) -> bool:
    """Return whether a counter is missing that the other side prints, and that net-tools never leaves out."""
    return any(name not in names and is_always_printed(counter.kernel_name) for name, counter in others.items())


def _match(
    before: Names, after: Names, *, complete: Sequence[bool]
) -> tuple[list[Pair], dict[str, list[tuple[str, int]]]]:
    """Pair the counters of a block, and return the names that only one side has, if they may not be 0 on the other.

    Args:
        before: the counters before.
        after: the counters after.
        complete: for each side whether a counter that it does not print is 0.
    """
    alone = {
        "before": _find_unpaired(before, after, is_complete=complete[1]),
        "after": _find_unpaired(after, before, is_complete=complete[0]),
    }
    skipped = {*alone["before"], *alone["after"]}
    both = {**after, **{name: counter for name, counter in before.items() if name not in after}}
    pairs = [Pair(before.get(name), after.get(name), found) for name, found in both.items() if name not in skipped]
    return pairs, alone


def _report_alone(
    block: Hashable, alone: Mapping[str, Sequence[tuple[str, int]]], *, has_block: bool
) -> Iterator[NotComparable]:
    for side, names in alone.items():
        if names:
            found = ": " + ", ".join(name for name, _ in names) if has_block else ""
            yield NotComparable(
                table="counters", subject=name_block(block), reason=f"only the dump {side} prints it{found}"
            )


def name_block(block: Hashable) -> str:
    """Return the name of a block of counters for people: ``tcp ipv6``."""
    return " ".join(str(part) for part in block if part) if isinstance(block, tuple) else str(block)


def _judge(pairs: Mapping[Hashable, Sequence[Pair]], sides: Sides) -> Iterator[CounterChange]:
    counted = {block: [pair for pair in found if pair.kind == "counter"] for block, found in pairs.items()}
    readings: dict[object, list[Reading]] = {
        block: [pair.reading for pair in found] for block, found in counted.items() if found
    }
    width = find_width(sides.system, (value for found in readings.values() for pair in found for value in pair[:2]))
    movements = judge_blocks(readings, width, sides.seconds)
    for block, found in pairs.items():
        moved = iter(movements.get(block, ()))
        for pair in found:
            movement = next(moved) if pair.kind == "counter" else _move(pair)
            yield _make_change(pair, movement, sides)


def _move(pair: Pair) -> Movement:
    """Return how a gauge or a setting moved; a setting has no difference."""
    if pair.kind == "setting":
        return Movement("setting", None)
    return Movement("gauge", (pair.reading.after or 0) - (pair.reading.before or 0))


def _value(counter: Counter | None) -> int | None:
    return counter.value if counter else None


def _make_change(pair: Pair, movement: Movement, sides: Sides) -> CounterChange:
    before, after, counter = pair
    return CounterChange(
        protocol=counter.protocol,
        family=counter.family,
        name=counter.name,
        kernel_name=counter.kernel_name,
        before=_value(before),
        before_text=before.text if before else None,
        after=_value(after),
        after_text=after.text if after else None,
        difference=movement.difference,
        per_second=None if movement.change in {"gauge", "setting"} else rate_of(movement, sides.seconds),
        change=movement.change,
    )
