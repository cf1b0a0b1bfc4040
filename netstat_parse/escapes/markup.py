r"""Strip the markup of pages, forums and wikis: it is never part of a cell.

HTML's tags and entities, BBCode, Jira's ``{noformat}``, and Markdown's escapes and emphasis. Only known tags are
markup: netstat itself prints ``<UP,BROADCAST>``, ``<link>``, ``<Incomplete>``, ``[ ACC ]`` and ``[svchost.exe]``.
"""

import re

from netstat_parse.escapes.shapes import START, begins_like_netstat, begins_like_socket

_BREAKS = "br|p|div|li|ul|ol|tr|table|tbody|thead|hr|dd|dt|dl"

_INLINE = (
    "abbr|a|big|blockquote|body|b|center|code|em|font|head|html|i|kbd|mark|pre|samp|small|span|strike|strong|s|sub|sup"
    "|td|textarea|th|tt|u|var"
)

_NAMES = f"{_BREAKS}|{_INLINE}"

_TAG = re.compile(rf"</?(?P<name>{_NAMES}|{_NAMES.upper()})(?:[ \t][^<>\n]*+|/)?>")

TAG_HINT = _TAG

ENTITY_HINT = re.compile(r"&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,10});")

_BBCODE_NAMES = "code|pre|quote|noformat|size|color|font|url|list|spoiler|php|bash|cmd|mono|tt|indent|center|b|i|u"

_BBCODE = re.compile(rf"\[/?(?:{_BBCODE_NAMES}|CODE|QUOTE|PRE|B|I|U)(?:[=:][^\[\]\n]*+)?\]")

BBCODE_HINT = _BBCODE

BRACES_HINT = re.compile(r"\{(?:noformat|code|quote|panel)(?:[:=][^{}\n]*+)?\}|\{\{(?=\S)")

ESCAPE_HINT = re.compile(r"\\[*_\[\]|>#~`]|\\(?=[ \t]*(?:\n|\Z))")

_ESCAPE = re.compile(r"(?<![:\\])\\([*_\[\]|>#~`])|(?<=:)\\([*\[\]])")

_OTHER_BACKSLASH = re.compile(r"\\[A-Za-z0-9\\]")

_PROMPT_ESCAPE = re.compile(r"(?<=[\w.)~])\\(?=[>#$])")

BOLD_HINT = re.compile(rf"\*\*(?:[ \t]*+{START}|[^*\n]{{0,80}}?(?:netstat|route)|[ \t]*+(?:\n|\Z))", re.VERBOSE)

MARK_HINT = re.compile(rf"==[ \t]*+{START}", re.VERBOSE)

CODE_HINT = re.compile(rf"`[ \t]*+{START}", re.VERBOSE)

_BEFORE = re.compile(r"[ \t]*(?:\*\*|==|`)(?=[^*=`])")

_BEHIND = re.compile(r"(?:\*\*|==|`)[ \t]*$")

_COMMAND = re.compile(r"\*\*(?=\S)([^*]{0,80}?(?:netstat|route)[^*]*+)\*\*(?!\*)", re.IGNORECASE)

_BREAK_NAMES = re.compile(_BREAKS, re.IGNORECASE)


def strip_markup(line: str) -> list[str]:
    """Strip tags and entities; a line break in HTML ends a line. A line of nothing but tags stays as it is."""
    text = line
    if "<" in text:
        text = _TAG.sub(_replace_tag, text)
    if "[" in text:
        text = _BBCODE.sub("", text)
    if "{" in text:
        text = BRACES_HINT.sub("", text)
        text = text.replace("}}", "") if "{{" in line else text
    if not text.strip():
        return [line]
    if "&" in text:
        text = _unescape_entities(text)
    lines = [part for part in text.split("\n") if part.strip()]
    return lines or [line]


def _replace_tag(found: re.Match[str]) -> str:
    name = found["name"].lower()
    if _BREAK_NAMES.fullmatch(name):
        return "\n"
    return " " if name in {"td", "th"} else ""


def _unescape_entities(text: str) -> str:
    from html import unescape

    text = text.replace("&nbsp;", " ").replace("&#160;", " ")
    text = unescape(text) if ENTITY_HINT.search(text) else text
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
    if begins_like_socket(line) and line.rstrip().endswith("\\"):
        line = line.rstrip(" \t\\")  # a line that continues in the next one, in a shell or in Markdown
    if _OTHER_BACKSLASH.search(line):
        return _PROMPT_ESCAPE.sub("", line)
    return _ESCAPE.sub(r"\1\2", line)
