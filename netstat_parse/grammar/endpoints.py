"""Endpoints of sockets: an address or a host name, a colon, and a port or a service name."""

import pyparsing as pp

from netstat_parse.grammar.cells import mark_truncated
from netstat_parse.grammar.protocol import Section
from netstat_parse.records.rows import Columns
from netstat_parse.tokens import IPV4, IPV6, canonical_ipv6, glued, token

SIDES = ("local", "remote")

MAX_SERVICE_CHARS = 18
"""Length at which net-tools cuts the name of a service."""

PORT = "(?:[0-5]?[0-9]{1,4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"
"""0 to 65535."""

_PORT_FOLLOWS = r"(?=:[^:\s]*(?!\S))"

_ZONE_OR_PORT_FOLLOWS = r"(?=(?:%[^:\s]*)?:[^:\s]*(?!\S))"


def address(side: str) -> pp.ParserElement:
    """Return the expression for the host. An IPv6 address that may be cut has a name of its own: `whole_addresses`."""
    ipv4 = token(rf"{IPV4}(?=:)")
    ipv6 = token(rf"{IPV6}{_ZONE_OR_PORT_FOLLOWS}")
    zone = glued(token("%")) + glued(token(r"[^\]:\s]*"))(f"{side}_zone")  # 1.60 may cut it to nothing
    bracketed = token(r"\[") + glued(token(r"[0-9A-Fa-f:.]+"))(f"{side}_ipv6") + pp.Opt(zone) + glued(token(r"\]"))
    anywhere = token(rf"\*{_PORT_FOLLOWS}")
    host = token(rf"\S+?{_PORT_FOLLOWS}")
    return (
        ipv4(f"{side}_address")
        | bracketed
        | ipv6(f"{side}_ipv6") + pp.Opt(zone)
        | anywhere(f"{side}_anywhere")
        | host(f"{side}_host")
    )


def port(side: str) -> pp.ParserElement:
    """Return the expression for the colon and the port; ``*`` and 0 mean that there is no port."""
    number = token(rf"{PORT}(?!\S)", int)
    none = token(r"[*0](?!\S)")
    service = token(r"(?![0-9]+(?!\S))[^:\s]+")
    return glued(token(":")) + (glued(none) | glued(number)(f"{side}_port") | glued(service)(f"{side}_service"))


def endpoint(side: str) -> pp.ParserElement:
    """Return the expression for one end of a connection, with the schema's fields for that side."""
    return address(side) + port(side)


nobody = token(r"(?![1-9][0-9]{0,2}\.)(?:(?:0\.0\.0\.0|\[::\]|::|\*):[*0]|(?![0-9]{1,3}\.)\S+:0)(?!\S)")
"""The peer of a socket without one; Windows without -n prints the machine's own name and port 0 for a listener."""

peer = nobody | endpoint("remote")
"""The other end, if there is one."""


def family_by_address(columns: Columns, _section: Section | None = None) -> None:
    """Set the family of each socket that has an address; a host name has no family."""
    count = len(columns["protocol"])
    if all(columns.get("local_address", [None])) and columns.keys().isdisjoint(("local_ipv6", "remote_ipv6")):
        columns["family"] = ["ipv4"] * count
        return
    families: list[str | None] = [None] * count
    for family, names in (("ipv4", ("local_address", "remote_address")), ("ipv6", ("local_ipv6", "remote_ipv6"))):
        for name in names:
            if name in columns:
                addresses = columns[name]
                families = [family if address else known for address, known in zip(addresses, families, strict=True)]
    columns["family"] = families


def whole_addresses(columns: Columns, widths: frozenset[int] = frozenset()) -> None:
    """Write IPv6 addresses as RFC 5952 does; mark and keep one that fills a column of these `widths`.

    netstat cuts at these widths. A cut address often looks like another valid one, so only its width identifies it.
    """
    for side in SIDES:
        columns.pop(f"{side}_anywhere", None)
        printed = columns.pop(f"{side}_ipv6", None)
        hosts = columns.get(f"{side}_host")
        if printed is None and hosts is None:
            continue
        ports = columns.get(f"{side}_port", ())
        services = columns.get(f"{side}_service", ())
        zones = columns.get(f"{side}_zone")
        count = len(printed or hosts or ())
        addresses = list(columns.get(f"{side}_address") or [None] * count)
        cut_address, cut_host, cut_service = [False] * count, [False] * count, [False] * count
        for row in range(count):
            host = (printed[row] if printed else None) or (hosts[row] if hosts else None)
            if host is None:
                continue
            service = (services[row] if services else None) or (str(ports[row]) if ports and ports[row] else "*")
            zone = "" if not zones or zones[row] is None else f"%{zones[row]}"
            cut = len(host) + len(zone) + 1 + len(service) in widths
            if printed and printed[row]:
                addresses[row] = host if cut else canonical_ipv6(host)
            if cut:
                (cut_address if ":" in host else cut_host)[row] = True
                cut_service[row] = len(service) == MAX_SERVICE_CHARS
        mark_truncated(columns, f"{side}_address", cut_address)
        mark_truncated(columns, f"{side}_host", cut_host)
        mark_truncated(columns, f"{side}_service", cut_service)
        columns[f"{side}_address"] = addresses
        if zones:
            columns[f"{side}_zone"] = [zone or None for zone in zones]
