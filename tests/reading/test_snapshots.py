"""A snapshot ends where one of its tables is printed again, at another command, and at another system."""

from netstat_parse import parse

HEADINGS = "Proto Recv-Q Send-Q Local Address           Foreign Address         State      \n"
ROW = "tcp        0      0 192.0.2.7:22            0.0.0.0:*               LISTEN     \n"
TABLE = "Active Internet connections (only servers)\n" + HEADINGS + ROW
ROUTES = (
    "Kernel IP routing table\n"
    "Destination     Gateway         Genmask         Flags   MSS Window  irtt Iface\n"
    "10.0.0.0        0.0.0.0         255.0.0.0       U         0 0          0 eth0\n"
)
WINDOWS = "  TCP    192.0.2.7:22           0.0.0.0:0              LISTENING       1712\n"


def snapshot_lines(text: str) -> list[tuple[int | None, int | None]]:
    """Return the first and the last line of each snapshot."""
    return [(snapshot.first_line, snapshot.last_line) for snapshot in parse(text).snapshots]


def test_different_tables_are_one_snapshot() -> None:
    assert snapshot_lines(TABLE + ROUTES) == [(1, 6)]


def test_a_table_that_is_printed_again_begins_a_snapshot() -> None:
    assert snapshot_lines(TABLE + ROUTES + TABLE) == [(1, 6), (7, 9)]


def test_rows_without_a_title_belong_to_the_snapshot_above() -> None:
    assert snapshot_lines(f"{TABLE}\nsome text\n\n{ROW}") == [(1, 7)]


def test_a_command_begins_a_snapshot() -> None:
    assert snapshot_lines(f"{TABLE}$ netstat -rn\n{ROUTES}") == [(1, 3), (5, 7)]


def test_a_table_of_another_system_begins_a_snapshot() -> None:
    dump = parse(TABLE + WINDOWS)
    assert [snapshot.system for snapshot in dump.snapshots] == ["linux", "windows"]
    assert [record.snapshot for record in dump.connections] == [0, 1]


def test_records_have_the_line_of_the_whole_input() -> None:
    assert [record.line for record in parse(TABLE + "\n" + TABLE).connections] == [3, 7]
