"""Compare the sockets of two moments.

Sockets have no identity of their own that every netstat prints. A listener is the same one if protocol, address, port
and program are: a service that was started again has another process ID only. A connection is the same one if both ends
are, and neither inode nor process ID proves that it was replaced.
"""

from collections.abc import Callable, Hashable, Iterator, Sequence
from operator import attrgetter
from typing import TypeVar

from netstat_parse.insight.compare.matching import Part, Parts, Pass
from netstat_parse.insight.compare.records import Changes, compare_records
from netstat_parse.insight.compare.sides import Sides, Unlisted
from netstat_parse.insight.facts.listening import PEER_FIELDS, is_listening
from netstat_parse.schema import Connection, UnixSocket
from netstat_parse.schema.comparison import NotComparable

SocketType = TypeVar("SocketType", Connection, UnixSocket)

MAPPED = "::ffff:"
"""Prefix of an IPv4 address in a socket of IPv6 (RFC 4291)."""

CHANGED_FIELDS = ("state", "user", "uid")
"""Fields by which a socket has changed."""

EXACT_FIELDS = (
    *("protocol", "state", "state_text", "inode", "pid", "program", "user", "uid"),
    *(f"{side}_{part}" for side in ("local", "remote") for part in ("address", "port", "zone", "host", "service")),
)
"""Fields that are equal in two rows of one socket, as one netstat prints it."""


def compare_connections(sides: Sides) -> Changes:
    """Compare the network sockets."""
    before, after = (_select(moment.connections, is_listener, sides.unlisted) for moment in sides.moments)
    passes = [
        Pass[Connection](attrgetter(*EXACT_FIELDS)),  # nearly all sockets, and fast
        Pass[Connection](lambda socket: (_ends(socket), socket.state, _owner(socket))),
        Pass[Connection](lambda socket: (_ends(socket), socket.state), _is_same_socket),
        Pass[Connection](_ends, _is_same_socket),
    ]
    changes, problems = compare_records("connections", before, after, passes, parts=_parts, fields=CHANGED_FIELDS)
    if any(moment.connections for moment in sides.moments):
        problems = [*_report_unlisted("connections", sides.unlisted), *problems]
    return changes, problems


def _select(
    sockets: Sequence[SocketType], is_listening: Callable[[SocketType], bool], unlisted: Unlisted
) -> list[SocketType]:
    """Return the sockets that both sides list."""
    if not any(unlisted):
        return list(sockets)
    return [socket for socket in sockets if not (unlisted.listeners if is_listening(socket) else unlisted.others)]


def _report_unlisted(table: str, unlisted: Unlisted) -> Iterator[NotComparable]:
    if unlisted.listeners:
        yield NotComparable(table=table, subject="listeners", reason="only one side lists them (netstat -a or -l)")
    if unlisted.others:
        reason = "only one side lists them (netstat without -l)"
        yield NotComparable(table=table, subject="sockets that do not listen", reason=reason)


def is_listener(socket: Connection) -> bool:
    """Return whether a socket waits for peers, as the command `listeners` decides it."""
    has_peer = any(getattr(socket, field) is not None for field in PEER_FIELDS)
    return is_listening(socket.protocol, socket.state, has_peer=has_peer)


def waits_for_peers(socket: Connection) -> bool:
    """Return whether a socket is a listener, or a raw socket, which waits for packets of its protocol."""
    return is_listener(socket) or (socket.protocol == "raw" and socket.remote_address is None)


def _ends(socket: Connection) -> Hashable:
    more = tuple(map(_unmap, socket.more_local_addresses)), tuple(map(_unmap, socket.more_remote_addresses))
    is_raw = socket.protocol == "raw" and socket.state_text
    return (*_parts(socket), socket.local_zone, socket.remote_zone, *more, is_raw)


def _parts(socket: Connection) -> Parts:
    cut = socket.truncated
    return (
        Part("number", socket.protocol),
        _address(socket.local_address, _local_host(socket), is_cut=not _LOCAL.isdisjoint(cut)),
        _port(socket.local_port, socket.local_service),
        _address(socket.remote_address, socket.remote_host, is_cut=not _REMOTE.isdisjoint(cut)),
        _port(socket.remote_port, socket.remote_service),
    )


_LOCAL = frozenset({"local_address", "local_host"})
_REMOTE = frozenset({"remote_address", "remote_host"})


def _local_host(socket: Connection) -> str | None:
    """Return the name of the local host; without -n, netstat prints 0.0.0.0 as ``*``, which is no address."""
    return "*" if socket.local_address is None and socket.local_host is None else socket.local_host


def _address(address: str | None, host: str | None, *, is_cut: bool) -> Part:
    if is_cut:
        return Part("cut", address or host)
    return Part("name", host) if host is not None else Part("number", _unmap(address or ""))


def _unmap(address: str) -> str:
    """Return the IPv4 address of an IPv4-mapped one."""
    return address.removeprefix(MAPPED) if "." in address else address


def _port(port: int | None, service: str | None) -> Part:
    return Part("name", service) if service is not None else Part("number", port)


def _owner(socket: Connection) -> Hashable:
    return socket.program if waits_for_peers(socket) else (socket.inode, socket.pid)


def _is_same_socket(before: Connection, after: Connection) -> bool:
    """Return whether two sockets with the same ends can be the same one."""
    if waits_for_peers(before) and waits_for_peers(after):
        return _is_same_program(before, after)
    if before.inode and after.inode:
        return before.inode == after.inode
    return before.pid is None or after.pid is None or before.pid == after.pid


def _is_same_program(before: Connection, after: Connection) -> bool:
    """Return whether two listeners can be of one program: where a name is truncated, by what both sides print."""
    if before.program is None or after.program is None or before.program == after.program:
        return True
    if "program" not in before.truncated and "program" not in after.truncated:
        return False
    return before.program.startswith(after.program) or after.program.startswith(before.program)


def compare_unix_sockets(sides: Sides) -> Changes:
    """Compare the UNIX domain sockets: listeners by path, all others by inode."""
    passes = [
        Pass[UnixSocket](lambda socket: (socket.type, socket.path, socket.program) if _has_name(socket) else None),
        Pass[UnixSocket](
            lambda socket: (socket.type, socket.path) if _has_name(socket) else None,
            lambda before, after: before.program is None or after.program is None,
        ),
        Pass[UnixSocket](lambda socket: (socket.type, socket.path, socket.inode) if socket.inode else None),
        Pass[UnixSocket](lambda socket: None if socket.inode else (socket.type, socket.path, socket.state)),
    ]
    before, after = (_select(moment.unix_sockets, _is_listening, sides.unlisted) for moment in sides.moments)
    changes, problems = compare_records("unix_sockets", before, after, passes, parts=_unix_parts, fields=("state",))
    if any(moment.unix_sockets for moment in sides.moments):
        problems = [*_report_unlisted("unix_sockets", sides.unlisted), *problems]
    return changes, problems


def _has_name(socket: UnixSocket) -> bool:
    return socket.path is not None and _is_listening(socket)


def _is_listening(socket: UnixSocket) -> bool:
    return socket.state == "listening" or "accept" in socket.flags


def _unix_parts(socket: UnixSocket) -> Parts:
    return (Part("cut" if "path" in socket.truncated else "number", socket.path), Part("number", socket.type))
