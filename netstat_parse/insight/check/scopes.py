"""The figures that counter rules judge: of both families, of one, and of each interface."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Literal, NamedTuple

from netstat_parse.insight.check.cases import View
from netstat_parse.insight.check.counter_rule import Mode
from netstat_parse.schema import Counter, Dump, Interface
from netstat_parse.schema.comparison import Comparison, FieldChange, FigureChange, InterfaceChange
from netstat_parse.schema.findings import Evidence
from netstat_parse.schema.model import IPFamily

ScopeKind = Literal["sum", "ipv4", "ipv6", "interface"]

FAMILIES: tuple[IPFamily, ...] = ("ipv4", "ipv6")

OTHER_NAMES = {
    "Ip.OutForwDatagrams": "Ip.ForwDatagrams",
    **{f"Ip.{name}": f"IpExt.{name}" for name in ("InNoECTPkts", "InECT1Pkts", "InECT0Pkts", "InCEPkts")},
}
"""IPv4's names of counters of IPv6 that have another group or name there."""

ALWAYS_PRINTED = frozenset(
    {
        *("Ip.InReceives", "Ip.ForwDatagrams", "Ip.InDiscards", "Ip.InDelivers", "Ip.OutRequests"),
        *("Icmp.InMsgs", "Icmp.InErrors", "Icmp.OutMsgs"),
        *("Tcp.ActiveOpens", "Tcp.PassiveOpens", "Tcp.AttemptFails", "Tcp.EstabResets", "Tcp.InSegs", "Tcp.OutSegs"),
        *("Tcp.RetransSegs", "Tcp.InErrs", "Tcp.OutRsts"),
        *("Udp.InDatagrams", "Udp.NoPorts", "Udp.InErrors", "Udp.OutDatagrams"),
    }
)
"""Counters that net-tools prints at 0, too: one that is missing was lost. All others it leaves out at 0."""

DOUBTS = frozenset(
    {"untrustworthy", "unparsed-line", "truncated-row", "damaged-word", "line-cut", "text-behind-row", "missing-cell"}
)
"""Codes of diagnostics about a line whose figures may be wrong or missing."""

NO_COUNTS = frozenset({"gauge", "setting", "unclear"})
"""Outcomes of a comparison that are no number of events."""


class Amount(NamedTuple):
    """A figure, or a sum of figures."""

    value: int
    evidence: tuple[Evidence, ...]
    has_rate: bool = True
    """False after a reset, since when the time is not known."""


class Scope(NamedTuple):
    """Figures that belong together."""

    kind: ScopeKind
    subject: str
    """Name of the interface; empty for counters."""
    amounts: Mapping[str, Amount | None]
    """Figures by name; None for those that are doubtful."""
    blocks: frozenset[str] = frozenset()
    """Groups of counters that were printed, but for the counters that are 0."""
    own: frozenset[str] = frozenset()
    """Groups of counters that count this family alone."""
    flags: frozenset[str] = frozenset()
    """Flags of the interface."""

    def get(self, name: str) -> Amount | None:
        """Return a figure, 0 if netstat leaves it out at 0; None if it was not printed or is doubtful."""
        if name in self.amounts:
            return self.amounts[name]
        is_zero = name not in ALWAYS_PRINTED and name.partition(".")[0] in self.blocks
        return Amount(0, ()) if is_zero else None


class Figures(NamedTuple):
    """All figures of a moment, or what was counted between two."""

    mode: Mode
    system: str
    scopes: tuple[Scope, ...]
    seconds: float | None = None
    """Seconds between the moments; None if they are not known."""


class _Found(NamedTuple):
    """Figures of counters as they are found, by name and family."""

    amounts: dict[tuple[str, IPFamily | None], Amount | None]
    blocks: frozenset[tuple[str, IPFamily | None]]


def collect_figures(view: View) -> Figures:
    """Collect the figures of a view.

    Raises:
        ValueError: the comparison has no dumps, as one that was read from JSON.
    """
    system = _find_system(view.dump)
    if view.comparison is None:
        found = _Found(_count_since_start(view.dump), _find_blocks(view.dump))
        interfaces = [_make_interface(view.dump, interface) for interface in _list_interfaces(view.dump)]
        return Figures("dump", system, (*_make_scopes(found), *interfaces))
    before, after = view.comparison.moments
    found = _Found(_count_between(view.comparison), _find_blocks(before) & _find_blocks(after))
    changes = [change for change in view.comparison.interfaces if change.change != "removed"]
    interfaces = list(_compare_interfaces(changes, before, after))
    return Figures("comparison", system, (*_make_scopes(found), *interfaces), view.comparison.seconds)


def add_figures(series: Sequence[Figures]) -> Figures:
    """Add up what was counted in intervals that follow one another."""
    scopes: dict[tuple[str, str], list[Scope]] = {}
    for figures in series:
        for scope in figures.scopes:
            scopes.setdefault((scope.kind, scope.subject), []).append(scope)
    added = [_add_scopes(group) for group in scopes.values() if len(group) == len(series)]
    known = [figures.seconds for figures in series if figures.seconds is not None]
    return Figures("comparison", series[-1].system, tuple(added), sum(known) if len(known) == len(series) else None)


