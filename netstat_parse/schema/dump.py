"""The document of one input: its tables, and the number of its lines by outcome."""

from itertools import chain
from typing import TYPE_CHECKING, Any, ClassVar, Final, Literal, TypeAlias, TypeVar, overload

from pydantic import Field, NonNegativeFloat, NonNegativeInt, PositiveInt

from netstat_parse.records.identity import Key, identify_diagnostic, identify_snapshot
from netstat_parse.schema.interfaces import Interface, MulticastGroup
from netstat_parse.schema.model import Model, PrintedRecord, TableRecord
from netstat_parse.schema.routes import Route
from netstat_parse.schema.sockets import Connection, Masquerade, UnixSocket
from netstat_parse.schema.statistics import Counter

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import pandas as pd
    import polars as pl
    import pyarrow as pa

Frame = TypeVar("Frame")

TableName: TypeAlias = Literal[
    "snapshots",
    "connections",
    "unix_sockets",
    "counters",
    "interfaces",
    "routes",
    "multicast_groups",
    "masquerades",
    "diagnostics",
]
"""The name of a table of the document."""


class Snapshot(TableRecord):
    """One run of netstat, or one round of a run that repeats (`-c`, an interval on Windows)."""

    index: NonNegativeInt
    """Number that `snapshot` of the records refers to; 0 for the first."""
    system: str
    """System of the netstat, detected by the layout of its tables: linux, windows, or the name of another system."""
    tool: str | None = None
    """Program: net-tools, busybox, toybox, windows, wine, reactos; null if several programs print the same."""
    language: str | None = None
    """Language as a BCP 47 tag: de, pt-BR; null if it is unknown."""
    command: str | None = None
    """Command line of the run: `netstat -ano`. In a log: the one right above the first table."""
    captured_at: str | None = None
    """Time stamp in a prefix of the first line or in the lines above, as written; its time zone is usually unknown."""
    origin: str | None = None
    """Host, container, process or file that a prefix of the lines or a header above them names; null if none does."""
    first_line: PositiveInt
    """Line number of its first table's ruler or title, or of its first row; 1 for the first line of the input."""
    last_line: PositiveInt
    """Line number of the input where the snapshot ends. Lines between may belong to a snapshot of another origin."""
    tool_version: str | None = None
    """Version of the program, if it is known, as from `netstat -V`."""
    encoding: str | None = None
    """Encoding that the bytes were decoded with: utf-8, utf-16-le, cp850; null if the input was text."""
    encoding_grounds: str | None = None
    """Reason for this encoding: a byte order mark, valid UTF-8, the words of a language, a request."""
    argv: list[str] = Field(default_factory=list)
    """Program and arguments, if netstat_parse ran netstat itself."""
    exit_status: int | None = None
    """Exit status of that run; the negative number of the signal that ended it."""
    started_at: str | None = None
    """Start of that run (RFC 3339), in UTC."""
    duration_seconds: NonNegativeFloat | None = None
    """Duration of that run in seconds."""
    listeners: Literal["only", "included", "excluded"] | None = None
    """Listening sockets in its tables of sockets, by the title or the command: only (Linux `-l`), included (`-a`, or
    Windows `-q`) or excluded, as without these options; null if neither decides it, or if there is no such table."""

    _place: ClassVar[tuple[str, ...]] = ("first_line", "last_line")

    @property
    def key(self) -> Key:
        """The identity of the run: its host, its time and its number in the dump."""
        return identify_snapshot(self.__dict__)


