"""Find out whether tables of sockets have listening sockets: by their title, or by the options of the command."""

import re

from netstat_parse.precompiled import compile_pattern
from netstat_parse.systems import lookup
from netstat_parse.systems.vocabularies import english, vocabulary_part

PART = "listeners"
"""The part of the vocabularies with the texts in parentheses behind a title: ``w/o servers``."""

SOCKET_TABLES = frozenset({"connections", "unix_sockets"})
"""Tables of the schema that have sockets."""

_NETSTAT = compile_pattern(r"(?<![\w.-])netstat(?:\.exe)?(?=\s|$)([^|;&>]*+)(\|?)", re.IGNORECASE)
"""A command: its arguments, and whether another command reads its output."""

_LETTERS = compile_pattern(r"(?<!\S)[-/](\w++)")

_LONG_OPTION = compile_pattern(r"(?<!\S)--(l|a)\w++")


def find_by_title(system: str, title: str) -> str | None:
    """Return the schema's word for the text in parentheses behind a title; None if there is none, or it is unknown."""
    _, parenthesis, text = title.rstrip().rstrip(":：").rstrip().partition("(")
    if not (parenthesis and text.endswith(")")):
        return None
    words = vocabulary_part(english(system), PART)
    text = " ".join(text[:-1].split())
    if words and text not in words:
        text = lookup.translate_foreign(system, PART, text).english or ""
    word = words.get(text)
    return None if word is None else str(word)


def find_by_command(system: str, command: str | None) -> str | None:
    """Return the schema's word for the options of a command; None if they do not decide.

    A filter behind the command, such as `findstr ESTABLISHED`, may drop the listening sockets.
    """
    found = _NETSTAT.search(command or "")
    if not found:
        return None
    arguments, pipe = found.groups()
    letters = "".join(_LETTERS.findall(arguments)) + "".join(_LONG_OPTION.findall(arguments))
    letters = letters.lower() if system == "windows" else letters.partition("A")[0]
    if "a" in letters or ("q" in letters and system == "windows"):
        word = "included"
    elif "l" in letters and system != "windows":
        word = "only"
    else:
        return "excluded"
    return None if pipe else word
