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
    keys = {key for _, key in wanted}
    earlier: dict[Hashable, list[Connection]] = defaultdict(list)
    for socket in trusted(dump, dump.connections):
        key = identify_ends(socket)
        if key in keys and not has_cut_end(socket):
            earlier[key].append(socket)
    return [
        (now, before[0])
        for now, key in wanted
        if (before := [other for other in earlier.get(key, ()) if may_be_same_socket(other, now)])
    ]
