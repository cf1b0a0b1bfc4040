"""Find listening sockets: which records are some, from where they can be reached, and why a dump may have none."""

from collections.abc import Collection, Mapping
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import TYPE_CHECKING, Any

from netstat_parse.records.rows import Columns

if TYPE_CHECKING:
    from netstat_parse.schema import Connection

PEER_FIELDS = ("remote_address", "remote_host", "remote_port", "remote_service")

CONNECTIONLESS = frozenset({"udp", "udplite"})
"""Protocols whose sockets receive from any peer unless they are connected to one."""

CONNECTION_ORIENTED = frozenset({"tcp", "sctp", "dccp", "networkdirect"})
"""Protocols whose listening sockets have no peer; the word for their state may be in no vocabulary."""

SCOPES = ("loopback", "link_local", "multicast", "private", "public", "every_address")
"""From where an address can be reached, the widest scope last."""

PRIVATE = [*map(IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"))]
"""Private addresses (RFC 1918), and those of a provider's network (RFC 6598)."""

PRIVATE_IPV6 = [*map(IPv6Network, ("fc00::/7", "fec0::/10"))]
"""Unique local addresses (RFC 4193), and site-local ones (RFC 3879)."""

LOOPBACK_HOSTS = frozenset({"localhost", "localhost.localdomain", "localhost6", "ip6-localhost", "ip6-loopback"})
"""Names of loopback addresses (RFC 6761)."""

IP_FAMILIES = frozenset({"ipv4", "ipv6", None})

MAX_CACHED_ADDRESSES = 65_536

NO_TABLE = (
    "it cannot show listening sockets: it has no table of sockets, as of netstat -tulpn (Linux) or -ano (Windows)"
)

EXCLUDED = (
    "it cannot show listening sockets: netstat was run without the option for them, -a or on Linux -l (w/o servers)"
)

UNKNOWN = "it shows no listening socket, and nothing in it says that netstat was run with -a or -l"


@lru_cache(MAX_CACHED_ADDRESSES)
def unmap(address: str | None) -> str | None:
    """Return the IPv4 address of an IPv4-mapped IPv6 address (RFC 4291), and any other text unchanged."""
    if address is None or not address.startswith("::ffff:"):
        return address
    try:
        mapped = IPv6Address(address).ipv4_mapped
    except ValueError:
        return address
    return str(mapped or address)


def is_listening(protocol: str | None, state: str | None, *, has_peer: bool) -> bool:
    """Return whether a socket waits for peers.

    It does in the state `listen`. UDP has no such state; its sockets without a peer count. If the state is not known,
    sockets without a peer of a protocol that has connections count, too.
    """
    if state is not None:
        return state == "listen"
    return not has_peer and (protocol in CONNECTIONLESS or protocol in CONNECTION_ORIENTED)


def find_listening(columns: Columns) -> list[bool]:
    """Return which of the connections, given by column, are listening sockets."""
    protocols = columns["protocol"]
    nothing = [None] * len(protocols)
    peers = zip(*(columns.get(field) or nothing for field in PEER_FIELDS), strict=True)
    rows = zip(protocols, columns.get("state") or nothing, peers, strict=True)
    return [
        is_listening(protocol, state, has_peer=state is None and any(part is not None for part in peer))
        for protocol, state, peer in rows
    ]


def select_listeners(document: Mapping[str, Any], snapshot: int | None = None) -> list[Any]:
    """Select the listening sockets of a document, as unchanged records.

    Args:
        document: the tables `snapshots` and `connections` of a dump; their records are dicts or models.
        snapshot: the index of the snapshot to select from; None for all.

    Raises:
        ValueError: there is none, and the document does not show that there was none.
    """
    connections = [record for record in document["connections"] if snapshot in (None, _get(record, "snapshot"))]
    if found := [record for record in connections if is_listener(record)]:
        return found
    scopes = {
        _get(record, "listeners") for record in document["snapshots"] if snapshot in (None, _get(record, "index"))
    }
    if reason := explain_absence(scopes, has_sockets=bool(connections)):
        raise ValueError(reason)
    return []


def is_listener(record: "Mapping[str, Any] | Connection") -> bool:
    """Return whether a record of the table `connections` is a listening socket."""
    has_peer = any(_get(record, field) is not None for field in PEER_FIELDS)
    return is_listening(_get(record, "protocol"), _get(record, "state"), has_peer=has_peer)


def _get(record: Any, field: str) -> Any:  # noqa: ANN401 - a value of any field, of a dict or a model
    return record.get(field) if isinstance(record, Mapping) else getattr(record, field)


def explain_absence(scopes: Collection[str | None], *, has_sockets: bool) -> str | None:
    """Return why a dump without listening sockets does not show that there was none; None if it does.

    Args:
        scopes: the `listeners` of its snapshots.
        has_sockets: true if it has records of network sockets.
    """
    if not {"only", "included"}.isdisjoint(scopes):
        return None
    if "excluded" in scopes:
        return EXCLUDED
    return UNKNOWN if has_sockets else NO_TABLE


@lru_cache(MAX_CACHED_ADDRESSES)
def classify_address(address: str | None, *, is_cut: bool = False) -> str | None:
    """Return from where an address can be reached: one of `SCOPES`; None if it is no IP address.

    Addresses for documentation (RFC 5737, RFC 3849) count as public: they replace public ones in dumps.

    Args:
        address: the address in canonical text.
        is_cut: true if netstat has truncated it; its first group is whole.
    """
    if address and is_cut:
        address = f"{address.partition(':')[0]}::1" if address.partition(":")[0] else None
    try:
        parsed = ip_address(address or "")
    except ValueError:
        return None
    if isinstance(parsed, IPv6Address):
        parsed = parsed.ipv4_mapped or parsed
    if parsed.is_unspecified:
        return "every_address"
    if parsed.is_loopback:
        return "loopback"
    if parsed.is_link_local:
        return "link_local"
    if parsed.is_multicast or parsed == IPv4Address("255.255.255.255"):
        return "multicast"
    private = any(parsed in network for network in PRIVATE + PRIVATE_IPV6 if network.version == parsed.version)
    return "private" if private else "public"


def classify_endpoint(family: str | None, address: str | None, host: str | None, *, is_cut: bool) -> str | None:
    """Return from where the local end of a socket can be reached; None if it is not known, as for a host name.

    An end with neither an address nor a name was printed as `*`.
    """
    if family not in IP_FAMILIES:
        return None
    if address is not None:
        return classify_address(address, is_cut=is_cut)
    if host is None:
        return "every_address"
    return "loopback" if host.lower() in LOOPBACK_HOSTS else None


def widest(scopes: Collection[str | None]) -> str | None:
    """Return the widest of several scopes; None if one is not known and no other is the widest of all."""
    known = [scope for scope in scopes if scope is not None]
    if len(known) < len(scopes) and SCOPES[-1] not in known:
        return None
    return max(known, key=SCOPES.index, default=None)
