"""JSON as the command line writes it: without characters that a terminal interprets."""

from collections.abc import Iterable
from typing import IO

from netstat_parse.formats.appearance import Appearance
from netstat_parse.precompiled import compile_pattern
from netstat_parse.records.values import encode_json

_CONTROL = compile_pattern(rb"\x7f|\xc2[\x80-\x9f]|\xe2(?:\x80[\x8e\x8f\xa8-\xae]|\x81[\xa6-\xa9])")
"""Control characters that are not ASCII's first 32, ends of lines, and marks of the direction of text, in UTF-8."""

_LEADS = (b"\x7f", b"\xc2", b"\xe2")
"""The first bytes of these; few texts have any."""


def escape_controls(text: bytes) -> bytes:
    """Escape characters of JSON that a terminal would interpret, and that JSON allows: they are in strings only."""
    if any(lead in text for lead in _LEADS):
        return _CONTROL.sub(lambda found: f"\\u{ord(found[0].decode()):04x}".encode(), text)
    return text


def encode_line(value: object) -> bytes:
    """Encode a value as one line of JSON, with its end."""
    return escape_controls(encode_json(value).encode(errors="backslashreplace")) + b"\n"


def lay_out(chunks: Iterable[bytes], appearance: Appearance) -> Iterable[bytes]:
    """Return compact JSON indented or coloured; unchanged if the appearance is that of a file.

    Args:
        chunks: the text, divided between tokens.
        appearance: the indentation and colours.
    """
    if not (appearance.is_indented or appearance.has_color):
        return chunks
    from netstat_parse.formats.json_layout import JsonLayout  # compiles a pattern

    return map(JsonLayout(appearance).lay_out, chunks)


def write_value(value: object, file: IO[bytes], appearance: Appearance) -> None:
    """Write a value as JSON with that appearance."""
    file.writelines(lay_out([encode_line(value)], appearance))
