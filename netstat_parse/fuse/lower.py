r"""Lower a pyparsing expression to one regular expression.

Grammars are written in pyparsing and run as `re`: a row of netstat is a regular language, and one pattern reads it many
times faster than a tree of parser objects. The pattern matches where the expression matches, consumes the same text and
sets the same results names, so nobody writes the regular expression of a row by hand::

    token("[0-9]+")("pid") + glued(token("/")) + (token("a") | token("ab"))
    [ \t\xa0]*+(?P<pid>[0-9]++)/[ \t\xa0]*+(?>a|ab)

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
from collections.abc import Sequence
from itertools import count
from typing import NamedTuple

import pyparsing as pp

from netstat_parse.fuse.elements import UnsupportedExpressionError, check, conversion, refuse
from netstat_parse.fuse.fused import Capture, Convert, Fused
from netstat_parse.tokens import BLANKS


def fuse(expression: pp.ParserElement) -> Fused:
    """Lower an expression to a pattern whose `match` does what `expression.parse_string` does, except that tabs stay.

    UnsupportedExpressionError names the element that cannot be lowered and what to write instead.
    """
    expression.streamline()
    captures: list[Capture] = []
    try:
        text = _lower(expression, captures).sealed()
    except UnsupportedExpressionError as error:
        error.add_note(f"in {expression}")
        raise
    return Fused(text, captures)


_SKIP_BLANKS = f"[{BLANKS.encode('unicode_escape').decode()}]*+"


class _Fragment(NamedTuple):
    """The pattern of an element, and what the elements around it have to know of it."""

    pattern: str
    skips_blanks: bool = False
    """Blanks may precede the pattern."""
    backtracks: bool = False
    """`re` can match the pattern in more than one way."""
    is_token: bool = False
    """pyparsing returns its text as one token. Only a token can have a results name."""
    convert: Convert | None = None

    def sealed(self) -> str:
        """Return the whole pattern, closed to backtracking: anything may follow."""
        pattern = f"(?>{self.pattern})" if self.backtracks else self.pattern
        return _SKIP_BLANKS + pattern if self.skips_blanks else pattern

    def alternative(self) -> str:
        """Return the whole pattern for a choice, which is an atomic group itself."""
        return self.sealed() if self.skips_blanks else self.pattern


def _lower(
    element: pp.ParserElement, captures: list[Capture], *, is_first: bool = False, skipped: bool = False
) -> _Fragment:
    """Lower an element, adding its capture groups to `captures`.

    The parent of an element that `is_first` has skipped its blanks for it, if any. `skipped` says that blanks were
    skipped right before, so that there can be no more of them.
    """
    check(element)
    skips_blanks = element.callPreparse and element.skipWhitespace and not is_first and not skipped
    skipped = skipped or skips_blanks
    outer = len(captures)
    match element:
        case pp.Regex():
            fragment = _lower_regex(element)
        case pp.And():
            first = _lower(element.exprs[0], captures, is_first=True, skipped=skipped)
            others = [_lower(part, captures).sealed() for part in element.exprs[1:]]
            pattern = first._replace(skips_blanks=False).sealed() + "".join(others)
            fragment = _Fragment(pattern, skips_blanks=first.skips_blanks)
        case pp.MatchFirst():
            fragment = _choose([_lower(alternative, captures, skipped=skipped) for alternative in element.exprs])
        case pp.Opt():
            option = _lower(element.expr, captures, is_first=True, skipped=skipped)
            fragment = _Fragment(f"{option.alternative()}|", backtracks=True)
        case _:
            fragment = _Fragment("(?!)")  # NoMatch
    if element.resultsName:
        if not fragment.is_token or len(captures) > outer:
            refuse(element, f"{element.resultsName!r} names more than one token; name each token inside it")
        fragment = _capture(element, fragment, captures)
    return fragment._replace(skips_blanks=skips_blanks or fragment.skips_blanks)


def _lower_regex(element: pp.Regex) -> _Fragment:
    """Lower a terminal: its own pattern, possessive or marked as one that backtracks."""
    pattern = str(element.pattern)
    outline = _ESCAPE_OR_CLASS.sub("x", pattern)
    if _FORBIDDEN_GROUP.search(outline):
        refuse(element, "has a group that captures, refers or sets flags; write (?:...), and name the whole token")
    choices = _NO_CHOICE.sub("", outline)
    is_possessive = _FINAL_REPEAT.fullmatch(choices) is not None
    return _Fragment(
        f"{pattern}+" if is_possessive else pattern,
        backtracks=not is_possessive and _CHOICE.search(choices) is not None,
        is_token=True,
        convert=conversion(element),
    )


_ESCAPE_OR_CLASS = re.compile(r"(?s:\\[^1-9]|\[\^?\]?(?:\\.|[^\]\\])*\])")
"""One character of the text, in which brackets and quantifiers have no meaning of their own: `\\(`, `[)+]`."""

_FORBIDDEN_GROUP = re.compile(r"\\|\((?!\?(?:[:=!>]|<[=!]))")
"""A reference as in `\\1`, or a group other than `(?:...)`, an atomic group and a lookaround."""

_NO_CHOICE = re.compile(r"\(\?(?:[:=!>]|<[=!])|(?:[*+?]|\{\d+(?:,\d*)?\}|\{,\d*\})\+|\{\d+\}(?!\?)")
"""The start of a group, a possessive quantifier, or a fixed number of repeats: it looks like a choice and is none."""

_CHOICE = re.compile("[|*+?{]")

_FINAL_REPEAT = re.compile(r"[^|*+?{()]*(?:[*+?]|\{\d*,\d*\})")
"""Single characters of which only the last one is repeated, so that the repeat can be made possessive."""


def _choose(alternatives: Sequence[_Fragment]) -> _Fragment:
    """Join alternatives, after the blanks that all of them skip."""
    skip_blanks = all(alternative.skips_blanks for alternative in alternatives)
    if skip_blanks:
        alternatives = [alternative._replace(skips_blanks=False) for alternative in alternatives]
    convert = alternatives[0].convert
    return _Fragment(
        "|".join(alternative.alternative() for alternative in alternatives),
        skips_blanks=skip_blanks,
        backtracks=True,
        is_token=all(a.is_token and not a.skips_blanks and a.convert is convert for a in alternatives),
        convert=convert,
    )


def _capture(element: pp.ParserElement, token: _Fragment, captures: list[Capture]) -> _Fragment:
    """Put the token into a capture group of its own."""
    name = element.resultsName
    if not name.isidentifier():
        refuse(element, f"no group can have the name {name!r}; use a Python identifier")
    used = {capture.group for capture in captures}
    group = next(own for n in count(1) if (own := f"{name}__{n}" if n > 1 else name) not in used)
    captures.append(Capture(name, group, token.convert))
    return token._replace(pattern=f"(?P<{group}>{token.pattern})")
