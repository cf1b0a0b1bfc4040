"""Ways to damage a text, as logs and hostile input are damaged.

Each takes the lines of a text, with their ends, and changes them in place, as a source of chance says. That may be a
`random.Random` or what Hypothesis puts in its place, which makes what it found smaller.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

from support.samples import SAMPLES

MAX_MUTATIONS = 4
"""Of one text."""

_FIELD = re.compile(rb"\S+")
_NUMBER = re.compile(rb"\d+")
_BLANKS = re.compile(rb"[ \t]+")

BLANKS = (b"", b" ", b"  ", b"\t", b" \t ", "\N{NO-BREAK SPACE}".encode(), b"\r", b"\f", b"\v", b"\x85", b" " * 80)
ENDS = (b"\n", b"\r\n", b"\r\r\n", b"\r", b"", b" \n", b"\n\n")
NUMBERS = (b"0", b"-1", b"--1", b"+1", b"4294967296", b"18446744073709551616", b"0x1f", b"1e9", b"1.5", "٣".encode())
ODD_TEXTS = (
    *(b"\0", b"\x1b[31m", b"\x7f", b"\x08", b"\xff", b"\xc3", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xe2\x80\xa8"),
    *("²".encode(), "é".encode(), "日本".encode(), "\N{RIGHT-TO-LEFT OVERRIDE}".encode(), "\N{PILE OF POO}".encode()),
    *(
        b"%s",
        b"\\",
        b'"',
        b"=1+1",
        b"[",
        b"]",
        b"(",
        b")",
        b":",
        b"::",
        b"/",
        b"1/",
        b"*",
        b"-",
        b".",
        b"%",
        b"<",
        b">",
    ),
)
FILLINGS = (b" ", b"9", b"1 ", b"a", b"a ", b"A ", b"a/", b":", b".", b"[", b"- ", b"\0", b"\t", b"1/x ", "é".encode())
LENGTHS = (20, 100, 400, 5000)
CODECS = ("utf-16", "utf-16-be", "cp850", "cp1251", "cp932", "utf-8-sig", "latin-1")

Lines = list[bytes]


class Mutation(NamedTuple):
    """One change, by the name of what it does."""

    name: str
    apply: Callable[[Lines, Random], None]


MUTATIONS: list[Mutation] = []
"""All of them."""


def mutation(apply: Callable[[Lines, Random], None]) -> Callable[[Lines, Random], None]:
    """Register a mutation."""
    MUTATIONS.append(Mutation(apply.__name__, apply))
    return apply


def mutate(data: bytes, chance: Random, choice: Sequence[Mutation] = MUTATIONS) -> bytes:
    """Apply a few mutations to a text, one after the other."""
    lines = data.splitlines(keepends=True) or [b""]
    for _ in range(chance.randint(1, MAX_MUTATIONS)):
        chance.choice(choice).apply(lines, chance)
        lines = lines or [b""]
    return b"".join(lines)


def choose_line(lines: Lines, chance: Random) -> int:
    """Choose a line, preferring those with several fields."""
    places = [chance.randrange(len(lines)) for _ in range(3)]
    return max(places, key=lambda at: min(len(lines[at].split()), 4))


def strip_line_end(line: bytes) -> bytes:
    """The line without its end."""
    return line.rstrip(b"\r\n")


@mutation
def drop_lines(lines: Lines, chance: Random) -> None:
    """Lose some lines."""
    at = chance.randrange(len(lines))
    del lines[at : at + chance.choice((1, 1, 2, 5, 20))]


@mutation
def duplicate(lines: Lines, chance: Random) -> None:
    """Have some lines twice, one by one or all together."""
    at = chance.randrange(len(lines))
    lines[at:at] = lines[at : at + chance.choice((1, 1, 2, 10, 100))]


@mutation
def move_line(lines: Lines, chance: Random) -> None:
    """Let a line stand elsewhere."""
    line = lines.pop(chance.randrange(len(lines)))
    lines.insert(chance.randint(0, len(lines)), line)


@mutation
def cut_line(lines: Lines, chance: Random) -> None:
    """End a line before its end, or begin it behind its beginning."""
    at = choose_line(lines, chance)
    text = strip_line_end(lines[at])
    end, cut = lines[at][len(text) :], chance.randint(0, len(text))
    lines[at] = chance.choice((text[:cut], text[cut:])) + end


@mutation
def cut_text(lines: Lines, chance: Random) -> None:
    """End or begin the text in the middle of a line."""
    at = choose_line(lines, chance)
    cut = chance.randint(0, len(lines[at]))
    if chance.random() < 0.5:
        lines[at:] = [lines[at][:cut]]
    else:
        lines[: at + 1] = [lines[at][cut:]]


@mutation
def join_lines(lines: Lines, chance: Random) -> None:
    """Make one line of two."""
    at = chance.randrange(len(lines))
    lines[at] = strip_line_end(lines[at]) + chance.choice((b"", b" "))


@mutation
def wrap_line(lines: Lines, chance: Random) -> None:
    """Make two lines of one, as a console does."""
    at = choose_line(lines, chance)
    cut = chance.choice((40, 72, 79, 80, chance.randint(0, len(lines[at]))))
    lines[at] = lines[at][:cut] + chance.choice((b"\n", b"\r\n", b"=\n", b"\n> ")) + lines[at][cut:]


@mutation
def splice_sample(lines: Lines, chance: Random) -> None:
    """Put lines of another sample in, whole or in the middle of a line."""
    other = chance.choice(SAMPLES).read_bytes().splitlines(keepends=True) or [b""]
    start = chance.randrange(len(other))
    new, at = other[start : start + chance.choice((1, 1, 2, 5, 30))], chance.randrange(len(lines))
    if chance.random() < 0.2:
        cut = chance.randint(0, len(lines[at]))
        new[:0], new[len(new) :] = [lines[at][:cut]], [lines[at][cut:]]
        lines[at : at + 1] = [b"".join(new)]
    else:
        lines[at:at] = new


@mutation
def swap_fields(lines: Lines, chance: Random) -> None:
    """Put a field of one row in the place of another's, of this text or another sample's."""
    at, source = choose_line(lines, chance), lines
    if chance.random() < 0.3:
        source = chance.choice(SAMPLES).read_bytes().splitlines(keepends=True) or [b""]
    fields = _FIELD.findall(source[choose_line(source, chance)])
    replace_one(_FIELD, chance.choice(fields) if fields else b"", lines, at, chance)


def replace_one(pattern: re.Pattern[bytes], new: bytes, lines: Lines, at: int, chance: Random) -> None:
    """Put `new` where the line has some match of the pattern."""
    found = list(pattern.finditer(lines[at]))
    if found:
        match = chance.choice(found)
        lines[at] = lines[at][: match.start()] + new + lines[at][match.end() :]


@mutation
def drop_field(lines: Lines, chance: Random) -> None:
    """Leave a field out."""
    replace_one(_FIELD, b"", lines, choose_line(lines, chance), chance)


@mutation
def lengthen_number(lines: Lines, chance: Random) -> None:
    """Have a number with many digits."""
    replace_one(
        _NUMBER,
        b"9" * chance.choice((2, 5, 9, 10, 19, 20, 21, 100, 400, 5000)),
        lines,
        choose_line(lines, chance),
        chance,
    )


@mutation
def change_number(lines: Lines, chance: Random) -> None:
    """Have a number of another kind."""
    replace_one(_NUMBER, chance.choice(NUMBERS), lines, choose_line(lines, chance), chance)


@mutation
def change_blanks(lines: Lines, chance: Random) -> None:
    """Have another kind or number of blanks between two fields."""
    replace_one(_BLANKS, chance.choice(BLANKS), lines, choose_line(lines, chance), chance)


@mutation
def change_all_blanks(lines: Lines, chance: Random) -> None:
    """Have other blanks everywhere, as a page or a mail makes them."""
    blank = chance.choice(BLANKS)
    lines[:] = [_BLANKS.sub(blank, line) for line in lines]


@mutation
def add_prefix_or_suffix(lines: Lines, chance: Random) -> None:
    """Put something before every line, or behind it."""
    mark = chance.choice((b" ", b"    ", b"> ", b"\t", b"12: ", b"file.txt:", b"+", b"2024-05-01T12:00:00Z ", b"| "))
    if chance.random() < 0.5:
        lines[:] = [mark + line for line in lines]
    else:
        lines[:] = [strip_line_end(line) + mark + line[len(strip_line_end(line)) :] for line in lines]


@mutation
def change_line_ends(lines: Lines, chance: Random) -> None:
    """End the lines in another way; all of them, or one."""
    end = chance.choice(ENDS)
    if chance.random() < 0.5:
        lines[:] = [strip_line_end(line) + end for line in lines]
    else:
        at = chance.randrange(len(lines))
        lines[at] = strip_line_end(lines[at]) + end


@mutation
def flip_bits(lines: Lines, chance: Random) -> None:
    """Change some bytes."""
    for _ in range(chance.choice((1, 1, 5, 50))):
        at = chance.randrange(len(lines))
        line = bytearray(lines[at])
        if line:
            line[chance.randrange(len(line))] ^= 1 << chance.randrange(8)
            lines[at] = bytes(line)


@mutation
def insert_odd_text(lines: Lines, chance: Random) -> None:
    """Put something strange somewhere."""
    at = choose_line(lines, chance)
    cut = chance.randint(0, len(lines[at]))
    lines[at] = lines[at][:cut] + chance.choice(ODD_TEXTS) * chance.choice((1, 1, 2, 30)) + lines[at][cut:]


@mutation
def lengthen_line(lines: Lines, chance: Random) -> None:
    """Have a line that is too long for any netstat."""
    at = choose_line(lines, chance)
    cut = chance.randint(0, len(lines[at]))
    filling = chance.choice(FILLINGS)
    lines[at] = lines[at][:cut] + filling * (chance.choice(LENGTHS) // len(filling)) + lines[at][cut:]


@mutation
def replace_field_with_unicode(lines: Lines, chance: Random) -> None:
    """Put any letters in the place of a field."""
    letters = (
        chr(chance.choice((chance.randrange(0x20, 0x250), chance.randrange(0xD7FF))))
        for _ in range(chance.randint(1, 12))
    )
    replace_one(_FIELD, "".join(letters).encode(), lines, choose_line(lines, chance), chance)


@mutation
def change_encoding(lines: Lines, chance: Random) -> None:
    """Write the text in another encoding."""
    text = b"".join(lines).decode("utf-8", "replace").encode(chance.choice(CODECS), "replace")
    lines[:] = text.splitlines(keepends=True) or [b""]
