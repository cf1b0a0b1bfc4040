r"""Decode strings that hold netstat's text: of JSON and YAML, of logs of Ansible, and of source code.

One string may hold many lines, as Ansible's ``"stdout": "Active ...\nProto ...\n"``, or one line each, as in the list
``"stdout_lines"``. What is around the strings is left out. Ansible's ``changed: [web1] => {`` names the origin.
"""

import re
from collections.abc import Iterator

from netstat_parse.escapes.shapes import INDENT, START, looks_like_netstat
from netstat_parse.precompiled import compile_pattern

MAX_DEPTH = 3
"""Maximum depth of strings in strings."""

_BEGIN = compile_pattern(rf"{INDENT}*+{START}")

_STRING = compile_pattern(r"\"((?:[^\"\\]|\\.)*+)\"?")

_OTHER_STRING = compile_pattern(rf"(['`]|\"\"\")(?={INDENT}*+{START})")

_ESCAPE = compile_pattern(r"\\(?:u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2})|([0-7]{3})|(.))")

_SURROGATES = compile_pattern("[\ud800-\udbff][\udc00-\udfff]|[\ud800-\udfff]")

_MEANINGS = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "e": "\x1b", "a": "\a", "0": "\0", " ": " "}

_SAME = frozenset("\"'\\/`")

_ELEMENT = compile_pattern(r"[ \t]*(?:\"(?P<double>(?:[^\"\\]|\\.)*+)\"|'(?P<single>[^']*+)')[ \t]*,?[ \t]*$")

_ITEM = compile_pattern(r"[ \t]*- (?P<plain>.*)$")

_PLAY = compile_pattern(r"\w+: \[(?P<host>[^\]\s]+)(?: -> [^\]]*)?\](?::[^=]{0,40})? =>")

_BLOCK = compile_pattern(r"(?P<indent>[ \t]*)(?:- )?[\w.\"-]+: [|>][-+]?[ \t]*$")

_OPENS_LIST = compile_pattern(r"(?:(?<![\w.])(?P<name>[\w.]++)\"?[ \t]*[:=][ \t]*)?\[[ \t]*$|(?P<yaml>lines):[ \t]*$")


_FOLDED = compile_pattern(r"[^\"]*\"(?P<content>(?:[^\"\\]|\\.)*+)\\$")

_FOLDED_REST = compile_pattern(r"(?:[^\"\\]|\\.)*+\\$")

MAX_FOLDED_LINES = 2000
"""Lines of one string in YAML."""


def begins_folded(line: str) -> bool:
    """Return whether a string of YAML with netstat's text begins in the line, and continues in the next one."""
    found = _FOLDED.match(line) if line.endswith("\\") else None
    return found is not None and (_BEGIN.match(found["content"]) is not None or looks_like_netstat(found["content"]))


def continues_folded(line: str) -> bool:
    """Return whether a folded string continues also behind this line."""
    return _FOLDED_REST.match(line) is not None


def unfold(first: str, second: str) -> str:
    """Join two lines of a folded string: blanks at the beginning of the second one are its indent, or escaped."""
    return first[:-1] + second.lstrip(" ").removeprefix("\\")


