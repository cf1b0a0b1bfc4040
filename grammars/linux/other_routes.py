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

from netstat_parse.grammar import Columns, Section, Table
from netstat_parse.tokens import integer, kept, token, word

from .route_facts import FLAGS, flags_by, net_tools

station = token(r"(?:[A-Z0-9]{1,6}(?:-\d{1,2})?|default)(?!\S)")
interface = word("interface")


def directly(columns: Columns, section: Section) -> None:
    """For a network on the link, the kernel's words ``Directly`` and ``Connected`` were read as hexadecimal.

    What is left of them, 0000000D and C00000000000, is printed like a router.
    """
    extra = columns["extra"]
    pairs = zip(columns["gateway"], (others["Router Node"] for others in extra), strict=True)
    connected = columns["on_link"] = [pair == ("0000000D", "C00000000000") for pair in pairs]
    if any(connected):
        section.note(connected.index(True), "untrustworthy", "no router: netstat misread the words Directly Connected")
    columns["gateway"] = [None if own else router for own, router in zip(connected, columns["gateway"], strict=True)]


def ddp_gateway(columns: Columns, _section: Section) -> None:
    """0000:00 is no gateway."""
    gateways = columns["gateway"] = [None if text == "0000:00" else text for text in columns["gateway"]]
    columns["on_link"] = [gateway is None for gateway in gateways]
    columns["type"] = ["unicast"] * len(gateways)


def neighbours(columns: Columns, _section: Section) -> None:
    """ROSE names up to three neighbours of a destination: the first is its next hop, the others are kept."""
    texts = columns.pop("others", None)
    if texts:
        columns["extra"] = [
            {**kept_texts, "neigh2": text} if text else kept_texts
            for kept_texts, text in zip(columns["extra"], texts, strict=True)
        ]


AX25_ROUTES = Table(
    name="AX.25 routes",
    kind="routes",
    titles=["Kernel AX.25 routing table"],
    columns={"Destination": station("destination"), "Iface": interface, "Use": integer("uses")},
    constants={"family": "ax25"},
    facts=[net_tools],
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
    facts=[net_tools],
    by_shape=False,
)

ROSE_ROUTES = Table(
    name="ROSE routes",
    kind="routes",
    titles=["Kernel ROSE routing table"],
    columns={
        "Destination": token(r"\d{1,10}(?!\S)")("destination"),
        "neigh1": kept,
        "callsign": station("gateway"),
        "device": interface,
        "neigh2": pp.Opt(token(r"\d{5} [^\n]*\S")("others")),
    },
    constants={"family": "rose"},
    facts=[neighbours, net_tools],
    by_shape=False,
)

X25_ROUTES = Table(
    name="X.25 routes",
    kind="routes",
    titles=["Kernel X.25 routing table"],
    columns={"Destination": token(r"\d+/\d+(?!\S)|\*(?!\S)")("destination"), "Iface": interface},
    constants={"family": "x25"},
    facts=[net_tools],
    by_shape=False,
)

IPX_ROUTES = Table(
    name="IPX routes",
    kind="routes",
    titles=["Kernel IPX routing table"],
    columns={
        "Destination": token(r"[0-9A-F]{1,8}(?!\S)")("destination"),
        "Router Net": token(r"[0-9A-F]{1,8}(?!\S)|\*(?!\S)")("gateway"),
        "Router Node": kept,
    },
    constants={"family": "ipx"},
    facts=[directly, net_tools],
    by_shape=False,
)

DDP_ROUTES = Table(
    name="DDP routes",
    kind="routes",
    columns={
        "Destination": token(r"[0-9A-F]{4}:[0-9A-F]{2}(?!\S)")("destination"),
        "Gateway": token(r"[0-9A-F]{4}:[0-9A-F]{2}(?!\S)")("gateway"),
        "Device": interface,
        "Flags": token(r"[UGH]+(?!\S)")("flags"),
    },
    constants={"family": "ddp"},
    facts=[flags_by(FLAGS), ddp_gateway, net_tools],
    by_shape=False,
)
