"""Facts about Linux sockets: state and user, the family, the owner, and what was cut."""

from collections.abc import Sequence

from netstat_parse.grammar import (
    Columns,
    Section,
    integer_texts,
    mark_truncated,
    normalize_addresses,
    set_family_by_address,
)
from netstat_parse.precompiled import compile_pattern

from .socket_builds import OLD_STATE_WIDTH, PROGRAM_WIDTHS, PlainTcp, address_widths, plain_tcp_may_be_ipv6

MAX_PID_DIGITS = 10
"""Digits that the grammar reads; Linux prints at most seven."""

_UID = compile_pattern(r"-?[0-9]{1,10}")


def split_state_and_user(columns: Columns, section: Section) -> None:
    """Move a digit from the user to the state, where 1.60 prints both without a blank between.

    A state of twelve letters fills its column, and the digit behind it may belong to either. The vocabularies decide.
    """
    texts, users = columns.get("state_text"), columns.get("user")
    if texts is None or users is None:
        return
    for row, text in enumerate(texts):
        if text and len(text) >= OLD_STATE_WIDTH and not section.words.schema_word("states", text):
            user = users[row] or ""
            if user[1:].isdigit() and section.words.schema_word("states", text + user[0]):
                texts[row], users[row] = text + user[0], user[1:]


def report_text_behind(columns: Columns, section: Section) -> None:
    """Report text behind the column of the program, which netstat did not print there."""
    texts = columns.pop("text_behind", None)
    for row, text in enumerate(texts or ()):
        if text:
            section.note(row, *describe_text_behind(text))


def describe_text_behind(text: str) -> tuple[str, str]:
    """Return code and message of the diagnostic for text behind a row."""
    return "text-behind-row", f"a program's name ends before this text, which is in no record: {text}"


def set_family(columns: Columns, section: Section) -> None:
    """Set the family of each socket: that of ``tcp6``, else that of its address.

    If a plain ``tcp`` may be IPv6, only the address decides: a mapped one is printed as ``::ffff:192.0.2.1`` there, and
    as a dotted quad under ``tcp6``. Host names do not decide, nor does ``*``, which these builds print for any address.
    """
    hosts = columns.get("local_host") or ()
    has_any = "*" in hosts
    printed = columns.get("family")
    set_family_by_address(columns)
    families = columns["family"]
    if printed is None and not has_any and families.count("ipv4") == len(families):
        return
    if printed is None:
        printed = [None] * len(families)
    is_open = plain_tcp_may_be_ipv6(section)
    if not is_open and not has_any and "ipv6" not in families:
        columns["family"] = [word or "ipv4" for word in printed]
        return
    for row, (word, by_address) in enumerate(zip(printed, families, strict=True)):
        if word is None and (by_address == "ipv6" or (is_open is None and has_any and hosts[row] == "*")):
            section.state(PlainTcp).may_be_ipv6 = is_open = True  # from this row on: earlier rows stay as they are
        families[row] = word or by_address or (None if is_open else "ipv4")


def mark_cut_addresses(columns: Columns, section: Section) -> None:
    """Mark an address that fills its column: netstat may have cut it."""
    normalize_addresses(columns, address_widths(section))


def set_owner(columns: Columns, _section: Section) -> None:
    """Set the uid of a numeric user, and mark a program that fills its column: netstat may have cut it."""
    users, programs = columns.get("user"), columns.get("program")
    if users is not None:
        numeric = [bool(user) and _UID.fullmatch(user) is not None for user in users]
        columns["uid"] = [int(user) if is_uid else None for user, is_uid in zip(users, numeric, strict=True)]
        columns["user"] = [None if is_uid else user for user, is_uid in zip(users, numeric, strict=True)]
    if programs is not None:
        if "" in programs:
            columns["program"] = [program or None for program in programs]
        mark_truncated(columns, "program", find_cut_programs(columns["pid"], programs))


def find_cut_programs(pids: Sequence[int | None], programs: Sequence[str | None]) -> list[bool]:
    """Find the rows in which PID, slash and program fill the column; no rows if no program is long enough."""
    widths = {program: len(f"/{program}".encode()) for program in set(programs) if program}
    filling = {
        program: [column_width - width for column_width in PROGRAM_WIDTHS]
        for program, width in widths.items()
        if width >= PROGRAM_WIDTHS[0] - MAX_PID_DIGITS
    }
    if not filling:
        return []
    owners = zip(integer_texts(pids), programs, strict=True)
    return [program in filling and len(pid or "") in filling[program] for pid, program in owners]
