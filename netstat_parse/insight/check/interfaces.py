"""Rules about interfaces whose condition is more than a ratio of their counters."""

from collections.abc import Iterable, Sequence

from netstat_parse.insight.check.cases import CannotJudgeError, Case, Limits, View
from netstat_parse.insight.check.evidence import cite, is_old_enough, list_some, state_figure
from netstat_parse.insight.check.interface_kinds import is_of_kind
from netstat_parse.insight.check.records import trusted
from netstat_parse.insight.facts.listening import classify_address
from netstat_parse.schema.comparison import Comparison, FieldChange, InterfaceChange
from netstat_parse.schema.dump import Dump
from netstat_parse.schema.interfaces import Interface

LOOPBACK = "loopback"
POINT_TO_POINT = "pointopoint"

IN_PACKETS = ("in_packets", "in_ucast_pkts", "in_nucast_pkts")
OUT_PACKETS = ("out_packets", "out_ucast_pkts", "out_nucast_pkts")


def judge_down(view: View, limits: Limits) -> Iterable[Case]:
    """Find interfaces that have an address and no carrier."""
    interfaces = _list_interfaces(view.dump)
    if not any(interface.addresses for interface in interfaces):
        raise CannotJudgeError("no addresses of interfaces were printed: they need -ie or ifconfig")
    for interface in interfaces:
        is_down = "up" in interface.flags and "running" not in interface.flags
        if is_down and _has_address(interface) and not is_of_kind(interface.name, limits["local_bridges"]):
            addresses = list_some(address.address for address in interface.addresses)
            message = f"{interface.name} with {addresses} is up and has no carrier"
            yield Case("warning", str(interface.name), message, cite(view.dump, "interfaces", [interface], "name"))


def _has_address(interface: Interface) -> bool:
    """Return whether an interface has an address that was given to it: not only link-local ones."""
    return any(classify_address(address.address) in ("private", "public") for address in interface.addresses)


def judge_mtu(view: View, limits: Limits) -> Iterable[Case]:
    """Find interfaces whose MTU is too small for IPv6."""
    interfaces = _list_interfaces(view.dump)
    if interfaces and all(interface.mtu is None for interface in interfaces):
        raise CannotJudgeError("no MTU was printed")
    for interface in interfaces:
        mtu = interface.mtu or 0
        unused = _prints_addresses(interface) and not interface.addresses
        if unused or is_of_kind(interface.name, limits["not_ip"]) or not limits["least_ipv4"] <= mtu:
            continue
        if mtu < limits["least_ipv6"]:
            message = f"the MTU of {interface.name} is {mtu}"
            message += ", IPv6 is off there" if mtu >= limits["least_datagram"] else ", which cuts even small datagrams"
            yield Case("warning", str(interface.name), message, cite(view.dump, "interfaces", [interface], "mtu"))


def _prints_addresses(interface: Interface) -> bool:
    """Return whether an interface is of the form with addresses: -ie."""
    return interface.encapsulation is not None


def judge_one_way(view: View, limits: Limits) -> Iterable[Case]:
    """Find interfaces that send and receive nothing.

    A host that only sends datagrams does so without a fault: an error is one that had to send segments again, too.
    """
    comparison = view.comparison
    if comparison is None:
        raise CannotJudgeError("it needs a comparison")
    if not is_old_enough(comparison.seconds, limits["seconds"]):
        raise CannotJudgeError(f"it needs two moments that are {limits['seconds']} s apart")
    if not any(change.counters for change in comparison.interfaces):
        raise CannotJudgeError("no figures of interfaces were printed in both")
    resent = _count_retransmissions(comparison)
    for change in comparison.interfaces:
        sent, received = _add(change.counters, OUT_PACKETS), _add(change.counters, IN_PACKETS)
        interface = change.after
        if sent is None or received != 0 or sent < limits["sent_packets"] or not _may_receive(change, view, limits):
            continue
        is_loss = resent >= limits["error_retransmissions"]
        name = interface.name if interface and interface.name else "all interfaces"
        message = f"{name} sent {sent} packets and received none"
        if is_loss:
            message += f", {resent} segments were sent again"
        evidence = (state_figure("out_packets", sent, "packets"), state_figure("in_packets", 0, "packets"))
        cited = cite(view.dump, "interfaces", [interface], "in_packets") if interface else ()
        yield Case("error" if is_loss else "warning", name, message, (*evidence, *cited))


def _may_receive(change: InterfaceChange, view: View, limits: Limits) -> bool:
    """Return whether an interface should receive something: it runs, and is none of those that only send."""
    interface = change.after
    if interface is None or change.before is None or not trusted(view.dump, [interface]):
        return False
    flags = set(interface.flags)
    if flags & {LOOPBACK, POINT_TO_POINT, "noarp", "slave"} or (flags and "running" not in flags):
        return False
    return interface.name != "lo" and not is_of_kind(interface.name, limits["send_only"])


def _add(changes: Sequence[FieldChange], fields: Iterable[str]) -> int | None:
    """Add up what was counted; None if a figure is unclear or none was printed."""
    found = [change for change in changes if change.field in fields]
    differences = [change.difference for change in found if change.change != "reset"]
    if not found or len(differences) < len(found) or None in differences:
        return None
    return sum(difference for difference in differences if difference is not None)


def _count_retransmissions(comparison: Comparison) -> int:
    return sum(change.difference or 0 for change in comparison.counters if change.kernel_name == "Tcp.RetransSegs")


def _list_interfaces(dump: Dump) -> list[Interface]:
    """Return the interfaces that have names, without loopback.

    Raises:
        CannotJudgeError: none was printed.
    """
    interfaces = [i for i in dump.interfaces if i.name is not None and i.flags]
    if not interfaces:
        raise CannotJudgeError("no interfaces with flags were printed")
    return [i for i in trusted(dump, interfaces) if LOOPBACK not in i.flags]
