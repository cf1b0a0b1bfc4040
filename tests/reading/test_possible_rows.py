"""A foreign line in which a row may stand is reported, one diagnostic for a run."""

from netstat_parse.escapes.line_block import LineBlock
from netstat_parse.reading.origins import OriginReaders
from netstat_parse.reading.recognizer import TableRecognizer

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
