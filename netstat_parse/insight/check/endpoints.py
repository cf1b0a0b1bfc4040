"""Addresses and ports of sockets: which reach other hosts, which belong to a service, which a name or a cut hides."""

from collections.abc import Iterable

from netstat_parse.insight.facts.addresses import WILDCARD, join_end, local_port, remote_port
from netstat_parse.insight.facts.listening import LOOPBACK_HOSTS, classify_endpoint
from netstat_parse.records.identity import MAPPED, unmap
from netstat_parse.schema.sockets import Connection

LOOPBACK_PREFIXES = ("127.", f"{MAPPED}127.")


def find_scope(socket: Connection) -> str | None:
    """Return from where the local end can be reached, as `netstat-parse listeners` does; None if it is not known."""
    is_cut = "local_address" in socket.truncated
    return classify_endpoint(socket.family, socket.local_address, socket.local_host, is_cut=is_cut)


def is_loopback(socket: Connection) -> bool:
    """Return whether both ends are on this host, so that no network is between them."""
    if socket.local_address is not None and socket.local_address == socket.remote_address:
        return not socket.truncated
    return _is_loopback_end(socket.local_address, socket.local_host) or _is_loopback_end(
        socket.remote_address, socket.remote_host
    )


def _is_loopback_end(address: str | None, host: str | None) -> bool:
    if address is None:
        return host is not None and host.lower() in LOOPBACK_HOSTS
    return address.startswith(LOOPBACK_PREFIXES) or address == "::1"


def local_end(socket: Connection) -> str:
    """Return the text of the local address and port."""
    return _join(socket.local_address, socket.local_host, local_port(socket))


def remote_end(socket: Connection) -> str:
    """Return the text of the remote address and port."""
    return _join(socket.remote_address, socket.remote_host, remote_port(socket))


def peer_address(socket: Connection) -> str | None:
    """Return the address or name of the peer; None if there is none, or if netstat truncated it."""
    if "remote_address" in socket.truncated or "remote_host" in socket.truncated:
        return None
    return socket.remote_host if socket.remote_address is None else unmap(socket.remote_address)


def peer_end(socket: Connection) -> str | None:
    """Return the text of the peer's address and port; None if either is unknown or truncated."""
    address = peer_address(socket)
    port = remote_port(socket)
    is_hidden = "remote_port" in socket.truncated or "remote_service" in socket.truncated
    return None if address is None or port is None or is_hidden else join_end(address, port)


def _join(address: str | None, host: str | None, port: int | str | None) -> str:
    text = host if address is None else unmap(address)
    return join_end(text or WILDCARD, WILDCARD if port is None else port)


def count_peers(sockets: Iterable[Connection]) -> int:
    """Count the addresses of peers."""
    return len({address for address in map(peer_address, sockets) if address is not None})
