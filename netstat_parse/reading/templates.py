"""Learn from one prefix the pattern of all prefixes that the same tool writes.

Numbers, names of months and days, log levels, hexadecimal numbers and the width of blanks differ from line to line; the
name of a host, container, program or file may differ too, and is the *origin* of the line. All else is literal::

    Jun  1 10:00:00 web1 cron[12]:     month, numbers, the origin "web1 cron"
    web_1  |                           the origin "web_1"
    [5]                                a number
    // "                               literal
"""

import re
from itertools import pairwise

from netstat_parse.logs.timestamps import DAY, MONTH
from netstat_parse.named_fields import NamedFields
from netstat_parse.precompiled import compile_pattern

MAX_PREFIX_CHARS = 300
"""Maximum length of a prefix."""

MIN_EPOCH_DIGITS = 9
"""Digits of a number that is no line number but a time in seconds since 1970."""

_LEVELS = "(?i:trace|debug|info|information|notice|warn|warning|err|error|crit|critical|fatal|severe|alert|emerg)"

_HEXADECIMAL = r"\b(?=[A-Fa-f]*\d)(?=\d*[A-Fa-f])[0-9A-Fa-f]{6,}\b|\A0[0-9A-Fa-f]{5,}\b"
"""A hexadecimal number; at the beginning, one with zeros before it is an offset, which may have no letter."""

_UUID = r"\b[0-9A-Fa-f]{8}(?:-[0-9A-Fa-f]{4}){3}-[0-9A-Fa-f]{12}\b"

_VARIABLE = {
    "uuid": _UUID,
    "month": MONTH,
    "day": DAY,
    "half": "[AaPp][Mm]",
    "level": _LEVELS,
    "hexadecimal": "[0-9A-Fa-f]++",
    "number": r"[ \xa0]*+\d++",
}
"""The pattern of each kind of token that differs from line to line."""

_TOKEN = compile_pattern(
    rf"(?P<month>\b{MONTH}(?![^\W\d_]))|(?P<day>\b{DAY}(?![^\W\d_]))|(?P<half>(?<![^\W\d_])[AaPp][Mm]\b)"
    rf"|(?P<level>\b{_LEVELS}\b)|(?P<uuid>{_UUID})|(?P<hexadecimal>{_HEXADECIMAL})"
    rf"|(?P<number>[ \xa0]*(?!{_HEXADECIMAL}|{_UUID})\d+)|(?P<blanks>[ \xa0]+)"
    r"|(?P<known>&[#\w]+;|(?<=\d)[TZ](?![^\W\d_])|\b(?:UTC|GMT|CES?T|stdout|stderr|[FP])\b|\^[A-Z])"
    r"|(?P<word>[^\W\d_]+)|(?P<mark>.)",
    re.DOTALL,
)

_STAMP = compile_pattern(
    rf"(?:[\d\s:./,+<>()\[\]|TZ-]|\b(?:{MONTH}|{DAY}|[AP]M|UTC|GMT)\b|(?<=\d)[ap]m\b|\b{_LEVELS}\b)*", re.IGNORECASE
)
"""Text that may precede a name: a time stamp, numbers, a level."""

_NAME = r"(?<![\w./@-])(?=[\w./@-]*[^\W\d_])[\w./@-]++"
"""A whole name that has a letter. A search begins only at its first character, so it takes linear time."""

_PATH_CHAR = r"[^\s:|\[\]]"

