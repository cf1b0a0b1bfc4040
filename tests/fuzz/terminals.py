"""Samples as a terminal would record them: with escape sequences, control characters and markup in random places."""

from __future__ import annotations

import re
from random import Random
from tempfile import TemporaryFile

from fuzz import invariants
from fuzz.mutations import mutate
from netstat_parse import Dump, NetstatParseError
from netstat_parse.formats.registry import WRITERS, write
from netstat_parse.formats.task import WriteTask
from netstat_parse.reading.pipeline import Reading
from support.samples import SAMPLES

SMALL_SAMPLES = [path for path in SAMPLES if path.stat().st_size < 4000]

FINALS = "@ABCDEFGHJKLMPSTXZ`abcdefghilmnpqrstu~"
"""Final bytes of control sequences (ECMA-48 5.4)."""

CONTROLS = (
    *map(chr, range(0x20)),
    "\x7f",
    *map(chr, range(0x80, 0xA0)),
    "\xad",
    "\u200b",
    "\u202e",
    "\u2066",
    "\u2028",
)

STRINGS = (
    "\x1b]0;{}\x07",
    "\x1b]8;;{}\x1b\\",
    "\x1bP{}\x1b\\",
    "\x1b_{}\x1b\\",
    "\x9d{}\x9c",
    "\x1b]52;c;{}",
    "\x1b^{}",
)
"""Control strings: titles, links, clipboard; the last two have no end."""

MARKUP = (
    "[red]",
    "[/x]",
    "[link=http://a]b",
    "@user",
    "#1",
    "<b>",
    "`",
    "|",
    "=1+1",
    ";=1+1",
    "\\",
    "&amp;",
    "![a](b)",
)

SAFE_FORMATS = ("table", "markdown", "csv", "tsv", "json", "ndjson")
"""Formats that are printed on terminals: without any control character but the ends of lines."""

_UNSAFE = re.compile(r"[\0-\x09\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u2028\u2029]")

_CONTROL = re.compile(rb"[\0-\x09\x0b\x0c\x0e-\x1f]")


def make_recording(chance: Random) -> bytes:
    """Insert sequences into a sample, which may be damaged and encoded in another way."""
    data = chance.choice(SMALL_SAMPLES).read_bytes()
    if chance.random() < 0.3:
        data = mutate(data, chance)
    lines = data.decode("latin-1").splitlines(keepends=True) or [""]
    for _ in range(chance.choice((1, 3, 10, 100))):
        at = chance.randrange(len(lines))
        cut = chance.randint(0, len(lines[at]))
        lines[at] = lines[at][:cut] + make_sequence(chance) + lines[at][cut:]
    return "".join(lines).encode(chance.choice(("utf-8", "utf-8", "latin-1", "utf-16")), "replace")


def make_sequence(chance: Random) -> str:
    """Make a sequence of escape or control characters, or markup; it may have no end."""
    kind = chance.randrange(6)
    if kind == 0:
        parameters = ";".join(str(chance.choice((0, 1, 2, 4, 31, 80, 1049, 99999))) for _ in range(chance.randrange(4)))
        prefix = chance.choice(("\x1b[", "\x1b[", "\x9b", "\x1b[?", "\x1b[>"))
        return prefix + parameters + chance.choice(FINALS)
    if kind == 1:
        return chance.choice(STRINGS).format(chance.choice(("text", "http://a", "", "\n", "tcp 0 0 1.2.3.4:5")))
    if kind == 2:
        return "\x1b" + chance.choice(("", "7", "8", "c", "(0", "(B", "D", "M", "#8", "%G", "[", "]", "=", " F"))
    if kind == 3:
        return chance.choice(
            ("a\bb", "\b \b", "_\b", "\r", "\x1b[K", "\x1b[3D", "\x1b[2J\x1b[H", "\x1b[A")
        ) * chance.randint(1, 9)
    if kind == 4:
        return "".join(chance.choices(CONTROLS, k=chance.randint(1, 4)))
    return chance.choice(MARKUP)


def check_recording(data: bytes, chance: Random) -> None:
    """Check the sums, and that no format prints a control character of the input."""
    dump = invariants.parse_or_reject(data)
    if dump is None:
        return
    check_sums(dump)
    invariants.check_snapshots(dump)
    invariants.check_stream(data, dump, chance)
    invariants.check_pieces(data, chance)
    for form in WRITERS:
        with TemporaryFile() as file:
            write(WriteTask(Reading(data, name="\x1b[31m[/x]"), file, is_one_of_several=True), form)
            file.seek(0)
            written = file.read()
        allowed = b"\t" if form == "tsv" else b""
        if form in SAFE_FORMATS:
            text = written.decode().translate({9: " "} if allowed else {})
            assert not (found := _UNSAFE.search(text)), f"{found[0]!a} in {form}"
        elif form != "csv-raw":
            assert not (control := _CONTROL.search(written)), f"{control[0]!a} in {form}"
    check_messages(data)


def check_sums(dump: Dump) -> None:
    """Check that each line is counted once. A line that paints a screen anew may have a row and an error."""
    count = dump.lines
    assert count.total == count.records + count.headings + count.blank + count.foreign + count.unparsed
    errors = {record.line for record in dump.diagnostics if record.code in {"unparsed-line", "truncated-row"}}
    assert len(errors) >= count.unparsed, "a line is unparsed without an error"


def check_messages(data: bytes) -> None:
    """Check that no message about the input has a control character."""
    rows = [rows for rows in Reading(data, name="\x1b[31m[/x]").rows() if rows.kind == "diagnostics"]
    for columns in (found.columns for found in rows):
        for message, line, text in zip(columns["message"], columns["line"], columns["text"], strict=True):
            error = NetstatParseError(message, name="\x1b[31m", line=line, column=1, text=text)
            assert not (found := _UNSAFE.search(str(error))), f"{found[0]!a} in a message"
