"""SCTP sockets, below the headings of the Internet sockets (net-tools since 2009, Red Hat 5 and 6).

An endpoint has neither queues nor a peer. Further addresses follow on lines of their own; the last of these lines has the
columns that -e, -p and -o add. net-tools 2018 (Debian 11) prints with -aneS::

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

from netstat_parse.grammar import Columns, Lookup, Section, Table, endpoint, get_column, set_family_by_address
from netstat_parse.tokens import BLANK, GAP, canonical_ipv6, glued, token

from .socket_facts import describe_text_behind, mark_cut_addresses, report_text_behind, set_owner
from .sockets import ADDED, OPTION_OF_HEADING, unfinished_row

address = token(r"\S+")
address_follows = token(r"(?=\S*[.:])")
"""A dot or a colon; what -e and -p add has none in its first column."""

receive_queue = token(rf"[0-9]{{1,10}}(?={GAP}[0-9]+{BLANK}|{BLANK}{{8,}})", int)
"""A number with another number behind it, or with the blanks of an empty Send-Q: an endpoint has no queues."""

send_queue = token(rf"[0-9]{{1,10}}(?={GAP}\S*[.:])", int)
"""A number with an address behind it."""

local_indent = glued(token(rf"{BLANK}{{16,35}}(?=\S)"))
remote_indent = glued(token(rf"{BLANK}{{36,}}(?=\S)"))
more_local = local_indent + address("more_local") + pp.Opt(address_follows + address("more_remote"))
more_remote = remote_indent + address("more_remote")

added = pp.Opt(ADDED["User"] + ADDED["Inode"]) + pp.Opt(ADDED["PID/Program name"])


def add_addresses(columns: Columns, row: int, found: Mapping[str, Any], section: Section) -> None:
    """Add a further address to each end, and the columns that options print behind the last one."""
    port, peer = get_column(columns, "local_port")[row], get_column(columns, "remote_address")[row]
    for side in ("local", "remote"):
        text = found.get(f"more_{side}")
        if text is not None:
            if peer is None and port is not None:
                text = text.removesuffix(f":{port}")
            count = len(columns["protocol"])
            columns.setdefault(f"more_{side}_addresses", [[] for _ in range(count)])[row].append(canonical_ipv6(text))
    if found.get("text_behind"):
        section.note(row, *describe_text_behind(found["text_behind"]))
    late: Columns = {name: [found[name]] for name in ("user", "inode", "pid", "program") if found.get(name) is not None}
    set_owner(late, section)
    for name, values in late.items():
        cells = columns[name] = get_column(columns, name)
        if cells[row] is None:
            cells[row] = values[0]


SCTP = Table(
    name="Internet sockets",
    kind="connections",
    columns={
        "Proto": token("sctp")("protocol"),
        "Recv-Q": pp.Opt(receive_queue("recv_q")),
        "Send-Q": pp.Opt(send_queue("send_q")),
        "Local Address": endpoint("local"),
        "Foreign Address": pp.Opt(token(r"(?=\S*[.:]\S)") + endpoint("remote")),
        "State": token(r"[A-Z]\S+")("state_text"),
        **ADDED,
    },
    unfinished=unfinished_row,
    only_with=OPTION_OF_HEADING,
    columns_need_headings=frozenset({"-p of toybox"}),
    repairs=[report_text_behind],
    words={"state": Lookup("states", "state_text")},
    facts=[
        set_family_by_address,  # before mark_cut_addresses, which merges the columns of IPv4 and IPv6
        mark_cut_addresses,
        set_owner,
    ],
    more=(more_remote | more_local) + added,
    join=add_addresses,
)
