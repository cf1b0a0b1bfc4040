"""JSON as the command line writes it: without characters that a terminal interprets."""

from collections.abc import Iterable
from typing import IO, TYPE_CHECKING

from netstat_parse.formats.appearance import Appearance
from netstat_parse.precompiled import compile_pattern
from netstat_parse.records.values import INVISIBLE, encode_json

if TYPE_CHECKING:
    import re

_FORMAT = "\xad\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f"
"""Ranges of ends of lines, marks of the direction of text, and other characters that are not drawn."""

_CONTROL = compile_pattern(f"[\x7f-\x9f{_FORMAT}{INVISIBLE}]")
"""Characters that a terminal interprets or does not draw, other than the first 32."""


def escape_controls(text: str) -> str:
    """Escape characters that a terminal would interpret or not draw. JSON allows them; they are in strings only."""
    return text if text.isascii() and "\x7f" not in text else _CONTROL.sub(_escape, text)


def _escape(found: "re.Match[str]") -> str:
    units = found[0].encode("utf-16-be")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))


def encode_line(value: object) -> bytes:
    """Encode a value as one line of JSON, with its end."""
    return (escape_controls(encode_json(value)) + "\n").encode(errors="backslashreplace")


def lay_out(chunks: Iterable[bytes], appearance: Appearance) -> Iterable[bytes]:
    """Return compact JSON indented or coloured; unchanged if the appearance is that of a file.

    Args:
        chunks: the text, divided between tokens.
        appearance: the indentation and colours.
    """
    if not (appearance.is_indented or appearance.has_color):
        return chunks
    from netstat_parse.formats.json_layout import JsonLayout  # JSON in a file or a pipe needs none

    return map(JsonLayout(appearance).lay_out, chunks)


def write_value(value: object, file: IO[bytes], appearance: Appearance) -> None:
    """Write a value as JSON with that appearance."""
    file.writelines(lay_out([encode_line(value)], appearance))
