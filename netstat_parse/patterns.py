r"""Texts of regular expressions that terminals and the functions beside them share.

`tokens` makes terminals of them. Modules that run without pyparsing import them from here.
"""

BLANKS = " \t\u00a0"
"""Characters that may separate two fields; web pages turn spaces into no-break spaces. A line end never separates."""

BLANK = r"[ \t\u00a0]"
"""One blank, as a pattern. No other white space ends a field: it is part of a name."""

GAP = rf"(?<![ \t\n\u00a0]){BLANK}++"
"""All blanks between two fields, as a pattern for lookaheads. It starts only behind a field and gives no blank back, so
that a long run of blanks is tried once."""

END = rf"{BLANK}*+(?:\n|\Z)"
"""The end of the line and the blanks before it, as a pattern for lookaheads."""

IPV4 = r"[0-9]{1,3}+\.[0-9]{1,3}+\.[0-9]{1,3}+\.[0-9]{1,3}+"

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
