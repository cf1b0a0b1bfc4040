"""Recognize lines that netstat prints on systems without a grammar here, and those of commands that resemble it.

The signatures are data, in ``others.toml`` beside this module. macOS prints a dot before the port, which no row of
Linux has::

    tcp4       0      0  127.0.0.1.631          *.*                    LISTEN
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache, cached_property
from typing import Any

from netstat_parse.generated_modules import read_toml
from netstat_parse.named_fields import NamedFields
from netstat_parse.precompiled import compile_pattern

MAX_LINE_CHARS = 1000
"""Length of the part of a line that is looked up."""

MIN_EMPTY_GROUPS = 3
"""Titles without counters that identify the counters of BSD: ``-ss`` leaves out all that are 0."""

_COUNTER = compile_pattern(r"\t+\d+ \S| {4,}\d+ (?=.*(?:packet|datagram|message|connection|error))[a-z]")
"""The beginning of the first counter below its title: BSD indents it by a tab, which a terminal turns into blanks."""


class OtherOutput(NamedFields):
    """A kind of output that no grammar reads."""

    systems: Sequence[str]
    """The systems that may have printed it."""
    command: str
    """The command that printed it."""


CONTINUED = OtherOutput((), "")
"""The output of the line above, whatever it is."""


class _Rows:
    """The beginnings of the rows of some outputs, which are compiled at the first line that may be one."""

    def __init__(self, rows: Sequence[tuple[OtherOutput, str]]) -> None:
        self._rows = rows

    def find(self, line: str) -> OtherOutput | None:
        """Find the first output that may have this line."""
        found = self._pattern.match(line)
        return self._rows[found.lastindex - 1][0] if found and found.lastindex else None

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return compile_pattern("|".join(f"({text})" for _, text in self._rows))  # a group for each output


class _Signatures(NamedFields):
    """The signatures, in the form in which lines are looked up."""

    headings: Mapping[str, Sequence[tuple[str, OtherOutput]]]
    """Beginnings of lines with single blanks, by their first word."""
    groups: Mapping[str, OtherOutput]
    """Titles of counters, with their colon."""
    starts: Mapping[str, _Rows]
    """The rows by their first character."""
    marks: Sequence[tuple[str, _Rows]]
    """The rows that have one of these texts in them."""
    within: re.Pattern[str]
    """The beginnings of lines that continue an output."""

    def by_headings(self, line: str) -> OtherOutput | None:
        """Find the output that has these headings."""
        headings = self.headings.get(line.split(None, 1)[0])
        if headings is None:  # as for nearly every line
            return None
        printed = " ".join(line.split())
        return next((output for heading, output in headings if printed.startswith(heading)), None)

    def by_row(self, line: str) -> OtherOutput | None:
        """Find the output that has this row."""
        rows = self.starts.get(line[0])
        output = rows.find(line) if rows else None
        if output is None:
            return next((found for mark, rows in self.marks if mark in line and (found := rows.find(line))), None)
        return output


def find(text: str, above: Sequence[str] = (), *, within: bool = False) -> OtherOutput | None:
    """Find the output that this line belongs to.

    Args:
        text: the line.
        above: the lines of text right above, of which nothing is known.
        within: true if the line is below a line of such an output.
    """
    line = text[:MAX_LINE_CHARS].strip()
    if not line:
        return None
    signatures = _signatures()
    output = signatures.by_headings(line) or signatures.by_row(line)
    if output is None and above and above[-1].rstrip() in signatures.groups and _COUNTER.match(text):
        output = signatures.groups[above[-1].rstrip()]
    if output is None and line in signatures.groups:
        titles = {line, *(title.rstrip() for title in above)} & signatures.groups.keys()
        output = signatures.groups[line] if within or len(titles) >= MIN_EMPTY_GROUPS else None
    if output is None and within and signatures.within.match(line):
        output = CONTINUED
    return output


def may_be_other(line: str, words: Sequence[str]) -> bool:
    """Return whether a line may be of an output without a grammar, or the title of counters in one.

    Args:
        line: the line.
        words: its words, at least one; the first two rule out nearly all lines.
    """
    second = words[1] if len(words) > 1 else ""
    by_first, second_words = _words()
    found = by_first.get(words[0])
    if second not in second_words and (found is None or (found and second not in found)):
        return False
    return line.strip() in _signatures().groups or find(line) is not None


@cache
def _words() -> tuple[Mapping[str, frozenset[str]], frozenset[str]]:
    """Return the second words by first word, none if it may be any, and the second words behind any other word."""
    signatures = _signatures()
    by_first = {first: frozenset[str]() for first in (*_data()["first_words"], *signatures.groups)}
    for first, headings in signatures.headings.items():
        by_first.setdefault(first, frozenset(second for heading, _ in headings for second in heading.split()[1:2]))
    return by_first, frozenset(_data()["second_words"])


@cache
def _data() -> dict[str, Any]:
    return read_toml(__package__, "others.toml")


@cache
def _signatures() -> _Signatures:
    data = _data()
    headings, groups = dict[str, list[tuple[str, OtherOutput]]](), dict[str, OtherOutput]()
    starts, marks = dict[str, list[tuple[OtherOutput, str]]](), dict[str, list[tuple[OtherOutput, str]]]()
    for entry in data["output"]:
        output = OtherOutput(entry["systems"], entry.get("command", "netstat"))
        groups |= {f"{title}:": output for title in entry.get("groups", ())}
        for heading in entry.get("headings", ()):
            headings.setdefault(heading.split()[0], []).append((heading, output))
        rows = (output, _insert("|".join(entry.get("rows", ())), data["parts"]))
        for key, found in (("starts", starts), ("marks", marks)):
            for text in entry.get(key, ()):
                found.setdefault(text, []).append(rows)
    for same_word in headings.values():
        same_word.sort(key=lambda heading: -len(heading[0]))  # the longest heading says most
    return _Signatures(
        headings,
        groups,
        {start: _Rows(rows) for start, rows in starts.items()},
        [(mark, _Rows(rows)) for mark, rows in marks.items()],
        compile_pattern(_insert("|".join(data["within"]), data["parts"])),
    )


def _insert(text: str, parts: Mapping[str, str]) -> str:
    """Insert the parts of an expression in place of their names in braces."""
    for name, part in parts.items():
        text = text.replace(f"{{{name}}}", part)
    return text
