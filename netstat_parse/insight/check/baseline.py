"""The listeners that a host should have: a dump, a list of lines, or JSON of `netstat-parse listeners`.

A list has one listener a line: protocol, address and port, and the program if it matters::

    # web server
    tcp 0.0.0.0:22 sshd
    tcp [::]:22 sshd
    tcp *:443
    udp 127.0.0.1:323 chronyd
"""

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pydantic import ValidationError

from netstat_parse.insight.check.records import is_ip_listener
from netstat_parse.insight.facts.addresses import MAX_PORT, WILDCARD, join_end, local_port, parse_address
from netstat_parse.insight.facts.listening import is_listener
from netstat_parse.records.identity import unmap
from netstat_parse.records.services import find_ports
from netstat_parse.schema.dump import Dump
from netstat_parse.schema.sockets import Connection

PROTOCOLS = frozenset({"tcp", "udp", "udplite", "sctp", "dccp"})
"""Protocols with listeners."""

TABLES = ("listeners", "connections")
"""Keys of a JSON document that hold listeners."""


class Listener(NamedTuple):
    """A listening socket, as it is compared: without its process, which changes with every restart."""

    protocol: str
    address: str
    """Address in canonical text, a name, or `*` for every address."""
    port: int | str
    """Port, or the name printed instead of it."""
    program: str | None
    record: Connection | None = None
    """The socket, if it is one of a dump."""

    @property
    def end(self) -> str:
        """Protocol, address and port: `tcp 0.0.0.0:22`."""
        return f"{self.protocol} {join_end(self.address, self.port)}"


class ListenerList(NamedTuple):
    """Listeners, and the name of the file that they are from."""

    source: str | None
    """Name of the file."""
    listeners: tuple[Listener, ...]


Baseline = Dump | ListenerList | Sequence[str]
"""The listeners that a host should have: those of a dump, a list of them, or the lines of such a list."""


def list_baseline(baseline: Baseline) -> ListenerList:
    """List the listeners of a baseline.

    Raises:
        ValueError: a line is no listener.
    """
    match baseline:
        case Dump():
            return ListenerList(baseline.source, tuple(find_listeners(baseline)))
        case ListenerList():
            return baseline
        case _:
            return parse_baseline("\n".join(baseline), "baseline")


def find_listeners(dump: Dump) -> list[Listener]:
    """Find the listeners of a dump; those whose address or port netstat truncated are left out."""
    return _list_listeners(dump.connections)


def _list_listeners(sockets: Iterable[Connection]) -> list[Listener]:
    found = (_describe(s) for s in sockets if is_ip_listener(s))
    return [listener for listener in found if listener is not None]


def _describe(socket: Connection) -> Listener | None:
    port = local_port(socket)
    if port is None or not {"local_address", "local_host", "local_port", "local_service"}.isdisjoint(socket.truncated):
        return None
    address = socket.local_host if socket.local_address is None else unmap(socket.local_address)
    return Listener(socket.protocol, address or WILDCARD, port, socket.program, socket)


def is_list(text: str) -> bool:
    """Return whether a text is a list of listeners or JSON, and not the output of netstat: its first line decides."""
    if text.lstrip().startswith(("{", "[")):
        return True
    protocol, address, third = [*next(filter(None, map(_strip, text.splitlines())), "").split(), "", "", ""][:3]
    has_peer = third.rpartition(":")[2] in ("0", WILDCARD)
    return _protocol(protocol) in PROTOCOLS and ":" in address and not has_peer


def parse_baseline(text: str, source: str) -> ListenerList:
    """Parse a list of listeners, or the JSON of `netstat-parse listeners` or of a dump.

    Raises:
        ValueError: a line or an entry is no listener; the message names the file and the line or entry.
    """
    if text.lstrip().startswith(("{", "[")):
        return ListenerList(source, tuple(_parse_json(text, source)))
    listeners = []
    for number, line in enumerate(text.splitlines(), 1):
        if stripped := _strip(line):
            try:
                listeners.append(_parse_line(stripped))
            except ValueError as error:
                raise ValueError(f"{source}:{number}: {error}") from error
    if not listeners:
        raise ValueError(f"{source}: no listeners: expected lines like `tcp 0.0.0.0:22 sshd`")
    return ListenerList(source, tuple(listeners))


