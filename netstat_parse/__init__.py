r"""Reads what any ``netstat`` printed, on Windows or Linux, in any language, into one schema.

    >>> import netstat_parse as np
    >>> dump = np.parse("tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN\n")
    >>> dump.connections[0].state
    'listen'

The records are those of `netstat_parse.schema`; they are imported when first asked for, because pydantic takes longer
than many a dump.
"""

from typing import TYPE_CHECKING

from netstat_parse._version import __version__ as __version__
from netstat_parse.api import parse, parse_file, rows, run, stream, to_json, watch
from netstat_parse.errors import NetstatParseError

if TYPE_CHECKING:
    from netstat_parse.schema import (
        Connection,
        Counter,
        Diagnostic,
        Dump,
        Interface,
        Masquerade,
        MulticastGroup,
        Route,
        Snapshot,
        UnixSocket,
    )

__all__ = [
    "Connection",
    "Counter",
    "Diagnostic",
    "Dump",
    "Interface",
    "Masquerade",
    "MulticastGroup",
    "NetstatParseError",
    "Route",
    "Snapshot",
    "UnixSocket",
    "parse",
    "parse_file",
    "rows",
    "run",
    "stream",
    "to_json",
    "watch",
]


def __getattr__(name: str) -> object:
    if name in __all__:
        from netstat_parse import schema

        return getattr(schema, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
