"""Skip lines that need no decision of the prefix stripper, many at once: they have neither prefix nor suffix."""

import re

from netstat_parse.named_fields import NamedFields
from netstat_parse.precompiled import compile_pattern
from netstat_parse.reading import suffixes

_PROTOCOL = r"(?:tcp|udp|raw|unix|sctp|TCP|UDP)"

_ROW = rf"[ \t]*+(?:{_PROTOCOL}[46]?[ \t]END|\n)"

_OTHER_ROW = (
    rf"[ ]++(?:\d++[ ](?!{_PROTOCOL})(?:[a-z]|[A-Z]{{2}})|(?<=[ ]{{7}})(?!{_PROTOCOL})[a-zA-Z])END"
    r"|[ ]++[^\n:=\d|]*+[:=][ ]*+-?\d++[ ]*+\n"
    r"|[\w.@-]++(?::[ ]flags=\d++<END|(?:[ ]++\d++){4}END|[ ]++\d++[ ]++[\w-]*+[.:][\w.:-]++[ ]*+\n)"
    r"|[ ]*+\d++\.\d++\.\d++\.\d++[ ]++(?:\d++\.\d++\.\d++\.\d++|\*)[ ]END|[0-9a-f]*+:[0-9a-f:.]*+/\d++[ ]END"
)


class SkippedLines(NamedFields):
    """Patterns of lines that need no decision, as they have neither prefix nor suffix."""

    rows: re.Pattern[str]
    """Rows of sockets, and blank lines."""
    plain: re.Pattern[str]
    """Rows of any table, as long as nothing is learnt."""
    others: re.Pattern[str]
    """Lines that are none of these rows."""


def _compile_skipped(end: str) -> SkippedLines:
    rows, others = _ROW.replace("END", end), _OTHER_ROW.replace("END", end)
    return SkippedLines(
        compile_pattern(f"(?:{rows})++"),
        compile_pattern(f"(?:{rows}|{others})++"),
        compile_pattern(rf"(?:(?!{rows}|{others}).*+\n)++"),
    )


_SKIPPED = _compile_skipped(rf"[^\n{re.escape(suffixes.SUSPICIOUS)}]*+\n")

_SKIPPED_FAST = _compile_skipped(r".*+\n")
"""The same for text that has no suspicious character."""


def choose_skipped_lines(text: str) -> SkippedLines:
    """Return the patterns for the lines of a text."""
    return _SKIPPED if any(map(text.__contains__, suffixes.SUSPICIOUS)) else _SKIPPED_FAST


def needs_no_decision(text: str) -> bool:
    """Return whether no line of a text may have a prefix or suffix, as long as none is learnt."""
    found = choose_skipped_lines(text).plain.match(text)
    return found is not None and found.end() == len(text)
