"""Recognize the lines that divide a log: rulers, banners and frames."""

import re

from netstat_parse.precompiled import compile_pattern

MAX_RULER_CHARS = 500
"""Maximum length of a ruler or a banner."""

_CONFLICT_MARKS = ("<<<<<<< ", ">>>>>>> ", "||||||| ")
"""Conflict markers of git; ``=======`` is a ruler anyway."""

RULER_CHARS = "=#*_+<>~-"
"""The characters of which rulers and the edges of banners consist."""

MIN_EDGE_CHARS = 3
"""Number of characters of a ruler on each side of a banner."""

_RULER = compile_pattern(
    r"""
      [\s=#*_~.<>+|…-]*+$
    | \s*+(?:`{3,}+|~{3,}+)\s*+\w*+\s*+$                            # a fence of Markdown
    | \s*+[\[<{]/?(?:code|pre|noformat|quote)\b[^\]>}]*+[\]>}]\s*+$   # of BBCode, HTML, Jira
    | \s*+(?:[\[(<]\s*+)?+(?:\.{3,}+|…|snip>?\b)[^:]{0,60}+$
    | \s*+(?:\^[CDZ\\]\s*+)++$
    | \s*+(?:--\ ?More\ ?--|\(END\)\s*+$)
    | \s*+\[sudo\]\ [^:]*+:\s*+$                                   # the prompt for a password, in any language
    | \s*+(?:NULL|output)\s*+$                                     # a blank line and the heading of xp_cmdshell
    """,
    re.VERBOSE,
)

_FRAME = compile_pattern(r"\s*+={75}\s*+$")


def is_ruler(line: str) -> bool:
    """Return whether the line has no content: ``====``, ``...``, ``<<<<<<< HEAD``, a fence of Markdown."""
    return len(line) <= MAX_RULER_CHARS and (_RULER.match(line) is not None or is_conflict_mark(line))


def is_banner(line: str) -> bool:
    """Return whether the line is a ruler with a text in it: ``===== uptime =====``, ``<<<df>>>``."""
    if len(line) > MAX_RULER_CHARS:
        return False
    text = line.strip()
    inside = text.lstrip(RULER_CHARS)
    left = len(text) - len(inside)
    right = len(inside) - len(inside.rstrip(RULER_CHARS))
    is_edged = left >= MIN_EDGE_CHARS and right >= MIN_EDGE_CHARS
    inside = inside.lstrip()
    return is_edged and inside[:1].isalnum()


def is_frame(line: str) -> bool:
    """Return whether this is the ruler that Windows prints between the tables of its routes."""
    return _FRAME.match(line) is not None


def is_conflict_mark(line: str) -> bool:
    """Return whether the line is a conflict marker of git."""
    return line.startswith(_CONFLICT_MARKS)
