"""Internet sockets of Linux: ``netstat`` with ``-a -l -n -e -p -o -Z -W -t -u -U -w -S``.

All protocols share one line of headings, and each option adds its columns at the end. net-tools 2.10 prints with -anepo::

    Active Internet connections (servers and established)
    Proto Recv-Q Send-Q Local Address           Foreign Address         State       User       Inode      PID/Program name     Timer
    tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      0          305258     268/sshd: /usr/sbin  off (0.00/0/0)
    tcp6       0      1 2001:db8::1:34600       2001:db8::200:81        SYN_SENT    1000       306451     273/./rel/path/prog  on (0.39/2/0)
    udp        0      0 0.0.0.0:68              0.0.0.0:*                           0          305390     297/dhclient         off (0.00/0/0)
    raw        0      0 0.0.0.0:icmp            0.0.0.0:*               7           0          305391     -                    off (0.00/0/0)

busybox and toybox print the same columns. Widths are minima: a long value moves the rest of its row to the right.

The state may be missing, and states, users and programs may hold blanks. So these terminals look at what follows them.
"""

import pyparsing as pp

from netstat_parse.grammar import Lookup, Table, endpoint, peer
from netstat_parse.tokens import BLANK, END, GAP, glued, integer, token, unsigned

from .conversions import complete_udplite, name_family, read_decimal
from .socket_builds import PROGRAM_WIDTHS, detect_tool
from .socket_facts import mark_cut_addresses, report_text_behind, set_family, set_owner, split_state_and_user

# Patterns of the last columns, for the lookaheads below.

USER = rf"(?:-?\d{{1,10}}(?!\S)|(?!\d+(?!\S))[\w.@+$\\-]++(?:{BLANK}[^\W\d][\w.@+$\\-]*+)*?)"
"""A number, -2 for 4294967294, or a name, perhaps of a domain. A name may have several words: ``sp ace``."""

TIMER_WORD = rf"(?:\S++|(?<={BLANK}{BLANK})\S++{BLANK}\S++)"
"""``keepalive``, in any language. Catalan has two words: ``  temps d'espera (0.39/2/0)``."""

TIMER_NUMBERS = r"\(++\d++[.,]\d++/\d++/\d++\)"

TIMER = rf"{TIMER_WORD}{BLANK}{TIMER_NUMBERS}"
"""``on (0.39/2/0)``. Estonian has one bracket too many: ``eikäi ((0.00/0/0)``."""

CONTEXT = r"(?=[^\s:]*+:\S*_r:\S)\S++"
"""``system_u:system_r:sshd_t:s0``, an SELinux context. netstat prints the last 49 bytes: the beginning may be missing."""

PID = r"[0-9]{1,10}+/"

OWNER = rf"(?:-(?!\S)|{PID})"
"""The beginning of PID and program; ``-`` if netstat found no process."""

PID_ALONE = rf"\d{{1,10}}(?={END}|{GAP}{TIMER})"
"""A PID from which somebody has removed the program. Behind an inode only: elsewhere it may be any number."""

INODE = rf"\d++(?={END}|{GAP}{OWNER}|{GAP}{TIMER}|{GAP}{PID_ALONE})"

# The first columns.

PROTOCOL = r"(?:tcp|udpl?+|raw|dccp|icmp)(?=[46]?+\s)"

protocol = token(PROTOCOL, complete_udplite)("protocol")
family_digit = glued(token("[46]", name_family))("family")

QUEUE = r"(?:-[0-9]{1,10}|[0-9]{1,20}+)(?![0-9])"
"""Bytes or connections. toybox prints 2³¹ and more as a negative number."""

GLUED_QUEUE = rf"(?=\d{{8}})\d{{1,6}}(?=\d{{7}}{BLANK}+\S*:)"
"""A Recv-Q without a blank behind it: toybox prints ``tcp        01048576 192.0.2.7:22`` for a Send-Q of seven digits."""

SHORT_QUEUE = r"[0-9]{1,7}+\b"
"""Nearly every queue. `re` tests a word boundary in less time than a lookahead."""

receive_queue = token(f"{SHORT_QUEUE}|{GLUED_QUEUE}|{QUEUE}", unsigned)
send_queue = token(f"{SHORT_QUEUE}|{QUEUE}", unsigned)