class Literals:
    """The strings of an input, with what is known of those that span several lines."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Forget the surroundings: the next line is not part of them."""
        self._host: str | None = None
        self._list = ""
        """The end of the lines in a list: a bracket in JSON, a dash in YAML; empty outside of lists."""
        self._is_netstat_list = False
        self._block_indent: int | None = None
        """Indent of the key of a block of lines in YAML; None outside of blocks."""
        self._block_strip: int | None = None
        """Indent of the block's first line."""
        self._frame: tuple[str, str] | None = None
        """The text around the string of the last line, in source code."""
        self._decoded: frozenset[str] = frozenset()
        """The lines of the last string: a list that follows may repeat them."""

    @property
    def is_open(self) -> bool:
        """True if the next line may be part of a list, a block, or a result of Ansible."""
        return (
            self._host is not None
            or bool(self._list)
            or self._block_indent is not None
            or bool(self._decoded or self._frame)
        )

    def undo(self, line: str) -> tuple[list[str], str | None]:
        """Return the lines in a line's strings, or else the line itself, and the origin of those lines."""
        play = _PLAY.match(line)
        if play:
            self.forget()
            self._host = play["host"]
        elif self._host is not None and line[:1] not in {" ", "\t", "}", ""}:
            self.forget()
        host = self._host
        if line.startswith("}"):
            self._host = None
        if self._block_indent is not None and (text := self._undo_block(line)) is not None:
            return [text], host
        if self._list and (lines := self._undo_element(line)) is not None:
            return lines, host
        block = _BLOCK.match(line)
        if block:
            self._block_indent, self._block_strip = len(block["indent"]), None
            return [line], None
        opens = _OPENS_LIST.search(line)
        if opens:
            self._list = "-" if opens["yaml"] else "]"
            self._is_netstat_list = bool(opens["yaml"]) or (opens["name"] or "").endswith("lines")
            return [line], None
        lines = list(_decode_strings(line)) or self._decode_framed(line)
        self._frame = _find_frame(line) if len(lines) == 1 else None
        if not lines:
            self._decoded = frozenset()
            return [line], None
        self._decoded = frozenset(lines) if len(lines) > 1 and (host or line[:1] in {" ", "\t"}) else frozenset()
        return lines, host

    def _decode_framed(self, line: str) -> list[str]:
        """Return the lines of a string that has the same code around it as that of the line above."""
        if self._frame is None or self._frame != _find_frame(line):
            return []
        before, behind = self._frame
        return _split(_unescape(line[len(before) : len(line) - len(behind)]))

    def _undo_block(self, line: str) -> str | None:
        """Return a line of a YAML block without its indent; None if the block ends before it."""
        text = line.lstrip(" ")
        indent = len(line) - len(text)
        if text and self._block_indent is not None and indent <= self._block_indent:
            self._block_indent = None
            return None
        if self._block_strip is None and text:
            self._block_strip = indent
        return line[min(indent, self._block_strip or 0) :]

    def _undo_element(self, line: str) -> list[str] | None:
        """Return the lines of a list's element; None if the list ends before it."""
        element = _ELEMENT.match(line) if self._list == "]" else _ITEM.match(line)
        if not element:
            if self._list == "-" and line.startswith("  ") and line.strip():
                return [line]  # the rest of a plain text that was folded
            self._list = ""
            return None
        if self._list == "-":
            text = element["plain"]
            quoted = _ELEMENT.match(text)
            lines = [text] if not quoted else _decode_element(quoted)
        else:
            lines = _decode_element(element)
        self._is_netstat_list = self._is_netstat_list or any(map(looks_like_netstat, lines))
        if not self._is_netstat_list:
            return [line]
        if self._decoded and self._decoded.issuperset(lines):
            return [f'{line[: len(line) - len(line.lstrip())]}""' for _ in lines]  # repeats the string above
        return lines


def _find_frame(line: str) -> tuple[str, str] | None:
    """Return the text before and behind the only string of a line, with its quotation marks."""
    strings = list(_STRING.finditer(line))
    if len(strings) != 1 or not strings[0][0].endswith('"'):
        return None
    start, end = strings[0].span(1)
    return line[:start], line[end:]


def _decode_element(element: re.Match[str]) -> list[str]:
    double = element["double"]
    return _split(element["single"] if double is None else _unescape(double))


def _decode_strings(line: str, depth: int = 1) -> Iterator[str]:
    """Decode the strings of a line that hold netstat's text, each line once."""
    seen: frozenset[str] = frozenset()
    for content in _find_strings(line):
        texts = _split(_unescape(content))
        for text in texts:
            inner = list(_decode_strings(text, depth + 1)) if depth < MAX_DEPTH and '"' in text else []
            yield from (found for found in inner or [text] if found not in seen)
        if "\\n" in content:
            seen |= frozenset(texts)


def _find_strings(line: str) -> Iterator[str]:
    found = False
    for string in _STRING.finditer(line) if '"' in line else ():
        content = string[1]
        if _BEGIN.match(content) or ("\\n" in content and looks_like_netstat(content)):
            found = True
            yield content
    if not found and (opening := _OTHER_STRING.search(line)):
        mark = opening[1]
        end = line.find(mark, opening.end())
        yield line[opening.end() : end if end >= 0 else len(line)]


def _split(text: str) -> list[str]:
    return [line.rstrip("\r") for line in text.removesuffix("\n").split("\n")]


def _unescape(content: str) -> str:
    if "\\" not in content:
        return content
    text = _ESCAPE.sub(_replace_escape, content)
    return _SURROGATES.sub(_join_surrogates, text)


def _replace_escape(found: re.Match[str]) -> str:
    code, octal, char = found[1] or found[2], found[3], found[4]
    if code:
        return chr(int(code, 16))
    if octal:
        return chr(int(octal, 8))
    return _MEANINGS.get(char) or (char if char in _SAME else found[0])


def _join_surrogates(found: re.Match[str]) -> str:
    return found[0].encode("utf-16", "surrogatepass").decode("utf-16", "replace")
