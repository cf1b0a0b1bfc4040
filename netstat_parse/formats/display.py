"""The columns of tables for people, and those that a narrow terminal omits."""

from collections.abc import Container, Iterable, Mapping, Sequence
from itertools import compress
from typing import Any, NamedTuple

from netstat_parse.formats.cells import DESTINATION, LOCAL, REMOTE, SOURCE, format_cells
from netstat_parse.formats.styles import EXPOSURES, FAULT, SEVERITIES, STATES
from netstat_parse.formats.task import WriteTask
from netstat_parse.formats.text_layout import Style
from netstat_parse.records.rows import MEANING, UNIT

DisplayColumns = Mapping[str, Mapping[str, Sequence[str]]]
"""For each table, its headings, each with the fields whose values form one cell."""


class DisplayTable(NamedTuple):
    """A table with its cells as printable text, without empty columns."""

    title: str
    headings: list[str]
    rows: list[list[str]]


COLUMNS: DisplayColumns = {
    "connections": {
        "Proto": ("protocol", "family"),
        "Recv-Q": ("recv_q",),
        "Send-Q": ("send_q",),
        "Local": LOCAL,
        "More local": ("more_local_addresses",),
        "Remote": REMOTE,
        "More remote": ("more_remote_addresses",),
        "State": ("state", "state_text"),
        "PID": ("pid",),
        "Program": ("program", "components", "ownership"),
        "User": ("user", "uid"),
        "Inode": ("inode",),
        "Timer": ("timer", "timer_seconds", "timer_retransmits", "timer_probes"),
        "In state ms": ("state_milliseconds",),
        "Offload": ("offload_state",),
        "Template": ("template",),
        "DSCP": ("dscp",),
        "Security context": ("security_context",),
        "Other": ("extra",),
    },
    "unix_sockets": {
        "Refs": ("ref_count",),
        "Type": ("type",),
        "State": ("state", "state_text"),
        "Flags": ("flags",),
        "Inode": ("inode",),
        "PID": ("pid",),
        "Program": ("program",),
        "Path": ("path",),
        "Security context": ("security_context",),
    },
    "counters": {
        "Protocol": ("protocol", "family"),
        "Counter": ("name",),
        "Value": ("value", "text"),
        "Unit": (UNIT,),
        "Meaning": (MEANING,),
    },
    "interfaces": {
        "Index": ("index",),
        "Interface": ("name", "description"),
        "Link": ("encapsulation",),
        "Physical address": ("physical_address",),
        "Addresses": ("addresses",),
        "MTU": ("mtu",),
        "Metric": ("metric",),
        "In packets": ("in_packets",),
        "In bytes": ("in_octets",),
        "In errors": ("in_errors",),
        "In drops": ("in_discards",),
        "In overruns": ("in_overruns",),
        "In frame errors": ("in_frame_errors",),
        "In unicast": ("in_ucast_pkts",),
        "In non-unicast": ("in_nucast_pkts",),
        "In unknown protocols": ("in_unknown_protos",),
        "Out packets": ("out_packets",),
        "Out bytes": ("out_octets",),
        "Out errors": ("out_errors",),
        "Out drops": ("out_discards",),
        "Out overruns": ("out_overruns",),
        "Out carrier errors": ("out_carrier_errors",),
        "Out unicast": ("out_ucast_pkts",),
        "Out non-unicast": ("out_nucast_pkts",),
        "Collisions": ("collisions",),
        "Queue length": ("tx_queue_length",),
        "Flags": ("flags",),
        "Interrupt": ("interrupt",),
        "I/O port": ("base_address",),
        "Memory": ("memory",),
        "Other": ("extra",),
    },
    "routes": {
        "Destination": ("destination", "destination_host"),
        "Gateway": ("gateway", "gateway_host", "on_link"),
        "Source": ("source",),
        "Interface": ("interface", "interface_index"),
        "Metric": ("metric", "metric_text"),
        "Flags": ("flags",),
        "Type": ("type",),
        "Persistent": ("persistent",),
        "Refs": ("references",),
        "Uses": ("uses",),
        "MSS": ("mss",),
        "Window": ("window",),
        "RTT ms": ("irtt",),
        "TOS": ("tos",),
        "Local": ("specific_destination",),
        "Header refs": ("hh_references",),
        "Header up to date": ("hh_up_to_date",),
        "Physical address": ("physical_address",),
        "State": ("state_text",),
        "Stale in s": ("stale_seconds",),
        "Deleted in s": ("delete_seconds",),
        "Other": ("extra",),
    },
    "multicast_groups": {"Interface": ("interface",), "Group": ("group",), "Sockets": ("ref_count",)},
    "masquerades": {
        "Protocol": ("protocol",),
        "Source": SOURCE,
        "Destination": DESTINATION,
        "Port": ("masquerade_port",),
        "Expires in s": ("expires_seconds",),
        "Sequence": ("init_sequence",),
        "Delta": ("delta",),
        "Previous delta": ("previous_delta",),
    },
}
"""Columns of the tables that netstat printed.

A heading names the unit where it is the same in all rows. Recv-Q and Send-Q have none: they count bytes, but of a
listening socket of Linux connections.
"""

INPUT_COLUMNS: DisplayColumns = {
    "snapshots": {
        "Snapshot": ("index",),
        "System": ("system",),
        "Tool": ("tool", "tool_version"),
        "Language": ("language",),
        "Command": ("command",),
        "Captured": ("captured_at", "started_at"),
        "Origin": ("origin",),
        "First line": ("first_line",),
        "Last line": ("last_line",),
        "Encoding": ("encoding",),
        "Listeners": ("listeners",),
        "Exit status": ("exit_status",),
        "Seconds": ("duration_seconds",),
    },
    "diagnostics": {"Line": ("line",), "Severity": ("severity",), "Code": ("code",), "Message": ("message",)},
}
"""Columns of the tables about the input, which are written only if selected by name."""

