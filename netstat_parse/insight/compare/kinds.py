"""Figures of the statistics that are no counters."""

from netstat_parse.insight.facts.counters import find_counter
from netstat_parse.schema import Counter


def kind_of(counter: Counter) -> str:
    """Return the kind of a figure: ``counter``, ``gauge`` or ``setting``."""
    if counter.text is not None:
        return "setting"
    facts = find_counter(counter.kernel_name) if counter.kernel_name else None
    return facts.kind if facts else "counter"
