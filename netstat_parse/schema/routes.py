"""Routes: ``netstat -r``."""

from typing import Literal

from pydantic import Field, NonNegativeInt

from netstat_parse.schema.model import Family, Record


class Route(Record):
    """A row of a routing table, of a routing cache (with `source`), or of a neighbour cache.

    Old kernels have those caches: neighbours before 2.4, IPv4 routes before 3.6.
    """

    # Signed where netstat reads a 32-bit number into an int: 4294967295 comes out as -1.
    family: Family | None = None
    """The family of the destination, as the table tells."""
    destination: str | None = None
    """Where the route leads (inetCidrRouteDest, RFC 4292): `0.0.0.0/0`, `2001:db8::/32`, a call sign."""
    destination_host: str | None = None
    """The name printed for it; `destination` is then null, and `extra` has what tells its length: Genmask, or IPv6's
    Destination with the length behind the name."""
    gateway: str | None = None
    """The next hop (inetCidrRouteNextHop); null where the destination is on the link, or none was printed."""
    gateway_host: str | None = None
    """The name that netstat printed for the next hop, whose address is then null."""
    on_link: bool | None = None
    """Whether the destination is reached without a next hop; null where it is not reached (reject)."""
    interface: str | None = None
    """The interface's name; on Windows its IPv4 address. `*` and `-` are null."""
    interface_index: NonNegativeInt | None = None
    """inetCidrRouteIfIndex: the first column of Windows' IPv6 routes."""
    metric: int | None = None
    """inetCidrRouteMetric1: the lower, the better; -1 for 4294967295 in net-tools. Null for a word."""
    flags: list[str] = Field(default_factory=list)
    """RTF_ names in lower case, in the order printed: up, gateway, host, reject, addrconf."""
    type: Literal["unicast", "local", "broadcast", "multicast", "reject", "blackhole"] | None = None
    """What becomes of a packet, as far as the flags tell: Linux prints blackhole and throw like unicast."""
    persistent: bool | None = None
    """Windows: whether it stands among the persistent routes, which a restart does not end."""
    mss: int | None = None
    """Bytes of the largest TCP segment, with 40 of headers; Linux."""
    window: int | None = None
    """Bytes of the TCP window; Linux."""
    irtt: int | None = None
    """The first guess of the round trip time, in milliseconds; Linux."""
    references: int | None = None
    """How many refer to the route; Linux -e, IPv6. net-tools 1.60 prints it below Use, which is mended; where nothing
    tells whether it was 1.60, this is null like `uses`, and `extra` has both."""
    uses: int | None = None
    """How often the route was looked up; Linux -e, IPv6, AX.25."""
    hh_references: int | None = None
    """IPv4 cache: how many routes share the link-layer header (HHRef); -1 for none."""
    hh_up_to_date: int | None = None
    """IPv4 cache: whether that header is up to date (HHUptod): 1 or 0."""
    specific_destination: str | None = None
    """IPv4 cache: own address for packets of this route (SpecDst), or its name."""
    source: str | None = None
    """IPv4 cache: the packets' source address, or its name."""
    tos: int | None = None
    """IPv4 cache: the packets' type of service (RFC 791)."""
    physical_address: str | None = None
    """Neighbour cache: the link-layer address of `destination`, as aa:bb:cc:dd:ee:ff."""
    state_text: str | None = None
    """Neighbour cache: how sure that address is (RFC 4861), as printed: REACHABLE, STALE, FAILED."""
    stale_seconds: int | None = None
    """Neighbour cache, -e: seconds until the entry is stale."""
    delete_seconds: int | None = None
    """Neighbour cache, -e: seconds until the entry is deleted; null for `*`."""
    metric_text: str | None = None
    """The metric where it is a word, in its language: `Default`, `Par défaut`."""
    truncated: list[str] = Field(default_factory=list)
    """Names of the fields that netstat cut: a host to 15 bytes, `interface` to 6 with -ee."""
    extra: dict[str, str] = Field(default_factory=dict)
    """Columns without a field, text by heading: Mnemonic and Quality of NET/ROM, Router Node of IPX; and figures that
    nothing tells the meaning of."""
