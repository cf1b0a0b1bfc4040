"""The interfaces that ``netstat -i`` lists, with their counters, flags and addresses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Any

from . import kernel
from .captures import Build, Capture, Command
from .compare import ANY_VALUE, Condition, Row, decoded_text, get_value, one_of

RECEIVED = {"in_packets": 1, "in_errors": 2, "in_discards": 3, "in_overruns": 4}
SENT = {"out_packets": 9, "out_errors": 10, "out_discards": 11, "out_overruns": 12}
SHORT_COUNTERS = RECEIVED | SENT
LONG_COUNTERS = SHORT_COUNTERS | {
    "in_octets": 0, "in_frame_errors": 5, "out_octets": 8, "collisions": 13, "out_carrier_errors": 14,
}  # fmt: skip
"""The column of each counter in a line of /proc/net/dev."""

FLAGS = ["UP", "BROADCAST", "LOOPBACK", "POINTOPOINT", "NOARP", "PROMISC", "ALLMULTI", "MULTICAST"]
SCOPES = {0x00: "global", 0x10: "host", 0x20: "link", 0x40: "site", 0x80: "compat"}


@dataclass(frozen=True)
class Interface:
    """An interface or an alias (``eth0:1``), which has an address but no counters."""

    name: str
    link: dict[str, Any]
    alias: bool = False
    inet: list[dict[str, Any]] = field(default_factory=list)


def read_interfaces(namespace: str) -> Iterator[Interface]:
    for link in kernel.read_links(namespace):
        labelled: dict[str, list[dict[str, Any]]] = {}
        for item in link["addr_info"]:  # type: ignore[attr-defined] # JSON of a known shape
            if item["family"] == "inet":
                labelled.setdefault(item.get("label", link["ifname"]), []).append(item)
        name = str(link["ifname"])
        yield Interface(name, link, inet=labelled.pop(name, []))
        for label, items in labelled.items():
            yield Interface(label, link, alias=True, inet=items)


def expected_interfaces(capture: Capture, command: Command, *, exact: bool) -> list[Row]:
    """Return a row for each interface that is up, or with -a for each interface, in any order."""
    devices = kernel.read_devices(capture.truth / "dev")
    listed = []
    for interface in read_interfaces(capture.namespace):
        if command.argument not in {None, interface.name}:
            continue
        if command.has_option("a") or command.has_option("I") or "UP" in interface.link["flags"]:
            counters = expected_counters(interface, devices, capture.build)
            listed.append(expected_interface(interface, counters, capture, command, exact=exact))
    if capture.build.is_unpatched_160:
        listed += [
            expected_interface(repeated, None, capture, command, exact=exact)
            for repeated in find_repeated_interfaces(capture)
        ]
    return listed


def find_repeated_interfaces(capture: Capture) -> list[Interface]:
    """Return the interfaces that 1.60 lists twice: eth1 again without counters, because it takes eth10 for an alias."""
    return [interface for interface in read_interfaces(capture.namespace) if interface.name == "eth1"]


MAX_NAME_BYTES = 15
ANY_NUMBER = Condition("a number", lambda value: isinstance(value, int))


def expected_counters(interface: Interface, devices: dict[str, list[int]], build: Build) -> list[Any] | None:
    """Return the kernel's counters, or the zeros that some builds print instead."""
    if interface.alias:
        return None
    is_longest = len(interface.name.encode()) == MAX_NAME_BYTES
    is_fixed = build.is_git_head or build.name == "net-tools 2.10 (Debian 12)"
    if build.is_any("broken deb12u1") or (is_fixed and is_longest):
        return [0] * 16  # both are consequences of the fix for CVE-2025-46836
    if build.is_any("RHEL") and is_longest:
        return [ANY_NUMBER] * 16  # it prints the counters of another interface
    return devices[interface.name]


def expected_interface(
    interface: Interface, counters: list[Any] | None, capture: Capture, command: Command, *, exact: bool
) -> Row:
    long = command.has_option("e")
    name = interface.name.encode()[: max_name_bytes(capture.build, long=long)]
    found: dict[str, object] = dict.fromkeys(LONG_COUNTERS)
    if counters:
        found |= {name: counters[n] for name, n in (LONG_COUNTERS if long else SHORT_COUNTERS).items()}
    found["name"] = decoded_text(name, exact=exact)
    found["mtu"] = interface.link["mtu"]
    found["flags"] = expected_flags(interface, ambiguous=not long)
    found |= {"addresses": [], "physical_address": None, "tx_queue_length": None}
    if long:
        found["addresses"] = expected_addresses(interface, capture)
        found["physical_address"] = expected_physical_address(interface)
        queue = interface.link["txqlen"]
        found["tx_queue_length"] = queue if counters else one_of(queue, None)
    return found


def max_name_bytes(build: Build, *, long: bool) -> int | None:
    """Return the length to which the build truncates a name."""
    if build.is_unpatched_160:
        return 9 if long else 5
    if build.is_160 or long:
        return None
    return 8 if build.is_any("RHEL 7", "Debian 9", "Debian 10", "Debian 11") else 15


def expected_flags(interface: Interface, *, ambiguous: bool) -> Condition:
    """Accept the flags as words; P in the short table is promisc or point to point, so neither is compared there."""
    present = interface.link["flags"]
    words = {flag.lower() for flag in FLAGS if flag in present}
    if "UP" in present and interface.link["operstate"] in {"UP", "UNKNOWN"}:
        words.add("running")
    doubtful = {"promisc", "pointopoint"} if ambiguous else set()

    def has_flags(value: list[str]) -> bool:
        return {normalize_flag(word) for word in value} - doubtful == words - doubtful

    return Condition(f"flags {sorted(words)}", has_flags)


def normalize_flag(word: str) -> str:
    word = word.replace("_", "").replace("-", "")
    return "pointopoint" if word == "pointtopoint" else word


def expected_addresses(interface: Interface, capture: Capture) -> Condition:
    """Accept the addresses of the interface in any order; an alias has only its own address."""
    expected = {kernel_address(item) for item in interface.inet}
    if not interface.alias:
        for text, prefix, scope in kernel.read_inet6_addresses(capture.truth / "if_inet6").get(interface.name, []):
            expected.add((ip_address(text), prefix, None, None, SCOPES[scope]))

    def has_addresses(value: list[Any]) -> bool:
        return len(value) == len(expected) and {record_address(item) for item in value} == expected

    return Condition(f"addresses {sorted(expected, key=str)}", has_addresses)


def kernel_address(item: dict[str, Any]) -> tuple[object, ...]:
    peer = item.get("address")
    return ip_address(item["local"]), 32 if peer else item["prefixlen"], item.get("broadcast"), peer, None


def record_address(item: object) -> tuple[object, ...]:
    """Return an address of a record; ::1.2.3.4 may be hexadecimal, and broadcast 0.0.0.0 means none."""
    address, prefix, broadcast, destination, scope = (get_value(item, name) for name in ADDRESS_FIELDS)
    return ip_address(str(address)), prefix, None if broadcast == "0.0.0.0" else broadcast, destination, scope


ADDRESS_FIELDS = ("address", "prefix_length", "broadcast", "destination", "scope")


def expected_physical_address(interface: Interface) -> object:
    """Return the hardware address; null for a loopback, and sixteen zero bytes for an unknown type of link."""
    if interface.link["link_type"] == "loopback":
        return None
    if interface.link["link_type"] != "ether":
        return ANY_VALUE
    return interface.link["address"]
