"""What others have written before each line: quotation marks, line numbers, names of files, times, colours.

It is taken off block by block, line for line, so that all behind it sees what netstat printed; `Clean.originals` keeps
the lines as they were. Text that nothing was done to, as most is, passes at the price of one search.

A prefix may also be part of what netstat prints: an address ``2001:db8::`` looks like line 2001 of a file. So it is
taken off where a table, a title or a command line stands behind it, and from then on as long as it goes on.
"""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

CERTAIN = 3
"""Lines in a row with such a prefix that need no table behind them."""


MAX_PREFIX_CHARS = 300
"""Characters of a line among which a prefix has to end."""


_SUSPECT = re.compile(r"\n[ \t]*+(?:[^\s:]*+:|>|\^[CZ]|\[?\d++(?:[|\t-]|[.)][ \t])|[A-Z][a-z][a-z] [ \d]\d \d\d:)")


_CONTROL = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b\n]*(?:\x07|\x1b\\)?|[ -/]*[0-~])|\x0f|[^\n\x08]\x08")


_RESET = re.compile(r"\x1b\[(?:0?m|0?K|\?)|\x1b\]")


_QUOTED = re.compile(r"[ \t]*(?:>(?!>{6} |_)[ ]?)+|\s*(?:\^[CZ])+(?=[ \t]*\S)")


_NO_ADDRESS = r":(?=\s|$|(?!\S*:)|[^\s:]*[g-zG-Z])"
"""A colon that is not inside an IPv6 address."""


_NUMBERED = re.compile(rf"[ \t]*(?P<number>\d+)(?:(?P<tab>\t)|[|]|[.)][ \t]|{_NO_ADDRESS}|(?P<loose>:(?!:(?!:))))")


_FILED = re.compile(
    rf"(?P<file>(?:[A-Za-z]:)?[^\s:]+|[A-Za-z]:\\[^:\t\n]+)(?::\d+(?={_NO_ADDRESS}))?:"
    r"|(?P<context>[^\s:]*[^\s\d:-][^\s:]*)-\d+-"
)


_HEXADECIMAL = re.compile(r"[0-9a-fA-F]{0,4}$")


class _Prefix(NamedTuple):
    """What may be a prefix of a line."""

    kind: str
    """What goes on from line to line: the kind of prefix, or the name of the file."""
    end: int
    number: int
    is_loose: bool = False
    """Whether something else looks the same, so that only what stands behind it can tell."""


class PrefixStripper:
    """Takes prefixes off; what it has found goes on from block to block."""

    def __init__(self, tells: Callable[[str], bool]) -> None:
        self.tells = tells
        """Whether a line is one of a table, as it stands."""
        self.originals: dict[int, str] = {}
        """The lines that were changed, by their number."""
        self._kind = ""
        self._number = 0
        self._run = 0
        self._is_sure = False
        self._is_padded = True
        """Whether all lines so far had a blank behind their number."""

    def forget(self, line: int) -> None:
        """Forget the lines before this one."""
        for number in [number for number in self.originals if number < line]:
            del self.originals[number]

    def clean(self, text: str, first: int) -> str:
        """The text without prefixes; its first line has this number."""
        if "\x1b" not in text and "\x08" not in text and not _SUSPECT.search(f"\n{text}"):
            if text.strip():
                self._kind, self._run, self._is_sure = "", 0, False
            return text
        lines = text.split("\n")
        cleaned = self._prefixes([self._marks(line) for line in lines])
        for number, (line, clean) in enumerate(zip(lines, cleaned, strict=True), first):
            if line != clean:
                self.originals[number] = line
        if lines[-1] and not cleaned[-1]:
            cleaned[-1] = " "  # what had a mark is a line, also where the text ends with it
        return "\n".join(cleaned)

    def _marks(self, line: str) -> str:
        """Without colours and marks of quotation, which nothing else looks like."""
        if ("\x1b" in line or "\x08" in line) and (_RESET.search(line) or not self.tells(line)):
            line = _CONTROL.sub("", line)
        quoted = _QUOTED.match(line)
        return line[quoted.end() :] if quoted else line

    def _prefixes(self, lines: list[str]) -> list[str]:
        """Without what goes on from line to line; lines before the one that makes it sure are done then."""
        cleaned = list(lines)
        undecided: list[tuple[int, _Prefix]] = []
        for index, line in enumerate(lines):
            if not line.strip():
                continue
            prefix = self._follow(line)
            if prefix is None:
                undecided = []
                continue
            undecided = [item for item in undecided if item[1].kind == prefix.kind]
            undecided.append((index, prefix))
            if not self._is_sure:
                is_long = self._run >= CERTAIN and not prefix.is_loose
                self._is_sure = is_long or self._stands_behind(line, prefix)
            if self._is_sure:
                for at, found in undecided:
                    cleaned[at] = self._behind(lines[at], found)
                undecided = []
        return cleaned

    def _behind(self, line: str, prefix: _Prefix) -> str:
        is_padded = prefix.kind == "number" and self._is_padded and line.startswith(" ", prefix.end)
        return line[prefix.end + is_padded :]

    def _stands_behind(self, line: str, prefix: _Prefix) -> bool:
        if prefix.is_loose and self.tells(line):
            return False
        return self.tells(line[prefix.end :])

    def _follow(self, line: str) -> _Prefix | None:
        """The prefix of the line: the one that goes on, or else a new one."""
        found = list(_candidates(line))
        for prefix in found:
            if prefix.kind == self._kind and (not prefix.number or prefix.number > self._number):
                is_next = not prefix.number or prefix.number == self._number + 1
                if prefix.number and prefix.is_loose and not is_next:
                    continue
                self._run = self._run + 1 if is_next else 1
                self._number = prefix.number
                self._is_padded &= line[prefix.end :][:1] in {" ", ""}
                return prefix
        self._run, self._is_sure = 0, False
        if not found:
            self._kind = ""
            return None
        told = next((prefix for prefix in found if self._stands_behind(line, prefix)), found[0])
        if told.number and told.is_loose:
            self._kind = ""
            return None
        self._kind, self._number, self._run = told.kind, told.number, 1
        self._is_padded = line[told.end :][:1] in {" ", ""}
        return told


def _candidates(line: str) -> Iterator[_Prefix]:
    from netstat_parse.logs import timestamp_patterns

    line = line[:MAX_PREFIX_CHARS]
    if stamped := timestamp_patterns.BEFORE.match(line):
        yield _Prefix("stamp", stamped.end(), 0)
    if numbered := _NUMBERED.match(line):
        kind = "tab" if numbered["tab"] else "number"
        yield _Prefix(kind, numbered.end(), int(numbered["number"][:18]), is_loose=bool(numbered["loose"]))
    if filed := _FILED.match(line):
        name = filed["file"] or filed["context"]
        if not _HEXADECIMAL.match(name):
            yield _Prefix(f"file {name}", filed.end(), 0, is_loose=not re.search(r"[./\\]", name))
