"""Rules about listening sockets: services that others can reach, and listeners without a program."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from functools import lru_cache
from ipaddress import ip_network
from typing import NamedTuple

from netstat_parse.insight.check.cases import CannotJudgeError, Case, Limits, View
from netstat_parse.insight.check.endpoints import find_scope, local_end
from netstat_parse.insight.check.evidence import cite_sockets, list_some
from netstat_parse.insight.facts.addresses import parse_address
from netstat_parse.insight.facts.doubts import HIDDEN_PROCESSES
from netstat_parse.records.services import find_ports
from netstat_parse.records.severities import SEVERITIES
from netstat_parse.schema.findings import Severity
from netstat_parse.schema.sockets import Connection

UNKNOWN_ADDRESS = "the listeners' addresses are printed as names or truncated: they need -n, on Linux also -W"


class Service(NamedTuple):
    """A service on a port of the list."""

    protocol: str
    port: int
    name: str

    def __str__(self) -> str:
        return f"{self.name} ({self.port}/{self.protocol})"


def judge_exposed(view: View, limits: Limits) -> Iterable[Case]:
    """Find services that should not be reachable from everywhere and listen on all addresses or on a public one."""
    listeners = view.listeners
    usual = frozenset(limits["usual_on_windows"] if view.system == "windows" else ())
    found: dict[tuple[Severity, object], list[tuple[Connection, Service]]] = defaultdict(list)
    for socket, service in _find_services(listeners, limits):
        scope = _find_scope(socket, limits)
        is_usual = scope == "every_address" and service.port in usual
        if is_usual:
            found["note", "usual"].append((socket, service))
        elif scope in ("every_address", "public"):
            key = (service, socket.program, scope)
            found["error" if scope == "public" else "warning", key].append((socket, service))
    if not found:
        _check_addresses(listeners, limits)
    by_severity = sorted(found.items(), key=lambda item: SEVERITIES.index(item[0][0]), reverse=True)
    for (severity, _), pairs in by_severity:
        yield _describe_services(view, severity, pairs)


def _find_scope(socket: Connection, limits: Limits) -> str | None:
    """Return from where a listener can be reached; some public addresses are used as private ones.

    None if it is not known: for a name, and for a truncated address that is not private.
    """
    scope = find_scope(socket)
    if scope != "public":
        return scope
    address = parse_address(socket.local_address or "")
    if address is None or "local_address" in socket.truncated:
        return None
    is_used = any(address in ip_network(text) for text in limits["private_networks"])
    return "private" if is_used else scope


def _describe_services(view: View, severity: Severity, pairs: list[tuple[Connection, Service]]) -> Case:
    sockets = [socket for socket, _ in pairs]
    services = ", ".join(dict.fromkeys(str(service) for _, service in pairs))
    programs = dict.fromkeys(s.program for s in sockets if s.program)
    owner = f" by {list_some(programs)}" if programs else ""
    ends = list_some(map(local_end, sockets))
    message = f"{services} listens on {ends}{owner}"
    if severity == "note":
        message = f"{services} on all addresses, as usual on Windows"
    return Case(severity, services, message, cite_sockets(view.dump, sockets, _cited_field(sockets)))


def _cited_field(sockets: Iterable[Connection]) -> str:
    return "local_address" if all(s.local_address is not None for s in sockets) else "local_service"


def _find_services(listeners: Iterable[Connection], limits: Limits) -> Iterable[tuple[Connection, Service]]:
    ports = _list_ports(tuple(limits["ports"].items()))
    for socket in listeners:
        for port in _find_ports(socket):
            if name := ports.get((socket.protocol, port)):
                yield socket, Service(socket.protocol, port, name)


def _find_ports(socket: Connection) -> Iterable[int]:
    """Return the port, or the ports of the service whose name was printed instead."""
    if socket.local_port is not None or socket.local_service is None or "local_service" in socket.truncated:
        return [] if socket.local_port is None else [socket.local_port]
    return [port for port, protocol in find_ports(socket.local_service) if protocol == socket.protocol]


@lru_cache(4)
def _list_ports(texts: tuple[tuple[str, str], ...]) -> Mapping[tuple[str, int], str]:
    """Return the names of services by protocol and port; `5900-5910/tcp` is a range, an empty name removes a port.

    Raises:
        ValueError: a port is not of this form.
    """
    names: dict[tuple[str, int], str] = {}
    for text, name in texts:
        ports, slash, protocol = text.partition("/")
        first, _, last = ports.partition("-")
        if not slash or not first.isdecimal() or not (last or first).isdecimal():
            raise ValueError(f"port {text!r} is not of the form 23/tcp or 5900-5910/tcp")
        names.update({(protocol, port): name for port in range(int(first), int(last or first) + 1)})
    return names


def _check_addresses(listeners: Iterable[Connection], limits: Limits) -> None:
    """Check that the address of each listed service is known.

    Raises:
        CannotJudgeError: it is not, for at least one.
    """
    if any(find_scope(socket) is None for socket, _ in _find_services(listeners, limits)):
        raise CannotJudgeError(UNKNOWN_ADDRESS)


def judge_plaintext(view: View, limits: Limits) -> Iterable[Case]:
    """Find services that send passwords in the clear, but those that `service-exposed` finds."""
    listeners = view.listeners
    found = []
    for socket, service in _find_services(listeners, limits):
        scope = _find_scope(socket, limits)
        is_open = scope in ("every_address", "public")
        if scope in ("private", "reserved") or (is_open and service.port not in limits["exposed"]):
            found.append((socket, service))
    if not found:
        _check_addresses(listeners, limits)
    groups: dict[tuple[Service, str | None], list[Connection]] = defaultdict(list)
    for socket, service in found:
        groups[service, socket.program].append(socket)
    for (service, program), sockets in groups.items():
        owner = f" by {program}" if program else ""
        message = f"{service} listens on {list_some(map(local_end, sockets))}{owner}"
        yield Case("note", str(service), message, cite_sockets(view.dump, sockets, _cited_field(sockets)))


def judge_no_process(view: View, limits: Limits) -> Iterable[Case]:
    """Find TCP listeners without a program where nearly all others have one."""
    tcp = [s for s in view.listeners if s.protocol == "tcp"]
    owned = sum(s.program is not None for s in tcp)
    if not owned:
        raise CannotJudgeError("no programs were printed: they need -p")
    if any(found.code == HIDDEN_PROCESSES for found in view.dump.diagnostics):
        raise CannotJudgeError("the programs of other users were not printed: netstat has to run as root")
    if owned < limits["programs"] or owned < limits["share"] * (len(tcp) - 1):
        return
    for socket in tcp:
        if socket.program is None:
            end = f"tcp {local_end(socket)}"
            message = f"{end} listens without a program, while {owned} of {len(tcp) - 1} other listeners have one"
            yield Case("note", end, message, cite_sockets(view.dump, [socket], "local_port"))
