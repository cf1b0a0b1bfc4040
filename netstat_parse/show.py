"""What the command line prints: JSON, NDJSON, or a table for people."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from typing import IO, Any

from netstat_parse import render
from netstat_parse.errors import NetstatParseError, printable
from netstat_parse.reading import Reading
from netstat_parse.snapshots import Rows

ENDS = ("Local", "Remote")
"""Columns of an address, a name, a port and a service."""

SHOWN: Mapping[str, Mapping[str, tuple[str, ...]]] = {
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


def told(reading: Reading, *, closely: bool) -> Iterator[Rows]:
    """The rows, as they come; the diagnostics among them are told on standard error, `closely` with the line itself."""
    for rows in reading.rows():
        if rows.kind == "diagnostics":
            for record in render.records(rows.kind, rows.columns):
                error = NetstatParseError(
                    record["message"],
                    name=reading.name or "standard input",
                    line=record["line"],
                    column=record["column"],
                    text=record["text"] if closely else None,
                )
                sys.stderr.write(f"netstat-parse: {error}\n")
        yield rows


@dataclass(frozen=True)
class Printing:
    """One input on its way to the output."""

    reading: Reading
    output: IO[bytes]
    several: bool
    """Whether it is one of several inputs."""
    closely: bool
    """Whether the lines that could not be read are to be shown."""

    def rows(self) -> Iterator[Rows]:
        """The rows, as they come, while what is wrong with them is told."""
        return told(self.reading, closely=self.closely)


Show = Callable[[Printing], None]


def show_json(printing: Printing) -> None:
    """The document, whole; where there are several, one a line."""
    reading = printing.reading
    printing.output.writelines([*render.document(printing.rows(), reading.name, lambda: reading.lines), b"\n"])


def show_ndjson(printing: Printing) -> None:
    """A record a line, each as soon as it is whole."""
    for lines in render.ndjson(printing.rows(), printing.reading.name if printing.several else None):
        printing.output.write(lines)
        printing.output.flush()


def show_table(printing: Printing) -> None:
    """Tables for people, one for each kind of record."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    name = printing.reading.name
    collected: dict[str, list[list[str]]] = {}
    for kind, columns in printing.rows():
        if kind in SHOWN:
            collected.setdefault(kind, []).extend(_cells(kind, render.records(kind, columns)))
    width = None if printing.output.isatty() else 10_000
    with open(printing.output.fileno(), "w", encoding="utf-8", closefd=False) as text:
        console = Console(file=text, width=width, highlight=False, soft_wrap=False)
        for kind, rows in collected.items():
            title = kind.replace("_", " ").capitalize()
            table = Table(title=f"{title} of {printable(name)}" if printing.several and name else title)
            table.title_justify = "left"
            used = [any(cells) for cells in zip_longest(*rows)]
            for heading, is_used in zip(SHOWN[kind], used, strict=True):
                if is_used:
                    table.add_column(heading, overflow="fold")
            for row in rows:
                table.add_row(*(Text(cell) for cell, is_used in zip(row, used, strict=True) if is_used))
            console.print(table)


def _cells(kind: str, records: Iterable[Mapping[str, Any]]) -> Iterator[list[str]]:
    for record in records:
        yield [_cell(heading, [record[field] for field in fields]) for heading, fields in SHOWN[kind].items()]


def _cell(heading: str, values: list[Any]) -> str:
    if heading in ENDS:
        address, host, port, service = values
        host = f"[{address}]" if address and ":" in address else address or host
        values = [":".join(str(part) for part in (host, port if port is not None else service) if part)]
    elif heading == "State":
        values = [values[0] or values[-1]]
    texts = (" ".join(value) if isinstance(value, list) else str(value) for value in values if value not in (None, []))
    return printable(" ".join(texts))


SHOWS: Mapping[str, Show] = {"json": show_json, "ndjson": show_ndjson, "table": show_table}
