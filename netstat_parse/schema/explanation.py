"""Meanings of terms of netstat: the result of `netstat_parse.explain`."""

from collections.abc import Iterator
from typing import Any, Literal

from pydantic import Field, JsonValue, PositiveInt

from netstat_parse.schema.model import Model

TermKind = Literal[
    "counter",
    "state",
    "type",
    "timer",
    "flag",
    "column",
    "field",
    "option",
    "title",
    "word",
    "message",
    "rule",
    "diagnostic",
]
"""type: of a UNIX socket; word: a value that is a word of its own, such as `On-link`; rule: of `check`; diagnostic: its
code."""


class TermNames(Model):
    """The names of one thing in different vocabularies."""

    kernel: str | None = None
    """Name in the Linux kernel: `Tcp.RetransSegs`."""
    mib: str | None = None
    """MIB object: `tcpRetransSegs`."""
    schema_name: str | None = Field(default=None, alias="schema")
    """Name in our schema: `tcp.retrans_segs`, `connections.state`."""


class Explanation(Model):
    """The meaning of one term."""

    term: str
    """The term that was asked for."""
    kind: TermKind
    """Kind of term."""
    names: TermNames = Field(default_factory=TermNames)
    """Its names in different vocabularies."""
    labels: dict[str, list[str]] = Field(default_factory=dict)
    """Labels that netstat prints, by system."""
    meaning: str
    """Meaning of the term."""
    unit: str | None = None
    """Unit of a counter or field."""
    counter_kind: Literal["counter", "gauge", "setting"] | None = None
    """counter: it only grows; gauge: a current number; setting: a configured value. Null if it is no counter."""
    is_not: str | None = Field(default=None, alias="not")
    """Reading that its label or its name suggests and that is wrong."""
    sources: list[str] = Field(default_factory=list)
    """Origins of the meaning: an RFC, the kernel, a manual."""
    rules: list[str] = Field(default_factory=list)
    """Identifiers of the rules of `check` that use it."""

    def __repr_args__(self) -> Iterator[tuple[str, Any]]:
        """Yield the term and its meaning, without its sources."""
        return ((name, getattr(self, name)) for name in ("term", "kind", "meaning"))


class FieldExplanation(Explanation):
    """The meaning of one field of a record, or of what a counter record counts."""

    line: PositiveInt
    """Line number of the record."""
    table: str
    """Table of the record."""
    value: JsonValue
    """Value of the field, or of the counter."""
