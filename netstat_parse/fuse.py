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
import sys
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import singledispatch
from itertools import count, groupby
from typing import Any, NamedTuple, NoReturn

import pyparsing as pp

Convert = Callable[[str], Any]
NOTHING: frozenset[str] = frozenset()


class NotRegularError(ValueError):
    """An expression does what no pattern does in the same way."""


class Capture(NamedTuple):
    """A group of the pattern, and what its text is for."""

    name: str
    group: str
    """The results name, with a number behind it where that stands in an earlier group: the pattern has each once."""
    convert: Convert | None
    """Makes the value of the text; the pattern itself converts nothing."""
    certain: bool = True
    """Set whenever its terminal matches, which a named group within a `Regex` need not be."""


@dataclass(frozen=True)
class Fused:
    """An expression as a pattern."""

    pattern: re.Pattern[str]
    captures: Sequence[Capture]
    """In the order in which pyparsing sets the names: of those with one name, the last that is set gives the value."""

    def columns(self, rows: Sequence[tuple[str | None, ...]]) -> dict[str, list[Any]]:
        """The values by results name, given `match.groups()` of each row; `None` where a row has no such value."""
        texts = list(zip(*rows, strict=True)) or [()] * self.pattern.groups
        columns: dict[str, list[Any]] = {}
        for name, group, convert, _ in self.captures:
            column = texts[self.pattern.groupindex[group] - 1]
            missing = column.count(None)
            if name in columns:
                if missing < len(column):
                    both = zip(column, _converted(column, convert, missing), columns[name], strict=True)
                    columns[name] = [earlier if text is None else value for text, value, earlier in both]
            else:
                columns[name] = _converted(column, convert, missing)
        return columns


def _converted(column: tuple[Any, ...], convert: Convert | None, missing: int) -> list[Any]:
    """The texts of a column as values; this is where most of them are made, so each case takes its shortest way."""
    if convert is None or missing == len(column):
        return list(column)
    if not missing:
        return list(map(convert, column))
    return [text if text is None else convert(text) for text in column]


def fuse(expression: pp.ParserElement) -> re.Pattern[str]:
    """The expression as a pattern: its `match` does what `parse_string` does, except that tabs stay tabs."""
    return lower(expression).pattern


def lower(expression: pp.ParserElement) -> Fused:
    """The expression as a pattern, with what its groups are for."""
    expression.streamline()  # as parse_string does; it may change what whitespace is skipped
    walk = _Walk()
    return Fused(re.compile(_piece(expression, walk).spaced()), walk.captures)


@dataclass(frozen=True)
class _Piece:
    """A piece of the pattern."""

    pattern: str
    open: bool = False
    """It could match in another way, too, so that nothing may be put behind it as it is."""
    token: bool = False
    """pyparsing makes one token of it, its text. Only that can have a results name."""
    text: bool = True
    """The tokens that pyparsing makes of it, joined, are its text."""
    empty: bool = False
    """It may match no text at all."""
    ends: bool = False
    """It may match at the end of the text, and pyparsing then goes on one behind the end, where `re` never is."""
    convert: Convert | None = None
    skip: frozenset[str] = NOTHING
    """Whitespace that may stand before it."""

    @property
    def plain(self) -> bool:
        """Whether its tokens, joined, are all that it takes."""
        return self.text and not self.convert and not self.skip

    def spaced(self) -> str:
        """The pattern, for any other to follow."""
        closed = f"(?>{self.pattern})" if self.open else self.pattern
        return f"{_characters(self.skip)}*+{closed}" if self.skip else closed

    def final(self) -> str:
        """The pattern, for none to follow."""
        return self.spaced() if self.skip else self.pattern

    def bare(self) -> "_Piece":
        """The piece without whitespace before it."""
        return replace(self, skip=NOTHING)


@dataclass(frozen=True)
class _Walk:
    """The way down the expression."""

    captures: list[Capture] = field(default_factory=list)
    path: tuple[pp.ParserElement, ...] = ()
    skipped: frozenset[str] = NOTHING
    """Whitespace that cannot stand here any more."""
    muted: bool = False
    """No results name gets out of here."""

    def names(self, start: int) -> list[str]:
        """The results names since there were `start` captures."""
        return [capture.name for capture in self.captures[start:]]

    def opening(self, name: str, convert: Convert | None = None, *, certain: bool = True) -> str:
        """The start of a new group."""
        if self.muted:
            return "(?:"
        if not name.isidentifier():
            self.refuse(f"no group can have the name {name!r}")
        taken = {capture.group for capture in self.captures}
        group = next(own for n in count(1) if (own := f"{name}__{n}" if n > 1 else name) not in taken)
        self.captures.append(Capture(name, group, convert, certain))
        return f"(?P<{group}>"

    def refuse(self, why: str) -> NoReturn:
        """Stop, and tell where."""
        where = " > ".join(element.customName or type(element).__name__ for element in self.path)
        raise NotRegularError(f"{self.path[-1]}: {why} (at {where})")


