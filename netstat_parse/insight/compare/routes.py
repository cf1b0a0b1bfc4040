"""Compare the routes and multicast groups of two moments."""

from collections.abc import Hashable, Sequence

from netstat_parse.insight.compare.matching import Pass
from netstat_parse.insight.compare.records import Changes, compare_records
from netstat_parse.insight.compare.sides import Sides
from netstat_parse.insight.facts.printed_values import Identity, PrintedValue
from netstat_parse.schema import MulticastGroup, Route

CHANGED_FIELDS = (
    *("gateway", "gateway_host", "interface", "interface_index", "metric", "flags", "type", "mss", "window", "irtt"),
    *("tos", "physical_address"),
)
"""Fields by which a route has changed. References, uses and ages change all the time."""


def compare_routes(sides: Sides) -> Changes:
    """Compare the routes."""
    before, after = sides.before.routes, sides.after.routes
    length = _interface_length([*before, *after])

    def interface(route: Route) -> str | None:
        return route.interface[:length] if route.interface else None

    def next_hop(route: Route) -> Hashable:
        return (_identify(route), interface(route), route.source, bool(route.persistent))

    def target(route: Route) -> Hashable:
        return (_identify(route)[:2], route.source, bool(route.persistent))

    passes = [
        Pass[Route](lambda route: (next_hop(route), route.metric, route.type, tuple(route.flags))),
        Pass[Route](lambda route: (next_hop(route), route.metric)),
        Pass[Route](next_hop),
        Pass[Route](lambda route: (target(route), interface(route)) if _has_gateway(route) else None, _is_same_form),
        Pass[Route](lambda route: target(route) if _has_gateway(route) else None, _is_same_form),
    ]
    fields = [field for field in CHANGED_FIELDS if field != "interface" or length is None]
    return compare_records("routes", before, after, passes, identify=_identify, fields=fields)


def _interface_length(routes: Sequence[Route]) -> int | None:
    """Return the length to which names of interfaces are truncated; None if none is."""
    truncated = (route.interface for route in routes if "interface" in route.truncated)
    return min((len(name) for name in truncated if name), default=None)


def _is_same_form(before: Route, after: Route) -> bool:
    """Return whether both gateways are printed in one form: a name is not another gateway than a number."""
    return _identify(before)[2].form == _identify(after)[2].form


def _has_gateway(route: Route) -> bool:
    return route.gateway is not None or route.gateway_host is not None


def _identify(route: Route) -> Identity:
    return (
        PrintedValue("number", route.family),
        _address(route.destination, route.destination_host, is_cut="destination_host" in route.truncated),
        _address(route.gateway, route.gateway_host, is_cut="gateway_host" in route.truncated),
    )


def _address(address: str | None, host: str | None, *, is_cut: bool) -> PrintedValue:
    if host is None:
        return PrintedValue("number", address)
    return PrintedValue("cut" if is_cut else "name", host)


def compare_groups(sides: Sides) -> Changes:
    """Compare the multicast groups; one has changed if more sockets, or fewer, have joined it."""
    passes = [
        Pass[MulticastGroup](lambda group: (group.interface, group.group, group.ref_count)),
        Pass[MulticastGroup](lambda group: (group.interface, group.group)),
    ]
    return compare_records(
        "multicast_groups",
        sides.before.multicast_groups,
        sides.after.multicast_groups,
        passes,
        identify=_identify_group,
        fields=("ref_count",),
    )


def _identify_group(group: MulticastGroup) -> Identity:
    return (
        PrintedValue("number", group.interface),
        PrintedValue("name" if group.family is None else "number", group.group),
    )
