"""Find line prefixes that other tools added: quotation marks, line numbers, file names, time stamps.

One line gives only candidates: the address ``2001:db8::`` looks like line 2001 of a file. So a `Prefix` can be
ambiguous; `netstat_parse.reading.prefix_stripper` decides by the lines around it and the text after it.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from netstat_parse.logs.timestamps import logger_prefix_end

MAX_PREFIX_CHARS = 300
"""Maximum length of a prefix."""

MAX_NUMBER_DIGITS = 18
"""Maximum number of digits of a line number; further digits are ignored."""

_HINT = re.compile(r"\n[ \t]*+(?:[^\s:]*+:|>|\^[CZ]|\[?\d++(?:[|\t-]|[.)][ \t])|[A-Z][a-z][a-z] [ \d]\d \d\d:)")

_QUOTED = re.compile(r"[ \t]*(?:>(?!>{6} |_)[ ]?)+|\s*(?:\^[CZ])+(?=[ \t]*\S)")

_NO_ADDRESS = r":(?=\s|$|(?!\S*:)|[^\s:]*[g-zG-Z])"
"""A colon that is not inside an IPv6 address."""

_NUMBERED = re.compile(rf"[ \t]*(?P<number>\d+)(?:(?P<tab>\t)|[|]|[.)][ \t]|{_NO_ADDRESS}|(?P<loose>:(?!:(?!:))))")

_FILED = re.compile(
    rf"(?P<file>(?:[A-Za-z]:)?[^\s:]+|[A-Za-z]:\\[^:\t\n]+)(?::\d+(?={_NO_ADDRESS}))?:"
    r"|(?P<context>[^\s:]*[^\s\d:-][^\s:]*)-\d+-"
)

_HEXADECIMAL = re.compile(r"[0-9a-fA-F]{0,4}$")

_PATH = re.compile(r"[./\\]")


class Prefix(NamedTuple):
    """A prefix that a line may have."""

    kind: str
    """The kind of prefix, with the name of the file if that is the prefix: the same for all lines of a run."""
    end: int
    """Length of the prefix, in characters."""
    number: int
    """The line number; 0 if it has none."""
    is_ambiguous: bool = False
    """True if the beginning of a row may look the same."""


def may_have_prefix(text: str) -> bool:
    """Return whether any line of the text may have a prefix: one search for most text."""
    return _HINT.search(f"\n{text}") is not None


def strip_quotation(line: str) -> str:
    """Remove quotation marks of mail, and ``^C`` before the text."""
    quoted = _QUOTED.match(line)
    return line[quoted.end() :] if quoted else line


def find_prefixes(line: str) -> Iterator[Prefix]:
    """Find the prefixes that the line may have: time stamps, line numbers, file names."""
    line = line[:MAX_PREFIX_CHARS]
    if (end := logger_prefix_end(line)) is not None:
        yield Prefix("logger", end, 0)
    if numbered := _NUMBERED.match(line):
        kind = "tab" if numbered["tab"] else "number"
        number = int(numbered["number"][:MAX_NUMBER_DIGITS])
        yield Prefix(kind, numbered.end(), number, is_ambiguous=bool(numbered["loose"]))
    if filed := _FILED.match(line):
        name = filed["file"] or filed["context"]
        if not _HEXADECIMAL.match(name):
            yield Prefix(f"file {name}", filed.end(), 0, is_ambiguous=not _PATH.search(name))
