"""Comparisons in each format, with text from a hostile dump."""

import csv
import io
import json
from typing import Any

from markdown_it import MarkdownIt

from netstat_parse import compare, parse
from netstat_parse.formats.appearance import IN_FILE, Appearance
from netstat_parse.formats.comparison_formats import ComparisonTask, write_comparisons
from netstat_parse.schema.comparison import Comparison

HOSTILE = "=evil|*b*"
SOCKETS = "tcp        0      0 0.0.0.0:22              0.0.0.0:*               LISTEN      7/sshd\n"
NEW = f"tcp        0      0 0.0.0.0:23              0.0.0.0:*               LISTEN      8/{HOSTILE}\n"
STATISTICS = """\
Ip:
    {} total packets received
    8 requests sent out
Tcp:
    {} active connection openings
    3 passive connection openings
"""

COMPARISON = compare(
    parse(SOCKETS + STATISTICS.format(5, 5000), name="a.txt"),
    parse(SOCKETS + NEW + STATISTICS.format(1005, 5001), name="b.txt"),
    seconds=10,
)
WHOLE, COMPARISON = COMPARISON, COMPARISON.select_changes()
SAME = compare(parse(SOCKETS), parse(SOCKETS))


def write(format_name: str, *comparisons: Comparison, is_list: bool = False, appearance: Appearance = IN_FILE) -> str:
    output = io.BytesIO()
    dumped = [comparison.model_dump(mode="json") for comparison in comparisons]
    write_comparisons(ComparisonTask(dumped, output, is_list, appearance), format_name)
    return output.getvalue().decode()


def test_json_is_one_object_or_a_list() -> None:
    assert json.loads(write("json", COMPARISON)) == COMPARISON.model_dump(mode="json")
    assert json.loads(write("json", COMPARISON, is_list=True)) == [COMPARISON.model_dump(mode="json")]


def test_ndjson_is_one_change_a_line() -> None:
    lines = [json.loads(line) for line in write("ndjson", SAME, COMPARISON).splitlines()]
    assert [(line["kind"], line["pair"]) for line in lines] == [
        ("comparison", 0),
        ("comparison", 1),
        ("counter", 1),
        ("counter", 1),
        ("connection", 1),
    ]
    assert (lines[-1]["change"], lines[-1]["after"]["program"]) == ("added", HOSTILE)


def test_csv_is_one_change_a_row() -> None:
    rows: list[dict[str, Any]] = list(csv.DictReader(io.StringIO(write("csv", COMPARISON))))
    assert [(row["table"], row["change"], row["name"], row["difference"], row["per_second"]) for row in rows] == [
        ("counters", "increased", "in_receives", "1000", "100.0"),
        ("counters", "increased", "active_opens", "1", "0.1"),
        ("connections", "added", "", "", ""),
    ]
    assert rows[-1]["after"] == f"tcp 0.0.0.0:23 listen {HOSTILE}"


def test_the_table_has_what_moved_with_the_largest_difference_first() -> None:
    assert write("table", COMPARISON).splitlines() == [
        "a.txt@0 to b.txt@0, 10 seconds",
        "",
        "Counters",
        "Counter          Change     Before  After  Difference  Per second",
        "Ip.InReceives    increased       5  1,005      +1,000         100",
        "Tcp.ActiveOpens  increased   5,000  5,001          +1         0.1",
        "",
        "Connections",
        "Change  Proto  Local       State   Program",
        f"added   tcp    0.0.0.0:23  listen  {HOSTILE}",
    ]


def test_the_table_has_the_rest_on_request() -> None:
    assert "Ip.OutRequests" not in write("table", COMPARISON)
    assert "Ip.OutRequests    unchanged" in write("table", WHOLE)


def test_the_table_names_what_is_not_comparable() -> None:
    text = write("table", compare(parse(SOCKETS), parse(STATISTICS.format(1, 2))))
    assert text.splitlines()[1:] == [
        "nothing comparable has changed",
        "",
        "Not comparable",
        "counters: only the dump after has this table",
        "connections: only the dump before has this table",
    ]


def test_a_terminal_of_80_columns_breaks_no_address() -> None:
    ends = "2001:db8:aaaa:bbbb:cccc:dddd:eeee:1", "2001:db8:ffff:bbbb:cccc:dddd:eeee:2"
    row = f"tcp6       0      0 {ends[0]}:22 {ends[1]}:50000 ESTABLISHED 9/sshd\n"
    dumped = compare(parse(SOCKETS), parse(SOCKETS + row)).model_dump(mode="json")
    file = io.BytesIO()
    write_comparisons(ComparisonTask([dumped], file, appearance=Appearance(width=80)), "table")
    lines = file.getvalue().decode().splitlines()
    assert all(len(line) <= 80 for line in lines)
    assert all(any(f"[{end}]" in line for line in lines) for end in ends)


def test_markdown_shows_the_text_of_the_dump_as_it_is() -> None:
    text = write("markdown", COMPARISON)
    html = MarkdownIt("commonmark").enable("table").render(text)
    assert html.count("<table>") == 2
    assert "=evil|*b*" in html


def test_every_setting_that_changed_is_printed() -> None:
    text = """\
Kernel Interface table
eth0: flags=4163<UP,BROADCAST,RUNNING,MULTICAST>  mtu 1500
        ether 6e:ac:17:3f:dc:d6  txqueuelen 1000  (Ethernet)
        RX packets 8  bytes 622 (622.0 B)
        RX errors 0  dropped 0  overruns 0  frame 0
        TX packets 12  bytes 937 (937.0 B)
        TX errors 0  dropped 0 overruns 0  carrier 0  collisions 0
        device interrupt {}  memory 0xf6ae0000-f6b00000

"""
    comparison = compare(parse(text.format(20)), parse(text.format(21)))
    assert "interrupt 20 → 21" in write("table", comparison.select_changes())
    [row] = csv.DictReader(io.StringIO(write("csv", comparison.select_changes())))
    assert (row["change"], row["name"]) == ("changed", "interrupt")


def test_a_title_that_is_too_wide_is_in_two_lines() -> None:
    before, after = (parse(SOCKETS, name=f"{name}/{'long-' * 9}name.txt") for name in "ab")
    title = write("table", compare(before, after)).splitlines()[0]
    assert title.startswith("a/long-")
    assert " to b/long-" in title
    lines = write("table", compare(before, after), appearance=Appearance(width=80)).splitlines()
    assert [line[:8] for line in lines[:2]] == ["a/long-l", "to b/lon"]
