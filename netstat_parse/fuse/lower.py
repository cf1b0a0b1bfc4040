r"""Lower a pyparsing expression to one regular expression.

Grammars are written in pyparsing and run as `re`: a row of netstat is a regular language, and one pattern reads it many
times faster than a tree of parser objects. The pattern matches where the expression matches, consumes the same text and
sets the same results names, so nobody writes the regular expression of a row by hand::

    token("[0-9]+")("pid") + glued(token("/")) + (token("a") | token("ab"))
    [ \t\u00a0]*+(?P<pid>[0-9]++)/[ \t\u00a0]*+(?>a|ab)

pyparsing parses as a PEG (parsing expression grammar) does: it never undoes a choice. `(token("a") | token("ab")) +
token("c")` does not match "abc": "a" matches first, and that no "c" follows is final. `(?:a|ab)c` does match, because
`re` backtracks into the choice. So every choice, option and repetition becomes an atomic group, `(?>a|ab)c`, or a
possessive quantifier, `[0-9]++`. The pattern then accepts exactly what the grammar accepts, and as `re` backtracks
within a single `Regex` only, no row makes it slow. Groups are never repeated possessively, only single characters:
Python 3.11 matches possessive groups wrongly (gh-101955, gh-106052).

Supported are the classes that grammars use: `Regex` (see `tokens.token`), `And` (`+`), `MatchFirst` (`|`), `Opt` and
`NoMatch`. Everything else is refused by name, with what to write instead.
"""

import re
from typing import NamedTuple

import pyparsing as pp

from netstat_parse.fuse.elements import UnsupportedExpressionError, check, conversion, refuse
from netstat_parse.fuse.fragments import Fragment, Part, Parts, choice, sequence
from netstat_parse.fuse.fused import Capture, Convert, Fused
from netstat_parse.tokens import on_one_line


def fuse(expression: pp.ParserElement) -> Fused:
    """Lower an expression to a pattern whose `match` does what `expression.parse_string` does, except that tabs stay.

    UnsupportedExpressionError names the element that cannot be lowered and what to write instead.
    """
    return _lower_whole(expression).fuse()


def lower(expression: pp.ParserElement) -> Parts:
    """Lower the elements of a line one by one; `fragments.sequence` joins them.

    UnsupportedExpressionError names the element that cannot be lowered and what to write instead.
    """
    expression = on_one_line(expression)
    expression.streamline()
    if type(expression) is pp.And and not expression.resultsName:
        check(expression)
        return tuple(part for element in expression.exprs for part in lower(element))
    return (Part(expression.resultsName or "", _lower_whole(expression)),)


def _lower_whole(expression: pp.ParserElement) -> Fragment:
    expression.streamline()
    try:
        return _lower(expression).fragment
    except UnsupportedExpressionError as error:
        error.add_note(f"in {expression}")
        raise


class _Lowered(NamedTuple):
    """A lowered element, and what a results name needs to know of it."""

    fragment: Fragment
    is_token: bool = False
    """pyparsing returns its text as one token. Only a token can have a results name."""
    convert: Convert | None = None


def _lower(element: pp.ParserElement, *, is_first: bool = False, skipped: bool = False) -> _Lowered:
    """Lower an element.

    The parent of an element that `is_first` has skipped its blanks for it, if any. `skipped` says that blanks were
    skipped right before, so that there can be no more of them.
    """
    check(element)
    skips_blanks = element.callPreparse and element.skipWhitespace and not is_first and not skipped
    skipped = skipped or skips_blanks
    match element:
        case pp.Regex():
            lowered = _lower_regex(element)
        case pp.And():
            first = _lower(element.exprs[0], is_first=True, skipped=skipped)
            lowered = _Lowered(sequence([first.fragment, *(_lower(part).fragment for part in element.exprs[1:])]))
        case pp.MatchFirst():
            lowered = _choose([_lower(alternative, skipped=skipped) for alternative in element.exprs])
        case pp.Opt():
            inner = _lower(element.expr, is_first=True, skipped=skipped)
            lowered = _Lowered(choice([inner.fragment, Fragment("")]))
        case _:
            lowered = _Lowered(Fragment("(?!)"))  # NoMatch
    if element.resultsName:
        if not lowered.is_token or lowered.fragment.captures:
            refuse(element, f"{element.resultsName!r} names more than one token; name each token inside it")
        lowered = _capture(element, lowered)
    fragment = lowered.fragment
    return lowered._replace(fragment=fragment._replace(skips_blanks=skips_blanks or fragment.skips_blanks))


def _lower_regex(element: pp.Regex) -> _Lowered:
    """Lower a terminal: its own pattern, possessive or marked as one that backtracks."""
    pattern = str(element.pattern)
    outline = _ESCAPE_OR_CLASS.sub("x", pattern)
    if _FORBIDDEN_GROUP.search(outline):
        refuse(element, "has a group that captures, refers or sets flags; write (?:...), and name the whole token")
    choices = _NO_CHOICE.sub("", outline)
    is_possessive = _FINAL_REPEAT.fullmatch(choices) is not None
    backtracks = not is_possessive and _CHOICE.search(choices) is not None
    fragment = Fragment(f"{pattern}+" if is_possessive else pattern, backtracks=backtracks)
    return _Lowered(fragment, is_token=True, convert=conversion(element))


_ESCAPE_OR_CLASS = re.compile(r"(?s:\\[^1-9]|\[\^?\]?(?:\\.|[^\]\\])*\])")
"""One character of the text, in which brackets and quantifiers have no meaning of their own: `\\(`, `[)+]`."""

_FORBIDDEN_GROUP = re.compile(r"\\|\((?!\?(?:[:=!>]|<[=!]))")
"""A reference as in `\\1`, or a group other than `(?:...)`, an atomic group and a lookaround."""

_NO_CHOICE = re.compile(r"\(\?(?:[:=!>]|<[=!])|(?:[*+?]|\{\d+(?:,\d*)?\}|\{,\d*\})\+|\{\d+\}(?!\?)")
"""The start of a group, a possessive quantifier, or a fixed number of repeats: it looks like a choice and is none."""

_CHOICE = re.compile("[|*+?{]")

_FINAL_REPEAT = re.compile(r"[^|*+?{()]*(?:[*+?]|\{\d*,\d*\})")
"""Single characters of which only the last one is repeated, so that the repeat can be made possessive."""


def _choose(alternatives: list[_Lowered]) -> _Lowered:
    """Join alternatives. They are one token if all are, with one conversion."""
    fragment = choice([alternative.fragment for alternative in alternatives])
    convert = alternatives[0].convert
    skips_alike = fragment.skips_blanks or not any(a.fragment.skips_blanks for a in alternatives)
    is_token = skips_alike and all(a.is_token and a.convert is convert for a in alternatives)
    return _Lowered(fragment, is_token=is_token, convert=convert)


def _capture(element: pp.ParserElement, token: _Lowered) -> _Lowered:
    """Put the token into a capture group of its own."""
    name = element.resultsName
    if not name.isidentifier():
        refuse(element, f"no group can have the name {name!r}; use a Python identifier")
    capture = Capture(name, name, token.convert)
    fragment = token.fragment._replace(pattern=f"(?P<{name}>{token.fragment.pattern})", captures=(capture,))
    return _Lowered(fragment, is_token=True, convert=token.convert)
