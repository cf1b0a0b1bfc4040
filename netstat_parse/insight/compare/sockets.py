"""Compare the sockets of two moments."""

from collections.abc import Callable, Hashable, Iterator, Sequence
from operator import attrgetter
from typing import TypeVar

from netstat_parse.insight.compare.matching import Pass
from netstat_parse.insight.compare.records import Changes, compare_records
from netstat_parse.insight.compare.sides import Sides, Unlisted
from netstat_parse.insight.facts.listening import is_listener
from netstat_parse.insight.facts.printed_values import Identity, PrintedValue
from netstat_parse.insight.facts.socket_identity import identify_ends, list_ends, may_be_same_socket, waits_for_peers
from netstat_parse.schema import Connection, UnixSocket
from netstat_parse.schema.comparison import NotComparable

SocketType = TypeVar("SocketType", Connection, UnixSocket)

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
        Pass[Connection](lambda socket: (identify_ends(socket), socket.state, _owner(socket))),
        Pass[Connection](lambda socket: (identify_ends(socket), socket.state), may_be_same_socket),
        Pass[Connection](identify_ends, may_be_same_socket),
    ]
    changes, problems = compare_records("connections", before, after, passes, identify=list_ends, fields=CHANGED_FIELDS)
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


def _owner(socket: Connection) -> Hashable:
    return socket.program if waits_for_peers(socket) else (socket.inode, socket.pid)


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
    is_listening = attrgetter("is_listening")
    before, after = (_select(moment.unix_sockets, is_listening, sides.unlisted) for moment in sides.moments)
    changes, problems = compare_records(
        "unix_sockets", before, after, passes, identify=_identify_unix, fields=("state",)
    )
    if any(moment.unix_sockets for moment in sides.moments):
        problems = [*_report_unlisted("unix_sockets", sides.unlisted), *problems]
    return changes, problems


def _has_name(socket: UnixSocket) -> bool:
    return socket.path is not None and socket.is_listening


def _identify_unix(socket: UnixSocket) -> Identity:
    return (
        PrintedValue("cut" if "path" in socket.truncated else "number", socket.path),
        PrintedValue("number", socket.type),
    )