_ORIGINS: list[tuple[re.Pattern[str], str, bool]] = [
    (compile_pattern(rf"(?<!\S)(?P<origin>{_NAME}[ ]++{_NAME})\[\d+\]:(?!\S)"), r"[^\s:]++[ ]++[^\s:\[]++", True),
    (compile_pattern(rf"(?<!\S)(?P<origin>{_NAME})\[\d+\]:(?!\S)"), r"[^\s:\[]++", True),
    (compile_pattern(rf"(?<=\d[ ])(?P<origin>{_NAME}[ ]++{_NAME}):(?!\S)"), r"[^\s:]++[ ]++[^\s:\[]++", True),
    (compile_pattern(rf"(?<=\d[ ])(?P<origin>{_NAME}):(?!\S)"), r"[^\s:\[]++", True),
    (compile_pattern(rf"(?<![^\s|])(?P<origin>{_NAME}|\d+\.\d+\.\d+\.\d+)[ ]*+\|"), r"[^\s|]++", True),
    (compile_pattern(rf"(?<!\S)(?P<origin>{_NAME}\[[A-Za-z][\w.-]*\]):(?!\S)"), r"[^\s:\[]++\[[^\s:\]]++\]", True),
    (compile_pattern(r"^(?P<origin>[\w.]+-[\w.-]+[ ]+[A-Za-z][\w.-]*)$"), r"[\w.-]++[ ]++[\w.-]++", False),
    (compile_pattern(r"^(?P<origin>(?=[\w.-]*[\d.-])[A-Za-z][\w.-]*)\t+$"), r"[\w.-]++", False),
    (compile_pattern(rf"\[(?P<origin>{_NAME}|\d+\.\d+\.\d+\.\d+)\]"), r"[^\s\[\]]++", True),
    (compile_pattern(r"(?P<origin>[A-Za-z]:\\[^:\t]++)(?::\d++)?:$"), r"[A-Za-z]:[^:\t\n]++", True),
    (
        compile_pattern(
            rf"(?<!{_PATH_CHAR})(?P<origin>(?={_PATH_CHAR}*[^\W\d])(?={_PATH_CHAR}*[/\\.]){_PATH_CHAR}++)(?::\d++)?:$"
        ),
        r"[^\s:]++",
        True,
    ),
    (compile_pattern(r"(?<![^\s:])(?P<origin>[\d-]*+[^\s\d:-][^\s:]*)(?=-\d++-$)"), r"[^\s:]+?", True),
    (compile_pattern(rf"(?P<origin>{_NAME})(?::\d+)?:(?:[ ]|$)"), r"[^\s:]++", False),
]
"""Places of names that are origins, each with the pattern of other names there, and true if one such line is enough."""

_KEY = compile_pattern(
    r"\b(?:host|hostname|container|container_name|pod|pod_name|node|instance|app|source|_HOSTNAME)"
    r"(?:=|\"[ ]*:[ ]*)(?:\{[ ]*\"name\"[ ]*:[ ]*)?\"?(?P<origin>[^\s\",{}\[\]]+)(?=[\s\",])"
)
"""The name of a host as a value in JSON or logfmt, anywhere in the prefix."""

_NO_ORIGIN = compile_pattern(
    rf"(?:{_LEVELS}|stdout|stderr|out|err|msg|.*\d\d:\d\d.*|{_UUID}|\d++(?:[kKMGT]i?[bB]?|B|[num]?s))"
)
"""Texts in such a place that are not names."""

_HOST_MARK = compile_pattern(r"[\d._/@\\-]")
"""A character of the name of a host, container or file that a word of a sentence does not have."""

_TIME = compile_pattern(r"\d:\d\d|\d{9}|\d[-/.]\d+[-/.]\d")
"""A part of a time stamp, behind which any word before a colon is the name of a host or program."""

_ADDRESS_GROUP = compile_pattern(r"[0-9A-Fa-f]{1,4}:")
"""The beginning of an IPv6 address."""

_WORD_END = compile_pattern(r"\w$")

_OFFSET = compile_pattern(r"0[0-9]{5,}:?")
"""An offset: the number of bytes above, which grows by any step."""

_LINE_NUMBER = compile_pattern(r"[ \xa0]*(?P<number>\d+)[:-]?")

DIFF = r"[+ -]"
"""The pattern of the marks of a diff: a blank is before lines that did not change."""

