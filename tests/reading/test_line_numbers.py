"""Each line that is read has the number of the input's line that it comes from."""

from netstat_parse.reading.line_numbers import LineNumbers


def numbers(*segments: range | list[int]) -> LineNumbers:
    """Return the numbers of lines in these segments."""
    found = LineNumbers()
    for segment in segments:
        found.add(segment)
    return found


def test_blocks_that_follow_each_other_are_one_segment() -> None:
    found = numbers(range(1, 3), range(3, 9))
    assert found.is_continuous
    assert [found.of(line) for line in (1, 2, 3, 8)] == [1, 2, 3, 8]


def test_several_lines_may_come_from_one_line() -> None:
    found = numbers(range(1, 3), [3, 3, 3, 4], range(5, 7))
    assert [found.of(line) for line in range(1, 9)] == [1, 2, 3, 3, 3, 4, 5, 6]
    assert not found.is_continuous


def test_lines_that_were_joined_leave_a_gap() -> None:
    assert [numbers([1, 3, 4]).of(line) for line in (1, 2, 3)] == [1, 3, 4]


def test_a_line_behind_the_last_one_has_the_next_number() -> None:
    assert numbers(range(1, 3)).of(3) == 3
    assert numbers([7, 7]).of(3) == 8
    assert LineNumbers().of(1) == 1


def test_segments_that_are_no_longer_needed_are_forgotten() -> None:
    found = numbers([1, 1], range(2, 5))
    found.forget_before(3)
    assert found.is_continuous
    assert found.of(3) == 2
