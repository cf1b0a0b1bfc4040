"""The terminals of pyparsing as pieces of pattern: literals, keywords, words, and regular expressions."""

import re
import sys
from collections.abc import Callable, Mapping
from typing import Any

import pyparsing as pp

from netstat_parse.fuse.pieces import Piece, Walk, cases, characters, escaped, times


def literal(element: pp.Literal, _: Walk) -> Piece:
    """The very text."""
    return Piece("".join(map(escaped, element.match)), token=True)


def caseless_literal(element: pp.CaselessLiteral, walk: Walk) -> Piece:
    """A text whose case does not matter; pyparsing gives it as the grammar has it."""
    return Piece("".join(characters(cases(letter, walk)) for letter in element.returnString), text=False)


def keyword(element: pp.Keyword | pp.CaselessKeyword, walk: Walk) -> Piece:
    """A text that is no part of a longer word."""
    text, letters = "".join(map(escaped, element.match)), element.ident_chars
    if element.caseless:
        text = "".join(characters(cases(letter, walk)) for letter in element.match)
        letters = {case for letter in letters for case in cases(letter, walk)}
    letter, same = characters(letters), not element.caseless
    return Piece(f"(?<!{letter}){text}(?!{letter})", token=same, text=same)


def word(element: pp.Word | pp.Char, walk: Walk) -> Piece:
    """Characters of a kind, the first perhaps of another."""
    by_re = hasattr(element, "re_match")  # for a word with blanks, pyparsing goes by rules that differ a little
    if element.asKeyword:
        return Piece(element.reString, open=True, token=True) if by_re else walk.refuse("is a keyword with blanks")
    head, body = characters(element.init_chars), characters(element.bodyChars)
    most = None if element.maxLen == sys.maxsize else element.maxLen
    pattern = head
    if head == body:
        pattern += times(element.minLen, most, "+")
    elif most != 1:
        pattern += body + times(element.minLen - 1, most and most - 1, "+")
    return Piece(pattern + (f"(?!{body})" if element.maxSpecified and not by_re else ""), token=True)


def stretch(element: pp.CharsNotIn | pp.White, _: Walk) -> Piece:
    """All characters but some, or white space."""
    most = None if element.maxLen == sys.maxsize else element.maxLen
    if isinstance(element, pp.White):
        return Piece(characters(element.matchWhite) + times(max(element.minLen, 1), most, "+"), token=True)
    return Piece(characters(element.notChars, but=True) + times(element.minLen, most, "+"), token=True)


_OPAQUE = r"\\[^1-9]|\[\^?\]?(?:\\.|[^\]\\])*\]|\(\?\#[^)]*\)"


_OPENING = r"(?P<back>\\[1-9]|\(\?P=|\(\?\()|\(\?P<(?P<name>\w+)>|(?P<unnamed>\()(?!\?)"


_TIMES = r"(?:[*+?]|\{(?:\d+(?:,\d*)?|,\d*)\})"


_NO_CHOICE = re.compile(rf"\(\?(?:[:=!>]|<[=!]|P<\w+>)|{_TIMES}\+|\{{\d+\}}(?!\?)")
"""What does not give back, though it looks like what does."""


_INLINE_FLAGS = re.compile(r"(?s:(?:\(\?([aimsux]+)\))?(.*))")


_FLAGS = {"a": re.ASCII, "i": re.IGNORECASE, "m": re.MULTILINE, "s": re.DOTALL, "x": re.VERBOSE}


def regex(element: pp.Regex, walk: Walk) -> Piece:
    """A pattern as it is; its groups without a name capture nothing."""
    if element.asGroupList or element.asMatch:
        walk.refuse("gives groups or a match, not text")

    def opening(found: re.Match[str]) -> str:
        if found["back"]:
            walk.refuse("refers back to what it matched, which is not regular")
        if found["name"]:
            return walk.opening(found["name"], certain=False)
        return "(?:" if found["unnamed"] else found[0]

    pattern, given = element.pattern, element.flags
    if element._re or not isinstance(pattern, str):  # noqa: SLF001 - nothing else tells that it is compiled already
        pattern, given = element.re.pattern, element.re.flags
    inline, pattern = _INLINE_FLAGS.fullmatch(pattern).groups("")  # type: ignore[union-attr]  # which matches any text
    flags = "".join(letter for letter, flag in _FLAGS.items() if given & flag or letter in inline)
    comment, end = ("|#[^\n]*", "\n") if "x" in flags else ("", "")
    pattern = re.sub(f"(?s:{_OPAQUE}{comment}|{_OPENING})", opening, pattern)
    choices = _NO_CHOICE.sub("", re.sub(f"(?s:{_OPAQUE}{comment})", "x", pattern))
    if re.fullmatch(r"[^|*+?{()]*(?:[*+?]|\{\d*,\d*\})", choices) and not comment:
        pattern, choices = f"{pattern}+", ""
    if flags:
        pattern = f"(?{flags}:{pattern}{end})"
    is_open = re.search(r"[|*+?{]", choices) is not None
    return Piece(pattern, open=is_open, token=True, empty=lambda: element.re.match("") is not None)


TERMINALS: Mapping[type, Callable[[Any, Walk], Piece]] = {
    pp.Literal: literal,
    type(pp.Literal("1")): literal,  # pyparsing has another class for one character
    pp.CaselessLiteral: caseless_literal,
    pp.Keyword: keyword,
    pp.CaselessKeyword: keyword,
    pp.Word: word,
    pp.Char: word,
    pp.CharsNotIn: stretch,
    pp.White: stretch,
    pp.Regex: regex,
}
"""How each terminal is written."""
