"""Connections of Windows: ``netstat`` with ``-a -n -o -f -p -q -b -t -y -i``.

Windows 10 prints with -anob, after an empty line, a title, an empty line and headings::

      Proto  Local Address          Foreign Address        State           PID
      TCP    0.0.0.0:135            0.0.0.0:0              LISTENING       1712
      RpcSs
     [svchost.exe]
      UDP    [fe80::10b0:462e:c279:f46a%9]:546  *:*                                    1216

``TCP`` and ``UDP`` are never translated; titles, headings and, in some languages, states are. French prints the PID
without a heading. Japanese pads the protocol to ten columns, others their headings: only the order of columns holds.
"""

import re
from collections.abc import Mapping
from typing import Any

import pyparsing as pp

from netstat_parse.grammar import Columns, Section, Table
from netstat_parse.grammar.endpoints import endpoint, family_by_address, peer, whole_addresses
from netstat_parse.tokens import glued, integer, token

protocol = token(r"(?:TCP|UDP)(?=[46]?[ \t])", str.lower)("protocol") + pp.Opt(glued(token("[46]")))

OFFLOAD = r"(?:InHost|Offloading|Offloaded|Uploading)\b"

state = token(
    # One word in every language known; where another has more, they end before two blanks or the PID.
    rf"(?![\[\d])\S++(?: (?!{OFFLOAD})[^\W\d]\S*+)*?(?=[ \t]*+(?:\n|\Z)|[ \t]++(?:\d|{OFFLOAD})|[ \t]{{2,}}+\S)"
)

program = token(r"\[") + glued(token(r"[^\]\n]+"))("program") + glued(token(r"\]"))

owner_line = (
    # -b: services, or on XP the modules, then the program; a sentence behind a single blank, in any language, says that
    # the owner could not be obtained. A line of several columns is a heading or a row.
    glued(token(r"[ \t]+(?=\[)")) + program
    | glued(token(r"[ \t](?=[^\s\[][^\n]*?[^\n\S]\S)")) + token(r"[^\n]*\S")("message")
    | glued(token(r"[ \t]{1,4}(?![^\n]*\S[ \t]{2,}\S)(?=\S)")) + token(r"[^\n]*\S")("component")
)


def families(columns: Columns, _section: Section) -> None:
    """An address tells the family; a name does not."""
    family_by_address(columns)
    whole_addresses(columns)


def states(columns: Columns, section: Section) -> None:
    """The schema's word for a state in any language."""
    if "state_text" in columns:
        columns["state"] = section.schema_words("states", columns["state_text"])


def unnamed(columns: Columns, section: Section) -> None:
    """Columns whose meaning is not known are kept, under the heading that stands over them if there is one."""
    texts = columns.pop("unnamed", None)
    if texts is None:
        return
    heading = section.header.split("  ")[-1].strip() if len(section.header.split("  ")) > 1 else ""
    if section.words.english("headings", heading) in CONNECTIONS.columns:
        heading = "unnamed"
    denied = [text is not None and section.words.english("words", text) == DENIED for text in texts]
    if any(denied):
        columns["ownership"] = ["denied" if is_denied else None for is_denied in denied]
    kept = zip(texts, denied, strict=True)
    columns["extra"] = [{} if text is None or is_denied else {heading: text} for text, is_denied in kept]


def joined(columns: Columns, _section: Section) -> None:
    """Owner lines that were joined to their row when they were pasted."""
    texts = columns.pop("joined", None)
    if texts is not None:
        columns["components"] = [text.split() if text else [] for text in texts]


_HEADED_PID = re.compile(r"PID|^(?!.*(?:Proces|Процесс|İşlem))")
"""ReactOS calls the column Process."""

NOT_MICROSOFTS = frozenset({"SYN_RCVD", "FIN_WAIT1", "FIN_WAIT2", "???"})
"""States as Wine and ReactOS print them."""


def tool(columns: Columns, section: Section) -> None:
    """Wine has no PID; ReactOS has, and states of its own or a heading that is no name for a PID."""
    states = set(columns.get("state_text", ()))
    if states & NOT_MICROSOFTS or not _HEADED_PID.search(section.header):
        section.told["other"] = True
        section.snapshot["tool"] = "reactos" if columns.get("pid") else None
    elif columns.get("pid") and not section.told.get("other"):
        section.snapshot["tool"] = "windows"


DENIED = "Can not obtain ownership information"


def own(columns: Columns, row: int, found: Mapping[str, Any], section: Section) -> None:
    """Add an owner line to its connection."""
    count = len(columns["protocol"])
    if found.get("program") is not None:
        columns.setdefault("program", [None] * count)[row] = found["program"]
    elif found.get("message") is not None or section.words.english("words", found["component"]) == DENIED:
        columns.setdefault("ownership", [None] * count)[row] = "denied"
    else:
        columns.setdefault("components", [[] for _ in range(count)])[row].append(found["component"])


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
        "Template": pp.Opt(token(r"Not Applicable|[^\s\d]\S*")("template")),
        "Time in State (ms)": pp.Opt(integer("state_milliseconds")),
        "DSCP": pp.Opt(integer("dscp")),
    },
    only_with={"PID": "-o", "Offload State": "-t", "Template": "-y", "Time in State (ms)": "-i", "DSCP": "-d"},
    headed=frozenset({"-y", "-i", "-d"}),
    trailing=pp.Opt(token(r"[^\[\n]*\S(?=\s*\[)")("joined")) + program | token(r"\S(?:[^\n]*\S)?")("unnamed"),
    facts=[families, states, unnamed, joined, tool],
    more=owner_line,
    join=own,
)