_REASONS: dict[type, str] = {
    pp.And._ErrorStop: "makes a failure final for the whole text; join with + instead of -",  # noqa: SLF001
    pp.Each: "takes its parts in any order; write the orders out",
    pp.Forward: "may contain itself",
    pp.Or: "takes the longest alternative; put that first, and join with |",
    pp.PrecededBy: "looks back in its own way; use a Regex with (?<=...)",
    pp.SkipTo: "searches; use a Regex for the text up to there",
}


def _piece(element: pp.ParserElement, walk: _Walk, *, first: bool = False) -> _Piece:
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
        return _Piece(piece.spaced(), text=False, empty=piece.empty, ends=piece.ends, skip=skip)
    return replace(piece, skip=skip or piece.skip)


def _check(element: pp.ParserElement, walk: _Walk, *, first: bool) -> None:
    kind = type(element)
    if kind not in _write.registry:
        walk.refuse(_REASONS.get(kind, f"fuse does not know {kind.__name__}"))
    if element.parseAction and (len(element.parseAction) > 1 or not hasattr(element, "convert")):
        walk.refuse("has a parse action, and a pattern runs no code")
    if element.failAction or element.ignoreExprs:
        walk.refuse("has a fail action" if element.failAction else "ignores what matches another expression")
    if kind.preParse is not pp.ParserElement.preParse and not first:
        walk.refuse("skips whitespace in its own way; let it be the first")


def _named(element: pp.ParserElement, piece: _Piece, walk: _Walk) -> _Piece:
    if not element.modalResults:
        walk.refuse(f"{element.resultsName!r} lists all matches, and a group keeps but the last")
    if not piece.token:
        walk.refuse(f"{element.resultsName!r} is more than the text of one token; name what is inside, or use Combine")
    return replace(piece, pattern=f"{walk.opening(element.resultsName, piece.convert)}{piece.pattern})")


@singledispatch
def _write(element: pp.ParserElement, walk: _Walk) -> _Piece:
    """The element's pattern, without its own whitespace, conversion and name."""
    raise NotImplementedError(element, walk)  # has been refused


@_write.register
def _sequence(element: pp.And, walk: _Walk) -> _Piece:
    if not element.exprs:
        walk.refuse("has no parts")
    start = len(walk.captures)
    pieces = [_piece(element.exprs[0], walk, first=True)]
    for part in element.exprs[1:]:
        names, before = walk.names(start), len(walk.captures)
        piece = _piece(part, replace(walk, skipped=NOTHING))
        if pieces[-1].ends and piece.empty:
            walk.refuse(f"pyparsing may be behind the end of the text before {part}, which may match nothing there")
        if any(not capture.certain and capture.name in names for capture in walk.captures[before:]):
            walk.refuse(f"a group in {part} may unset a name that is set before it")
        pieces.append(piece)
    skip, pieces[0] = pieces[0].skip, pieces[0].bare()
    pattern, text = "".join(piece.spaced() for piece in pieces), all(piece.plain for piece in pieces)
    return _Piece(pattern, text=text, empty=all(piece.empty for piece in pieces), ends=pieces[-1].ends, skip=skip)


@_write.register
def _choice(element: pp.MatchFirst, walk: _Walk) -> _Piece:
    if not element.exprs:
        walk.refuse("has no alternatives")
    pieces = [_piece(alternative, walk) for alternative in element.exprs]
    skip, convert = pieces[0].skip, pieces[0].convert
    if any(piece.skip != skip for piece in pieces):
        skip = NOTHING
    else:
        pieces = [piece.bare() for piece in pieces]
    return _Piece(
        "|".join(piece.final() for piece in pieces),
        open=True,
        token=all(piece.token and piece.convert is convert and not piece.skip for piece in pieces),
        text=all(piece.plain for piece in pieces),
        empty=any(piece.empty for piece in pieces),
        ends=any(piece.ends for piece in pieces),
        convert=convert,
        skip=skip,
    )