class Diagnostic(TableRecord):
    """A problem with the input, or with netstat_parse's own run of netstat."""

    line: PositiveInt | None = None
    """Line number of the input, 1 for the first line; null for a problem with the run of netstat: a message on standard
    error, or how it ended."""
    severity: Literal["warning", "error"]
    """error if some of the output is missing from the records, else warning."""
    code: str
    """Kind of problem. Errors in a text: unparsed-line (it resembles a row), truncated-row, unread-table (a title
    below which no row could be read), possible-row (text outside all tables that looks like a row; one for a run of
    them), other-system (the output of a netstat that is not read). Warnings: text-behind-row, missing-cell,
    untrustworthy, counters-lost (netstat prints 0 for the counters of an interface that it failed to read),
    all-counters-lost (likewise for all interfaces of the table), unknown-state, unknown-counter, unknown-flag,
    label-out-of-place, damaged-word, undecodable-bytes, line-cut, netstat-message, processes-hidden (a message that
    netstat did not see the processes of others). For a run: timed-out, output-cut, netstat-died, exit-status,
    no-table, not-supported, messages-cut, messages-repeated. In databases also no-table, unreadable, out-of-range (a
    number that does not fit its column)."""
    message: str
    """Description of the problem for people."""
    text: str | None = None
    """Text of the line, as it is in the input."""
    column: PositiveInt | None = None
    """Column in characters where parsing stopped, 1 for the first; null if the whole line is meant."""

    _place: ClassVar[tuple[str, ...]] = ("line",)

    @property
    def key(self) -> Key:
        """The identity of the problem: its code, its message, and the text of the line."""
        return identify_diagnostic(self.__dict__)


class Lines(Model):
    """Number of lines by outcome: `total = records + headings + blank + foreign + unparsed`."""

    total: NonNegativeInt
    """All lines of the input."""
    records: NonNegativeInt
    """Lines of records; each line of a record counts."""
    headings: NonNegativeInt
    """Titles, headings and rulers of tables."""
    blank: NonNegativeInt
    """Empty lines, and lines of white space only."""
    foreign: NonNegativeInt
    """Other text: a prompt, a banner, another command's output, a netstat that is not read."""
    unparsed: NonNegativeInt
    """Damaged rows: lines that resemble a row of their table and could not be parsed; each has a diagnostic."""


