"""A foreign line in which a row may stand is reported, one diagnostic for a run."""

import pytest

from netstat_parse.escapes.line_block import LineBlock
from netstat_parse.reading.origins import OriginReaders
from netstat_parse.reading.recognizer import TableRecognizer

PROSE = "The server was restarted on Monday because the update had failed.\n" * 12

ROW = "tcp        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN     "


def diagnostics(text: str, possible: dict[int, int]) -> list[tuple[int, str, int | None]]:
    readers = OriginReaders(TableRecognizer())
    block = LineBlock(text, range(1, text.count("\n") + 1), possible_rows=possible)
    rows = [*readers.read(block), *readers.end()]
    found = [one.columns for one in rows if one.kind == "diagnostics"]
    return [
        (line, code, column)
        for one in found
        for line, code, column in zip(one["line"], one["code"], one["column"], strict=True)
    ]


def test_a_run_of_possible_rows_is_one_diagnostic() -> None:
    text = f"text\n(1) {ROW}\n(2) {ROW}\nmore text\n"
    assert diagnostics(text, {1: 5, 2: 5}) == [(2, "possible-row", 5)]


def test_two_runs_are_two_diagnostics() -> None:
    text = f"(1) {ROW}\n" + "text\n" * 20 + f"(2) {ROW}\n"
    assert diagnostics(text, {0: 5, 21: 5}) == [(1, "possible-row", 5), (22, "possible-row", 5)]


def test_a_line_that_was_read_is_no_possible_row() -> None:
    assert diagnostics(f"{ROW}\n{ROW}\n", {1: 5}) == []


DAMAGED_ROWS = [
    "tcp        0      0 10.0.0.1:22             10.0.0.2:4711           ESTABLISHED >",
    "tcp        0      0 10.0.0.1:22             10.0.0.2:4711           ESTABLISHED }",
    "tcp        0      0 10.0.0.1:22             10.0.0.2:47|11          ESTABLISHED",
    "tcp        0      0 10.0.0.1:22         ",
    "udp        0      0 0.0.0.0:68              0.0.0.0:*                           }}",
    "tcp6       0      0 :::22",
    "unix  2      [ ACC ]     STREAM     LISTE",
]


@pytest.mark.parametrize("row", DAMAGED_ROWS)
@pytest.mark.parametrize("above", ["", f"{ROW}\n"], ids=["no table", "a table above"])
def test_a_damaged_row_alone_in_foreign_text_is_reported(row: str, above: str) -> None:
    text = f"{above}{PROSE}{row}\n{PROSE}"
    line = text.count("\n", 0, text.index(row)) + 1
    assert [code for number, code, _ in diagnostics(text, {}) if number == line] == ["possible-row"]


OTHER_ROWS = [
    "tcp4       0      0  192.168.1.5.52345      17.57.144.84.5223      ESTABLISHED",
    "tcp6       0      0  fe80::1%lo0.123        *.*                    LISTEN",
]


@pytest.mark.parametrize("row", OTHER_ROWS)
def test_a_row_of_another_system_is_no_possible_row(row: str) -> None:
    assert "possible-row" not in [code for _, code, _ in diagnostics(f"{PROSE}{row}\n{PROSE}", {})]
