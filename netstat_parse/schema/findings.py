"""Findings: the result of `netstat_parse.check`."""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field, NonNegativeInt, PositiveInt

from netstat_parse.schema.comparison import Side
from netstat_parse.schema.model import FlatModel, Model

Severity = Literal["note", "warning", "error"]
"""note: worth knowing; warning: something should be done; error: something does not work, or is dangerous."""


class Evidence(Model):
    """A figure or a record that a finding rests on."""

    source: str | None = None
    """Name of the input."""
    snapshot: NonNegativeInt | None = None
    """`index` of the snapshot."""
    line: PositiveInt | None = None
    """Line number of the input; null for a figure that was calculated."""
    table: str | None = None
    """Table of the record."""
    kernel_name: str | None = None
    """Name of a counter in the Linux kernel."""
    field: str | None = None
    """Field of the record, or the name of a figure that was calculated: `ratio`."""
    value: int | float | str | None = None
    """Value of the counter or field; in a comparison of a counter the difference."""
    unit: str | None = None
    """Unit of the value: segments, connections, per_second, percent."""


class Finding(FlatModel):
    """A rule that applies, with all cases of it."""

    rule: str
    """Identifier of the rule: `tcp-retransmission`."""
    severity: Severity
    """The highest of its cases."""
    subject: str
    """Name of its subject: a protocol, an interface, a program, a listener, a route.
    It follows the name of the host if there are several."""
    message: str
    """The fault with its figures, in one sentence."""
    evidence: list[Evidence] = Field(default_factory=list)
    """Figures and records that it rests on, with their lines."""
    meaning: str
    """Meaning of the rule."""
    remedy: str
    """Advice for the administrator."""
    source: str
    """Origin of the rule and its threshold."""
    threshold: Literal["published", "ours"]
    """published: the threshold is published or follows from a standard; ours: it is in whole or part our judgment."""

    def __repr_args__(self) -> Iterator[tuple[str, Any]]:
        """Yield the fields that say what is wrong, without its explanation."""
        return ((name, getattr(self, name)) for name in ("rule", "severity", "subject", "message"))


class NotJudged(Model):
    """A rule that could not be judged, and why."""

    rule: str
    """Identifier of the rule."""
    reason: str
    """Figures or records that are missing."""


class Report(Model):
    """The findings about one dump or comparison, and the rules that could not be judged."""

    source: str | None = None
    """Name of the input, of the later one for a comparison; null for standard input."""
    before: Side | None = None
    """The earlier moment of a comparison, of the first one for a log; null for a dump by itself."""
    after: Side | None = None
    """The later moment of a comparison, of the last one for a log; null for a dump by itself."""
    findings: list[Finding] = Field(default_factory=list)
    """Findings, the most severe first."""
    not_judged: list[NotJudged] = Field(default_factory=list)
    """Rules without the figures that they need."""
