"""The kinds of grammar, and the protocol that all of them obey: text to the rows that stand there. Public verb: `take`.

The names below are public: other distributions write their grammars with them. Each is imported when it is first used,
because importing every kind would lengthen the start of each run.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from netstat_parse.grammar.banner import Banner
    from netstat_parse.grammar.counters import Counters
    from netstat_parse.grammar.endpoints import endpoint, family_by_address, peer, whole_addresses
    from netstat_parse.grammar.mib import counted
    from netstat_parse.grammar.ordered_counters import CounterRow, OrderedCounters
    from netstat_parse.grammar.repeated import RepeatedTable
    from netstat_parse.grammar.section import Lookup, Options, Section
    from netstat_parse.grammar.stanzas import Stanzas
    from netstat_parse.grammar.table import Table
    from netstat_parse.records.rows import Columns

_MODULES = {
    "Banner": "netstat_parse.grammar.banner",
    "Columns": "netstat_parse.records.rows",
    "CounterRow": "netstat_parse.grammar.ordered_counters",
    "Counters": "netstat_parse.grammar.counters",
    "Lookup": "netstat_parse.grammar.section",
    "Options": "netstat_parse.grammar.section",
    "OrderedCounters": "netstat_parse.grammar.ordered_counters",
    "RepeatedTable": "netstat_parse.grammar.repeated",
    "Section": "netstat_parse.grammar.section",
    "Stanzas": "netstat_parse.grammar.stanzas",
    "Table": "netstat_parse.grammar.table",
    "counted": "netstat_parse.grammar.mib",
    "endpoint": "netstat_parse.grammar.endpoints",
    "family_by_address": "netstat_parse.grammar.endpoints",
    "peer": "netstat_parse.grammar.endpoints",
    "whole_addresses": "netstat_parse.grammar.endpoints",
}

__all__ = [
    "Banner",
    "Columns",
    "CounterRow",
    "Counters",
    "Lookup",
    "Options",
    "OrderedCounters",
    "RepeatedTable",
    "Section",
    "Stanzas",
    "Table",
    "counted",
    "endpoint",
    "family_by_address",
    "peer",
    "whole_addresses",
]


def __getattr__(name: str) -> object:
    if name in _MODULES:
        from importlib import import_module

        return getattr(import_module(_MODULES[name]), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
