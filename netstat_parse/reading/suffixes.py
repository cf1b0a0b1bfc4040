"""Strip what other tools add behind a line: quotes that close, frames, line ends made visible, comments."""

import re

from netstat_parse.reading.anchors import Anchor
from netstat_parse.reading.recognizer import TableRecognizer

MAX_GAP_LINES = 40
"""Lines without a suffix after which it is forgotten."""

_CLOSED = re.compile(r"(?P<mark>\*{2,3}|={2,}|_{2,}|~~|[\"'`|│┃])[ \t]*$")
"""A mark at the end of a prefix that closes at the end of the line."""

_CLOSING = r"[,;+)\]]*+[ \t]*+$"

_SUFFIX = r"(?:[\"'][,;]?|\\{1,2}|[$|;,])"

_VISIBLE = re.compile(rf"[ \t]*(?P<suffix>{_SUFFIX})[ \t]*$")
"""A suffix that headings and titles cannot hold."""

_SURE = re.compile(
    r"(?P<cell>\)|:\*|[ \t](?:[A-Z_][A-Z_0-9]{2,}|\d+|-))"
    rf"(?:[ \t]*{_SUFFIX}[ \t]*$|[ \t]+(?:\#|//|<[-=]|←)(?=[ \t<=-]|$))"
)
"""A suffix behind a cell that cannot hold it: a timer, a state, a number, an address without port."""

SUSPICIOUS = "\"'\\\\|$;#`"
"""Characters, as in a class of a regular expression, without which a row has no suffix."""


class LearntSuffixes:
    """Learns a suffix from headings and titles, and strips it from the lines below."""

    def __init__(self, recognizer: TableRecognizer) -> None:
        self._recognizer = recognizer
        self._suffix: str | None = None
        self._last = 0
        """The last line that has the suffix."""

    def __bool__(self) -> bool:
        return self._suffix is not None

    def forget_before(self, line: int) -> None:
        """Forget the suffix if no line close to this one has it."""
        if self._suffix is not None and line - self._last > MAX_GAP_LINES:
            self._suffix = None

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
        if anchor and anchor.kind != "row" and (found := _VISIBLE.search(text)):
            self._suffix = found["suffix"]
        if self._suffix is not None and (end := text.rstrip()).endswith(self._suffix):
            self._last = line
            return end.removesuffix(self._suffix)
        if anchor and anchor.kind == "row":
            plain = strip_sure(text)
            return plain if plain is not text and self._recognizer.is_netstat_line(plain) else text
        return text


def strip_closing(text: str, prefix: str) -> str:
    """Strip the mark that closes one at the end of the prefix."""
    opened = _CLOSED.search(prefix)
    if opened is None:
        return text
    end = re.search(rf"[ \t]*+{re.escape(opened['mark'])}{_CLOSING}", text)
    return text[: end.start()] if end else text


def strip_sure(text: str) -> str:
    """Strip a suffix that the last cell cannot hold."""
    found = _SURE.search(text)
    return text[: found.end("cell")] if found else text