def _add_scopes(group: Sequence[Scope]) -> Scope:
    names = dict.fromkeys(name for scope in group for name in scope.amounts)
    blocks = frozenset.intersection(*(scope.blocks for scope in group))
    return group[-1]._replace(
        amounts={name: _add([scope.get(name) for scope in group]) for name in names}, blocks=blocks
    )


def _add(amounts: Iterable[Amount | None]) -> Amount | None:
    """Add up amounts; one that is not known makes the sum unknown. The evidence is that of the last line of each."""
    known = list(amounts)
    if any(amount is None for amount in known):
        return None
    found = [amount for amount in known if amount is not None]
    value = sum(amount.value for amount in found)
    last = next((amount.evidence for amount in reversed(found) if amount.evidence), ())
    evidence = tuple(proof.model_copy(update={"value": value}) for proof in last)
    return Amount(value, evidence, all(amount.has_rate for amount in found))


def _find_system(dump: Dump) -> str:
    indexes = {record.snapshot for record in (*dump.counters, *dump.interfaces)}
    return next((found.system for found in dump.snapshots if found.index in indexes), "unknown")


def _name_counter(counter: Counter) -> str | None:
    return name_without_family(counter.kernel_name) if counter.kernel_name else None


def name_without_family(kernel_name: str) -> str:
    """Return the name that IPv4 has for a counter: `Ip.InReceives` for `Ip6.InReceives`."""
    name = kernel_name.replace("6.", ".", 1)
    return OTHER_NAMES.get(name, name)


def _count_since_start(dump: Dump) -> dict[tuple[str, IPFamily | None], Amount | None]:
    doubted = _find_doubted_lines(dump)
    return {
        (name, counter.family): None
        if counter.value is None or counter.line in doubted
        else Amount(counter.value, (_prove(dump, counter, counter.value),))
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


def _prove(dump: Dump, counter: Counter, value: int) -> Evidence:
    return Evidence(
        source=dump.source,
        snapshot=counter.snapshot,
        line=counter.line,
        table="counters",
        kernel_name=counter.kernel_name,
        value=value,
    )


def _find_doubted_lines(dump: Dump) -> frozenset[int]:
    return frozenset(found.line for found in dump.diagnostics if found.line and found.code in DOUBTS)


def _find_blocks(dump: Dump) -> frozenset[tuple[str, IPFamily | None]]:
    """Find the blocks of net-tools that were printed whole, so that what is missing there is 0."""
    lines: dict[tuple[str, IPFamily | None], list[int]] = {}
    systems = {snapshot.index: snapshot.system for snapshot in dump.snapshots}
    for counter in dump.counters:
        name = _name_counter(counter)
        if name and systems.get(counter.snapshot) == "linux":
            lines.setdefault((name.partition(".")[0], counter.family), []).append(counter.line)
    doubted = sorted(_find_doubted_lines(dump))
    return frozenset(
        block for block, found in lines.items() if not any(min(found) <= line <= max(found) + 1 for line in doubted)
    )


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


def _list_interfaces(dump: Dump) -> list[Interface]:
    """List the interfaces whose figures count: not the loopback."""
    return [found for found in dump.interfaces if not _is_loopback(found)]


def _is_loopback(interface: Interface) -> bool:
    return "loopback" in interface.flags or interface.encapsulation == "loop" or interface.name == "lo"


def _make_interface(dump: Dump, interface: Interface) -> Scope:
    doubted = _is_doubted(dump, interface)
    amounts = {
        f"interface.{field}": None if doubted else Amount(value, (_prove_field(dump, interface, field, value),))
        for field in _COUNTS
        if (value := getattr(interface, field)) is not None
    }
    return Scope("interface", interface.name or "all interfaces", amounts, flags=frozenset(interface.flags))


_COUNTS = tuple(field for field in Interface.model_fields if field.startswith(("in_", "out_")) or field == "collisions")


def _is_doubted(dump: Dump, interface: Interface) -> bool:
    """Return whether a diagnostic is about a line of the interface."""
    lines = sorted(found.line for found in dump.interfaces if found.snapshot == interface.snapshot)
    end = next((later for earlier, later in pairwise(lines) if earlier == interface.line), interface.line + 10)
    return any(interface.line <= line < end for line in _find_doubted_lines(dump))


def _compare_interfaces(changes: Sequence[InterfaceChange], before: Dump, after: Dump) -> Iterator[Scope]:
    for change in changes:
        interface = change.after
        if interface is None or change.before is None or _is_loopback(interface):
            continue
        doubted = _is_doubted(before, change.before) or _is_doubted(after, interface)
        amounts = {
            f"interface.{found.field}": None if doubted else _make_amount(after, interface, found)
            for found in change.counters
        }
        yield Scope("interface", interface.name or "all interfaces", amounts, flags=frozenset(interface.flags))


def _make_amount(dump: Dump, interface: Interface, change: FieldChange) -> Amount | None:
    if not _is_count(change) or change.difference is None:
        return None
    proof = _prove_field(dump, interface, change.field, change.difference)
    return Amount(change.difference, (proof,), change.change != "reset")


def _is_count(change: FigureChange) -> bool:
    return change.change not in NO_COUNTS


def _prove_field(dump: Dump, record: Interface, field: str, value: int) -> Evidence:
    return Evidence(
        source=dump.source, snapshot=record.snapshot, line=record.line, table="interfaces", field=field, value=value
    )
