"""Find text that only netstat prints behind a prefix: the beginning of a row, headings, or a title at the line's end.

Few characters settle most lines: this is a fast test before any grammar, and only proposes. The grammars decide.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, cached_property
from typing import Literal

from netstat_parse.named_fields import NamedFields
from netstat_parse.precompiled import compile_pattern
from netstat_parse.reading.title_index import TitleIndex

MAX_ANCHOR_CHARS = 400
"""Number of characters of a line in which an anchor is searched."""

MAX_ROW_WORDS = 5
"""Words of a row up to the second address."""

MAX_TITLE_CHARS = 400
"""Maximum length of a line that may end in a title."""

_BLANK = r"[ \t\xa0]"

_ADDRESS = r"\d{1,3}(?:\.\d{1,3}){3}"

_CELLS = rf"{_BLANK}++(?:-?\d++{_BLANK}++-?\d++{_BLANK}++\S*[.:]|\S*:\S++{_BLANK}++\S*:[\d*\w])"
"""The cells behind a protocol: two queues and an address, or two addresses."""

_ROW = compile_pattern(
    rf"t(?<!\wt)cp[46]?{_CELLS}|u(?<!\wu)dp(?:l(?:ite)?)?[46]?{_CELLS}|u(?<!\wu)nix{_BLANK}++\d++{_BLANK}++\["
    rf"|r(?<!\wr)aw[46]?{_CELLS}|s(?<!\ws)ctp[46]?{_BLANK}++(?:-?\d++{_BLANK}++){{0,2}}\S*[.:]|d(?<!\wd)ccp{_CELLS}"
    rf"|i(?<!\wi)cmp[46]?{_CELLS}|(?P<windows>T(?<!\wT)CP[46]?{_CELLS}|U(?<!\wU)DP[46]?{_CELLS})"
    rf"|d(?<!\wd)efault{_BLANK}++\S++{_BLANK}++{_ADDRESS}{_BLANK}++[U!]"
    rf"|(?P<route>(?=\d)(?<![\w.]){_ADDRESS}{_BLANK}++(?:{_ADDRESS}|\*){_BLANK}++"
    rf"(?:{_ADDRESS}{_BLANK}++\S|(?=[\w-]*[a-z]{{2}})[\w-]++{_BLANK}++\d))"
    rf"|P(?<!\wP)roto{_BLANK}++(?:Recv-Q|RefCnt|(?P<windows_headings>Local))"
    rf"|I(?<!\wI)(?:face{_BLANK}++MTU|nterface{_BLANK}++RefCnt|f{_BLANK}++Metric{_BLANK}++Network)"
    rf"|S(?<!\wS)ource{_BLANK}++Destination"
    rf"|D(?<!\wD)estination{_BLANK}++(?:Gateway|Next{_BLANK}Hop)|N(?<!\wN)etwork{_BLANK}Destination{_BLANK}++Netmask"
)

_INDENTS = {None: 0, "windows": 2, "windows_headings": 2, "route": None}

_ROUTE6 = compile_pattern(
    rf"(?<![\w.:])[0-9A-Fa-f:.]++/\d{{1,3}}{_BLANK}++\S++{_BLANK}++!?[A-Zn]\w*+{_BLANK}++-?\d++{_BLANK}"
)

_MARKS = "\"'`,;|\\$*=#_~} \t\xa0"
"""Characters that others add behind a title."""

_GLUED = compile_pattern(r"^[^\w]*+(?:\d++[\])}>:.|-]++[^\w]*+)?")
"""Marks and a number that a tool writes right before a title of one word."""

_BEFORE_TITLES = compile_pattern(r".*[>\"'|=\]:](?=\w)")
"""Any text that ends in a mark, right before a title of one word."""

_FAMILIES = ("IPv4", "IPv6")
"""Words with a digit at their end that titles end in."""

_CLOSING_TAG = compile_pattern(r"</[\w.:-]++>$")

MAX_TAG_CHARS = 40
"""Maximum length of the tag that closes an element."""

_CLOSED_CALLS = ('")', "')", "`)")
"""The ends of a text in the arguments of a function."""

_COUNTERS = ("Ip", "Icmp", "IcmpMsg", "Tcp", "Udp", "UdpLite", "Sctp", "Ip6", "Icmp6", "Udp6", "UdpLite6")
"""Short titles of counters, but for those that end in `_EXTENSION`."""

_EXTENSION = "Ext"

_COUNTERS_TITLE = compile_pattern(rf"(?<!\w)(?:{'|'.join(_COUNTERS)}|\w*{_EXTENSION}):$")

_ROW_WORDS = ("tcp", "udp", "unix", "raw", "icmp", "sctp", "dccp", "TCP", "UDP")
"""Words with which rows begin, but for those of addresses."""

_HEADING_WORDS = ("Proto", "MTU", "RefCnt", "Destination")
"""Words of which each line of headings has one."""

_PORT = compile_pattern(r":(?:\d++|\*|[a-z][\w-]*+)$")
"""The colon before a port, or before the name of a service."""

_DOUBLE_COLON = compile_pattern(":(?<=::)")

_TWO_ADDRESSES = compile_pattern(rf"\.\d{{1,3}}\.\d{{1,3}}{_BLANK}++(?:\d{{1,3}}\.\d|\*)")

MIN_DOTS = 6
"""Two addresses have at least this many dots."""

_BANNER = compile_pattern(r"\s*+([=#*_+~<>.:-])\1\1.*\1{3}\s*+$")
"""A title between two rulers is a banner."""


Kind = Literal["row", "headings", "title", "counters"]
"""The kind of text at an anchor; counters have short titles, such as ``Ip:``."""


class Anchor(NamedFields):
    """The place where text of netstat begins in a line."""

    start: int
    kind: Kind
    indent: int | None = 0
    """Number of blanks that netstat prints before it; None if that differs."""


class AnchorFinder:
    """Finds the anchor of a line."""

    def __init__(self, index: TitleIndex) -> None:
        self._index = index

    def find(self, line: str, at: int = 0) -> Anchor | None:
        """Find the anchor of a line at this offset or behind it."""
        if _has_cells(line) and (found := _ROW.search(line, at, MAX_ANCHOR_CHARS)):
            kind: Kind = "headings" if line[found.start()] in "PIDNS" else "row"
            return Anchor(found.start(), kind, _INDENTS[found.lastgroup])
        return self._find_route6(line, at) or self._find_title(line, at)

    def may_find(self, line: str) -> bool:
        """Return whether a line may have an anchor: a fast test that nearly all foreign lines fail."""
        return _has_cells(line) or "::" in line or self._find_title(line, 0) is not None

    def find_lines(self, text: str, at: int) -> Iterator[int]:
        """Yield the offsets of the lines from this offset on that may have an anchor, faster than `may_find`."""
        yield from _find_rows(text, at)
        for word in _compile_heading_words():
            yield from find_line_starts(word, text, at)
        for start in find_line_starts(_DOUBLE_COLON, text, at):
            if "/" in text[start : _line_end(text, start)]:
                yield start
        yield from find_line_starts(_TWO_ADDRESSES, text, at)
        yield from self._find_titles(text, at)

    def _find_titles(self, text: str, at: int) -> Iterator[int]:
        """Yield the offsets of the lines from this offset on that end in a title."""
        text = text if text.endswith("\n") else f"{text}\n"
        for found in self._title_end.finditer(text, at):
            start = text.rfind("\n", 0, found.start()) + 1
            if self._find_title(text[start : found.start()], 0) is not None:
                yield start

    @cached_property
    def _title_end(self) -> re.Pattern[str]:
        return _compile_title_end({*self._index.last_words_of_titles, *_COUNTERS, _EXTENSION})

    def _find_route6(self, line: str, at: int) -> Anchor | None:
        if "::" not in line or "/" not in line:
            return None
        found = _ROUTE6.search(line, at, MAX_ANCHOR_CHARS)
        return Anchor(found.start(), "row") if found else None

    def _find_title(self, line: str, at: int) -> Anchor | None:
        end = line[-1:]
        if len(line) > MAX_TITLE_CHARS or (_ends_in_number(line) and not line.endswith(_FAMILIES)):
            return None
        text = line
        if not end.isalpha():
            text = _strip_tag(line).rstrip(_MARKS)
            if text.endswith(_CLOSED_CALLS):
                text = text[:-1].rstrip(_MARKS)
            if text.endswith(")"):
                text = text.rpartition("(")[0].rstrip()
            if text.endswith((":", "：")):
                if found := _COUNTERS_TITLE.search(text, at):
                    return Anchor(found.start(), "counters")
                text = text[:-1].rstrip(_MARKS)
        start = None
        for last in _find_last_words(text):
            start = self._find_title_start(text, last)
            if start is not None:
                break
        if start is None or start < at or (start and _BANNER.match(line)):
            return None
        return Anchor(start, "title")

    def _find_title_start(self, text: str, last: str) -> int | None:
        """Return the offset of the title with this last word that the text ends in."""
        own = self._index.own_by_last_word
        start = _find_end(text, own[last]) if last in own else None
        return _find_end(text, self._index.printed_by_last_word.get(last, ())) if start is None else start


def _compile_title_end(words: Iterable[str]) -> re.Pattern[str]:
    """Return the pattern of the line ends that may be behind one of these words, with marks behind it or not.

    The last two characters of a word rule out most lines. A line that ends in a number in parentheses has no title.
    """
    before: dict[str, str] = {}
    for tail in sorted({word[-2:] for word in words}):
        before[tail[-1]] = before.get(tail[-1], "") + tail[0]
    last, mark = f"[{re.escape(''.join(before))}]", f"[{re.escape(_MARKS)}):：>]"
    tail = "|".join(f"[{re.escape(first)}]{re.escape(second)}" for second, first in before.items())
    by_marks = [rf"(?<=(?:{tail}){mark * count}\n)" for count in range(3)]
    others = [
        rf"(?<={mark * 3}\n)",  # echo("Active Connections");
        r"(?<=\D\)\n)",  # Active Connections (w/o servers)
        r"(?<=>\n)",  # <h1>Active Connections</h1>
        rf"(?<=[)>]{mark}\n)",  # "Active Connections (w/o servers)"
    ]
    marked = "|".join([*by_marks[1:], *others])
    return compile_pattern(rf"\n(?:(?<={last}\n){by_marks[0]}|(?<={mark}\n)(?:{marked}))")


def find_line_starts(pattern: re.Pattern[str], text: str, at: int) -> Iterator[int]:
    """Yield the offsets of the lines from this offset on in which a pattern is found, each once."""
    end = at
    for found in pattern.finditer(text, at):
        if found.start() >= end:
            end = _line_end(text, found.start())
            yield text.rfind("\n", 0, found.start()) + 1


def may_be_ours(line: str, anchor: Anchor) -> bool:
    """Return whether Linux or Windows may have printed the row at an anchor: other systems print dots before ports."""
    words = line[anchor.start :].split(None, MAX_ROW_WORDS)[:MAX_ROW_WORDS]
    return not words[0].startswith(("tcp", "udp")) or any(map(_PORT.search, words))


@cache
def _compile_row_words() -> list[re.Pattern[str]]:
    """Return patterns for the words of rows, each for those of one length with the same last character.

    In foreign text, a pattern that begins with one fixed character is found in half the time of a word.
    """
    by_end: dict[tuple[str, int], list[str]] = {}
    for word in _ROW_WORDS:
        by_end.setdefault((word[-1], len(word)), []).append(word)
    return [
        compile_pattern(rf"{last}(?<=({'|'.join(words)}))(?=[46l]|{_BLANK})") for (last, _), words in by_end.items()
    ]


@cache
def _compile_heading_words() -> list[re.Pattern[str]]:
    return [compile_pattern(f"{word[0]}(?={word[1:]})") for word in _HEADING_WORDS]


def _find_rows(text: str, at: int) -> Iterator[int]:
    """Yield the offsets of the lines from this offset on in which a row begins with a word."""
    for words in _compile_row_words():
        for found in words.finditer(text, at):
            if _ROW.match(text, found.start(1)):
                yield text.rfind("\n", 0, found.start()) + 1


def _line_end(text: str, at: int) -> int:
    end = text.find("\n", at)
    return len(text) if end < 0 else end


def _has_cells(line: str) -> bool:
    """Return whether a line may have the beginning of a row or headings: by parts of words, or dots of addresses."""
    return any(map(line.__contains__, (*_ROW_WORDS, *_HEADING_WORDS))) or (
        line.count(".") >= MIN_DOTS and _TWO_ADDRESSES.search(line) is not None
    )


def _ends_in_number(line: str) -> bool:
    """Return whether a line ends in a number, as most lines of logs do, with a parenthesis behind it or not."""
    return line.removesuffix(")")[-1:].isdigit()


def _find_last_words(text: str) -> list[str]:
    """Return the last word of a text, with and without what others may have written right before it."""
    last = text[text.rfind(" ") + 1 :]
    if last.isalnum():
        return [last]
    if not last[:1].isalpha():
        last = _GLUED.sub("", last, count=1)
    found = _BEFORE_TITLES.match(last)
    return [last, last[found.end() :]] if found else [last]


def _strip_tag(line: str) -> str:
    """Strip a tag that closes an element at the end of the line."""
    found = line[-1:] == ">" and _CLOSING_TAG.search(line, max(len(line) - MAX_TAG_CHARS, 0))
    return line[: found.start()] if found else line


def _find_end(text: str, titles: Sequence[str]) -> int | None:
    """Return the offset of the first of these titles that the text ends in."""
    for title in titles:
        start = len(text) - len(title)
        if text.endswith(title) and not (start and (text[start - 1].isalnum() or text[start - 1] in "_/")):
            return start
    return None
