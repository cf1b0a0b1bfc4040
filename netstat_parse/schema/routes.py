"""Routes: ``netstat -r``."""

from typing import Literal

from pydantic import Field, NonNegativeInt

from netstat_parse.records.identity import Key, identify_route
from netstat_parse.schema.model import Family, PrintedRecord


class Route(PrintedRecord):
    """An entry of a routing table, of the IPv4 route cache (with `source`), or of a neighbour cache.

    Only old kernels have these caches: a neighbour cache before 2.4, the IPv4 route cache before 3.6.
    """

    # Integers without a lower bound: net-tools prints some unsigned 32-bit numbers as signed ones, 4294967295 as -1.
    family: Family | None = None
    """Address family of the table."""
    destination: str | None = None
    """Destination (inetCidrRouteDest, RFC 4292): `0.0.0.0/0`, `2001:db8::/32`, or a call sign."""
    destination_host: str | None = None
    """Name printed instead of the destination, which is then null. `extra` has the prefix length: Genmask, or the IPv6
    Destination with the length after the name."""
    gateway: str | None = None
    """Next hop (inetCidrRouteNextHop, RFC 4292); null if the destination is on-link, or if none was printed."""
    gateway_host: str | None = None
    """Name printed instead of the address of the next hop, which is then null."""
    on_link: bool | None = None
    """True if the destination is reached without a next hop; null for a route that rejects packets."""
    interface: str | None = None
    """Name of the interface; for IPv4 on Windows its address. Null for `*` and `-`."""
    interface_index: NonNegativeInt | None = None
    """Index of the interface (inetCidrRouteIfIndex, RFC 4292): the first column of Windows' IPv6 routes."""
    metric: int | None = None
    """Metric (inetCidrRouteMetric1, RFC 4292); the lowest is preferred. net-tools prints 4294967295 as -1. Null for a
    word, see `metric_text`."""
    flags: list[str] = Field(default_factory=list)
    """Route flags, the kernel's RTF_ names in lower case, in the order printed: up, gateway, host, reject, addrconf."""
    type: Literal["unicast", "local", "broadcast", "multicast", "reject", "blackhole"] | None = None
    """Type of the route according to its flags; Linux prints blackhole and throw routes like unicast ones."""
    persistent: bool | None = None
    """Windows: true if the route is listed as persistent, that is, survives a restart."""
    mss: int | None = None
    """Linux: maximum TCP segment size in bytes plus 40 bytes of headers."""
    window: int | None = None
    """Linux: TCP window in bytes."""
    irtt: int | None = None
    """Linux: initial round-trip time in milliseconds."""
    references: int | None = None
    """Linux -e and IPv6: number of references to the route. net-tools 1.60 swaps the values of Ref and Use, which is
    corrected. If the version cannot be detected, `references` and `uses` are null, and `extra` has both."""
    uses: int | None = None
    """Linux -e, IPv6, AX.25: number of lookups of the route."""
    hh_references: int | None = None
    """IPv4 route cache: number of references to the cached link-layer header (HHRef); -1 if there is none."""
    hh_up_to_date: int | None = None
    """IPv4 route cache: 1 if the cached link-layer header is up to date, else 0 (HHUptod)."""
    specific_destination: str | None = None
    """IPv4 route cache: local address for packets of this route (SpecDst), or its name."""
    source: str | None = None
    """IPv4 route cache: source address of the packets, or its name."""
    tos: int | None = None
    """IPv4 route cache: type of service of the packets (RFC 791)."""
    physical_address: str | None = None
    """Neighbour cache: link-layer address of `destination`, as aa:bb:cc:dd:ee:ff."""
    state_text: str | None = None
    """Neighbour cache: reachability state (RFC 4861) as printed: REACHABLE, STALE, FAILED."""
    stale_seconds: int | None = None
    """Neighbour cache, -e: seconds until the entry becomes stale."""
    delete_seconds: int | None = None
    """Neighbour cache, -e: seconds until the entry is deleted; null for `*`."""
    metric_text: str | None = None
    """Metric that is a word, in its language: `Default`, `Par défaut`."""
    truncated: list[str] = Field(default_factory=list)
    """Names of the fields that netstat truncated: a host to 15 bytes, `interface` to 6 bytes with -ee."""
    extra: dict[str, str] = Field(default_factory=dict)
    """Columns without a field of their own, by heading: Mnemonic and Quality of NET/ROM, Router Node of IPX; also
    numbers whose meaning cannot be determined."""

    @property
    def key(self) -> Key:
        """The identity of the route: family, destination, next hop, interface, metric, and what selects it."""
        return identify_route(self.__dict__)
