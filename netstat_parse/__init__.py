r"""Parse the output of any ``netstat``, of Windows or Linux, in any language, into one schema.

    >>> import netstat_parse as np
    >>> dump = np.parse("tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN\n")
    >>> dump.connections[0].state
    'listen'

The records are the models of `netstat_parse.schema`. All names are imported on first use: importing pydantic takes
longer than parsing a usual dump, and the command line cannot handle Ctrl-C before this module is imported.
"""

from netstat_parse._version import __version__

TYPE_CHECKING = False  # `typing` takes long to import
if TYPE_CHECKING:
    from netstat_parse.analysis import check, compare, compare_all, explain, listeners
    from netstat_parse.api import parse, parse_file, rows, run, stream, to_json, watch
    from netstat_parse.errors import NetstatParseError
    from netstat_parse.live.locate import NoNetstatError
    from netstat_parse.schema import (
        Connection,
        Counter,
        Diagnostic,
        Dump,
        Interface,
        Masquerade,
        MulticastGroup,
        Record,
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
    "Record",
    "Route",
    "Snapshot",
    "UnixSocket",
    "__version__",
    "check",
    "compare",
    "compare_all",
    "explain",
    "listeners",
    "parse",
    "parse_file",
    "rows",
    "run",
    "stream",
    "to_json",
    "watch",
]


_MODULES = {
    "Comparison": "netstat_parse.schema.comparison",
    "Explanation": "netstat_parse.schema.explanation",
    "Finding": "netstat_parse.schema.findings",
    "NetstatParseError": "netstat_parse.errors",
    "NoNetstatError": "netstat_parse.live.locate",
    **dict.fromkeys(("check", "compare", "compare_all", "explain", "listeners"), "netstat_parse.analysis"),
}
"""The modules of public names; other functions are in `netstat_parse.api`, other classes in `netstat_parse.schema`."""


def __dir__() -> list[str]:
    return [*__all__]


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    usual = "netstat_parse.api" if name.islower() else "netstat_parse.schema"
    value = globals()[name] = getattr(import_module(_MODULES.get(name, usual)), name)
    return value
