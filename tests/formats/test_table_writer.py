"""Tables for people: no cell is broken, whatever the width; a terminal gets the columns that fit."""

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from netstat_parse.cli.selection import add_meanings
from netstat_parse.formats.appearance import TEXT_WIDTH, Appearance
from netstat_parse.formats.cells import CUT_NOTE, format_cells
from netstat_parse.formats.display import COLUMNS, DROPPED_FIRST, INPUT_COLUMNS
from netstat_parse.formats.notes import Notes
from netstat_parse.formats.paragraphs import HIDDEN_NOTE, write_notes
from netstat_parse.formats.table_parts import MAX_HELD_ROWS
from netstat_parse.formats.table_writer import write_table
from netstat_parse.formats.task import WriteTask
from netstat_parse.insight.questions.listeners import Listeners
from netstat_parse.insight.questions.peers import States, Talkers
from netstat_parse.insight.questions.question import SEVERAL_MOMENTS
from netstat_parse.reading.pipeline import Reading
from netstat_parse.records.rows import Columns, Rows
from netstat_parse.records.selection import Selection
from netstat_parse.records.values import cell_width
from support.rendering import RowSource

HOST = "2001:db8:1111:2222:3333:4444:5555:6666"

CONNECTION: dict[str, Any] = {
    "protocol": "tcp",
    "family": "ipv6",
    "recv_q": 1234567,
    "send_q": 0,
    "local_address": HOST,
    "local_port": 54321,
    "remote_address": HOST,
    "remote_port": 443,
    "state": "established",
    "pid": 1234567,
    "program": "nginx: worker process",
    "timer": "off",
}


def write(source: Any, width: int | None = None, **choice: Any) -> str:  # noqa: ANN401 - of `WriteTask` and `Appearance`
    """Return the tables of a source."""
    file = io.BytesIO()
    appearance = Appearance(width, choice.pop("has_color", False), text_width=width or TEXT_WIDTH)
    write_table(WriteTask(source, file, appearance=appearance, **choice))
    return file.getvalue().decode()


def make_source(table: str, *records: dict[str, Any], snapshot: int = 0) -> RowSource:
    """Return a source with records, all in one block."""
    names = list(dict.fromkeys(name for record in records for name in record))
    columns = {name: [record.get(name) for record in records] for name in names}
    place = {"snapshot": [snapshot] * len(records), "line": [*range(1, len(records) + 1)]}
    return RowSource([Rows(table, {**place, **columns})])


def read(text: str) -> Reading:
    return Reading(text, name="dump.log")


ROW = "tcp        0      0 10.0.0.{}:22             10.0.0.2:50000          ESTABLISHED\n"

words = st.text("ab:.1\u0301日א", min_size=1, max_size=24)

connections = st.fixed_dictionaries(
    {"protocol": st.sampled_from(["tcp", "udp"]), "local_host": words, "local_port": st.integers(0, 65535)},
    optional={
        "remote_host": words,
        "remote_service": words,
        "state": st.sampled_from(["listen", "close_wait"]),
        "pid": st.integers(0, 10**7),
        "recv_q": st.integers(0, 10**10),
        "program": words,
        "user": words,
    },
)


@settings(max_examples=150, derandomize=True)
@given(st.lists(connections, min_size=1, max_size=6), st.integers(20, 250))
def test_no_cell_is_broken_and_no_line_is_too_wide(records: list[dict[str, Any]], width: int) -> None:
    source = make_source("connections", *records)
    text = write(source, width).replace("\u200e", "")
    lines = text.splitlines()
    cells = format_cells(COLUMNS["connections"], source.blocks[0].columns)
    hidden = {*re.findall(r"[\w-]+", text.partition("Not shown")[2].partition("Columns")[0])}
    for heading, column in cells.items():
        if heading not in hidden:
            assert all(any(cell in line for line in lines) for cell in column)
    for line in lines:
        assert cell_width(line) <= width or " " not in line.strip()


