"""Collect the figures of counters: of each family, and of both."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from netstat_parse.insight.check.cases import View
from netstat_parse.insight.check.scopes import FAMILIES, NO_COUNTS, Amount, Scope
from netstat_parse.insight.facts.doubts import DOUBTED_FIGURES, LOST_LINES, find_lines
from netstat_parse.insight.facts.kernel_counters import name_without_family
from netstat_parse.schema.comparison import Comparison
from netstat_parse.schema.dump import Dump
from netstat_parse.schema.findings import Evidence
from netstat_parse.schema.model import IPFamily
from netstat_parse.schema.statistics import Counter

Block = tuple[str, IPFamily | None]
"""Group of counters, and the family that it counts."""


class _Found(NamedTuple):
    """Figures of counters as they are found, by name and family."""

    amounts: dict[tuple[str, IPFamily | None], Amount | None]
    blocks: frozenset[Block]


def list_counter_scopes(view: View) -> list[Scope]:
    """List the figures of the counters since the start, or of what was counted between two moments."""
    if view.comparison is None:
        return list(_make_scopes(_Found(_count_since_start(view.dump), _find_blocks(view.dump))))
    return list(_make_scopes(_Found(_count_between(view.comparison), _find_compared_blocks(view.comparison))))


def _name_counter(counter: Counter) -> str | None:
    return name_without_family(counter.kernel_name) if counter.kernel_name else None


def _count_since_start(dump: Dump) -> dict[tuple[str, IPFamily | None], Amount | None]:
    doubted = find_lines(dump, DOUBTED_FIGURES)
    return {
        (name, counter.family): None
        if counter.value is None or counter.line in doubted
        else Amount(counter.value, (_prove(dump, counter),))
        for counter in dump.counters
        if (name := _name_counter(counter))
    }


def _count_between(comparison: Comparison) -> dict[tuple[str, IPFamily | None], Amount | None]:
    before, after = comparison.moments
    first, last = _count_since_start(before), _count_since_start(after)
    # What is printed in one of them only, or doubtful in one, is in no difference.
    amounts: dict[tuple[str, IPFamily | None], Amount | None] = dict.fromkeys((*first, *last))
    for change in comparison.counters:
        key = name_without_family(change.kernel_name or ""), change.family
        is_doubted = (key in first and first[key] is None) or (key in last and last[key] is None)
        if change.difference is not None and change.change not in NO_COUNTS and not is_doubted:
            proof = tuple(_with_value(found, change.difference) for found in (last.get(key) or Amount(0, ())).evidence)
            amounts[key] = Amount(change.difference, proof, change.change != "reset")
    return amounts


def _with_value(proof: Evidence, value: int) -> Evidence:
    return proof.model_copy(update={"value": value})


def _prove(dump: Dump, counter: Counter) -> Evidence:
    return Evidence(
        source=dump.source,
        snapshot=counter.snapshot,
        line=counter.line,
        table="counters",
        kernel_name=counter.kernel_name,
        value=counter.value,
    )


def _find_blocks(dump: Dump) -> frozenset[Block]:
    """Find the blocks of net-tools that were printed whole, so that what is missing there is 0."""
    lost = find_lines(dump, LOST_LINES)
    return frozenset(block for block, lines in _list_lines(dump).items() if lost.isdisjoint(_span(lines)))


def _find_compared_blocks(comparison: Comparison) -> frozenset[Block]:
    """Find the blocks that were compared, and are damaged on no side; at first all counters of a block may be 0."""
    compared = {
        (name_without_family(change.kernel_name).partition(".")[0], change.family)
        for change in comparison.counters
        if change.kernel_name
    }
    whole = [(_find_blocks(side), _list_lines(side).keys()) for side in comparison.moments]
    damaged = {block for found, printed in whole for block in printed - found}
    return frozenset(compared & {block for found, _ in whole for block in found} - damaged)


def _list_lines(dump: Dump) -> Mapping[Block, Sequence[int]]:
    """List the lines of each block of net-tools."""
    lines: dict[Block, list[int]] = {}
    systems = {snapshot.index: snapshot.system for snapshot in dump.snapshots}
    for counter in dump.counters:
        name = _name_counter(counter)
        if name and systems.get(counter.snapshot) == "linux":
            lines.setdefault((name.partition(".")[0], counter.family), []).append(counter.line)
    return lines


def _span(lines: Sequence[int]) -> range:
    """Return the lines from the first to the one after the last."""
    return range(min(lines), max(lines) + 2)


def _make_scopes(found: _Found) -> Iterator[Scope]:
    """Make a scope for each family, with the counters that cover both, and one for the sum of both families."""
    families = [family for family in FAMILIES if any(own == family for _, own in found.amounts)]
    scopes = [_make_scope(found, family) for family in families]
    shared = _make_scope(found, None)
    names = dict.fromkeys(name for scope in (shared, *scopes) for name in scope.amounts)
    added = {
        name: shared.amounts[name]
        if name in shared.amounts
        else _add_families([scope.amounts[name] for scope in scopes if name in scope.amounts])
        for name in names
    }
    blocks = frozenset(block for scope in (shared, *scopes) for block in scope.blocks)
    yield Scope("sum", "", added, blocks)
    yield from scopes


def _make_scope(found: _Found, family: IPFamily | None) -> Scope:
    amounts = {name: amount for (name, own), amount in found.amounts.items() if own in (family, None)}
    blocks = frozenset(block for block, own in found.blocks if own in (family, None))
    own_groups = frozenset(name.partition(".")[0] for name, own in found.amounts if own == family)
    return Scope(family or "sum", "", amounts, blocks, own_groups)


def _add_families(amounts: Sequence[Amount | None]) -> Amount | None:
    """Add up the figures of both families, with the evidence of each."""
    if any(amount is None for amount in amounts):
        return None
    found = [amount for amount in amounts if amount is not None]
    evidence = tuple(proof for amount in found for proof in amount.evidence)
    return Amount(sum(amount.value for amount in found), evidence, all(amount.has_rate for amount in found))
