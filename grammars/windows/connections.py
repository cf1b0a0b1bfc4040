"""Connections: ``netstat`` with ``-a -n -o -f -p -q -b -t -y -i``.

Windows 10 prints with -anob, after an empty line, a title, an empty line and headings::

      Proto  Local Address          Foreign Address        State           PID
      TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1712
      RpcSs
     [svchost.exe]
      UDP    [fe80::10b0:462e:c279:f46a%9]:546  *:*                                    1216

``TCP`` and ``UDP`` are never translated. Titles and headings are, and in some languages states, too. French has no
heading over the PIDs. Widths differ by language, so only the order of the columns identifies them.
"""

import pyparsing as pp

from netstat_parse.grammar import (
    Lookup,
    Table,
    endpoint,
    peer,
)
from netstat_parse.tokens import glued, integer, token

from .connection_facts import (
    DENIED,
    add_owner_line,
    keep_unnamed,
    name_protocol,
    normalize_endpoints,
    read_components,
    report_missing_pids,
    split_joined,
)
from .program import detect_by_connections

OFFLOAD = r"(?:InHost|Offloading|Offloaded|Uploading)\b"
"""States of TCP offload, never translated."""

protocol = token(r"(?:TCP|UDP)[46]?+(?=[ \t])", name_protocol)("protocol")

_STATE_ENDS = rf"(?=[ \t]{{2,}}+\S|[ \t]*+(?:\n|\Z)|[ \t]++(?:\d|{OFFLOAD}))"
_MORE_WORDS = rf"(?: (?!{OFFLOAD})[^\W\d]\S*+)+?"
_USUAL_STATE = r"[A-Z_]++[12]?+(?=  ++\S)"
"""A state in English before a PID: `re` matches a range of letters in less time than `\\S`."""
state = token(rf"{_USUAL_STATE}|(?![\[\d])\S++(?:{_STATE_ENDS}|{_MORE_WORDS}{_STATE_ENDS})")
"""One word in every known language, but an unknown one may have several: ``0.0.0.0:0   ATENDAS FINON   1712``."""

template = token(r"Not Applicable|[^\s\d]\S*")

# Owner lines below a row. A component is one only if the program in brackets, or the sentence in its place, follows.

_ELISION = "snip|cut|omit|truncat|skip|redact|remov|delet|output|etc"
"""Beginnings of what people write in brackets where they have left lines out."""

PROGRAM = rf"(?:[^\[\]\n]*\.[A-Za-z0-9]{{2,4}}|(?!{_ELISION})[\w-]+)"
"""``svchost.exe``, ``System``."""

IS_OWNER = r"(?![^ \t\n.]++\n(?![ \t]*+(?:TCP|UDP|\[|\n|\Z)))"
"""A name without ending in brackets at the beginning of a line, such as ``[server]``, is no owner above other text."""

PROGRAM_LINE = rf"{IS_OWNER}[ \t]*+\\?\[{PROGRAM}\\?\][ \t]*+(?:\n|\Z)"
"""The last owner line: `` [svchost.exe]``."""

KNOWN_DENIALS = (
    rf"(?:{DENIED}|Impossible d\u2019obtenir les informations de propriétaire|无法获取所有权信息|無法取得擁有權資訊)"
)
"""The sentence in each language in which it is known: an owner line, whatever follows it."""

DENIED_LINE = (
    rf"(?:[ \t]*{KNOWN_DENIALS}[ \t]*(?:\n|\Z)"
    r"|[ \t](?=\S+[ \t]\S|[^\x00-\x7f])[^\W\d_][^\n\d\[\]<>=|:/\\]{3,100}(?:\n|\Z)(?=[ \t]*(?:TCP|UDP|\n|\Z)))"
)
"""Several words behind one blank, in any language: `` Can not obtain ownership information``."""

COMPONENT_LINE = (
    r"(?:[ \t]{1,4}(?!(?:TCP|UDP)[46]?[ \t])(?![\[\\])(?![^\n]*\S[ \t]{2,}\S)\S[^\n]{0,259}"
    r"|[\w-]+[ \t]*|[A-Za-z]:\\[^\n]{1,259})"
)
"""A service, or a module on XP: ``  RpcSs``, but not the next headings, ``  Proto  Local Address``."""

MAX_COMPONENT_LINES = 24
"""Lines above the program, with the blank lines of text that has one behind each line."""


components = glued(
    token(
        rf"(?<!\]\n)(?:{COMPONENT_LINE}\n|[ \t]*\n){{0,{MAX_COMPONENT_LINES}}}?(?={PROGRAM_LINE}|{DENIED_LINE})",
        read_components,
    )
)
program = (
    glued(token(IS_OWNER)) + token(r"\\?\[") + glued(token(rf"{PROGRAM}(?=\\?\])"))("program") + glued(token(r"\\?\]"))
)
message = token(r"[^\s\[\\](?:[^\n]*\S)?")
owner = components("components") + (program | message("message"))

owner_begins = glued(
    token(rf"(?:(?:{COMPONENT_LINE}|[ \t]*)\n){{0,{MAX_COMPONENT_LINES}}}(?:{COMPONENT_LINE}|[ \t]*)\Z")
)
"""Lines up to the end of the text, of which nobody knows yet whether the program follows."""

wrapped_pid = glued(token(r"(?<=[^\d]\n)[ \t]*")) + integer("wrapped_pid")
"""A PID that the console has moved to the next line, because the line was full."""

joined_owner = pp.Opt(token(r"[^\[\n]*\S(?=[ \t]*\[)")("joined")) + program
"""Owner lines that were pasted behind their row: ``LISTENING   1948   RpcSs [svchost.exe]``."""

unnamed_column = token(r"\S(?:[^\n]*\S)?")("unnamed")


CONNECTIONS = Table(
    name="connections",
    kind="connections",
    titles=["Active Connections"],
    columns={
        "Proto": protocol,
        "Local Address": endpoint("local"),
        "Foreign Address": peer,
        "State": pp.Opt(state("state_text")),
        "PID": pp.Opt(integer("pid")),
        "Offload State": pp.Opt(token(OFFLOAD)("offload_state")),
        "Template": pp.Opt(template("template")),
        "Time in State (ms)": pp.Opt(integer("state_milliseconds")),
        "DSCP": pp.Opt(integer("dscp")),
    },
    sample=["TCP", "127.0.0.1:1", "127.0.0.1:2", "LISTENING", "4", "InHost", "Internet", "1", "1"],
    only_with={"PID": "-o", "Offload State": "-t", "Template": "-y", "Time in State (ms)": "-i", "DSCP": "-d"},
    columns_need_headings=frozenset({"-y", "-i", "-d"}),
    trailing=joined_owner | unnamed_column,
    repairs=[normalize_endpoints, split_joined],
    words={"state": Lookup("states", "state_text")},
    facts=[keep_unnamed, detect_by_connections, report_missing_pids],
    more=owner | wrapped_pid,
    more_begins=owner_begins,
    join=add_owner_line,
)