@settings(max_examples=50, derandomize=True)
@given(st.lists(connections, min_size=1, max_size=6))
def test_a_file_has_a_line_for_each_record_and_all_its_values(records: list[dict[str, Any]]) -> None:
    source = make_source("connections", *records)
    _, _, *lines = write(source).replace("\u200e", "").splitlines()
    rows = zip(*format_cells(COLUMNS["connections"], source.blocks[0].columns).values(), strict=True)
    assert [[cell for cell in row if cell] for row in rows] == [line.split() for line in lines]


def test_the_least_important_columns_are_dropped_first() -> None:
    text = write(make_source("connections", {**CONNECTION, "send_q": 1}), 165)
    assert "Send-Q" in text.splitlines()[1]
    assert text.splitlines()[3:] == ["Not shown at 165 columns: Timer", HIDDEN_NOTE]


def test_a_dropped_column_that_fits_after_all_is_kept() -> None:
    heading = write(make_source("connections", {**CONNECTION, "send_q": 1}), 122).splitlines()[1]
    assert heading.split() == ["Proto", "Send-Q", "Local", "Remote", "State"]


def test_a_column_without_a_value_but_0_is_dropped_before_others_and_stays_dropped() -> None:
    text = write(make_source("connections", CONNECTION), 165)
    assert "Timer" in text.splitlines()[1]
    assert "Not shown at 165 columns: Send-Q\n" in text
    route = {"destination": "10.0.0.0/8", "flags": ["up", "gateway"], "mss": 0}
    assert write(make_source("routes", route), 19).splitlines()[1] == "Destination"


def test_a_column_with_the_same_value_in_all_rows_is_as_important_as_another() -> None:
    records = [{"name": f"eth{number}", "in_discards": 991, "mtu": 1500 + number} for number in range(2)]
    text = write(make_source("interfaces", *records), 20)
    assert text.splitlines()[1] == "Interface  In drops"
    assert "columns: MTU\n" in text


def test_faults_are_dropped_last() -> None:
    record = {"name": "eth0", "in_packets": 5, "out_packets": 5, "in_overruns": 4, "in_discards": 0}
    assert write(make_source("interfaces", record), 25).splitlines()[1] == "Interface  In overruns"


def test_queues_that_are_not_empty_are_more_important_than_process_ids() -> None:
    record = {"protocol": "tcp", "send_q": 4821, "pid": 1, "program": "sshd"}
    assert write(make_source("connections", record), 22).splitlines()[1].split() == ["Proto", "Send-Q", "Program"]
    assert write(make_source("connections", {**record, "send_q": 0}), 22).splitlines()[1].split() == [
        "Proto",
        "PID",
        "Program",
    ]


def test_a_few_long_rows_do_not_hide_important_columns() -> None:
    short = {"protocol": "tcp", "local_address": "10.0.0.1", "local_port": 22, "pid": 1, "program": "sshd"}
    long = {**short, "local_address": HOST}
    text = write(make_source("connections", *[short] * 9, long), 40)
    assert text.splitlines()[1].split() == ["Proto", "Local", "PID", "Program"]
    assert text.count("10.0.0.1:22            1  sshd\n") == 9
    assert "Not shown" not in text


def test_columns_are_dropped_rather_than_a_fifth_of_the_rows_broken() -> None:
    short = {"protocol": "tcp", "local_address": "10.0.0.1", "local_port": 22, "pid": 1, "program": "sshd"}
    long, named = {**short, "local_address": HOST}, {**short, "program": "a-program-with-a-name"}
    text = write(make_source("connections", *[short] * 8, long, named), 40)
    assert text.splitlines()[1].split() == ["Proto", "Local", "PID"]
    assert "Not shown at 40 columns: Program\n" in text


def test_a_hidden_column_of_zeros_appears_with_its_first_other_value() -> None:
    def make_rows(queue: int, count: int) -> Rows:
        record = {"snapshot": 0, "protocol": "tcp", "recv_q": queue, "user": "root"}
        return Rows("connections", {name: [value] * count for name, value in record.items()})

    lines = write(RowSource([make_rows(0, MAX_HELD_ROWS), make_rows(7, 1), make_rows(0, 1)]), 30).splitlines()
    assert "Recv-Q" in lines[1]
    lines = write(RowSource([make_rows(0, MAX_HELD_ROWS), make_rows(7, 1), make_rows(0, 1)]), 15).splitlines()
    assert lines[1] == "Proto  User"
    assert lines[MAX_HELD_ROWS + 2 : MAX_HELD_ROWS + 12] == [
        "Not shown at 15",
        "columns: Recv-Q",
        "",
        "Connections",
        "(continued)",
        "Proto  Recv-Q",
        "tcp         7",
        "tcp         0",
        "Not shown at 15",
        "columns: User",
    ]


