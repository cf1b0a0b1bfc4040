"""Rules about routes.

netstat prints the main table only, neither the flag onlink nor the further hops of a multipath route.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from ipaddress import IPv4Network, IPv6Network, ip_network

from netstat_parse.insight.check.cases import CannotJudgeError, Case, Limits, View
from netstat_parse.insight.check.endpoints import parse_address
from netstat_parse.insight.check.evidence import cite, list_some
from netstat_parse.insight.check.interface_kinds import is_of_kind
from netstat_parse.insight.check.records import has_damage, is_filtered, trusted
from netstat_parse.insight.facts.listening import classify_address
from netstat_parse.schema.dump import Dump
from netstat_parse.schema.routes import Route

DEFAULTS = ("0.0.0.0/0", "::/0")
LOOPBACK = ("127.0.0.0/8", "127.0.0.1/32", "::1/128")
HALVES = frozenset({"0.0.0.0/1", "128.0.0.0/1"})
"""Routes that VPNs put over the default route: together they are one."""

Network = IPv4Network | IPv6Network

Networks = Mapping[int, set[int]]
"""Networks of one family: their first addresses by prefix length, so that a look-up does not walk through them."""

BROADCAST = IPv4Network("255.255.255.255/32")


def judge_two_defaults(view: View, _limits: Limits) -> Iterable[Case]:
    """Find default routes of one metric over different gateways.

    Only for IPv4: a host has several default routers of one metric for IPv6, and Linux prints each hop of a multipath
    route for IPv6 as a route.
    """
    defaults = [
        route for route in trusted(view.dump, _list_active(view.dump)) if route.family == "ipv4" and _is_default(route)
    ]
    if len(_list_hops(defaults)) > 1 and all(route.metric is None for route in defaults):
        raise CannotJudgeError("the metrics of several default routes were not printed: they need -rne or `route`")
    groups: dict[int, list[Route]] = defaultdict(list)
    for route in defaults:
        if route.metric is not None:
            groups[route.metric].append(route)
    for metric, routes in groups.items():
        hops = _list_hops(routes)
        if len(hops) > 1:
            message = f"default routes over {list_some(hops)} have the same metric {metric}"
            yield Case("warning", "default route", message, cite(view.dump, "routes", routes, "gateway"))


def _list_hops(routes: Iterable[Route]) -> list[str]:
    """List the different hops of routes: gateways, and interfaces of routes without one."""
    hops = (route.gateway or route.gateway_host or route.interface for route in routes)
    return list(dict.fromkeys(hop for hop in hops if hop is not None))


def judge_gateway_unreachable(view: View, limits: Limits) -> Iterable[Case]:
    """Find routes whose gateway is in no network of their interface.

    A gateway that was declared onlink looks the same. So an interface without any network of its own is not judged, as
    clouds and overlays use it with such gateways; and the route is surely broken only if its network has gone.
    """
    routes = _list_active(view.dump)
    networks = _find_networks(routes)
    if not networks:
        raise CannotJudgeError("no directly connected networks were printed")
    earlier = _find_networks(view.comparison.moments[0].routes if view.comparison is not None else [])
    for route in trusted(view.dump, routes):
        own = networks.get(_interface_of(route))
        if own is None or not _has_checked_gateway(route, limits) or _contains(own, route.gateway):
            continue
        was_reachable = _contains(earlier.get(_interface_of(route), {}), route.gateway)
        place = f" of {route.interface}" if route.interface else ""
        message = f"gateway {route.gateway} of {route.destination} is in no network{place}"
        if was_reachable:
            message += ", it was before"
        evidence = cite(view.dump, "routes", [route], "gateway")
        yield Case("error" if was_reachable else "warning", str(route.destination), message, evidence)


def _has_checked_gateway(route: Route, limits: Limits) -> bool:
    """Return whether a route has a gateway that must be in a network of its interface."""
    if route.gateway is None or _is_on_link(route) or route.type not in (None, "unicast"):
        return False
    if "interface" in route.truncated or classify_address(route.gateway) in ("link_local", "loopback", "every_address"):
        return False
    return not is_of_kind(route.interface, limits["point_to_point"])


def _find_networks(routes: Sequence[Route]) -> Mapping[object, Networks]:
    """Find the networks that each interface is connected to.

    An interface has none here if its routes are to single addresses only, or to a network that was printed as a name.
    """
    networks: dict[object, dict[int, set[int]]] = defaultdict(lambda: defaultdict(set))
    for route in routes:
        network = _parse_network(route.destination)
        if network is not None and _is_on_link(route) and not _is_special(network):
            networks[_interface_of(route)][network.prefixlen].add(int(network.network_address))
    named = {_interface_of(route) for route in routes if route.destination is None and route.gateway is None}
    return {
        interface: own
        for interface, own in networks.items()
        if interface not in named and min(own) < _count_bits(interface)
    }


def _count_bits(interface: object) -> int:
    return 128 if isinstance(interface, tuple) and interface[0] == "ipv6" else 32


def _interface_of(route: Route) -> object:
    """Return what identifies the interface of a route, with its family."""
    return route.family, route.interface_index if route.interface is None else route.interface


def _is_on_link(route: Route) -> bool:
    """Return whether a route has no next hop; Windows XP prints the interface's own address instead."""
    if route.on_link:
        return True
    return route.gateway is not None and (
        route.gateway == route.interface or classify_address(route.gateway) == "loopback"
    )


