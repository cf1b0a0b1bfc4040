"""What the command line prints: JSON, NDJSON, or a table for people."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import zip_longest
from typing import IO, TYPE_CHECKING, Any, Protocol

from netstat_parse import render
from netstat_parse.errors import NetstatParseError, printable
from netstat_parse.snapshots import Rows

if TYPE_CHECKING:
    from rich.table import Table

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


class Source(Protocol):
    """What is printed: an input that is read, or this machine's netstat."""

    @property
    def name(self) -> str | None:
        """What it is called."""

    @property
    def lines(self) -> Mapping[str, int]:
        """How many lines there were, and what they were; final when all rows have been taken."""

    def rows(self) -> Iterator[Rows]:
        """The records, in blocks, as they come."""


def told(reading: Source, *, closely: bool) -> Iterator[Rows]:
    """The rows, as they come; the diagnostics among them are told on standard error, `closely` with the line itself."""
    for rows in reading.rows():
        if rows.kind == "diagnostics":
            for record in render.records(rows.kind, rows.columns):
                error = NetstatParseError(
                    record["message"],
                    name=None if record["line"] is None else reading.name or "standard input",
                    line=record["line"],
                    column=record["column"],
                    text=record["text"] if closely else None,
                )
                sys.stderr.write(f"netstat-parse: {error}\n")
        yield rows


@dataclass(frozen=True)
class Printing:
    """One input on its way to the output."""

    reading: Source
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


def show_csv(printing: Printing, *, raw: bool = False) -> None:
    """A table for each kind of record, for spreadsheets, or raw for programs."""
    from netstat_parse import spreadsheet

    source = printing.reading.name if printing.several else None
    for table in spreadsheet.tables(printing.rows(), source, raw=raw):
        printing.output.write(table.encode())


def show_table(printing: Printing) -> None:
    """Tables for people, one for each kind of record."""
    from rich.console import Console

    name = printing.reading.name
    title = f" of {printable(name)}" if printing.several and name else ""
    records = ((kind, render.records(kind, columns)) for kind, columns in printing.rows() if kind in SHOWN)
    cells = collected(records, SHOWN)
    width = None if printing.output.isatty() else 10_000
    with open(printing.output.fileno(), "w", encoding="utf-8", closefd=False) as text:
        console = Console(file=text, width=width, highlight=False, soft_wrap=False)
        for table in tables(cells, SHOWN, title):
            console.print(table)


Shown = Mapping[str, Mapping[str, Sequence[str]]]
Cells = dict[str, list[list[str]]]


def collected(records: Iterable[tuple[str, Iterable[Mapping[str, Any]]]], shown: Shown) -> Cells:
    """The cells of all tables, from records that may come in many parts."""
    cells: Cells = {}
    for kind, some in records:
        cells.setdefault(kind, []).extend(_cells(shown[kind], record) for record in some)
    return cells


def tables(cells: Cells, shown: Shown, title: str = "") -> "Iterator[Table]":
    """A table for each kind of record, with the columns that hold anything."""
    from rich.table import Table
    from rich.text import Text

    for kind, rows in cells.items():
        table = Table(title=kind.replace("_", " ").capitalize() + title)
        table.title_justify = "left"
        used = [any(cells) for cells in zip_longest(*rows)]
        for heading, is_used in zip(shown[kind], used, strict=True):
            if is_used:
                table.add_column(heading, overflow="fold")
        for row in rows:
            table.add_row(*(Text(cell) for cell, is_used in zip(row, used, strict=True) if is_used))
        yield table


def _cells(shown: Mapping[str, Sequence[str]], record: Mapping[str, Any]) -> list[str]:
    return [_cell(heading, [record.get(field) for field in fields]) for heading, fields in shown.items()]


def _cell(heading: str, values: list[Any]) -> str:
    if heading in ENDS:
        address, host, port, service = values
        host = f"[{address}]" if address and ":" in address else address or host
        values = [":".join(str(part) for part in (host, port if port is not None else service) if part)]
    elif heading == "State":
        values = [values[0] or values[-1]]
    texts = (" ".join(value) if isinstance(value, list) else str(value) for value in values if value not in (None, []))
    return printable(" ".join(texts))


SHOWS: Mapping[str, Show] = {
    "json": show_json,
    "ndjson": show_ndjson,
    "csv": show_csv,
    "csv-raw": partial(show_csv, raw=True),
    "table": show_table,
}
