"""Records that may feed a rule."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from netstat_parse.insight.facts.addresses import local_port
from netstat_parse.insight.facts.doubts import DOUBTED_RECORDS, count_lost_rows, find_lines
from netstat_parse.insight.facts.listening import IP_FAMILIES, explain_absence, is_listener
from netstat_parse.schema.dump import Dump
from netstat_parse.schema.model import PrintedRecord
from netstat_parse.schema.sockets import Connection

R = TypeVar("R", bound=PrintedRecord)

FILTERS = frozenset(
    ["grep", "egrep", "fgrep", "rg", "findstr", "find", "awk", "head", "tail", "sed", "select-string", "sls"]
)
"""Programs that leave out lines of what netstat prints."""


def trusted(dump: Dump, records: Sequence[R]) -> list[R]:
    """Return the records whose lines the parser does not doubt."""
    doubted = find_lines(dump, DOUBTED_RECORDS)
    return [record for record in records if record.line not in doubted] if doubted else list(records)


def has_damage(dump: Dump, records: Sequence[PrintedRecord]) -> bool:
    """Return whether a row among these records could not be read, so that what is missing may have been printed."""
    return count_lost_rows(dump, records) > 0


def is_filtered(dump: Dump, records: Iterable[PrintedRecord]) -> bool:
    """Return whether netstat was piped into a program that leaves out lines, so that missing ones prove nothing."""
    printed = {record.snapshot for record in records}
    commands = (snapshot.command or "" for snapshot in dump.snapshots if snapshot.index in printed)
    return any(_name_command(part) in FILTERS for command in commands for part in command.split("|")[1:])


def _name_command(text: str) -> str:
    """Return the name of the program that a command starts, without its path."""
    name = next(iter(text.split()), "").lower().removesuffix(".exe")
    return name.rpartition("/")[2]


def is_ip_listener(socket: Connection) -> bool:
    """Return whether a socket of the Internet protocols listens at a port."""
    return is_listener(socket) and socket.family in IP_FAMILIES and local_port(socket) is not None


def explain_no_listeners(dump: Dump) -> str | None:
    """Return why a dump without listeners does not show that there was none; None if it does."""
    scopes = {snapshot.listeners for snapshot in dump.snapshots}
    return explain_absence(scopes, has_sockets=bool(dump.connections))
