"""Styles of text on a terminal: of titles and headings, and of words that have a rank, such as a severity.

A style is written in Rich's words: ``bold red``. Only the 16 colours of ANSI, bold and dim are used, and yellow only
with bold, so that text is readable on a light and on a dark terminal.
"""

from collections.abc import Mapping
from functools import cache

TITLE = "bold"
"""Of the title of a snapshot, a table or a finding."""

HEADING = "bold"
"""Of the heading of a column."""

KEY = "bold blue"
"""Of the key of a value in JSON and YAML."""

NOTE = "dim"
"""Of notes about the output itself, such as columns that do not fit."""

SEVERITIES: Mapping[str, str] = {"error": "bold red", "warning": "bold yellow", "note": "bold cyan"}
"""Severities of findings and diagnostics."""

_WAITING = "bold yellow"
"""Of states that should not last: one side waits for the other, or for its own program."""

STATES: Mapping[str, str] = {
    "listen": "green",
    "syn_sent": _WAITING,
    "syn_received": _WAITING,
    "fin_wait_1": _WAITING,
    "close_wait": _WAITING,
    "closing": _WAITING,
    "last_ack": _WAITING,
    "fin_wait_2": "dim",
    "time_wait": "dim",
    "closed": "dim",
    "delete_tcb": "dim",
    # UNIX sockets
    "listening": "green",
    "connecting": _WAITING,
    "disconnecting": _WAITING,
    "unconnected": "dim",
    "free": "dim",
}
"""States of sockets; the others, such as established, have no style."""

EXPOSURES: Mapping[str, str] = {
    "every_address": "bold red",
    "public": "red",
    "private": "bold yellow",
    "loopback": "green",
}
"""From where an address can be reached; the others have no style."""

FAULT = "bold yellow"
"""Of a counter of errors or losses that is not 0."""

CHANGES: Mapping[str, str] = {"added": "green", "removed": "red", "changed": "bold yellow"}
"""Kinds of changes between two snapshots."""

_CODES: Mapping[str, str] = {
    "bold": "1",
    "dim": "2",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "blue": "34",
    "magenta": "35",
    "cyan": "36",
}
"""Parameters of Select Graphic Rendition (ECMA-48, 8.3.117) by Rich's word."""

END = "\x1b[0m"
"""Escape sequence that ends a style."""


@cache
def begin_style(style: str) -> str:
    """Return the escape sequence that begins a style; empty for no style."""
    return f"\x1b[{';'.join(_CODES[word] for word in style.split())}m" if style else ""


def paint(text: str, style: str) -> str:
    """Return the text in a style, as a terminal interprets it."""
    return f"{begin_style(style)}{text}{END}" if style and text else text
