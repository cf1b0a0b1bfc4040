"""What a rule looks at, and what it finds."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple

from netstat_parse.insight.check.baseline import Baseline
from netstat_parse.schema.comparison import Comparison
from netstat_parse.schema.dump import Dump
from netstat_parse.schema.findings import Evidence, Severity

Limits = Mapping[str, Any]
"""The thresholds of a rule, by the names that the data gives them."""


class View(NamedTuple):
    """What a rule looks at: the tables of one moment, and what changed before it if two moments are compared."""

    dump: Dump
    """The tables of the moment; of the later one in a comparison."""
    comparison: Comparison | None = None
    """What changed since the earlier moment; None for a single dump, whose counters count since the start."""
    baseline: Baseline | None = None
    """Listeners that are meant to be there, as the caller gives them."""


class Case(NamedTuple):
    """One case in which a rule applies: one program, one interface, one listener, one ratio."""

    severity: Severity
    subject: str
    """What it is about: `eth0`, `sshd`, `tcp 0.0.0.0:23`."""
    message: str
    """What was found, with its figures, in one sentence without a full stop."""
    evidence: tuple[Evidence, ...]


class CannotJudgeError(Exception):
    """Raised by a rule whose figures or records were not printed; its text says what is missing."""


RecordRule = Callable[[View, Limits], Iterable[Case]]
"""A rule about records. It yields its cases, most severe first or in the order of the dump.

Raises:
    CannotJudgeError: the records that it needs were not printed.
"""
