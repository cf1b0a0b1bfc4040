"""Rules about interfaces whose condition is more than a ratio of their counters."""

from collections.abc import Iterable

from netstat_parse.insight.check.cases import CannotJudgeError, Case, Limits, View
from netstat_parse.insight.check.evidence import cite, is_old_enough, list_some
from netstat_parse.insight.check.interface_kinds import is_of_kind
from netstat_parse.insight.check.records import trusted
from netstat_parse.insight.check.scopes import Amount, Figures, Scope
from netstat_parse.insight.facts.listening import classify_address
from netstat_parse.schema.dump import Dump
from netstat_parse.schema.interfaces import Interface

LOOPBACK = "loopback"
POINT_TO_POINT = "pointopoint"

GIVEN_SCOPES = frozenset({"private", "reserved", "public"})
"""Scopes of addresses that an interface does not give itself."""

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
    return any(classify_address(address.address) in GIVEN_SCOPES for address in interface.addresses)


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
    if view.comparison is None:
        raise CannotJudgeError("it needs a comparison")
    if not is_old_enough(view.figures.seconds, limits["seconds"]):
        raise CannotJudgeError(f"it needs two moments that are {limits['seconds']} s apart")
    if not any(change.counters for change in view.comparison.interfaces):
        raise CannotJudgeError("no figures of interfaces were printed in both")
    resent = _find_resent(view.figures)
    for scope in (scope for scope in view.figures.scopes if scope.kind == "interface"):
        sent, received = _add(scope, OUT_PACKETS), _add(scope, IN_PACKETS)
        is_deaf = sent is not None and received is not None and received.value == 0
        if not is_deaf or sent is None or sent.value < limits["sent_packets"] or not _may_receive(scope, limits):
            continue
        is_loss = resent is not None and resent.value >= limits["error_retransmissions"]
        message = f"{scope.subject} sent {sent.value} packets and received none"
        evidence = (*sent.evidence, *(received.evidence if received else ()))
        if resent is not None and is_loss:
            message += f", {resent.value} segments were sent again"
            evidence += resent.evidence
        yield Case("error" if is_loss else "warning", scope.subject, message, evidence)


def _may_receive(scope: Scope, limits: Limits) -> bool:
    """Return whether an interface should receive something: it runs, and is none of those that only send."""
    if scope.flags & {POINT_TO_POINT, "noarp", "slave"} or (scope.flags and "running" not in scope.flags):
        return False
    return not is_of_kind(scope.subject, limits["send_only"])


def _add(scope: Scope, fields: Iterable[str]) -> Amount | None:
    """Add up what was counted; None if a figure is unclear or none was printed."""
    found = [scope.amounts[name] for field in fields if (name := f"interface.{field}") in scope.amounts]
    known = [amount for amount in found if amount is not None and amount.has_rate]
    if not known or len(known) < len(found):
        return None
    return Amount(sum(amount.value for amount in known), tuple(proof for amount in known for proof in amount.evidence))


def _find_resent(figures: Figures) -> Amount | None:
    """Return the segments that were sent again; None if they are not known, as after a reset."""
    total = next((scope for scope in figures.scopes if scope.kind == "sum"), None)
    resent = total.get("Tcp.RetransSegs") if total is not None else None
    return resent if resent is not None and resent.has_rate else None


def _list_interfaces(dump: Dump) -> list[Interface]:
    """Return the interfaces that have names, without loopback.

    Raises:
        CannotJudgeError: none was printed.
    """
    interfaces = [i for i in dump.interfaces if i.name is not None and i.flags]
    if not interfaces:
        raise CannotJudgeError("no interfaces with flags were printed")
    return [i for i in trusted(dump, interfaces) if LOOPBACK not in i.flags]
