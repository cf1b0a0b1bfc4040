"""The models of the records: one vocabulary for the output of every netstat.

In: records as dicts.
Out: validated pydantic models.
Public verb: `schema.Dump.model_validate`.

The docstring under a field is its only description; the JSON Schema, SQLite databases and Arrow schemas copy it. Names
come from OpenTelemetry's network attributes, from MIB objects (RFC 4293, RFC 2863) in snake case, and from
osquery. A value that netstat did not print is null, never 0 or "".
"""

from netstat_parse.schema.dump import TABLES, Diagnostic, Dump, Lines, Record, Snapshot
from netstat_parse.schema.interfaces import Address, Interface, MulticastGroup
from netstat_parse.schema.model import PrintedRecord
from netstat_parse.schema.routes import Route
from netstat_parse.schema.sockets import Connection, Masquerade, UnixSocket
from netstat_parse.schema.statistics import Counter

__all__ = [
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
    "PrintedRecord",
    "Record",
    "Route",
    "Snapshot",
    "UnixSocket",
]
