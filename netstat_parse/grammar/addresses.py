"""Facts of the addresses of sockets: their family, their canonical form, and where netstat has cut them."""

from collections.abc import Sequence

from netstat_parse.conversions import canonical_ipv6
from netstat_parse.grammar.cells import mark_truncated
from netstat_parse.grammar.protocol import Section
from netstat_parse.records.integer_column import integer_texts
from netstat_parse.records.rows import Columns

SIDES = ("local", "remote")

MAX_SERVICE_CHARS = 18
"""Length at which net-tools cuts the name of a service."""


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
        _split_zone(columns, side)
        _drop_any_host(columns, side)
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


def _split_zone(columns: Columns, side: str) -> None:
    """Divide IPv6 addresses, such as ``fe80::1%eth0`` or ``[fe80::1%5]``, into the address itself and its zone."""
    texts: list[str | None] = columns.get(f"{side}_ipv6") or []
    divided = {text for text in texts if text and ("%" in text or "[" in text)}
    if divided:
        parts = {text: text.removeprefix("[").removesuffix("]").partition("%") for text in divided}
        columns[f"{side}_ipv6"] = [parts[text][0] if text in parts else text for text in texts]
        zones = {text: zone for text, (_, percent, zone) in parts.items() if percent}
        columns[f"{side}_zone"] = [zones.get(text or "") for text in texts]


def _drop_any_host(columns: Columns, side: str) -> None:
    """Remove ``*`` from the host names, as it means any host, and their column if no name is left."""
    names = columns.get(f"{side}_host")
    if names and "*" in names:
        columns[f"{side}_host"] = [None if name == "*" else name for name in names]
        if not any(columns[f"{side}_host"]):
            del columns[f"{side}_host"]


def find_cut(columns: Columns, side: str, hosts: Sequence[str | None], widths: frozenset[int]) -> list[bool]:
    """Find the rows in which an address or host fills a column of these `widths`, and mark what may be cut there."""
    is_cut, is_service_cut = [False] * len(hosts), [False] * len(hosts)
    if not widths:
        return is_cut
    ports = integer_texts(columns.get(f"{side}_port") or ())
    services, zones = columns.get(f"{side}_service"), columns.get(f"{side}_zone")
    for row, host in enumerate(hosts):
        if host is None:
            continue
        service = (services[row] if services else None) or (ports[row] if ports else None) or "*"
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
