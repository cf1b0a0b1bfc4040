"""Terminals that every netstat prints: numbers, addresses, endpoints.

A terminal is a ``pyparsing.Regex`` that never leaves its line, with the conversion of its text beside it, so that the
composed grammar and the one fused pattern give the same values. Terminals are greedy, as in PEG.
"""

from collections.abc import Callable
from functools import lru_cache
from ipaddress import AddressValueError, IPv6Address
from typing import Any

import pyparsing as pp

BLANKS = " \t\u00a0"
"""What may stand between two fields; pages turn blanks into no-break ones. A line end never does."""


GAP = r"(?<!\s)[^\S\n]++"
"""All of the blanks between two fields, for a lookahead; it begins behind a field, so that no place is tried twice."""


def token(pattern: str, convert: Callable[[str], Any] | None = None) -> pp.Regex:
    """A terminal of one row: `pattern` after optional blanks, its text handed to `convert`."""
    terminal = pp.Regex(pattern)
    terminal.mayReturnEmpty = True  # it may or may not: to find out, pyparsing would compile each pattern on import
    terminal.set_whitespace_chars(BLANKS, copy_defaults=False)
    if convert is not None:
        terminal.convert = convert  # type: ignore[attr-defined]  # read by fuse
        terminal.add_parse_action(lambda found: [convert(found[0])])
    return terminal


def glued(expression: pp.ParserElement) -> pp.ParserElement:
    """The expression with nothing before it, not even a blank."""
    return expression.copy().leave_whitespace(recursive=True)


def on_one_line(expression: pp.ParserElement) -> pp.ParserElement:
    """The expression, kept from skipping over the end of a line, as pyparsing's containers do by default."""
    expression = expression.copy()
    expression.whiteChars = set(BLANKS)
    expression.copyDefaultWhiteChars = False
    if isinstance(expression, pp.ParseExpression):
        expression.exprs = [on_one_line(part) for part in expression.exprs]
    elif isinstance(expression, pp.ParseElementEnhance) and expression.expr is not None:
        expression.expr = on_one_line(expression.expr)
    return expression


@lru_cache(maxsize=4096)
def canonical_ipv6(text: str) -> str:
    """The address as RFC 5952 writes it; a v4-mapped one keeps its dotted quad. Text that is no address stays."""
    try:
        address = IPv6Address(text)
    except AddressValueError:
        return text
    return f"::ffff:{address.ipv4_mapped}" if address.ipv4_mapped else str(address)


def mac(text: str) -> str:
    """A hardware address as lower-case octets with colons, whatever stood between them."""
    return ":".join(text.replace("-", " ").replace(":", " ").lower().split())


def unsigned(text: str) -> int:
    """A quantity of 32 bits; toybox prints one of 2³¹ and more as a negative number."""
    number = int(text)
    return number % 2**32 if number < 0 else number


end_of_line = token(r"(?:\n|\Z)")
"""The end of a row; blanks before it do not count, because many pipelines strip them."""


integer = token(r"[0-9]{1,20}+(?![0-9])", int)
"""A counter of at most 64 bits; no netstat prints a longer one."""


signed = token(r"-?[0-9]{1,20}+(?![0-9])", int)


word = token(r"\S+")


rest = token(r"\S(?:[^\n]*[^\s])?")
"""All that is left of the line, without the blanks at its end."""


kept = token(r"\S+")
"""A column that the schema has no field for: it goes into `extra` under its heading."""


IPV4 = r"[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}\.[0-9]{1,3}"


IPV6 = r"[0-9A-Fa-f]*:[0-9A-Fa-f:.]*"


ipv4 = token(rf"{IPV4}(?![^\s/])")


ipv6 = token(rf"{IPV6}(?![^\s/])", canonical_ipv6)
