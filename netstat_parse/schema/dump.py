"""The document of one input: its tables, and where each of its lines went."""

from typing import Final, Literal

from pydantic import Field, NonNegativeFloat, NonNegativeInt, PositiveInt

from netstat_parse.schema.interfaces import Interface, MulticastGroup
from netstat_parse.schema.model import Model
from netstat_parse.schema.routes import Route
from netstat_parse.schema.sockets import Connection, Masquerade, UnixSocket
from netstat_parse.schema.statistics import Counter


class Snapshot(Model):
    """One run of netstat, or one round of a repeated run (`-c`, an interval on Windows)."""

    index: NonNegativeInt
    """What the records' `snapshot` refers to: 0 for the first."""
    system: str
    """The system whose netstat printed it, as the shape of its tables tells: linux, windows, or another's name."""
    tool: str | None = None
    """The program: net-tools, busybox, toybox, windows, wine, reactos; null where they print alike."""
    language: str | None = None
    """The language as a BCP 47 tag (de, pt-BR); null where the words were not known."""
    command: str | None = None
    """The command line, where the log shows it or netstat_parse ran it: `netstat -ano`."""
    captured_at: str | None = None
    """A time stamp that stands beside the output, as it is written there: a log seldom tells its zone."""
    first_line: PositiveInt
    """The first line of the input that belongs to the snapshot, 1 for the first."""
    last_line: PositiveInt
    """The last line of the input that belongs to the snapshot."""
    tool_version: str | None = None
    """The program's release, where it was seen (`netstat -V`) or asked for."""
    encoding: str | None = None
    """The encoding that the bytes were read in: utf-8, utf-16-le, cp850; null where the input was text."""
    encoding_grounds: str | None = None
    """Why that encoding: a byte order mark, valid UTF-8, the words of a language, a request."""
    argv: list[str] = Field(default_factory=list)
    """The program and its arguments, where netstat was run by netstat_parse itself."""
    exit_status: int | None = None
    """The exit status of that run; negative where a signal ended it."""
    started_at: str | None = None
    """When that run began: RFC 3339, in UTC."""
    duration_seconds: NonNegativeFloat | None = None
    """How long that run took, in seconds."""


class Diagnostic(Model):
    """Something in the input that could not be read as it should, and what became of it."""

    line: PositiveInt | None = None
    """The line of the input that it is about, 1 for the first; null where it is about netstat_parse's own run of
    netstat: what that wrote to standard error, or how it ended."""
    severity: Literal["warning", "error"]
    """error where something printed is in no record, else warning."""
    code: str
    """What happened, in one word: unparsed-line, unknown-state, damaged-word, truncated-row, undecodable-bytes; of a
    run timed-out, output-cut, netstat-died, processes-hidden, netstat-message."""
    message: str
    """What happened, as a sentence."""
    text: str | None = None
    """The line itself."""
    column: PositiveInt | None = None
    """The character of the line where reading stopped, 1 for the first; null where it is about the whole line."""


class Lines(Model):
    """Where the input's lines went: `total = records + headings + blank + foreign + unparsed`."""

    total: NonNegativeInt
    """All lines of the input."""
    records: NonNegativeInt
    """Lines that became records; a record of several lines counts each."""
    headings: NonNegativeInt
    """Titles, headings and rulers of tables."""
    blank: NonNegativeInt
    """Lines with nothing but white space."""
    foreign: NonNegativeInt
    """Lines outside every table: a prompt, a banner, another command's output."""
    unparsed: NonNegativeInt
    """Lines inside a table that could not be read; each has its diagnostic."""


class Dump(Model):
    """All that netstat printed in one input: one list for each table."""

    schema_version: Literal["1.0"] = "1.0"
    """The version of this vocabulary."""
    source: str | None = None
    """What the input is called: its path, or what the caller named it."""
    snapshots: list[Snapshot] = Field(default_factory=list)
    """The runs of netstat that the input holds."""
    connections: list[Connection] = Field(default_factory=list)
    """Sockets of the network."""
    unix_sockets: list[UnixSocket] = Field(default_factory=list)
    """Sockets of the UNIX domain."""
    counters: list[Counter] = Field(default_factory=list)
    """Figures of the statistics (`-s`)."""
    interfaces: list[Interface] = Field(default_factory=list)
    """Interfaces (`-i`; on Windows `-e`, and the list of `-r`)."""
    routes: list[Route] = Field(default_factory=list)
    """Routes (`-r`)."""
    multicast_groups: list[MulticastGroup] = Field(default_factory=list)
    """Multicast groups (`-g`)."""
    masquerades: list[Masquerade] = Field(default_factory=list)
    """Masqueraded connections (`-M`)."""
    diagnostics: list[Diagnostic] = Field(default_factory=list)
    """What could not be read as it should."""
    lines: Lines
    """Where the input's lines went."""


TABLES: Final[dict[str, type[Model]]] = {
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
"""The tables of the document, in its order."""

KINDS: Final[dict[str, str]] = {table: table.removesuffix("s") for table in TABLES}
"""What an NDJSON line calls a record of each table: the table's singular."""
