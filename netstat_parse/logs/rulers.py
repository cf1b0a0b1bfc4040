"""Rulers, banners and frames: lines that divide a log."""

import re

MAX_RULER_CHARS = 500
"""Longest line that may be a ruler or a banner."""

_CONFLICT = r"(?:<{7}|>{7}|\|{7})\ "


_CONFLICT_MARK = re.compile(_CONFLICT, re.VERBOSE)


_RULER = re.compile(
    rf"""
      [\s=#*_~.<>+|…-]*$
    | {_CONFLICT}
    | \s*(?:`{{3,}}|~{{3,}})\s*\w*\s*$                                # a fence of Markdown
    | \s*[\[<{{]/?(?:code|pre|noformat|quote)\b[^\]>}}]*[\]>}}]\s*$   # of BBCode, HTML, Jira
    | \s*[\[(<]?\s*(?:\.{{3,}}|…|snip>?\b)[^:]{{0,60}}$
    | \s*(?:\^[CDZ\\]\s*)+$
    | \s*(?:--\ ?More\ ?--|\(END\)\s*$)
    """,
    re.VERBOSE,
)


_FRAME = re.compile(r"\s*={75}\s*$")


_BANNER = re.compile(r"\s*(?:[=#*_+>~-]{3,}|<<<)\s*\w.*?\s*(?:[=#*_+<~-]{3,}|>>>)\s*$")


def is_ruler(line: str) -> bool:
    """Whether the line only divides or elides: ``====``, ``...``, ``<<<<<<< HEAD``, a fence of Markdown."""
    return len(line) <= MAX_RULER_CHARS and _RULER.match(line) is not None


def is_banner(line: str) -> bool:
    """Whether the line names what follows: ``===== uptime =====``, ``<<<df>>>``."""
    return len(line) <= MAX_RULER_CHARS and _BANNER.match(line) is not None


def is_frame(line: str) -> bool:
    """Whether this is the ruler that Windows prints between the tables of its routes."""
    return bool(_FRAME.match(line))
