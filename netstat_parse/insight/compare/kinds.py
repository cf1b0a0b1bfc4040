"""Which figures of the statistics are no counters."""

from netstat_parse.schema import Counter

GAUGES = frozenset({"Tcp.CurrEstab", "Sctp.CurrEstab", "MPTcpExt.MPCurrEstab"})
"""Kernel names of figures that go up and down: a number of connections now."""

SETTINGS = frozenset({"Ip.Forwarding", "Ip.DefaultTTL", "Tcp.RtoAlgorithm", "Tcp.RtoMin", "Tcp.RtoMax", "Tcp.MaxConn"})
"""Kernel names of figures that somebody sets."""


def kind_of(counter: Counter) -> str:
    """Return the kind of a figure: ``counter``, ``gauge`` or ``setting``."""
    if counter.kernel_name in GAUGES:
        return "gauge"
    return "setting" if counter.kernel_name in SETTINGS or counter.text is not None else "counter"
