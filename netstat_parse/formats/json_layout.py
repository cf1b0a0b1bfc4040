"""Lay out JSON for people: indented as `json.dumps(indent=2)` does it, and coloured.

It works on encoded text: one function serves everything that is written as JSON, and the encoders need not know it.
Each value has a line of its own, as people know it from jq and `python -m json.tool`. A record a line would be shorter,
but a record of netstat has 40 fields: its line is wrapped ten times on a terminal, and no field is found in it.
"""

import re
from collections.abc import Mapping

from netstat_parse.formats.appearance import Appearance
from netstat_parse.formats.styles import END, KEY, begin_style

STYLES: Mapping[str, str] = {"text": "green", "number": "cyan", "word": "dim"}
"""Styles of values: text, numbers, and the words null, true and false."""

_TOKEN = re.compile(
    rb"""
      (?P<comma>,?)                         # between items; at the end of a chunk it is a token of its own
      (?:(?P<key>"(?:[^"\\]++|\\.)*+"):)?+
      (?:
        (?P<text>"(?:[^"\\]++|\\.)*+")
      | (?P<number>[-\d][^],}\s]*+)
      | (?P<word>[a-z]++)
      | (?P<opening>[\[{])
      )
    | (?P<closing>[]}])
    | ,
    """,
    re.VERBOSE,
)


class JsonLayout:
    """Lays out the tokens of one text, and counts the arrays and objects that are open."""

    def __init__(self, appearance: Appearance) -> None:
        def begin(style: str) -> bytes:
            return begin_style(style).encode() if appearance.has_color else b""

        self._indent = b"  " if appearance.is_indented else None
        self._styles = {kind: begin(style) for kind, style in STYLES.items()}
        self._end = END.encode() if appearance.has_color else b""
        self._key = begin(KEY), self._end + (b": " if appearance.is_indented else b":")
        self._depth = 0
        self._line = b""
        """The line break and indentation before an item of the innermost array or object."""
        self._is_empty = False
        """True if the innermost array or object has no item yet."""

    def lay_out(self, chunk: bytes) -> bytes:
        """Return the next chunk of the text, which is divided between tokens, indented or coloured."""
        return _TOKEN.sub(self._replace, chunk)

    def _replace(self, token: re.Match[bytes]) -> bytes:
        kind = token.lastgroup
        if kind is None:
            return b","
        if kind == "closing":
            was_empty = self._is_empty
            self._nest(-1)
            return token[0] if was_empty else self._line + token[0]
        before = token["comma"] + self._line
        if key := token["key"]:
            before += self._key[0] + key + self._key[1]
        if kind == "opening":
            self._nest(1)
            return before + token[kind]
        self._is_empty = False
        return before + self._styles[kind] + token[kind] + self._end

    def _nest(self, step: int) -> None:
        self._depth += step
        self._is_empty = step > 0
        self._line = b"" if self._indent is None else b"\n" + self._indent * self._depth