def test_columns_do_not_change_again_and_again() -> None:
    blocks = [
        Rows("connections", {"snapshot": [0], "protocol": ["tcp"], "recv_q": [number % 2], "user": ["root"]})
        for number in range(20)
    ]
    first = Rows("connections", {name: column * MAX_HELD_ROWS for name, column in blocks[0].columns.items()})
    assert write(RowSource([first, *blocks]), 15).count("(continued)") == 1


ANSWER_COLUMNS = {"listeners": Listeners.headings, "talkers": Talkers.headings, "states": States.headings}


@pytest.mark.parametrize("table", DROPPED_FIRST)
def test_columns_that_can_be_dropped_are_columns(table: str) -> None:
    answers = {name: {**SEVERAL_MOMENTS, **headings} for name, headings in ANSWER_COLUMNS.items()}
    assert {*DROPPED_FIRST[table]} < {*{**COLUMNS, **INPUT_COLUMNS, **answers}[table]}


def test_selected_fields_are_never_dropped() -> None:
    fields = ("program", "timer", "recv_q", "local_address", "remote_address")
    text = write(make_source("connections", CONNECTION), 40, selection=Selection(fields=fields))
    assert "Not shown" not in text
    assert {"off", "1,234,567", HOST} <= {*text.split()}


def test_a_row_that_does_not_fit_takes_several_lines() -> None:
    text = write(make_source("connections", CONNECTION), 60)
    assert text.splitlines()[1:5] == [
        "Proto  Local                Remote               State",
        f"tcp6   [{HOST}]:54321",
        f"    [{HOST}]:443",
        " " * text.splitlines()[1].index("State") + "established",
    ]


def test_figures_are_aligned_to_the_right_with_separators_but_identifiers_have_none() -> None:
    other = {**CONNECTION, "recv_q": 5, "pid": 1}
    heading, *rows = write(make_source("connections", CONNECTION, other)).splitlines()[1:]
    end = heading.index("Recv-Q") + len("Recv-Q")
    assert [row[:end].split()[-1] for row in rows] == ["1,234,567", "5"]
    assert "1234567  nginx: worker process" in rows[0]
    assert "      1  nginx: worker process" in rows[1]


def test_a_truncated_value_is_marked_and_explained_once() -> None:
    cut = {"protocol": "tcp", "local_address": "2001:db8:aaaa:b", "local_port": 22, "truncated": ["local_address"]}
    text = write(make_source("connections", cut, cut))
    assert text.count("[2001:db8:aaaa:b…]:22") == 2
    assert text.count(CUT_NOTE) == 1


def test_a_truncated_value_that_is_not_visible_is_not_explained() -> None:
    cut = {**CONNECTION, "local_address": "2001:db8:aaaa:b", "truncated": ["local_address"]}
    text = write(make_source("connections", cut), selection=Selection(fields=("kind", "program")))
    assert CUT_NOTE not in text
    narrow = write(make_source("connections", {**CONNECTION, "truncated": ["program"]}), 100)
    assert "Program" in narrow.partition("Not shown at 100 columns:")[2]
    assert CUT_NOTE not in narrow


def test_a_truncated_value_is_marked_if_its_field_is_selected() -> None:
    cut = {"protocol": "tcp", "program": "syste", "truncated": ["program"]}
    text = write(make_source("connections", cut), selection=Selection(fields=("program",)))
    assert text == f"Connections\nprogram\nsyste…\n{CUT_NOTE}\n"


