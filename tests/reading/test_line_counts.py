"""Each line of an input is counted once, whatever it holds."""

from netstat_parse.reading.line_counts import LineCounts


def test_a_line_that_holds_several_lines_is_counted_once_with_its_best_outcome() -> None:
    counts = LineCounts()
    counts.add_shared("headings", [1])
    counts.add_shared("records", [1, 1])
    counts.add_shared("foreign", [1, 2])
    counts.close_before(3)
    assert (counts.counts["records"], counts.counts["foreign"], counts.counts["headings"]) == (1, 1, 0)


def test_joined_lines_have_the_outcome_of_their_line() -> None:
    counts = LineCounts()
    counts.join(4, 2)
    counts.add_shared("records", [4])
    counts.close_before(5)
    assert counts.counts["records"] == 3
    assert not counts.is_shared


def test_a_line_is_open_until_no_more_lines_come_from_it() -> None:
    counts = LineCounts()
    counts.add_shared("records", [4])
    counts.close_before(4)
    assert counts.counts["records"] == 0
