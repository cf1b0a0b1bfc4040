"""Facts about routes: the destination as a prefix, the type of a route, and whether it needs a gateway."""

from functools import lru_cache

from netstat_parse.grammar import Columns, Section, column, keep_extra

IPV4_BITS = 32

TYPES = ("reject", "broadcast", "multicast", "local")
"""Flags of the routing cache that are types of a route."""


@lru_cache(maxsize=4096)
def prefix_length(mask: str) -> str:
    """Return the prefix length of a netmask; the mask itself if its ones have gaps, which no length can express."""
    bits = "".join(f"{int(octet):08b}" for octet in mask.split("."))
    return str(bits.count("1")) if len(bits) == IPV4_BITS and "01" not in bits else mask


def join_mask(columns: Columns, _section: Section) -> None:
    """Join network and mask to the destination; the mask of a host name goes into `extra`."""
    networks, hosts, masks = columns.pop("network", None), columns.get("destination_host"), columns.pop("mask")
    if networks is not None:
        columns["destination"] = [
            None if network is None else f"{network}/{prefix_length(mask)}"
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
    rows = zip(columns["flags"], *(column(columns, name) for name in names), strict=True)
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
    gateways, hosts = column(columns, "gateway"), column(columns, "gateway_host")
    destinations, names = column(columns, "destination"), column(columns, "destination_host")
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
