"""Recognize commands that run netstat, and separate them from the text around them.

Each pattern takes linear time.
"""

import re
from itertools import islice

from netstat_parse.logs.rulers import RULER_CHARS
from netstat_parse.named_fields import NamedFields
from netstat_parse.precompiled import compile_pattern

MAX_LEAD_WORDS = 5
"""Number of words in front of a command: of a prompt whose form is unknown, or of a label."""

MAX_LEAD_CHARS = 120
"""Length of the text in front of a command."""

MAX_WRAPPER_WORDS = 10
"""Number of words of the commands that run netstat, such as ``docker exec -it web``."""

MAX_NAMES = 3
"""Number of names of the program in one line: a heading may name it before the command."""


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


_PROGRAM = compile_pattern(r"(?<![\w.-])(?:netstat|(?<!ip )(?<!ip -[46] )route)(?:\.exe)?(?![\w.-])", re.IGNORECASE)

_RUN = compile_pattern(
    r"(?<![\w.-])netstat(?:\.exe)?(?![\w.-])|(?<!ip )(?<!\w)route(?:\.exe)?(?=$|\s++(?:-|print))", re.IGNORECASE
)
"""The name of the program after a prompt. Another program may have ``route`` as an argument."""

_ARGUMENTS = compile_pattern(
    r"(?:\s++(?:(?:--?|//?)\w[\w=,+-]*+|\d++|(?:print|add|tcp|udp|icmp|ip(?:v6)?|tcpv6|udpv6|icmpv6|inet6?|raw|unix)\b))*+",
    re.IGNORECASE,
)

_PIPE = compile_pattern(r"\s*+[|>&;]")

_WRAPPERS = words_of("""
    adb ansible bash busybox chroot cmd cmd.exe command docker doas env exec ip kubectl nice nohup nsenter podman
    powershell powershell.exe psexec salt script sh ssh stdbuf strace su sudo time timeout toybox vagrant watch
    wine
""")
"""Commands that run another command."""

_ASSIGNMENT = compile_pattern(r"[A-Z_]++=")

_MENTIONS = words_of("""
    apk apt apt-get dir dnf echo egrep fgrep find findstr grep help less ls man more nano pgrep pkill rm del type vi
    vim whatis where whereis which yum
""")
"""Commands that have netstat as an argument and do not run it."""

_SEPARATOR = compile_pattern(r"[|;&]++")

_WORD = compile_pattern(r"[^\s#>%\u276f➜»]++")

_SHELL_ESCAPE = compile_pattern(
    r"(?:\\?!|(?:(?:EXEC(?:UTE)?\s++)?+(?:master\.\w*+\.)?+xp_cmdshell|host|\.?shell|\.system)\s)\s*+", re.IGNORECASE
)
"""The command of a client, such as SQL*Plus, psql or IPython, that runs a command of the system."""

_ESCAPE_WORDS = words_of("""
    exec execute xp_cmdshell host shell .shell .system
""")

_PROMPT_ENDS = tuple("$#>%»\u203aλ▶\u276f➜\ue0b0")

_LEADS = compile_pattern(r"In \[\d++\]:$|\([\w-]++\)$|\d{1,2}+[.)]$")
"""The prompts of IPython and gdb, and the number of a list item."""

_WATCH = compile_pattern(r"\s*+\w++(?: [^\W\d]++){0,2}+ \d++[.,]\d++ ?s\w*+: ")
"""The header of ``watch`` before the command, in any language: ``Every 2.0s: ``."""

_LABELS = words_of("""
    cmd command exec executed executing output ran result run running stdout
""")

_HEADING = compile_pattern(r"\s*+(?:#{2,}+|[*•·-]|\d{1,2}+[.)]|[*_]{2})\s*+$")
"""The mark of a heading or a list item, as in Markdown."""

_OPENING_TAG = compile_pattern(r"(?:\s*+(?:<\w++[^<>]*+>|\[(?:code|pre|b)\b[^\[\]]*+\]))++\s*+")

_CLOSING_TAG = compile_pattern(r"<br ?/?>|</?\w++ ?>|\[/?\w++\]")

_PUNCTUATION = " \t'\"`\u2019\u201d)]},.:;" + RULER_CHARS
"""Characters behind a command, besides tags."""

_QUOTES = {"'": "'", '"': '"', "`": "`", "\u2018": "\u2019", "\u201c": "\u201d", "(": ")", "*": "*"}

_OPENING_QUOTES = "".join(_QUOTES)

_GAP = compile_pattern(r"\s{4,}+(?=[^\W\d])")
"""Blanks before a text that belonged into the next line."""


class Command(NamedFields):
    """A command that runs netstat."""

    text: str
    """The command; empty for a heading that names the program only."""
    behind: str = ""
    """The text behind the command, such as a title whose line break was lost."""


def runs_netstat(command: str) -> bool:
    """Return whether a command after a prompt runs netstat; ``man netstat`` does not."""
    code = command.partition(" # ")[0]
    return any(_RUN.search(part) and _first_word(part) not in _MENTIONS for part in _SEPARATOR.split(code))


def separate_command(text: str) -> Command:
    """Separate a command after a prompt from markup, the shell escape of a client, and the text behind it."""
    text = text.strip()
    for pattern in (_OPENING_TAG, _SHELL_ESCAPE):
        opening = pattern.match(text)
        text = text[opening.end() :] if opening else text
    found = find_command(text)
    if found and (found.behind or text.startswith(tuple(_QUOTES))):
        return found
    text = _strip_tags(text)
    return Command(text[2:-2] if text.startswith("**") and text.endswith("**") else text)


