"""Counters of the Linux kernel by name, and those that net-tools prints even if they are 0."""

OTHER_NAMES = {
    "Ip.OutForwDatagrams": "Ip.ForwDatagrams",
    **{f"Ip.{name}": f"IpExt.{name}" for name in ("InNoECTPkts", "InECT1Pkts", "InECT0Pkts", "InCEPkts")},
}
"""IPv4's names of counters of IPv6 that have another group or name there."""

ALWAYS_PRINTED = frozenset(
    {
        *("Ip.InReceives", "Ip.ForwDatagrams", "Ip.InDiscards", "Ip.InDelivers", "Ip.OutRequests"),
        *("Icmp.InMsgs", "Icmp.InErrors", "Icmp.OutMsgs"),
        *("Tcp.ActiveOpens", "Tcp.PassiveOpens", "Tcp.AttemptFails", "Tcp.EstabResets", "Tcp.CurrEstab"),
        *("Tcp.InSegs", "Tcp.OutSegs", "Tcp.RetransSegs", "Tcp.InErrs", "Tcp.OutRsts"),
        *("Udp.InDatagrams", "Udp.NoPorts", "Udp.InErrors", "Udp.OutDatagrams"),
    }
)
"""Counters, by their names in IPv4, that net-tools prints at 0, too: one that is missing was lost. All others it leaves
out at 0 (its `statistics.c`)."""


def name_without_family(kernel_name: str) -> str:
    """Return the name that IPv4 has for a counter: `Ip.InReceives` for `Ip6.InReceives`."""
    name = kernel_name.replace("6.", ".", 1)
    return OTHER_NAMES.get(name, name)


def is_always_printed(kernel_name: str | None) -> bool:
    """Return whether net-tools prints a counter of either family even if it is 0."""
    return kernel_name is not None and name_without_family(kernel_name) in ALWAYS_PRINTED
