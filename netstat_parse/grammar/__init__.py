"""The kinds of grammar, and the protocol that all of them obey.

In: a block of text, the offset of a row, and the section that the row is in.
Out: `ParsedRows`: the consecutive rows at that offset, by column.
Public verb: `grammar.protocol.Layout.take`.

The names below are public: grammars, here and in other distributions, import them from this package. Each is imported
when it is first used, because to import every kind would slow the start of each run.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from netstat_parse.grammar.addresses import normalize_addresses as normalize_addresses
    from netstat_parse.grammar.addresses import set_family_by_address as set_family_by_address
    from netstat_parse.grammar.banner import Banner as Banner
    from netstat_parse.grammar.cells import get_column as get_column
    from netstat_parse.grammar.cells import keep_extra as keep_extra
    from netstat_parse.grammar.cells import mark_truncated as mark_truncated
    from netstat_parse.grammar.counters import CounterPlace as CounterPlace
    from netstat_parse.grammar.counters import Counters as Counters
    from netstat_parse.grammar.counters import Texts as Texts
    from netstat_parse.grammar.counters import current_place as current_place
    from netstat_parse.grammar.endpoints import PORT as PORT
    from netstat_parse.grammar.endpoints import endpoint as endpoint
    from netstat_parse.grammar.endpoints import peer as peer
    from netstat_parse.grammar.ordered_counters import CounterRow as CounterRow
    from netstat_parse.grammar.ordered_counters import OrderedCounters as OrderedCounters
    from netstat_parse.grammar.protocol import BlockFinder as BlockFinder
    from netstat_parse.grammar.protocol import Fact as Fact
    from netstat_parse.grammar.protocol import Grammar as Grammar
    from netstat_parse.grammar.protocol import HeadedGrammar as HeadedGrammar
    from netstat_parse.grammar.protocol import Layout as Layout
    from netstat_parse.grammar.protocol import Lookahead as Lookahead
    from netstat_parse.grammar.protocol import Lookup as Lookup
    from netstat_parse.grammar.protocol import Mismatch as Mismatch
    from netstat_parse.grammar.protocol import Options as Options
    from netstat_parse.grammar.protocol import ParsedRows as ParsedRows
    from netstat_parse.grammar.protocol import Section as Section
    from netstat_parse.grammar.protocol import TitleFinder as TitleFinder
    from netstat_parse.grammar.protocol import UniformGrammar as UniformGrammar
    from netstat_parse.grammar.repeated import RepeatedTable as RepeatedTable
    from netstat_parse.grammar.stanzas import Stanzas as Stanzas
    from netstat_parse.grammar.table import Table as Table
    from netstat_parse.grammar.table import TableLayout as TableLayout
    from netstat_parse.records.integer_column import integer_texts as integer_texts
    from netstat_parse.records.rows import Columns as Columns
    from netstat_parse.systems.mib import GROUPS as GROUPS
    from netstat_parse.systems.mib import counted as counted
    from netstat_parse.systems.mib import snake_case as snake_case

_NAMES = {
    "grammar.banner": ["Banner"],
    "grammar.cells": ["get_column", "keep_extra", "mark_truncated"],
    "grammar.counters": ["CounterPlace", "Counters", "Texts", "current_place"],
    "grammar.addresses": ["normalize_addresses", "set_family_by_address"],
    "grammar.endpoints": ["PORT", "endpoint", "peer"],
    "grammar.ordered_counters": ["CounterRow", "OrderedCounters"],
    "grammar.protocol": [
        "BlockFinder",
        "Fact",
        "Grammar",
        "HeadedGrammar",
        "Layout",
        "Lookahead",
        "Lookup",
        "Mismatch",
        "Options",
        "ParsedRows",
        "Section",
        "TitleFinder",
        "UniformGrammar",
    ],
    "grammar.repeated": ["RepeatedTable"],
    "grammar.stanzas": ["Stanzas"],
    "grammar.table": ["Table", "TableLayout"],
    "records.integer_column": ["integer_texts"],
    "records.rows": ["Columns"],
    "systems.mib": ["GROUPS", "counted", "snake_case"],
}
"""The public names of each module below ``netstat_parse``."""

_MODULES = {name: module for module, names in _NAMES.items() for name in names}


def __dir__() -> list[str]:
    return sorted(_MODULES)


def __getattr__(name: str) -> object:
    if name in _MODULES:
        from importlib import import_module

        return getattr(import_module(f"netstat_parse.{_MODULES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
