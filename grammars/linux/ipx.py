"""IPX sockets: ``netstat --ipx``, with -e. Every version swaps the two queues: see the headings below.

net-tools 2016 (Debian 9) prints with -ane::

    Active IPX sockets
    Proto Recv-Q Send-Q Local Address              Foreign Address            State User
    IPX        0      0 00000001:0200000000AB:0140 -                                0
    IPX       16     32 00000001:0200000000AB:0240 00000002:0200000000CD:0340 ESTAB 1000
"""

import pyparsing as pp

from netstat_parse.grammar import Lookup, Table
from netstat_parse.tokens import END, GAP, glued, integer, token

from .conversions import read_hexadecimal
from .socket_facts import set_owner

node = token(r"[0-9A-Fa-f]{1,8}:[0-9A-Fa-f]{1,12}(?=:)")


def endpoint(side: str) -> pp.ParserElement:
    """Return the expression for network, node and socket, in hexadecimal."""
    number = token(r"[0-9A-Fa-f]{1,4}(?!\S)", read_hexadecimal)
    return node(f"{side}_address") + glued(token(":")) + glued(number)(f"{side}_port")


IPX = Table(
    name="IPX sockets",
    kind="connections",
    titles=["Active IPX sockets"],
    columns={
        "Proto": token("IPX"),
        "Recv-Q": integer("send_q"),  # the kernel's transmit queue is printed here
        "Send-Q": integer("recv_q"),
        "Local Address": endpoint("local"),
        "Foreign Address": token(r"-(?!\S)") | endpoint("remote"),
        "State": pp.Opt(token(rf"[^\W\d]\S*(?={END}|{GAP}\S+{END})")("state_text")),
        "User": pp.Opt(token(r"\S[^\n]*\S|\S")("user")),
    },
    only_with={"User": "-e"},
    constants={"protocol": "ipx", "family": "ipx"},
    words={"state": Lookup("states", "state_text")},
    facts=[set_owner],
)
