"""Match an expression with pyparsing, and as the one regular expression that it is fused to."""

from typing import Any

import pyparsing as pp

from netstat_parse.fuse.fused import Fused

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
