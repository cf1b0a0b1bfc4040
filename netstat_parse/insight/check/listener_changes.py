"""The rule about listeners that are new or gone, since the earlier moment or against a baseline."""

from collections import Counter
from collections.abc import Container, Hashable, Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

from netstat_parse.insight.check.baseline import Listener, ListenerList, find_listeners, list_baseline
from netstat_parse.insight.check.cases import CannotJudgeError, Case, Limits, View
from netstat_parse.insight.check.evidence import cite_sockets
from netstat_parse.insight.check.listener_gaps import Gaps, find_gaps
from netstat_parse.insight.check.records import explain_no_listeners
from netstat_parse.insight.facts.addresses import WILDCARD
from netstat_parse.insight.facts.socket_identity import may_be_same_program, name_program
from netstat_parse.records.identity import unmap
from netstat_parse.schema.dump import Dump
from netstat_parse.schema.findings import Evidence
from netstat_parse.schema.sockets import Connection

End = tuple[str, str, int | str]
"""Protocol, address and port."""

WILDCARDS = ("0.0.0.0", "::")


class Added(NamedTuple):
    """A listener that is new."""

    after: Listener


class Removed(NamedTuple):
    """A listener that has gone."""

    before: Listener


class Replaced(NamedTuple):
    """A listener whose port another program has now."""

    before: Listener
    after: Listener


Change = Added | Removed | Replaced


def judge_changes(view: View, limits: Limits) -> Iterable[Case]:
    """Find listeners that are new or gone, and ports that another program has now."""
    before = _find_reference(view)
    after = find_listeners(view.dump)
    if not after and (reason := explain_no_listeners(view.dump)):
        raise CannotJudgeError(reason)
    _check_names(before.listeners, after)
    first, last = limits["dynamic_ports"]["windows" if view.system == "windows" else "linux"]
    ranges = range(first, last + 1)
    earlier = _find_earlier(view)
    old_kinds = _find_kinds(earlier, before.listeners) or set(map(_find_kind, after))
    new_kinds = _find_kinds(view.dump, after) or set(map(_find_kind, before.listeners))
    few = 0 if earlier is None else limits["few_of_a_kind"]
    old = _index(_list_comparable(before.listeners, new_kinds, few), ranges)
    new = _index(_list_comparable(_widen(after, before.listeners), old_kinds, few), ranges)
    if not old and not new:
        raise CannotJudgeError("the two have no protocol in common")
    changes = list(_compare(old, new, ranges))
    old_gaps, new_gaps = find_gaps(earlier, view.dump)
    certain = [change for change in changes if not _is_hidden(change, old_gaps, new_gaps)]
    if changes and not certain:
        raise CannotJudgeError("some rows of the sockets could not be read, are truncated, or were filtered out")
    for change in certain:
        yield _describe(view, before, change)
    if not certain and earlier is not None:
        alone = {*_find_alone(before.listeners, new_kinds, ranges), *_find_alone(after, old_kinds, ranges)}
        if alone:
            kinds = ", ".join(f"{protocol} of {'IPv6' if is_ipv6 else 'IPv4'}" for protocol, is_ipv6 in sorted(alone))
            raise CannotJudgeError(f"only one side has sockets of {kinds}, as with other options; no other has changed")


def _is_hidden(change: Change, before: Gaps, after: Gaps) -> bool:
    """Return whether a listener that is missing on one side may be in what that side does not show."""
    match change:
        case Added():
            return before.may_have(change.after)
        case Removed():
            return after.may_have(change.before)
        case Replaced():
            return False


def _find_reference(view: View) -> ListenerList:
    """Return the listeners to compare with: the baseline, or those of the earlier moment.

    Raises:
        CannotJudgeError: there is neither, or it does not show whether there were listeners.
    """
    earlier = _find_earlier(view)
    baseline = earlier if view.baseline is None else view.baseline
    if baseline is None:
        raise CannotJudgeError("it needs a comparison or a baseline")
    reference = list_baseline(baseline)
    if not reference.listeners and earlier is not None and (reason := explain_no_listeners(earlier)):
        raise CannotJudgeError(f"before, {reason}")
    return reference


def _find_earlier(view: View) -> Dump | None:
    """Return the dump to compare with; None if the baseline is a list."""
    if view.baseline is not None:
        return view.baseline if isinstance(view.baseline, Dump) else None
    return view.comparison.moments[0] if view.comparison is not None else None


Kind = tuple[str, bool]
"""Protocol of a socket, and whether its address is one of IPv6."""


def _find_kinds(dump: Dump | None, listeners: Iterable[Listener]) -> set[Kind]:
    """Find the kinds of sockets that a side lists: options of netstat choose some, and so does who writes a list."""
    if dump is not None:
        return {(s.protocol, _is_ipv6(s)) for s in dump.connections}
    return {(listener.protocol, is_ipv6) for listener in listeners for is_ipv6 in (False, True)}


def _is_ipv6(socket: Connection) -> bool:
    return socket.family == "ipv6" if socket.local_address is None else ":" in unmap(socket.local_address)


def _find_kind(listener: Listener) -> Kind:
    return listener.protocol, ":" in listener.address if listener.record is None else _is_ipv6(listener.record)


