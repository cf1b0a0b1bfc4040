"""What a fused pattern is put together from: pieces of pattern, and what is known of each."""

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass, field, replace
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


def always() -> bool:
    """Say yes."""
    return True


@dataclass(frozen=True)
class Piece:
    """A piece of the pattern."""

    pattern: str
    open: bool = False
    """It could match in another way, too, so that nothing may be put behind it as it is."""
    token: bool = False
    """pyparsing makes one token of it, its text. Only that can have a results name."""
    text: bool = True
    """The tokens that pyparsing makes of it, joined, are its text."""
    empty: Callable[[], bool] = bool
    """Whether it may match no text at all; asked for where that matters, as a `Regex` has to be compiled for it."""
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
        return f"{characters(self.skip)}*+{closed}" if self.skip else closed

    def final(self) -> str:
        """The pattern, for none to follow."""
        return self.spaced() if self.skip else self.pattern

    def bare(self) -> "Piece":
        """The piece without whitespace before it."""
        return replace(self, skip=NOTHING)


@dataclass(frozen=True)
class Walk:
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


def cases(letter: str, walk: Walk) -> set[str]:
    """What pyparsing takes for the letter: all that has the same upper case, which `re` sees a little differently."""
    if not letter.isascii():
        walk.refuse(f"ignores the case of {letter!r}; only that of ASCII letters is simple enough")
    return {case for case in (letter.lower(), letter.upper(), "\u0131", "\u017f") if case.upper() == letter.upper()}


def times(least: int, most: int | None, possessive: str = "") -> str:
    """How often, as a quantifier; one with "+" behind it gives nothing back."""
    if least == most:
        return "" if least == 1 else f"{{{least}}}"
    short = {(0, None): "*", (1, None): "+", (0, 1): "?"}
    return short.get((least, most), f"{{{least},{'' if most is None else most}}}") + possessive


def escaped(character: str) -> str:
    """The pattern of one character."""
    if character == " ":
        return " "
    return re.escape(character) if character.isprintable() else character.encode("unicode_escape").decode()


def characters(choices: Collection[str], *, but: bool = False) -> str:
    """One of the characters, or any but these."""
    if not choices:
        return r"[\s\S]" if but else r"[^\s\S]"
    if len(set(choices)) == 1 and not but:
        return escaped(min(choices))
    ranges = []
    for _, run in groupby(enumerate(sorted(set(choices))), key=lambda numbered: ord(numbered[1]) - numbered[0]):
        first, *others = (escaped(character) for _, character in run)
        ranges += [first, "-", others[-1]] if others[1:] else [first, *others]
    return f"[{'^' if but else ''}{''.join(ranges)}]"