_NO_DEFAULT = pp.Opt(pp.Empty()).defaultValue


@_write.register
def _option(element: pp.Opt, walk: _Walk) -> _Piece:
    if element.defaultValue is not _NO_DEFAULT:
        walk.refuse("has a default, which is not in the text")
    piece = _piece(element.expr, walk, first=True)
    return _Piece(f"{piece.final()}|", open=True, text=piece.plain, empty=True, ends=piece.ends)


@_write.register
def _repetition(element: pp.ZeroOrMore | pp.OneOrMore, walk: _Walk) -> _Piece:
    start, walk = len(walk.captures), replace(walk, skipped=NOTHING)
    stop = _piece(element.not_ender, walk).pattern if element.not_ender else ""
    piece = _piece(element.expr, walk)
    if piece.empty:
        walk.refuse("repeats what may match nothing, and pyparsing would do so for ever")
    names = walk.names(start)
    if len(set(names)) < len(names) or not all(capture.certain for capture in walk.captures[start:]):
        walk.refuse("repeats a name that stands twice or within a Regex; the pattern cannot tell where it was set last")
    least = 0 if isinstance(element, pp.ZeroOrMore) else 1
    pattern = f"(?:{stop}{piece.spaced()}){_times(least, element.max_count)}"
    return _Piece(pattern, open=True, text=piece.plain, empty=not least, ends=piece.ends)


@_write.register
def _combine(element: pp.Combine, walk: _Walk) -> _Piece:
    start, piece = len(walk.captures), _piece(element.expr, walk, first=True)
    if element.resultsName and walk.names(start):
        walk.refuse(f"nests the names inside under {element.resultsName!r}; do without that, or without them")
    token = piece.bare().plain and not element.joinString
    return replace(piece, token=token, text=token, convert=None)


@_write.register
def _wrapper(element: pp.DelimitedList | pp.Group | pp.Suppress, walk: _Walk) -> _Piece:
    start, muted = len(walk.captures), walk.muted or isinstance(element, pp.Suppress)
    piece = _piece(element.expr, replace(walk, muted=muted), first=True)
    if isinstance(element, pp.Group) and walk.names(start):
        walk.refuse("nests the names inside; do without it")
    return replace(piece, token=False, text=False, convert=None)


@_write.register
def _ahead(element: pp.FollowedBy | pp.NotAny, walk: _Walk) -> _Piece:
    sign, muted = ("!", True) if isinstance(element, pp.NotAny) else ("=", walk.muted)
    return _Piece(f"(?{sign}{_piece(element.expr, replace(walk, muted=muted)).final()})", empty=True)


@_write.register
def _place(element: pp.Empty | pp.LineEnd | pp.LineStart | pp.NoMatch | pp.StringEnd, _: _Walk) -> _Piece:
    patterns = {pp.LineEnd: r"(?m:$)\n?+", pp.LineStart: "(?m:^)", pp.NoMatch: "(?!)", pp.StringEnd: r"\Z"}
    empty = not isinstance(element, pp.NoMatch)
    return _Piece(patterns.get(type(element), ""), empty=empty, ends=isinstance(element, pp.LineEnd | pp.StringEnd))


@_write.register(type(pp.Literal("1")))  # pyparsing has another class for one character
@_write.register
def _literal(element: pp.Literal, _: _Walk) -> _Piece:
    return _Piece("".join(map(_character, element.match)), token=True)


@_write.register
def _caseless_literal(element: pp.CaselessLiteral, walk: _Walk) -> _Piece:
    return _Piece("".join(_characters(_cases(letter, walk)) for letter in element.returnString), text=False)


@_write.register
def _keyword(element: pp.Keyword | pp.CaselessKeyword, walk: _Walk) -> _Piece:
    text, letters = "".join(map(_character, element.match)), element.ident_chars
    if element.caseless:
        text = "".join(_characters(_cases(letter, walk)) for letter in element.match)
        letters = {case for letter in letters for case in _cases(letter, walk)}
    letter, same = _characters(letters), not element.caseless
    return _Piece(f"(?<!{letter}){text}(?!{letter})", token=same, text=same)


