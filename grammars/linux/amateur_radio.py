"""Sockets of amateur radio and X.25: ``netstat --ax25 --netrom --x25 -A rose``.

The columns of the peer and of Send-Q come first, the reverse of the Internet table. States of AX.25 and NET/ROM may
hold a blank. net-tools 2.10 prints::

    Active AX.25 sockets
    Dest       Source     Device  State        Vr/Vs    Send-Q  Recv-Q
    *          N0CALL-1   ax0     LISTENING    000/000  0       0
    VK2ABC-9   G4XYZ-15   bpq0    SABM SENT    000/000  0       0
"""

import pyparsing as pp

from netstat_parse.grammar import Lookup, Table
from netstat_parse.tokens import integer, kept, token

from .other_routes import rose_address

station = token(r"[A-Z0-9]\S*")
nobody = token(r"\*(?!\S)")
SEQUENCE_FOLLOWS = r"(?= +\d{2,3}/\d{2,3}(?!\S))"
"""Vr/Vs: ``000/000``."""

state = token(rf"\S+(?: \S+)*?{SEQUENCE_FOLLOWS}")

WORDS = {"state": Lookup("states", "state_text")}

TRANSMISSION = {
    "State": state("state_text"),
    "Vr/Vs": kept,
    "Send-Q": integer("send_q"),
    "Recv-Q": integer("recv_q"),
}

AX25 = Table(
    name="AX.25 sockets",
    kind="connections",
    titles=["Active AX.25 sockets"],
    columns={
        "Dest": nobody | station("remote_address"),
        "Source": nobody | station("local_address"),
        "Device": kept,
        **TRANSMISSION,
    },
    constants={"protocol": "ax25", "family": "ax25"},
    words=WORDS,
    by_shape=False,
)

NETROM = Table(
    name="NET/ROM sockets",
    kind="connections",
    titles=["Active NET/ROM sockets"],
    columns={
        "User": kept,
        "Dest": nobody | station("remote_address"),
        "Source": nobody | station("local_address"),
        "Device": kept,
        **TRANSMISSION,
    },
    constants={"protocol": "netrom", "family": "netrom"},
    words=WORDS,
    by_shape=False,
)

X25 = Table(
    name="X.25 sockets",
    kind="connections",
    titles=["Active X.25 sockets"],
    columns={
        "Dest": nobody | token(r"\d+(?!\S)")("remote_address"),
        "Source": nobody | token(r"\d+(?!\S)")("local_address"),
        "Device": kept,
        "LCI": kept,
        **TRANSMISSION,
    },
    constants={"protocol": "x25", "family": "x25"},
    words=WORDS,
    by_shape=False,
)

ROSE = Table(
    name="ROSE sockets",
    kind="connections",
    titles=["Active ROSE sockets"],
    columns={
        "dest_addr": nobody | rose_address("remote_address"),
        "dest_call": kept,
        "src_addr": nobody | rose_address("local_address"),
        "src_call": kept,
        "dev": kept,
        "lci": kept,
        "neigh": kept,
        "state": pp.Opt(token(r"\S[^\n]*\S")("state_text")),
    },
    constants={"protocol": "rose", "family": "rose"},
    words=WORDS,
    by_shape=False,
)
