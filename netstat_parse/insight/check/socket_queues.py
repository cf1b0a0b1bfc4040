"""Rules about the queues and timers of sockets: data that nobody acknowledges, reads or accepts.

Windows prints no queues.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence

from netstat_parse.insight.check.cases import CannotJudgeError, Case, Limits, View
from netstat_parse.insight.check.endpoints import is_loopback, local_end, peer_address, remote_end
from netstat_parse.insight.check.evidence import (
    cite_sockets,
    find_severity,
    is_old_enough,
)
from netstat_parse.insight.check.same_sockets import find_earlier
from netstat_parse.records.severities import SEVERITIES
from netstat_parse.schema.findings import Severity
from netstat_parse.schema.sockets import Connection

MAX_QUEUE_BYTES = 1 << 30
"""No buffer is larger; old kernels print a queue that shrinks as nearly 2^32 bytes for a moment."""

NO_TIMERS = "the timers were not printed: they need -o"
NO_QUEUES = "the queues were not printed"


def judge_send_queue(view: View, limits: Limits) -> Iterable[Case]:
    """Find connections whose peer acknowledges nothing."""
    waiting = _list_timed(view, lambda s: s.state == "established" and _is_filled(s.send_q))
    stuck = {id(now) for now, _ in _find_stuck(view, waiting, limits)}
    rated = [(s, _rate_send_queue(s, limits, is_stuck=id(s) in stuck)) for s in waiting]
    for peer, found in _by_peer(rated).items():
        sockets = [socket for socket, _ in found]
        severity = max((severity for _, severity in found), key=SEVERITIES.index)
        retransmits = max(s.timer_retransmits or 0 for s in sockets)
        message = (
            f"{len(sockets)} {_connections(sockets)} to {peer} with data that is not acknowledged, at most "
            f"{max(s.send_q or 0 for s in sockets)} bytes, retransmitted up to {retransmits} times"
        )
        yield Case(severity, str(peer), message, cite_sockets(view.dump, sockets, "send_q"))


def _list_timed(view: View, is_wanted: Callable[[Connection], bool]) -> list[Connection]:
    """Return the TCP connections to other hosts that are wanted, if their timers were printed.

    Raises:
        CannotJudgeError: no timer was printed.
    """
    if all(s.timer is None for s in view.tcp):
        raise CannotJudgeError(NO_TIMERS)
    return [s for s in view.tcp if is_wanted(s) and not is_loopback(s)]


def _is_filled(queue: int | None) -> bool:
    return queue is not None and 0 < queue < MAX_QUEUE_BYTES


def _find_stuck(view: View, waiting: Sequence[Connection], limits: Limits) -> Iterable[tuple[Connection, Connection]]:
    """Find connections with the same queue at both moments that wait for the peer at both, too.

    Equal queues alone come about by chance, by programs that always write as much.
    """
    for now, before in _find_pairs(view, waiting, limits):
        probes = now.timer == "probe" == before.timer
        retransmits = now.timer == "on" and (now.timer_retransmits or 0) >= limits["stuck_retransmits"]
        if now.send_q == before.send_q and (probes or retransmits):
            yield now, before


def _find_pairs(view: View, sockets: Sequence[Connection], limits: Limits) -> list[tuple[Connection, Connection]]:
    """Find the sockets of the earlier moment, if it was long enough ago."""
    comparison = view.comparison
    if comparison is None or not is_old_enough(comparison.seconds, limits["stuck_seconds"]):
        return []
    return find_earlier(comparison.moments[0], sockets)


def _rate_send_queue(socket: Connection, limits: Limits, *, is_stuck: bool) -> Severity | None:
    retransmits = (socket.timer_retransmits or 0) if socket.timer == "on" else 0
    severity = find_severity(
        retransmits, (("warning", limits["warning_retransmits"]), ("error", limits["error_retransmits"]))
    )
    return severity or ("warning" if is_stuck else None)


def _by_peer(
    rated: Iterable[tuple[Connection, Severity | None]],
) -> Mapping[Hashable, list[tuple[Connection, Severity]]]:
    groups: dict[Hashable, list[tuple[Connection, Severity]]] = defaultdict(list)
    for socket, severity in rated:
        if severity is not None:
            groups[remote_end(socket)].append((socket, severity))
    return groups


def _connections(sockets: Sequence[object]) -> str:
    return "connection" if len(sockets) == 1 else "connections"


def judge_zero_window(view: View, limits: Limits) -> Iterable[Case]:
    """Find peers whose receive window is closed, so that this host probes it."""
    probing = _list_timed(view, lambda s: s.timer == "probe")
    groups: dict[Hashable, list[Connection]] = defaultdict(list)
    for socket in probing:
        groups[peer_address(socket) or remote_end(socket), socket.program].append(socket)
    for sockets in groups.values():
        closed = [s for s in sockets if _is_closed(s, limits)]
        if not closed and len(sockets) < limits["warning_sockets"]:
            continue
        owner = f" of {sockets[0].program}" if sockets[0].program else ""
        peer = peer_address(sockets[0]) or remote_end(sockets[0])
        message = f"{peer} keeps its receive window closed for {len(sockets)} {_connections(sockets)}{owner}"
        yield Case("warning", peer, message, cite_sockets(view.dump, closed or sockets, "timer_seconds"))


def _is_closed(socket: Connection, limits: Limits) -> bool:
    """Return whether the window has been closed for long: each probe waits twice as long as the one before."""
    least_seconds: float = limits["warning_seconds"]
    least_probes: int = limits["warning_probes"]
    return (socket.timer_seconds or 0) >= least_seconds or (socket.timer_probes or 0) >= least_probes


def judge_receive_queue(view: View, limits: Limits) -> Iterable[Case]:
    """Find programs that do not read what was received."""
    sockets = view.sockets
    if all(s.recv_q is None for s in sockets):
        raise CannotJudgeError(NO_QUEUES)
    filled = [s for s in sockets if _is_filled(s.recv_q)]
    tcp = [
        s for s in filled if s.protocol == "tcp" and s.state == "established" and (s.recv_q or 0) >= limits["note_from"]
    ]
    stuck = {id(now) for now, before in _find_pairs(view, tcp, limits) if _is_stuck(now, before, limits)}
    udp = [s for s in filled if s.protocol in ("udp", "udplite") and (s.recv_q or 0) >= limits["warning_udp"]]
    groups: dict[Hashable, list[Connection]] = defaultdict(list)
    for socket in (*tcp, *udp):
        groups[socket.protocol, socket.program or local_end(socket)].append(socket)
    for own in groups.values():
        is_severe = own[0].protocol != "tcp" or any(id(s) in stuck for s in own)
        yield _describe_receive_queue(view, own, "warning" if is_severe else "note")


def _is_stuck(now: Connection, before: Connection, limits: Limits) -> bool:
    least: int = limits["note_from"]
    return least <= (before.recv_q or 0) <= (now.recv_q or 0)


def _describe_receive_queue(view: View, sockets: Sequence[Connection], severity: Severity) -> Case:
    largest = max(sockets, key=lambda s: s.recv_q or 0)
    owner = largest.program or "the program"
    end = f"{largest.protocol} {local_end(largest)}"
    peer = f" from {remote_end(largest)}" if largest.protocol == "tcp" else ""
    message = f"{owner} has not read {largest.recv_q} bytes{peer} on {end}"
    if len(sockets) > 1:
        message += f", and has {len(sockets) - 1} more such sockets"
    return Case(severity, largest.program or end, message, cite_sockets(view.dump, sockets, "recv_q"))


def judge_accept_queue(view: View, limits: Limits) -> Iterable[Case]:
    """Find listeners with connections that wait to be accepted."""
    listeners = [s for s in view.listeners if s.protocol == "tcp"]
    if all(s.recv_q is None for s in listeners):
        raise CannotJudgeError("no TCP listener with a receive queue was printed")
    waiting = [s for s in listeners if _is_filled(s.recv_q)]
    before = {id(now): old.recv_q or 0 for now, old in _find_before(view, waiting)}
    has_overflowed = _has_overflowed(view)
    for socket in waiting:
        queue = socket.recv_q or 0
        is_full = queue >= limits["warning_from"] or (has_overflowed and queue - 1 in limits["usual_backlogs"])
        lasts = min(queue, before.get(id(socket), 0)) >= limits["note_from"]
        if is_full or queue >= limits["note_from"]:
            end, owner = f"tcp {local_end(socket)}", f" of {socket.program}" if socket.program else ""
            message = f"{queue} connections wait to be accepted on {end}{owner}"
            evidence = cite_sockets(view.dump, [socket], "recv_q")
            yield Case("warning" if is_full or lasts else "note", socket.program or end, message, evidence)


def _find_before(view: View, sockets: Sequence[Connection]) -> list[tuple[Connection, Connection]]:
    return [] if view.comparison is None else find_earlier(view.comparison.moments[0], sockets)


def _has_overflowed(view: View) -> bool:
    """Return whether an accept queue has overflowed, between the moments or since the start."""
    amounts = (scope.get("TcpExt.ListenOverflows") for scope in view.figures.scopes if scope.kind == "sum")
    return any(amount is not None and amount.value > 0 for amount in amounts)