@_write.register
def _word(element: pp.Word | pp.Char, walk: _Walk) -> _Piece:
    by_re = hasattr(element, "re_match")  # for a word with blanks, pyparsing goes by rules that differ a little
    if element.asKeyword:
        return _Piece(element.reString, open=True, token=True) if by_re else walk.refuse("is a keyword with blanks")
    head, body = _characters(element.init_chars), _characters(element.bodyChars)
    most = None if element.maxLen == sys.maxsize else element.maxLen
    pattern = head
    if head == body:
        pattern += _times(element.minLen, most, "+")
    elif most != 1:
        pattern += body + _times(element.minLen - 1, most and most - 1, "+")
    return _Piece(pattern + (f"(?!{body})" if element.maxSpecified and not by_re else ""), token=True)


@_write.register
def _stretch(element: pp.CharsNotIn | pp.White, _: _Walk) -> _Piece:
    most = None if element.maxLen == sys.maxsize else element.maxLen
    if isinstance(element, pp.White):
        return _Piece(_characters(element.matchWhite) + _times(max(element.minLen, 1), most, "+"), token=True)
    return _Piece(_characters(element.notChars, but=True) + _times(element.minLen, most, "+"), token=True)


_OPAQUE = r"\\[^1-9]|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?\#[^)]*\)"
_OPENING = r"(?P<back>\\[1-9]|\(\?P=|\(\?\()|\(\?P<(?P<name>\w+)>|(?P<unnamed>\()(?!\?)"
_TIMES = r"(?:[*+?]|\{(?:\d+(?:,\d*)?|,\d*)\})"
_NO_CHOICE = re.compile(rf"\(\?(?:[:=!>]|<[=!]|P<\w+>)|{_TIMES}\+|\{{\d+\}}(?!\?)")
"""What does not give back, though it looks like what does."""
_FLAGS = {"a": re.ASCII, "i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL, "x": re.VERBOSE}


@_write.register
def _regex(element: pp.Regex, walk: _Walk) -> _Piece:
    if element.asGroupList or element.asMatch:
        walk.refuse("gives groups or a match, not text")

    def opening(found: re.Match[str]) -> str:
        if found["back"]:
            walk.refuse("refers back to what it matched, which is not regular")
        if found["name"]:
            return walk.opening(found["name"], certain=False)
        return "(?:" if found["unnamed"] else found[0]

    flags = "".join(letter for letter, flag in _FLAGS.items() if element.re.flags & flag)
    comment, end = ("|#[^\n]*", "\n") if "x" in flags else ("", "")
    pattern = re.sub(r"\A\(\?[aimsux]+\)", "", element.re.pattern)
    pattern = re.sub(f"(?s:{_OPAQUE}{comment}|{_OPENING})", opening, pattern)
    choices = _NO_CHOICE.sub("", re.sub(f"(?s:{_OPAQUE}{comment})", "x", pattern))
    if re.fullmatch(r"[^|*+?{()]*(?:[*+?]|\{\d*,\d*\})", choices) and not comment:
        pattern, choices = f"{pattern}+", ""
    if flags:
        pattern = f"(?{flags}:{pattern}{end})"
    is_open = re.search(r"[|*+?{]", choices) is not None
    return _Piece(pattern, open=is_open, token=True, empty=element.re.match("") is not None)


def _cases(letter: str, walk: _Walk) -> set[str]:
    """What pyparsing takes for the letter: all that has the same upper case, which `re` sees a little differently."""
    if not letter.isascii():
        walk.refuse(f"ignores the case of {letter!r}; only that of ASCII letters is simple enough")
    return {case for case in (letter.lower(), letter.upper(), "\u0131", "\u017f") if case.upper() == letter.upper()}


def _times(least: int, most: int | None, possessive: str = "") -> str:
    """How often, as a quantifier; one with "+" behind it gives nothing back."""
    if least == most:
        return "" if least == 1 else f"{{{least}}}"
    short = {(0, None): "*", (1, None): "+", (0, 1): "?"}
    return short.get((least, most), f"{{{least},{'' if most is None else most}}}") + possessive


def _character(character: str) -> str:
    if character == " ":
        return " "
    return re.escape(character) if character.isprintable() else character.encode("unicode_escape").decode()


def _characters(characters: Collection[str], *, but: bool = False) -> str:
    """One of the characters, or any but these."""
    if not characters:
        return r"[\s\S]" if but else r"[^\s\S]"
    if len(set(characters)) == 1 and not but:
        return _character(min(characters))
    ranges = []
    for _, run in groupby(enumerate(sorted(set(characters))), key=lambda numbered: ord(numbered[1]) - numbered[0]):
        first, *others = (_character(character) for _, character in run)
        ranges += [first, "-", others[-1]] if others[1:] else [first, *others]
    return f"[{'^' if but else ''}{''.join(ranges)}]"
