"""Values as text: printable, legible, in JSON."""

import json
from unicodedata import category, combining, east_asian_width


def digits(value: int) -> str:
    """All digits of an integer, in hexadecimal where there are some thousand of them."""
    try:
        return str(value)
    except ValueError:  # Python writes no integers of more than some thousand digits
        return hex(value)


def dumps(value: object) -> bytes:
    """JSON, compact; integers may be of any size."""
    import orjson  # which takes long, and is for what is neither text nor a whole number

    try:
        return orjson.dumps(value)
    except TypeError:  # orjson knows integers of 64 bits only
        return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def printable(text: str) -> str:
    """The text without what a terminal would act on or cannot show, one character for each."""
    return text if text.isprintable() else "".join(map(_symbol, text))


def legible(name: str) -> str:
    r"""Escape the bytes of a file name or argument that are no UTF-8: ``h\xffst.txt``."""
    try:
        return name.encode(errors="surrogateescape").decode(errors="backslashreplace")
    except UnicodeEncodeError:  # a lone surrogate that stands for no byte, as Windows allows in names
        return name.encode(errors="backslashreplace").decode()


def cell_width(text: str) -> int:
    """How many cells of a terminal the text takes: two for a Chinese character, none for a lone accent."""
    wide = sum(east_asian_width(character) in "WF" for character in text)
    lone = sum(combining(character) > 0 for character in text)
    return len(text) + wide - lone


def _symbol(character: str) -> str:
    """The character itself, or what stands for it: an escape becomes \N{SYMBOL FOR ESCAPE}."""
    if character < " ":
        return chr(0x2400 + ord(character))
    if character == "\x7f":
        return "\u2421"
    if category(character) in {"Cc", "Cf", "Cs", "Zl", "Zp"}:
        return "\N{REPLACEMENT CHARACTER}"
    return character
