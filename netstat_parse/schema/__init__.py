"""The records: one vocabulary for what every netstat prints.

The docstring under a field is the one place where its meaning stands: the JSON Schema carries it. The words
come from OpenTelemetry's network attributes, from the RFCs' MIB objects in snake case, and from osquery.
What was not printed is null, never 0 or "".
"""

from netstat_parse.schema.dump import KINDS, TABLES, Diagnostic, Dump, Lines, Snapshot
from netstat_parse.schema.interfaces import Address, Interface, MulticastGroup
from netstat_parse.schema.model import Record
from netstat_parse.schema.routes import Route
from netstat_parse.schema.sockets import Connection, Masquerade, UnixSocket
from netstat_parse.schema.statistics import Counter

__all__ = [
    "KINDS",
    "TABLES",
    "Address",
    "Connection",
    "Counter",
    "Diagnostic",
    "Dump",
    "Interface",
    "Lines",
    "Masquerade",
    "MulticastGroup",
    "Record",
    "Route",
    "Snapshot",
    "UnixSocket",
]
