"""The kinds of grammar, and the protocol that all of them obey.

In: a block of text, the offset of a row, and the section that the row is in.
Out: `ParsedRows`: the consecutive rows at that offset, by column.
Public verb: `grammar.protocol.Layout.take`.

The names below are public: grammars, here and in other distributions, import them from this package. Each is imported
when it is first used, because to import every kind would slow the start of each run.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from netstat_parse.grammar.banner import Banner
    from netstat_parse.grammar.cells import column, keep_extra, mark_truncated
    from netstat_parse.grammar.counters import Counters, Texts, place
    from netstat_parse.grammar.endpoints import PORT, endpoint, family_by_address, peer, whole_addresses
    from netstat_parse.grammar.mib import GROUPS, counted, snake_case
    from netstat_parse.grammar.ordered_counters import CounterRow, OrderedCounters, no_further
    from netstat_parse.grammar.protocol import Fact, Lookup, Options, ParsedRows, Section
    from netstat_parse.grammar.repeated import RepeatedTable
    from netstat_parse.grammar.stanzas import Stanzas
    from netstat_parse.grammar.table import Table, TableLayout
    from netstat_parse.records.rows import Columns

_MODULES = {
    "Banner": "grammar.banner",
    "Columns": "records.rows",
    "CounterRow": "grammar.ordered_counters",
    "Counters": "grammar.counters",
    "Fact": "grammar.protocol",
    "GROUPS": "grammar.mib",
    "Lookup": "grammar.protocol",
    "Options": "grammar.protocol",
    "OrderedCounters": "grammar.ordered_counters",
    "PORT": "grammar.endpoints",
    "ParsedRows": "grammar.protocol",
    "RepeatedTable": "grammar.repeated",
    "Section": "grammar.protocol",
    "Stanzas": "grammar.stanzas",
    "Table": "grammar.table",
    "TableLayout": "grammar.table",
    "Texts": "grammar.counters",
    "column": "grammar.cells",
    "counted": "grammar.mib",
    "endpoint": "grammar.endpoints",
    "family_by_address": "grammar.endpoints",
    "keep_extra": "grammar.cells",
    "mark_truncated": "grammar.cells",
    "no_further": "grammar.ordered_counters",
    "peer": "grammar.endpoints",
    "place": "grammar.counters",
    "snake_case": "grammar.mib",
    "whole_addresses": "grammar.endpoints",
}
"""The module of each public name, below ``netstat_parse``."""

__all__ = [
    "GROUPS",
    "PORT",
    "Banner",
    "Columns",
    "CounterRow",
    "Counters",
    "Fact",
    "Lookup",
    "Options",
    "OrderedCounters",
    "ParsedRows",
    "RepeatedTable",
    "Section",
    "Stanzas",
    "Table",
    "TableLayout",
    "Texts",
    "column",
    "counted",
    "endpoint",
    "family_by_address",
    "keep_extra",
    "mark_truncated",
    "no_further",
    "peer",
    "place",
    "snake_case",
    "whole_addresses",
]


def __getattr__(name: str) -> object:
    if name in _MODULES:
        from importlib import import_module

        return getattr(import_module(f"netstat_parse.{_MODULES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
