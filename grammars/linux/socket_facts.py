"""What follows from the columns of Linux sockets: who owns one, what was cut, which family it is of."""

import re
from dataclasses import dataclass

from netstat_parse.grammar import Columns, Section, family_by_address, whole_addresses

CUT_AT = 23
"""Bytes of an address column, at which net-tools 2.x cuts host and port when there is no -W."""

CUT_AT_RHEL = 27
"""The same for Red Hat 5 and 6, where ``-T`` is what -W is elsewhere; UDP and raw are cut to 23 there."""

PROGRAM_CUT_AT = (19, 20)
"""Bytes of PID and program: 19 of net-tools, 20 of busybox."""

_RHEL_HEADER = re.compile(r"Foreign Address {13}State")
_TOOLS = (
    (re.compile(r"PID/Program Name"), "toybox"),
    (re.compile(r"State {7}$"), "busybox"),
    (re.compile(r"PID/Program name +\S|State +(?!PID)\S.*\S +\S+ *$"), "net-tools"),
)
"""Headings that only one program prints: net-tools alone has timers, and inodes of Internet sockets but for toybox."""

_OLD_HEADER = re.compile(r"PID/Program name {3}(?:$|\S)|State {7}$")
_STATE_AT_END = re.compile(r"(?<![A-Z_])[A-Z_]++[12]?+ *+$")
"""11 columns since 2002, 12 before and in busybox."""

_UID = re.compile(r"-?[0-9]{1,10}")

_OLD_ROW_WIDTH = 12
"""Columns of the state of 1.60 and busybox; 11 since 2002."""


@dataclass
class PlainTcp:
    """Whether a row has shown that a plain ``tcp`` may be IPv6."""

    may_be_ipv6: bool = False


def whole(columns: Columns, section: Section) -> None:
    """Flag an address that fills its column: netstat may have cut it."""
    wide = bool(_RHEL_HEADER.search(section.header))
    whole_addresses(columns, frozenset({CUT_AT, CUT_AT_RHEL} if wide else {CUT_AT}))


def family(columns: Columns, section: Section) -> None:
    """The family of the socket, by ``tcp6`` or by the address.

    Before 2002 and in busybox a plain ``tcp`` is of either family, and only an address can tell: a mapped one is printed
    in full there, ``::ffff:192.0.2.1``, while under ``tcp6`` it is a dotted quad. Names tell nothing there, nor does the
    ``*`` that these builds print for any address.
    """
    anywhere = columns.get("local_anywhere")
    told = columns.get("family")
    family_by_address(columns)
    by_address = columns["family"]
    if told is None:
        told = [None] * len(by_address)
    if "ipv6" in by_address or anywhere or _is_old(section) is not False:
        for row, (word, address) in enumerate(zip(told, by_address, strict=True)):
            if word is None and (address == "ipv6" or (anywhere and anywhere[row] and _is_old(section) is None)):
                section.state(PlainTcp).may_be_ipv6 = True  # from this row on: what came before cannot know
            by_address[row] = word or address or (None if _is_old(section) else "ipv4")
    else:
        columns["family"] = [word or "ipv4" for word in told]


def _is_old(section: Section) -> bool | None:
    """Whether the build is one in which a plain ``tcp`` may be IPv6; None where nothing has told it."""
    if section.state(PlainTcp).may_be_ipv6 or _RHEL_HEADER.search(section.header) or _OLD_HEADER.search(section.header):
        return True
    state = _STATE_AT_END.search(section.first_row)
    return None if state is None else {11: False, 12: True}.get(len(state[0]))


def tool(_columns: Columns, section: Section) -> None:
    """The program, where only one prints such headings."""
    for headings, name in _TOOLS:
        if headings.search(section.header):
            section.snapshot["tool"] = name


def states(columns: Columns, section: Section) -> None:
    """The schema's word for a state in any language."""
    texts = columns.get("state_text")
    if texts is not None:
        part = "states" if section.table.kind == "connections" else "unix_states"
        columns["state"] = section.schema_words(part, texts)


def timers(columns: Columns, section: Section) -> None:
    """The schema's word for a timer in any language."""
    if "timer" in columns:
        columns["timer"] = section.schema_words("timers", columns["timer"])


def glued_user(columns: Columns, section: Section) -> None:
    """1.60 prints a state of twelve letters and the user without a blank: a digit may be of either."""
    texts, users = columns.get("state_text"), columns.get("user")
    if texts is None or users is None:
        return
    for row, text in enumerate(texts):
        if text and len(text) >= _OLD_ROW_WIDTH and not section.words.schema_word("states", text):
            user = users[row] or ""
            if user[1:].isdigit() and section.words.schema_word("states", text + user[0]):
                texts[row], users[row] = text + user[0], user[1:]


def owner(columns: Columns, _section: Section | None = None) -> None:
    """Who owns the socket: a numeric user is a uid; a program that ends where its column does may be cut."""
    users = columns.get("user")
    if users is not None:
        numeric = [bool(user) and _UID.fullmatch(user) is not None for user in users]
        columns["uid"] = [int(user) if is_uid else None for user, is_uid in zip(users, numeric, strict=True)]
        columns["user"] = [None if is_uid else user for user, is_uid in zip(users, numeric, strict=True)]
    programs = columns.get("program")
    if programs is None:
        return
    if "" in programs:
        columns["program"] = [program or None for program in programs]
    widths = {program: len(f"/{program}".encode()) for program in set(programs)}
    owners = enumerate(zip(columns["pid"], programs, strict=True))
    cut = [row for row, (pid, program) in owners if program and len(str(pid)) + widths[program] in PROGRAM_CUT_AT]
    if cut:
        flags = columns["truncated"] = columns.get("truncated") or [[]] * len(programs)
        program_alone = ["program"]
        for row in cut:
            flags[row] = [*flags[row], "program"] if flags[row] else program_alone
