"""Find listening sockets: which records are some, from where they can be reached, and why a dump may have none."""

from collections.abc import Collection, Mapping
from functools import lru_cache
from ipaddress import ip_network
from typing import TYPE_CHECKING, Any

from netstat_parse.insight.facts.addresses import parse_address
from netstat_parse.records.rows import Columns

if TYPE_CHECKING:
    from netstat_parse.schema import Connection

PEER_FIELDS = ("remote_address", "remote_host", "remote_port", "remote_service")

CONNECTIONLESS = frozenset({"udp", "udplite"})
"""Protocols whose sockets receive from any peer unless they are connected to one."""

CONNECTION_ORIENTED = frozenset({"tcp", "sctp", "dccp", "networkdirect"})
"""Protocols whose listening sockets have no peer; the word for their state may be in no vocabulary."""

SCOPES = ("loopback", "link_local", "multicast", "private", "reserved", "public", "every_address")
"""From where an address can be reached, the widest scope last."""

NETWORKS: Mapping[str, tuple[str, ...]] = {
    "every_address": ("0.0.0.0/32", "::/128"),
    "loopback": ("127.0.0.0/8", "::1/128"),
    "link_local": ("169.254.0.0/16", "fe80::/10"),
    "multicast": ("224.0.0.0/4", "255.255.255.255/32", "ff00::/8"),
    "private": (
        *("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"),  # RFC 1918
        "100.64.0.0/10",  # of a provider, RFC 6598
        *("fc00::/7", "fec0::/10"),  # RFC 4193, RFC 3879
        "64:ff9b:1::/48",  # of a translator, RFC 8215
    ),
    "reserved": (
        *("192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"),  # for documentation, RFC 5737
        *("2001:db8::/32", "3fff::/20"),  # for documentation, RFC 3849 and RFC 9637
        *("198.18.0.0/15", "2001:2::/48"),  # for benchmarks, RFC 2544 and RFC 5180
        *("0.0.0.0/8", "192.0.0.0/24", "240.0.0.0/4", "100::/64", "2001:10::/28", "5f00::/16"),  # RFC 6890
    ),
}
"""Networks by scope; the first one with an address counts. All other addresses are public."""

PARSED_NETWORKS = [(scope, ip_network(text)) for scope, texts in NETWORKS.items() for text in texts]

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
    state = _get(record, "state")
    has_peer = state is None and any(_get(record, field) is not None for field in PEER_FIELDS)
    return is_listening(_get(record, "protocol"), state, has_peer=has_peer)


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

    Reserved addresses are used as private ones, or replace others in dumps.

    Args:
        address: the address in canonical text.
        is_cut: true if netstat has truncated it; its first group is whole.
    """
    if address and is_cut:
        address = f"{address.partition(':')[0]}::1" if address.partition(":")[0] else None
    parsed = parse_address(address or "")
    if parsed is None:
        return None
    found = (scope for scope, network in PARSED_NETWORKS if parsed.version == network.version and parsed in network)
    return next(found, "public")


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
