"""Terminals of every netstat: numbers, words and addresses, and the patterns that grammars make others from.

A terminal is a ``pyparsing.Regex`` that never leaves its line. The conversion of its text is stored beside it, so that
the composed grammar and the one fused pattern give the same values. Terminals are greedy, as in a PEG.

Here and in grammars, a name in capitals is the text of a regular expression, a name in small letters an expression of
pyparsing::

    MINUTES = r"[0-9]+"
    minutes = token(MINUTES, int)
"""

from collections.abc import Callable
from typing import Any

import pyparsing as pp

from netstat_parse.conversions import canonical_ipv6, mac, prefix_length, unsigned
from netstat_parse.patterns import BLANK, BLANKS, END, GAP, INTERFACE, IPV4, IPV6, NETMASK

__all__ = [  # with the names that grammars import from here and that are defined beside
    "BLANK",
    "BLANKS",
    "END",
    "GAP",
    "INTERFACE",
    "IPV4",
    "IPV6",
    "NETMASK",
    "Terminal",
    "canonical_ipv6",
    "end_of_line",
    "glued",
    "integer",
    "ipv4",
    "ipv6",
    "kept",
    "mac",
    "on_one_line",
    "prefix_length",
    "rest",
    "signed",
    "token",
    "unsigned",
    "word",
]


class Terminal(pp.Regex):
    """A regular expression behind optional blanks, with the conversion of its text."""

    def __init__(self, pattern: str, convert: Callable[[str], Any] | None = None) -> None:
        super().__init__(pattern)
        self.convert = convert
        """Makes the value of the text; None if the text is the value."""
        self.mayReturnEmpty = True  # a safe guess: to know, pyparsing would compile each pattern on import
        self.set_whitespace_chars(BLANKS, copy_defaults=False)
        if convert is not None:
            self.add_parse_action(lambda found: [convert(found[0])])


def token(pattern: str, convert: Callable[[str], Any] | None = None) -> Terminal:
    """Return a terminal: `pattern` behind optional blanks; `convert` makes the value of its text."""
    return Terminal(pattern, convert)


def glued(expression: pp.ParserElement) -> pp.ParserElement:
    """Return the expression with no blanks allowed before it."""
    return expression.copy().leave_whitespace(recursive=True)


def on_one_line(expression: pp.ParserElement) -> pp.ParserElement:
    """Return the expression with line ends no longer skipped as blanks, as pyparsing's containers do by default."""
    expression = expression.copy()
    expression.whiteChars = set(BLANKS)
    expression.copyDefaultWhiteChars = False
    if isinstance(expression, pp.ParseExpression):
        expression.exprs = [on_one_line(part) for part in expression.exprs]
    elif isinstance(expression, pp.ParseElementEnhance) and expression.expr is not None:
        expression.expr = on_one_line(expression.expr)
    return expression


end_of_line = token(r"(?:\n|\Z)")
"""The end of a row; blanks before it are optional, because many pipelines strip them."""

integer = token(r"[0-9]{1,20}+(?![0-9])", int)
"""A counter of at most 64 bits; no netstat prints a longer one."""

signed = token(r"-?[0-9]{1,20}+(?![0-9])", int)
"""A number with an optional minus sign."""

word = token(r"\S+")
"""A cell without blanks."""

rest = token(r"\S(?:[^\n]*[^\s])?")
"""The rest of the line, without trailing blanks."""

kept = token(r"\S+")("kept")
"""A column that the schema has no field for: it goes into `extra`, under its heading."""

ipv4 = token(rf"{IPV4}(?![^\s/])")

ipv6 = token(rf"{IPV6}(?![^\s/])", canonical_ipv6)
