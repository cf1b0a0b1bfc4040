r"""A pyparsing expression as one regular expression.

Grammars are read as pyparsing and run as `re`: a row of netstat is regular, and one pattern reads it many times faster
than a tree of objects does. The pattern matches where the expression matches, takes the same text and names the same
values, so that nothing else in the project writes a row's pattern by hand:

    token(r"\d+")("pid") + "/" + (pp.Literal("a") | "ab")
    [\t ]*+(?P<pid>\d++)[\t\n\r ]*+/[\t\n\r ]*+(?>a|ab)

pyparsing is a PEG: it never takes a choice back. `(Literal("a") | "ab") + "c"` does not match "abc", because "a" is
taken, and that no "c" follows is final. `(?:a|ab)c` does match, because `re` tries again. So every choice, option and
repetition is closed by an atomic group, `(?>a|ab)c`, or is possessive, `\d++`. Then the pattern accepts just what the
grammar accepts, and as there is no second way to try, none can be slow. Only single characters are repeated
possessively: Python 3.11 gets groups wrong there (gh-101955, gh-106052).

What a pattern cannot do just as pyparsing does it is refused, with the reason.
"""

import re
import sys
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum, auto
from functools import singledispatch
from itertools import count, groupby
from typing import Any, NamedTuple, NoReturn

import pyparsing as pp

Convert = Callable[[str], Any]


class NotRegularError(ValueError):
    """An expression does what no pattern does in the same way."""


class Group(NamedTuple):
    """A group of the pattern that gives a results name its value."""

    name: str
    group: str
    """Its name in the pattern, where a name may stand only once: the second `address` is `address__2`."""
    convert: Convert | None
    """What makes the value of the text; the pattern itself converts nothing."""
    certain: bool = True
    """Whether it is set whenever its terminal matches, as not all named groups within a `Regex` are."""


@dataclass(frozen=True)
class Fused:
    """An expression as a pattern."""

    pattern: re.Pattern[str]
    groups: Sequence[Group]
    """In the order in which pyparsing sets the names: of those with one name, the last that is set gives the value."""

    def columns(self, rows: Sequence[tuple[str | None, ...]]) -> dict[str, list[Any]]:
        """The values by results name, given `match.groups()` of each row; `None` where a row has no such value."""
        texts = list(zip(*rows, strict=True)) or [()] * self.pattern.groups
        columns: dict[str, list[Any]] = {}
        for name, group, convert, _ in self.groups:
            column = texts[self.pattern.groupindex[group] - 1]
            values = [t if t is None else convert(t) for t in column] if convert else list(column)
            if name in columns:
                values = [v if t is not None else o for t, v, o in zip(column, values, columns[name], strict=True)]
            columns[name] = values
        return columns


def fuse(expression: pp.ParserElement) -> re.Pattern[str]:
    """The expression as a pattern: its `match` does what `parse_string` does, except that tabs stay tabs."""
    return lower(expression).pattern


def lower(expression: pp.ParserElement) -> Fused:
    """The expression as a pattern, with what its groups stand for."""
    expression.streamline()  # as parse_string does; it may change what whitespace is skipped
    walk = _Walk()
    pattern = _piece(expression, walk).spaced()
    return Fused(re.compile(pattern), walk.groups)


class _Form(Enum):
    """What may be put behind a piece of pattern."""

    UNIT = auto()
    """Anything, even `*`: it is one character."""
    CLOSED = auto()
    """More pattern: there is but one way in which it can match."""
    OPEN = auto()
    """Nothing: it could match in another way, too."""


class _Yield(Enum):
    """What pyparsing makes of the text that a piece matches, whitespace before it aside."""

    TOKEN = auto()
    """One token, the text. Only that can have a results name."""
    TEXT = auto()
    """Any number of tokens; joined, they are the text."""
    OTHER = auto()


