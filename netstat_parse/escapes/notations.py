r"""Undo notations for control characters: the caret notation of `cat -v`, and the escapes of log daemons.

``cat -v`` prints ``^M`` for a carriage return, ``^[`` for ESC and ``M-BM-`` before a no-break space. rsyslog writes
``#012`` for a line feed, other daemons ``\n`` or ``\012``.
"""

import re

from netstat_parse.escapes.shapes import START, looks_like_netstat
from netstat_parse.precompiled import compile_pattern

_CARET_END = compile_pattern(r"(?<!\^M)(?:\^M)++[ \t]*+\$?$")

_CARET_ESCAPE = compile_pattern(r"\^\[(?=[]\[()PX_=>\\])")

_CARET = compile_pattern(r"\^([MHIG])")

_META = compile_pattern(r"(?:M-\^?[ -~]){2,8}")

_OCTAL = compile_pattern(r"#0(1[0-5]|33|07)")

_LITERAL = compile_pattern(
    r"\\{1,4}(?:r(?=\\{1,4}n)|(?P<line>n|012|x0[aA])|(?P<tab>t|011|x09)|(?P<esc>033|x1[bB]|e(?=\[)))"
)


def undo_caret(line: str) -> str:
    """Replace the caret notation of control characters where it is evident: at the end of a line, or repeated."""
    line = _CARET_END.sub("", line)
    has_escape = _CARET_ESCAPE.search(line) is not None
    line = _CARET_ESCAPE.sub("\x1b", line)
    if has_escape or len(_CARET.findall(line)) > 1:
        line = _CARET.sub(lambda found: chr(ord(found[1]) - 64), line)
    return line


def undo_meta(line: str) -> str:
    """Decode UTF-8 in the notation of `cat -v`: ``M-CM-^V`` is an O with diaeresis."""
    return _META.sub(_decode_meta, line)


def _decode_meta(found: re.Match[str]) -> str:
    codes = re.findall(r"M-(\^?)(.)", found[0])
    data = bytes(128 | (ord(char) ^ 64 if caret else ord(char)) for caret, char in codes)
    try:
        return data.decode()
    except UnicodeDecodeError:
        return found[0]


def undo_daemon(line: str) -> list[str]:
    """Split a line at the line feeds that a log daemon has escaped, if what it holds looks like netstat's text."""
    if not looks_like_netstat(line) and not _is_row_before(line):
        return [line]
    if _OCTAL.search(line):
        line = _OCTAL.sub(lambda found: chr(int(found[1], 8)), line)
    else:
        line = _LITERAL.sub(_unescape, line)
    return [part.rstrip("\r") for part in line.rstrip("\n").split("\n")]


_ANY_ROW = compile_pattern(rf"[ \t:>]{START}")


def _is_row_before(line: str) -> bool:
    return _ANY_ROW.search(line) is not None


def _unescape(found: re.Match[str]) -> str:
    return "\n" if found["line"] else "\t" if found["tab"] else "\x1b" if found["esc"] else ""
