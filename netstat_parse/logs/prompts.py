"""Recognize command lines in a log: after prompts, in rulers or by themselves."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from netstat_parse.logs.rulers import is_conflict_mark

MAX_COMMAND_CHARS = 500
"""Length of a command line, with its prompt."""

_PROMPT = re.compile(
    r"""\s*(?:\([\w.-]+\)\ )?(?:                 # (venv)
        (?:PS\ )?[A-Za-z]:\\[^<>|"]*>            # C:\Users\x>   PS C:\>
      | PS(?:\ [/\\~][^<>|"]*)?>                 # PS /home/x>   PS>   PS \\server\share>
      | \\\\[^<>|"\s]+>                          # \\server\share>
      | \[[^\[\]]*[@:~/][^\[\]]*\]\ ?[$\#>%]     # [user@host ~]$
      | [\w.-]+@[\w.-]+(?:[:\ ][^$\#>]*)?[$\#>%]  # root@h:~#   user@host ~ $
      | [\w.-]+:[~/][^$\#>]*[$\#>%]              # linux:~ #   generic_x86:/ $
      | [~/][\w./~-]*\ [$\#]                     # / #   ~ $
      | -?(?:ba|z|k|da|a)?sh-\d[\d.]*[$\#]       # bash-5.1$
      | [└╰]?─*\(?[$\#\u276f➜]\)?(?=\ \S)             # $ netstat   └─$ netstat
    )\s*(?P<command>.*)""",
    re.VERBOSE,
)

_PROGRAM = r"(?:[\w.:\\/~-]*[\\/])?(?:netstat|route)(?:\.exe)?"

_WRAPPERS = r"(?:busybox|toybox|wine|sudo|doas|time|nice|exec|command|LC_\w+=\S*|LANG\w*=\S*)"

_NAMED = re.compile(r"netstat|route", re.IGNORECASE)

_BARE = re.compile(
    rf"(?P<command>(?:{_WRAPPERS}\ +)*{_PROGRAM}"
    r"(?:\ +(?:[-/]/?[\w=,+-]+|\d+|print|add|tcp|udp|icmp|ip(?:v6)?|tcpv6|udpv6|icmpv6|inet6?|raw|unix))*"
    r"(?:\ *(?:\||>|2>|&|;).*)?)\s*$",
    re.IGNORECASE,
)
"""A command line without prompt, as in a ruler or in the echo of a shell."""

_ANYWHERE = re.compile(
    r"(?!(?:which|man|whereis|whatis|type|echo|e?grep|findstr|apt\S*|yum|dnf|apk|vim?|nano|less|more|help|where|ls|dir|rm|del)\b)"
    r"(?:.*[^\w.-])??(?:netstat(?:\.exe)?(?![\w.-])|(?<!ip )(?<!\w)route(?:\.exe)?(?=$|\s+(?:-|print)))",
    re.IGNORECASE,
)
"""A command line that runs netstat, after a prompt: `watch -n1 netstat`, `cd /tmp; netstat -an`."""

_RULED = re.compile(
    r"\s*(?:[=#*_+>~-]{2,}|<<<|\[|[#+>]\ )\s*(?P<text>[^\s=#*_+<>~\[\]-].*?)\s*(?:[=#*_+<~-]{2,}|>>>|\])?:?\s*$"
)

_HOST = re.compile(r"[\w.-]+: ?(?=\S)")

_LABELLED = re.compile(
    r"\W*(?:command|cmd|running|executing|output of|run|exec)\b[\s:=]*[`'\"]?(?P<text>[^`'\"]*)[`'\"]?", re.IGNORECASE
)

_AFTER_PROMPT = re.compile(r".{0,120}?[$#>%\u276f➜»]_?\s*(?P<text>\S.*)")

_FILE = re.compile(r"-{10} \S|==> .+ <==\s*$")
"""The name of a file, as Windows' find and head print it above the content."""


class CommandLine(NamedTuple):
    """A command line in the log."""

    netstat_command: str | None
    """The command if it runs netstat; None if it runs something else."""


def parse_command_line(line: str) -> CommandLine | None:
    """Parse a line with a command after a prompt, in a ruler, or by itself; return None if it has no command."""
    if len(line) > MAX_COMMAND_CHARS or is_conflict_mark(line):
        return None
    if prompt := _PROMPT.match(line):
        text = prompt["command"].strip()
        return CommandLine(text if _ANYWHERE.match(text) else None)
    if _FILE.match(line):
        return CommandLine(None)
    found = next(_netstat_commands(line), None) if _NAMED.search(line) else None
    return CommandLine(found) if found else None


def _netstat_commands(line: str) -> Iterator[str]:
    """Find commands that run netstat: the whole line, or the text in a ruler or after a label or prompt."""
    if found := _BARE.fullmatch(line.strip()):
        yield found["command"]
    for surrounding in (_RULED, _LABELLED, _AFTER_PROMPT):
        inside = surrounding.match(line)
        if inside and (found := _BARE.fullmatch(_HOST.sub("", inside["text"].strip(" :\t")))):
            yield found["command"]
