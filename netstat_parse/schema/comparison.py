"""The changes between two moments: the result of `netstat_parse.compare`."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, Generic, Literal, TypeVar

from pydantic import Field, NonNegativeFloat, NonNegativeInt, PositiveInt, PrivateAttr

from netstat_parse.schema.dump import Dump, format_name, name_records
from netstat_parse.schema.interfaces import Interface, MulticastGroup
from netstat_parse.schema.model import IPFamily, Model
from netstat_parse.schema.routes import Route
from netstat_parse.schema.sockets import Connection, UnixSocket
from netstat_parse.schema.statistics import Figure

RecordType = TypeVar("RecordType", bound=Model)

MIN_RATE_SECONDS: Final = 1.0
"""Shortest time for a rate, in seconds: time stamps are rarely more precise."""

CounterOutcome = Literal["increased", "unchanged", "appeared", "reset", "wrapped", "unclear", "gauge", "setting"]
"""The way in which a figure moved. appeared: printed only after, so it has grown from 0. reset: the counters of its
block began again at 0. wrapped: it passed its greatest value. unclear: it fell, and neither explains it."""

UNMOVED: Final = frozenset({"gauge", "setting"})
"""Outcomes of a figure that has only moved if its value is another one."""

RecordOutcome = Literal["added", "removed", "changed", "unchanged"]
"""The change of one record."""


RECORD_TABLES: Final = ("connections", "unix_sockets", "interfaces", "routes", "multicast_groups")
"""Tables of a comparison whose records are added, removed and changed."""


class Side(Model):
    """One side of a comparison: the snapshots that were printed at one moment."""

    source: str | None = None
    """Name of the input."""
    snapshot: NonNegativeInt
    """`index` of the first of its snapshots."""
    first_line: PositiveInt | None = None
    """Line number of the input where the first of its snapshots starts."""
    captured_at: str | None = None
    """Time stamp of the moment, as written; null if none was found."""
    system: str | None = None
    """System of its netstat, as in `snapshots`; null if it has no snapshot."""
    origin: str | None = None
    """Host, container, process or file that the input names for it, as in `snapshots`; null if it names none."""


class FigureChange(Model):
    """A figure before and after."""

    before: Figure | None = None
    """Value before; null if it was not printed."""
    after: Figure | None = None
    """Value after; null if it was not printed."""
    difference: Figure | None = None
    """Number counted in between; after a reset the new value, which was counted since then. Null if it is unclear."""
    per_second: NonNegativeFloat | None = None
    """`difference` in one second; null without the seconds between, after a reset, and for less than one second."""
    change: CounterOutcome
    """The way in which the figure moved."""

    @property
    def has_moved(self) -> bool:
        """True if the figure has another value than before, or may have had one between."""
        return self.change != "unchanged" and (self.change not in UNMOVED or self.before != self.after)


class CounterChange(FigureChange):
    """A counter of the protocol statistics before and after."""

    protocol: str
    """Protocol, as in `counters`."""
    family: IPFamily | None = None
    """Address family, as in `counters`."""
    name: str
    """Name of the counter, as in `counters`."""
    kernel_name: str | None = None
    """Name in the Linux kernel, as in `counters`."""
    before_text: str | None = None
    """Text before, if the value is no number."""
    after_text: str | None = None
    """Text after, if the value is no number."""

    @property
    def has_moved(self) -> bool:
        """True if the figure has another value or text than before, or may have had one between."""
        return super().has_moved or self.before_text != self.after_text


class FieldChange(FigureChange):
    """A counter of an interface before and after."""

    field: str
    """Field of `interfaces`: `in_errors`."""


class RecordChange(Model, Generic[RecordType]):
    """A record that appeared, went, or is not the same any more."""

    change: RecordOutcome
    """added: only after; removed: only before; changed: on both sides, with other values; unchanged: an interface that
    is the same, with all its counters."""
    before: RecordType | None = None
    """The record before; null if it was added."""
    after: RecordType | None = None
    """The record after; null if it was removed."""
    changed_fields: list[str] = Field(default_factory=list)
    """Fields that have another value, of those that both sides print and that do not change all the time; counters of
    an interface are not among them."""

    @property
    def has_moved(self) -> bool:
        """True if the record is not the same any more."""
        return self.change != "unchanged"


class InterfaceChange(RecordChange[Interface]):
    """An interface that appeared, went or changed, or whose counters moved."""

    counters: list[FieldChange] = Field(default_factory=list)
    """Counters of the interface, by field."""


class NotComparable(Model):
    """Something that cannot be compared, and why."""

    table: str
    """Table of the document."""
    reason: str
    """Why it cannot be compared."""
    subject: str | None = None
    """The part that cannot be compared, if it is not the whole table: a block of counters, an interface, an address."""


class Comparison(Model):
    """The changes between two moments."""

    before: Side
    """The earlier moment."""
    after: Side
    """The later moment."""
    seconds: NonNegativeFloat | None = None
    """Seconds between the moments, as given or by their time stamps; null if they are not known."""
    counters: list[CounterChange] = Field(default_factory=list)
    """Counters that both sides have, or that have grown from 0."""
    connections: list[RecordChange[Connection]] = Field(default_factory=list)
    """Network sockets that appeared, went, or changed."""
    unix_sockets: list[RecordChange[UnixSocket]] = Field(default_factory=list)
    """UNIX domain sockets that appeared, went, or changed."""
    interfaces: list[InterfaceChange] = Field(default_factory=list)
    """Interfaces that appeared, went or changed, and the counters of all others."""
    routes: list[RecordChange[Route]] = Field(default_factory=list)
    """Routes that appeared, went, or changed."""
    multicast_groups: list[RecordChange[MulticastGroup]] = Field(default_factory=list)
    """Multicast groups that were joined, left, or changed."""
    not_comparable: list[NotComparable] = Field(default_factory=list)
    """Things that only one side has, or that both print in different forms."""

    @property
    def has_changes(self) -> bool:
        """True if a record was added, removed or changed, or a figure has moved."""
        return any(self.__repr_args__())

    def select_changes(self) -> "Comparison":
        """Return the comparison without what has not moved."""
        interfaces = [
            change.model_copy(update={"counters": [figure for figure in change.counters if figure.has_moved]})
            for change in self.interfaces
            if change.change != "unchanged"
        ]
        counters = [figure for figure in self.counters if figure.has_moved]
        return self.model_copy(update={"counters": counters, "interfaces": interfaces})

    def __repr__(self) -> str:
        """Return the names of the moments, and the number of changes in each table that has any."""
        names = (f"{format_name(side.source)}@{side.snapshot}" for side in (self.before, self.after))
        counts = ", ".join(f"{count:,} {name_records(table, count)}" for table, count in self.__repr_args__())
        return f"<Comparison of {' and '.join(names)}: {counts or 'no changes'}>"

    __str__ = __repr__

    def __repr_args__(self) -> Iterator[tuple[str, int]]:
        """Yield the number of changes in each table that has any."""
        for table in ("counters", *RECORD_TABLES):
            changes: list[CounterChange | RecordChange[Any]] = getattr(self, table)
            count = sum(one.has_moved for one in changes)
            if count:
                yield table, count

    _moments: tuple[Dump, Dump] | None = PrivateAttr(default=None)

    @property
    def moments(self) -> tuple[Dump, Dump]:
        """The two dumps that were compared, for rules about single records.

        Raises:
            ValueError: the comparison was not made by `compare`, as when it was read from JSON.
        """
        if self._moments is None:
            raise ValueError("this comparison has no dumps: make it with compare()")
        return self._moments


def make_comparison(moments: tuple[Dump, Dump], values: Mapping[str, object]) -> Comparison:
    """Make a comparison that keeps its two dumps."""
    comparison = Comparison.model_validate(values)
    comparison._moments = moments  # noqa: SLF001 - a private attribute, so that it is no field of the document
    return comparison
