"""Names of well-known ports, and ports of well-known names, from `services.tsv`.

The services file of this machine is not read: the answer about a dump must not depend on where it is asked.
"""

from functools import cache
from pkgutil import get_data
from typing import NamedTuple


class Service(NamedTuple):
    """A service: protocols, all of them at one port, and names."""

    port: int
    protocols: frozenset[str]
    names: tuple[str, ...]
    """The usual name first."""


SAME_PORTS = {"udplite": "udp", "dccp": "udp"}
"""Protocols without services of their own: those of another one are used."""


@cache
def _services() -> tuple[Service, ...]:
    lines = (get_data("netstat_parse", "records/services.tsv") or b"").decode().splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return tuple(
        Service(int(port), frozenset(protocols.split()), tuple(" ".join(names).split()))
        for port, protocols, *names in rows
    )


@cache
def _names_by_port() -> dict[tuple[str, int], str]:
    return {(protocol, found.port): found.names[0] for found in _services() for protocol in found.protocols}


def find_service(protocol: str, port: int | None) -> str | None:
    """Return the usual name of a port of a protocol, such as ``ssh``; None if it has none."""
    return None if port is None else _names_by_port().get((SAME_PORTS.get(protocol, protocol), port))


def find_names(port: int) -> frozenset[tuple[str, str]]:
    """Return all names of a port, each with a protocol."""
    return frozenset(
        (name, protocol)
        for found in _services()
        if found.port == port
        for name in found.names
        for protocol in _with_same_ports(found.protocols)
    )


def find_ports(name: str) -> frozenset[tuple[int, str]]:
    """Return the ports that a name stands for, each with a protocol; the case of the name does not matter."""
    return frozenset(
        (found.port, protocol)
        for found in _services()
        if name.lower() in map(str.lower, found.names)
        for protocol in _with_same_ports(found.protocols)
    )


def _with_same_ports(protocols: frozenset[str]) -> frozenset[str]:
    return protocols | {protocol for protocol, other in SAME_PORTS.items() if other in protocols}
