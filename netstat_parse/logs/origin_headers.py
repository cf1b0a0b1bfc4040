"""Headers that tools print above the output of each host or file: the lines below have this origin."""

import re
from collections.abc import Iterator

from netstat_parse.precompiled import compile_pattern

MAX_HEADER_CHARS = 300
"""Maximum length of a header."""

_BEGINNINGS = r"\[\d+\] \d|==> |-{10} \S|-- \S+ --$|:::|={3}|\*{3}|-{3}|#|Host|host|Node|node|Server"
"""The beginnings of headers, except those that begin with a name, and of rulers."""

_NAME_END = " | "
"""Part of each header that begins with a name."""

_HINT = compile_pattern(rf"[\w.@-]+ \| [A-Za-z]|{_BEGINNINGS}")

_BEGINNING_LINE = compile_pattern(rf"(?m)\n(?:{_BEGINNINGS})")
"""A line break and a beginning: a pattern that begins with a fixed character is fast to search."""

_BEHIND_NAME = compile_pattern(r"\|(?<= \|)(?= )")
"""`_NAME_END`, from its second character on: few lines have this one, and it is fast to search as well."""

_NAME = r"(?:\d{1,3}(?:\.\d{1,3}){3}|(?=[A-Za-z_/@]*[\d.-])[A-Za-z_/][\w.@/-]*)"
"""The name of a host or file: a word alone may be a remark of a pager or a person."""

_HEADER = compile_pattern(
    rf"""(?P<ansible>[\w.@-]+)\ \|\ [A-Za-z]+!?\ (?:\|\ .*>>|=>\ \{{)\s*$
      | \[\d+\]\ \d\d:\d\d:\d\d\ \[(?:SUCCESS|FAILURE)\]\ (?P<pssh>\S+)
      | ==>\ (?P<tail>.+?)\ <==\s*$
      | -{{10}}\ (?P<find>\S.*?)\s*$
      | --\ (?P<dashes>{_NAME})\ --\s*$
      | :{{3,}}\ ?(?P<colons>[\w.@/-]+)\ ?:{{3,}}\s*$
      | (?P<mark>[=*#-])(?P=mark){{2,}}\ (?P<ruler>{_NAME})(?:\ (?P=mark){{3,}})?\s*$
      | \#\ (?P<comment>{_NAME})\s*$
      | (?:[Hh]ost(?:\ ?[Nn]ame)?|[Nn]ode|Server):\s+(?P<label>{_NAME})\s*$""",
    re.VERBOSE,
)

_NO_NAME = compile_pattern(
    r"(?:netstat|route|ip|ss|arp|ifconfig|sar|cat|/proc|/s?bin|/usr|IPv|ipv|tcp|udp|TCP|UDP)(?![A-Za-z])"
)
"""Beginnings of names of commands, of files of the system and of protocols in such headers, which are no hosts."""

_RULER = compile_pattern(r"-{15,16}$")
"""The ruler around names that dshbak and clush print."""

_STARTS = frozenset("[-=:*#HhNnS")
"""First characters of headers and rulers, except those that begin with a name."""

_NAMES = compile_pattern(r"[\w.,@\[\]-]+$")


def find_header(line: str) -> str | None:
    """Return the host or file that a line names as a header by itself; None if it is no header."""
    if len(line) > MAX_HEADER_CHARS or not _HINT.match(line):
        return None
    found = _HEADER.match(line)
    if found is None or found.lastgroup is None:
        return None
    name = found[found.lastgroup]
    return None if found.lastgroup in {"ruler", "comment", "label"} and _NO_NAME.match(name) else name


def find_header_lines(text: str, at: int) -> Iterator[int]:
    """Yield the offsets of the lines from this one on, which is not the first, that may be headers or rulers."""
    for found in _BEGINNING_LINE.finditer(text, at - 1):
        yield found.start() + 1
    for found in _BEHIND_NAME.finditer(text, at):
        yield text.rfind("\n", 0, found.start()) + 1


class HeaderFinder:
    """Finds headers; one between two rulers ends with the second of them."""

    def __init__(self) -> None:
        self._ruler = -1
        """Number of the last line that is a ruler."""
        self._name: str | None = None
        """The name below that ruler."""
        self._is_open = False
        """True if the line above is a ruler."""

    @property
    def is_open(self) -> bool:
        """True if the line above is a ruler, which is part of a header."""
        return self._is_open

    def may_find(self, line: str) -> bool:
        """Return whether a line may be part of a header: a fast test that nearly all other lines fail."""
        return self._is_open or line[:1] in _STARTS or _NAME_END in line

    def find_origin(self, line: str, number: int) -> str | None:
        """Return the host or file that a header names; None if the line, which has this number, ends no header."""
        if not self.may_find(line):
            return None
        self._is_open = False
        if line.startswith("-") and _RULER.match(line):
            name = self._name if self._ruler == number - 2 else None
            self._ruler, self._name, self._is_open = (number, None, True) if name is None else (-1, None, False)
            return name
        if self._ruler == number - 1 and _NAMES.match(line):
            self._name = line
        return find_header(line)