def test_later_rows_widen_the_columns_and_show_columns_that_were_empty() -> None:
    blocks = [Rows("connections", {"snapshot": [0], "protocol": ["tcp"], "pid": [1]}) for _ in range(MAX_HELD_ROWS)]
    wide = Rows("connections", {"snapshot": [0], "protocol": ["udplite"], "pid": [2]})
    named = Rows("connections", {"snapshot": [0], "protocol": ["tcp"], "pid": [3], "program": ["sshd"]})
    lines = write(RowSource([*blocks, wide, named])).splitlines()
    assert lines[:3] == ["Connections", "Proto  PID", "tcp      1"]
    assert lines[MAX_HELD_ROWS + 2 :] == [
        "udplite    2",
        "",
        "Connections (continued)",
        "Proto  PID  Program",
        "tcp      3  sshd",
    ]


def test_each_snapshot_has_a_title_with_command_time_and_line() -> None:
    text = f"Sat Nov 28 10:00:00 UTC 2026\nroot@web1:~# netstat -an\n{ROW.format(1)}\n$ netstat -ant\n{ROW.format(1)}"
    assert [line for line in write(read(text)).splitlines() if "netstat" in line] == [
        "netstat -an  Sat Nov 28 10:00:00 UTC 2026  line 3, linux",
        "netstat -ant  line 6, linux",
    ]


def test_one_of_several_inputs_is_named() -> None:
    assert write(read(ROW.format(1)), is_one_of_several=True).splitlines()[0] == "dump.log:1, linux"


def test_the_first_of_several_snapshots_has_a_title_like_the_others() -> None:
    headings = "Active Internet connections (w/o servers)\nProto Recv-Q Send-Q Local Address Foreign Address State\n"
    text = write(read(f"{headings}{ROW.format(1)}\n{headings}{ROW.format(2)}"))
    assert [line for line in text.splitlines() if line.startswith("line")] == ["line 1, linux", "line 5, linux"]


def test_a_single_snapshot_without_a_name_has_no_title() -> None:
    assert write(read(ROW.format(1))).startswith("Connections\nProto")


def test_a_title_is_broken_between_its_phrases() -> None:
    text = f"Sat Nov 28 10:00:00 UTC 2026\nroot@web1:~# netstat -an\n{ROW.format(1)}"
    assert write(read(text), 40).splitlines()[:3] == ["netstat -an", "Sat Nov 28 10:00:00 UTC 2026", "line 3, linux"]


def test_no_empty_line_is_left_for_a_title_that_a_table_does_not_need() -> None:
    source = MixedSource([*make_source("connections", CONNECTION).blocks, Rows("routes", {"gateway": ["10.0.0.1"]})])
    assert "\n\nRoutes\n" in write(source)
    assert "\n\n\n" not in write(source)


class MixedSource(RowSource):
    """A source with a snapshot that has a title."""

    def describe_snapshot(self, _index: int) -> dict[str, Any]:
        return {"command": "netstat -an", "argv": ["netstat", "-an"]}


def test_notes_about_several_inputs_are_left_to_the_caller() -> None:
    notes = Notes()
    cut = {**CONNECTION, "truncated": ["local_address"]}
    for width in (60, None):
        text = write(make_source("connections", cut), width, notes=notes)
        assert CUT_NOTE not in text
        assert HIDDEN_NOTE not in text
    file = io.BytesIO()
    write_notes(notes, file, Appearance(200))
    assert file.getvalue().decode().splitlines() == [CUT_NOTE, HIDDEN_NOTE]


def test_each_table_names_its_hidden_columns() -> None:
    text = write(read(f"$ netstat -ant\n{ROW.format(1)}\n$ netstat -ant\n{ROW.format(2)}"), 45)
    assert text.count("Not shown at 45 columns: Recv-Q, Send-Q\n") == 2
    assert text.count(HIDDEN_NOTE) == 0  # it is broken
    assert text.endswith("are in a file, in\n-f csv, or on a wider terminal.\n")


def test_a_snapshot_is_titled_before_it_ends() -> None:
    rows = "".join(ROW.format(number % 250) for number in range(3 * MAX_HELD_ROWS))
    written = write(read(f"$ netstat -an\n{rows}"), selection=Selection(fields=("local_address",)))
    assert written.startswith("netstat -an  line 2, linux\nConnections\nlocal_address\n")
    assert written.count("\n") == 3 * MAX_HELD_ROWS + 3


