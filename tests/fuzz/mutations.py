"""Mutations of a text that imitate damaged logs and malicious input.

Each changes the lines of a text, with their line ends, in place. The random numbers come from a `random.Random` or from
Hypothesis, which then minimizes the failures.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from random import Random
from typing import NamedTuple

from support.samples import SAMPLES

MAX_MUTATIONS = 4
"""Maximum number of mutations of one text."""

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
PREFIXES = (
    *(b" ", b"    ", b"> ", b"\t", b"12: ", b"file.txt:", b"+", b"2024-05-01T12:00:00Z ", b"| "),
    *(
        b"host1:",
        b"foo: ",
        b"12:",
        b"web1 | ",
        b"[req-1] ",
        b"# ",
        b"a.txt:12:",
        b"May  1 12:00:00 host1 foo: ",
        b"<13>",
    ),
)
LENGTHS = (20, 100, 400, 5000)
CODECS = ("utf-16", "utf-16-be", "cp850", "cp1251", "cp932", "utf-8-sig", "latin-1")

Lines = list[bytes]


class Mutation(NamedTuple):
    """A function that changes the lines of a text, and its name."""

    name: str
    apply: Callable[[Lines, Random], None]


MUTATIONS: list[Mutation] = []
"""All mutations."""


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


def make_damaged_sample(chance: Random) -> bytes:
    """Choose a sample and apply a few mutations to it."""
    return mutate(chance.choice(SAMPLES).read_bytes(), chance)


def choose_line(lines: Lines, chance: Random) -> int:
    """Choose a line, preferring those with several fields."""
    places = [chance.randrange(len(lines)) for _ in range(3)]
    return max(places, key=lambda at: min(len(lines[at].split()), 4))


def strip_line_end(line: bytes) -> bytes:
    """Return the line without its line end."""
    return line.rstrip(b"\r\n")


@mutation
def drop_lines(lines: Lines, chance: Random) -> None:
    """Remove some lines."""
    at = chance.randrange(len(lines))
    del lines[at : at + chance.choice((1, 1, 2, 5, 20))]


@mutation
def duplicate(lines: Lines, chance: Random) -> None:
    """Repeat a block of lines."""
    at = chance.randrange(len(lines))
    lines[at:at] = lines[at : at + chance.choice((1, 1, 2, 10, 100))]


@mutation
def move_line(lines: Lines, chance: Random) -> None:
    """Move a line."""
    line = lines.pop(chance.randrange(len(lines)))
    lines.insert(chance.randint(0, len(lines)), line)


@mutation
def cut_line(lines: Lines, chance: Random) -> None:
    """Remove the end or the start of a line."""
    at = choose_line(lines, chance)
    text = strip_line_end(lines[at])
    end, cut = lines[at][len(text) :], chance.randint(0, len(text))
    lines[at] = chance.choice((text[:cut], text[cut:])) + end


@mutation
def cut_text(lines: Lines, chance: Random) -> None:
    """Remove the end or the start of the text, at any place in a line."""
    at = choose_line(lines, chance)
    cut = chance.randint(0, len(lines[at]))
    if chance.random() < 0.5:
        lines[at:] = [lines[at][:cut]]
    else:
        lines[: at + 1] = [lines[at][cut:]]


@mutation
def join_lines(lines: Lines, chance: Random) -> None:
    """Join a line with the next."""
    at = chance.randrange(len(lines))
    lines[at] = strip_line_end(lines[at]) + chance.choice((b"", b" "))


@mutation
def wrap_line(lines: Lines, chance: Random) -> None:
    """Wrap a line, as a console does."""
    at = choose_line(lines, chance)
    cut = chance.choice((40, 72, 79, 80, chance.randint(0, len(lines[at]))))
    lines[at] = lines[at][:cut] + chance.choice((b"\n", b"\r\n", b"=\n", b"\n> ")) + lines[at][cut:]


@mutation
def splice_sample(lines: Lines, chance: Random) -> None:
    """Insert lines of another sample, between lines or in the middle of one."""
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
    """Replace a field with a field of another row, in this text or in another sample."""
    at, source = choose_line(lines, chance), lines
    if chance.random() < 0.3:
        source = chance.choice(SAMPLES).read_bytes().splitlines(keepends=True) or [b""]
    fields = _FIELD.findall(source[choose_line(source, chance)])
    replace_one(_FIELD, chance.choice(fields) if fields else b"", lines, at, chance)


def replace_one(pattern: re.Pattern[bytes], new: bytes, lines: Lines, at: int, chance: Random) -> None:
    """Replace one match of the pattern in the line with `new`."""
    found = list(pattern.finditer(lines[at]))
    if found:
        match = chance.choice(found)
        lines[at] = lines[at][: match.start()] + new + lines[at][match.end() :]


@mutation
def drop_field(lines: Lines, chance: Random) -> None:
    """Remove a field."""
    replace_one(_FIELD, b"", lines, choose_line(lines, chance), chance)


@mutation
def lengthen_number(lines: Lines, chance: Random) -> None:
    """Replace a number with one of many digits."""
    replace_one(
        _NUMBER,
        b"9" * chance.choice((2, 5, 9, 10, 19, 20, 21, 100, 400, 5000)),
        lines,
        choose_line(lines, chance),
        chance,
    )


@mutation
def change_number(lines: Lines, chance: Random) -> None:
    """Replace a number with one of another format."""
    replace_one(_NUMBER, chance.choice(NUMBERS), lines, choose_line(lines, chance), chance)


@mutation
def change_blanks(lines: Lines, chance: Random) -> None:
    """Change the blanks between two fields."""
    replace_one(_BLANKS, chance.choice(BLANKS), lines, choose_line(lines, chance), chance)


@mutation
def change_all_blanks(lines: Lines, chance: Random) -> None:
    """Change all blanks, as a web page or a mail program does."""
    blank = chance.choice(BLANKS)
    lines[:] = [_BLANKS.sub(blank, line) for line in lines]


@mutation
def add_prefix_or_suffix(lines: Lines, chance: Random) -> None:
    """Add a prefix or suffix to every line."""
    text = chance.choice(PREFIXES)
    if chance.random() < 0.5:
        lines[:] = [text + line for line in lines]
    else:
        lines[:] = [strip_line_end(line) + text + line[len(strip_line_end(line)) :] for line in lines]


@mutation
def change_line_ends(lines: Lines, chance: Random) -> None:
    """Change the line ends, of all lines or of one."""
    end = chance.choice(ENDS)
    if chance.random() < 0.5:
        lines[:] = [strip_line_end(line) + end for line in lines]
    else:
        at = chance.randrange(len(lines))
        lines[at] = strip_line_end(lines[at]) + end


@mutation
def flip_bits(lines: Lines, chance: Random) -> None:
    """Flip one bit in some bytes."""
    for _ in range(chance.choice((1, 1, 5, 50))):
        at = chance.randrange(len(lines))
        line = bytearray(lines[at])
        if line:
            line[chance.randrange(len(line))] ^= 1 << chance.randrange(8)
            lines[at] = bytes(line)


@mutation
def insert_odd_text(lines: Lines, chance: Random) -> None:
    """Insert control characters, invalid bytes or punctuation."""
    at = choose_line(lines, chance)
    cut = chance.randint(0, len(lines[at]))
    lines[at] = lines[at][:cut] + chance.choice(ODD_TEXTS) * chance.choice((1, 1, 2, 30)) + lines[at][cut:]


@mutation
def lengthen_line(lines: Lines, chance: Random) -> None:
    """Lengthen a line, beyond what any netstat prints."""
    at = choose_line(lines, chance)
    cut = chance.randint(0, len(lines[at]))
    filling = chance.choice(FILLINGS)
    lines[at] = lines[at][:cut] + filling * (chance.choice(LENGTHS) // len(filling)) + lines[at][cut:]


@mutation
def replace_field_with_unicode(lines: Lines, chance: Random) -> None:
    """Replace a field with any characters."""
    letters = (
        chr(chance.choice((chance.randrange(0x20, 0x250), chance.randrange(0xD7FF))))
        for _ in range(chance.randint(1, 12))
    )
    replace_one(_FIELD, "".join(letters).encode(), lines, choose_line(lines, chance), chance)


@mutation
def change_encoding(lines: Lines, chance: Random) -> None:
    """Encode the text in another encoding."""
    text = b"".join(lines).decode("utf-8", "replace").encode(chance.choice(CODECS), "replace")
    lines[:] = text.splitlines(keepends=True) or [b""]