def _strip(line: str) -> str:
    """Return a line without its comment."""
    return "" if line.lstrip().startswith("#") else line.partition(" #")[0].strip()


def _parse_line(line: str) -> Listener:
    protocol, *rest = line.split(maxsplit=2)
    if not rest:
        raise ValueError(f"no address in {line!r}: expected protocol, address:port and perhaps a program")
    address, colon, port = rest[0].rpartition(":")
    if not protocol[0].isalpha() or not colon or not port:
        raise ValueError(f"{line!r} is no listener: expected protocol, address:port and perhaps a program")
    program = rest[1].strip() if len(rest) > 1 else None
    return Listener(_protocol(protocol), _address(address), _port(port, _protocol(protocol)), program)


def _protocol(text: str) -> str:
    """Return the name of a protocol, without the family: tcp6 is tcp."""
    return text.lower().rstrip("46")


def _address(text: str) -> str:
    """Return an address in canonical text.

    Raises:
        ValueError: it is neither an address nor `*`.
    """
    bare = text.removeprefix("[").removesuffix("]").partition("%")[0]
    if bare == WILDCARD:
        return bare
    address = parse_address(bare)
    if address is None:
        raise ValueError(f"{text!r} is no address: write *, an IPv4 address, or an IPv6 address in brackets")
    return str(address)


def _port(text: str, protocol: str) -> int:
    """Return a port, also that of the name of a service.

    Raises:
        ValueError: it is neither, or the name is of several ports.
    """
    if not text.isdecimal():
        ports = [port for port, own in find_ports(text) if own == protocol]
        if len(ports) != 1:
            raise ValueError(f"{text!r} is no known service of {protocol}: write the number of its port")
        return ports[0]
    if int(text) > MAX_PORT:
        raise ValueError(f"{text} is no port: the last one is {MAX_PORT}")
    return int(text)


def _parse_json(text: str, source: str) -> Iterable[Listener]:
    for place, entry in _list_entries(text, source):
        try:
            yield from _parse_entry(entry)
        except ValueError as error:
            raise ValueError(f"{place}: {error}") from error


def _list_entries(text: str, source: str) -> Iterable[tuple[str, object]]:
    """List the entries of a JSON document, or of a document a line, each with its place.

    Raises:
        ValueError: it is no JSON, or has no list of listeners.
    """
    lines = [(number, line) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    if len(lines) > 1 and all(line.startswith("{") and line.rstrip().endswith("}") for _, line in lines):
        yield from ((f"{source}:{number}", _load_json(line, f"{source}:{number}")) for number, line in lines)
        return
    document = _load_json(text, source)
    if isinstance(document, dict):
        document = next((document[key] for key in TABLES if key in document), None)
    if not isinstance(document, list):
        raise ValueError(f"{source}: no list of listeners: expected a list, or the key {' or '.join(TABLES)}")  # noqa: TRY004 - bad data, as all of its errors
    yield from ((f"{source}: entry {number}", entry) for number, entry in enumerate(document, 1))


def _load_json(text: str, place: str) -> object:
    try:
        return json.loads(text)
    except ValueError as error:
        raise ValueError(f"{place}: {error}") from error


def _parse_entry(entry: object) -> Iterable[Listener]:
    """Return the listener of a record, as of one of a dump; nothing for a record that is none.

    Raises:
        ValueError: it is no valid record, or a listener without a port.
    """
    if not isinstance(entry, dict) or not isinstance(entry.get("protocol"), str):
        raise ValueError("no protocol")  # noqa: TRY004 - bad data, as all of its errors
    values = {"snapshot": 0, "line": 1} | {key: value for key, value in entry.items() if key in Connection.model_fields}
    values["protocol"] = _protocol(entry["protocol"])
    if values.get("local_address") is not None and not values.get("truncated"):
        address = _address(str(values["local_address"]))
        values["local_address"] = None if address == WILDCARD else address
    try:
        socket = Connection.model_validate(values)
    except ValidationError as error:
        first = error.errors()[0]
        raise ValueError(f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    if is_listener(socket) and local_port(socket) is None:
        raise ValueError("no local_port and no local_service")
    return _list_listeners([socket])
