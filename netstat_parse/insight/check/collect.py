"""Collect the figures that counter rules judge."""

from netstat_parse.insight.check.counter_scopes import list_counter_scopes
from netstat_parse.insight.check.interface_scopes import list_interface_scopes
from netstat_parse.insight.check.scopes import Figures
from netstat_parse.schema.comparison import Comparison
from netstat_parse.schema.dump import Dump


def collect_figures(dump: Dump, comparison: Comparison | None) -> Figures:
    """Collect the figures of a dump since the start, or of what was counted between two moments.

    Raises:
        ValueError: the comparison has no dumps, as one that was read from JSON.
    """
    scopes = (*list_counter_scopes(dump, comparison), *list_interface_scopes(dump, comparison))
    system = next((snapshot.system for snapshot in dump.snapshots), "unknown")
    if comparison is None:
        return Figures("dump", system, scopes)
    return Figures("comparison", system, scopes, comparison.seconds)
