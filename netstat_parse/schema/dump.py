"""The document of one input: its tables, and the number of its lines by outcome."""

from typing import Final, Literal

from pydantic import Field, NonNegativeFloat, NonNegativeInt, PositiveInt

from netstat_parse.schema.interfaces import Interface, MulticastGroup
from netstat_parse.schema.model import Model
from netstat_parse.schema.routes import Route
from netstat_parse.schema.sockets import Connection, Masquerade, UnixSocket
from netstat_parse.schema.statistics import Counter


class Snapshot(Model):
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


class Diagnostic(Model):
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
"""The tables of the document in order, each with the model of its records."""
