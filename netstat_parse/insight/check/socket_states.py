"""Rules about the states of TCP connections: too many of one state, in one program, to one peer.

Connections within this host count where the rule is about its own programs and ports, and not where it is about the
network.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import NamedTuple, TypeVar

from netstat_parse.insight.check.cases import CannotJudgeError, Case, Limits, View
from netstat_parse.insight.check.counter_rule import raise_by_one
from netstat_parse.insight.check.endpoints import (
    count_peers,
    is_loopback,
    peer_address,
    peer_end,
)
from netstat_parse.insight.check.evidence import (
    cite_sockets,
    find_severity,
    is_old_enough,
    state_figure,
)
from netstat_parse.insight.check.same_sockets import find_earlier
from netstat_parse.insight.facts.addresses import local_port
from netstat_parse.records.identity import unmap
from netstat_parse.records.severities import SEVERITIES
from netstat_parse.schema.findings import Severity
from netstat_parse.schema.sockets import Connection

T = TypeVar("T")
K = TypeVar("K")


class Owner(NamedTuple):
    """Owner of connections: a program, a process, a service."""

    kind: str
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name}"


def judge_close_wait(view: View, limits: Limits) -> Iterable[Case]:
    """Find programs that do not close connections that their peers have closed."""
    tcp = view.tcp
    closing = [s for s in tcp if s.state == "close_wait"]
    if len(closing) < min(limits["note_from"], limits["warning_from"], limits["error_from"]):
        return
    owners = _find_owners(tcp)
    totals = Counter(owners)
    waiting = _group((s for s in zip(tcp, owners, strict=True) if s[0].state == "close_wait"), lambda pair: pair[1])
    lasting = _find_lasting(view, closing, limits["lasting_seconds"])
    for owner, pairs in waiting.items():
        sockets = [socket for socket, _ in pairs]
        count, total = len(sockets), totals[owner]
        old = sum(id(socket) in lasting for socket in sockets)
        severity = _rate_close_wait(count, total, old, limits)
        if severity is not None:
            stayed = f", {old} of them for {limits['lasting_seconds']} s and longer" if old else ""
            message = (
                f"{count} of {total} connections of {owner} are in CLOSE_WAIT{stayed}{_name_service(owner, sockets)}"
            )
            evidence = (state_figure("close_wait", count, "connections"), *cite_sockets(view.dump, sockets))
            yield Case(severity, owner.name if owner.kind == "program" else str(owner), message, evidence)


def _name_service(owner: Owner, sockets: Sequence[Connection]) -> str:
    """Name the service of a peer, or else the local port, that most connections of a process have in common."""
    if owner.kind not in ("program", "process"):
        return ""
    ends = Counter(f"to {peer}" for peer in map(peer_end, sockets) if peer)
    ends.update(f"on local port {local_port(socket)}" for socket in sockets)
    end, count = ends.most_common(1)[0]
    return f", {count} of them {end}" if count * 2 > len(sockets) > 1 else ""


def _rate_close_wait(count: int, total: int, lasting: int, limits: Limits) -> Severity | None:
    """Return the severity of CLOSE_WAIT; sockets that last raise by one step what they reach by themselves."""
    own, old = _level(count, total, limits), _level(lasting, total, limits)
    reached = [severity for severity in (own, old and raise_by_one(old)) if severity is not None]
    return max(reached, key=SEVERITIES.index, default=None)


def _level(count: int, total: int, limits: Limits) -> Severity | None:
    severity = find_severity(count, (("warning", limits["warning_from"]), ("error", limits["error_from"])))
    if severity is None and count >= limits["note_from"] and count >= limits["note_share"] * total:
        return "note"
    return severity


def _find_lasting(view: View, sockets: Sequence[Connection], seconds: float) -> set[int]:
    """Return the identities of sockets that were in the same state at the earlier moment, so many seconds ago."""
    if view.comparison is None or not is_old_enough(view.comparison.seconds, seconds):
        return set()
    earlier = find_earlier(view.comparison.moments[0], sockets)
    return {id(now) for now, before in earlier if before.state == now.state}


def _find_owners(tcp: Sequence[Connection]) -> list[Owner]:
    """Find the owner of each connection: program, process, or the service at the end that several share."""
    ports = Counter(local_port(s) for s in tcp)
    known: dict[Owner, Owner] = {}  # one object for each owner, not for each of very many sockets
    return [known.setdefault(owner, owner) for owner in (_find_owner(socket, ports) for socket in tcp)]


def _find_owner(socket: Connection, ports: Mapping[int | str | None, int]) -> Owner:
    if socket.program is not None:
        return Owner("program", socket.program)
    if socket.pid:  # Windows prints 0 for a connection that no process has any more
        return Owner("process", str(socket.pid))
    port = local_port(socket)
    peer = peer_end(socket) if ports[port] == 1 else None
    return Owner("local port", str(port)) if peer is None else Owner("peer", peer)


def judge_syn_received(view: View, limits: Limits) -> Iterable[Case]:
    """Find local ports with many half-open connections."""
    half_open = [s for s in view.tcp if s.state == "syn_received" and not is_loopback(s)]
    for port, sockets in _group(half_open, local_port).items():
        severity = find_severity(len(sockets), (("warning", limits["warning_from"]), ("error", limits["error_from"])))
        if severity is not None:
            peers = count_peers(sockets)
            message = f"{len(sockets)} half-open connections to local port {port} from {_count(peers, 'address')}"
            figures = state_figure("syn_received", len(sockets), "connections"), state_figure("peers", peers)
            yield Case(severity, f"tcp port {port}", message, (*figures, *cite_sockets(view.dump, sockets)))


def judge_syn_sent(view: View, limits: Limits) -> Iterable[Case]:
    """Find peers that do not answer attempts to connect."""
    trying = [s for s in view.tcp if s.state == "syn_sent" and not is_loopback(s)]
    groups = _group((s for s in trying if peer_end(s) is not None), peer_end)
    if len(trying) >= limits["warning_in_all"]:
        message = f"{len(trying)} attempts to connect without an answer, to {_count(len(groups), 'service')}"
        evidence = (state_figure("syn_sent", len(trying), "connections"), *cite_sockets(view.dump, trying))
        yield Case("warning", _name_largest(groups), message, evidence)
        return
    for peer, sockets in groups.items():
        if len(sockets) >= limits["warning_of_one"]:
            message = f"{len(sockets)} attempts to connect to {peer} without an answer"
            evidence = (state_figure("syn_sent", len(sockets), "connections"), *cite_sockets(view.dump, sockets))
            yield Case("warning", str(peer), message, evidence)


def _name_largest(groups: Mapping[str, Sequence[Connection]]) -> str:
    """Name the peer with the most attempts, if it has most of them; else none."""
    total = sum(map(len, groups.values()))
    largest = max(groups, key=lambda peer: len(groups[peer]), default=None)
    return str(largest) if largest is not None and len(groups[largest]) * 2 > total else "several peers"


def judge_ephemeral_ports(view: View, limits: Limits) -> Iterable[Case]:
    """Find hosts that run out of ports for outgoing connections.

    On Windows all connections share the ports. Linux has them all for each local address and service of a peer.
    """
    tcp = [s for s in view.tcp if s.local_port is not None]
    if not tcp:
        raise CannotJudgeError("the ports are printed as names: they need -n")
    is_windows = view.system == "windows"
    first, last = _find_range(tcp, limits["dynamic_ports"], view.system)
    groups = _group(
        (s for s in tcp if first <= (s.local_port or 0) <= last), _all_in_one if is_windows else _source_and_service
    )
    for sockets in groups.values():
        used, size = len({s.local_port for s in sockets}), last - first + 1
        share = used / size
        steps: tuple[tuple[Severity, float], ...] = tuple((name, limits[f"{name}_from"]) for name in SEVERITIES)
        severity = find_severity(share, steps)
        if severity is not None:
            peer = "all peers" if is_windows else str(peer_end(sockets[0]))
            message = f"{used} of the {size} ports from {first} to {last} are in use for connections to {peer}"
            figures = state_figure("ports", used, "ports"), state_figure("share", round(100 * share, 1), "percent")
            yield Case(severity, peer, message, (*figures, *cite_sockets(view.dump, sockets, "local_port")))


def _all_in_one(_socket: Connection) -> Hashable:
    return "tcp"


def _source_and_service(socket: Connection) -> Hashable:
    peer = peer_end(socket)
    hidden = peer is None or socket.local_address is None or "local_address" in socket.truncated
    return None if hidden else (unmap(socket.local_address or ""), peer)


def _find_range(tcp: Iterable[Connection], ports: Mapping[str, Sequence[int]], system: str) -> Sequence[int]:
    """Return the first and last dynamic port of the system, by default: netstat does not print the range."""
    if system != "windows":
        return ports["linux"]
    is_xp = all((s.local_port or 0) < ports["windows"][0] for s in tcp)
    return ports["windows_xp" if is_xp else "windows"]


def judge_time_wait(view: View, limits: Limits) -> Iterable[Case]:
    """Find services of peers that very many short connections go to."""
    tcp = [s for s in view.tcp if s.state == "time_wait"]
    first, last = limits["dynamic_ports"]["windows" if view.system == "windows" else "linux"]
    ports = last - first + 1
    for peer, sockets in _group(tcp, peer_end).items():
        count = len(sockets)
        severity = find_severity(
            count, (("note", limits["note_from"]), ("warning", limits["warning_share_of_ports"] * ports))
        )
        if severity is not None:
            message = f"{count} connections to {peer} are in TIME_WAIT"
            evidence = (state_figure("time_wait", count, "connections"), *cite_sockets(view.dump, sockets))
            yield Case(severity, str(peer), message, evidence)


def judge_fin_wait(view: View, limits: Limits) -> Iterable[Case]:
    """Find connections that peers do not finish closing."""
    unacknowledged = [s for s in view.tcp if s.state in ("fin_wait_1", "last_ack", "closing") and not is_loopback(s)]
    half_closed = [s for s in view.tcp if s.state == "fin_wait_2" and not is_loopback(s)]
    for sockets, limit, states in (
        (unacknowledged, limits["note_unacknowledged"], "FIN_WAIT1, LAST_ACK or CLOSING"),
        (half_closed, limits["note_half_closed"], "FIN_WAIT2"),
    ):
        if len(sockets) >= limit:
            peers = count_peers(sockets)
            message = f"{len(sockets)} connections are in {states}, to {_count(peers, 'address')}"
            evidence = (state_figure("connections", len(sockets), "connections"), *cite_sockets(view.dump, sockets))
            yield Case("note", states, message, evidence)


def judge_one_peer(view: View, limits: Limits) -> Iterable[Case]:
    """Find listeners whose connections are mostly of one peer."""
    ports = {local_port(s) for s in view.listeners if s.protocol == "tcp"}
    served = [s for s in view.tcp if s.state != "time_wait" and local_port(s) in ports and not is_loopback(s)]
    for port, sockets in _group((s for s in served if peer_address(s) is not None), local_port).items():
        peers = Counter(map(peer_address, sockets))
        peer, count = peers.most_common(1)[0]
        total = len(sockets)
        if total >= limits["connections"] and len(peers) >= limits["peers"] and count >= limits["note_share"] * total:
            message = f"{count} of {total} connections to local port {port} are of {peer}"
            own = [s for s in sockets if peer_address(s) == peer]
            evidence = (state_figure("connections", count, "connections"), *cite_sockets(view.dump, own))
            yield Case("note", f"{peer} on tcp port {port}", message, evidence)


def _group(values: Iterable[T], key: Callable[[T], K | None]) -> Mapping[K, list[T]]:
    """Group values by a key, in their order; those with the key None are left out."""
    groups: dict[K, list[T]] = defaultdict(list)
    for value in values:
        name = key(value)
        if name is not None:
            groups[name].append(value)
    return groups


def _count(number: int, noun: str) -> str:
    plural = f"{noun}es" if noun.endswith("s") else f"{noun}s"
    return f"{number} {noun if number == 1 else plural}"
