"""Each line of an input is counted once, whatever it holds."""

from netstat_parse.escapes.line_block import SharedLine
from netstat_parse.reading.line_counts import LineCounts


def test_a_line_that_holds_several_lines_is_counted_once_with_its_best_outcome() -> None:
    counts = LineCounts()
    counts.share({1: SharedLine(held=4)})
    counts.add_numbered("headings", [1])
    counts.add_numbered("records", [1, 1])
    counts.add_numbered("foreign", [1, 2])
    assert (counts.counts["records"], counts.counts["foreign"], counts.counts["headings"]) == (1, 1, 0)


def test_joined_lines_have_the_outcome_of_their_line() -> None:
    counts = LineCounts()
    counts.share({4: SharedLine(joined=2)})
    counts.add_numbered("records", [4])
    assert counts.counts["records"] == 3
    assert not counts.has_shared


def test_a_line_is_open_until_all_that_it_holds_is_counted() -> None:
    counts = LineCounts()
    counts.share({4: SharedLine(held=2)})
    counts.add_numbered("records", [4])
    counts.share({4: SharedLine(held=2)})  # the second half comes in another block
    assert counts.counts["records"] == 0
    counts.add_numbered("foreign", [4])
    assert counts.counts["records"] == 1
