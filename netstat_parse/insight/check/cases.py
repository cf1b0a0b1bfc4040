"""The subject of a rule, and its cases."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from netstat_parse.insight.check.baseline import Baseline
from netstat_parse.insight.check.collect import collect_figures
from netstat_parse.insight.check.records import explain_no_listeners, is_ip_listener, trusted
from netstat_parse.insight.check.scopes import Figures
from netstat_parse.insight.facts.listening import IP_FAMILIES
from netstat_parse.schema.comparison import Comparison
from netstat_parse.schema.dump import Dump
from netstat_parse.schema.findings import Evidence, Severity
from netstat_parse.schema.sockets import Connection

Limits = Mapping[str, Any]
"""The thresholds of a rule, by the names that the data gives them."""


class CannotJudgeError(Exception):
    """Raised by a rule whose figures or records were not printed; its text says what is missing."""


@dataclass(frozen=True, eq=False)
class View:
    """The tables of one moment, and what changed before it if two moments are compared."""

    dump: Dump
    """The tables of the moment; of the later one in a comparison."""
    comparison: Comparison | None = None
    """Changes since the earlier moment; None for a single dump, whose counters count since the start."""
    baseline: Baseline | None = None
    """Listeners that are meant to be there, as the caller gives them."""

    @cached_property
    def figures(self) -> Figures:
        """The figures of counters and interfaces that are not in doubt.

        Raises:
            ValueError: the comparison has no dumps, as one that was read from JSON.
        """
        return collect_figures(self.dump, self.comparison)

    @property
    def origin(self) -> str | None:
        """Name of the host; None if it is not known."""
        return next((snapshot.origin for snapshot in self.dump.snapshots), None)

    @property
    def system(self) -> str:
        """The system of the moment: linux, windows, or another one; unknown if nothing was printed."""
        return self.figures.system

    @cached_property
    def sockets(self) -> list[Connection]:
        """The sockets of the Internet protocols.

        Raises:
            CannotJudgeError: none was printed.
        """
        sockets = [s for s in self.dump.connections if s.family in IP_FAMILIES]
        if not sockets:
            raise CannotJudgeError("no sockets were printed")
        return trusted(self.dump, sockets)

    @cached_property
    def tcp(self) -> list[Connection]:
        """The TCP sockets that do not listen.

        Raises:
            CannotJudgeError: none was printed, or no state of them is known.
        """
        tcp = [s for s in self.sockets if s.protocol == "tcp" and s.state != "listen"]
        if not tcp:
            raise CannotJudgeError("no TCP connections were printed")
        if all(s.state is None for s in tcp):
            raise CannotJudgeError("the states of the connections are words of an unknown language")
        return tcp

    @cached_property
    def listeners(self) -> list[Connection]:
        """The listening sockets.

        Raises:
            CannotJudgeError: there is none, and the dump does not show that there was none.
        """
        listeners = trusted(self.dump, [s for s in self.dump.connections if is_ip_listener(s)])
        if not listeners and (reason := explain_no_listeners(self.dump)):
            raise CannotJudgeError(reason)
        return listeners


class Case(NamedTuple):
    """One case in which a rule applies: one program, one interface, one listener, one ratio."""

    severity: Severity
    subject: str
    """Name of its subject: `eth0`, `sshd`, `tcp 0.0.0.0:23`."""
    message: str
    """The fault with its figures, in one sentence without a full stop."""
    evidence: tuple[Evidence, ...]


RecordRule = Callable[[View, Limits], Iterable[Case]]
"""A rule about records. It yields its cases, most severe first or in the order of the dump.

Raises:
    CannotJudgeError: the records that it needs were not printed.
"""
