"""Skip foreign text quickly: a few tests on the words of a line find that it cannot be netstat's.

The tests use the grammars and the vocabularies. A line that passes none of them is foreign. One that passes any may
still be foreign: the recognizer decides.

`_OTHER_LINES` is a fast path before these tests: a list of frequent beginnings of lines in logs. It is written by hand,
and a new grammar may read a line that begins so. `tests/reading/test_sieve.py` compares it with the tests on words, for
all lines of all samples and all texts of the vocabularies.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from types import MappingProxyType
from typing import NamedTuple

from netstat_parse.logs.line_kinds import LineKind, classify, is_command_line
from netstat_parse.logs.messages import may_be_message, parse_message
from netstat_parse.logs.timestamps import MAX_OBSERVED_LINES
from netstat_parse.precompiled import compile_pattern
from netstat_parse.reading.recognizer import TableRecognizer
from netstat_parse.reading.skipped_text import MAX_HEADING_LINES, SkippedText
from netstat_parse.systems.others import may_be_other

_DIGIT = compile_pattern(r"\d")

_OTHER_LINES = compile_pattern(
    r"""(?:[ \t]*+(?:
        [{"',;&@\\~]                                # JSON, lists, strings
      | \[\ *+[\w.:-]++\ *+\](?=\ )                # [ 12.345678]   [worker-7]
      | \d{4}[-/]\d\d[-/]\d\d[T\ ]                # 2026-11-28 21:45:14
      | \d\d:\d\d:\d\d[ ,.]                       # 21:45:14
      | [A-Z][a-z][a-z]\ [\ \d]\d\ \d\d:          # Nov 28 21:45:14
      | \d++\.\d++\.\d++\.\d++\ -\ \S++\ \[       # 192.0.2.7 - - [04/Nov/2026
      | at\ [\w.$<]++\(                             # at com.example.Worker.run(
      | [\w+-]++\ ++\d++\ ++\d++\.\d\ ++\d++\.\d\     # root  18457  1.1  3.9 277102, as ps prints
      | /dev/\w++\ ++\d                             # /dev/sda1  5301215, as df prints
    )(?:[^\n$\#>%\u276f➜]++|(?<=\d)%|(?<=-)>(?=\ \d))*+\n)++""",
    re.VERBOSE,
)
"""Lines that begin as frequent lines of logs do, and have no prompt in them."""


class ForeignLines(NamedTuple):
    """Consecutive lines that are foreign whatever is around them."""

    lines: int
    size: int
    """In characters, with the line ends."""


KnownForeign = Mapping[int, ForeignLines]
"""Foreign lines by the number of the first one of them."""

NONE_KNOWN: KnownForeign = MappingProxyType({})


class Sieve:
    """Separates the lines that may be netstat's from foreign text."""

    def __init__(self, recognizer: TableRecognizer) -> None:
        self._recognizer = recognizer
        self._index = recognizer.index

    def skip(  # noqa: PLR0913 - the text and what is known of it
        self,
        text: str,
        at: int,
        above: Sequence[str],
        *,
        is_last: bool,
        number: int | None = None,
        foreign: KnownForeign = NONE_KNOWN,
    ) -> SkippedText | None:
        """Return the foreign lines from this offset on, up to the first that may be netstat's; None if it is the first.

        Args:
            text: whole lines.
            at: the offset of a line.
            above: the lines of foreign text right above.
            is_last: true if no more text follows.
            number: the number of the line in the input, if all lines are those of the input, one by one.
            foreign: lines that `find_foreign` has found in advance.
        """
        begin, lines, blank = at, 0, list[int]()
        while at < len(text):
            if number is not None and (known := foreign.get(number + lines)):
                end = min(at + known.size, len(text))  # its last lines may come with the next text
                lines += known.lines if end == at + known.size else text.count("\n", at)
                at = end
                continue
            end, count, words = _read_next(text, at)
            if words == []:
                blank.append(lines)
            elif words and self._may_be_netstat(text[at:end], words):
                break
            elif words and _may_begin_block(words):
                near = [*above, *(line for _, line in _find_headings(text, begin, at, lines))]
                if self._recognizer.by_block(text, at, near[-MAX_HEADING_LINES:], (), is_last=is_last):
                    break
            lines += count
            at = end
        if at == begin:
            return None
        last = list(islice(_read_upwards(text, begin, at, lines), MAX_OBSERVED_LINES))[::-1]
        return SkippedText(at, lines, blank, last, _find_headings(text, begin, at, lines))

    def find_foreign(self, text: str) -> dict[int, ForeignLines]:
        """Return the lines that are foreign whatever is around them, most of a log, by the index of the first one."""
        found: dict[int, ForeignLines] = {}
        at = line = first = 0
        while at < len(text):
            end, count, words = _read_next(text, at)
            if words is None or self._is_foreign(text[at:end], words):
                lines, size = found.get(first, (0, 0))
                found[first] = ForeignLines(lines + count, size + end - at)
            else:
                first = line + 1
            line += count
            at = end
        return found

    def _is_foreign(self, line: str, words: list[str]) -> bool:
        """Return whether a line is foreign whatever is around it; a blank line is none."""
        return words != [] and not _may_begin_block(words) and not self._may_be_netstat(line, words)

    def may_be_netstat(self, line: str) -> bool:
        """Return whether a line that is not blank may be netstat's."""
        return self._may_be_netstat(line, line.split())

    def _may_be_netstat(self, line: str, words: list[str]) -> bool:
        """Return whether the line may be a title, headings, a row, a message, or a line that divides the log."""
        first, headings = words[0], self._index.heading_words
        return (
            ((first in self._title_starts or "(" in first) and self._may_begin_title(words))
            or self._is_row_by_word(line, words)
            or (len(words) == 1 and (first[-1] in ":：" or first[0] == "="))
            or may_be_other(line, words)
            or self._is_row_opening(line) is not None
            or ((first in headings or words[-1] in headings) and self._may_be_headings(line, words))
            or (may_be_message(line.strip(), words) and parse_message(line) is not None)
            or is_command_line(line)
        )

    def _may_be_headings(self, line: str, words: list[str]) -> bool:
        return _DIGIT.search(line) is None and self._recognizer.may_be_headings(words)

    @cached_property
    def _is_row_opening(self) -> Callable[[str], re.Match[str] | None]:
        return self._index.openings.any.match

    def _is_row_by_word(self, line: str, words: list[str]) -> bool:
        """Return whether the line is a row of a table that its first word identifies."""
        found = self._recognizer.by_first_word(words)
        return bool(found) and any(table.layout().is_row(line) for _, table in found)

    def _may_begin_title(self, words: list[str]) -> bool:
        """Return whether a title, in any language, begins with the first two of these words."""
        text = " ".join(words[:2]).partition("(")[0].rstrip(" :：")
        return text in self._index.beginnings_of_titles

    @cached_property
    def _title_starts(self) -> frozenset[str]:
        """The first words of all titles, in any language, also with a colon behind them."""
        words = {title.split()[0] for title in self._index.beginnings_of_titles}
        return frozenset(word + end for word in words for end in ("", ":", "："))


def _read_next(text: str, at: int) -> tuple[int, int, list[str] | None]:
    """Return the end of the line at this offset, 1 for one line, and its words.

    Of `_OTHER_LINES` that follow each other, return the end of the last, their number, and None.
    """
    if other := _OTHER_LINES.match(text, at):
        return other.end(), text.count("\n", at, other.end()), None
    end = text.find("\n", at) + 1 or len(text)
    return end, 1, text[at:end].split()


def _may_begin_block(words: Sequence[str]) -> bool:
    """Return whether a block of counters may begin with a line of these words, as `BlockFinder` defines it."""
    return words[-1].isdigit() and len(words) > 1 and (words[-2].isdigit() or words[-2][-1] == "=")


def _find_headings(text: str, begin: int, end: int, count: int) -> list[tuple[int, str]]:
    """Return the last lines of text between two offsets, as a table below them may have for title and headings."""
    lines = _read_upwards(text, begin, end, count)
    return list(islice((found for found in lines if classify(found[1]) is LineKind.TEXT), MAX_HEADING_LINES))[::-1]


def _read_upwards(text: str, begin: int, end: int, count: int) -> Iterator[tuple[int, str]]:
    """Yield the lines between two offsets that are not blank, the last first, each with its place among `count`."""
    while end > begin:
        start = max(text.rfind("\n", begin, end - 1) + 1, begin)
        count -= 1
        line = text[start:end].rstrip("\n")
        if line.strip():
            yield count, line
        end = start
