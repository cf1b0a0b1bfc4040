"""The identity of a record: the values by which it is recognized in another dump, or in the next round of `watch`.

`key` of each model is made here, and so is that of each row on the screen of `watch`.
"""

from collections.abc import Callable, Hashable, Mapping
from functools import lru_cache
from typing import Any, TypeVar

Key = tuple[Hashable, ...]
"""The identity of a record: its kind, and the values that two records of one thing have in common."""

Values = Mapping[str, Any]
"""The values of a record by field; null for a field that netstat did not print."""

MAPPED = "::ffff:"
"""Prefix of an IPv4-mapped address (RFC 4291)."""

MAX_ADDRESSES = 1 << 12
"""Addresses that are kept."""

Text = TypeVar("Text", str, str | None)


@lru_cache(MAX_ADDRESSES)
def _unmap(address: str) -> str:
    from ipaddress import IPv6Address

    try:
        return str(IPv6Address(address).ipv4_mapped or address)
    except ValueError:
        return address


def unmap(address: Text) -> Text:
    """Return the IPv4 address of an IPv4-mapped one in canonical text, and any other text unchanged."""
    if not address or not address.startswith(MAPPED):
        return address
    return _unmap(address)


def name_end(address: str | None, zone: str | None, host: str | None) -> str | None:
    """Return the address of one end of a connection with its zone, or the name printed instead."""
    text = host if address is None else unmap(address)
    return text if zone is None else f"{text or ''}%{zone}"


def identify_connection(values: Values) -> Key:
    """Return family, protocol and both ends; further addresses for SCTP, and the state of a raw socket, its number."""
    ends: list[Hashable] = []
    for side in ("local", "remote"):
        ends.append(name_end(values[f"{side}_address"], values[f"{side}_zone"], values[f"{side}_host"]))
        ends.append(_first(values, f"{side}_port", f"{side}_service"))
    more = (values["more_local_addresses"], values["more_remote_addresses"])
    if any(more):
        ends += (tuple(map(unmap, addresses)) for addresses in more)
    if values["protocol"] == "raw":
        ends.append(values["state_text"])
    return ("connection", values["family"], values["protocol"], *ends)


def identify_unix_socket(values: Values) -> Key:
    """Return type and path, and the inode unless it is a listener with a path."""
    if values["path"] is not None and is_unix_listener(values):
        return ("unix_socket", values["type"], values["path"])
    return ("unix_socket", values["type"], values["path"], values["inode"] or values["state"])


def is_unix_listener(values: Values) -> bool:
    """Return whether a UNIX domain socket accepts connections."""
    return values["state"] == "listening" or "accept" in values["flags"]


def identify_counter(values: Values) -> Key:
    """Return family, protocol and name."""
    return ("counter", values["family"], values["protocol"], values["name"])


def identify_interface(values: Values) -> Key:
    """Return the name, or else the index; both are null for the sum of all interfaces."""
    return ("interface", _first(values, "name", "index"))


def identify_route(values: Values) -> Key:
    """Return family, destination, next hop, interface and its index, metric, and what selects the route."""
    return (
        "route",
        values["family"],
        _first(values, "destination", "destination_host"),
        _first(values, "gateway", "gateway_host"),
        values["interface"],
        values["interface_index"],
        values["metric"],
        values["source"],
        bool(values["persistent"]),
    )


def identify_multicast_group(values: Values) -> Key:
    """Return interface and group."""
    return ("multicast_group", values["interface"], values["group"])


def identify_masquerade(values: Values) -> Key:
    """Return protocol, both ends, and the port of the masquerade."""
    ends = (
        _first(values, f"{side}_{part}", f"{side}_{name}")
        for side in ("source", "destination")
        for part, name in (("address", "host"), ("port", "service"))
    )
    return ("masquerade", values["protocol"], *ends, values["masquerade_port"])


def identify_snapshot(values: Values) -> Key:
    """Return host, time, and number in the dump."""
    return ("snapshot", values["origin"], values["started_at"] or values["captured_at"], values["index"])


def identify_diagnostic(values: Values) -> Key:
    """Return code, message, and the text of the line."""
    return ("diagnostic", values["code"], values["message"], values["text"])


IDENTITIES: Mapping[str, Callable[[Values], Key]] = {
    "snapshots": identify_snapshot,
    "diagnostics": identify_diagnostic,
    "connections": identify_connection,
    "unix_sockets": identify_unix_socket,
    "counters": identify_counter,
    "interfaces": identify_interface,
    "routes": identify_route,
    "multicast_groups": identify_multicast_group,
    "masquerades": identify_masquerade,
}
"""For each table the function that makes the key of a record."""


def _first(values: Values, one: str, other: str) -> Hashable:
    """Return the value of a field, or else that of the field printed instead."""
    value: Hashable = values[one]
    return values[other] if value is None else value
