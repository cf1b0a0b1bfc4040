"""UNIX domain sockets of Linux: ``netstat -x``, with -p and -Z.

The state may be empty, so only the brackets of the flags show where the columns of a row begin. net-tools 2.10 prints
with -axp::

    Active UNIX domain sockets (servers and established)
    Proto RefCnt Flags       Type       State         I-Node   PID/Program name     Path
    unix  2      [ ACC ]     STREAM     LISTENING     306263   1/python3            /mnt/s/stream.sock
    unix  2      [ ]         STREAM                   306264   1/python3            /mnt/s/not-listening.sock
    unix  3      [ ]         DGRAM      CONNECTED     306266   -                    @abstract

net-tools prints a path up to its first white space only; busybox prints it whole.
"""

import pyparsing as pp

from netstat_parse.grammar import Lookup, Table
from netstat_parse.tokens import END, integer, token, unsigned

from .socket_facts import set_owner
from .sockets import PID, context
from .unix_socket_facts import name_socket_flags, split_process

INODE_FOLLOWS = r"(?= ++(?:-?\d++|-)(?!\S))"

state = token(rf"[^\s\d-][^ \n\d]*+(?: ++[^ \n\d]++)*?{INODE_FOLLOWS}")
inode = token(r"-?\d{1,20}(?!\S)", unsigned)("inode") | token(r"-(?!\S)")

COLUMN = rf"(?:(?={PID})[^\n]{{19}}|- {{18}})(?: |(?={END}))"
"""PID and program if their column ends in a blank. ``1/python3            /mnt`` has no other mark of its end."""

ENDED_BY_BLANKS = rf"{PID}[^\n]{{0,17}}?(?<=\S)(?=  )"
"""PID and program that two blanks end: Debian 8 has a column of 16."""

SQUEEZED = rf"{PID}[^\n]{{0,17}}?(?<=\S)(?= [/@]\S*{END})"
"""PID and program before a path, in a row whose blanks were squeezed: ``1/systemd /run/a.sock``."""

ENDED_BY_LINE = rf"{PID}[^\n]{{0,17}}?(?={END})"

OVERLONG = rf"{PID}\S*"

process = token(rf"(?:{COLUMN}|-(?!\S)|{ENDED_BY_BLANKS}|{SQUEEZED}|{ENDED_BY_LINE}|{OVERLONG})")

process_of_toybox = token(rf"{PID}[^\n]*?(?=  |(?<=\S){END})|-(?!\S)")
"""PID and program, which toybox never cuts."""

path = token(r"(?![^\n]* unix +\d+ +\[)\S(?:[^\n]*[^\s])?")
"""The rest of the line, unless another row is in it."""


UNIX_SOCKETS = Table(
    name="UNIX sockets",
    kind="unix_sockets",
    titles=["Active UNIX domain sockets"],
    columns={
        "Proto": token(r"unix|\?\?"),
        "RefCnt": integer("ref_count"),
        "Flags": token(r"\[[A-Z ]*\]")("flags"),
        "Type": token(r"[^\W\d]\w*+(?!\S)")("type"),
        "State": pp.Opt(state("state_text")),
        "I-Node": inode,
        "PID/Program name": process("process"),
        "PID/Program Name": process_of_toybox("process"),
        "Security Context": context,
        "Path": pp.Opt(path("path")),
    },
    sample=["unix", "1", "[ ]", "STREAM", "FREE", "1", "1/a", "", "a:a_r:a", "/a"],
    only_with={"PID/Program name": "-p", "PID/Program Name": "-p of toybox", "Security Context": "-Z"},
    columns_need_headings=frozenset({"-p of toybox"}),
    constants={"protocol": "unix"},
    repairs=[split_process],
    words={"state": Lookup("unix_states", "state_text"), "type": Lookup("unix_types", "type")},
    facts=[name_socket_flags, set_owner],
)
