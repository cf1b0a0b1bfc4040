"""Invariants of any text: every function parses or rejects it alike, and each line is accounted for."""

from __future__ import annotations

import io
from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterator, Sequence
from itertools import cycle
from random import Random
from typing import Any

from netstat_parse import Dump, NetstatParseError, parse, stream, to_json
from netstat_parse.decode.text import decode
from netstat_parse.reading.printed_texts import load_words
from netstat_parse.schema import TABLES

AS_PRINTED = ("connections", "unix_sockets", "counters")
"""Tables whose records have at least one field exactly as printed; in others all fields may be converted."""

PIECE_BYTES = (1, 7, 64, 512, 4096, 65536)
"""Sizes of the pieces that a text is read in."""

MAX_PIECES = 600
"""Maximum number of pieces of one size that a text is read in; longer texts are read in larger pieces only."""

ORDER_MARKS = (BOM_UTF16_LE, BOM_UTF16_BE)

RANDOM_PIECE_BYTES = (1, 2, 7, 80, 1000, 9999)


class Trickle:
    """A file whose reads return pieces of these sizes, over and over."""

    def __init__(self, data: bytes, sizes: Sequence[int]) -> None:
        self._data = data
        self._at = 0
        self._sizes = cycle(sizes)

    def read(self, size: int, /) -> bytes:
        start = self._at
        self._at += min(size, next(self._sizes))
        return self._data[start : self._at]


def check(data: bytes, chance: Random) -> Dump | None:
    """Parse a text with every function and check the invariants; return the document, or `None` without a table."""
    dump = parse_or_reject(data)
    if dump is None:
        return None
    check_lines(dump, decode_lines(data))
    check_snapshots(dump)
    assert to_json(data) == dump.model_dump_json().encode(), "to_json and parse differ"
    check_stream(data, dump, chance)
    check_pieces(data, chance)
    return dump


def check_pieces(data: bytes, chance: Random) -> None:
    """Check that the document, or the message of the error, is the same for pieces of any size and line by line."""
    whole = read_document(data)
    for name, source in split_into_pieces(data, chance):
        assert read_document(source) == whole, f"{name} and the whole text differ"


def split_into_pieces(data: bytes, chance: Random) -> Iterator[tuple[str, Trickle | Iterator[bytes]]]:
    """Yield sources that give the text in pieces, each with its name."""
    for size in PIECE_BYTES:
        if size < len(data) <= size * MAX_PIECES:
            yield f"pieces of {size} bytes", Trickle(data, (size,))
    yield "pieces of any size", Trickle(data, chance.choices(RANDOM_PIECE_BYTES, k=97))
    lines = data.splitlines(keepends=True) if data.startswith(ORDER_MARKS) else io.BytesIO(data).readlines()
    yield "single lines", iter(lines)
    if b"\n" in data:
        yield "lines and empty pieces", (piece for line in lines for piece in (b"", line, b""))
    if b"\0" in data[:2]:
        yield "lines of UTF-16 without ends", iter(data.split(b"\n"))


def read_document(source: bytes | Trickle | Iterator[bytes]) -> bytes:
    """Return the JSON document of a source, or the message of the error."""
    try:
        return to_json(source)
    except NetstatParseError as error:
        return str(error).encode()


def parse_or_reject(data: bytes) -> Dump | None:
    """Parse a text; return `None` without a table, if the other functions reject it with the same message."""
    try:
        return parse(data)
    except NetstatParseError as error:
        check_rejected(data, str(error))
        return None


def check_rejected(data: bytes, message: str) -> None:
    """Check that the other functions reject what `parse` rejects, with the same message."""
    for read in (to_json, lambda source: list(stream(source))):
        try:
            read(data)
        except NetstatParseError as error:
            assert str(error) == message  # noqa: PT017 - it is no test function
        else:
            raise AssertionError("parse rejects a text that another function accepts")
    check_pieces(data, Random(0))


def decode_lines(data: bytes) -> list[str]:
    """Return the decoded lines of the text."""
    text = "".join(block.text for block in decode(data, None, load_words))
    lines = text.split("\n")
    return lines if lines[-1] else lines[:-1]


def check_lines(dump: Dump, lines: list[str]) -> None:
    """Check that each line is counted once, and that each record and diagnostic belongs to a line."""
    count = dump.lines
    assert count.total == len(lines)
    assert count.total == count.records + count.headings + count.blank + count.foreign + count.unparsed
    assert count.blank >= sum(not line.strip() for line in lines)  # a line with only a quote prefix is blank too
    for table in TABLES:
        for record in get_records(dump, table):
            if table != "snapshots":
                assert 1 <= record.line <= count.total
            if table in AS_PRINTED:
                line = lines[record.line - 1]
                assert any(text in line for text in get_printed_texts(record)), (
                    f"{record!r} has no text of the line {line!r}"
                )
    errors = [record for record in dump.diagnostics if record.code in {"unparsed-line", "truncated-row"}]
    assert len({record.line for record in errors}) == count.unparsed == len(errors)
    for record in dump.diagnostics:
        assert record.line is not None
        assert record.text == lines[record.line - 1]
        assert record.column is None or record.column <= len(record.text) + 1


def get_printed_texts(record: Any) -> list[str]:  # noqa: ANN401 - a record of any table
    """Return the texts of a record; its line contains at least one of them."""
    values = (value for name, value in record.items() if name not in ("snapshot", "line"))
    printed = [value for value in values if isinstance(value, int | str) and not isinstance(value, bool)]
    return [str(value) for value in (*printed, *getattr(record, "extra", {}).values())]


def check_snapshots(dump: Dump) -> None:
    """Check that snapshots of one origin do not overlap, and that each record is in the lines of its snapshot."""
    before: dict[str | None, int] = {}
    for index, snapshot in enumerate(dump.snapshots):
        assert snapshot.index == index
        assert before.get(snapshot.origin, 0) < snapshot.first_line <= snapshot.last_line <= dump.lines.total
        before[snapshot.origin] = snapshot.last_line
    for table in TABLES:
        if table not in ("snapshots", "diagnostics"):
            for record in get_records(dump, table):
                snapshot = dump.snapshots[record.snapshot]
                assert snapshot.first_line <= record.line <= snapshot.last_line
            lines = [record.line for record in get_records(dump, table)]
            assert lines == sorted(lines)


def check_stream(data: bytes, dump: Dump, chance: Random) -> None:
    """Check that a stream has the same records."""
    found = list(stream(Trickle(data, chance.choices(RANDOM_PIECE_BYTES, k=97))))
    for table, model in TABLES.items():
        assert [record for record in found if type(record) is model] == get_records(dump, table)


def get_records(dump: Dump, table: str) -> list[Any]:
    """Return one table of a document."""
    return list(getattr(dump, table))
