"""A snapshot ends where one of its tables is printed again, at another command, and at another system."""

import pytest

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


@pytest.mark.parametrize("between", ["", "\n", "\n\n"])
def test_a_title_that_is_repeated_right_after_itself_begins_no_snapshot(between: str) -> None:
    title = TABLE.partition("\n")[0]
    assert snapshot_lines(f"{ROUTES}{title}\n{between}{TABLE}")[0][0] == 1
    assert len(parse(f"{ROUTES}{title}\n{between}{TABLE}").snapshots) == 1


def test_two_empty_tables_are_two_snapshots() -> None:
    empty = TABLE.removesuffix(ROW)
    assert snapshot_lines(empty + empty) == [(1, 2), (3, 4)]


def test_the_previous_output_in_an_alert_is_a_snapshot() -> None:
    label = "ossec: output: 'netstat -tan':\n"
    dump = parse(f"{label}{ROW}Previous output:\n{label}{ROW}")
    assert [snapshot.command for snapshot in dump.snapshots] == ["netstat -tan", "netstat -tan"]


@pytest.mark.parametrize(
    "between",
    [
        "",
        "\n",
        "```\n",
        "[sudo] Passwort für me: \n",
        "me@h's password: \n",
        "Mon May  6 07:08:09 UTC 2024\n",
        "(Not all processes could be identified, non-owned process info\n",
    ],
)
def test_a_command_belongs_to_the_table_right_below_it(between: str) -> None:
    assert parse(f"$ netstat -tl\n{between}{TABLE}").snapshots[0].command == "netstat -tl"


@pytest.mark.parametrize("table", [TABLE, ROW])
def test_a_command_does_not_belong_to_a_table_below_other_text(table: str) -> None:
    text = "".join(f"This line is not of netstat {number}.\n" for number in range(3))
    assert parse(f"$ netstat -tl\n{text}{table}").snapshots[0].command is None


def test_a_command_belongs_to_a_table_with_headings_in_an_unknown_language() -> None:
    dump = parse(f"$ netstat -an\n\nAktivaj konektoj\n\n  Prot.  Loka adreso   Fora adreso   Stato\n{WINDOWS}")
    assert (dump.snapshots[0].command, dump.lines.headings) == ("netstat -an", 2)


def test_text_between_title_and_rows_does_not_separate_them_from_the_command() -> None:
    title, _, rest = TABLE.partition("\n")
    assert parse(f"$ netstat -tl\n{title}\nsome text\n{rest}").snapshots[0].command == "netstat -tl"
