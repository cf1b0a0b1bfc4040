"""A table reads one row a line, below headings or by the shape of its rows."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import netstat_parse as np
from netstat_parse.grammar import Columns, Section, Table
from netstat_parse.tokens import integer, kept, token, word
from support.sections import make_section, take

SAMPLES = Path(__file__).parents[2] / "samples/linux"

QUEUES = Table(
    name="queues",
    kind="connections",
    columns={"Proto": word("protocol"), "Recv-Q": integer("recv_q"), "User": word("user"), "Inode": integer("inode")},
    only_with={"User": "-e", "Inode": "-e"},
)


@pytest.mark.parametrize(
    ("headings", "row", "fields"),
    [
        (["Proto", "Recv-Q"], "tcp 5", {"protocol": ["tcp"], "recv_q": [5]}),
        (
            ["Proto", "Recv-Q", "User", "Inode"],
            "tcp 5 root 77",
            {"protocol": ["tcp"], "recv_q": [5], "user": ["root"], "inode": [77]},
        ),
    ],
)
def test_the_headings_determine_the_columns_of_a_row(headings: list[str], row: str, fields: Columns) -> None:
    section = make_section(QUEUES)
    section.layout = QUEUES.layout(headings)
    assert take(QUEUES, f"{row}\n", section).columns == fields


def test_a_row_with_other_columns_than_the_headings_does_not_match() -> None:
    assert not QUEUES.layout(["Proto", "Recv-Q"]).is_row("tcp 5 root 77\n")


@pytest.mark.parametrize("row", ["tcp 5", "tcp 5 root 77"])
def test_without_headings_the_columns_of_an_option_are_optional(row: str) -> None:
    assert QUEUES.layout().is_row(f"{row}\n")


def test_the_columns_of_one_option_are_printed_together() -> None:
    assert not QUEUES.layout().is_row("tcp 5 root\n")


def test_consecutive_rows_are_read_at_once() -> None:
    rows = take(QUEUES, "tcp 5\nudp 6\nend of the table\n")
    assert (rows.columns["recv_q"], rows.lines, rows.height, rows.end) == ([5, 6], range(2), 2, 12)


def test_a_column_that_the_schema_lacks_is_kept_under_its_heading() -> None:
    table = Table(name="queues", kind="connections", columns={"Proto": word("protocol"), "Cost": kept})
    assert take(table, "tcp cheap\n").columns["extra"] == [{"Cost": "cheap"}]


@pytest.mark.parametrize(
    ("headings", "score"),
    [
        (["Proto", "Recv-Q"], 2),
        (["Proto", "Recv-Q", "User", "Inode"], 4),
        (["Proto"], 0),
        (["Proto", "Recv-Q", "?"], 1),
    ],
)
def test_a_missing_heading_costs_one_point_and_an_unknown_one_two(headings: list[str], score: int) -> None:
    assert QUEUES.fit(headings) == score


def test_the_mismatch_of_a_row_names_the_column_that_could_not_be_read() -> None:
    assert QUEUES.diagnose("tcp many")[:3] == (1, "Recv-Q", 4)


def add_component(columns: Columns, row: int, values: Mapping[str, Any], _section: Section) -> None:
    columns.setdefault("components", [[] for _ in columns["protocol"]])[row].append(values["component"])


CONTINUED = Table(
    name="components",
    kind="connections",
    columns={"Proto": word("protocol"), "Recv-Q": integer("recv_q")},
    more=token(r"\[[^\]\n]*\]")("component"),
    join=add_component,
)


def test_continuation_lines_belong_to_the_row_above_them() -> None:
    rows = take(CONTINUED, "tcp 5\n[a]\n[b]\nudp 6\n[c]\n")
    assert rows.columns["components"] == [["[a]", "[b]"], ["[c]"]]
    assert (rows.lines, rows.height) == ([0, 3], 5)


def test_the_last_row_waits_for_its_continuation_lines() -> None:
    rows = take(CONTINUED, "tcp 5\n[a]\nudp 6\n", make_section(CONTINUED, is_last=False))
    assert (rows.columns["protocol"], rows.end, rows.waits) == (["tcp"], len("tcp 5\n[a]\n"), True)


def test_a_continuation_line_needs_a_function_that_joins_it() -> None:
    with pytest.raises(ValueError, match="states: `more` and `join` are needed together"):
        Table(name="states", kind="connections", columns={"State": word("state_text")}, more=word("more"))


@pytest.mark.parametrize(
    "line",
    [
        "root       13762  0.0  4.0 364878 26245 ?        Ss   10:11   0:03 java -Xmx4g",
        "Mem:        8008788     400012    7000000       1200     608776    7308000",
        "tmpfs            801000    1200    799800   1% /run",
        "Mar  2 17:24:22 web1 sshd[18637]: Accepted publickey for root from 192.0.2.7 port 5967",
        "rc: 0",
    ],
)
@pytest.mark.parametrize("name", ["net-tools-2.10.debian-12.g.txt", "net-tools-2.10.debian-12.cs.i.txt"])
def test_rows_of_other_commands_below_a_table_are_foreign(name: str, line: str) -> None:
    text = (SAMPLES / name).read_text("utf-8")
    whole, followed = np.parse(text), np.parse(f"{text}{line}\n")
    assert (followed.diagnostics, followed.lines.foreign) == (whole.diagnostics, whole.lines.foreign + 1)


@pytest.mark.parametrize(
    ("name", "line"),
    [
        ("net-tools-2.10.debian-12.g.txt", "eth0            1"),
        ("net-tools-2.10.debian-12.cs.i.txt", "lo              65536     1234"),
    ],
)
def test_an_aligned_row_that_was_cut_short_is_reported(name: str, line: str) -> None:
    text = (SAMPLES / name).read_text("utf-8")
    found = np.parse(f"{text}{line}\n").diagnostics[-1]
    assert (found.code, found.text) == ("truncated-row", line)


def test_prose_below_an_interface_is_foreign() -> None:
    text = (
        "Kernel Interface table\n"
        "lo        Link encap:Local Loopback\n"
        "          inet addr:127.0.0.1  Mask:255.0.0.0\n"
        "          UP LOOPBACK RUNNING  MTU:65536  Metric:1\n"
    )
    for prose in ("\u0416\u0434\u0443 \u043e\u0442\u0432\u0435\u0442\u0430\n", "\nWarte auf\n"):
        assert np.parse(text + prose).diagnostics == []
