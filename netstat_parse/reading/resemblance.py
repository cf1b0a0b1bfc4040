"""Compare a line that is no row with the rows beside it, to find damaged rows.

Only the classes of the words are compared: a number, an address or something else with digits, a word, a sign. So a row
whose protocol was overwritten is found as well as one that was cut short, in every table::

    tcp        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN
    xxx        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN
"""

from collections.abc import Sequence
from itertools import islice

from netstat_parse.precompiled import compile_pattern

MIN_EQUAL_WORDS = 3
"""Words of the same class as a row's that make a line resemble it."""

MIN_EQUAL_FIGURES = 2
"""The number of them that must have digits: prose consists of words, too."""

NEARLY_EQUAL, MIN_NEARLY_EQUAL_WORDS = 0.75, 5
"""The part of a row's words, and their least number, that make a line a damaged row by itself, wherever it is."""

MIN_COMMON = 0.6
"""The part of a line's words that a row must have, too: a line of a log has other words between."""

MAX_FRAGMENT_WORDS = 3
"""Words of a line between two rows that is a piece of a row, such as the rest of a name with a line break in it."""

MAX_COMPARED_WORDS = 24
"""Words of a line that are compared."""

_CLASSES = compile_pattern(
    r"(?P<number>-?\d++(?!\S))|(?P<decimal>\d++[.,:]\d++(?!\S))|(?P<address>\d++\.\d++\.\d\S*+|\S*?:(?:\*|\d++)(?!\S))"
    r"|(?P<figure>[^\s\d]*+\d\S*+)|(?P<word>\w\S*+)|(?P<sign>\S++)"
)

_ADDRESS = compile_pattern(r"(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.])")

_WORD = compile_pattern(r"\S++")

_PLAIN = frozenset({"number", "word"})
"""Classes of words that many tables consist of: they resemble a row only in its columns."""

_FIGURES = frozenset({"number", "decimal", "address", "figure"})


def has_addresses(line: str) -> bool:
    """Return whether a line has several words and two addresses, as sockets and routes have."""
    return len(line.split()) >= MIN_EQUAL_WORDS and len(_ADDRESS.findall(line)) > 1


def is_nearly(line: str, row: str) -> bool:
    """Return whether a line differs from a row in so few words that it can be nothing else."""
    found, wanted = _classify_words(line), _classify_words(row)
    equal = [one for one, other in zip(found, wanted, strict=False) if one == other]
    is_plain = _PLAIN.issuperset(equal) and not is_squeezed(row) and not is_aligned(line, [row])
    return not is_plain and _are_enough(equal, max(MIN_NEARLY_EQUAL_WORDS, len(wanted) * NEARLY_EQUAL))


def resembles(line: str, row: str) -> bool:
    """Return whether a line between two rows shares most words with a row, in order, or is a fragment of a row."""
    found, wanted = _classify_words(line), _classify_words(row)
    if len(found) <= MAX_FRAGMENT_WORDS:
        return True
    return _are_enough(_longest_common(found, wanted), max(MIN_EQUAL_WORDS, len(wanted) / 2, len(found) * MIN_COMMON))


def is_aligned(line: str, above: Sequence[str]) -> bool:
    """Return whether the words of a line are in the columns of headings or a row above it, one by one.

    That the first word begins a line alone proves nothing, nor does a single number before many columns.
    """
    words = _find_edges(line)
    if len(words) < 2:  # noqa: PLR2004 - nothing is beside a single word
        return False
    is_number = len(words) == 2 and line[slice(*words[1])].isdigit()  # noqa: PLR2004 - a name and a number
    for other in above:
        columns = _find_edges(other)
        equal = [start == begin or end == stop for (start, end), (begin, stop) in zip(words, columns, strict=False)]
        if sum(equal) >= len(words) * NEARLY_EQUAL and not (is_number and len(columns) > MAX_FRAGMENT_WORDS):
            return True
    return False


def is_squeezed(row: str) -> bool:
    """Return whether the blanks between the words of a row were squeezed, so that nothing is aligned with it."""
    return bool(row) and "  " not in row.strip()


def _find_edges(line: str) -> list[tuple[int, int]]:
    """Return where each word begins and ends."""
    return [word.span() for word in islice(_WORD.finditer(line), MAX_COMPARED_WORDS)]


def _are_enough(equal: list[str | None], needed: float) -> bool:
    return len(equal) >= needed and len([one for one in equal if one in _FIGURES]) >= MIN_EQUAL_FIGURES


def _classify_words(line: str) -> list[str | None]:
    return [found.lastgroup for found in islice(_CLASSES.finditer(line), MAX_COMPARED_WORDS)]


def _longest_common(found: list[str | None], wanted: list[str | None]) -> list[str | None]:
    """Return the longest common subsequence."""
    above: list[list[str | None]] = [[] for _ in range(len(wanted) + 1)]
    for one in found:
        best: list[list[str | None]] = [[]]
        for at, other in enumerate(wanted):
            best.append([*above[at], one] if one == other else max(best[at], above[at + 1], key=len))
        above = best
    return above[-1]
