r"""Strip the markup of pages, forums and wikis: it is never part of a cell.

HTML's tags and entities, BBCode, Jira's ``{noformat}``, and Markdown's escapes and emphasis. Only known tags are
markup: netstat itself prints ``<UP,BROADCAST>``, ``<link>``, ``<Incomplete>``, ``[ ACC ]`` and ``[svchost.exe]``.
"""

import re

from netstat_parse.escapes.hints import BBCODE, BRACES, BREAK_TAGS, ENTITY, TAG
from netstat_parse.escapes.shapes import begins_like_netstat, begins_like_socket
from netstat_parse.precompiled import compile_pattern

_TAG = compile_pattern(TAG)

_BREAK_TAG = compile_pattern(BREAK_TAGS, re.IGNORECASE)

_ENTITY = compile_pattern(ENTITY)

_BBCODE = compile_pattern(BBCODE)

_BRACES = compile_pattern(BRACES)

_ESCAPE = compile_pattern(r"(?<![:\\])\\([*_\[\]|>#~`])|(?<=:)\\([*\[\]])")

_FIGURE_SECOND = compile_pattern(r"\s*+\S++[ \t]++[\d\[*]")
"""The beginning of a row, whose second word has figures, and not of a title."""

_OTHER_BACKSLASH = compile_pattern(r"\\[A-Za-z0-9\\]")

_PROMPT_ESCAPE = compile_pattern(r"(?<=[\w.)~])\\(?=[>#$])")

_BEFORE = compile_pattern(r"[ \t]*(?:\*\*|==|`)(?=[^*=`])")

_BEHIND = compile_pattern(r"(?:\*\*|==|`)[ \t]*$")

_COMMAND = compile_pattern(r"\*\*(?=\S)([^*]{0,80}?(?:netstat|route)[^*]*+)\*\*(?!\*)", re.IGNORECASE)


def strip_markup(line: str) -> list[str]:
    """Strip tags and entities; a line break in HTML ends a line. A line of nothing but tags stays as it is."""
    text = line
    if "<" in text:
        text = _TAG.sub(_replace_tag, text)
    if "[" in text:
        text = _BBCODE.sub("", text)
    if "{" in text:
        text = _BRACES.sub("", text)
        text = text.replace("}}", "") if "{{" in line else text
    if not text.strip():
        return [line]
    if "&" in text:
        text = _unescape_entities(text)
    lines = [part for part in text.split("\n") if part.strip()]
    return lines or [line]


def _replace_tag(found: re.Match[str]) -> str:
    name = found["name"].lower()
    if _BREAK_TAG.fullmatch(name):
        return "\n"
    return " " if name in {"td", "th"} else ""


def _unescape_entities(text: str) -> str:
    from html import unescape

    text = text.replace("&nbsp;", " ").replace("&#160;", " ")
    text = unescape(text) if _ENTITY.search(text) else text
    return text.replace("\r", " ")


def strip_markdown(line: str) -> str:
    """Strip Markdown's escapes and the emphasis of a row or a command."""
    if "\\" in line:
        line = _strip_escapes(line)
    if "**" in line:
        line = _COMMAND.sub(r"\1", line)
    before = _BEFORE.match(line)
    if before and begins_like_netstat(line[before.end() :]):
        line = line[before.end() :]
    return _BEHIND.sub("", line) if begins_like_netstat(line) else line


def _strip_escapes(line: str) -> str:
    if begins_like_socket(line) and _FIGURE_SECOND.match(line) and line.rstrip().endswith("\\"):
        line = line.rstrip(" \t\\")  # a row that continues in the next line, in a shell or in Markdown
    if _OTHER_BACKSLASH.search(line):
        return _PROMPT_ESCAPE.sub("", line)
    return _ESCAPE.sub(r"\1\2", line)
