"""Find the lines that may have something to undo: a character that plain text lacks, then one pattern for its kind."""

import re
from collections.abc import Iterator

from netstat_parse.escapes import blanks, literals, mail, markup, notations, pagers, terminal

_KINDS: list[tuple[str, re.Pattern[str]]] = [
    *((char, terminal.CONTROL_HINT) for char in terminal.CONTROL_CHARS),
    ("^", notations.CARET_HINT),
    ("M", notations.META_HINT),
    ("\\", notations.DAEMON_HINT),
    ("\\", markup.ESCAPE_HINT),
    ("#", notations.OCTAL_HINT),
    ("<", markup.TAG_HINT),
    ("&", markup.ENTITY_HINT),
    ("*", markup.BOLD_HINT),
    ("=", markup.MARK_HINT),
    ("=", mail.HINT),
    ("`", markup.CODE_HINT),
    ("[", markup.BBCODE_HINT),
    ("{", markup.BRACES_HINT),
    ('"', literals.DOUBLE_HINT),
    ("'", literals.SINGLE_HINT),
    ("[", literals.LIST_HINT),
    (">", literals.PLAY_HINT),
    ("|", literals.BLOCK_HINT),
    (">", literals.BLOCK_HINT),
    ("lines:", literals.YAML_LIST_HINT),
    ("M", pagers.MORE_HINT),
    ("(", pagers.END_HINT),
    ("any key", pagers.KEY_HINT),
]
"""A character or a text that is fast to search, and the pattern of lines to look at in text that has it."""

_WIDE_KINDS = [blanks.HINT, terminal.C1_HINT]
"""Patterns for text that is not ASCII."""


def find_hinted_lines(text: str) -> list[int]:
    """Return the offsets of lines that may have something to undo, in order."""
    patterns = dict.fromkeys(pattern for mark, pattern in _KINDS if mark in text)
    if not text.isascii():
        patterns |= dict.fromkeys(_WIDE_KINDS)
    if not patterns:
        return []
    return sorted({start for pattern in patterns for start in _find_lines(pattern, text)})


def _find_lines(pattern: re.Pattern[str], text: str) -> Iterator[int]:
    at = 0
    while found := pattern.search(text, at):
        yield text.rfind("\n", 0, found.start()) + 1
        at = text.find("\n", found.start())
        if at < 0:
            return
