"""Invariants of any text: every function parses or rejects it alike, and each line is accounted for."""

from __future__ import annotations

from random import Random
from typing import Any

from netstat_parse import Dump, NetstatParseError, parse, stream, to_json
from netstat_parse.decode.text import decode
from netstat_parse.schema import TABLES
from netstat_parse.systems.vocabularies import phrases

AS_PRINTED = ("connections", "unix_sockets", "counters")
"""Tables whose records have at least one field exactly as printed; in others all fields may be converted."""

NOT_FINAL = {"encoding", "encoding_grounds", "captured_at"}
"""Fields of a snapshot that lines after its end can change, so that a stream may differ."""

CHUNK_BYTES = (1, 2, 7, 80, 1000, 9999)


class Trickle:
    """A file whose reads return chunks of random sizes."""

    def __init__(self, data: bytes, chance: Random) -> None:
        self.data = data
        self.chance = chance

    def read(self, size: int, /) -> bytes:
        length = min(size, self.chance.choice(CHUNK_BYTES))
        chunk, self.data = self.data[:length], self.data[length:]
        return chunk


def check(data: bytes, chance: Random) -> Dump | None:
    """Parse a text with every function and check the invariants; return the document, or `None` without a table."""
    try:
        dump = parse(data)
    except NetstatParseError as error:
        check_rejected(data, str(error))
        return None
    check_lines(dump, decode_lines(data))
    check_snapshots(dump)
    assert to_json(data) == dump.model_dump_json().encode(), "to_json and parse differ"
    check_streams(data, dump, chance)
    return dump


def check_rejected(data: bytes, message: str) -> None:
    """Check that the other functions reject what `parse` rejects, with the same message."""
    for read in (to_json, lambda source: list(stream(source))):
        try:
            read(data)
        except NetstatParseError as error:
            assert str(error) == message  # noqa: PT017 - it is no test function
        else:
            raise AssertionError("parse rejects a text that another function accepts")


def decode_lines(data: bytes) -> list[str]:
    """Return the decoded lines of the text."""
    text = "".join(block.text for block in decode(data, None, phrases))
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
    values = (value for name, value in record if name not in ("snapshot", "line"))
    printed = [value for value in values if isinstance(value, int | str) and not isinstance(value, bool)]
    return [str(value) for value in (*printed, *getattr(record, "extra", {}).values())]


def check_snapshots(dump: Dump) -> None:
    """Check that snapshots do not overlap, and that each record is in the lines of its snapshot."""
    before = 0
    for index, snapshot in enumerate(dump.snapshots):
        assert snapshot.index == index
        assert before < snapshot.first_line <= snapshot.last_line <= dump.lines.total
        before = snapshot.last_line
    for table in TABLES:
        if table not in ("snapshots", "diagnostics"):
            for record in get_records(dump, table):
                snapshot = dump.snapshots[record.snapshot]
                assert snapshot.first_line <= record.line <= snapshot.last_line
            lines = [record.line for record in get_records(dump, table)]
            assert lines == sorted(lines)


def check_streams(data: bytes, dump: Dump, chance: Random) -> None:
    """Check that a stream has the same records for any size of chunks."""
    found = list(stream(Trickle(data, chance)))
    for table, model in TABLES.items():
        excluded = NOT_FINAL if table == "snapshots" else set()
        streamed = [record.model_dump(exclude=excluded) for record in found if type(record) is model]
        assert streamed == [record.model_dump(exclude=excluded) for record in get_records(dump, table)]


def get_records(dump: Dump, table: str) -> list[Any]:
    """Return one table of a document."""
    return list(getattr(dump, table))
