"""Headers that tools print above the output of each host or file: the lines below have this origin."""

import re

MAX_HEADER_CHARS = 300
"""Maximum length of a header."""

_HINT = re.compile(r"(?:[\w.@-]+ \| [A-Z]|\[\d+\] \d|==> |-{10} \S|-- \S+ --$|:::)")

_HEADER = re.compile(
    r"""(?P<ansible>[\w.@-]+)\ \|\ (?:CHANGED|SUCCESS|FAILED|UNREACHABLE!?)\b.*(?:>>|=>\ \{)\s*$
      | \[\d+\]\ \d\d:\d\d:\d\d\ \[(?:SUCCESS|FAILURE)\]\ (?P<pssh>\S+)
      | ==>\ (?P<tail>.+?)\ <==\s*$
      | -{10}\ (?P<find>\S.*?)\s*$
      | --\ (?P<dashes>[\w.@/-]+)\ --\s*$
      | :{3,}\ ?(?P<colons>[\w.@/-]+)\ ?:{3,}\s*$""",
    re.VERBOSE,
)

_RULER = re.compile(r"-{15,16}$")
"""The ruler around names that dshbak and clush print."""

_NAMES = re.compile(r"[\w.,@\[\]-]+$")


def find_origin(line: str) -> str | None:
    """Return the host or file that a header names; None if the line is no header."""
    if len(line) > MAX_HEADER_CHARS or not _HINT.match(line):
        return None
    found = _HEADER.match(line)
    return found[found.lastgroup] if found and found.lastgroup else None


def find_ruled_origin(above: str, line: str, below: str) -> str | None:
    """Return the hosts that a line between two rulers names."""
    is_ruled = above == below and _RULER.match(below) is not None
    return line if is_ruled and _NAMES.match(line) else None
