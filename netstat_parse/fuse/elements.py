"""The classes of pyparsing that `fuse` supports, the attributes that it reads, and the refusal of everything else.

pyparsing documents none of these attributes. So they are listed here with their meaning, tests compare the list with
the code and with the installed pyparsing, and pyproject.toml has an upper bound for pyparsing.
"""

import re
from collections.abc import Mapping
from typing import Any, NoReturn

import pyparsing as pp

from netstat_parse.fuse.fused import Convert
from netstat_parse.tokens import BLANKS, Terminal

SUPPORTED = (Terminal, pp.Regex, pp.And, pp.MatchFirst, pp.Opt, pp.NoMatch)
"""The classes themselves; a subclass may parse differently."""

INSTEAD: Mapping[type, str] = {
    pp.ParserElement: "build the expression of token(), +, | and Opt",
    pp.Token: 'write its text as a regular expression, as in token("/")',
    pp.PositionToken: "write a lookaround into a token, as in (?=...); a row ends with tokens.end_of_line",
    pp.And._ErrorStop: "it makes a failure final for the whole text; join with + instead of -",  # noqa: SLF001 - `a - b`
    pp.Or: "it takes the longest alternative; put that first and join with |",
    pp.Each: "it takes its parts in any order; write the orders out and join them with |",
    pp.Forward: "it may contain itself, which is not regular; write the levels out",
    pp.ZeroOrMore: "write the repetition into a token, as in (?:...)*",
    pp.OneOrMore: "write the repetition into a token, as in (?:...)+",
    pp.DelimitedList: "write the list into a token, and convert its text",
    pp.SkipTo: "it searches; write a token that matches the text up to there",
    pp.FollowedBy: "write a lookahead into a token, as in (?=...)",
    pp.NotAny: "write a lookahead into a token, as in (?!...)",
    pp.PrecededBy: "write a lookbehind into a token, as in (?<=...)",
    pp.TokenConverter: "fuse keeps named texts only; leave it out, and join with + and glued() or in one token",
}
"""Replacements for unsupported classes and their subclasses."""

READ: Mapping[type, Mapping[str, str]] = {
    pp.ParserElement: {
        "streamline": "method that merges nested And and MatchFirst, as parse_string() does before it parses",
        "callPreparse": "whether it skips whitespace at all; a MatchFirst leaves that to its alternatives",
        "skipWhitespace": "whether it skips whitespace; False after leave_whitespace()",
        "parseAction": "list of functions that change its tokens",
        "resultsName": "results name, or None or an empty string",
    },
    pp.ParseExpression: {"exprs": "list of the parts or alternatives"},
    pp.Opt: {"expr": "the optional expression"},
    pp.Regex: {
        "pattern": "its regular expression, or a function that returns that",
        "_re": "the compiled pattern; None until it is needed, unless the element was made from it",
    },
}
"""Attributes of pyparsing that `fuse` reads, none of them documented, by the class that has them."""

PLAIN: Mapping[type, Mapping[str, tuple[Any, str]]] = {
    pp.ParserElement: {
        "whiteChars": (set(BLANKS), "skips whitespace other than blanks; apply on_one_line() to the whole expression"),
        "failAction": (None, "has a fail action, and a pattern runs no code; leave it out"),
        "ignoreExprs": ([], "ignores another expression; write that into the tokens"),
        "modalResults": (True, "lists all matches of its name, and a group keeps one; number the names"),
    },
    pp.Opt: {"defaultValue": (pp.Opt(pp.NoMatch()).defaultValue, "has a default, which is not in the text")},
    pp.Regex: {
        "flags": (0, "has flags; write them into the pattern, as in [Aa]"),
        "asGroupList": (False, "returns its groups; make each a token of its own"),
        "asMatch": (False, "returns a match; use the text"),
    },
}
"""More such attributes: those that must have the value they have by default, with the reason for refusing others."""


class UnsupportedExpressionError(ValueError):
    """An expression that no pattern can replace, or that `fuse` does not support."""


def conversion(element: pp.ParserElement) -> Convert | None:
    """Return the conversion of a terminal; other elements have none."""
    match element:
        case Terminal(convert=convert):
            return convert
    return None


def check(element: pp.ParserElement) -> None:
    """Refuse an element that is not supported, or not as it is set up."""
    kind = type(element)
    if kind not in SUPPORTED:
        instead = next(INSTEAD[base] for base in kind.__mro__ if base in INSTEAD)
        refuse(element, f"fuse does not support {kind.__name__}: {instead}")
    for base, settings in PLAIN.items():
        if isinstance(element, base):
            for name, (plain, reason) in settings.items():
                if getattr(element, name) != plain:
                    refuse(element, reason)
    if len(element.parseAction) != (conversion(element) is not None):
        refuse(element, "has a parse action, and a pattern runs no code; pass a conversion to token()")
    if isinstance(element, pp.Regex):
        compiled: re.Pattern[str] | None = element._re  # noqa: SLF001 - `re` would compile each pattern at start
        if not isinstance(element.pattern, str) or (compiled and compiled.flags != re.UNICODE):
            refuse(element, "is made from a function, or from a compiled pattern with flags; write the pattern as text")
    if isinstance(element, pp.ParseExpression) and not element.exprs:
        refuse(element, "has no parts")


def refuse(element: pp.ParserElement, why: str) -> NoReturn:
    """Raise an error that names the element and the reason."""
    raise UnsupportedExpressionError(f"{element}: {why}")
