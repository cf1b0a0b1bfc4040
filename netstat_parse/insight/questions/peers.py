"""The peers of this host, and the number of connections in each state."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from netstat_parse.insight.facts.dynamic_ports import DYNAMIC_PORTS
from netstat_parse.insight.facts.listening import classify_endpoint, widest
from netstat_parse.insight.questions.networks import NetworkFinder
from netstat_parse.insight.questions.question import MOMENT, Moment, Question, Socket, list_sockets
from netstat_parse.records.answers import Answer
from netstat_parse.records.identity import unmap
from netstat_parse.records.rows import Columns
from netstat_parse.records.selection import Selection
from netstat_parse.records.services import find_service

Server = tuple[str, str | None, int | str | None]
"""Protocol, address, and port of a listening socket, by its name if it has one. None is every address."""

FIRST_DYNAMIC_PORT = DYNAMIC_PORTS["linux"][0]
"""The first port that Linux gives to clients; a lower local port is taken for that of a server."""

ONLY_LISTENING = "it lists listening sockets only: netstat was run with -l"


class PeerQuestion(Question):
    """A question whose answer depends on which local ports are those of servers."""

    def __init__(self, selection: Selection | None = None) -> None:
        """Ask about the connections that a selection keeps; None for all."""
        super().__init__(selection)
        self._own: dict[int, set[Server]] = {}
        self._servers: dict[Any, set[Server]] = {}
        """Listening sockets by origin: of a snapshot that lists none, another one of the host may list them."""
        self._rows: list[tuple[Any, ...]] = []

    def add_connections(self, columns: Columns, is_listening: list[bool]) -> None:
        """Note the ports of servers, and keep the connections."""
        own = self._own.setdefault(columns["snapshot"][0], set())
        for socket, listens in zip(list_sockets(columns), is_listening, strict=True):
            if listens:
                exposure = classify_endpoint(socket.family, socket.local_address, socket.local_host, is_cut=False)
                address = None if exposure == "every_address" else unmap(socket.local_address or socket.local_host)
                own.add((socket.protocol, address, _server_end(socket)))
        self._keep(columns)

    def end_snapshot(self, index: int) -> None:
        """Answer for a snapshot that lists its own listening sockets, so that its connections can be dropped."""
        facts, own = self._facts[index], self._own.pop(index, set())
        self._servers.setdefault(facts.get("origin"), set()).update(own)
        if (own or facts.get("listeners") in {"only", "included"}) and index in self._sockets:
            self._rows += self.describe(Moment(index, facts, self._sockets.pop(index)), Servers(own))

    def describe(self, moment: Moment, servers: "Servers") -> Iterator[tuple[Any, ...]]:
        """Yield the records of the answer for one snapshot."""
        raise NotImplementedError

    def finish(self) -> list[tuple[Any, ...]]:
        """Return the records of all snapshots, in order."""
        for moment in self._moments():
            own = self._servers.get(moment.facts.get("origin"))
            self._rows += self.describe(moment, Servers(own or None))
        self._sockets.clear()
        return sorted(self._rows, key=lambda row: row[0])


class Servers:
    """The ports of a host's servers; a connection comes in at one of them, or else goes out."""

    def __init__(self, servers: set[Server] | None) -> None:
        """Know the listening sockets of the host; None if they are not known."""
        self.servers = servers

    def is_inbound(self, socket: Socket) -> bool | None:
        """Return whether a peer has opened the connection; None if the listening sockets are not known."""
        if self.servers is None:
            return None
        end, address = _server_end(socket), unmap(socket.local_address or socket.local_host)
        return not self.servers.isdisjoint([(socket.protocol, None, end), (socket.protocol, address, end)])


def _server_end(socket: Socket) -> int | str | None:
    """Return the name of the local port, or its number if it has none: netstat prints 22 in one row, ssh in another."""
    return socket.local_service or find_service(socket.protocol, socket.local_port) or socket.local_port


class Talkers(PeerQuestion):
    """The question of which hosts or networks have connections with this host, and how many."""

    table = "talkers"
    fields = (
        *MOMENT,
        *("remote_address", "remote_zone", "remote_host", "remote_network", "exposure", "connections"),
        *("inbound", "outbound", "states", "ports", "truncated"),
    )
    headings: ClassVar = {
        "Peer": ("remote_address", "remote_zone", "remote_host", "remote_network"),
        "Exposed": ("exposure",),
        "Count": ("connections",),
        "Inbound": ("inbound",),
        "Outbound": ("outbound",),
        "States": ("states",),
        "Ports": ("ports",),
    }

    def __init__(self, selection: Selection | None = None, networks: NetworkFinder | None = None) -> None:
        """Ask about the connections that a selection keeps; their peers by network if there is a finder."""
        super().__init__(selection)
        self._networks = networks

    def explain_silence(self) -> str | None:
        """Return why the input cannot show connections; None if it can."""
        scopes = self._scopes
        if self._sockets or self._rows or not scopes:
            return super().explain_silence()
        return ONLY_LISTENING if set(scopes) == {"only"} else None

    def answer(self) -> Answer:
        """Return a record for each peer of each snapshot, the one with most connections first."""
        rows = self.finish()
        return Answer(self.table, self.fields, rows, self._headings(self.headings))

    def describe(self, moment: Moment, servers: Servers) -> Iterator[tuple[Any, ...]]:
        """Yield a record for each peer, the one with most connections first."""
        peers: dict[tuple[Any, ...], list[Socket]] = {}
        for socket in moment.sockets:
            if socket.has_peer:
                peers.setdefault(self._name_peer(socket), []).append(socket)
        for peer, sockets in sorted(peers.items(), key=lambda found: -len(found[1])):
            inbound = [servers.is_inbound(socket) for socket in sockets]
            is_known = servers.servers is not None
            states = Counter(socket.state or socket.state_text or "none" for socket in sockets)
            ports = Counter(map(_service_port, sockets, inbound)) if is_known else Counter[str]()
            *address, truncated = peer
            exposure = widest({_classify_peer(socket) for socket in sockets})
            yield (
                *(*moment.values, *address, exposure, len(sockets)),
                *((sum(map(bool, inbound)), inbound.count(False)) if is_known else (None, None)),
                *(dict(states.most_common()), dict(ports.most_common()), list(truncated)),
            )

    def _name_peer(self, socket: Socket) -> tuple[Any, ...]:
        """Return address, zone, host name and network of a peer, and which of them netstat has truncated."""
        truncated = tuple(name for name in socket.truncated or () if name in {"remote_address", "remote_host"})
        address = socket.remote_address if truncated else unmap(socket.remote_address)
        if self._networks and address and not truncated and (network := self._networks.find(address)):
            return None, None, None, network, ()
        return address, socket.remote_zone, socket.remote_host, None, truncated


