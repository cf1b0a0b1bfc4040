"""Terminals of every netstat: numbers, words and addresses, and the patterns that grammars make others from.

A terminal is a ``pyparsing.Regex`` that never leaves its line. The conversion of its text is stored beside it, so that
the composed grammar and the one fused pattern give the same values. Terminals are greedy, as in a PEG.

Here and in grammars, a name in capitals is the text of a regular expression, a name in small letters an expression of
pyparsing::

    MINUTES = r"[0-9]+"
    minutes = token(MINUTES, int)
"""

from collections.abc import Callable
from ipaddress import AddressValueError, IPv6Address
from typing import Any

import pyparsing as pp

from netstat_parse.text_cache import cache_short_texts

BLANKS = " \t\u00a0"
"""Characters that may separate two fields; web pages turn spaces into no-break spaces. A line end never separates."""

BLANK = r"[ \t\u00a0]"
"""One blank, as a pattern. No other white space ends a field: it is part of a name."""

GAP = rf"(?<![ \t\n\u00a0]){BLANK}++"
"""All blanks between two fields, as a pattern for lookaheads. It starts only behind a field and gives no blank back, so
that a long run of blanks is tried once."""

END = rf"{BLANK}*+(?:\n|\Z)"
"""The end of the line and the blanks before it, as a pattern for lookaheads."""


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


@cache_short_texts
def canonical_ipv6(text: str) -> str:
    """Return the address as RFC 5952 writes it, a v4-mapped one with its dotted quad; other text is unchanged."""
    try:
        address = IPv6Address(text)
    except AddressValueError:
        return text
    return f"::ffff:{address.ipv4_mapped}" if address.ipv4_mapped else str(address)


@cache_short_texts
def prefix_length(netmask: str) -> int | None:
    """Return the prefix length of an IPv4 netmask; None if its ones have gaps, which no length can express."""
    bits = "".join(f"{int(octet):08b}" for octet in netmask.split("."))
    return bits.count("1") if len(bits) == IPV4_BITS and "01" not in bits else None


def mac(text: str) -> str:
    """Return a hardware address as lower-case octets with colons, whatever separated them."""
    return ":".join(text.replace("-", " ").replace(":", " ").lower().split())


def unsigned(text: str) -> int:
    """Return an unsigned 32-bit number; toybox prints those from 2³¹ on as negative."""
    number = int(text)
    return number % 2**32 if number < 0 else number


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

kept = token(r"\S+")
"""A column that the schema has no field for: it goes into `extra`, under its heading."""

IPV4 = r"[0-9]{1,3}+\.[0-9]{1,3}+\.[0-9]{1,3}+\.[0-9]{1,3}+"

IPV4_BITS = 32

IPV6 = r"[0-9A-Fa-f]*:[0-9A-Fa-f:.]*"

_LAST_OCTET = r"(?:0|128|192|224|240|248|252|254|255)"

NETMASK = (
    rf"(?:{_LAST_OCTET}\.0\.0\.0|255\.{_LAST_OCTET}\.0\.0"
    rf"|255\.255\.{_LAST_OCTET}\.0|255\.255\.255\.{_LAST_OCTET})"
)
"""An IPv4 netmask whose ones have no gaps."""

INTERFACE = r"(?!\.{1,2}(?!\S))[^\s\x00-\x1f\x7f!\"#$&'()*,/;<=>?\[\\\]^`{|}]{1,15}+(?!\S)"
"""The name of an interface of Linux: at most 15 bytes (IFNAMSIZ), without blank and slash. The kernel accepts brackets
and the like, too, but nobody uses them: in a log they are markup around the name."""

ipv4 = token(rf"{IPV4}(?![^\s/])")

ipv6 = token(rf"{IPV6}(?![^\s/])", canonical_ipv6)
