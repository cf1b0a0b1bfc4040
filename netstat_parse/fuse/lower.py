r"""A pyparsing expression as one regular expression.

Grammars are read as pyparsing and run as `re`: a row of netstat is regular, and one pattern reads it many times faster
than a tree of objects does. The pattern matches where the expression matches, takes the same text and names the same
values, so that nothing else in the project writes a row's pattern by hand:

    pp.Word(pp.nums)("pid") + "/" + (pp.Literal("a") | "ab")
    [\t\n\r ]*+(?P<pid>[0-9]++)[\t\n\r ]*+/[\t\n\r ]*+(?>a|ab)

pyparsing is a PEG: it never takes a choice back. `(Literal("a") | "ab") + "c"` does not match "abc", because "a" is
taken, and that no "c" follows is final. `(?:a|ab)c` does match, because `re` tries again. So every choice, option and
repetition is closed by an atomic group, `(?>a|ab)c`, or is possessive, `[0-9]++`. Then the pattern accepts just what
the grammar accepts, and as only within a `Regex` a second way is tried, it cannot backtrack into a slow match. Only
single characters are repeated possessively: Python 3.11 gets groups wrong there (gh-101955, gh-106052).

What a pattern cannot do just as pyparsing does it is refused, with the reason.
"""

import re
from dataclasses import replace
from functools import singledispatch

import pyparsing as pp

from netstat_parse.fuse.elements import TERMINALS
from netstat_parse.fuse.fused import Fused
from netstat_parse.fuse.pieces import NOTHING, Piece, Walk, always, times


def fuse(expression: pp.ParserElement) -> re.Pattern[str]:
    """The expression as a pattern: its `match` does what `parse_string` does, except that tabs stay tabs."""
    return lower(expression).pattern


def lower(expression: pp.ParserElement) -> Fused:
    """The expression as a pattern, with what its groups are for."""
    expression.streamline()  # as parse_string does; it may change what whitespace is skipped
    walk = Walk()
    return Fused(_piece(expression, walk).spaced(), walk.captures)


_REASONS: dict[type, str] = {
    pp.And._ErrorStop: "makes a failure final for the whole text; join with + instead of -",  # noqa: SLF001
    pp.Each: "takes its parts in any order; write the orders out",
    pp.Forward: "may contain itself",
    pp.Or: "takes the longest alternative; put that first, and join with |",
    pp.PrecededBy: "looks back in its own way; use a Regex with (?<=...)",
    pp.SkipTo: "searches; use a Regex for the text up to there",
}


def _piece(element: pp.ParserElement, walk: Walk, *, first: bool = False) -> Piece:
    """The element as pattern; the first of its parent leaves the whitespace before to that."""
    walk = replace(walk, path=(*walk.path, element))
    _check(element, walk, first=first)
    skip, start = NOTHING, len(walk.captures)
    if element.callPreparse and element.skipWhitespace and not first and not element.whiteChars <= walk.skipped:
        skip = frozenset(element.whiteChars)
    piece = _write(element, replace(walk, skipped=skip or walk.skipped))
    if element.parseAction:
        if not piece.token or piece.convert or walk.names(start):
            walk.refuse("converts more than the text of one token")
        piece = replace(piece, convert=getattr(element, "convert", None))
    if element.resultsName and not walk.muted:
        piece = _named(element, piece, walk)
    if piece.skip and skip:
        return Piece(piece.spaced(), text=False, empty=piece.empty, ends=piece.ends, skip=skip)
    return replace(piece, skip=skip or piece.skip)


def _check(element: pp.ParserElement, walk: Walk, *, first: bool) -> None:
    kind = type(element)
    if kind not in _write.registry:
        walk.refuse(_REASONS.get(kind, f"fuse does not know {kind.__name__}"))
    if element.parseAction and (len(element.parseAction) > 1 or not hasattr(element, "convert")):
        walk.refuse("has a parse action, and a pattern runs no code")
    if element.failAction or element.ignoreExprs:
        walk.refuse("has a fail action" if element.failAction else "ignores what matches another expression")
    if kind.preParse is not pp.ParserElement.preParse and not first:
        walk.refuse("skips whitespace in its own way; let it be the first")


def _named(element: pp.ParserElement, piece: Piece, walk: Walk) -> Piece:
    if not element.modalResults:
        walk.refuse(f"{element.resultsName!r} lists all matches, and a group keeps but the last")
    if not piece.token:
        walk.refuse(f"{element.resultsName!r} is more than the text of one token; name what is inside, or use Combine")
    return replace(piece, pattern=f"{walk.opening(element.resultsName, piece.convert)}{piece.pattern})")


@singledispatch
def _write(element: pp.ParserElement, walk: Walk) -> Piece:
    """The element's pattern, without its own whitespace, conversion and name."""
    raise NotImplementedError(element, walk)  # has been refused


