"""Samples as other tools wrap them: several lines of netstat in one line of the input, and one line in several.

Each wrapping changes a whole text. Two or three are applied, so that they are nested: rows behind prefixes in a string
of JSON, or a recording of a terminal in a mail.
"""

from __future__ import annotations

import json
import quopri
from collections.abc import Callable
from random import Random

from fuzz import invariants
from fuzz.mutations import PREFIXES, mutate
from fuzz.terminals import SMALL_SAMPLES, make_sequence
from netstat_parse import Dump

MAX_LINES = 40
"""Lines of a sample: its first ones, and some from its middle."""

MOVES = (
    "\x1b[A",
    "\x1b[B",
    "\x1b[1;1H",
    "\x1b[3;9H",
    "\x1b[2J",
    "\x1b[H",
    "\x1b[5G",
    "\x1b[K",
    "\x1bD",
    "\x1bE",
    "\x1bM",
    "\r",
)
"""Sequences that move the cursor or erase."""


def add_prefix(text: str, chance: Random) -> str:
    """Add a prefix to all lines."""
    prefix = chance.choice(PREFIXES).decode("latin-1")
    return "".join(prefix + line for line in text.splitlines(keepends=True))


def add_hosts(text: str, chance: Random) -> str:
    """Add the names of a few hosts to the lines, mixed or in turn."""
    separator = chance.choice((": ", ":", " | ", "     "))
    return "".join(f"h{chance.randrange(3)}{separator}{line}" for line in text.splitlines(keepends=True))


def move_cursor(text: str, chance: Random) -> str:
    """Insert sequences within lines."""
    lines = text.splitlines(keepends=True)
    for _ in range(chance.choice((1, 2, 5, 20))):
        at = chance.randrange(len(lines))
        cut = chance.randint(0, len(lines[at]))
        sequence = chance.choice(MOVES) if chance.random() < 0.8 else make_sequence(chance)
        lines[at] = lines[at][:cut] + sequence + lines[at][cut:]
    return "".join(lines)


def dump_json(text: str, chance: Random) -> str:
    """Write the text as one string of JSON, or as several."""
    lines = text.splitlines(keepends=True)
    cut = chance.randint(0, len(lines))
    parts = chance.choice(([lines], [lines[:cut], lines[cut:]]))
    strings = [json.dumps("".join(part), ensure_ascii=chance.random() < 0.5) for part in parts]
    form = chance.choice(('{{"stdout":{}}}\n', '{{"host": "h1", "stdout": {}, "rc": 0}}\n', "{}\n", '    "msg": {},\n'))
    return "".join(map(form.format, strings))


def dump_json_lines(text: str, chance: Random) -> str:
    """Write the lines as a list of JSON."""
    indent = chance.choice((None, 4))
    return json.dumps({"stdout_lines": text.splitlines()}, indent=indent, ensure_ascii=False) + "\n"


def fold_yaml(text: str, chance: Random) -> str:
    """Write the text as a string of YAML in double quotes, which is folded."""
    string, lines = json.dumps(text), list[str]()
    while string:
        cut = chance.choice((40, 72, 78))
        lines.append(string[:cut])
        string = string[cut:]
    return "stdout: " + "\\\n    \\".join(lines) + "\n"


def break_softly(text: str, chance: Random) -> str:
    """Encode the text as quoted-printable, or break some lines so."""
    if chance.random() < 0.5:
        return quopri.encodestring(text.encode()).decode("latin-1")
    return "".join(
        line[:40] + "=\n" + line[40:] if chance.random() < 0.5 else line for line in text.splitlines(keepends=True)
    )


def repeat(text: str, chance: Random) -> str:
    """Repeat the text."""
    return text * chance.choice((2, 3))


WRAPPINGS: tuple[Callable[[str, Random], str], ...] = (
    add_prefix,
    add_hosts,
    move_cursor,
    dump_json,
    dump_json_lines,
    fold_yaml,
    break_softly,
    repeat,
)


def make_wrapped(chance: Random) -> bytes:
    """Wrap a part of a sample, which may be damaged; the bytes may be UTF-16, cut at any byte."""
    data = chance.choice(SMALL_SAMPLES).read_bytes()
    if chance.random() < 0.3:
        data = mutate(data, chance)
    lines = data.splitlines(keepends=True)
    start = chance.randrange(len(lines) or 1)
    text = b"".join(lines[: chance.randint(1, 8)] + lines[start : start + chance.randint(1, MAX_LINES)]).decode(
        "latin-1"
    )
    for wrap in chance.choices(WRAPPINGS, k=chance.randint(1, 3)):
        text = wrap(text, chance) if text else text
    data = text.encode(chance.choice(("latin-1", "utf-8", "utf-16", "utf-16-le", "utf-16-be")), "replace")
    return data[: len(data) - chance.choice((0, 0, 1, 2, 3, 5))]


def check_wrapped(data: bytes, chance: Random) -> None:
    """Check the sums, and that the document is the same whatever the source."""
    dump = invariants.parse_or_reject(data)
    if dump is None:
        return
    check_sums(dump)
    invariants.check_stream(data, dump, chance)
    invariants.check_pieces(data, chance)


def check_sums(dump: Dump) -> None:
    """Check that each line is counted once, also if it holds snapshots, records and errors, or was joined to another."""
    count = dump.lines
    assert count.total == count.records + count.headings + count.blank + count.foreign + count.unparsed
    assert all(1 <= record.line <= count.total for record in dump.diagnostics if record.line is not None)
    errors = {record.line for record in dump.diagnostics if record.code in {"unparsed-line", "truncated-row"}}
    assert errors or not count.unparsed, "a line is unparsed without an error"
