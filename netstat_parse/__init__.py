r"""Parse the output of any ``netstat``, of Windows or Linux, in any language, into one schema.

    >>> import netstat_parse as np
    >>> dump = np.parse("tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN\n")
    >>> dump.connections[0].state
    'listen'

The records are the models of `netstat_parse.schema`. They are imported on first use, as importing pydantic takes longer
than parsing a usual dump.
"""

from typing import TYPE_CHECKING

from netstat_parse._version import __version__
from netstat_parse.api import (
    check,
    compare,
    compare_all,
    explain,
    parse,
    parse_file,
    rows,
    run,
    stream,
    to_json,
    watch,
)
from netstat_parse.errors import NetstatParseError

if TYPE_CHECKING:
    from netstat_parse.live.locate import NoNetstatError
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
    from netstat_parse.schema.comparison import Comparison
    from netstat_parse.schema.explanation import Explanation
    from netstat_parse.schema.findings import Finding

__all__ = [
    "Comparison",
    "Connection",
    "Counter",
    "Diagnostic",
    "Dump",
    "Explanation",
    "Finding",
    "Interface",
    "Masquerade",
    "MulticastGroup",
    "NetstatParseError",
    "NoNetstatError",
    "Route",
    "Snapshot",
    "UnixSocket",
    "__version__",
    "check",
    "compare",
    "compare_all",
    "explain",
    "parse",
    "parse_file",
    "rows",
    "run",
    "stream",
    "to_json",
    "watch",
]


def __getattr__(name: str) -> object:
    if name == "NoNetstatError":
        from netstat_parse.live.locate import NoNetstatError

        return NoNetstatError
    if name == "Comparison":
        from netstat_parse.schema.comparison import Comparison

        return Comparison
    if name == "Explanation":
        from netstat_parse.schema.explanation import Explanation

        return Explanation
    if name == "Finding":
        from netstat_parse.schema.findings import Finding

        return Finding
    if name in __all__:
        from netstat_parse import schema

        return getattr(schema, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
