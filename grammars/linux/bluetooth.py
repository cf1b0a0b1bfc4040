"""Bluetooth sockets: ``netstat -2 -f`` (L2CAP, RFCOMM), of Red Hat 8 and later, Fedora and net-tools' git.

The peer comes first. net-tools 2016 (Red Hat 8) prints::

    Active Bluetooth connections (servers and established)
    Proto  Destination       Source            State         PSM DCID   SCID      IMTU    OMTU Security
    l2cap  *                 00:1A:7D:DA:71:13 LISTEN          1 0x0000 0x0000     672       0 LOW
    Proto  Destination       Source            State     Channel
    rfcomm 00:11:22:33:44:55 AA:BB:CC:DD:EE:FF CONNECTED       2
"""

import pyparsing as pp

from netstat_parse.grammar import Lookup, Table
from netstat_parse.tokens import kept, mac, token

nobody = token(r"\*(?!\S)")
device = token(r"(?:[0-9A-Fa-f]{2}:){5}[0-9A-Fa-f]{2}(?!\S)", mac)
state = token(r"[^\W\d]\S*")

L2CAP = Table(
    name="L2CAP sockets",
    kind="connections",
    titles=["Active Bluetooth connections"],
    columns={
        "Proto": token("l2cap")("protocol"),
        "Destination": nobody | device("remote_address"),
        "Source": nobody | device("local_address"),
        "State": pp.Opt(state("state_text")),
        "PSM": kept,
        "DCID": kept,
        "SCID": kept,
        "IMTU": kept,
        "OMTU": kept,
        "Security": kept,
    },
    constants={"family": "bluetooth"},
    words={"state": Lookup("states", "state_text")},
)

RFCOMM = Table(
    name="RFCOMM sockets",
    kind="connections",
    titles=["Active Bluetooth connections"],
    columns={
        "Proto": token("rfcomm")("protocol"),
        "Destination": nobody | device("remote_address"),
        "Source": nobody | device("local_address"),
        "State": pp.Opt(state("state_text")),
        "Channel": kept,
    },
    constants={"family": "bluetooth"},
    words={"state": Lookup("states", "state_text")},
)
