"""Replace Unicode's blanks that pad columns: pages and editors put them where netstat printed blanks.

Inside a name in a line with plain blanks they are part of the name.
"""

import re

HINT = re.compile("[\xa0\u1680\u2000-\u200d\u202f\u205f\u2060\u3000\ufeff]")

_BLANK = re.compile("[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]")

_ZERO_WIDTH = re.compile("(?:^|(?<=[ \t]))[\u200b-\u200d\u2060\ufeff]+|[\u200b-\u200d\u2060\ufeff]+(?=[ \t]|$)")

_PADDING = re.compile(
    "(?:^|(?<=[ \t]))[\xa0\u2000-\u200a\u202f\u3000]|[\xa0\u2000-\u200a\u202f\u3000](?=[\xa0 \t\u2000-\u200a])"
)

_GAP = re.compile("[ \t]+")


def replace_blanks(line: str, *, is_below_padded: bool) -> tuple[str, bool]:
    """Replace the blanks of Unicode in a line that they pad; return true with it if they do.

    Args:
        line: the line.
        is_below_padded: true if they pad the line above.
    """
    line = _ZERO_WIDTH.sub("", line)
    count = len(_BLANK.findall(line))
    if not count:
        return line, is_below_padded
    is_padded = is_below_padded or _PADDING.search(line) is not None or count > len(_GAP.findall(line))
    return (_BLANK.sub(" ", line) if is_padded else line), is_padded