_FAMILIES = [
    (compile_pattern(r"[+ -]"), DIFF),
    (compile_pattern(r"[ \xa0]*>[> \xa0]*"), r"[ \xa0]*+>(?:[ \xa0]?+>)*+"),
    (compile_pattern(r"[ \xa0]*\d+[:-]"), r"[ \xa0]*+\d++[:-]"),
    (
        compile_pattern(r"(?P<origin>[^\s:]*[^\s\d:-][^\s:]*?)(?:-\d+-|:\d+:)"),
        r"(?P<origin>[^\s:]+?)(?:-\d++-|:\d++:)",
    ),
]
"""Prefixes of which one tool writes several: diff, quotes of mail in mail, grep with lines around a match."""


class Template(NamedFields):
    """The pattern of a prefix."""

    pattern: str
    """A regular expression, without the blanks behind the prefix; its group ``origin`` is the origin."""
    origin: str | None
    """The origin in the prefix that the template was learnt from."""
    is_evident: bool
    """True if no text of netstat and no sentence can be this prefix: one line proves it."""
    may_vary: bool
    """True if the origin may be a tag that differs on each line, such as the number of a request: ``[req-12]``."""
    counts: bool
    """True if the prefix is only a line number, which an IPv6 address or a column may look like."""


def learn(prefix: str, *, is_glued: bool = False) -> Template:
    """Return the template of a prefix, which has no blanks at its end; `is_glued` if none follow in the line."""
    for family, pattern in _FAMILIES:
        if found := family.fullmatch(prefix):
            origin = found.groupdict().get("origin")
            return Template(pattern, origin, is_evident=True, may_vary=False, counts=_is_counter(prefix))
    hole = None if is_glued and _ADDRESS_GROUP.fullmatch(prefix) else _find_origin(prefix)
    if hole is None:
        parts, is_evident = _generalize(prefix)
        origin = None
    else:
        found, other, is_evident = hole
        start, end = found.span("origin")
        before, is_known_before = _generalize(prefix[:start])
        after, is_known_after = _generalize(prefix[end:])
        parts = [*before, f"(?P<origin>{other})", *after]
        is_evident = is_evident and is_known_before and is_known_after
        origin = " ".join(found["origin"].split())
    boundary = r"(?!\w)" if _WORD_END.search(prefix) else ""
    may_vary = hole is not None and hole[0][0].startswith("[")
    return Template("".join(parts) + boundary, origin, is_evident, may_vary, _is_counter(prefix))


def _is_counter(prefix: str) -> bool:
    number = _LINE_NUMBER.fullmatch(prefix)
    return number is not None and len(number["number"]) < MIN_EPOCH_DIGITS and not _OFFSET.fullmatch(prefix)


def _generalize(text: str) -> tuple[list[str], bool]:
    """Return the pattern of a text, and whether it has no words but those of time stamps and levels."""
    tokens = list(_TOKEN.finditer(text))
    parts = []
    is_known = True
    for token, following in pairwise([*tokens, None]):
        assert token is not None  # noqa: S101 - only the last item is None
        kind = token.lastgroup or ""
        is_known &= kind != "word"
        if kind == "blanks":
            is_between = following is not None and following.lastgroup in {"word", "level", "hexadecimal"}
            parts.append(r"[ \xa0]++" if is_between else r"[ \xa0]*+")
        else:
            parts.append(_VARIABLE.get(kind) or re.escape(token[0]))
    return parts, is_known


def _find_origin(prefix: str) -> tuple[re.Match[str], str, bool] | None:
    if found := _KEY.search(prefix):
        return found, r"[^\s\",]++", False
    for pattern, other, is_evident in _ORIGINS:
        found = pattern.search(prefix)
        if found is None or _NO_ORIGIN.fullmatch(found["origin"]) or not _STAMP.fullmatch(prefix, 0, found.start()):
            continue
        is_sentence = found[0].rstrip().endswith(":") and "[" not in found[0]
        if not is_sentence or _HOST_MARK.search(found["origin"]) or _TIME.search(prefix, 0, found.start()):
            return found, other, is_evident
    return None