DROPPED_FIRST: Mapping[str, Sequence[str]] = {
    "connections": (
        *("Template", "DSCP", "Offload", "Inode", "Security context", "Timer", "In state ms", "User"),
        *("Other", "More remote", "More local", "PID", "Recv-Q", "Send-Q", "Program"),
    ),
    "unix_sockets": ("Security context", "Refs", "Flags", "Inode", "PID", "Program"),
    "interfaces": (
        *("Memory", "I/O port", "Interrupt", "Other", "Metric", "Queue length", "Link", "Index", "Collisions"),
        *("Out carrier errors", "In frame errors", "In unknown protocols", "Out non-unicast", "In non-unicast"),
        *("Out unicast", "In unicast", "MTU", "Flags", "Physical address", "Out overruns", "In overruns"),
        *("Addresses", "Out drops", "In drops", "Out errors", "In errors", "Out packets", "In packets"),
    ),
    "routes": (
        *("Header up to date", "Header refs", "RTT ms", "Window", "MSS", "TOS", "Uses", "Refs", "Deleted in s"),
        *("Stale in s", "Type", "Local", "Persistent", "Other", "Source", "Physical address", "Flags", "Metric"),
    ),
    "masquerades": ("Previous delta", "Delta", "Sequence", "Expires in s"),
    "snapshots": (
        *("Encoding", "Language", "Listeners", "Seconds", "Exit status", "Last line", "Tool", "Origin", "System"),
    ),
    "listeners": ("Captured", "Origin", "User", "Service", "More addresses"),
    "talkers": ("Captured", "Origin", "Outbound", "Inbound", "Ports"),
    "states": ("Captured", "Origin"),
}
"""For each table, the columns that a narrow terminal omits, the least important first; the others always stay."""

LISTS = frozenset(
    {
        *("flags", "addresses", "more_local_addresses", "more_remote_addresses", "extra"),
        *("states", "ports", "message"),
    }
)
"""Fields with several words, between which a narrow terminal may break a cell."""


_FAULTS = frozenset(
    {
        *("in_errors", "out_errors", "in_discards", "out_discards", "in_overruns", "out_overruns"),
        *("in_frame_errors", "out_carrier_errors", "collisions"),
    }
)
"""Fields that count errors and losses."""

_IMPORTANT = frozenset({"PID", "Program"})
"""Headings of columns that a terminal omits only after all others, with faults and queues that are not 0."""

_QUEUES = frozenset({"recv_q", "send_q"})
"""Fields of bytes or connections that wait; usually 0."""

_WORD_STYLES: Mapping[str, Mapping[str, str]] = {"state": STATES, "severity": SEVERITIES, "exposure": EXPOSURES}
"""Fields with words that have a style."""


def find_style(fields: Sequence[str]) -> Style | None:
    """Return the function that gives the style of a cell of these fields; None if cells have none."""
    words = _WORD_STYLES.get(fields[0])
    if words is not None:
        return lambda cell: words.get(cell, "")
    if fields[0] in _FAULTS:
        return lambda cell: "" if cell in ("", "0") else FAULT
    return None


def order_columns(
    table: str, columns: Mapping[str, Sequence[str]], idle: Container[str]
) -> tuple[list[str], list[str]]:
    """Return the columns that can be dropped, the least important first, and those of them that are important.

    Args:
        table: the name of the table.
        columns: the headings, each with its fields.
        idle: headings of columns without a value but 0. They are the least important, except for faults.
    """
    order = [heading for heading in DROPPED_FIRST.get(table, ()) if heading in columns]
    faults = {heading for heading in order if columns[heading][0] in _FAULTS}
    alerts = {heading for heading in order if heading in faults or columns[heading][0] in _QUEUES}
    important = [heading for heading in order if heading in _IMPORTANT or (heading in alerts and heading not in idle)]
    first = [heading for heading in order if heading in idle and heading not in faults]
    rest = [heading for heading in order if heading not in first and heading not in important]
    return [*first, *rest, *important], important


def display_columns(task: WriteTask) -> DisplayColumns:
    """Return the columns to display: one for each selected field, or else the usual ones of the selected tables."""
    if task.answer:
        return {task.answer.table: task.answer.headings}
    tables = select_columns(task.tables)
    if task.fields is None:
        return tables
    from netstat_parse.records.selection import available_fields

    chosen = {table: {name: (name,) for name in available_fields(table, task.fields)} for table in tables}
    return {
        table: {**columns, MEANING: (MEANING,)} if table == "counters" else columns for table, columns in chosen.items()
    }


def select_columns(only: Iterable[str] | None) -> DisplayColumns:
    """Return the columns of these tables; None for all tables that netstat printed."""
    if only is None:
        return COLUMNS
    return {table: columns for table, columns in {**COLUMNS, **INPUT_COLUMNS}.items() if table in only}


def title_table(name: str) -> str:
    """Return the title of a table for people."""
    return name.replace("_", " ").capitalize().replace("Unix", "UNIX")


def make_table(title: str, headings: list[str], rows: list[list[str]]) -> DisplayTable:
    """Make a table without its empty columns."""
    is_used = [any(cells) for cells in zip(*rows, strict=True)]
    return DisplayTable(title, list(compress(headings, is_used)), [list(compress(row, is_used)) for row in rows])


def format_row(columns: Mapping[str, Sequence[str]], record: Mapping[str, Any]) -> list[str]:
    """Return the cells of a record as printable text."""
    return [cell for (cell,) in format_cells(columns, {name: [value] for name, value in record.items()}).values()]