@dataclass(frozen=True)
class _Piece:
    """A piece of the pattern."""

    pattern: str
    form: _Form = _Form.CLOSED
    yields: _Yield = _Yield.OTHER
    empty: bool = False
    """It may match no text at all."""
    ends: bool = False
    """At the end of the text it may match, and then pyparsing goes on one behind the end, where `re` never is."""
    convert: Convert | None = None
    skip: frozenset[str] = frozenset()
    """Whitespace that may stand before."""

    @property
    def textual(self) -> bool:
        """Whether its tokens, joined, are just the text."""
        return self.yields is not _Yield.OTHER and self.convert is None and not self.skip

    def closed(self) -> str:
        """The pattern that any other may follow, without the whitespace before."""
        return f"(?>{self.pattern})" if self.form is _Form.OPEN else self.pattern

    def spaced(self) -> str:
        """The pattern that any other may follow."""
        return f"{_characters(self.skip)}*+{self.closed()}" if self.skip else self.closed()

    def final(self) -> str:
        """The pattern that no other follows."""
        return self.spaced() if self.skip else self.pattern

    def after(self, skip: frozenset[str]) -> "_Piece":
        """The piece with this whitespace before it, too."""
        if self.skip and skip:
            return replace(self, pattern=self.spaced(), form=_Form.CLOSED, yields=_Yield.OTHER, skip=skip)
        return replace(self, skip=self.skip | skip)


@dataclass(frozen=True)
class _Walk:
    """The way down the expression."""

    groups: list[Group] = field(default_factory=list)
    path: tuple[pp.ParserElement, ...] = ()
    skipped: frozenset[str] = frozenset()
    """Whitespace that cannot stand here any more."""
    muted: bool = False
    """No results name gets out of here."""

    def afresh(self, *, muted: bool = False) -> "_Walk":
        """The walk where whitespace may stand again."""
        return replace(self, skipped=frozenset(), muted=self.muted or muted)

    def names(self, start: int) -> list[str]:
        """The results names since there were `start` groups."""
        return [group.name for group in self.groups[start:]]

    def opening(self, name: str, convert: Convert | None = None, *, certain: bool = True) -> str:
        """The start of a new group."""
        if self.muted:
            return "(?:"
        if not name.isidentifier():
            self.refuse(f"the results name {name!r} cannot name a group")
        taken = {group.group for group in self.groups}
        group = next(own for n in count(1) if (own := f"{name}__{n}" if n > 1 else name) not in taken)
        self.groups.append(Group(name, group, convert, certain))
        return f"(?P<{group}>"

    def refuse(self, why: str) -> NoReturn:
        """Stop, and tell where."""
        what = str(self.path[-1])
        where = " > ".join(element.customName or type(element).__name__ for element in self.path)
        raise NotRegularError(f"{what if len(what) <= 60 else what[:57] + '...'}: {why} (at {where})")


_REASONS: dict[type, str] = {
    pp.Each: "takes its parts in any order; write out the orders",
    pp.Forward: "may contain itself",
    pp.Or: "takes the longest alternative; order them, and take the first with |",
    pp.PrecededBy: "looks back in its own way; use a Regex with (?<=...)",
    pp.SkipTo: "searches; use a Regex for the text up to there",
    pp.And._ErrorStop: "makes a failure final for the whole text; join with + instead of -",  # noqa: SLF001
}


def _piece(element: pp.ParserElement, walk: _Walk, *, first: bool = False) -> _Piece:
    """The element as pattern; the first of its parent leaves the whitespace before to that."""
    walk = replace(walk, path=(*walk.path, element))
    _check(element, walk, first=first)
    skip = frozenset[str]()
    if element.callPreparse and element.skipWhitespace and not first and not element.whiteChars <= walk.skipped:
        skip = frozenset(element.whiteChars)
    start = len(walk.groups)
    piece = _write(element, replace(walk, skipped=skip or walk.skipped))
    if element.parseAction:
        if piece.yields is not _Yield.TOKEN or piece.convert or walk.names(start):
            walk.refuse("its conversion is not of the text of one token")
        piece = replace(piece, convert=getattr(element, "convert", None))
    if element.resultsName and not walk.muted:
        piece = _named(element, piece, walk)
    return piece.after(skip)


def _check(element: pp.ParserElement, walk: _Walk, *, first: bool) -> None:
    kind = type(element)
    if kind not in _write.registry:
        walk.refuse(_REASONS.get(kind, f"there is no pattern for a {kind.__name__}"))
    if element.parseAction and (len(element.parseAction) > 1 or not hasattr(element, "convert")):
        walk.refuse("has a parse action, and a pattern runs no code")
    if element.failAction or element.ignoreExprs:
        walk.refuse("has a fail action" if element.failAction else "ignores text of another expression")
    if kind.preParse is not pp.ParserElement.preParse and not first:
        walk.refuse("skips whitespace in its own way; let it be the first")


