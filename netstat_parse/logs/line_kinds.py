"""Classify a line without its neighbours and before any grammar sees it.

The first character or one search decides most lines. The patterns of prompts are loaded at the first line that may be
one: most dumps have none.
"""

from enum import Enum, auto
from typing import TYPE_CHECKING

from netstat_parse.logs import rulers
from netstat_parse.logs.messages import is_usage_line
from netstat_parse.logs.timestamps import find_timestamp
from netstat_parse.precompiled import compile_pattern

if TYPE_CHECKING:
    from netstat_parse.logs.prompts import CommandLine

MAX_PASSWORD_PROMPT_CHARS = 80
"""Length of the prompt for a password, which sudo and ssh print."""


class LineKind(Enum):
    """The kind of a line, which depends on the line alone."""

    BLANK = auto()
    COMMAND = auto()
    """A command line, or the name of a file above the file's content."""
    FRAME = auto()
    """The ruler that Windows prints between the tables of its routes."""
    RULER = auto()
    """Any other line that divides the log or stands for omitted lines."""
    USAGE = auto()
    """Part of netstat's help text."""
    BANNER = auto()
    """A ruler with a text in it."""
    TEXT = auto()
    """Anything else: a row, headings, a title, a message of netstat, or foreign text."""


_PROMPT_HINTS = "$#>%\u276f➜"
"""Characters of a prompt before any command: each such prompt has one. Before netstat, `commands` accepts more."""

_HEADER_HINT = compile_pattern(r"-{10} |-- \S+ --|:::|\[\d+\] \d\d:\d\d:\d\d \[")
"""The beginnings of some headers that name an origin and have no such character, as pssh prints them.

Others, such as ``Host: web1``, are left to `HeaderFinder`."""

_RULER_STARTS = frozenset("=#*_~.<>+|…-`[{(^")
"""First characters of rulers and banners, except those that begin with a word."""

_USAGE_STARTS = frozenset("-<{nriadx")
"""First characters of help text, after its indent."""


def classify(line: str) -> LineKind:
    """Classify a line without its neighbours, the grammars or the vocabularies."""
    text = line.lstrip()
    if not text:
        return LineKind.BLANK
    if is_command_line(line):
        return LineKind.COMMAND
    if text[0] in _RULER_STARTS or text.startswith(("snip", "NULL", "output")):
        return _classify_ruler(line)
    if text[0] in _USAGE_STARTS and len(text) < len(line) and is_usage_line(line):
        return LineKind.USAGE
    return LineKind.TEXT


def find_command_line(line: str) -> "CommandLine | None":
    """Return the command line that a line of kind `LineKind.COMMAND` is."""
    from netstat_parse.logs.prompts import parse_command_line

    return parse_command_line(line)


def is_command_line(line: str) -> bool:
    """Return whether the line is a command line, or the name of a file above the file's content."""
    lower = line.lower()
    may_be = "netstat" in lower or "route" in lower or any(map(line.__contains__, _PROMPT_HINTS))
    return (may_be or _HEADER_HINT.match(line) is not None) and find_command_line(line) is not None


def is_before_output(line: str) -> bool:
    """Return whether a command prints this line before netstat's output: the prompt for a password, or a time."""
    text = line.rstrip()
    is_password = text.endswith((":", "：")) and len(text) <= MAX_PASSWORD_PROMPT_CHARS
    return (is_password and "assw" in text) or find_timestamp(text) is not None


def _classify_ruler(line: str) -> LineKind:
    if rulers.is_frame(line):
        return LineKind.FRAME
    if rulers.is_ruler(line):
        return LineKind.RULER
    if rulers.is_banner(line):
        return LineKind.BANNER
    return LineKind.USAGE if is_usage_line(line) else LineKind.TEXT
