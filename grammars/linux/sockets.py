"""Internet sockets of Linux: ``netstat`` with ``-a -l -n -e -p -o -Z -W -t -u -U -w -S``.

One heading stands over all protocols, and each option adds its columns at the end. net-tools 2.10 prints with -anepo::

    Active Internet connections (servers and established)
    Proto Recv-Q Send-Q Local Address           Foreign Address         State       User       Inode      PID/Program name     Timer
    tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      0          305258     268/sshd: /usr/sbin  off (0.00/0/0)
    tcp6       0      1 2001:db8::1:34600       2001:db8::200:81        SYN_SENT    1000       306451     273/./rel/path/prog  on (0.39/2/0)
    udp        0      0 0.0.0.0:68              0.0.0.0:*                           0          305390     297/dhclient         off (0.00/0/0)
    raw        0      0 0.0.0.0:icmp            0.0.0.0:*               7           0          305391     -                    off (0.00/0/0)

busybox and toybox print the same columns. Widths are minima: a long value pushes all that follows to the right.
"""

import pyparsing as pp

from netstat_parse.grammar import Table, endpoint, peer
from netstat_parse.tokens import glued, integer, token, unsigned

from .socket_facts import family, glued_user, owner, states, timers, tool, whole

B = r"[ \t]"
"""A blank: tabs come from pages and terminals that the text went through."""

GAP = rf"{B}++"
"""The blanks between two fields. That they are given back to nobody keeps the time linear for a row of blanks."""

FIELDS = rf"(?=\S)[^ \t\n]++(?:{GAP}[^ \t\n]++)*?"
"""As few fields as will do for what is looked for behind them."""

TIMER = rf"(?:\S++|(?<={B}{B})\S++{B}\S++){B}\(++\d++[.,]\d++/\d++/\d++\)"
"""A timer's word, or two in Catalan, and three figures. Estonian opens a bracket too many: ``eikäi ((0.00/0/0)``."""

CONTEXT = r"(?=[^\s:]*+:\S*_r:\S)\S++"
"""An SELinux context; netstat prints its last 49 bytes, so that its beginning may be missing."""

END = rf"{B}*+(?:\n|\Z)"

OWNER_ENDS = rf"(?={END}|{GAP}{TIMER}{END}|{GAP}{CONTEXT}(?:{GAP}{TIMER})?{END})"
"""What ends a program's name, which may itself hold blanks, colons, slashes and words that look like a state."""

PID = r"\d{1,10}/"

OWNER = rf"(?:-(?!\S)|{PID})"
"""How the column of PID and program begins; ``-`` where no process was found."""

INODE = rf"\d++(?={END}|{GAP}{OWNER}|{GAP}{TIMER})"

protocol = token(r"(?:tcp|udpl|udp|raw|dccp|icmp)(?=[46]?\s)", lambda text: "udplite" if text == "udpl" else text)(
    "protocol"
) + pp.Opt(glued(token("[46]", "ipv{}".format))("family"))

QUEUE = r"(?:-[0-9]{1,10}|[0-9]{1,20}+)(?![0-9])"
"""Bytes, or connections. toybox prints 2³¹ and more as a negative number, and no blank before a Send-Q of seven digits."""

receive_queue = token(rf"(?=\d{{8}})\d{{1,6}}(?=\d{{7}}{B}+\S*:)|{QUEUE}", unsigned)
send_queue = token(QUEUE, unsigned)

STATE = r"[^\sa-z\d(-][^\sa-z\d]*(?: [^\sa-z\d(/-]+)?"
"""No language has a small Latin letter in a state; Czech and Swedish have two words."""

state = token(
    # Raw sockets print the kernel's number. Where a state of twelve letters fills its column, 1.60 leaves no blank before
    # the user. What follows tells whether there is a state at all.
    rf"(?:[A-Z_]{{2,}}+[12]?+(?!\S)|\d{{1,3}}(?!\S)|(?=\S[^\n\d]{{11,}}+(?<=\S)\d){STATE}(?=\d++{GAP}{INODE})|{STATE}\d?(?!\S))"
    rf"(?={B}*+(?:\n|\Z|{OWNER})|{GAP}{TIMER}|{B}*+{FIELDS}{GAP}{INODE})"
)
user = token(rf"{FIELDS}(?={GAP}{INODE})")
"""A name, which may hold a blank, or a number; uid 4294967294 is printed as -2."""

program = glued(
    # Up to 2.10 a program can print a raw newline: the rest of its column of 20, padded, then stands on the next line.
    token(
        rf"(?=[^\n]{{1,18}}+(?<=\S)\n)[^\n]*+\n\S[^\n]{{0,17}}?"
        rf"(?={B}{{2,}}(?:{CONTEXT}{B}*)?(?:{TIMER}{B}*)?(?:\n|\Z))"
    )
    | token(rf"\S*+(?:{GAP}\S++)*?{OWNER_ENDS}")
)
process = token(r"-(?!\S)") | token(r"\d{1,10}(?=/)", int)("pid") + glued(token("/")) + program("program")
context = token(CONTEXT)("security_context") | token(r"-(?!\S)")
timer = (
    token(rf"(?:\S+|(?<={B}{B})\S+{B}\S+)(?={B}\(+\d)")("timer")
    + token(r"\(+")
    + glued(token(r"\d{1,10}[.,]\d{1,10}", lambda text: float(text.replace(",", "."))))("timer_seconds")
    + glued(token("/"))
    + glued(integer)("timer_retransmits")
    + glued(token("/"))
    + glued(integer)("timer_probes")
    + glued(token(r"\)"))
)

OPTIONS = {
    "User": "-e",
    "Inode": "-e",
    "PID/Program name": "-p",
    "Security Context": "-Z",
    "Timer": "-o",
}

ADDED = {
    "User": user("user"),
    "Inode": integer("inode"),
    "PID/Program name": process,
    "Security Context": context,
    "Timer": timer,
}

SOCKETS = Table(
    name="Internet sockets",
    kind="connections",
    titles=["Active Internet connections"],
    columns={
        "Proto": protocol,
        "Recv-Q": receive_queue("recv_q"),
        "Send-Q": send_queue("send_q"),
        "Local Address": endpoint("local"),
        "Foreign Address": peer,
        "State": pp.Opt(state("state_text")),
        **ADDED,
    },
    only_with=OPTIONS,
    facts=[family, whole, glued_user, states, timers, owner, tool],
)
