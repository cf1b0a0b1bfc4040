"""Decode quoted-printable (RFC 2045) in the lines of a mail, where it is evident.

Evident are an encoded blank behind another one at the end of a line, and encoded characters or a soft line break in
netstat's text.
"""

import re

from netstat_parse.escapes.shapes import begins_like_netstat
from netstat_parse.precompiled import compile_pattern

MAX_LINE_CHARS = 76
"""Length of a line of quoted-printable, with the sign at its end."""

MIN_SOFT_CHARS = 60
"""Length of a line that an encoder has broken; words are not broken."""

MAX_JOINED_LINES = 20
"""Lines that soft line breaks may join."""

_EVIDENT = compile_pattern(r"(?<=[ \t])=(?:20|09)(?:=0D)?$")

_CODES = compile_pattern(r"=3D|(?<!flags)=(?:20|09|0D)|(?:=[89A-F][0-9A-F]){2,}+")
"""The codes of blanks, of the equals sign, and of UTF-8; netstat itself prints ``flags=4163``."""


def has_soft_break(line: str) -> bool:
    """Return whether the line continues in the next one."""
    line = line.rstrip()
    is_long = MIN_SOFT_CHARS <= len(line) <= MAX_LINE_CHARS
    return line.endswith("=") and is_long and not line.endswith("==") and begins_like_netstat(line)


def join_soft(first: str, second: str) -> str:
    """Join two lines at a soft line break."""
    return first.rstrip()[:-1] + second


def decode_quoted(line: str) -> str:
    """Decode the codes of characters, if they are evident."""
    if _EVIDENT.search(line) or begins_like_netstat(line):
        return _CODES.sub(_decode, line)
    return line


def _decode(found: re.Match[str]) -> str:
    data = bytes.fromhex(found[0].replace("=", " "))
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("latin-1")
