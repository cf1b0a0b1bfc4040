"""Lines of several origins are read by themselves, and give snapshots of their own."""

import pytest

from netstat_parse.escapes.line_block import LineBlock, SharedLine
from netstat_parse.reading import origins
from netstat_parse.reading.origins import OriginReaders
from netstat_parse.reading.recognizer import TableRecognizer
from netstat_parse.records.rows import Rows

TITLE = "Active Internet connections (only servers)\n"
ROW = "tcp        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN     \n"


def read(*blocks: LineBlock) -> tuple[list[Rows], OriginReaders]:
    """Read all blocks."""
    readers = OriginReaders(TableRecognizer())
    rows = [rows for block in blocks for rows in readers.read(block)]
    return [*rows, *readers.end()], readers


def test_mixed_lines_are_one_snapshot_for_each_origin() -> None:
    found, readers = read(
        LineBlock(TITLE, [1], origin="a"),
        LineBlock(TITLE, [2], origin="b"),
        LineBlock(ROW, [3], origin="a"),
        LineBlock(ROW + ROW, [4, 5], origin="b"),
        LineBlock(ROW, [6], origin="a"),
    )
    records = [(rows.columns["snapshot"], rows.columns["line"]) for rows in found if rows.kind == "connections"]
    assert records == [([0], [3]), ([1, 1], [4, 5]), ([0], [6])]
    snapshots = [rows.columns for rows in found if rows.kind == "snapshots"]
    assert [columns["origin"] for columns in snapshots] == [["a"], ["b"]]
    assert [columns["last_line"] for columns in snapshots] == [[6], [5]]
    assert (readers.lines["records"], readers.lines["headings"]) == (4, 2)


def test_lines_of_one_line_are_counted_once() -> None:
    shared = LineBlock(TITLE + ROW + ROW, [2, 2, 2], shared={2: SharedLine(3)})
    found, readers = read(LineBlock("text\n", [1]), shared, LineBlock("end\n", [3]))
    assert [rows.columns["line"] for rows in found if rows.kind == "connections"] == [[2, 2]]
    assert (readers.lines["records"], readers.lines["headings"], readers.lines["foreign"]) == (1, 0, 2)


def test_snapshots_come_in_the_order_of_their_indexes() -> None:
    found, _ = read(
        LineBlock(ROW, [1], origin="a"),
        LineBlock(TITLE + ROW + TITLE + ROW, [2, 3, 4, 5], origin="b"),
        LineBlock(ROW, [6], origin="a"),
    )
    assert [rows.columns["index"] for rows in found if rows.kind == "snapshots"] == [[0], [1], [2]]


def test_many_origins_end_the_oldest_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(origins, "MAX_READERS", 2)
    blocks = [LineBlock(ROW, [number], origin=str(number)) for number in range(1, 5)]
    found, readers = read(*blocks)
    assert [rows.columns["origin"][0] for rows in found if rows.kind == "snapshots"] == ["1", "2", "3", "4"]
    assert readers.lines["records"] == 4


def test_a_command_line_without_origin_ends_the_snapshots_of_all() -> None:
    found, _ = read(
        LineBlock(ROW, [1], origin="a"),
        LineBlock("bob@web1:~$ grep LISTEN *\n", [2]),
        LineBlock(ROW, [3], origin="a"),
    )
    snapshots = [rows.columns for rows in found if rows.kind == "snapshots"]
    assert [(columns["origin"], columns["last_line"]) for columns in snapshots] == [(["a"], [1]), (["a"], [3])]


def test_a_row_waits_for_no_line_of_another_origin() -> None:
    row = ROW.rstrip("\n") + "      12/sshd\n"  # without padding the program's name may go on in the next line
    found, _ = read(*(LineBlock(row, [number], origin=origin) for number, origin in enumerate("abba", 1)))
    assert [line for rows in found if rows.kind == "connections" for line in rows.columns["line"]] == [1, 2, 3, 4]


@pytest.mark.parametrize("origin", [None, "a"])
def test_a_line_of_two_blocks_is_counted_once(origin: str | None) -> None:
    shared = {1: SharedLine(3)}
    _, readers = read(
        LineBlock(TITLE + ROW, [1, 1], shared=shared), LineBlock(ROW + ROW, [1, 2], shared=shared, origin=origin)
    )
    assert readers.lines == {"records": 2, "headings": 0, "blank": 0, "foreign": 0, "unparsed": 0}