def find_command(line: str) -> Command | None:
    """Find a command that runs netstat in a line without a known prompt.

    The line may have an unknown prompt, a ruler, a label or a host in front, and a ruler and punctuation behind.
    """
    if watch := _WATCH.match(line):
        text = line[watch.end() :].partition("  ")[0].strip()
        return Command(text) if runs_netstat(text) else None
    found = (_find_command(line, program) for program in islice(_PROGRAM.finditer(line), MAX_NAMES))
    return next(filter(None, found), None)


def _find_command(line: str, program: re.Match[str]) -> Command | None:
    """Find the command that has this name of the program; return None if the name is part of other text."""
    begin = 1 + max(line.rfind(mark, 0, program.start()) for mark in " \t!>$#" + _OPENING_QUOTES)
    if line[begin : program.start()].rstrip("/\\") == line[begin : program.start()] != "":
        return None  # the name is the end of a word that is no path
    quote = _QUOTES.get(line[begin - 1 : begin], "") if begin else ""
    closing = line.find(quote, program.end()) if quote else -1
    wrapper = _find_wrapper(line[:begin])
    lead = line[:begin] if wrapper is None else line[:wrapper]
    if not is_lead(lead.rstrip(_OPENING_QUOTES), is_quoted=lead[-1:] in _QUOTES):
        return None
    end = len(line) if closing < 0 else closing
    if closing > 0 and _has_label(lead.split()):
        return Command(line[begin:end]) if _is_closing(line[end:]) else None
    found = _complete(line[:end], len(lead), program.end(), line[end:])
    is_part = found is None or found.behind or wrapper is None or closing < 0
    return found if is_part else Command(line[wrapper : closing + 1])


def _complete(line: str, begin: int, arguments: int, behind: str) -> Command | None:
    """Find the end of the command; return None if the text behind it belongs to a sentence.

    Args:
        line: the line up to the quote that ends the command.
        begin: the offset of the command in the line.
        arguments: the offset of its arguments.
        behind: the rest of the line.
    """
    lead = line[:begin].strip()
    found = _ARGUMENTS.match(line, arguments)
    end = found.end() if found else arguments
    if _PIPE.match(line, end):
        is_ruled = len(lead) > 1 and lead[-1] in RULER_CHARS
        text = line[begin:].rstrip(RULER_CHARS + " ") if is_ruled else line[begin:]
        return Command(_strip_tags(text)) if _is_closing(behind) else None
    text, behind = line[begin:end], line[end:] + behind
    if _is_closing(behind):
        return Command("" if end == arguments and _HEADING.match(lead) else text)
    gap = _GAP.match(behind)
    return Command(text, behind[gap.end() :].strip()) if gap else None


def is_lead(lead: str, *, is_quoted: bool) -> bool:
    """Return whether the text in front of a command is empty, a prompt, a ruler, a label or a host.

    It is never the begin of a row: no word of it is a number, as those of queues, metrics and counters are.
    """
    lead = lead.rstrip()
    words = lead.removesuffix("!").removesuffix("\\").split() if lead.endswith("!") else lead.split()
    while words and words[-1].lower().rpartition(".")[2] in _ESCAPE_WORDS:
        words.pop()
    if not words:
        return True
    if len(words) > MAX_LEAD_WORDS or len(lead) > MAX_LEAD_CHARS or any(map(str.isdigit, words)):
        return False
    text = " ".join(words)
    unruled = text.strip(RULER_CHARS + " •·[(")
    is_host = unruled.endswith(":") and " " not in unruled
    is_ruled = text.startswith(("--", "==", "##", "**")) and is_quoted
    ends_prompt = text.endswith(_PROMPT_ENDS) or _LEADS.match(text) is not None
    return not unruled or is_host or is_ruled or _has_label(words) or ends_prompt or (is_quoted and text.endswith(":"))


def _has_label(words: list[str]) -> bool:
    """Return whether one of the first words says that a command follows."""
    return not _LABELS.isdisjoint(word.strip("'\"`*:=([").lower() for word in words[:3])


def _find_wrapper(lead: str) -> int | None:
    """Return the offset of the first command in front of netstat that runs it, if there is one."""
    words = list(_WORD.finditer(lead))[-MAX_WRAPPER_WORDS:]
    for word in words:
        name = word[0].lstrip("'\"`").replace("\\", "/").rpartition("/")[2]
        if name in _WRAPPERS or _ASSIGNMENT.match(name):
            return word.start() + len(word[0]) - len(word[0].lstrip("'\"`"))
    return None


def _first_word(text: str) -> str:
    """Return the name of the command, without sudo."""
    words = text.split(maxsplit=2)
    return words[1] if words[:1] == ["sudo"] and len(words) > 1 else words[0] if words else ""


def _is_closing(text: str) -> bool:
    return not _CLOSING_TAG.sub("", text).strip(_PUNCTUATION)


def _strip_tags(text: str) -> str:
    """Remove the tags and the punctuation of markup behind a command."""
    while (end := text.rstrip()).endswith((">", "]")) and (tags := list(_CLOSING_TAG.finditer(end))):
        if tags[-1].end() != len(end):
            break
        text = end[: tags[-1].start()]
    return text.rstrip()
