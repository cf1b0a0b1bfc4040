"""Endpoints of sockets: an address or a host name, a colon, and a port or a service name."""

from collections.abc import Sequence

import pyparsing as pp

from netstat_parse.grammar.cells import mark_truncated
from netstat_parse.grammar.protocol import Section
from netstat_parse.records.rows import Columns
from netstat_parse.tokens import IPV4, IPV6, canonical_ipv6, glued, token

SIDES = ("local", "remote")

MAX_SERVICE_CHARS = 18
"""Length at which net-tools cuts the name of a service."""

PORT = "(?:[0-5][0-9]{4}|[0-9]{1,4}+|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"
"""0 to 65535."""

_LABEL = r"(?:[\w-]++|\*{1,3}|\#++)"

HOST = rf"(?![0-9.]++:)(?:(?>{_LABEL}(?:\.{_LABEL})*)\.?|<[\w.-]++>|\[[\w.-]++\])"
"""A host name, or what people write in its place for the public: ``10.0.*.*``, ``<public-ip>``, ``[redacted]``.

Digits and dots alone are no name, but the rest of an address."""

SERVICE = r"[\w.+/*-]++"
"""The name of a service (IANA also has ``whois++`` and ``914c/g``)."""

_PORT_FOLLOWS = r"(?=:[^:\s]*(?!\S))"

_ZONE_OR_PORT_FOLLOWS = r"(?=(?:%[^:\s]*)?:[^:\s]*(?!\S))"


def address(side: str) -> pp.ParserElement:
    """Return the expression for the host. An IPv6 address may be cut, so `normalize_addresses` makes its field."""
    ipv4 = token(rf"{IPV4}(?=:)")
    ipv6 = token(rf"{IPV6}{_ZONE_OR_PORT_FOLLOWS}")
    zone = glued(token("%")) + glued(token(r"[^\]:\s]*"))(f"{side}_zone")  # 1.60 may cut it to nothing
    bracketed = token(r"\[") + glued(token(r"[0-9A-Fa-f:.]+"))(f"{side}_ipv6") + pp.Opt(zone) + glued(token(r"\]"))
    anywhere = token(rf"\*{_PORT_FOLLOWS}")
    host = token(rf"{HOST}{_PORT_FOLLOWS}")
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
    service = token(rf"(?![0-9]+(?!\S)){SERVICE}(?!\S)")
    return glued(token(":")) + (glued(none) | glued(number)(f"{side}_port") | glued(service)(f"{side}_service"))


def endpoint(side: str) -> pp.ParserElement:
    """Return the expression for one end of a connection, with the schema's fields for that side."""
    return address(side) + port(side)


nobody = token(r"(?![1-9][0-9]{0,2}\.)(?:(?:0\.0\.0\.0|\[::\]|::|\*):[*0]|(?![0-9]{1,3}\.)\S+:0)(?!\S)")
"""The peer of a socket without one; Windows without -n prints the machine's own name and port 0 for a listener."""

peer = nobody | endpoint("remote")
"""The other end, if there is one."""


def set_family_by_address(columns: Columns, _section: Section | None = None) -> None:
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


def normalize_addresses(columns: Columns, widths: frozenset[int] = frozenset()) -> None:
    """Write IPv6 addresses as RFC 5952 does; mark an address or host that fills a column of these `widths`.

    netstat cuts at these widths. A cut address often looks like another valid one, so only its width identifies it, and
    it stays as printed.
    """
    for side in SIDES:
        columns.pop(f"{side}_anywhere", None)
        printed, names = columns.pop(f"{side}_ipv6", None), columns.get(f"{side}_host")
        if printed is None and names is None:
            continue
        missing: list[None] = [None] * len(printed or names or ())
        hosts = [address or name for address, name in zip(printed or missing, names or missing, strict=True)]
        is_cut = find_cut(columns, side, hosts, widths)
        columns[f"{side}_address"] = [
            address if not text else text if cut else canonical_ipv6(text)
            for address, text, cut in zip(
                columns.get(f"{side}_address") or missing, printed or missing, is_cut, strict=True
            )
        ]
        if f"{side}_zone" in columns:
            columns[f"{side}_zone"] = [zone or None for zone in columns[f"{side}_zone"]]


def find_cut(columns: Columns, side: str, hosts: Sequence[str | None], widths: frozenset[int]) -> list[bool]:
    """Find the rows in which an address or host fills a column of these `widths`, and mark what may be cut there."""
    is_cut, is_service_cut = [False] * len(hosts), [False] * len(hosts)
    if not widths:
        return is_cut
    ports, services, zones = (columns.get(f"{side}_{name}") for name in ("port", "service", "zone"))
    for row, host in enumerate(hosts):
        if host is None:
            continue
        service = (services[row] if services else None) or (str(ports[row]) if ports and ports[row] else "*")
        zone = "" if not zones or zones[row] is None else f"%{zones[row]}"
        if len(host) + len(zone) + 1 + len(service) in widths:
            is_cut[row] = True
            is_service_cut[row] = len(service) == MAX_SERVICE_CHARS
    if any(is_cut):
        is_address = [host is not None and ":" in host for host in hosts]
        mark_truncated(columns, f"{side}_address", [cut and ip for cut, ip in zip(is_cut, is_address, strict=True)])
        mark_truncated(columns, f"{side}_host", [cut and not ip for cut, ip in zip(is_cut, is_address, strict=True)])
        mark_truncated(columns, f"{side}_service", is_service_cut)
    return is_cut
