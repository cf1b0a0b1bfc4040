"""Replace Unicode's blanks that pad columns: pages and editors put them where netstat printed blanks.

Inside a name in a line with plain blanks they are part of the name.
"""

import re

_WIDE = "\xa0\u1680\u2000-\u200a\u202f\u205f\u3000"

_NO_WIDTH = "\u200b-\u200d\u2060\ufeff"

HINT = re.compile(f"[{_WIDE}{_NO_WIDTH}]")

_BLANK = re.compile(f"[{_WIDE}]")

_ZERO_WIDTH = re.compile(f"(?:^|(?<=[ \t{_WIDE}]))[{_NO_WIDTH}]++|(?<![{_NO_WIDTH}])[{_NO_WIDTH}]++(?=[ \t{_WIDE}]|$)")

_PADDING = re.compile(f"(?:^|(?<=[ \t]))[{_WIDE}]|[{_WIDE}](?=[ \t{_WIDE}])")

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
