"""Records that may feed a rule."""

from collections.abc import Sequence
from typing import TypeVar

from netstat_parse.schema.dump import Dump
from netstat_parse.schema.model import Record
from netstat_parse.schema.sockets import Connection

R = TypeVar("R", bound=Record)

DOUBTED = frozenset({"untrustworthy", "truncated-row", "damaged-word", "line-cut"})
"""Diagnostics of records that feed no rule."""


DAMAGE = frozenset({"unparsed-line", "truncated-row", "possible-row"})
"""Diagnostics of rows that are in no record, or not whole."""


def trusted(dump: Dump, records: Sequence[R]) -> list[R]:
    """Return the records whose lines the parser does not doubt."""
    doubted = {found.line for found in dump.diagnostics if found.code in DOUBTED}
    return [record for record in records if record.line not in doubted] if doubted else list(records)


def has_damage(dump: Dump, records: Sequence[Record]) -> bool:
    """Return whether a row among these records could not be read, so that what is missing may have been printed."""
    lines = [record.line for record in records]
    table = range(min(lines, default=1) - 1, max(lines, default=0) + 2)
    return any(found.code in DAMAGE and (found.line or 0) in table for found in dump.diagnostics)


def is_listener(socket: Connection) -> bool:
    """Return whether a socket listens; a UDP socket does if it has a port and no peer."""
    if socket.protocol not in ("udp", "udplite"):
        return socket.state == "listen"
    no_peer = socket.remote_address is None and socket.remote_host is None
    return no_peer and (socket.local_port is not None or socket.local_service is not None)
