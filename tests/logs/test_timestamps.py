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
