"""NetworkDirect connections, listeners and shared endpoints: ``netstat -x`` of Windows 8, Server 2012 and later.

No public dump shows the exact spacing, so columns are separated by blanks alone::

    Active NetworkDirect Connections, Listeners, SharedEndpoints

      Mode   IfIndex Type           Local Address          Foreign Address        PID

      Kernel       4 Connection     192.0.2.10:445         192.0.2.11:49158       0
      Kernel       4 Listener       192.0.2.10:445         NA                     0
"""

import pyparsing as pp

from netstat_parse.grammar import Table, endpoint
from netstat_parse.tokens import integer, kept, token

from .connection_facts import normalize_endpoints

no_peer = token(r"NA(?!\S)")

NETWORK_DIRECT = Table(
    name="NetworkDirect connections",
    kind="connections",
    titles=["Active NetworkDirect Connections, Listeners, SharedEndpoints"],
    columns={
        "Mode": kept,
        "IfIndex": kept,
        "Type": kept,
        "Local Address": endpoint("local"),
        "Foreign Address": no_peer | endpoint("remote"),
        "PID": pp.Opt(integer("pid")),
    },
    constants={"protocol": "networkdirect"},
    repairs=[normalize_endpoints],
    by_shape=False,
)