def _list_comparable(listeners: Sequence[Listener], others: Container[Kind], few: int) -> list[Listener]:
    """List the listeners of the kinds that the other side has.

    Of a kind that it has none of, few are new or gone; many were left out by other options.
    """
    counts = Counter(map(_find_kind, listeners))
    return [
        listener
        for listener, kind in ((listener, _find_kind(listener)) for listener in listeners)
        if kind in others or counts[kind] <= few
    ]


def _find_alone(listeners: Sequence[Listener], others: Container[Kind], dynamic: range) -> Iterator[Kind]:
    """Yield the kinds of listeners of which the other side has no socket."""
    for same_end in _index(listeners, dynamic).values():
        yield from (kind for kind in map(_find_kind, same_end) if kind not in others)


def _check_names(before: Sequence[Listener], after: Sequence[Listener]) -> None:
    """Check that both sides have numbers, or both names.

    Raises:
        CannotJudgeError: only one has names.
    """
    if before and after and _has_names(before) != _has_names(after):
        raise CannotJudgeError("one side has names instead of addresses and ports: both need -n")


def _has_names(listeners: Sequence[Listener]) -> bool:
    return any(
        isinstance(listener.port, str) or (listener.record is not None and listener.record.local_address is None)
        for listener in listeners
    )


def _widen(after: Iterable[Listener], before: Iterable[Listener]) -> list[Listener]:
    """Replace wildcard addresses by `*` for the ports for which the reference has `*`."""
    wide = {(listener.protocol, listener.port) for listener in before if listener.address == WILDCARD}
    return [
        listener._replace(address=WILDCARD)
        if listener.address in WILDCARDS and (listener.protocol, listener.port) in wide
        else listener
        for listener in after
    ]


def _index(listeners: Iterable[Listener], dynamic: range) -> Mapping[End, list[Listener]]:
    """Index listeners by their end. UDP sockets of dynamic ports are left out: most are clients without a peer."""
    ends: dict[End, list[Listener]] = {}
    for listener in listeners:
        is_client = listener.protocol != "tcp" and listener.port in dynamic
        if not is_client:
            ends.setdefault((listener.protocol, listener.address, listener.port), []).append(listener)
    return ends


def _compare(old: Mapping[End, list[Listener]], new: Mapping[End, list[Listener]], dynamic: range) -> Iterable[Change]:
    for end in old.keys() & new.keys():
        if _is_replaced(old[end], new[end]):
            yield Replaced(old[end][0], new[end][0])
    gone = [old[end][0] for end in old if end not in new]
    added = [new[end][0] for end in new if end not in old]
    moved = Counter(map(_identify, _list_dynamic(gone, dynamic)))
    moved &= Counter(map(_identify, _list_dynamic(added, dynamic)))
    yield from map(Added, _skip(added, moved, dynamic))
    yield from map(Removed, _skip(gone, moved, dynamic))


def _is_replaced(before: Sequence[Listener], after: Sequence[Listener]) -> bool:
    """Return whether no program of before has the port now."""
    return not any(_may_be_same(one, other) for one in before for other in after)


def _may_be_same(one: Listener, other: Listener) -> bool:
    is_cut = any(listener.record is not None and "program" in listener.record.truncated for listener in (one, other))
    return may_be_same_program(one.program, other.program, is_cut=is_cut)


def _list_dynamic(listeners: Iterable[Listener], dynamic: range) -> Iterable[Listener]:
    return (listener for listener in listeners if listener.port in dynamic and listener.program is not None)


def _identify(listener: Listener) -> Hashable:
    """Return what a listener keeps if it gets another dynamic port, as with RPC after a restart."""
    return listener.protocol, listener.address, name_program(listener.program or "")


def _skip(listeners: Iterable[Listener], moved: Mapping[Hashable, int], dynamic: range) -> Iterable[Listener]:
    """Leave out so many listeners of each program as have moved to another dynamic port."""
    left = dict(moved)
    for listener in listeners:
        key = _identify(listener)
        if left.get(key) and next(iter(_list_dynamic([listener], dynamic)), None):
            left[key] -= 1
        else:
            yield listener


def _describe(view: View, reference: ListenerList, change: Change) -> Case:
    since = "in the baseline" if view.baseline is not None else "before"
    match change:
        case Added(listener):
            message = f"{listener.end}{_owner(listener)} is new"
        case Removed(listener):
            message = f"{listener.end}{_owner(listener)} has gone, it was {since}"
        case Replaced(before, listener):
            message = f"{listener.end} is of {listener.program} now, and was of {before.program} {since}"
    severity: Literal["error", "warning"] = "error" if isinstance(change, Replaced) else "warning"
    return Case(severity, listener.end, message, tuple(_cite(view, reference, change)))


def _owner(listener: Listener) -> str:
    return f" ({listener.program})" if listener.program else ""


def _cite(view: View, reference: ListenerList, change: Change) -> Iterator[Evidence]:
    if not isinstance(change, Removed) and change.after.record is not None:
        yield from cite_sockets(view.dump, [change.after.record], "program")
    earlier = _find_earlier(view)  # None for a list: its records have no lines of netstat
    if earlier is not None and not isinstance(change, Added) and change.before.record is not None:
        cited = cite_sockets(earlier, [change.before.record], "program")
        yield from (entry.model_copy(update={"source": reference.source}) for entry in cited)
