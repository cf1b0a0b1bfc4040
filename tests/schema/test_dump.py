"""A dump is a collection of what netstat printed, with a short repr and tables for notebooks."""

import copy
import pickle
import re

import pytest
from rich.pretty import pretty_repr

import netstat_parse as np
from netstat_parse.schema import Dump

ROW = "tcp        0      0 10.0.0.1:22             10.0.0.2:50000          ESTABLISHED 812/sshd\n"
COUNTERS = "Tcp:\n    5 active connection openings\n"
EMPTY = "Active UNIX domain sockets (servers and established)\nProto RefCnt Flags       Type       State         I-Node   Path\n"


def test_a_dump_contains_the_records_that_netstat_printed_in_the_order_of_its_tables() -> None:
    dump = np.parse(COUNTERS + ROW + ROW)
    assert [*dump] == [*dump.connections, *dump.counters]
    assert len(dump) == 3
    assert dump.connections[0] in dump
    assert dump.snapshots[0] not in dump


def test_a_dump_without_records_is_true() -> None:
    dump = np.parse(EMPTY)
    assert len(dump) == 0
    assert bool(dump)


def test_dumps_are_equal_if_they_are_the_same_document() -> None:
    assert np.parse(ROW) == np.parse(ROW)
    assert np.parse(ROW) != np.parse(f"\n{ROW}")
    assert np.parse(ROW, name="a") != np.parse(ROW, name="b")
    assert np.parse(ROW) != ROW


def test_two_dumps_whose_records_are_equal_but_on_other_lines_are_not_equal() -> None:
    one, other = np.parse(f"{ROW}\n\n{ROW}"), np.parse(f"\n{ROW}\n{ROW}")
    assert one.connections == other.connections
    assert one.lines == other.lines
    assert one != other


def test_a_dump_has_no_hash() -> None:
    with pytest.raises(TypeError, match="unhashable type: 'Dump'"):
        hash(np.parse(ROW))


def test_a_copy_of_a_dump_is_equal() -> None:
    dump = np.parse(ROW + COUNTERS)
    assert pickle.loads(pickle.dumps(dump)) == copy.copy(dump) == copy.deepcopy(dump) == dump  # noqa: S301 - pickled in the same line


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        (ROW * 2, "dump.txt", "<Dump of dump.txt: 1 snapshot, 2 connections>"),
        (ROW + COUNTERS, None, "<Dump: 1 snapshot, 1 connection, 1 counter>"),
        (ROW, "\x1b[31m\u202etxt", r"<Dump of '\x1b[31m\u202etxt': 1 snapshot, 1 connection>"),
    ],
)
def test_the_repr_of_a_dump_counts_its_records(text: str, name: str | None, expected: str) -> None:
    dump = np.parse(text, name=name)
    assert repr(dump) == str(dump) == expected


def test_rich_prints_a_dump_as_briefly() -> None:
    assert pretty_repr(np.parse(ROW * 500, name="a")) == "Dump(source='a', snapshots=1, connections=500)"


def test_the_html_of_a_dump_has_the_first_rows_of_each_table() -> None:
    html = np.parse(ROW * 12 + COUNTERS)._repr_html_()
    assert re.findall("<h4>(.*?)</h4>", html) == ["snapshots", "connections", "counters"]
    assert html.count("<td>50000</td>") == 10
    assert "<p>2 more</p>" in html
    assert "<th>local_zone</th>" not in html


def test_the_html_of_a_dump_has_no_markup_of_its_input() -> None:
    hostile = ROW.replace("812/sshd", "812/<script>alert(1)</script>")
    html = np.parse(hostile, name="<img src=x onerror=alert(2)>")._repr_html_()
    assert "<script" not in html
    assert "<img" not in html
    assert "&lt;script&gt;" in html


def test_the_html_of_a_dump_is_short_for_a_long_value() -> None:
    assert len(np.parse(ROW.replace("sshd", "x" * 100_000))._repr_html_()) < 5000


def test_the_repr_of_a_comparison_counts_what_changed() -> None:
    before, after = np.parse(COUNTERS + ROW, name="a"), np.parse(COUNTERS.replace("5", "7"), name="b")
    assert repr(np.compare(before, before)) == "<Comparison of a@0 and a@0: no changes>"
    assert repr(np.compare(before, after)).startswith("<Comparison of a@0 and b@0: 1 counter")


def test_the_repr_of_a_finding_has_what_is_wrong_and_not_its_remedy() -> None:
    finding = np.Finding(
        rule="r", severity="note", subject="s", message="m", meaning="x", remedy="y", source="z", threshold="ours"
    )
    assert repr(finding) == "Finding(rule='r', severity='note', subject='s', message='m')"
    assert finding["remedy"] == "y"


def test_the_repr_of_an_explanation_has_the_meaning() -> None:
    assert [repr(one).partition(", meaning=")[0] for one in np.explain("RetransSegs")] == [
        "Explanation(term='RetransSegs', kind='counter'"
    ]


def test_the_type_of_a_dump_is_not_a_mapping() -> None:
    assert not hasattr(Dump, "keys")