def test_tables_of_two_hosts_whose_lines_are_mixed_stay_whole() -> None:
    one, two = (ROW.format(number) for number in (1, 2))
    lines = [f"web{number} | {line}" for _ in range(20) for number, line in ((1, one), (2, two))]
    text = write(read("".join(lines)))
    assert text.count("Connections\n") == 2
    assert text.index("10.0.0.1:22") < text.index("web2") < text.index("10.0.0.2:22")


class FailingSource(RowSource):
    """A source that fails after its rows."""

    def rows(self) -> Iterator[Rows]:
        yield from super().rows()
        raise OSError("disk")


def test_what_was_read_before_an_error_is_written() -> None:
    file = io.BytesIO()
    source = FailingSource(make_source("connections", CONNECTION).blocks)
    with pytest.raises(OSError, match="disk"):
        write_table(WriteTask(source, file))
    assert HOST in file.getvalue().decode()


def test_states_and_headings_are_coloured_on_a_terminal_only() -> None:
    source = make_source("connections", {"protocol": "tcp", "state": "listen"}, {"protocol": "tcp", "state": "bound"})
    assert "\x1b[32mlisten\x1b[0m\n" in write(source, 80, has_color=True)
    assert "\x1b[1mState\x1b[0m" in write(source, 80, has_color=True)
    assert "\x1b" not in write(source, 80)


def test_losses_are_coloured_if_there_are_some() -> None:
    source = make_source("interfaces", {"name": "eth0", "in_errors": 7, "out_errors": 0})
    text = write(source, 80, has_color=True)
    assert "\x1b[1;33m7\x1b[0m" in text
    assert not re.search(r"m0\x1b", text)


def test_text_from_right_to_left_stays_in_its_column() -> None:
    source = make_source("connections", {"protocol": "tcp", "program": "שלום", "user": "a"}, {"protocol": "tcp"})
    assert "\u200eשלום\u200e" in write(source, 80)


def test_a_file_has_no_marks_around_text_from_right_to_left() -> None:
    assert "\u200e" not in write(make_source("connections", {"protocol": "tcp", "program": "שלום"}))


def test_wide_and_combining_characters_keep_the_columns() -> None:
    records = [{"program": program, "user": "x"} for program in ("日本", "a\u0301b", "กำ", "abcd")]
    lines = write(make_source("connections", *records)).splitlines()[2:]
    assert {cell_width(line) for line in lines} == {len("Program  x")}


def test_a_meaning_is_a_paragraph_below_its_row_on_a_terminal_and_a_column_in_a_file() -> None:
    meaning = "Segments that were sent again, as no acknowledgement came in time."
    record = {"protocol": "tcp", "name": "retrans_segs", "value": 1234, "meaning": meaning}
    source = make_source("counters", record)
    assert write(source, 40).splitlines()[2:] == [
        "tcp       retrans_segs  1,234",
        "    Segments that were sent again, as no",
        "    acknowledgement came in time.",
    ]
    assert f"1,234  {meaning}" in write(source)


def test_a_list_is_broken_between_words_below_its_heading() -> None:
    flags = ["up", "broadcast", "running", "multicast", "promisc", "allmulti"]
    record = {"name": "eth0", "flags": flags}
    assert write(make_source("interfaces", record), 50).splitlines()[2:] == [
        "eth0       up broadcast running multicast promisc",
        "           allmulti",
    ]


def test_a_counter_has_its_unit_beside_its_meaning() -> None:
    counters: Columns = {"protocol": ["ip", "tcp"], "name": ["in_octets", "rto_algorithm"]}
    counters |= {"kernel_name": ["IpExt.InOctets", "Tcp.RtoAlgorithm"], "value": [5000, 1]}
    text = write(add_meanings(RowSource([Rows("counters", {"snapshot": [0, 0], **counters})])))
    heading, octets, algorithm = text.splitlines()[1:]
    assert heading.split() == ["Protocol", "Counter", "Value", "Unit", "Meaning"]
    assert octets.split()[2:4] == ["5,000", "bytes"]
    assert algorithm[heading.index("Unit") : heading.index("Meaning")].strip() == ""
