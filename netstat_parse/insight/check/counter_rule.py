"""A rule about counters, as data."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from netstat_parse.records.severities import SEVERITIES
from netstat_parse.schema.findings import Severity

Mode = Literal["dump", "comparison"]

MODES: tuple[Mode, ...] = ("dump", "comparison")
"""dump: figures since the start of the system; comparison: what was counted between two moments."""

SCOPES = ("sum", "ipv4", "ipv6", "interface")
"""Scopes of a figure: both families added up, one family, one interface."""


class Term(NamedTuple):
    """A counter or field in a sum."""

    name: str
    """Name in the kernel without the family, `Ip.InReceives`; or `interface.` and a field."""
    sign: Literal[1, -1]
    optional: bool
    """True if it counts as 0 where its block is not printed."""


Sum = tuple[Term, ...]

Alternatives = tuple[Sum, ...]
"""Sums for one thing: the first of them counts whose figures are all printed."""

Sums = Mapping[str, Alternatives]
"""Sums that the data names."""


@dataclass(frozen=True)
class Limit:
    """A severity, and the conditions that must all hold for it."""

    severity: Severity
    mode: Mode
    ratio: float = 0
    """Least ratio of count and base; 0 for any."""
    count: int = 1
    """Least count."""
    per_second: float = 0
    """Least count in a second; 0 for any. It needs the seconds between the moments, at least one."""
    seconds: float = 0
    """Least seconds between the moments; 0 for any."""
    untimed: bool = False
    """True if it applies only where no rate is known."""


@dataclass(frozen=True)
class Condition:
    """A condition on other counters of the same moment."""

    count: Alternatives
    base: Alternatives | None
    least: int
    ratio: float


@dataclass(frozen=True)
class CounterRule:
    """Limits and conditions of a rule for one sum of counters."""

    name: str
    """Name of the figure, if its rule has several."""
    message: str
    """Sentence with `{count}`, `{base}` and `{ratio}`."""
    count: Alternatives
    base: Alternatives | None
    least_base: Mapping[Mode, int]
    """Least base that a ratio needs to mean something."""
    least_count: Mapping[Mode, int]
    systems: tuple[str, ...]
    """Systems whose figures mean this; empty for all."""
    scopes: tuple[str, ...]
    limits: tuple[Limit, ...]
    """Limits, the most severe first."""
    where: tuple[Condition, ...]
    """Conditions that must all hold."""
    unless: tuple[Condition, ...]
    """Conditions that each make the rule not apply."""
    lowered_where: tuple[Condition, ...]
    """Conditions that each make it one step less severe."""
    names: tuple[str, ...]
    """Patterns for the names of the interfaces that the rule applies to; empty for all."""
    skipped_names: tuple[str, ...]
    """Patterns for the names of the interfaces that it does not apply to."""
    skipped_flags: frozenset[str]
    """Flags of interfaces that the rule does not apply to."""


COUNTER_KEYS = frozenset(
    {
        *("message", "count", "base", "least_base", "least_count", "scopes", "since_start", "figures", "unless"),
        *("where", "lowered_where", "names", "skipped_names", "skipped_flags", *SEVERITIES, *MODES),
    }
)
"""Keys of the data of a rule about counters."""


def lower(severity: Severity) -> Severity:
    """Return the severity one step below; a note remains a note."""
    return SEVERITIES[max(SEVERITIES.index(severity) - 1, 0)]


def raise_by_one(severity: Severity) -> Severity:
    """Return the severity one step above; an error remains an error."""
    return SEVERITIES[min(SEVERITIES.index(severity) + 1, len(SEVERITIES) - 1)]
