"""Replace Unicode's blanks that pad columns: pages and editors put them where netstat printed blanks.

Inside a name in a line with plain blanks they are part of the name.
"""

from netstat_parse.escapes.hints import WIDE_BLANKS, ZERO_WIDTH
from netstat_parse.precompiled import compile_pattern

_BLANK = compile_pattern(f"[{WIDE_BLANKS}]")

_ZERO_WIDTH = compile_pattern(
    f"(?:^|(?<=[ \t{WIDE_BLANKS}]))[{ZERO_WIDTH}]++|(?<![{ZERO_WIDTH}])[{ZERO_WIDTH}]++(?=[ \t{WIDE_BLANKS}]|$)"
)

_PADDING = compile_pattern(f"(?:^|(?<=[ \t]))[{WIDE_BLANKS}]|[{WIDE_BLANKS}](?=[ \t{WIDE_BLANKS}])")

_GAP = compile_pattern("[ \t]+")


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
