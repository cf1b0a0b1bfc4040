"""Match an expression with pyparsing, and as the one regular expression that it is fused to."""

from typing import Any

import pyparsing as pp

from netstat_parse.fuse.fused import Fused
from netstat_parse.grammar.protocol import Options
from netstat_parse.grammar.table import Table
from netstat_parse.tokens import end_of_line, kept, on_one_line

Outcome = tuple[int, dict[str, Any]] | None
"""Offset at which the match ends, and the named values; `None` for no match."""


def parse_unfused(expression: pp.ParserElement, text: str, at: int = 0) -> Outcome:
    """Match the expression with pyparsing."""
    expression.streamline()
    try:
        end, results = expression._parse(text, at)  # noqa: SLF001 - parse_string cannot start at an offset
    except pp.ParseException:
        return None
    return min(end, len(text)), {name: value for name, value in results.as_dict().items() if value is not None}


def parse_fused(fused: Fused, text: str, at: int = 0) -> Outcome:
    """Match the fused expression."""
    match = fused.pattern.match(text, at)
    if match is None:
        return None
    columns = fused.columns([match.groups()])
    return match.end(), {name: value for name, [value] in columns.items() if value is not None}


def compose_row(table: Table, options: Options | None) -> pp.ParserElement:
    """Compose the row of a table with pyparsing, as `Table.row` composes it of lowered columns."""
    columns = [
        (table.only_with.get(heading), column(f"kept_{number}") if column is kept else column)
        for number, (heading, column) in enumerate(table.columns.items())
        if isinstance(column, pp.ParserElement)
    ]
    if options is not None:
        parts = [column for option, column in columns if option is None or option in options]
        return on_one_line(pp.And([*parts, end_of_line]))
    parts = [] if table.shape is None else [_unlowered(table.shape)]
    groups: dict[object, list[pp.ParserElement]] = {}
    for number, (option, column) in enumerate(columns):
        if option not in table.columns_need_headings:
            groups.setdefault(option or number, []).append(column)
    for key, group in groups.items():
        parts.append(pp.Opt(pp.And(group)) if isinstance(key, str) else group[0])
    parts += [] if table.trailing is None else [pp.Opt(_unlowered(table.trailing))]
    return on_one_line(pp.And([*parts, end_of_line]))


def _unlowered(expression: object) -> pp.ParserElement:
    assert isinstance(expression, pp.ParserElement)
    return expression