# The state.

STATE_NAME = r"[A-Z_]{2,}+[12]?+(?!\S)"
"""``FIN_WAIT2``."""

STATE_NUMBER = r"\d{1,3}(?!\S)"
"""``7``: raw sockets have the kernel's number."""

_STATE_CHARACTER = r"[^\sa-z\d(/\\|<>\[\]{}\"*#=]"
STATE_WORDS = rf"(?!-){_STATE_CHARACTER}+(?: (?!-){_STATE_CHARACTER}+)?"
"""``POSLEDNÍ ACK``. No language has a small Latin letter in a state; Czech and Swedish have two words."""

GLUED_STATE = rf"(?=\S[^\n\d]{{11,}}+(?<=\S)\d){STATE_WORDS}(?=\d++{GAP}{INODE})"
"""A state of twelve letters or more with a user directly behind it, as in 1.60: ``ESTABELECIDA1000       305258``."""

STATE_ENDS = rf"(?={BLANK}*+(?:\n|\Z|{OWNER})|{GAP}{TIMER}|{BLANK}*+{USER}{GAP}{INODE})"
"""The columns that may follow a state: if none does, it is a part of another column."""

USUAL_STATE = rf"[A-Z_]{{2,}}+[12]?+(?= *+\n| ++{OWNER})"
"""A name at the end of the line, or before the owner: most states, in half the time of the others."""

OTHER_STATE = rf"(?:{STATE_NAME}|{STATE_NUMBER}|{GLUED_STATE}|{STATE_WORDS}\d?(?!\S)){STATE_ENDS}"

state = token(f"{USUAL_STATE}|{OTHER_STATE}")

# The columns that options add.

IN_USER_COLUMN = r"(?<=[^\n]{80})"
"""The user's column begins there in all versions, and the column of the state ends before it."""

LIKE_A_STATE = r"[^\W\da-z]{4,}+[12]?+(?!\S)"

user = token(rf"(?:{IN_USER_COLUMN}|(?!{LIKE_A_STATE})){USER}(?={GAP}{INODE})")
"""A user. Left of its column, ``ESTABLISHED 1000`` is a state and a user in a row that was cut before the inode."""

PROGRAM_ENDS = rf"(?!\S)(?={END}|{GAP}{TIMER}{END}|{GAP}{CONTEXT}(?:{GAP}{TIMER})?{END})"
"""The text behind a program's name, which may itself hold blanks, colons, slashes, and words that look like a state.

The name ``sshd: /usr/sbin`` ends before the timer in ``268/sshd: /usr/sbin  off (0.00/0/0)``. The first lookahead
changes nothing, but is faster at every other character.
"""

MAX_PROGRAM_CHARS = max(PROGRAM_WIDTHS)
"""Characters of PID, slash and name. Only toybox prints more, and names without blanks are read at any length."""

MAX_PID_DIGITS = 7
"""Linux has at most 2²² processes."""

_IN_COLUMN = [
    rf"(?<=\D\d{{{digits}}}/)[^\n]{{0,{MAX_PROGRAM_CHARS - digits - 1}}}" for digits in range(1, MAX_PID_DIGITS + 1)
]
IN_COLUMN = "|".join(f"{name}?" for name in _IN_COLUMN)
"""A name that is no longer than its column, behind the PID: the shortest one."""

WITHIN_COLUMN = "|".join(_IN_COLUMN)
"""The same for lookaheads: it begins at the end of the column, where the rows of most names end."""

NAME_WORD = r"[^ \t\n]"

NAME = rf"{NAME_WORD}*+(?:[ \t]++(?!{TIMER_NUMBERS}){NAME_WORD}++)*?"

PROGRAM_NAME = rf"{NAME_WORD}*+{PROGRAM_ENDS}|(?=(?:{WITHIN_COLUMN}){PROGRAM_ENDS}){NAME}{PROGRAM_ENDS}"

LAST_PROGRAM_NAME = (
    r"[!-~]++(?= ++\n)"
    rf"|(?<!\d{{6}}/)(?=[^\n]{{0,{MAX_PROGRAM_CHARS - len('12345/')}}}+ *+\n)"
    rf"{NAME_WORD}*+(?: ++[^\s(:]++)*+(?= ++\n)"
)
"""The same where blanks up to the end of the line follow, as behind most names, in half the time of a row.

It is one word in ASCII; or a PID of at most five digits is before it, so that it is within its column. Behind its
first word there is no parenthesis, which a timer has, and no colon, which a context has: it ends at the last word.
"""