def _named(element: pp.ParserElement, piece: _Piece, walk: _Walk) -> _Piece:
    if not element.modalResults:
        walk.refuse(f"{element.resultsName!r} lists all matches, and a group keeps only the last")
    if piece.yields is not _Yield.TOKEN:
        walk.refuse(f"{element.resultsName!r} is not the text of one token; use Combine, or name the tokens inside")
    form = _Form.OPEN if piece.form is _Form.OPEN else _Form.CLOSED
    return replace(piece, pattern=f"{walk.opening(element.resultsName, piece.convert)}{piece.pattern})", form=form)


@singledispatch
def _write(element: pp.ParserElement, walk: _Walk) -> _Piece:
    """The element without its own whitespace and name."""
    raise NotImplementedError(element, walk)  # _check has refused it


@_write.register
def _(element: pp.And, walk: _Walk) -> _Piece:
    if not element.exprs:
        walk.refuse("has no parts")
    start, pieces = len(walk.groups), list[_Piece]()
    for part in element.exprs:
        before, names = len(walk.groups), walk.names(start)
        pieces.append(_piece(part, walk.afresh() if pieces else walk, first=not pieces))
        if not all(group.certain or group.name not in names for group in walk.groups[before:]):
            walk.refuse("a Regex names what is named before it, and may then leave it unset")
        if len(pieces) > 1 and pieces[-2].ends and pieces[-1].empty:
            walk.refuse(f"nothing is left to match for {part} behind the end of the text")
    skip, pieces[0] = pieces[0].skip, replace(pieces[0], skip=frozenset())
    return _Piece(
        "".join(piece.spaced() for piece in pieces),
        yields=_Yield.TEXT if all(piece.textual for piece in pieces) else _Yield.OTHER,
        empty=all(piece.empty for piece in pieces),
        ends=pieces[-1].ends,
        skip=skip,
    )


@_write.register
def _(element: pp.MatchFirst, walk: _Walk) -> _Piece:
    if not element.exprs:
        walk.refuse("has no alternatives")
    pieces = [_piece(alternative, walk) for alternative in element.exprs]
    skip, convert = pieces[0].skip, pieces[0].convert
    if all(piece.skip == skip for piece in pieces):
        pieces = [replace(piece, skip=frozenset()) for piece in pieces]
    else:
        skip = frozenset()
    yields = _Yield.OTHER
    if all(piece.yields is _Yield.TOKEN and piece.convert is convert and not piece.skip for piece in pieces):
        yields = _Yield.TOKEN
    elif all(piece.textual for piece in pieces):
        yields = _Yield.TEXT
    return _Piece(
        "|".join(piece.final() for piece in pieces),
        _Form.OPEN,
        yields,
        empty=any(piece.empty for piece in pieces),
        ends=any(piece.ends for piece in pieces),
        convert=convert,
        skip=skip,
    )


_NO_DEFAULT = pp.Opt(pp.Empty()).defaultValue


@_write.register
def _(element: pp.Opt, walk: _Walk) -> _Piece:
    if element.defaultValue is not _NO_DEFAULT:
        walk.refuse("has a default, which is not in the text")
    piece = _piece(element.expr, walk, first=True)
    yields = _Yield.TEXT if piece.textual else _Yield.OTHER
    if piece.form is _Form.UNIT and not piece.skip:
        return _Piece(f"{piece.pattern}?+", yields=yields, empty=True)
    return _Piece(f"{piece.final()}|", _Form.OPEN, yields, empty=True, ends=piece.ends)


@_write.register
def _(element: pp.ZeroOrMore | pp.OneOrMore, walk: _Walk) -> _Piece:
    start, least = len(walk.groups), 0 if isinstance(element, pp.ZeroOrMore) else 1
    stop = _piece(element.not_ender, walk.afresh()).pattern if element.not_ender else ""
    piece = _piece(element.expr, walk.afresh())
    if piece.empty:
        walk.refuse("repeats what may match no text; pyparsing would do so for ever")
    names = walk.names(start)
    if len(set(names)) < len(names) or not all(group.certain for group in walk.groups[start:]):
        walk.refuse("repeats a name that stands in it twice, or in a Regex; groups do not tell which was set last")
    yields = _Yield.TEXT if piece.textual else _Yield.OTHER
    if piece.form is _Form.UNIT and not piece.skip and not stop:
        return _Piece(_repeated(piece.pattern, least, element.max_count), yields=yields, empty=not least)
    pattern = f"(?:{stop}{piece.spaced()}){_times(least, element.max_count)}"
    return _Piece(pattern, _Form.OPEN, yields, empty=not least, ends=piece.ends)


