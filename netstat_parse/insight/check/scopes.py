"""The figures that counter rules judge: of both families, of one, and of each interface."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Literal, NamedTuple

from netstat_parse.insight.check.counter_rule import Mode
from netstat_parse.insight.facts.kernel_counters import ALWAYS_PRINTED
from netstat_parse.schema.findings import Evidence
from netstat_parse.schema.model import IPFamily

ScopeKind = Literal["sum", "ipv4", "ipv6", "interface"]

FAMILIES: tuple[IPFamily, ...] = ("ipv4", "ipv6")

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
