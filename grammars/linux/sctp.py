"""SCTP sockets, which stand under the heading of the Internet sockets (net-tools since 2009, Red Hat 5 and 6).

An endpoint has neither queues nor a peer. Further addresses follow on lines of their own; what -e, -p and -o add
stands on the last of them. net-tools 2018 (Debian 11) prints with -aneS::

    sctp                10.0.0.1:2905                                   CLOSE
                        10.0.1.1:2905
                        10.0.2.1:2905                                               1001       55502
    sctp      64    120 10.0.0.1:36412          10.0.0.2:36413          ESTABLISHED
                        10.0.1.1                10.0.1.2
                                                10.0.2.2                            1001       55512
"""

from collections.abc import Mapping
from typing import Any

import pyparsing as pp

from netstat_parse.grammar import Columns, Section, Table, endpoint, family_by_address
from netstat_parse.tokens import canonical_ipv6, glued, token

from .socket_facts import owner, states, whole
from .sockets import ADDED, OPTIONS

address = token(r"\S+")
queue = token(r"[0-9]{1,10}(?=[ \t]+[0-9]+[ \t])|[0-9]{1,10}(?=[ \t]+\S*[.:])", int)
no_local_address = glued(token(r"[ \t]{36,}(?=\S)"))
indent = glued(token(r"[ \t]{16,35}(?=\S)"))
added = pp.Opt(ADDED["User"] + ADDED["Inode"]) + pp.Opt(ADDED["PID/Program name"])

further = (
    no_local_address + address("more_remote")
    | indent + address("more_local") + pp.Opt(token(r"(?=\S*[.:])") + address("more_remote"))
) + added


def join(columns: Columns, row: int, found: Mapping[str, Any], _section: Section) -> None:
    """Add a further address to each end, and what the options print behind the last one."""
    count = len(columns["protocol"])
    port = (columns.get("local_port") or [None] * count)[row]
    is_endpoint = (columns.get("remote_address") or [None] * count)[row] is None
    for side in ("local", "remote"):
        text = found.get(f"more_{side}")
        if text is not None:
            if is_endpoint and port is not None:
                text = text.removesuffix(f":{port}")
            columns.setdefault(f"more_{side}_addresses", [[] for _ in range(count)])[row].append(canonical_ipv6(text))
    late: Columns = {name: [found[name]] for name in ("user", "inode", "pid", "program") if found.get(name) is not None}
    owner(late)
    for name, values in late.items():
        column = columns.setdefault(name, [None] * count)
        if column[row] is None:
            column[row] = values[0]


SCTP = Table(
    name="Internet sockets",
    kind="connections",
    columns={
        "Proto": token("sctp")("protocol"),
        "Recv-Q": pp.Opt(queue("recv_q")),
        "Send-Q": pp.Opt(queue("send_q")),
        "Local Address": endpoint("local"),
        "Foreign Address": pp.Opt(token(r"(?=\S*[.:]\S)") + endpoint("remote")),
        "State": token(r"[A-Z]\S+")("state_text"),
        **ADDED,
    },
    only_with=OPTIONS,
    facts=[family_by_address, whole, states, owner],
    more=further,
    join=join,
)
