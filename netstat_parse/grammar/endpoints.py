"""Endpoints: an address or a host's name, a colon, a port or a service's name."""

from collections.abc import Sequence
from typing import Any

import pyparsing as pp

from netstat_parse.grammar.section import Section
from netstat_parse.records.rows import Columns
from netstat_parse.tokens import IPV4, IPV6, canonical_ipv6, glued, token

SIDES = ("local", "remote")


SERVICE_CUT_AT = 18
"""Letters of a service's name that net-tools prints at most."""


PORT = "(?:[0-5]?[0-9]{1,4}|6[0-4][0-9]{3}|65[0-4][0-9]{2}|655[0-2][0-9]|6553[0-5])"
"""0 to 65535."""


_PORT_FOLLOWS = r"(?=:[^:\s]*(?!\S))"


_ZONE_OR_PORT_FOLLOWS = r"(?=(?:%[^:\s]*)?:[^:\s]*(?!\S))"


def address(side: str) -> pp.ParserElement:
    """The host's half. An IPv6 address is named apart, because netstat may have cut it: see `whole_addresses`."""
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
    """The colon and the port's half; ``*`` and 0 mean that there is none."""
    number = token(rf"{PORT}(?!\S)", int)
    none = token(r"[*0](?!\S)")
    service = token(r"(?![0-9]+(?!\S))[^:\s]+")
    return glued(token(":")) + (glued(none) | glued(number)(f"{side}_port") | glued(service)(f"{side}_service"))


def endpoint(side: str) -> pp.ParserElement:
    """One end of a connection, with the schema's fields for that side."""
    return address(side) + port(side)


nobody = token(r"(?![1-9][0-9]{0,2}\.)(?:(?:0\.0\.0\.0|\[::\]|::|\*):[*0]|(?![0-9]{1,3}\.)\S+:0)(?!\S)")
"""The peer where there is none; Windows without -n prints the machine's own name and port 0 for a listener."""


peer = nobody | endpoint("remote")
"""The other end, if there is one."""


def family_by_address(columns: Columns, _section: Section | None = None) -> None:
    """The family of the socket where an address tells it; a name does not."""
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
    """Canonical text for IPv6 addresses; what fills one of the `widths`, at which netstat cuts, is flagged and kept.

    A cut address often looks like another valid one, so that nothing but its width can tell.
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
                _flag(columns, row, count, _cut_fields(side, host, service))
        columns[f"{side}_address"] = addresses
        if zones:
            columns[f"{side}_zone"] = [zone or None for zone in zones]


def _cut_fields(side: str, host: str, service: str) -> list[str]:
    """What may be cut: the name of a service at 18, then the host at what is left."""
    fields = [f"{side}_{'address' if ':' in host else 'host'}"]
    if len(service) == SERVICE_CUT_AT:
        fields.append(f"{side}_service")
    return fields


def _flag(columns: Columns, row: int, count: int, fields: Sequence[str]) -> None:
    flags: list[Any] = list(columns.get("truncated") or ([] for _ in range(count)))
    flags[row] = [*flags[row], *fields]
    columns["truncated"] = flags
