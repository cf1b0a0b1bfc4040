"""What stands between the tables of a log: prompts, command lines, rulers, and what netstat says beside its tables."""

import re
from typing import NamedTuple

_PROMPT = re.compile(
    r"""\s*(?:
        (?:PS\ )?[A-Za-z]:\\[^<>|"]*>            # C:\Users\x>   PS C:\>
      | \[[^\[\]]*[@:~/][^\[\]]*\]\ ?[$\#>%]     # [user@host ~]$
      | [\w.-]+@[\w.-]+(?::[^$\#>]*)?[$\#>%]      # root@h:~#
      | [$\#](?=\ \S)                             # $ netstat
    )\s*(?P<command>.*)""",
    re.VERBOSE,
)
_NETSTAT = re.compile(
    r"(?P<command>(?:[\w.:\\/-]*[\\/])?(?:busybox |toybox |wine )?(?:netstat|route)(?:\.exe)?"
    r"(?:\s+[-/]?[\w=,-]+)*)\s*$",
    re.IGNORECASE,
)
_RULED = re.compile(r"\s*(?:[=#*_+>-]{2,}|<<<)\s*(?P<text>\S.*?)\s*(?:[=#*_+<-]{2,}|>>>)?\s*$")
_RULER = re.compile(r"[\s=#*_~.<>+|-]*$")
_FRAME = re.compile(r"\s*={75}\s*$")
_CONFLICT = re.compile(r"(?:<{7}|>{7}) ")


class Command(NamedTuple):
    """A command line in the log; `netstat` is its text where it runs a netstat."""

    netstat: str | None


def command(line: str) -> Command | None:
    """The command line that stands behind a prompt or in a ruler, if this is one."""
    prompt = _PROMPT.match(line)
    text = prompt["command"] if prompt else ruled["text"] if (ruled := _RULED.match(line)) else None
    if text is None:
        return None
    found = _NETSTAT.match(text.strip())
    if found or prompt:
        return Command(found["command"] if found else None)
    return None


def is_ruler(line: str) -> bool:
    """Whether the line only divides or elides: ``====``, ``...``, ``<<<<<<< HEAD``."""
    return bool(_RULER.match(line) or _CONFLICT.match(line))


def is_frame(line: str) -> bool:
    """Whether this is the ruler that Windows prints between the tables of its routes."""
    return bool(_FRAME.match(line))
