"""Compare the protocol statistics of two moments.

net-tools leaves out many counters that are 0, so a counter that only one side prints was 0 on the other side, if that
side has the block. Windows always prints all rows: there an absent one is unknown.
"""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence

from netstat_parse.insight.compare.kinds import kind_of
from netstat_parse.insight.compare.outcomes import Movement, Reading, find_width, judge_blocks, rate_of
from netstat_parse.insight.compare.sides import Sides
from netstat_parse.insight.moments import group_of
from netstat_parse.schema import Counter, Dump
from netstat_parse.schema.comparison import CounterChange, NotComparable

Names = Mapping[tuple[str, int], Counter]
"""The counters of a block by name; a name that is printed several times is numbered."""

Pair = tuple[Counter | None, Counter | None]

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

    A line is missing where one could not be parsed, and perhaps at the end of a text that was cut: the last block is
    not complete if the other side has further ones.
    """
    starts = {block: min(found.line for found in names.values()) for block, names in blocks.items() if names}
    ordered = sorted(starts, key=lambda block: starts[block])
    complete = {*blocks}
    if ordered and not others.keys() <= blocks.keys():
        complete.discard(ordered[-1])
    lines = [starts[block] for block in ordered]
    for diagnostic in side.diagnostics:
        if diagnostic.severity == "error" and diagnostic.line is not None:
            place = bisect_right(lines, diagnostic.line) - 1
            complete.difference_update(ordered[max(place, 0) : place + 1])
    return complete


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
        "before": [name for name in before if name not in after and not complete[1]],
        "after": [name for name in after if name not in before and not complete[0]],
    }
    skipped = {*alone["before"], *alone["after"]}
    names = [*after, *(name for name in before if name not in after)]
    return [(before.get(name), after.get(name)) for name in names if name not in skipped], alone


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
    counted = {block: [pair for pair in found if _kind(pair) == "counter"] for block, found in pairs.items()}
    readings: dict[object, list[Reading]] = {
        block: [_read(pair) for pair in found] for block, found in counted.items() if found
    }
    width = find_width(sides.system, (value for found in readings.values() for pair in found for value in pair[:2]))
    movements = judge_blocks(readings, width, sides.seconds)
    for block, found in pairs.items():
        moved = iter(movements.get(block, ()))
        for pair in found:
            movement = next(moved) if _kind(pair) == "counter" else _move(pair)
            yield _make_change(pair, movement, sides)


def _kind(pair: Pair) -> str:
    return kind_of(_either(pair))


def _either(pair: Pair) -> Counter:
    found = pair[1] or pair[0]
    if found is None:
        raise ValueError("a pair without a counter")
    return found


def _read(pair: Pair) -> Reading:
    before, after = map(_value, pair)
    return Reading(before, after, counts_octets="octets" in _either(pair).name.lower())


def _move(pair: Pair) -> Movement:
    """Return how a gauge or a setting moved; a setting has no difference."""
    before, after = map(_value, pair)
    return Movement("gauge", (after or 0) - (before or 0)) if _kind(pair) == "gauge" else Movement("setting", None)


def _value(counter: Counter | None) -> int | None:
    return counter.value if counter else None


def _make_change(pair: Pair, movement: Movement, sides: Sides) -> CounterChange:
    counter = _either(pair)
    before, after = pair
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
