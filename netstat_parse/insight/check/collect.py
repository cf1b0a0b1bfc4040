"""Collect the figures that counter rules judge."""

from netstat_parse.insight.check.cases import View
from netstat_parse.insight.check.counter_scopes import list_counter_scopes
from netstat_parse.insight.check.interface_scopes import list_interface_scopes
from netstat_parse.insight.check.scopes import Figures
from netstat_parse.schema.dump import Dump


def collect_figures(view: View) -> Figures:
    """Collect the figures of a view.

    Raises:
        ValueError: the comparison has no dumps, as one that was read from JSON.
    """
    scopes = (*list_counter_scopes(view), *list_interface_scopes(view))
    if view.comparison is None:
        return Figures("dump", _find_system(view.dump), scopes)
    return Figures("comparison", _find_system(view.dump), scopes, view.comparison.seconds)


def _find_system(dump: Dump) -> str:
    indexes = {record.snapshot for record in (*dump.counters, *dump.interfaces)}
    return next((found.system for found in dump.snapshots if found.index in indexes), "unknown")
