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

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyparsing as pp

from netstat_parse.grammar import (
    Columns,
    Lookup,
    Section,
    Table,
    endpoint,
    get_column,
    normalize_addresses,
    peer,
    set_family_by_address,
)
from netstat_parse.tokens import glued, integer, token

from .program import detect_by_connections

NO_PID = "missing-cell"

DENIED = "Can not obtain ownership information"

OFFLOAD = r"(?:InHost|Offloading|Offloaded|Uploading)\b"
"""States of TCP offload, never translated."""

protocol = token(r"(?:TCP|UDP)(?=[46]?[ \t])", str.lower)("protocol") + pp.Opt(glued(token("[46]")))

_STATE_ENDS = rf"(?=[ \t]{{2,}}+\S|[ \t]*+(?:\n|\Z)|[ \t]++(?:\d|{OFFLOAD}))"
_MORE_WORDS = rf"(?: (?!{OFFLOAD})[^\W\d]\S*+)+?"
state = token(rf"(?![\[\d])\S++(?:{_STATE_ENDS}|{_MORE_WORDS}{_STATE_ENDS})")
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


def read_components(text: str) -> list[str]:
    """Read components, one a line; blank lines are none."""
    return [line.strip() for line in text.split("\n") if line.strip()]


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


def normalize_endpoints(columns: Columns, _section: Section) -> None:
    """Set the family by the addresses, and write these canonically; a name has no family."""
    set_family_by_address(columns)
    normalize_addresses(columns)


def split_joined(columns: Columns, _section: Section) -> None:
    """Split components that were pasted behind their row."""
    texts = columns.pop("joined", None)
    if texts is not None:
        columns["components"] = [text.split() if text else [] for text in texts]


def keep_unnamed(columns: Columns, section: Section) -> None:
    """Keep a column of unknown meaning in `extra`, under the last heading where that is no known one."""
    texts = columns.pop("unnamed", None)
    if texts is None:
        return
    _, gap, heading = section.header.rpartition("  ")
    heading = heading.strip() if gap else ""
    if section.words.english("headings", heading) in CONNECTIONS.columns:
        heading = "unnamed"
    denied = [text is not None and is_denial(text, section) for text in texts]
    if any(denied):
        columns["ownership"] = ["denied" if is_denied else None for is_denied in denied]
    kept = zip(texts, denied, strict=True)
    columns["extra"] = [{} if text is None or is_denied else {heading: text} for text, is_denied in kept]


@dataclass
class SeenPids:
    """The column of PIDs, as far as it was read."""

    is_printed: bool | None = None
    """True if a row had a PID; until then, true if there is a heading over the PIDs."""


def report_missing_pids(columns: Columns, section: Section) -> None:
    """Report each row that ends before its PID, below its heading or if a row above has one."""
    pids, seen = columns.get("pid"), section.state(SeenPids)
    if seen.is_printed is None:
        seen.is_printed = "PID" in section.header.split()
    if pids is None and not seen.is_printed:
        return
    if pids is not None and None not in pids:
        seen.is_printed = True
        return
    for row, pid in enumerate(get_column(columns, "pid")):
        if pid is not None:
            seen.is_printed = True
        elif seen.is_printed:
            section.note(row, NO_PID, "the row has no PID, as other rows have")


def add_owner_line(columns: Columns, row: int, texts: Mapping[str, Any], section: Section) -> None:
    """Add the lines of an owner, or a wrapped PID, to their connection."""
    count = len(columns["protocol"])
    if texts.get("wrapped_pid") is not None:
        columns.setdefault("pid", [None] * count)[row] = texts["wrapped_pid"]
        section.notes[:] = [note for note in section.notes if (note.row, note.code) != (row, NO_PID)]
        return
    if texts.get("components"):
        columns.setdefault("components", [[] for _ in range(count)])[row] += texts["components"]
    if texts.get("message") is not None:
        columns.setdefault("ownership", [None] * count)[row] = "denied"
        section.words.english("words", texts["message"])
    else:
        columns.setdefault("program", [None] * count)[row] = texts["program"]


def is_denial(text: str, section: Section) -> bool:
    """Return whether the text says, in a known language, that the owner could not be obtained."""
    return section.words.english("words", text) == DENIED


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