@_write.register
def _(element: pp.Combine, walk: _Walk) -> _Piece:
    start, piece = len(walk.groups), _piece(element.expr, walk, first=True)
    if element.resultsName and walk.names(start):
        walk.refuse(f"nests the names inside under {element.resultsName!r}; leave out either")
    joined = replace(piece, skip=frozenset()).textual and not element.joinString
    return replace(piece, yields=_Yield.TOKEN if joined else _Yield.OTHER, convert=None)


@_write.register
def _(element: pp.Group | pp.DelimitedList, walk: _Walk) -> _Piece:
    start, piece = len(walk.groups), _piece(element.expr, walk, first=True)
    if isinstance(element, pp.Group) and walk.names(start):
        walk.refuse("nests the names inside; leave the Group out")
    return replace(piece, yields=_Yield.OTHER, convert=None)


@_write.register
def _(element: pp.Suppress, walk: _Walk) -> _Piece:
    piece = _piece(element.expr, replace(walk, muted=True), first=True)  # pyparsing drops the names inside, too
    return replace(piece, yields=_Yield.OTHER, convert=None)


@_write.register
def _(element: pp.FollowedBy, walk: _Walk) -> _Piece:
    return _Piece(f"(?={_piece(element.expr, walk).final()})", yields=_Yield.TEXT, empty=True)


@_write.register
def _(element: pp.NotAny, walk: _Walk) -> _Piece:
    piece = _piece(element.expr, replace(walk, muted=True))
    return _Piece(f"(?!{piece.final()})", yields=_Yield.TEXT, empty=True)


@_write.register
def _(element: pp.Empty | pp.NoMatch | pp.LineStart | pp.LineEnd | pp.StringEnd, walk: _Walk) -> _Piece:
    del walk
    pattern = {pp.NoMatch: "(?!)", pp.LineStart: "(?m:^)", pp.LineEnd: r"(?:\n|\Z)", pp.StringEnd: r"\Z"}
    ends = isinstance(element, pp.LineEnd | pp.StringEnd)
    return _Piece(pattern.get(type(element), ""), yields=_Yield.TEXT, empty=type(element) is not pp.NoMatch, ends=ends)


def _literal(element: pp.Literal, walk: _Walk) -> _Piece:
    del walk
    form = _Form.UNIT if len(element.match) == 1 else _Form.CLOSED
    return _Piece("".join(map(_character, element.match)), form, _Yield.TOKEN)


_write.register(pp.Literal, _literal)
_write.register(type(pp.Literal("1")), _literal)  # pyparsing has a class of its own for one character


@_write.register
def _(element: pp.CaselessLiteral, walk: _Walk) -> _Piece:
    return _Piece("".join(_characters(_cases(c, walk)) for c in element.match))  # its token is not the text


@_write.register
def _(element: pp.Keyword | pp.CaselessKeyword, walk: _Walk) -> _Piece:
    text, around = "".join(map(_character, element.match)), element.ident_chars
    if element.caseless:
        text = "".join(_characters(_cases(letter, walk)) for letter in element.match)
        around = {case for letter in around for case in _cases(letter, walk)}
    neither = _characters(around)  # none at all if there are no such characters
    return _Piece(f"(?<!{neither}){text}(?!{neither})", yields=_Yield.OTHER if element.caseless else _Yield.TOKEN)


@_write.register
def _(element: pp.Word | pp.Char, walk: _Walk) -> _Piece:
    regular = hasattr(element, "re_match")  # where pyparsing itself does not use `re`, it goes by other rules
    if element.asKeyword:
        if not regular:
            walk.refuse("is a keyword with blanks; use a Regex")
        return _Piece(element.reString, _Form.OPEN, _Yield.TOKEN)
    first, body = _characters(element.init_chars), _characters(element.bodyChars)
    most = None if element.maxLen == sys.maxsize else element.maxLen
    if most == 1:
        pattern = first
    elif first == body:
        pattern = _repeated(first, element.minLen, most)
    else:
        pattern = first + _repeated(body, element.minLen - 1, most and most - 1)
    if element.maxSpecified and not regular:
        return _Piece(f"{pattern}(?!{body})", yields=_Yield.TOKEN)
    return _Piece(pattern, _Form.UNIT if most == 1 else _Form.CLOSED, _Yield.TOKEN)