def _classify_peer(socket: Socket) -> str | None:
    is_cut = "remote_address" in (socket.truncated or ())
    return classify_endpoint(socket.family, socket.remote_address, socket.remote_host, is_cut=is_cut)


def _service_port(socket: Socket, is_inbound: bool | None) -> str:  # noqa: FBT001 - one of two columns
    return f"{socket.protocol}/{socket.local_end if is_inbound else socket.remote_end}"


class States(PeerQuestion):
    """The question of how many connections are in each state, by the port of the service and by program."""

    table = "states"
    key_fields = (
        *("protocol", "state", "state_text", "local_port", "local_service", "remote_port", "remote_service"),
        *("service", "pid", "program"),
    )
    headings: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "Proto": ("protocol",),
        "State": ("state", "state_text"),
        "Local port": ("local_port", "local_service"),
        "Remote port": ("remote_port", "remote_service"),
        "Service": ("service",),
        "Process": ("pid", "program"),
        "Count": ("connections",),
    }

    choices: ClassVar[Mapping[str, tuple[str, ...]]] = {
        "protocol": ("protocol",),
        "state": ("state", "state_text"),
        "local_port": ("local_port", "local_service"),
        "remote_port": ("remote_port", "remote_service"),
        "service": ("service",),
        "program": ("pid", "program"),
    }
    """Words that connections can be counted by, each with its fields."""

    def __init__(self, selection: Selection | None = None, by: Sequence[str] = ()) -> None:
        """Ask about the connections that a selection keeps, and count them by some of `choices`; by default by all."""
        super().__init__(selection)
        self.fields = tuple(field for choice in by or self.choices for field in self.choices[choice])
        self._indexes = [self.key_fields.index(field) for field in self.fields]

    def answer(self) -> Answer:
        """Return a record for each combination of state, port and program of each snapshot."""
        fields = (*MOMENT, *self.fields, "connections")
        headings = {name: known for name, known in self.headings.items() if {*known} <= {*fields}}
        return Answer(self.table, fields, self.finish(), self._headings(headings))

    def describe(self, moment: Moment, servers: Servers) -> Iterator[tuple[Any, ...]]:
        """Yield a record for each combination: the most frequent state first, in it the most frequent combination."""
        counts = Counter(_key_state(socket, servers) for socket in moment.sockets)
        states: Counter[tuple[Any, ...]] = Counter()
        for key, count in counts.items():
            states[key[:3]] += count
        chosen: dict[tuple[Any, ...], int] = {}
        for key, count in sorted(counts.items(), key=lambda found: _rank(states, *found)):
            values = tuple(key[index] for index in self._indexes)
            chosen[values] = chosen.get(values, 0) + count
        if "state" not in self.fields:
            chosen = dict(sorted(chosen.items(), key=lambda found: -found[1]))
        yield from ((*moment.values, *values, count) for values, count in chosen.items())


def _key_state(socket: Socket, servers: Servers) -> tuple[Any, ...]:
    """Return the fields that are counted: a client's own port means nothing, so its peer's is counted instead."""
    local: tuple[Any, ...] = socket.local_port, socket.local_service
    remote: tuple[Any, ...] = (None, None)
    if socket.has_peer and _is_client(socket, servers):
        local, remote = remote, (socket.remote_port, socket.remote_service)
    service = local[1] or remote[1] or find_service(socket.protocol, local[0] if local[0] is not None else remote[0])
    state_text = None if socket.state else socket.state_text
    owner = None if socket.program else socket.pid
    return (socket.protocol, socket.state, state_text, *local, *remote, service, owner, socket.program)


def _rank(states: Mapping[tuple[Any, ...], int], key: tuple[Any, ...], count: int) -> tuple[Any, ...]:
    """Return the place of a combination: the most frequent state first, and in it the most frequent combination."""
    return -states[key[:3]], [part or "" for part in key[:3]], -count


def _is_client(socket: Socket, servers: Servers) -> bool:
    is_inbound = servers.is_inbound(socket)
    if is_inbound is None:
        return socket.local_port is not None and socket.local_port >= FIRST_DYNAMIC_PORT
    return not is_inbound
