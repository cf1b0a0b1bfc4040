"""Strip what other tools add behind a line: quotes that close, frames, visible line ends, comments."""

import re
from math import inf

from netstat_parse.reading.anchors import Anchor
from netstat_parse.reading.recognizer import TableRecognizer

MAX_GAP_LINES = 40
"""Lines without a suffix after which it is forgotten."""

_OPENED = re.compile(r"(?P<mark>\*{2,3}|(?<!=)={2,}+|(?<!_)_{2,}+|~~|[\"'`|│┃])[ \t]*$")
"""A mark at the end of a prefix that closes at the end of the line."""

_MARK_ENDS = frozenset("*=_~\"'`|│┃")

_BLANKS = " \t\xa0"

_BEHIND_CLOSING = ",;+)]" + _BLANKS

_VISIBLE = re.compile(r"[\"'][,;]?$|\\{1,2}$|[$|;,]$")
"""A suffix that headings and titles cannot hold."""

_VISIBLE_ENDS = frozenset("\"'\\$|;,")

_SURE_CELL = re.compile(r"(?:\)|:\*|[ \t](?:[A-Z_][A-Z_0-9]{2,}|\d+|-))$")
"""A cell that cannot hold a suffix: a timer, a state, a number, an address without port."""

_COMMENT = re.compile(r"[ \t](?:#|//)(?=[ \t]|$)")

SUSPICIOUS = "\"'\\|$;#`"
"""Characters without which a row has no suffix."""


class LearntSuffixes:
    """Learns a suffix from headings and titles, and strips it from the lines below."""

    def __init__(self, recognizer: TableRecognizer) -> None:
        self._recognizer = recognizer
        self._suffix: str | None = None
        self._last = 0
        """The last line that has the suffix."""

    def __bool__(self) -> bool:
        return self._suffix is not None

    def forget_before(self, line: int) -> float:
        """Forget the suffix if no line close to this one has it; return the line at which it may be forgotten."""
        if self._suffix is not None and line - self._last > MAX_GAP_LINES:
            self._suffix = None
        return inf if self._suffix is None else self._last + MAX_GAP_LINES + 1

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
        if anchor and anchor.kind != "row" and (found := _find_visible(text)):
            self._suffix = found
        if self._suffix is not None and (end := text.rstrip()).endswith(self._suffix):
            self._last = line
            return end.removesuffix(self._suffix)
        if anchor and anchor.kind == "row":
            plain = strip_sure(text)
            return plain if plain is not text and self._recognizer.is_netstat_line(plain) else text
        return text


def strip_closing(text: str, prefix: str) -> str:
    """Strip the mark that closes one at the end of the prefix."""
    if prefix[-1] not in _MARK_ENDS or (opened := _OPENED.search(prefix)) is None:
        return text
    end, mark = text.rstrip(_BEHIND_CLOSING), opened["mark"]
    return end[: -len(mark)].rstrip(_BLANKS) if end.endswith(mark) else text


def strip_sure(text: str) -> str:
    """Strip a suffix that the last cell cannot hold."""
    end = text.rstrip(_BLANKS)
    if end[-1:] in _VISIBLE_ENDS and (suffix := _find_visible(end)):
        cell = end.removesuffix(suffix).rstrip(_BLANKS)
        return cell if _SURE_CELL.search(cell, max(len(cell) - 40, 0)) else text
    if ("#" in text or "//" in text) and (found := _COMMENT.search(text)):
        cell = text[: found.start()].rstrip(_BLANKS)
        return cell if _SURE_CELL.search(cell, max(len(cell) - 40, 0)) else text
    return text


def _find_visible(text: str) -> str | None:
    """Return the suffix of headings or a title."""
    found = _VISIBLE.search(text.rstrip(_BLANKS)[-2:])
    return found[0] if found else None