@_write.register
def _sequence(element: pp.And, walk: Walk) -> Piece:
    if not element.exprs:
        walk.refuse("has no parts")
    start = len(walk.captures)
    pieces = [_piece(element.exprs[0], walk, first=True)]
    for part in element.exprs[1:]:
        names, before = walk.names(start), len(walk.captures)
        piece = _piece(part, replace(walk, skipped=NOTHING))
        if pieces[-1].ends and piece.empty():
            walk.refuse(f"pyparsing may be behind the end of the text before {part}, which may match nothing there")
        if any(not capture.certain and capture.name in names for capture in walk.captures[before:]):
            walk.refuse(f"a group in {part} may unset a name that is set before it")
        pieces.append(piece)
    skip, pieces[0] = pieces[0].skip, pieces[0].bare()
    pattern, text = "".join(piece.spaced() for piece in pieces), all(piece.plain for piece in pieces)
    return Piece(
        pattern, text=text, empty=lambda: all(piece.empty() for piece in pieces), ends=pieces[-1].ends, skip=skip
    )


@_write.register
def _choice(element: pp.MatchFirst, walk: Walk) -> Piece:
    if not element.exprs:
        walk.refuse("has no alternatives")
    pieces = [_piece(alternative, walk) for alternative in element.exprs]
    skip, convert = pieces[0].skip, pieces[0].convert
    if any(piece.skip != skip for piece in pieces):
        skip = NOTHING
    else:
        pieces = [piece.bare() for piece in pieces]
    return Piece(
        "|".join(piece.final() for piece in pieces),
        open=True,
        token=all(piece.token and piece.convert is convert and not piece.skip for piece in pieces),
        text=all(piece.plain for piece in pieces),
        empty=lambda: any(piece.empty() for piece in pieces),
        ends=any(piece.ends for piece in pieces),
        convert=convert,
        skip=skip,
    )


_NO_DEFAULT = pp.Opt(pp.Empty()).defaultValue


@_write.register
def _option(element: pp.Opt, walk: Walk) -> Piece:
    if element.defaultValue is not _NO_DEFAULT:
        walk.refuse("has a default, which is not in the text")
    piece = _piece(element.expr, walk, first=True)
    return Piece(f"{piece.final()}|", open=True, text=piece.plain, empty=always, ends=piece.ends)


@_write.register
def _repetition(element: pp.ZeroOrMore | pp.OneOrMore, walk: Walk) -> Piece:
    start, walk = len(walk.captures), replace(walk, skipped=NOTHING)
    stop = _piece(element.not_ender, walk).pattern if element.not_ender else ""
    piece = _piece(element.expr, walk)
    if piece.empty():
        walk.refuse("repeats what may match nothing, and pyparsing would do so for ever")
    names = walk.names(start)
    if len(set(names)) < len(names) or not all(capture.certain for capture in walk.captures[start:]):
        walk.refuse("repeats a name that stands twice or within a Regex; the pattern cannot tell where it was set last")
    least = 0 if isinstance(element, pp.ZeroOrMore) else 1
    pattern = f"(?:{stop}{piece.spaced()}){times(least, element.max_count)}"
    return Piece(pattern, open=True, text=piece.plain, empty=piece.empty if least else always, ends=piece.ends)


@_write.register
def _combine(element: pp.Combine, walk: Walk) -> Piece:
    start, piece = len(walk.captures), _piece(element.expr, walk, first=True)
    if element.resultsName and walk.names(start):
        walk.refuse(f"nests the names inside under {element.resultsName!r}; do without that, or without them")
    token = piece.bare().plain and not element.joinString
    return replace(piece, token=token, text=token, convert=None)


@_write.register
def _wrapper(element: pp.DelimitedList | pp.Group | pp.Suppress, walk: Walk) -> Piece:
    start, muted = len(walk.captures), walk.muted or isinstance(element, pp.Suppress)
    piece = _piece(element.expr, replace(walk, muted=muted), first=True)
    if isinstance(element, pp.Group) and walk.names(start):
        walk.refuse("nests the names inside; do without it")
    return replace(piece, token=False, text=False, convert=None)


@_write.register
def _ahead(element: pp.FollowedBy | pp.NotAny, walk: Walk) -> Piece:
    sign, muted = ("!", True) if isinstance(element, pp.NotAny) else ("=", walk.muted)
    return Piece(f"(?{sign}{_piece(element.expr, replace(walk, muted=muted)).final()})", empty=always)


@_write.register
def _place(element: pp.Empty | pp.LineEnd | pp.LineStart | pp.NoMatch | pp.StringEnd, _: Walk) -> Piece:
    patterns = {pp.LineEnd: r"(?m:$)\n?+", pp.LineStart: "(?m:^)", pp.NoMatch: "(?!)", pp.StringEnd: r"\Z"}
    empty = bool if isinstance(element, pp.NoMatch) else always
    return Piece(patterns.get(type(element), ""), empty=empty, ends=isinstance(element, pp.LineEnd | pp.StringEnd))


for _kind, _terminal in TERMINALS.items():
    _write.register(_kind)(_terminal)