class Dump(Model):
    """The records of one input: one list for each table."""

    schema_version: Literal["1.1"] = "1.1"
    """Version of this schema, MAJOR.MINOR."""
    source: str | None = None
    """Name of the input: its path, or the name that the caller gave."""
    snapshots: list[Snapshot] = Field(default_factory=list)
    """Runs of netstat in the input."""
    connections: list[Connection] = Field(default_factory=list)
    """Network sockets."""
    unix_sockets: list[UnixSocket] = Field(default_factory=list)
    """UNIX domain sockets."""
    counters: list[Counter] = Field(default_factory=list)
    """Protocol statistics (`-s`)."""
    interfaces: list[Interface] = Field(default_factory=list)
    """Interfaces (`-i`; on Windows `-e`, and the interface list of `-r`)."""
    routes: list[Route] = Field(default_factory=list)
    """Routes (`-r`)."""
    multicast_groups: list[MulticastGroup] = Field(default_factory=list)
    """Multicast groups (`-g`)."""
    masquerades: list[Masquerade] = Field(default_factory=list)
    """Masqueraded connections (`-M`)."""
    diagnostics: list[Diagnostic] = Field(default_factory=list)
    """Problems with the input or the run."""
    lines: Lines
    """Number of lines by outcome: total, records, headings, blank, foreign, unparsed."""

    @overload
    def to_pandas(self) -> "dict[str, pd.DataFrame]": ...
    @overload
    def to_pandas(self, table: TableName) -> "pd.DataFrame": ...
    def to_pandas(self, table: TableName | None = None) -> "pd.DataFrame | dict[str, pd.DataFrame]":
        """Return a table as a pandas DataFrame with nullable types, or all tables in a dict by name.

        A missing port is `<NA>`, and the others stay integers. Lists and dicts are Python's. A column with integers of
        more than 64 bits has the type object, so that they are exact.

        Raises:
            ValueError: there is no such table.
            ImportError: pandas is not installed.
        """
        from netstat_parse.frames import make_pandas

        return self._convert(make_pandas, table)

    @overload
    def to_polars(self) -> "dict[str, pl.DataFrame]": ...
    @overload
    def to_polars(self, table: TableName) -> "pl.DataFrame": ...
    def to_polars(self, table: TableName | None = None) -> "pl.DataFrame | dict[str, pl.DataFrame]":
        """Return a table as a polars DataFrame, or all tables in a dict by name.

        A dict such as `extra` is a list of its keys and values. A column with integers of more than 64 bits is a
        decimal, or text if they have more than 38 digits.

        Raises:
            ValueError: there is no such table.
            ImportError: polars is not installed.
        """
        from netstat_parse.frames import make_polars

        return self._convert(make_polars, table)

    @overload
    def to_arrow(self) -> "dict[str, pa.Table]": ...
    @overload
    def to_arrow(self, table: TableName) -> "pa.Table": ...
    def to_arrow(self, table: TableName | None = None) -> "pa.Table | dict[str, pa.Table]":
        """Return a table as an Arrow table, or all tables in a dict by name.

        The meaning of each field is its metadata. Large integers are as in `to_polars`.

        Raises:
            ValueError: there is no such table.
            ImportError: pyarrow is not installed.
        """
        from netstat_parse.frames import make_arrow

        return self._convert(make_arrow, table)

    def _convert(self, make: "Callable[[str, list[Any]], Frame]", table: str | None) -> "Frame | dict[str, Frame]":
        if table is None:
            return {name: make(name, getattr(self, name)) for name in TABLES}
        if table not in TABLES:
            from netstat_parse.frames import describe_unknown_table

            raise ValueError(describe_unknown_table(table, TABLES))
        return make(table, getattr(self, table))

    def __iter__(self) -> "Iterator[Record]":  # type: ignore[override]  # BaseModel yields pairs
        """Yield the records that netstat printed, table by table: no snapshots, no diagnostics."""
        return chain.from_iterable(getattr(self, table) for table in PRINTED_TABLES)

    def __len__(self) -> int:
        """Return the number of records that netstat printed."""
        return sum(len(getattr(self, table)) for table in PRINTED_TABLES)

    def __bool__(self) -> bool:
        """Return True, also if netstat printed no record: use `len`."""
        return True

    def __eq__(self, other: object) -> bool:
        """Return whether two dumps are the same document, with the same lines; two records may differ in these."""
        if not isinstance(other, Dump):
            return NotImplemented
        return self is other or _list_values(self) == _list_values(other)

    __hash__ = None  # type: ignore[assignment]  # its lists may change, and few need the hash of all records

    def __repr__(self) -> str:
        """Return the name of the input, and the number of records of each table that has any."""
        name = "" if self.source is None else f" of {format_name(self.source)}"
        counts = ((table, len(getattr(self, table))) for table in TABLES)
        texts = [f"{count:,} {name_records(table, count)}" for table, count in counts if count]
        return f"<Dump{name}: {', '.join(texts) or 'no records'}>"

    __str__ = __repr__

    def __repr_args__(self) -> "Iterator[tuple[str, Any]]":
        """Yield what `repr` prints, as Rich prints it."""
        yield "source", self.source
        yield from ((table, len(getattr(self, table))) for table in TABLES if getattr(self, table))

    def _repr_html_(self) -> str:
        """Return the first records of each table, for notebooks."""
        from netstat_parse.notebook import render_tables

        rows = {table: [record.__repr_args__() for record in getattr(self, table)] for table in TABLES}
        return render_tables(repr(self), rows)


def _list_values(dump: Dump) -> list[object]:
    """Return all values of a dump, for exact comparison: two records with different lines may be equal."""
    values = (getattr(dump, name) for name in Dump.model_fields)
    return [[*map(vars, value)] if isinstance(value, list) else value for value in values]


def format_name(source: str | None) -> str:
    """Return the name of an input; it is quoted if it has characters that would not be visible."""
    return (source if source.isprintable() else repr(source)) if source else "-"


def name_records(table: str, count: int) -> str:
    """Return the name of records of a table for people: ``unix socket``, if there is only one."""
    return (table.removesuffix("s") if count == 1 else table).replace("_", " ")


TABLES: Final[dict[str, type[TableRecord]]] = {
    "snapshots": Snapshot,
    "connections": Connection,
    "unix_sockets": UnixSocket,
    "counters": Counter,
    "interfaces": Interface,
    "routes": Route,
    "multicast_groups": MulticastGroup,
    "masquerades": Masquerade,
    "diagnostics": Diagnostic,
}
"""The tables of the document in order, each with the model of its records."""

PRINTED_TABLES: Final = tuple(table for table, model in TABLES.items() if issubclass(model, PrintedRecord))
"""The tables of what netstat printed: all but snapshots and diagnostics."""

Record: TypeAlias = (
    Snapshot | Connection | UnixSocket | Counter | Interface | Route | MulticastGroup | Masquerade | Diagnostic
)
"""A record of any table."""