def _contains(networks: Networks, gateway: str | None) -> bool:
    address = parse_address(gateway) if gateway is not None else None
    if address is None:
        return False
    shifts = ((length, address.max_prefixlen - length) for length in networks)
    return any(int(address) >> shift << shift in networks[length] for length, shift in shifts)


@lru_cache(1 << 12)
def _parse_network(text: str | None) -> Network | None:
    try:
        return ip_network(text) if text is not None else None
    except ValueError:
        return None


def judge_no_default(view: View, limits: Limits) -> Iterable[Case]:
    """Find IPv4 tables without a default route.

    Many hosts have IPv6 networks of their own only, without any way out.
    """
    everything = [route for route in _list_routes(view.dump) if route.family == "ipv4"]
    if not everything:
        raise CannotJudgeError("no routes of IPv4 were printed")
    routes = [route for route in everything if not route.persistent]
    if any(route.destination_host is not None for route in routes) and not any(map(_is_default, routes)):
        raise CannotJudgeError("destinations are printed as names: they need -n")
    if any(map(_is_default, routes)) or {route.destination for route in routes} >= HALVES:
        return
    others = [route for route in routes if _leads_off(route, limits)]
    if others and any(route.persistent is not None for route in routes):
        _check_whole({(route.family, route.destination) for route in routes}, "ipv4")
    if others and (has_damage(view.dump, everything) or is_filtered(view.dump, everything)):
        raise CannotJudgeError("some rows of the table could not be read, or were filtered out")
    if others:
        message = f"{len(others)} IPv4 {'route' if len(others) == 1 else 'routes'} and no default route"
        yield Case("note", "IPv4 routes", message, cite(view.dump, "routes", others, "destination"))


def _leads_off(route: Route, limits: Limits) -> bool:
    """Return whether a route leads to other hosts: not to this one, and not to its own containers."""
    network = _parse_network(route.destination)
    if network is None or route.type not in (None, "unicast") or is_of_kind(route.interface, limits["local_bridges"]):
        return False
    is_own = network.prefixlen == network.max_prefixlen and _is_on_link(route)
    return not is_own and not _is_special(network) and route.interface != "lo"


def _is_special(network: Network) -> bool:
    """Return whether a network has no gateways: loopback, link-local, multicast, broadcast."""
    is_broadcast = network == BROADCAST
    return network.is_multicast or network.is_loopback or network.is_link_local or is_broadcast


def judge_persistent_unused(view: View, _limits: Limits) -> Iterable[Case]:
    """Find persistent routes of Windows that are not in force."""
    routes = _list_routes(view.dump)
    active = {(route.family, route.destination) for route in routes if not route.persistent}
    persistent = [route for route in trusted(view.dump, routes) if route.persistent and route.destination is not None]
    for route in persistent:
        _check_whole(active, route.family)
        if (route.family, route.destination) not in active:
            message = f"persistent route to {route.destination} over {route.gateway} is not in force"
            yield Case("note", str(route.destination), message, cite(view.dump, "routes", [route], "destination"))


def _check_whole(active: Collection[tuple[str | None, str | None]], family: str | None) -> None:
    """Check that a table of Windows was printed whole: it always has the routes of loopback.

    Raises:
        CannotJudgeError: it was not.
    """
    if not any((family, destination) in active for destination in LOOPBACK):
        raise CannotJudgeError("the table of active routes was not printed whole")


def judge_redirected(view: View, _limits: Limits) -> Iterable[Case]:
    """Find routes that an ICMP redirect has added (flag D) or changed (flag M).

    Only for IPv4: for IPv6, D is printed for default routes, and M marks those with a path MTU.
    """
    for route in trusted(view.dump, _list_active(view.dump)):
        flags = {"dynamic", "modified"} & set(route.flags)
        gateway = route.gateway or route.gateway_host
        if flags and gateway and route.family == "ipv4":
            destination = route.destination or route.destination_host or "a destination"
            verb = "added" if "dynamic" in flags else "changed"
            message = f"a redirect has {verb} the route to {destination} over {gateway}"
            yield Case("warning", destination, message, cite(view.dump, "routes", [route], "gateway"))


def _list_routes(dump: Dump) -> list[Route]:
    """Return the routes, without those of the route cache and of neighbour caches.

    Raises:
        CannotJudgeError: none was printed.
    """
    routes = [route for route in dump.routes if route.source is None and route.physical_address is None]
    routes = [route for route in routes if route.state_text is None]
    if not routes:
        raise CannotJudgeError("no routes were printed")
    return routes


def _list_active(dump: Dump) -> list[Route]:
    """Return the routes in force.

    Raises:
        CannotJudgeError: none was printed.
    """
    active = [route for route in _list_routes(dump) if not route.persistent]
    if not active:
        raise CannotJudgeError("no active routes were printed")
    return active


def _is_default(route: Route) -> bool:
    is_default = route.destination in DEFAULTS or (route.destination is None and route.destination_host == "default")
    return is_default and "reject" not in route.flags and route.type not in ("reject", "blackhole")
