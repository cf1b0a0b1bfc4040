"""Classify a line by itself, before any grammar is asked.

Most lines are settled by their first character or by one search. The patterns of prompts and rulers are compiled when
the first line comes that may be one.
"""

import re
from enum import Enum, auto


class LineKind(Enum):
    """The kind of a line, as far as the line itself shows it."""

    BLANK = auto()
    COMMAND = auto()
    """A command line, or the name of a file above its content."""
    FRAME = auto()
    """The ruler that Windows prints between the tables of its routes."""
    RULER = auto()
    """Any other line that divides or elides."""
    USAGE = auto()
    """Part of netstat's help text."""
    BANNER = auto()
    """A ruler with a text in it."""
    TEXT = auto()
    """Anything else: a row, headings, a title, a message of netstat, or foreign text."""


_COMMAND_HINT = re.compile(r"[$#>%\u276f➜]|^-{10} |netstat|route", re.IGNORECASE)
"""Found in every command line: the end of a prompt, the mark of a file, or the program's name."""


_RULER_STARTS = frozenset("=#*_~.<>+|…-`[{(^")
"""First characters of rulers and banners, but for "snip"."""


_USAGE_STARTS = frozenset("-<{nriadx")
"""First characters of help text, behind its indent."""


def classify(line: str) -> LineKind:
    """Classify a line without its neighbours, the grammars or the vocabularies."""
    text = line.lstrip()
    if not text:
        return LineKind.BLANK
    if _COMMAND_HINT.search(line) and _is_command(line):
        return LineKind.COMMAND
    if text[0] in _RULER_STARTS or text.startswith("snip"):
        return _classify_ruler(line)
    if text[0] in _USAGE_STARTS and len(text) < len(line) and _is_usage(line):
        return LineKind.USAGE
    return LineKind.TEXT


def find_netstat(line: str) -> str | None:
    """Return the netstat that a command line runs; None where it runs something else."""
    from netstat_parse.logs.prompts import find_command

    command = find_command(line)
    return command and command.netstat


def _is_command(line: str) -> bool:
    from netstat_parse.logs.prompts import find_command

    return find_command(line) is not None


def _is_usage(line: str) -> bool:
    from netstat_parse.logs.messages import is_usage_line

    return is_usage_line(line)


def _classify_ruler(line: str) -> LineKind:
    from netstat_parse.logs import rulers

    if rulers.is_frame(line):
        return LineKind.FRAME
    if rulers.is_ruler(line):
        return LineKind.RULER
    if rulers.is_banner(line):
        return LineKind.BANNER
    return LineKind.USAGE if _is_usage(line) else LineKind.TEXT
