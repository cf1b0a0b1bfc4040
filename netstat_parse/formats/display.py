"""Tables for people: which columns they have, and the text of their cells."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from typing import Any, NamedTuple

from netstat_parse.formats.task import WriteTask
from netstat_parse.records.rows import MEANING
from netstat_parse.records.values import printable

DisplayColumns = Mapping[str, Mapping[str, Sequence[str]]]
"""For each table, its headings, each with the fields whose values form one cell."""


class DisplayTable(NamedTuple):
    """A table with its cells as printable text, without empty columns."""

    title: str
    headings: list[str]
    rows: list[list[str]]


ENDPOINTS = ("Local", "Remote")
"""Headings of columns that combine an address, a host name, a port and a service."""

COLUMNS: DisplayColumns = {
    "connections": {
        "Proto": ("protocol", "family"),
        "Local": ("local_address", "local_host", "local_port", "local_service"),
        "Remote": ("remote_address", "remote_host", "remote_port", "remote_service"),
        "State": ("state", "state_text"),
        "User": ("user", "uid"),
        "PID": ("pid",),
        "Program": ("program", "components"),
        "Timer": ("timer", "timer_seconds"),
    },
    "unix_sockets": {
        "Type": ("type",),
        "State": ("state",),
        "Inode": ("inode",),
        "PID": ("pid",),
        "Program": ("program",),
        "Path": ("path",),
    },
    "counters": {
        "Protocol": ("protocol", "family"),
        "Counter": ("name",),
        "Value": ("value", "text"),
        "Meaning": (MEANING,),
    },
    "interfaces": {
        "Index": ("index",),
        "Interface": ("name", "description"),
        "Physical address": ("physical_address",),
        "MTU": ("mtu",),
        "In": ("in_packets", "in_octets"),
        "Out": ("out_packets", "out_octets"),
        "Errors": ("in_errors", "out_errors"),
        "Flags": ("flags",),
    },
    "routes": {
        "Destination": ("destination", "destination_host"),
        "Gateway": ("gateway", "gateway_host"),
        "Interface": ("interface", "interface_index"),
        "Metric": ("metric", "metric_text"),
        "Flags": ("flags",),
    },
    "multicast_groups": {"Interface": ("interface",), "Group": ("group",), "Sockets": ("ref_count",)},
    "masquerades": {
        "Protocol": ("protocol",),
        "Source": ("source_address", "source_port"),
        "Destination": ("destination_address", "destination_port"),
        "Port": ("masquerade_port",),
        "Expires": ("expires_seconds",),
    },
}
"""Columns of the tables that netstat printed."""

INPUT_COLUMNS: DisplayColumns = {
    "snapshots": {
        "System": ("system",),
        "Tool": ("tool", "tool_version"),
        "Language": ("language",),
        "Command": ("command", "argv"),
        "Captured": ("captured_at", "started_at"),
        "First line": ("first_line",),
        "Last line": ("last_line",),
        "Encoding": ("encoding",),
    },
    "diagnostics": {"Line": ("line",), "Severity": ("severity",), "Code": ("code",), "Message": ("message",)},
}
"""Columns of the tables about the input, which are written only if selected by name."""


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


def build_tables(
    records: Iterable[tuple[str, Iterable[Mapping[str, Any]]]], columns: DisplayColumns
) -> list[DisplayTable]:
    """Build a table for each kind of record, from records in blocks, each with the name of its table."""
    rows: dict[str, list[list[str]]] = {}
    for table, block in records:
        if table in columns:
            rows.setdefault(table, []).extend(format_row(columns[table], record) for record in block)
    return [make_table(title_table(table), list(columns[table]), cells) for table, cells in rows.items()]


def title_table(name: str) -> str:
    """Return the title of a table for people."""
    return name.replace("_", " ").capitalize()


def make_table(title: str, headings: list[str], rows: list[list[str]]) -> DisplayTable:
    """Make a table without its empty columns."""
    is_used = [any(cells) for cells in zip(*rows, strict=True)]
    return DisplayTable(title, list(compress(headings, is_used)), [list(compress(row, is_used)) for row in rows])


def format_row(columns: Mapping[str, Sequence[str]], record: Mapping[str, Any]) -> list[str]:
    """Return the cells of a record as printable text."""
    return [format_cell(heading, [record.get(field) for field in fields]) for heading, fields in columns.items()]


def format_cell(heading: str, values: list[Any]) -> str:
    """Return the values of a cell as printable text."""
    if heading in ENDPOINTS:
        address, host, port, service = values
        host = f"[{address}]" if address and ":" in address else address or host
        values = [":".join(str(value) for value in (host, port if port is not None else service) if value)]
    elif heading == "State":
        values = [values[0] or values[-1]]
    return printable(" ".join(_format_value(value) for value in values if value not in (None, [], {})))


def _format_value(value: object) -> str:
    if isinstance(value, list):
        return " ".join(map(_format_value, value))
    if isinstance(value, dict):
        return " ".join(f"{name}={_format_value(item)}" for name, item in value.items() if item is not None)
    return str(value).lower() if isinstance(value, bool) else str(value)
