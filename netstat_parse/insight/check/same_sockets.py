"""Sockets that two moments have in common."""

from collections import defaultdict
from collections.abc import Hashable, Iterable

from netstat_parse.insight.check.records import trusted
from netstat_parse.insight.facts.addresses import local_port, remote_port, unmap
from netstat_parse.schema.dump import Dump
from netstat_parse.schema.sockets import Connection

CUT = frozenset({"local_address", "local_host", "local_port", "remote_address", "remote_host", "remote_port"})


def find_earlier(dump: Dump, sockets: Iterable[Connection]) -> list[tuple[Connection, Connection]]:
    """Find each socket in the dump of the earlier moment: pairs of now and before.

    Ends that netstat truncated are the same as none, and so are sockets whose inode or process is another now.
    """
    wanted = [(socket, _identify(socket)) for socket in sockets]
    if not wanted:
        return []
    keys = {key for _, key in wanted if key is not None}
    ports = {_key_ports(socket) for socket, _ in wanted}
    earlier: dict[Hashable, list[Connection]] = defaultdict(list)
    # Ports leave out nearly all sockets, and cost less than the addresses.
    for socket in trusted(dump, [s for s in dump.connections if _key_ports(s) in ports]):
        key = _identify(socket)
        if key in keys:
            earlier[key].append(socket)
    return [
        (now, before[0])
        for now, key in wanted
        if (before := [other for other in earlier.get(key, ()) if _may_be_same(now, other)])
    ]


def _key_ports(socket: Connection) -> Hashable:
    return socket.local_port, socket.remote_port


def _identify(socket: Connection) -> Hashable:
    """Return the protocol and both ends; None if an end is truncated."""
    if socket.truncated and not CUT.isdisjoint(socket.truncated):
        return None
    local = socket.local_host if socket.local_address is None else unmap(socket.local_address)
    remote = socket.remote_host if socket.remote_address is None else unmap(socket.remote_address)
    return socket.protocol, local, local_port(socket), remote, remote_port(socket)


def _may_be_same(now: Connection, before: Connection) -> bool:
    """Return whether neither inode nor process ID proves that the socket was replaced."""
    return all(not new or not old or new == old for new, old in ((now.inode, before.inode), (now.pid, before.pid)))
