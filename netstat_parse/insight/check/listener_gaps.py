"""Gaps of dumps: rows that a dump lacks, so that a listener which is missing may be there."""

from typing import NamedTuple

from netstat_parse.insight.check.baseline import Listener
from netstat_parse.insight.check.records import has_damage, is_filtered, is_ip_listener
from netstat_parse.insight.facts.addresses import local_port
from netstat_parse.schema.dump import Dump, Snapshot


class Gaps(NamedTuple):
    """Rows of listeners that a side lacks."""

    is_partial: bool
    """True if some rows could not be read, or were filtered out."""
    truncated: frozenset[tuple[str, int | str | None]]
    """Protocol and port of the listeners whose address is truncated."""

    def may_have(self, listener: Listener) -> bool:
        """Return whether a listener that is missing may be there."""
        return self.is_partial or (listener.protocol, listener.port) in self.truncated


def find_gaps(before: Dump | None, after: Dump) -> tuple[Gaps, Gaps]:
    """Find the gaps of each side; a filter that both have hides nothing that is new or gone.

    Args:
        before: the dump to compare with; None if it is a list, which shows everything.
        after: the later dump.
    """
    if before is None:
        return Gaps(is_partial=False, truncated=frozenset()), _find_gaps(after, has_same_filter=False)
    commands = ({snapshot.command for snapshot in _list_snapshots(dump)} for dump in (before, after))
    is_same = next(commands) == next(commands)
    return _find_gaps(before, has_same_filter=is_same), _find_gaps(after, has_same_filter=is_same)


def _find_gaps(dump: Dump, *, has_same_filter: bool) -> Gaps:
    truncated = ((s.protocol, local_port(s)) for s in dump.connections if s.truncated and is_ip_listener(s))
    is_part = is_filtered(dump, dump.connections) or _has_no_title(dump)
    is_partial = has_damage(dump, dump.connections) or (is_part and not has_same_filter)
    return Gaps(is_partial, frozenset(truncated))


def _has_no_title(dump: Dump) -> bool:
    """Return whether there is no title above the sockets of Linux: then the rows are an excerpt."""
    snapshots = _list_snapshots(dump)
    return bool(snapshots) and all(s.system == "linux" and s.listeners is None for s in snapshots)


def _list_snapshots(dump: Dump) -> list[Snapshot]:
    """List the snapshots that have sockets."""
    printed = {socket.snapshot for socket in dump.connections}
    return [snapshot for snapshot in dump.snapshots if snapshot.index in printed]
