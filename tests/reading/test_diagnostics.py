"""Diagnostics explain single lines, in the order of the lines."""

import pytest

from netstat_parse import parse

ROW = "tcp        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN     \n"


def test_a_row_that_was_cut_names_the_missing_column() -> None:
    (found,) = parse(f"{ROW}{ROW[:32]}\n").diagnostics
    assert (found.code, found.line, found.column) == ("truncated-row", 2, 33)


def test_text_within_a_row_is_reported_with_its_column() -> None:
    (found,) = parse(f"{ROW}tcp        0      many\n").diagnostics
    assert (found.code, found.column) == ("unparsed-line", 19)


@pytest.mark.parametrize("line", ["some text", "tcp"])
def test_a_fragment_between_two_rows_is_reported(line: str) -> None:
    (found,) = parse(f"{ROW}{line}\n{ROW}").diagnostics
    assert (found.code, found.line) in {("unparsed-line", 2), ("truncated-row", 2)}


def test_diagnostics_come_in_the_order_of_their_lines() -> None:
    text = f"{ROW}some text\n{ROW.replace('LISTEN  ', 'SLEEPING')}{ROW[:32]}\n{ROW}"
    assert [(found.line, found.code) for found in parse(text).diagnostics] == [
        (2, "unparsed-line"),
        (3, "unknown-state"),
        (4, "truncated-row"),
    ]


def test_a_line_that_was_decoded_with_losses_is_reported() -> None:
    (found,) = parse(b"unix  2      [ ]         DGRAM                    274   /bad-\xff\n").diagnostics
    assert (found.code, found.line) == ("undecodable-bytes", 1)
