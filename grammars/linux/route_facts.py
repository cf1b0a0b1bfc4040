"""Facts about routes: the destination as a prefix, the type of a route, whether it needs a gateway, and what was cut."""

from netstat_parse.conversions import prefix_length
from netstat_parse.grammar import Columns, Section, get_column, keep_extra, mark_truncated

HOST_BYTES = 15
"""Bytes of a host name in the IPv4 tables."""

INTERFACE_BYTES = 6
"""Bytes of an interface's name if -ee prints columns behind it."""

TYPES = ("reject", "broadcast", "multicast", "local")
"""Flags of the routing cache that are types of a route."""


def join_mask(columns: Columns, _section: Section) -> None:
    """Join network and mask to the destination; the mask of a host name goes into `extra`."""
    networks, hosts, masks = columns.pop("network", None), columns.get("destination_host"), columns.pop("mask")
    if networks is not None:
        lengths = {mask: prefix_length(mask) for mask in set(masks)}
        suffixes = {mask: mask if length is None else length for mask, length in lengths.items()}
        columns["destination"] = [
            None if network is None else f"{network}/{suffixes[mask]}"
            for network, mask in zip(networks, masks, strict=True)
        ]
    if hosts is not None:
        keep_extra(columns, "Genmask", [host and mask for host, mask in zip(hosts, masks, strict=True)])


def set_type_and_link(columns: Columns, _section: Section) -> None:
    """Set the type of each route, and whether its destination is on the link.

    ``blackhole`` and ``throw`` look like any route, but IPv4 prints no interface for them. IPv6 also lists the machine's
    own addresses and multicast. Their flags are those of other routes, so they have no type.
    """
    types: list[str | None] = []
    on_link: list[bool | None] = []
    names = ("gateway", "gateway_host", "interface", "destination")
    rows = zip(columns["flags"], *(get_column(columns, name) for name in names), strict=True)
    for flags, gateway, host, interface, destination in rows:
        rejects = "reject" in flags
        nowhere = rejects or interface is None
        special = nowhere or "nonexthop" in flags or (destination or "").startswith("ff")
        types.append("reject" if rejects else "unicast" if "up" in flags and not special else None)
        on_link.append(None if nowhere else not (gateway or host or "gateway" in flags))
    columns["type"] = types
    columns["on_link"] = on_link


def set_cached_type_and_link(columns: Columns, _section: Section) -> None:
    """Set the type of each cached route, and whether it is on the link: then the host is its own gateway."""
    gateways, hosts = get_column(columns, "gateway"), get_column(columns, "gateway_host")
    destinations, names = get_column(columns, "destination"), get_column(columns, "destination_host")
    same = [
        (gateway is not None and destination == f"{gateway}/32") or (host is not None and name == host)
        for destination, gateway, name, host in zip(destinations, gateways, names, hosts, strict=True)
    ]
    columns["gateway"] = [None if own else gateway for own, gateway in zip(same, gateways, strict=True)]
    columns["gateway_host"] = [None if own else host for own, host in zip(same, hosts, strict=True)]
    columns["on_link"] = [
        None if "reject" in flags else own or not (gateway or host)
        for own, flags, gateway, host in zip(same, columns["flags"], gateways, hosts, strict=True)
    ]
    columns["type"] = [next((kind for kind in TYPES if kind in flags), "unicast") for flags in columns["flags"]]


def mark_cut_hosts(columns: Columns, _section: Section) -> None:
    """Mark host names that fill their column."""
    for field in ("destination_host", "gateway_host"):
        if field in columns:
            mark_truncated(columns, field, [len((name or "").encode()) == HOST_BYTES for name in columns[field]])


def mark_cut_interfaces(columns: Columns, _section: Section) -> None:
    """Mark interfaces that -ee may have cut, perhaps inside a character."""
    if {"mss", "metric", "interface"} <= columns.keys():
        rows = zip(columns["mss"], columns["metric"], columns["interface"], strict=True)
        is_cut = [None not in row and _may_be_cut(row[-1]) for row in rows]
        mark_truncated(columns, "interface", is_cut)


def _may_be_cut(interface: str) -> bool:
    return len(interface.encode()) == INTERFACE_BYTES or interface.endswith("\ufffd")
