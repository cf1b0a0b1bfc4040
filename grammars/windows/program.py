"""Detect the program: the netstat.exe of Windows, of ReactOS or of Wine.

The three print the same tables with few differences::

                       Windows         ReactOS           Wine
    states             SYN_RECEIVED    SYN_RCVD          SYN_RCVD
                       FIN_WAIT_1      FIN_WAIT1         FIN_WAIT1
    PID (-o)           PID             Process           none
    IPv6               yes             no                no
    ICMPv4 counters    Echo Replies    Echos             none
                       Echos           Echo Replies

Most output fits all three, and then no program is named. Words that only one of them prints are in the vocabularies
(``words/pl-x-reactos.toml``), and are counted there.
"""

from collections.abc import Sequence

from netstat_parse.grammar import Columns, Section

STATES_OF_OTHERS = frozenset({"SYN_RCVD", "FIN_WAIT1", "FIN_WAIT2", "???"})
"""States that ReactOS and Wine spell so, and Windows otherwise."""

PID_HEADINGS_OF_REACTOS = ("Proces", "Процесс", "İşlem")
"""The beginning of ReactOS' heading over PIDs: in English and Polish, Russian, Turkish."""


class Evidence:
    """Evidence about the program in the rows of one connection table, kept from block to block."""

    against_windows: bool = False
    has_pids: bool = False


def detect_by_connections(columns: Columns, section: Section) -> None:
    """Name the program by states and the heading over PIDs; Wine prints no PID."""
    evidence = section.state(Evidence)
    evidence.has_pids = evidence.has_pids or bool(columns.get("pid"))
    if STATES_OF_OTHERS.intersection(columns.get("state_text", ())) or is_heading_of_reactos(section.header):
        evidence.against_windows = True
    if evidence.against_windows:
        section.snapshot["tool"] = "reactos" if evidence.has_pids else None
    elif evidence.has_pids:
        section.snapshot["tool"] = "windows"


def detect_by_ipv6_routes(_columns: Columns, section: Section) -> None:
    """Name Windows, because neither Wine nor ReactOS prints IPv6 routes."""
    section.snapshot["tool"] = "windows"


def detect_by_counters(family: str, labels: Sequence[str | None], section: Section) -> None:
    """Name the program by a block of statistics, given its family and its labels in English."""
    if family == "ipv6":
        section.snapshot["tool"] = "windows"
    elif "Echos" in labels and "Echo Replies" in labels:
        has_replies_first = labels.index("Echo Replies") < labels.index("Echos")
        section.snapshot["tool"] = "windows" if has_replies_first else "reactos"


def is_heading_of_reactos(line: str) -> bool:
    """Return whether this line of headings is one that only ReactOS prints."""
    return "PID" not in line and any(heading in line for heading in PID_HEADINGS_OF_REACTOS)
