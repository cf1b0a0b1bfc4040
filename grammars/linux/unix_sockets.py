"""UNIX domain sockets of Linux: ``netstat -x``, with -p and -Z.

The state may be empty, so that only the brackets of the flags tell where a row's columns are. net-tools 2.10 prints
with -axp::

    Active UNIX domain sockets (servers and established)
    Proto RefCnt Flags       Type       State         I-Node   PID/Program name     Path
    unix  2      [ ACC ]     STREAM     LISTENING     306263   1/python3            /mnt/s/stream.sock
    unix  2      [ ]         STREAM                   306264   1/python3            /mnt/s/not-listening.sock
    unix  3      [ ]         DGRAM      CONNECTED     306266   -                    @abstract

net-tools prints a path up to its first white space only; busybox prints it whole.
"""

import pyparsing as pp

from netstat_parse.grammar import Columns, Section, Table
from netstat_parse.tokens import integer, rest, token, unsigned

from .socket_facts import owner, states
from .sockets import PID, context

inode = token(r"-?\d{1,20}(?!\S)", unsigned)("inode") | token(r"-(?!\S)")

process = token(
    # 20 columns (16 in Debian 8), and the path follows without a mark of its own: where the column ends in a blank it is
    # taken by its width, else two blanks end it.
    rf"(?:(?={PID}|- )[^\n]{{19}} |-(?!\S)|{PID}[^\n]*?(?=  |(?<=\S)[^\S\n]*+(?:\n|\Z)))"
)("process")

FLAGS = {"ACC": "accept", "W": "wait_data", "N": "no_space"}
flags = token(r"\[[A-Z ]*\]")


def types(columns: Columns, section: Section) -> None:
    """The schema's words for flags and type; some languages translate the type."""
    columns["flags"] = [
        [FLAGS[flag] for flag in text.strip("[]").split() if flag in FLAGS] for text in columns["flags"]
    ]
    columns["type"] = section.schema_words("unix_types", columns["type"])


def split(columns: Columns, _section: Section) -> None:
    """PID and program, of which only the column that they share tells where they end."""
    cells = columns.pop("process", None)
    if cells is not None:
        parts = [(cell or "").partition("/") for cell in cells]
        columns["pid"] = [int(pid) if slash else None for pid, slash, _ in parts]
        columns["program"] = [program.rstrip() if slash else None for _, slash, program in parts]


UNIX_SOCKETS = Table(
    name="UNIX sockets",
    kind="unix_sockets",
    titles=["Active UNIX domain sockets"],
    columns={
        "Proto": token(r"unix|\?\?"),
        "RefCnt": integer("ref_count"),
        "Flags": flags("flags"),
        "Type": token(r"\S+")("type"),
        "State": pp.Opt(token(r"[^\s\d-][^ \n\d]*+(?: ++[^ \n\d]++)*?(?= ++(?:-?\d++|-)(?!\S))")("state_text")),
        "I-Node": inode,
        "PID/Program name": process,
        "Security Context": context,
        "Path": pp.Opt(rest("path")),
    },
    only_with={"PID/Program name": "-p", "Security Context": "-Z"},
    constants={"protocol": "unix"},
    facts=[states, types, split, owner],
)
