"""Strip what other tools add behind a line: quotes that close, frames, visible line ends, comments."""

import re
from math import inf

from netstat_parse.precompiled import compile_pattern
from netstat_parse.reading.anchors import Anchor
from netstat_parse.reading.recognizer import TableRecognizer

MAX_GAP_LINES = 40
"""Lines without a suffix after which it is forgotten."""

_OPENED = compile_pattern(r"(?P<mark>\*{2,3}|(?<!=)={2,}+|(?<!_)_{2,}+|~~|[\"'`|│┃])[ \t]*$")
"""A mark at the end of a prefix that closes at the end of the line."""

_MARK_ENDS = frozenset("*=_~\"'`|│┃")

_TAG = compile_pattern(r"<(?P<tag>[A-Za-z][\w.:-]*+)(?:[ \t][^<>]*+)?>$")
"""An element of XML or HTML that a prefix opens."""

_BLANKS = " \t\xa0"

_BEHIND_CLOSING = ",;+)]}" + _BLANKS

_VISIBLE = compile_pattern(r"[\"'][,;]?$|\\{1,2}$|[$|;,]$")
"""A suffix that headings and titles cannot hold."""

_VISIBLE_ENDS = frozenset("\"'\\$|;,")

_SURE_CELL = compile_pattern(r"(?:\)|:\*|[ \t](?:[A-Z_][A-Z_0-9]{2,}|\d+|-))$")
"""A cell that cannot hold a suffix: a timer, a state, a number, an address without port."""

_COMMENT = compile_pattern(r"[ \t](?:#|//)(?=[ \t]|$)")

_LAST_HEADING = compile_pattern(r"\b(?:State|PID|name|Timer|Inode|Path|Iface|If|Flg|Group|Address|Metric|Interface)\b")
"""The words in which headings end."""

_BEHIND_HEADINGS = compile_pattern(r"[^\w\s/(-]")
"""The beginning of text behind headings that is a suffix."""

_NUMBERS = compile_pattern(r"(\d++)")

MAX_SUFFIX_CHARS = 100
"""Maximum length of a suffix."""

MAX_END_CHARS = 2 * MAX_SUFFIX_CHARS
"""Characters at the end of a line in which a suffix is searched: its numbers may be longer."""

SUSPICIOUS = "\"'\\|$;#`<"
"""Characters without which a row has no suffix."""


class LearntSuffixes:
    """Learns a suffix from headings and titles, and strips it from the lines below."""

    def __init__(self, recognizer: TableRecognizer) -> None:
        self._recognizer = recognizer
        self._suffix: re.Pattern[str] | None = None
        self._last = 0
        """The last line that has the suffix."""

        self._is_quote_open = False
        """True if a quote before a title or headings is not closed: a row's end may close it."""

    def __bool__(self) -> bool:
        return self._suffix is not None

    def forget_before(self, line: int) -> float:
        """Forget the suffix if no line close to this one has it; return the line at which it may be forgotten."""
        if self._suffix is not None and line - self._last > MAX_GAP_LINES:
            self._suffix = None
        return inf if self._suffix is None else self._last + MAX_GAP_LINES + 1

    def learn(self, line: str, anchor: Anchor, number: int) -> None:
        """Learn from a title or headings behind a prefix, which may not be proven yet: a suffix, or an open quote.

        A quote that no line closes belongs to a text of several lines, in CSV or in a shell.
        """
        prefix, text = line[: anchor.start].rstrip(_BLANKS), line[anchor.start :]
        if '"' in line:
            self._is_quote_open = prefix.count('"') % 2 == 1 and '"' not in text
        if anchor.kind == "headings":
            self._learn(strip_closing(text, prefix) if prefix else text, anchor, number)

    def _learn(self, text: str, anchor: Anchor, number: int) -> None:
        if suffix := _find_suffix(text, anchor):
            self._suffix, self._last = _generalize(suffix), number

    def strip(self, text: str, prefix: str, anchor: Anchor | None, line: int) -> str:
        """Strip the suffix of a line.

        Args:
            text: the line without its prefix.
            prefix: the prefix, whose marks may close at the line's end.
            anchor: the anchor that was found in the line.
            line: the number of the line.
        """
        if prefix:
            text = strip_closing(text, prefix)
        if anchor and anchor.kind != "row":
            self._learn(text, anchor, line)
        if self._suffix is not None and (
            found := self._suffix.search(text.rstrip(), max(len(text) - MAX_END_CHARS, 0))
        ):
            self._last = line
            return text[: found.start()]
        if anchor and anchor.kind == "row":
            plain = strip_sure(text)
            if self._is_quote_open and text.rstrip().endswith('"') and text.count('"') == 1:
                self._is_quote_open = False
                plain = text.rstrip()[:-1]
            return plain if plain is not text and self._recognizer.is_netstat_line(plain) else text
        return text


def strip_closing(text: str, prefix: str) -> str:
    """Strip the mark or the tag that closes one at the end of the prefix."""
    if prefix[-1] == ">" and (element := _TAG.search(prefix)):
        return text.rstrip(_BLANKS).removesuffix(f"</{element['tag']}>")
    if prefix[-1] not in _MARK_ENDS or (opened := _OPENED.search(prefix)) is None:
        return text
    end, mark = text.rstrip(_BEHIND_CLOSING), opened["mark"]
    return end[: -len(mark)].rstrip(_BLANKS) if end.endswith(mark) else text


def strip_sure(text: str) -> str:
    """Strip a suffix that the last cell cannot hold."""
    end = text.rstrip(_BLANKS)
    if end.endswith("```"):
        return end.rstrip("`")
    if end[-1:] in _VISIBLE_ENDS and (suffix := _find_visible(end)):
        cell = end.removesuffix(suffix).rstrip(_BLANKS)
        return cell if _SURE_CELL.search(cell, max(len(cell) - 40, 0)) else text
    if ("#" in text or "//" in text) and (found := _COMMENT.search(text)):
        cell = text[: found.start()].rstrip(_BLANKS)
        return cell if _SURE_CELL.search(cell, max(len(cell) - 40, 0)) else text
    return text


def _find_suffix(text: str, anchor: Anchor) -> str | None:
    """Return the suffix of headings, which is all text behind their last word, or of a title."""
    if anchor.kind != "headings":
        return _find_visible(text)
    end = None
    for word in _LAST_HEADING.finditer(text):
        end = word.end()
    behind = text[end:].strip() if end else ""
    is_suffix = _BEHIND_HEADINGS.match(behind) and len(behind) <= MAX_SUFFIX_CHARS
    return behind if is_suffix else _find_visible(text)


def _generalize(suffix: str) -> re.Pattern[str]:
    """Return the pattern of a suffix at the end of a line, whose numbers differ."""
    parts = (r"\d++" if part.isdigit() else re.escape(part) for part in _NUMBERS.split(suffix) if part)
    return compile_pattern(rf"(?<![ \t])[ \t]*+{''.join(parts)}$")


def _find_visible(text: str) -> str | None:
    """Return the suffix of headings or a title."""
    found = _VISIBLE.search(text.rstrip(_BLANKS)[-2:])
    return found[0] if found else None
