"""Find the sockets of two moments that are the same one.

Sockets have no identity of their own that every netstat prints. A listener is the same one if protocol, address, port
and program are: a service that was started again has another process ID only. A connection is the same one if both ends
are, and neither inode nor process ID proves that it was replaced.
"""

from collections.abc import Hashable

from netstat_parse.insight.facts.listening import is_listener
from netstat_parse.insight.facts.printed_values import Identity, PrintedValue
from netstat_parse.records.identity import unmap
from netstat_parse.schema import Connection

STARTERS = frozenset({"systemd", "init"})
"""Programs that open sockets for others, so that netstat prints either: socket activation."""

_LOCAL = frozenset({"local_address", "local_host"})
_REMOTE = frozenset({"remote_address", "remote_host"})
_PORTS = frozenset({"local_port", "local_service", "remote_port", "remote_service"})


def has_cut_end(socket: Connection) -> bool:
    """Return whether netstat truncated an address or a port."""
    return bool(socket.truncated) and not (_LOCAL | _REMOTE | _PORTS).isdisjoint(socket.truncated)


def identify_ends(socket: Connection) -> Hashable:
    """Return what two rows of one socket have in common: its key, but not the family, which older tools leave out.

    A name and a number, or a whole and a truncated value, are not equal.
    """
    _kind, _family, *ends = socket.key
    return (*ends, *(value.form for value in list_ends(socket)))


def list_ends(socket: Connection) -> Identity:
    """Return the protocol and both ends, an IPv4-mapped address as the IPv4 address, as they were printed."""
    cut = socket.truncated
    return (
        PrintedValue("number", socket.protocol),
        _address(socket.local_address, _local_host(socket), is_cut=not _LOCAL.isdisjoint(cut)),
        _port(socket.local_port, socket.local_service),
        _address(socket.remote_address, socket.remote_host, is_cut=not _REMOTE.isdisjoint(cut)),
        _port(socket.remote_port, socket.remote_service),
    )


def _local_host(socket: Connection) -> str | None:
    """Return the name of the local host; without -n, netstat prints 0.0.0.0 as ``*``, which is no address."""
    return "*" if socket.local_address is None and socket.local_host is None else socket.local_host


def _address(address: str | None, host: str | None, *, is_cut: bool) -> PrintedValue:
    if is_cut:
        return PrintedValue("cut", address or host)
    return PrintedValue("name", host) if host is not None else PrintedValue("number", unmap(address))


def _port(port: int | None, service: str | None) -> PrintedValue:
    return PrintedValue("name", service) if service is not None else PrintedValue("number", port)


def waits_for_peers(socket: Connection) -> bool:
    """Return whether a socket is a listener, or a raw socket, which waits for packets of its protocol."""
    return is_listener(socket) or (socket.protocol == "raw" and socket.remote_address is None)


def may_be_same_socket(before: Connection, after: Connection) -> bool:
    """Return whether two sockets with the same ends can be the same one."""
    if waits_for_peers(before) and waits_for_peers(after):
        is_cut = "program" in before.truncated or "program" in after.truncated
        return may_be_same_program(before.program, after.program, is_cut=is_cut)
    if before.inode and after.inode:
        return before.inode == after.inode
    return before.pid is None or after.pid is None or before.pid == after.pid


def may_be_same_program(before: str | None, after: str | None, *, is_cut: bool) -> bool:
    """Return whether two listeners with one address and port can be of the same program.

    Args:
        before: the program before; None if it was not printed, so that it may be any.
        after: the program after.
        is_cut: true if netstat truncated a name: then they are compared by what both sides print.
    """
    if before is None or after is None:
        return True
    names = name_program(before), name_program(after)
    if names[0] == names[1] or not STARTERS.isdisjoint(names):
        return True
    return is_cut and (names[0].startswith(names[1]) or names[1].startswith(names[0]))


def name_program(program: str) -> str:
    """Return the name of a program without path and title, which it may change: `sshd: /usr/sbin` is sshd."""
    name = program.partition(":")[0].strip()
    return name.rpartition("/")[2] or name