@_write.register
def _(element: pp.CharsNotIn | pp.White, walk: _Walk) -> _Piece:
    del walk
    white = isinstance(element, pp.White)
    unit = _characters(element.matchWhite if isinstance(element, pp.White) else element.notChars, but=not white)
    most = None if element.maxLen == sys.maxsize else element.maxLen
    return _Piece(_repeated(unit, element.minLen, most), yields=_Yield.TOKEN)


_UNIT = r"(?P<unit>\\[^1-9bBAZz]|\[\^?\]?(?:\\.|[^\]\\])*\])"
_POINT = r"(?P<point>\\[bBAZz]|\(\?\#[^)]*\)"
_OPENING = r"(?P<back>\\[1-9]|\(\?P=|\(\?\()|\(\?P<(?P<name>\w+)>|(?P<unnamed>\()(?!\?)"
_TIMES = r"(?:[*+?]|\{(?:\d+(?:,\d*)?|,\d*)\})"
_ONE_WAY = re.compile(rf"\(\?(?:[:=!>]|<[=!]|P<\w+>)|{_TIMES}\+|\{{\d+\}}(?!\?)")
"""What looks like a choice of ways to match and is none."""
_FLAGS = {"a": re.ASCII, "i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL, "x": re.VERBOSE}


@_write.register
def _(element: pp.Regex, walk: _Walk) -> _Piece:
    if element.asGroupList or element.asMatch:
        walk.refuse("gives groups or a match, not text")
    flags = "".join(letter for letter, flag in _FLAGS.items() if element.re.flags & flag)
    comment = r"|\#[^\n]*)" if "x" in flags else ")"
    whole = f"(?s:{_UNIT}|{_POINT}{comment})"

    def opened(found: re.Match[str]) -> str:
        if found["back"]:
            walk.refuse("refers back to what it matched, which is not regular")
        if found["name"]:
            return walk.opening(found["name"], certain=False)
        return "(?:" if found["unnamed"] else found[0]

    pattern = re.sub(r"\A\(\?[aimsux]+\)", "", element.re.pattern)
    pattern = re.sub(f"{whole}|{_OPENING}", opened, pattern)
    bones = re.sub(whole, lambda found: "x" if found["unit"] else "^", pattern)
    choices = _ONE_WAY.sub("", bones)
    form = _Form.OPEN
    if re.fullmatch(r"[^|*+?{()]*(?:[*+?]|\{\d*,\d*\})", choices) and "x" not in flags:
        pattern, form = f"{pattern}+", _Form.CLOSED
    elif not re.search(r"[|*+?{]", choices):
        form = _Form.UNIT if re.fullmatch(r"[^$^]", bones) and not flags else _Form.CLOSED
    if flags:
        end = "\n" if "x" in flags else ""  # it may end in a comment
        pattern = f"(?{flags}:{pattern}{end})"
    return _Piece(pattern, form, _Yield.TOKEN, empty=element.re.match("") is not None)


def _cases(letter: str, walk: _Walk) -> set[str]:
    """The characters that pyparsing takes for the letter: those with the same upper case."""
    if not letter.isascii():
        walk.refuse(f"ignores the case of {letter!r}, and only that of ASCII letters is plain")
    return {case for case in (letter.lower(), letter.upper(), "\u0131", "\u017f") if case.upper() == letter.upper()}


def _times(least: int, most: int | None) -> str:
    """How often, as a quantifier that gives back."""
    if least == most:
        return "" if least == 1 else f"{{{least}}}"
    short = {(0, None): "*", (1, None): "+", (0, 1): "?"}
    return short.get((least, most), f"{{{least},{'' if most is None else most}}}")


def _repeated(unit: str, least: int, most: int | None) -> str:
    """The unit as often as it is there, never given back."""
    return f"{unit}{_times(least, most)}{'' if least == most else '+'}"


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
        letters = [_character(letter) for _, letter in run]
        ranges.append(f"{letters[0]}-{letters[-1]}" if len(letters) > 2 else "".join(letters))
    return f"[{'^' if but else ''}{''.join(ranges)}]"
