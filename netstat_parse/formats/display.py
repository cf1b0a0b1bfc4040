"""What people see of the records: which columns, and their cells as text that is fit for a terminal."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import compress
from typing import Any

from netstat_parse.records.values import printable

Shown = Mapping[str, Mapping[str, Sequence[str]]]
"""Of each table, the headings over the fields that are shown together."""


Cells = dict[str, list[list[str]]]
"""Of each table, the cells of its rows."""


ENDS = ("Local", "Remote")
"""Columns of an address, a name, a port and a service."""


SHOWN: Shown = {
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
    "counters": {"Protocol": ("protocol", "family"), "Counter": ("name",), "Value": ("value", "text")},
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
"""The columns that people see: of each table, a heading over the fields that are shown together."""


ACCOUNT: Shown = {
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
"""The same of the tables that tell of the input and not what netstat told: seen only where they are asked for."""


def shown(only: Iterable[str] | None) -> Shown:
    """The columns to be seen of these tables; None for what is seen where none are named."""
    return (
        SHOWN if only is None else {table: columns for table, columns in {**SHOWN, **ACCOUNT}.items() if table in only}
    )


def title(table: str) -> str:
    """What people call a table."""
    return table.replace("_", " ").capitalize()


def collected(records: Iterable[tuple[str, Iterable[Mapping[str, Any]]]], shown: Shown) -> Cells:
    """The cells of all tables that are shown, from records that may come in many parts."""
    cells: Cells = {}
    for table, some in records:
        if table in shown:
            cells.setdefault(table, []).extend(_cells(shown[table], record) for record in some)
    return cells


def used(headings: Iterable[str], rows: Sequence[Sequence[str]]) -> tuple[list[str], list[list[str]]]:
    """The headings and rows without the columns in which there is nothing."""
    uses = [any(cells) for cells in zip(*rows, strict=True)]
    return list(compress(headings, uses)), [list(compress(row, uses)) for row in rows]


def _cells(shown: Mapping[str, Sequence[str]], record: Mapping[str, Any]) -> list[str]:
    return [_cell(heading, [record.get(field) for field in fields]) for heading, fields in shown.items()]


def _cell(heading: str, values: list[Any]) -> str:
    if heading in ENDS:
        address, host, port, service = values
        host = f"[{address}]" if address and ":" in address else address or host
        values = [":".join(str(part) for part in (host, port if port is not None else service) if part)]
    elif heading == "State":
        values = [values[0] or values[-1]]
    return printable(" ".join(_text(value) for value in values if value not in (None, [], {})))


def _text(value: object) -> str:
    if isinstance(value, list):
        return " ".join(map(_text, value))
    if isinstance(value, dict):
        return " ".join(f"{name}={_text(item)}" for name, item in value.items() if item is not None)
    return str(value).lower() if isinstance(value, bool) else str(value)
