"""Sockets that two moments have in common."""

from collections import defaultdict
from collections.abc import Hashable, Iterable

from netstat_parse.insight.check.records import trusted
from netstat_parse.insight.facts.socket_identity import has_cut_end, identify_ends, may_be_same_socket
from netstat_parse.schema.dump import Dump
from netstat_parse.schema.sockets import Connection


def find_earlier(dump: Dump, sockets: Iterable[Connection]) -> list[tuple[Connection, Connection]]:
    """Find each socket in the dump of the earlier moment: pairs of now and before.

    Ends that netstat truncated are the same as none.
    """
    wanted = [(socket, identify_ends(socket)) for socket in sockets if not has_cut_end(socket)]
    if not wanted:
        return []
    keys = {key for _, key in wanted}
    ports = {_key_ports(socket) for socket, _ in wanted}
    earlier: dict[Hashable, list[Connection]] = defaultdict(list)
    # Ports leave out nearly all sockets, and cost less than the addresses.
    for socket in trusted(dump, [s for s in dump.connections if _key_ports(s) in ports]):
        key = identify_ends(socket)
        if key in keys and not has_cut_end(socket):
            earlier[key].append(socket)
    return [
        (now, before[0])
        for now, key in wanted
        if (before := [other for other in earlier.get(key, ()) if may_be_same_socket(other, now)])
    ]


def _key_ports(socket: Connection) -> Hashable:
    return socket.local_port, socket.remote_port
