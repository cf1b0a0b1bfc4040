"""What holds of any text: whatever it is, it is read, or refused as a whole, and nothing of it is lost."""

from __future__ import annotations

from random import Random
from typing import Any

from netstat_parse import Dump, NetstatParseError, parse, stream, to_json
from netstat_parse.decode.text import decode
from netstat_parse.schema import TABLES
from netstat_parse.systems.vocabularies import phrases

AS_PRINTED = ("connections", "unix_sockets", "counters")
"""Tables whose records always hold something as it stands in their line; in others all may be converted."""

AS_KNOWN = {"encoding", "encoding_grounds", "captured_at"}
"""What a snapshot tells as far as it was known when it ended: a stream cannot wait for what comes behind."""

SIZES = (1, 2, 7, 80, 1000, 9999)


class Trickle:
    """A file that gives what it likes."""

    def __init__(self, data: bytes, chance: Random) -> None:
        self.data = data
        self.chance = chance

    def read(self, size: int, /) -> bytes:
        length = min(size, self.chance.choice(SIZES))
        piece, self.data = self.data[:length], self.data[length:]
        return piece


def check(data: bytes, chance: Random) -> Dump | None:
    """Read a text in every way and fail where one of them breaks a promise; the document, if there is a table."""
    try:
        dump = parse(data)
    except NetstatParseError as error:
        check_refused(data, str(error))
        return None
    check_lines(dump, lines_of(data))
    check_snapshots(dump)
    assert to_json(data) == dump.model_dump_json().encode(), "to_json is what the objects hold"
    check_streams(data, dump, chance)
    return dump


def check_refused(data: bytes, message: str) -> None:
    """What `parse` refuses, the other ways refuse with the same words."""
    for read in (to_json, lambda source: list(stream(source))):
        try:
            read(data)
        except NetstatParseError as error:
            assert str(error) == message  # noqa: PT017 - not a test by itself
        else:
            raise AssertionError("parse refuses what another reads")


def lines_of(data: bytes) -> list[str]:
    """The lines of the text, as they are decoded."""
    text = "".join(block.text for block in decode(data, None, phrases))
    lines = text.split("\n")
    return lines if lines[-1] else lines[:-1]


def check_lines(dump: Dump, lines: list[str]) -> None:
    """Each line is counted once, and each record and diagnostic stands in a line."""
    count = dump.lines
    assert count.total == len(lines)
    assert count.total == count.records + count.headings + count.blank + count.foreign + count.unparsed
    assert count.blank >= sum(not line.strip() for line in lines)  # a mark of quotation leaves others blank
    for table in TABLES:
        for record in records(dump, table):
            if table != "snapshots":
                assert 1 <= record.line <= count.total
            if table in AS_PRINTED:
                line = lines[record.line - 1]
                assert any(text in line for text in texts(record)), f"{record!r} is not of the line {line!r}"
    errors = [record for record in dump.diagnostics if record.severity == "error"]
    assert len({record.line for record in errors}) == count.unparsed == len(errors)
    for record in dump.diagnostics:
        assert record.line is not None
        assert record.text == lines[record.line - 1]
        assert record.column is None or record.column <= len(record.text) + 1


def texts(record: Any) -> list[str]:  # noqa: ANN401 - a record of any table
    """What of a record may stand in its line as it is: some of it does."""
    values = (value for name, value in record if name not in ("snapshot", "line"))
    told = [value for value in values if isinstance(value, int | str) and not isinstance(value, bool)]
    return [str(value) for value in (*told, *getattr(record, "extra", {}).values())]


def check_snapshots(dump: Dump) -> None:
    """Snapshots stand one behind the other, and each record stands in its own."""
    before = 0
    for index, snapshot in enumerate(dump.snapshots):
        assert snapshot.index == index
        assert before < snapshot.first_line <= snapshot.last_line <= dump.lines.total
        before = snapshot.last_line
    for table in TABLES:
        if table not in ("snapshots", "diagnostics"):
            for record in records(dump, table):
                snapshot = dump.snapshots[record.snapshot]
                assert snapshot.first_line <= record.line <= snapshot.last_line
            lines = [record.line for record in records(dump, table)]
            assert lines == sorted(lines)


def check_streams(data: bytes, dump: Dump, chance: Random) -> None:
    """The records are the same however the text comes in."""
    found = list(stream(Trickle(data, chance)))
    for table, model in TABLES.items():
        left_out = AS_KNOWN if table == "snapshots" else set()
        streamed = [record.model_dump(exclude=left_out) for record in found if type(record) is model]
        assert streamed == [record.model_dump(exclude=left_out) for record in records(dump, table)]


def records(dump: Dump, table: str) -> list[Any]:
    """One table of a document."""
    return list(getattr(dump, table))
