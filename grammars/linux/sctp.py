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

import pyparsing as pp

from netstat_parse.grammar import Lookup, Table, endpoint, set_family_by_address
from netstat_parse.tokens import BLANK, GAP, glued, token

from .sctp_facts import add_addresses
from .socket_facts import mark_cut_addresses, report_text_behind, set_owner
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
