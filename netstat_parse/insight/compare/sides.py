"""The two moments of a comparison, and the facts about both that all tables need."""

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from netstat_parse.insight.moments import TABLES
from netstat_parse.schema import Dump

SOCKET_TABLES = {"connections": "unix_sockets", "unix_sockets": "connections"}
"""The two tables that one command prints, `netstat -a`, though one of them may be empty."""


class Unlisted(NamedTuple):
    """Sockets that one side was asked for and the other was not: netstat -l lists listeners only, and -a adds them."""

    listeners: bool = False
    others: bool = False


@dataclass(frozen=True)
class Sides:
    """The two moments that are compared."""

    moments: tuple[Dump, Dump]
    seconds: float | None = None
    """Seconds between them; None if they are not known."""

    @property
    def before(self) -> Dump:
        """The earlier moment."""
        return self.moments[0]

    @property
    def after(self) -> Dump:
        """The later moment."""
        return self.moments[1]

    @cached_property
    def systems(self) -> tuple[str, ...]:
        """The systems of both sides, each once."""
        names = (snapshot.system for moment in self.moments for snapshot in moment.snapshots)
        return tuple(dict.fromkeys(names))

    @property
    def system(self) -> str:
        """The system of both sides; empty if they are of several."""
        return self.systems[0] if len(self.systems) == 1 else ""

    @cached_property
    def omits_zeros(self) -> bool:
        """True if a counter that is not printed is 0: on both sides are statistics of net-tools.

        No other program prints those of Linux, so a snapshot whose program is not known is also of net-tools.
        """
        tools = {
            snapshot.tool
            for moment in self.moments
            for snapshot in moment.snapshots
            if _has_counters(moment, snapshot.index)
        }
        return self.system == "linux" and tools <= {"net-tools", None}

    @cached_property
    def unlisted(self) -> "Unlisted":
        """The sockets that only one side was asked for; none where nothing shows what it was asked for."""
        scopes = [{snapshot.listeners for snapshot in moment.snapshots} - {None} for moment in self.moments]
        if not all(scopes):
            return Unlisted()
        has_listeners = [not scope.isdisjoint({"only", "included"}) for scope in scopes]
        has_others = [not scope.isdisjoint({"excluded", "included"}) for scope in scopes]
        return Unlisted(len({*has_listeners}) > 1, len({*has_others}) > 1)

    def find_missing(self, table: str) -> str | None:
        """Return the side that lacks a table which the other side has: ``before`` or ``after``.

        A table of sockets without a row is not missing if the other one was printed, and one command prints both.
        """
        before, after = (bool(getattr(moment, table)) for moment in self.moments)
        if before == after:
            return None
        lacking, having = self.moments if after else self.moments[::-1]
        other = SOCKET_TABLES.get(table, "")
        if other and getattr(lacking, other) and getattr(having, other):
            return None
        is_alone = not any(getattr(moment, name) for moment in self.moments for name in TABLES if name != table)
        return None if is_alone else "before" if after else "after"


def _has_counters(moment: Dump, index: int) -> bool:
    return any(counter.snapshot == index for counter in moment.counters)
