"""Recognize command lines in a log: after prompts, in rulers, in quotes or by themselves.

No row of netstat is a command line, even if a program or a path in it contains a prompt: ``99/bash# netstat``. Each
pattern takes linear time.
"""

import re

from netstat_parse.logs.commands import find_command, runs_netstat, separate_command, words_of
from netstat_parse.logs.origin_headers import find_header
from netstat_parse.logs.rulers import is_conflict_mark
from netstat_parse.named_fields import NamedFields
from netstat_parse.precompiled import compile_pattern

MAX_COMMAND_CHARS = 500
"""Length of a command line, with its prompt."""

_TAGS = compile_pattern(
    r"(?:\s*+(?:<(?:pre|code|samp|kbd|tt|p|b|strong|div|li)\b[^<>]*+>|\[(?:code|pre|b)\b[^\[\]]*+\]))++"
)
"""Tags in front of a prompt."""

_PROMPT = compile_pattern(
    r"""\s*+(?:\([\w.-]++\)\ )?+(?:                          # (venv)
        (?:\[[^\[\]]*+\]:\ |\*Evil-WinRM\*\ )?+PS\ [^<>|"]*+>  # PS C:\>   PS \\server\share>   [host]: PS C:\>
      | PS>
      | [A-Za-z]:\\[^<>|"]*+>                              # C:\Users\x>
      | \\\\[^<>|"\s]++>                                   # \\server\share>
      | \[[^\[\]@:~/]*+[@:~/][^\[\]]*+\]\ ?+[$\#>%]        # [user@host ~]$
      | [\w.-]++@[\w.-]++(?:[:\ ][^$\#>%]*+)?+[$\#>%]      # root@h:~#   user@host ~ $
      | [\w.-]++:[~/][^$\#>%]*+[$\#>%]                     # linux:~ #   generic_x86:/ $
      | [~/][\w./~-]*+\ [$\#]                              # / #   ~ $
      | -?(?:ba|z|k|da|a)?sh-\d[\d.]*+[$\#]                # bash-5.1$
      | [└╰]─*+\(?[$\#\u276f➜]\)?(?=\ \S)                  # └─$ netstat
      | \(?[$\u276f]\)?(?=\ \S)                            # $ netstat
      | ➜(?:\ \ \S++(?:\ git:\([^()]*+\))?+(?:\ [✗✘⚡])?+)?+(?=\ \S)  # ➜  web git:(main) ✗ netstat
    )""",
    re.VERBOSE,
)

_ROOT_PROMPT = compile_pattern(r"\s*+#\ ++(?P<command>\S++)")
"""The prompt of the superuser with the name of a command, or the mark of a comment."""

_ROOT_COMMANDS = words_of("""
    arp awk cat cd chmod chown cp curl date df dig dmesg docker du echo egrep env ethtool exit export find free grep
    head history hostname id ifconfig ip iptables journalctl kill kubectl less ls lsmod lsof man mkdir modprobe more
    mount mv nano nc nft nmap nslookup ping ps pwd reboot rm sed service ss ssh su sudo sysctl systemctl tail tcpdump
    telnet top traceroute uname uptime vi vim vmstat w wget whereis which who whoami
""")
"""Commands after ``# `` that end a snapshot. Any other text there may be a comment, or a row that was commented out."""

_NAMED = compile_pattern(r"netstat|route", re.IGNORECASE)


class CommandLine(NamedFields):
    """A command line in the log."""

    netstat_command: str | None
    """The command if it runs netstat; None if it runs something else."""
    text_behind: str = ""
    """Text behind the command, such as a title whose line break was lost."""


def parse_command_line(line: str) -> CommandLine | None:
    """Parse a line with a command after a prompt, in a ruler, or by itself; return None if it has no command."""
    if len(line) > MAX_COMMAND_CHARS or is_conflict_mark(line):
        return None
    line = line.rstrip()
    tags = _TAGS.match(line)
    if prompt := _PROMPT.match(line, tags.end() if tags else 0):
        text = line[prompt.end() :]
        command = separate_command(text) if runs_netstat(text) else None
        return CommandLine(command.text, command.behind) if command else CommandLine(None)
    if find_header(line) is not None:
        return CommandLine(None)
    if _NAMED.search(line) and (found := find_command(line)):
        return CommandLine(found.text or None, found.behind)
    is_other = (root := _ROOT_PROMPT.match(line)) is not None and root["command"] in _ROOT_COMMANDS
    return CommandLine(None) if is_other else None
