r"""Find the lines that may have something to undo: characters that plain text lacks, then one pattern for their kind.

Most text has none of the characters, or none of the patterns. So the patterns begin with a fixed character, which is
fast to search, are compiled when they are needed first, and are linear. None matches more than one line.
"""

import re
from collections.abc import Iterator
from functools import cache

from netstat_parse.escapes.shapes import INDENT, START
from netstat_parse.precompiled import compile_pattern

CONTROL_CHARS = "\r\x07\x08\x0e\x0f\x1b\x7f"
"""The control characters that a terminal applies or ignores."""

C1 = r"\x9b(?:[\d;?]++[@-~]|[mKHJ])|[\x90\x98\x9d-\x9f][^\x07\x1b\x90\x98\x9c-\x9f\n]*+(?:\x07|\x1b\\|\x9c)"
"""Sequences that begin with a character of C1. By itself it may be a letter that was decoded wrongly."""

WIDE_BLANKS = f"\xa0\u1680{''.join(map(chr, range(0x2000, 0x200B)))}\u202f\u205f\u3000"
"""Blanks of Unicode."""

ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"
"""Characters without width."""

BREAK_TAGS = "br|p|div|li|ul|ol|tr|table|tbody|thead|hr|dd|dt|dl"
"""Tags of HTML that end a line."""

_INLINE_TAGS = (
    "abbr|a|big|blockquote|body|b|center|code|em|font|head|html|i|kbd|mark|pre|samp|small|span|strike|strong|s|sub|sup"
    "|td|textarea|th|tt|u|var"
)

_TAGS = f"{BREAK_TAGS}|{_INLINE_TAGS}"

TAG = rf"</?(?P<name>{_TAGS}|{_TAGS.upper()})(?:[ \t][^<>\n]*+|/)?>"

_BBCODES = "code|pre|quote|noformat|size|color|font|url|list|spoiler|php|bash|cmd|mono|tt|indent|center|b|i|u"

BBCODE = rf"\[/?(?:{_BBCODES}|CODE|QUOTE|PRE|B|I|U)(?:[=:][^\[\]\n]*+)?\](?!:[\d*])"
"""A tag of a forum, but not the IPv6 address ``[b::1]:80``."""

BRACES = r"\{(?:noformat|code|quote|panel)(?:[:=][^{}\n]*+)?\}|\{\{(?=\S)"
"""Tags of Jira and Confluence."""

ENTITY = r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,10});"

_FIRST_WORD = r"(?=[^ \t\xa0&\\\n\"']{0,19}+[ \t\xa0&\\])"
"""Fails at most quotes, those of keys and at the ends of strings, before anything slower is tried."""

_STRING = rf"{_FIRST_WORD}{INDENT}{{0,40}}+(?=[\w*./:-]{{2,19}}+(?:[ \t\xa0&]|\\)){START}"

_HIGHLIGHT = r"=[ \t]*+[A-Za-z0-9]"
"""Highlighted text, behind its first ``=``: ``==tcp        0 ...``."""

_QUOTED_PRINTABLE = r"(?:(?<!==)[ \t]*+(?=\n)|20|09|3D|[0-9A-F]{2}=[0-9A-F]{2})"
"""Quoted-printable text of mail, behind ``=``: a soft line break, blanks, ``=``, or a character of two bytes."""

_ANSIBLE_RESULT = r">[ \t]*+(?:[{(]|\n)"
"""The arrow before a result of Ansible, behind its ``=``: ``host | SUCCESS => {``."""

_KINDS = [
    *((char, f"[{CONTROL_CHARS}]") for char in CONTROL_CHARS),
    ("^", r"\^(?:\[[]\[()PX_=>]|M[ \t]*+\$?(?:\n|\Z)|[MHI].*\^[MHI])"),  # cat -v
    ("\\", r"\\(?:n|012|x0[aA])(?:\\|[ \t]*+[A-Za-z0-9])"),  # line feeds of log daemons
    ("#", r"#0(?:1[0-5]|33)"),  # rsyslog
    ("\\", r"\\(?:[*_\[\]|#~`]|(?<!:\\)>|(?=[ \t]*(?:\n|\Z)))"),  # Markdown
    ("<", TAG),
    ("&", ENTITY),
    ("[", BBCODE),
    ("{", BRACES),
    ("*", r"\*\*[ \t]*+[A-Za-z0-9\n]"),  # bold
    ("`", r"`[ \t]*+[A-Za-z0-9]"),  # code
    ("=", rf"=(?:{_HIGHLIGHT}|{_QUOTED_PRINTABLE}|{_ANSIBLE_RESULT})"),
    ('"', f'"{_STRING}'),
    ("'", f"'{_STRING}"),
    ("[", r"\[[ \t]*+\n"),  # a list in JSON
    ("|", r":[ ][|>][-+]?[ \t]*+\n"),  # a block in YAML
    (">", r":[ ][|>][-+]?[ \t]*+\n"),
    ("lines:", r"lines:[ \t]*+\n"),  # a list in YAML
    ("More", r"More ?[-(]"),  # pagers
    ("M-", r"M-[ -~]M-"),  # cat -v
    ("(END)", r"\(END\)"),  # pagers
    ("any key to continue", "any key to continue"),
]
"""Characters that each match has, in any order, and the pattern of lines to look at in text that has all of them. To
search for a character takes a twentieth of the time of a word, and few blocks of rows have all of one of these."""

_WIDE_KINDS = [
    *((char, f"[{WIDE_BLANKS}{ZERO_WIDTH}]") for char in WIDE_BLANKS + ZERO_WIDTH),
    *((char, C1) for char in "\x9b\x90\x98\x9d\x9e\x9f"),
]
"""The same for text that is not ASCII. To search one character after the other is faster than any set of them."""

_compile = cache(compile_pattern)


def find_hinted_lines(text: str) -> list[int]:
    """Return the offsets of lines that may have something to undo, in order."""
    kinds = _KINDS if text.isascii() else [*_KINDS, *_WIDE_KINDS]
    patterns = {pattern for characters, pattern in kinds if all(map(text.__contains__, characters))}
    if not patterns:
        return []
    return sorted({start for pattern in patterns for start in _find_lines(_compile(pattern), text)})


def _find_lines(pattern: re.Pattern[str], text: str) -> Iterator[int]:
    at = 0
    while found := pattern.search(text, at):
        yield text.rfind("\n", 0, found.start()) + 1
        at = text.find("\n", found.start())
        if at < 0:
            return
