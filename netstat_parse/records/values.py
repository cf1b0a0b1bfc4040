"""Values as text: as JSON, and safe to print on a terminal."""

import json
import os
from collections.abc import Callable, Iterable, Mapping
from json.encoder import encode_basestring
from types import NoneType
from typing import Any
from unicodedata import category, east_asian_width

from netstat_parse.precompiled import compile_pattern

SCALARS: Mapping[type, Callable[[Any], str]] = {
    str: encode_basestring,
    int: int.__repr__,
    float: float.__repr__,
    bool: {False: "false", True: "true"}.__getitem__,
    NoneType: {None: "null"}.__getitem__,
}
"""JSON encoders of single values, which skip the set-up of `json.JSONEncoder.encode`."""

MIN_SIMILARITY = 0.7
"""Similarity from which on a known name may be the one that was meant, as `difflib` measures it."""

STANDARD_INPUT_NAME = "standard input"
"""Name of standard input for people."""

_ESCAPE = compile_pattern(r"\\(?:x[0-9a-f]{2}|ud[89a-f][0-9a-f]{2})")
"""Text that looks like an escape of `legible`."""

_JAMO = compile_pattern("[\u1160-\u11ff\ud7b0-\ud7ff]")
"""Vowels and final consonants of Hangul, which are drawn into the consonant before them."""

INVISIBLE = "\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef"
"""Ranges of characters that are drawn as nothing or as a blank, although Python calls them printable.

They are those of Default_Ignorable_Code_Point (UAX #44), and the empty pattern of Braille.
"""

_INVISIBLE = compile_pattern(f"[{INVISIBLE}]")

_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def encode_json(value: object) -> str:
    """Encode a value as compact JSON (RFC 8259); text outside ASCII is not escaped, integers may have any size."""
    if encode := SCALARS.get(type(value)):
        return encode(value)
    return "[]" if value == [] else "{}" if value == {} else _encode(value)  # most lists and dicts are empty


def format_integer(value: int) -> str:
    """Format an integer in decimal, or in hexadecimal if it exceeds Python's limit of 4300 digits."""
    try:
        return str(value)
    except ValueError:
        return hex(value)


def printable(text: str) -> str:
    """Replace each character that a terminal would interpret or cannot display by one visible symbol."""
    return text if is_printable(text) else "".join(map(_symbol, text))


def is_printable(text: str) -> bool:
    """Return whether all characters are visible, or the blank."""
    return text.isprintable() and (text.isascii() or not _INVISIBLE.search(text))


def legible(text: str) -> str:
    r"""Escape the bytes of a message or argument that are no UTF-8: ``h\xffst.txt``. Escaped text stays unchanged."""
    try:
        return text.encode(errors="surrogateescape").decode(errors="backslashreplace")
    except UnicodeEncodeError:  # a lone surrogate that stands for no byte, as Windows allows in names
        return text.encode(errors="backslashreplace").decode()


def escape_name(name: str) -> str:
    r"""Escape the bytes of a file name that are no UTF-8, so that different names stay different.

    In a name with a byte 0xFF, or with a text that looks like its escape, a backslash is doubled: ``h\\xffst.txt`` is
    the name ``h\xffst.txt`` without such a byte. Not on Windows, where names are Unicode and backslashes separate
    folders.
    """
    escaped = legible(name)
    if os.name == "nt" or not _ESCAPE.search(escaped):
        return escaped
    return legible(name.replace("\\", "\\\\"))


def count_things(count: int, one: str, several: str | None = None) -> str:
    """Return a number with its noun, such as ``1,469 runs of netstat``.

    Args:
        count: the number.
        one: the noun in the singular.
        several: the noun in the plural; None if it only has an s more.
    """
    return f"{count:,} {one if count == 1 else several or f'{one}s'}"


def join_words(words: Iterable[str], conjunction: str) -> str:
    """Return a list for people: ``a, b or c``."""
    *others, last = words
    return f"{', '.join(others)} {conjunction} {last}" if others else last


def find_similar(word: str, names: Iterable[str], count: int = 1) -> list[str]:
    """Return the names that are most like a word, up to this number; none if no name is like it."""
    from difflib import get_close_matches  # only after a mistake

    return get_close_matches(word, list(names), count, MIN_SIMILARITY)


def suggest(names: Iterable[str]) -> str:
    """Return the question for the names that may be meant, as a clause of a message; no text if there is none."""
    found = list(names)
    return f"; did you mean {join_words(found, 'or')}?" if found else ""


def cell_width(text: str) -> int:
    """Return the width of the text in terminal cells: 2 for a wide character (UAX #11), 0 for a combining one."""
    if text.isascii():
        return len(text)
    return sum(map(_measure, text))


def _measure(character: str) -> int:
    if category(character) in {"Mn", "Me", "Cf"} or _JAMO.match(character):
        return 0
    return 2 if east_asian_width(character) in "WF" else 1


def _symbol(character: str) -> str:
    """Return a printable character unchanged, and a visible symbol for any other: U+241B for an escape."""
    if character < " ":
        return chr(0x2400 + ord(character))
    if character == "\x7f":
        return "\u2421"
    if category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"} or _INVISIBLE.match(character):
        return "\N{REPLACEMENT CHARACTER}"
    return character
