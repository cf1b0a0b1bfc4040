"""The seconds between two time stamps, or None where they are not certain."""

import pytest

from netstat_parse import parse
from netstat_parse.insight.compare.times import find_steps, seconds_between
from netstat_parse.insight.moments import split_moments

PAIRS = [
    ("2026-11-29T10:00:00Z", "2026-11-29 11:00:30+01:00", 30),
    ("2026-11-29 10:00:00", "2026-11-29 10:00:05.500", 5.5),
    ("2026-11-29 10:00:00,123", "2026-11-29 09:00:00,123", -3600),
    ("2026-11-29 10:00:00", "2026-11-29 10:00:00Z", None),  # a zone on one side only
    ("Sun Nov 29 10:00:00 UTC 2026", "Sun Nov 29 10:01:00 UTC 2026", 60),
    ("Sun Nov 29 05:20:43 AM UTC 2026", "Sun Nov 29 05:21:43 PM UTC 2026", 43260),
    ("Sun Nov 29 10:00:00 2026", "Sun Nov 29 10:01:00 2026", 60),
    ("Sun Oct 25 02:59:00 CEST 2026", "Sun Oct 25 02:01:00 CET 2026", 120),
    ("Sun Nov  1 01:59:00 CDT 2026", "Sun Nov  1 01:01:00 CST 2026", 120),
    ("Sun Nov 29 10:00:00 CST 2026", "Sun Nov 29 10:00:09 CST 2026", 9),
    ("Sun Nov 29 10:00:00 CST 2026", "Sun Nov 29 10:00:09 UTC 2026", None),  # CST is also a zone of China
    ("Nov 29 10:00:00", "Nov 29 10:00:09", 9),
    ("Dec 31 23:59:59", "Jan  1 00:00:01", 2),
    ("29/Nov/2026:10:00:00 +0000", "29/Nov/2026:10:00:10 +0000", 10),
    ("29-Nov-2026 10:00:00", "29-Nov-2026 10:00:10", 10),
    ("Nov 29, 2026 10:00:00 AM", "Nov 29, 2026 10:00:01 AM", 1),
    ("11/29/2026 10:00:00 PM", "11/30/2026 1:00:00 AM", 10800),
    ("11/05/2026 10:00:00", "11/06/2026 10:00:00", None),  # a day, or a month
    ("11/05/2026 10:00:00", "11/05/2026 10:00:08", 8),
    ("Sun 11/29/2026 10:00:00.12", "Sun 11/29/2026 10:00:01.12", 1),
    ("So 29.11.2026 10:00:00,12", "So 29.11.2026 10:00:01,12", 1),
    ("29.11.2026 10:00", "29.11.2026 10:05", 300),
    ("2026/11/29 10:00:00", "2026/11/29 10:00:01", 1),
    ("23:59:58", "00:00:02", 4),
    ("10:00", "10:00", None),  # up to a minute
    ("1700000000", "1700000005.5", 5.5),
    ("1700000000123", "1700000000623", 0.5),
    ("1700000000", "2023-11-14T22:13:25Z", 5),
    ("13/13/2026 10:00:00", "13/13/2026 10:00:01", None),
    ("yesterday", "today", None),
]


@pytest.mark.parametrize(("before", "after", "seconds"), PAIRS)
def test_the_seconds_between_two_time_stamps(before: str, after: str, seconds: float | None) -> None:
    assert seconds_between(before, after) == seconds


ROUND = "Ip:\n    5 total packets received\nTcp:\n    1 active connection openings\n"


def steps(text: str) -> list[float | None]:
    return find_steps(split_moments(parse(text)))


def test_each_stamp_of_a_log_counts() -> None:
    assert steps("".join(f"2026-11-29T10:00:{at:02}Z\n$ netstat -s\n{ROUND}\n" for at in (0, 5, 12))) == [5, 7]


def test_the_rounds_of_one_run_share_the_time_between_its_stamps() -> None:
    log = f"2026-11-29T10:00:00Z\n{ROUND}{ROUND}{ROUND}\n2026-11-29T10:00:09Z\n{ROUND}"
    assert steps(log) == [3, 3, 3]


def test_continuous_output_of_linux_has_a_round_each_second() -> None:
    assert steps(f"$ netstat -sc\n{ROUND}{ROUND}{ROUND}") == [1, 1]


def test_the_last_word_of_a_command_of_windows_is_its_interval() -> None:
    statistics = (
        "IPv4 Statistics\n\n  Packets Received                   = 5\n  Received Header Errors             = 0\n\n"
    )
    assert steps(f"C:\\>netstat -s 30\n\n{statistics}{statistics}") == [30]


def test_rounds_without_any_time_have_unknown_steps() -> None:
    assert steps(ROUND * 3) == [None, None]
