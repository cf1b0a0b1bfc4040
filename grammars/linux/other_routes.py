"""Routes of the other families: ``netstat -r -A`` with ax25, netrom, rose, x25, ipx and ddp.

net-tools 2.10 prints::

    Kernel NET/ROM routing table
    Destination  Mnemonic  Quality  Neighbour  Iface
    W1AW-5       NODE1     192      W1AW-5     ax0
    Kernel ROSE routing table
    Destination  neigh1 callsign  device  neigh2 callsign  device  neigh3 callsign  device
    2080501000   00001  F6FBB-9      ax0
    Kernel IPX routing table
    Destination               Router Net                Router Node
    00000001                  0000000D                  C00000000000
"""

import pyparsing as pp

from netstat_parse.grammar import Table
from netstat_parse.tokens import INTERFACE, integer, kept, token

from .other_route_facts import keep_other_neighbours, remove_ddp_gateway, remove_direct_router
from .route_flags import name_ddp_flags

station = token(r"(?:[A-Z0-9]{1,6}(?:-\d{1,2})?|default)(?!\S)")
interface = token(INTERFACE)("interface")
rose_address = token(r"\d{1,10}(?!\S)")
rose_neighbours = token(r"\d{5} [^\n]*\S")
x25_prefix = token(r"\d+/\d+(?!\S)|\*(?!\S)")
ipx_network = token(r"[0-9A-F]{1,8}(?!\S)")
ipx_router = token(r"[0-9A-F]{1,8}(?!\S)|\*(?!\S)")
ddp_node = token(r"[0-9A-F]{4}:[0-9A-F]{2}(?!\S)")


AX25_ROUTES = Table(
    name="AX.25 routes",
    kind="routes",
    titles=["Kernel AX.25 routing table"],
    columns={"Destination": station("destination"), "Iface": interface, "Use": integer("uses")},
    constants={"family": "ax25"},
    tool="net-tools",
    by_shape=False,
)

NETROM_ROUTES = Table(
    name="NET/ROM routes",
    kind="routes",
    titles=["Kernel NET/ROM routing table"],
    columns={
        "Destination": station("destination"),
        "Mnemonic": kept,
        "Quality": kept,
        "Neighbour": station("gateway"),
        "Iface": interface,
    },
    constants={"family": "netrom"},
    tool="net-tools",
    by_shape=False,
)

ROSE_ROUTES = Table(
    name="ROSE routes",
    kind="routes",
    titles=["Kernel ROSE routing table"],
    columns={
        "Destination": rose_address("destination"),
        "neigh1": kept,
        "callsign": station("gateway"),
        "device": interface,
        "neigh2": pp.Opt(rose_neighbours("others")),
    },
    constants={"family": "rose"},
    facts=[keep_other_neighbours],
    tool="net-tools",
    by_shape=False,
)

X25_ROUTES = Table(
    name="X.25 routes",
    kind="routes",
    titles=["Kernel X.25 routing table"],
    columns={"Destination": x25_prefix("destination"), "Iface": interface},
    constants={"family": "x25"},
    tool="net-tools",
    by_shape=False,
)

IPX_ROUTES = Table(
    name="IPX routes",
    kind="routes",
    titles=["Kernel IPX routing table"],
    columns={
        "Destination": ipx_network("destination"),
        "Router Net": ipx_router("gateway"),
        "Router Node": kept,
    },
    constants={"family": "ipx"},
    repairs=[remove_direct_router],
    tool="net-tools",
    by_shape=False,
)

DDP_ROUTES = Table(
    name="DDP routes",
    kind="routes",
    columns={
        "Destination": ddp_node("destination"),
        "Gateway": ddp_node("gateway"),
        "Device": interface,
        "Flags": token(r"[UGH]+(?!\S)")("flags"),
    },
    constants={"family": "ddp"},
    facts=[name_ddp_flags, remove_ddp_gateway],
    tool="net-tools",
    by_shape=False,
)
