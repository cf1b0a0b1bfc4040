"""Time stamps next to a table: when its netstat was run."""

import pytest

from netstat_parse import parse
from netstat_parse.logs import timestamps

HEADINGS = "Proto Recv-Q Send-Q Local Address           Foreign Address         State      \n"
ROW = "tcp        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN     \n"
TABLE = "Active Internet connections (only servers)\n" + HEADINGS + ROW


@pytest.mark.parametrize(
    "line",
    [
        "2024-05-06T07:08:09Z",
        "2024-05-06 07:08:09,123",
        "Mon May  6 07:08:09 UTC 2024",
        "Mon May  6 07:08:09 AM CEST 2024",
        "May  6 07:08:09",
        "Mon 05/06/2024  9:10 AM",
        "06.05.2024 09:10:11,12",
    ],
)
@pytest.mark.parametrize(
    "place", ["{0}\n", "===== {0} =====\n\n", "# report of {0}\n$ netstat -tl\n", "[{0}] $ netstat\n"]
)
def test_a_time_stamp_next_to_a_table_is_kept_as_written(line: str, place: str) -> None:
    assert parse(place.format(line) + TABLE).snapshots[0].captured_at == line


def test_date_and_time_of_windows_are_one_time_stamp() -> None:
    log_text = "C:\\>date /t\nMon 05/06/2024 \n\nC:\\>time /t\n09:10 AM\n\nC:\\>netstat -an\n" + TABLE
    assert parse(log_text).snapshots[0].captured_at == "Mon 05/06/2024 09:10 AM"


def test_a_time_stamp_far_above_a_table_is_ignored() -> None:
    assert (
        parse("2024-05-06T07:08:09Z\n" + "some text\n" * timestamps.MAX_LINES_APART + TABLE).snapshots[0].captured_at
        is None
    )


def test_a_time_stamp_belongs_to_one_snapshot() -> None:
    times = [snapshot.captured_at for snapshot in parse("2024-05-06T07:08:09Z\n" + ROW + "$ netstat\n" + ROW).snapshots]
    assert times == ["2024-05-06T07:08:09Z", None]


def test_a_time_stamp_above_a_title_is_kept_whatever_precedes_the_headings() -> None:
    title, _, rest = TABLE.partition("\n")
    text = "some text\n" * (timestamps.MAX_OBSERVED_LINES + 1)
    assert parse(f"2024-05-06T07:08:09Z\n{title}\n{text}{rest}").snapshots[0].captured_at == "2024-05-06T07:08:09Z"


def test_a_time_stamp_in_front_of_a_title_is_kept_whatever_precedes_the_headings() -> None:
    tracker = timestamps.TimestampTracker()
    tracker.mark(1)
    for line in range(2, 3 * timestamps.MAX_OBSERVED_LINES):
        tracker.observe("2025-01-01T00:00:00Z some text", line)
    assert tracker.take(1, "2024-05-06T07:08:09Z Active Internet connections") == "2024-05-06T07:08:09Z"


def test_a_time_stamp_far_below_a_title_is_ignored() -> None:
    title, _, rest = TABLE.partition("\n")
    text = "some text\n" * timestamps.MAX_LINES_APART
    assert parse(f"{title}\n{text}2024-05-06T07:08:09Z\n{rest}").snapshots[0].captured_at is None


def test_the_header_of_watch_has_a_time_stamp() -> None:
    header = "Every 2.0s: netstat -tln             h1: Tue Jan 12 23:01:35 2021\n\n"
    assert parse(header + TABLE).snapshots[0].captured_at == "Tue Jan 12 23:01:35 2021"


def test_the_time_of_the_last_login_is_not_that_of_netstat() -> None:
    assert parse(f"Last login: Mon May  6 07:08:09 2024 from h\n$ netstat\n{TABLE}").snapshots[0].captured_at is None
