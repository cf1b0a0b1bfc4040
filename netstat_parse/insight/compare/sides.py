"""The two moments of a comparison, and the facts about both that all tables need."""

from dataclasses import dataclass
from functools import cached_property

from netstat_parse.schema import Dump


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


def _has_counters(moment: Dump, index: int) -> bool:
    return any(counter.snapshot == index for counter in moment.counters)