last_program_name = token(LAST_PROGRAM_NAME)
program_name = token(PROGRAM_NAME)

WRAPPED_PROGRAM_ENDS = rf"(?=(?<!{BLANK}){BLANK}{{2,}}+(?:{CONTEXT}{BLANK}*+)?(?:{TIMER}{BLANK}*+)?(?:\n|\Z))"
"""The text behind the second line of a program's name: the blanks that fill its column.

A program that is called ``a\\nb c`` is printed as ``279/a`` with ``b c            off (0.00/0/0)`` on the next line.
"""

wrapped_program_name = token(rf"(?=[^\n]{{1,18}}+(?<=\S)\n)[^\n]*+\n\S[^\n]{{0,17}}?{WRAPPED_PROGRAM_ENDS}")
"""A name with a newline, which net-tools up to 2.10 prints: the rest of its column of 20 is on the next line, padded."""

unfinished_row = token(rf"[^\n]*{BLANK}{PID}[^\n]{{1,18}}(?<=\S)\n\Z")
"""A line at the end of the text that may end in the first line of such a name."""

name_before_text = token(rf"(?:{IN_COLUMN})(?<=\S)(?={BLANK}{{2}})|\S++")
text_behind = token(r"\S(?:[^\n]*\S)?")
"""Text behind the column of the program: another row, or what somebody has written there."""

program = glued(last_program_name | wrapped_program_name | program_name)("program")
program_before_text = glued(name_before_text)("program") + text_behind("text_behind")

no_process = token(r"-(?!\S)")
pid = token("[0-9]{1,10}", int)("pid") + glued(token("/"))
process = no_process | pid + (program | program_before_text)
long_process = no_process | pid + glued(token(rf"{NAME}{PROGRAM_ENDS}"))("program")
"""The process that toybox prints, which never cuts a name."""

context = token(CONTEXT)("security_context") | token(r"-(?!\S)")

seconds = token(r"\d{1,10}[.,]\d{1,10}", read_decimal)
timer = (
    token(rf"{TIMER_WORD}(?={BLANK}\(+\d)")("timer")
    + token(r"\(+")
    + glued(seconds)("timer_seconds")
    + glued(token("/"))
    + glued(integer)("timer_retransmits")
    + glued(token("/"))
    + glued(integer)("timer_probes")
    + glued(token(r"\)"))
)

ADDED = {
    "User": user("user"),
    "Inode": integer("inode") + pp.Opt(token(PID_ALONE, int)("pid")),
    "PID/Program name": process,
    "Security Context": context,
    "Timer": timer,
    "PID/Program Name": long_process,
}

OPTION_OF_HEADING = {
    "User": "-e",
    "Inode": "-e",
    "PID/Program name": "-p",
    "Security Context": "-Z",
    "Timer": "-o",
    "PID/Program Name": "-p of toybox",
}

SOCKETS = Table(
    name="Internet sockets",
    kind="connections",
    titles=["Active Internet connections"],
    columns={
        "Proto": protocol + pp.Opt(family_digit),
        "Recv-Q": receive_queue("recv_q"),
        "Send-Q": send_queue("send_q"),
        "Local Address": endpoint("local"),
        "Foreign Address": peer,
        "State": pp.Opt(state("state_text")),
        **ADDED,
    },
    sample=["tcp", "0", "0", "127.0.0.1:1", "127.0.0.1:2", "CLOSE", "0", "1", "1/a", "a:a_r:a", "off (0.00/0/0)", ""],
    unfinished=unfinished_row,
    only_with=OPTION_OF_HEADING,
    columns_need_headings=frozenset({"-p of toybox"}),
    repairs=[report_text_behind, split_state_and_user],
    words={"state": Lookup("states", "state_text"), "timer": Lookup("timers", "timer")},
    facts=[
        set_family,  # before mark_cut_addresses, which merges the columns of IPv4 and IPv6
        mark_cut_addresses,
        set_owner,
        detect_tool,
    ],
)
