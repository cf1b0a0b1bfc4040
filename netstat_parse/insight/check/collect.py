"""Collect the figures that counter rules judge."""

from netstat_parse.insight.check.cases import View
from netstat_parse.insight.check.counter_scopes import list_counter_scopes
from netstat_parse.insight.check.interface_scopes import list_interface_scopes
from netstat_parse.insight.check.scopes import Figures


def collect_figures(view: View) -> Figures:
    """Collect the figures of a view.

    Raises:
        ValueError: the comparison has no dumps, as one that was read from JSON.
    """
    scopes = (*list_counter_scopes(view), *list_interface_scopes(view))
    system = next((snapshot.system for snapshot in view.dump.snapshots), "unknown")
    if view.comparison is None:
        return Figures("dump", system, scopes)
    return Figures("comparison", system, scopes, view.comparison.seconds)
